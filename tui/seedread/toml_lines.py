"""On which line of a TOML text a key stands, which the parser does not tell."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*(?:=|\.)""")


class TomlLines:
    """The lines, counted from 1, of the keys of a TOML text."""

    def __init__(self, source: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        table = ""
        for number, line in enumerate(source.splitlines(), start=1):
            if header := _TABLE.match(line):
                table = header[1].strip("\"' ")
                self._lines.setdefault(("", table.split(".")[0]), number)
                above, _, name = table.rpartition(".")
                self._lines.setdefault((above, name), number)
            elif key := _KEY.match(line):
                self._lines.setdefault((table, key[1] or key[2] or key[3]), number)

    def of(self, table: str, key: str) -> int:
        """The line of a key of a table ("" for the top); the table's own line where the key is not found."""
        return self._lines.get((table, key)) or self._lines.get(("", table)) or 1
