"""A full screen of rows with a title, a filter and a status line: the base of help, entities and the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Awaitable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive, var

from seedread.actions.chosen_keys import bindings, hint
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.command_screen import CommandScreen
from seedread.screens.global_commands import GlobalCommands
from seedread.session import Session
from seedread.widgets.line_list import Line, LineList
from seedread.widgets.single_line import StatusLine

Hints = tuple[tuple[str, str], ...]

ROWS = {"down": 1, "up": -1}
PAGES = {
    "page-down": 1.0,
    "page-up": -1.0,
    "half-down": 0.5,
    "half-up": -0.5,
    "screen-down": 1.0,
    "screen-up": -1.0,
}
"""How far the keys that move go, in rows and in pages."""


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where the items begin that lead somewhere; one that is wrapped has several rows."""
    targets = [line.target for line in lines]
    pairs = enumerate(zip([None, *targets], targets, strict=False))
    return [at for at, (above, target) in pairs if target is not None and target is not above]


class PanelScreen(CommandScreen, inherit_bindings=False):
    """Rows that can be walked, filtered and followed; subclasses define what the rows are."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.PANEL), *bindings(Place.ANYWHERE)]
    AUTO_FOCUS: ClassVar[str | None] = "LineList"
    HINTS: ClassVar[Hints] = (("filter-panel", "filter"), ("back", "back"), ("help", "help"))
    """Commands and words that the status line shows, beside a message as far as there is room."""

    filter_text: reactive[str] = reactive("", init=False)
    """Only rows that hold these words are shown."""
    message: var[str] = var("")
    """What the status line shows until the next command."""
    problem: var[bool] = var(False)
    """Whether the message is about something wrong."""
    title_left: var[str] = var("")
    """The title."""
    title_right: var[str] = var("")
    """What stands at the right end of the title."""
    columns: var[str] = var("")
    """What the columns of the rows are, under the title; empty for none."""
    status_left: var[str] = var("")
    """The left part of the status line."""
    status_right: var[str] = var("")
    """The right part of the status line."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__(session)
        self.heading = title
        self.set_reactive(PanelScreen.title_left, title)
        self.all_lines: Sequence[Line] = ()
        self._facts: str | None = None
        self._finding = ""
        self.lines = LineList(tick=session.glyphs.ticked, ellipsis=session.glyphs.ellipsis)
        """The rows; kept, as work may end after the screen has."""
        self.add_commands(GlobalCommands(self), self)

    def compose(self) -> ComposeResult:
        """Title, rows, status line."""
        title = StatusLine(id="title", classes="-title")
        title.set_reactive(StatusLine.left, self.title_left)
        yield title.data_bind(left=PanelScreen.title_left, right=PanelScreen.title_right)
        yield StatusLine(id="columns", classes="-hints").data_bind(left=PanelScreen.columns)
        yield self.lines
        yield StatusLine(id="status").data_bind(
            PanelScreen.problem, left=PanelScreen.status_left, right=PanelScreen.status_right
        )

    def watch_columns(self) -> None:
        """Give the columns a line only where there are some."""
        self.set_class(bool(self.columns), "-columns")

    def set_heading(self, heading: str) -> None:
        """Show another title."""
        self.title_left = heading
        self._write_facts()

    def set_facts(self, facts: str) -> None:
        """Show what is known of names at the end of the title, and how far the search for more has come."""
        self._facts, self._finding = facts, self.session.finding_names
        self._write_facts()

    def _write_facts(self) -> None:
        """Leave out how far the search has come where the title would be cut for it."""
        if self._facts is None or not self.is_mounted:
            return
        both = "; ".join(filter(None, (self._facts, self._finding)))
        room = self.query_one("#title").size.width - cell_len(self.title_left) - 1
        self.title_right = both if cell_len(both) <= room else self._facts

    @property
    def so_far(self) -> str:
        """What a count of names is followed by while there may be more."""
        return " so far" if self.session.finding_names else ""

    def follow_work(self) -> None:
        """Show how far the search for names has come; load the names when it has ended, or where none are."""
        if self._facts is None or self._finding == (finding := self.session.finding_names):
            return
        self.set_facts(self._facts)
        if not finding or not any(line.target for line in self.lines.lines[:1]):
            self.reload()

    def reload(self) -> None:
        """Fetch the rows again, where they can have changed."""

    def put(self, lines: Sequence[Line], *, cursor: int | None = None) -> None:
        """Show these rows, as far as the filter lets them through; a panel that was left takes none."""
        if not self.lines.is_attached:
            return
        self.all_lines = lines
        self.lines.set_lines(self._filtered(), cursor=cursor)
        self.refresh_status()

    def reflow(self, lines: Sequence[Line]) -> None:
        """Show the same items laid out again, for another width: the cursor stays on its item."""
        before, at = _starts(self._filtered()), self.lines.cursor
        self.put(lines)
        after = _starts(self._filtered())
        if after and after != before:
            self.lines.cursor = after[min(max(0, bisect_right(before, at) - 1), len(after) - 1)]

    def _filtered(self) -> Sequence[Line]:
        words = self.filter_text.casefold().split()
        if not words:
            return self.all_lines
        return [line for line in self.all_lines if line.kind != "head" and line.holds(words)]

    def watch_filter_text(self) -> None:
        """Filter again."""
        if not self.lines.is_attached:
            return
        self.lines.set_lines(self._filtered(), cursor=0)
        self.refresh_status()

    @property
    def hints(self) -> Hints:
        """The commands that the status line shows now."""
        return self.HINTS

    @on(LineList.Moved)
    def refresh_status(self) -> None:
        """Write the status line again, unless the rows are not there yet or gone."""
        if not self.lines.is_attached:
            return
        rows = self.lines.lines
        total = 0 if len(rows) == 1 and rows[0].kind == "dim" and rows[0].target is None else len(rows)
        said = self.message or (f"Filter: {self.filter_text}" if self.filter_text else "")
        said += "   " if said else ""
        room = self.size.width - (len(f" {total:,} of {total:,}") if total else 0) - cell_len(said)
        ascii_only = self.session.glyphs.ascii_only
        keys = hint(self.hints, self.session.settings.keys, ascii_only=ascii_only, room=room)
        self.status_left = f"{said}{keys if cell_len(keys) <= room else ''}".rstrip()
        self.status_right = f"{self.lines.cursor + 1:,} of {total:,}" if total else ""

    def show_message(self, text: str, *, problem: bool = False) -> None:
        """Show a message in the status line."""
        self.message, self.problem = text, problem
        self.refresh_status()

    @on(events.Resize)
    def _choose_hints(self) -> None:
        """Other keys, and how far the search for names has come, may have room."""
        self.refresh_status()
        self.call_after_refresh(self._write_facts)

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_do("follow")

    # -- commands ----------------------------------------------------------------------------------------

    @command(*ROWS)
    def move_rows(self, call: Call) -> None:
        """Rows down or up."""
        self.lines.move(ROWS[call.name] * call.times)

    @command(*PAGES)
    def turn_pages(self, call: Call) -> None:
        """Pages or half pages down or up."""
        self.lines.page(PAGES[call.name] * call.times)

    @command("first")
    def go_to_first_row(self, call: Call) -> None:
        """To the first row, or to the row of the count."""
        self.lines.cursor = call.times - 1

    @command("last")
    def go_to_last_row(self, call: Call) -> None:
        """To the last row, or to the row of the count."""
        self.lines.cursor = len(self.lines.lines) - 1 if call.count is None else call.count - 1

    @command("filter-panel")
    async def ask_for_filter(self, call: Call) -> None:
        """Ask for the words that rows must hold."""
        words = call.argument or await self.ask("Filter: ", self.filter_text)
        if words is not None:
            self.filter_text = words

    @command("back")
    def go_back(self, _call: Call) -> Awaitable[None] | None:
        """First take the filter off, then leave."""
        if self.filter_text:
            self.filter_text = ""
        else:
            self.dismiss(None)
        return None
