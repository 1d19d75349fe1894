"""A screen whose keys and `:` names run the same commands, one after another, with counts."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from seedread.actions.keymap import bindings
from seedread.actions.table import Place
from seedread.session import Session
from seedread.widgets.status_line import StatusLine
from seedread_index.model.errors import SeedreadError

_LARGEST_COUNT = 1_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """How a command was called: the count typed before it, and what stood after its name on the `:` line."""

    count: int | None = None
    argument: str = ""

    @property
    def times(self) -> int:
        """The count, 1 where none was typed."""
        return 1 if self.count is None else self.count


Handler = Callable[[Any, Call], Awaitable[None] | None]
Handlers = Mapping[str, Handler]
Work = Callable[[], Awaitable[object]]
"""What begins some work; nothing is begun in vain when the screen closes before its turn."""
Completer = Callable[[str], Awaitable[Sequence[str]]]


class CommandScreen(Screen[None], inherit_bindings=False):
    """The base of every full screen: `HANDLERS` says what each command does here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE)
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS: ClassVar[str | None] = None
    HANDLERS: ClassVar[Handlers] = {}
    PLACE: ClassVar[Place] = Place.PANEL

    class CommandFinished(Message):
        """The command that was at work has ended."""

    count: var[int | None] = var(None)
    """The digits typed so far before a command."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._calls: deque[tuple[str, Call]] = deque()
        self._command: Worker[None] | None = None
        self.cancelling = False
        self._next_key: Callable[[str], None] | None = None

    @property
    def place(self) -> Place:
        """Where the keyboard is now."""
        return self.PLACE

    @on(events.Mount)
    def _use_printable_symbols(self) -> None:
        for line in self.query(StatusLine):
            line.ellipsis = self.session.glyphs.ellipsis

    def notify_user(self, text: str, *, problem: bool = False) -> None:
        """Tell something in the status line until the next command, and keep it for the messages."""
        if text:
            self.session.note(text, problem=problem)
        self.show_message(text, problem)

    def show_message(self, text: str, problem: bool) -> None:
        """Put a text where this screen tells things."""

    def untick(self) -> None:
        """Take every tick off, where there are any."""

    def take_key(self, use: Callable[[str], None]) -> None:
        """Give the next key's character to `use` instead of to a command; other keys give it up."""
        self._next_key = use

    def on_key(self, event: events.Key) -> None:
        """Serve whoever waits for one key; Alt and a letter never runs a command."""
        if self._next_key is not None:
            use, self._next_key = self._next_key, None
            event.stop()
            event.prevent_default()
            if event.is_printable and event.character:
                use(event.character)
            else:
                self.notify_user("")

    def action_digit(self, digit: int) -> None:
        """Add a digit to the count."""
        if self.count is not None or digit:
            self.count = min((self.count or 0) * 10 + digit, _LARGEST_COUNT)

    def action_do(self, name: str) -> None:
        """Run a command by its name, after those that were called before it."""
        count, self.count = self.count, None
        self.call_command(name, Call(count))

    def call_command(self, name: str, call: Call) -> None:
        """Run a command, or let it wait its turn while another one waits for the disk."""
        if name in ("cancel", "quit"):
            self._calls.clear()
            self._start(name, call)
            return
        self.cancelling = False
        self.show_message("", False)
        self._calls.append((name, call))
        self._drain()

    @property
    def busy(self) -> bool:
        """Whether a command is still at work."""
        return self._command is not None

    def cancel_work(self) -> bool:
        """Stop whatever is going on for this screen; False when there is nothing."""
        return self.cancel_command()

    def cancel_command(self) -> bool:
        """Stop the command that is at work and forget those that wait; False when there is none."""
        self._calls.clear()
        if self._command is None:
            return False
        self._command.cancel()
        self._command = None
        return True

    def _drain(self) -> None:
        while self._calls and self._command is None:
            name, call = self._calls.popleft()
            self._command = self._start(name, call)

    def _start(self, name: str, call: Call) -> Worker[None] | None:
        handler = self.HANDLERS.get(name)
        if handler is None:
            self.notify_user(f"{name} does nothing here")
            return None
        try:
            outcome = handler(self, call)
        except SeedreadError as error:
            self.say_error(error)
            return None
        if outcome is None:
            return None
        return self.run_worker(self._finish(outcome), group="commands")

    def hold_for(self, outcome: Awaitable[None]) -> None:
        """Work that the next key is about, though no command of this screen began it."""
        self._command = self.run_worker(self._finish(outcome), group="commands")

    def let_go(self) -> None:
        """Let the next command begin, and the keys that wait, before this one has ended: it takes long."""
        self._command = None
        self.post_message(self.CommandFinished())
        self.call_later(self._drain)

    def in_background(self, work: Work, group: str, *, exclusive: bool = False) -> Worker[None]:
        """Work that no key waits for; with `exclusive` it takes the place of what the group is at."""

        async def begin() -> None:
            await self._reporting(work)

        return self.run_worker(begin, group=group, exclusive=exclusive)

    async def _reporting(self, work: Work) -> None:
        """Work, and say what goes wrong."""
        try:
            await work()
        except SeedreadError as error:
            self.say_error(error)

    async def _finish(self, outcome: Awaitable[None]) -> None:
        await asyncio.sleep(0)  # where tasks begin at once (Python 3.12), it is not yet known as the command
        mine = get_current_worker()
        try:
            await self._reporting(lambda: outcome)
        finally:
            if self._command is mine:
                self._command = None
                self._drain()
                self.post_message(self.CommandFinished())

    def leave(self, code: int) -> None:
        """End the program; where one is, is kept."""
        self.session.keep()
        self.app.exit(code)

    def say_error(self, error: SeedreadError) -> None:
        """Tell an error and what to do next."""
        error.name_archive(self.session.archive.roots)
        self.notify_user(f"{error.message}: {error.hint}" if error.hint else error.message, problem=True)

    async def ask(
        self,
        label: str,
        value: str = "",
        *,
        complete: Completer | None = None,
        history: Sequence[str] = (),
    ) -> str | None:
        """Ask for one line at the bottom of the screen; None when it was left. Only inside a command."""
        from seedread.screens.prompt import PromptScreen

        return await self.app.push_screen_wait(PromptScreen(label, value, complete=complete, history=history))
