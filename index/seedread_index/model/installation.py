"""How the program was installed: its extras, what is read with each, and the command that adds one.

The command names a checkout, a wheel, or the libraries of the extra, never the program by its name: a package
index may know another program of that name.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ZSTANDARD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
"""A part of Python from 3.14 on; before, a library that gives the same names."""
READ_WITH = {
    "trafilatura": "HTML",
    "pypdfium2": "PDF",
    "yaml": "front matter",
    "lxml": "feeds, XML, EPUB, DOCX and ODT",
    "warcio": "web archives",
    "striprtf": "RTF",
    ZSTANDARD: "Zstandard",
    "pyarrow": "Parquet",
}
"""What is read with a library, by the module's name."""
PARQUET = "parquet"
"""The extra of the one library that is as large as all the others together."""

_PROGRAM = "seedread"
_SEE_README = 'see "Install" in README.md'
_EXTRA = re.compile(r"""(?:\s+and\s+)?\(?\bextra\s*==\s*["'](?P<extra>[\w-]+)["']\)?""")


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation of the program."""

    python: str
    """The interpreter that runs it."""
    prefix: Path
    """Its environment."""
    source: Path | None = None
    """The checkout or wheel that it was installed from, if that still exists."""
    requires: tuple[str, ...] = ()
    """Its requirements, from its metadata, with a marker for each extra."""
    installer: str = "pip"

    def command(self, extras: Sequence[str]) -> str:
        """The command that adds extras."""
        if self.source is not None and self.prefix.parent == self.source and self._has_makefile():
            return f"make -C {shlex.quote(str(self.source))} setup"
        pipx = (self.prefix / "pipx_metadata.json").exists()
        # Installing again by pipx or as a tool of uv would drop the extras that are there.
        tool = pipx or (self.prefix / "uv-receipt.toml").exists()
        if self.source is not None and not tool:
            wanted = f"{self.source}[{','.join(extras)}]"
            return f"{self._pip()} {shlex.quote(wanted)}"
        libraries = " ".join(map(shlex.quote, self._libraries(extras)))
        if not libraries:
            return _SEE_README
        return f"pipx inject {self.prefix.name} {libraries}" if pipx else f"{self._pip()} {libraries}"

    def _has_makefile(self) -> bool:
        return self.source is not None and (self.source / "Makefile").exists()

    def _pip(self) -> str:
        python = shlex.quote(self.python)
        return f"uv pip install --python {python}" if self.installer == "uv" else f"{python} -m pip install"

    def _libraries(self, extras: Sequence[str]) -> list[str]:
        """What the extras require, without the marker that makes it theirs."""
        found = []
        for requirement in self.requires:
            match = _EXTRA.search(requirement)
            if match is None or match["extra"] not in extras:
                continue
            library, _, marker = _EXTRA.sub("", requirement).partition(";")
            found.append(f"{library.strip()}; {marker.strip()}" if marker.strip() else library.strip())
        return found


def install_command(*extras: str) -> str:
    """The command that adds extras to the program as it is installed here."""
    return this_installation().command(extras)


def this_installation() -> Installation:
    """The installation that is running."""
    import importlib.metadata  # costs as much as all the rest of --help

    python, prefix = sys.executable, Path(sys.prefix)
    try:
        found = importlib.metadata.distribution(_PROGRAM)
    except importlib.metadata.PackageNotFoundError:
        return Installation(python, prefix)
    return Installation(
        python,
        prefix,
        _source(found.read_text("direct_url.json")),
        tuple(found.requires or ()),
        (found.read_text("INSTALLER") or "pip").strip(),
    )


def _source(direct_url: str | None) -> Path | None:
    """The path that an installer has noted (PEP 610), None where it is of another kind or gone."""
    from urllib.parse import unquote, urlsplit

    try:
        noted = json.loads(direct_url or "{}")
        url = urlsplit(noted.get("url", "") if isinstance(noted, dict) else "")
        path = Path(unquote(url.path))
        return path if url.scheme == "file" and path.exists() else None
    except (ValueError, AttributeError, OSError):
        return None


def extra_of(module: str) -> str:
    """The extra that brings a module."""
    return PARQUET if module == "pyarrow" else "formats"


def is_installed(module: str) -> bool:
    """Whether a module could be imported; nothing but the packages above it is."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
