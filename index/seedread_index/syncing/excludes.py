"""What a walk leaves out: folders of tools, files of systems, and what the user's patterns name."""

from __future__ import annotations

import os
from collections.abc import Sequence

from seedread_index.errors import ArchiveError

_TOOL_FOLDERS = frozenset(
    (b"node_modules", b"__pycache__", b"__MACOSX", b"venv", b"site-packages", b"lost+found", b"$RECYCLE.BIN")
)
_TOOL_FILES = frozenset((b".DS_Store", b"Thumbs.db", b"desktop.ini", b".directory", b".localized"))


def is_tool_folder(name: bytes) -> bool:
    """Whether a folder of this name is hidden or a tool's, and nobody's articles."""
    return name.startswith(b".") or name in _TOOL_FOLDERS


def is_tool_file(name: bytes) -> bool:
    """Whether a file of this name is one that a file manager leaves behind."""
    return name in _TOOL_FILES


class Excludes:
    """The user's patterns, as in a .gitignore; raises ArchiveError for one that cannot be read."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._spec = None
        if not any(pattern.strip() for pattern in patterns):
            return
        from pathspec import GitIgnoreSpec

        try:
            self._spec = GitIgnoreSpec.from_lines(patterns)
        except ValueError as error:
            raise ArchiveError(
                f"a pattern of the setting exclude cannot be read: {error}", "mend it"
            ) from error

    def match(self, relative: bytes, *, folder: bool) -> bool:
        """Whether a path is left out; folders match patterns that end in a slash too."""
        if self._spec is None:
            return False
        path = os.fsdecode(relative)
        return self._spec.match_file(path + "/" if folder else path)
