"""A full screen of rows with a title, a filter and a status line: the base of help, entities and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive

from seedread.actions.keymap import bindings, hint
from seedread.actions.table import Place
from seedread.screens import global_commands
from seedread.screens.command_screen import Call, CommandScreen, Handler, Handlers
from seedread.session import Session
from seedread.widgets.line_list import Line, LineList
from seedread.widgets.status_line import StatusLine

Hints = tuple[tuple[str, str], ...]


def _move(rows: int) -> Handler:
    def move(screen: PanelScreen, call: Call) -> None:
        screen.lines.move(rows * call.times)

    return move


def _page(pages: float) -> Handler:
    def move(screen: PanelScreen, call: Call) -> None:
        screen.lines.page(pages * call.times)

    return move


def _first(screen: PanelScreen, call: Call) -> None:
    screen.lines.cursor = call.times - 1


def _last(screen: PanelScreen, call: Call) -> None:
    screen.lines.cursor = len(screen.lines.lines) - 1 if call.count is None else call.count - 1


async def filter_rows(screen: PanelScreen, call: Call) -> None:
    """Ask for the words that rows must hold."""
    words = call.argument or await screen.ask("Filter: ", screen.filter_text)
    if words is not None:
        screen.filter_text = words


def back(screen: PanelScreen, call: Call) -> None:
    """First take the filter off, then leave."""
    if screen.filter_text:
        screen.filter_text = ""
    else:
        global_commands.back(screen, call)


HANDLERS: Handlers = {
    **global_commands.HANDLERS,
    "down": _move(1),
    "up": _move(-1),
    "first": _first,
    "last": _last,
    "page-down": _page(1),
    "page-up": _page(-1),
    "half-down": _page(0.5),
    "half-up": _page(-0.5),
    "screen-down": _page(1),
    "screen-up": _page(-1),
    "filter-panel": filter_rows,
    "back": back,
}
"""What the commands of every panel do."""


class PanelScreen(CommandScreen, inherit_bindings=False):
    """Rows that can be walked, filtered and followed; subclasses say what the rows are."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.PANEL), *bindings(Place.ANYWHERE)]
    HANDLERS: ClassVar[Handlers] = HANDLERS
    AUTO_FOCUS: ClassVar[str | None] = "LineList"
    HINTS: ClassVar[Hints] = (("filter-panel", "filter"), ("back", "back"), ("help", "help"))
    """Command and words of what the status line tells while nothing is said."""

    filter_text: reactive[str] = reactive("", init=False)
    """Only rows that hold these words are shown."""
    said: reactive[str] = reactive("")
    """What the status line says, until the next command."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__(session)
        self.heading = title
        self.all_lines: Sequence[Line] = ()

    def compose(self) -> ComposeResult:
        """Title, rows, status line."""
        title = StatusLine(id="title", classes="-title")
        title.set_reactive(StatusLine.left, self.heading)
        yield title
        yield LineList(tick=self.session.glyphs.ticked, ellipsis=self.session.glyphs.ellipsis)
        yield StatusLine(id="status")

    @property
    def lines(self) -> LineList:
        """The rows."""
        return self.query_one(LineList)

    def set_heading(self, heading: str) -> None:
        """Show another title."""
        for title in self.query("#title").results(StatusLine):
            title.left = heading

    def put(self, lines: Sequence[Line], *, cursor: int | None = None) -> None:
        """Show these rows, as far as the filter lets them through; a panel that was left takes none."""
        if not self.query(LineList):
            return
        self.all_lines = lines
        self.lines.set_lines(self._filtered(), cursor=cursor)
        self.refresh_status()

    def _filtered(self) -> Sequence[Line]:
        words = self.filter_text.casefold().split()
        if not words:
            return self.all_lines
        return [line for line in self.all_lines if line.kind != "head" and line.holds(words)]

    def watch_filter_text(self) -> None:
        """Filter again."""
        if not self.query(LineList):
            return
        self.lines.set_lines(self._filtered(), cursor=0)
        self.refresh_status()

    @on(LineList.Moved)
    def refresh_status(self) -> None:
        """Write the status line again, unless the panel is not there yet or being left."""
        if (status := self._status()) is None or not self.query(LineList):
            return
        keys = hint(self.HINTS, self.session.settings.keys, ascii_only=self.session.glyphs.ascii_only)
        status.left = self.said or (f"filter: {self.filter_text}" if self.filter_text else keys)
        total = len(self.lines.lines)
        status.right = f"{self.lines.cursor + 1}/{total}" if total else ""

    def show_message(self, text: str, problem: bool) -> None:
        """Say something in the status line."""
        self.said = text
        if (status := self._status()) is not None:
            status.problem = problem
        self.refresh_status()

    def _status(self) -> StatusLine | None:
        return next(iter(self.query("#status").results(StatusLine)), None)

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_do("follow")
