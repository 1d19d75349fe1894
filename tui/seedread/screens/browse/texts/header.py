"""The header row: which archive is open, how large it is, and what is being done to it."""

from __future__ import annotations

from textual.content import Content

from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.panes import BrowseFrame
from seedread.userdata.archive_choice import archive_name
from seedread.wording import counted

_BAR = 12
"""The cells of the bar of progress."""
_BAR_FROM = 70
"""Cells of a screen that has room for the bar."""


class HeaderText:
    """Puts the archive and the work on it into the header."""

    def __init__(self, frame: BrowseFrame, background: BackgroundController) -> None:
        self._frame = frame
        self._background = background
        self.name = archive_name(frame.session.archive.roots)
        """The name of the archive."""

    def left(self) -> Content:
        """The name, and how many articles there are."""
        known, dot = self._background.counts, self._frame.session.glyphs.dot
        parts: list[tuple[str, str]] = [(self.name, "bold $primary")]
        if known is not None:
            parts.append((f" {dot} {counted(known[0], 'article')}", "dim"))
        return Content.assemble(*parts)

    def right(self) -> Content:
        """What is being done to the archive, with a bar where it is known how much there is of it."""
        work = self._background
        if not work.activity:
            return Content("")
        text = Content.assemble((work.activity, "dim"))
        if work.fraction is None or self._frame.size.width < _BAR_FROM:
            return text
        glyphs = self._frame.session.glyphs
        done = round(work.fraction * _BAR)
        bar = Content.assemble((glyphs.done * done, "$accent"), (glyphs.undone * (_BAR - done), "dim"))
        return Content("  ").join([text, bar])
