"""A screen whose keys and `:` names run the same commands, one after another, with counts."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from seedread.actions.chosen_keys import bindings, elsewhere, first_key, shown
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, Handler, command, handlers_of
from seedread.screens.prompt import Completer, PromptScreen
from seedread.screens.requests import QuitRequested
from seedread.session import Session
from seedread.userdata.session_state import Step, save_step
from seedread.widgets.single_line import StatusLine
from seedread.wording import sentence
from seedread_index.model.errors import SeedreadError

_LARGEST_COUNT = 1_000_000

BackgroundTask = Callable[[], Awaitable[object]]
"""What begins some work; nothing is begun in vain when the screen closes before its turn."""


class CommandScreen(Screen[None], inherit_bindings=False):
    """The base of every full screen; `add_commands` names the objects that handle its commands."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE)
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS: ClassVar[str | None] = None
    PLACE: ClassVar[Place] = Place.PANEL

    class CommandFinished(Message):
        """The command that was running has ended."""

    count: var[int | None] = var(None)
    """The digits typed so far before a command."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.handlers: dict[str, Handler] = {}
        """The handlers of this screen by the names of their commands."""
        self.cancelling = False
        """Whether the last key was the one that cancels."""
        self.key = ""
        """The last key that came, set by the app before the command it is bound to runs."""
        self._calls: deque[Call] = deque()
        self._command: Worker[None] | None = None
        self._held: Worker[None] | None = None
        self._next_key: Callable[[str], None] | None = None
        self.failed = False
        """Whether the last key led to nothing."""
        self.answered = 0
        """How many keys have meant something."""

    def add_commands(self, *owners: object) -> None:
        """Take the commands that these objects handle; a later object goes before an earlier one."""
        for owner in owners:
            self.handlers.update(handlers_of(owner))

    @property
    def place(self) -> Place:
        """Where the keyboard is now."""
        return self.PLACE

    @property
    def cells_beside_text(self) -> int:
        """The width of what stands left of an open text, which a card may cover."""
        return 0

    @property
    def cells_after_text(self) -> int:
        """The width of what stands right of an open text, which is empty."""
        return 0

    @on(events.Mount)
    def _use_printable_symbols(self) -> None:
        for line in self.query(StatusLine):
            line.ellipsis = self.session.glyphs.ellipsis

    # -- messages to the user ----------------------------------------------------------------------------

    def notify_user(self, text: str, *, problem: bool = False) -> None:
        """Show a message until the next command, and keep it for the screen of messages."""
        text = sentence(text)
        if text:
            self.session.note(text, problem=problem)
        self.show_message(text, problem=problem)

    def show_message(self, text: str, *, problem: bool = False) -> None:
        """Show a message where this screen has room for it, without keeping it."""

    def notify_error(self, error: SeedreadError) -> None:
        """Show an error and what to do next."""
        self.failed = True
        error.name_archive(self.session.archive.roots)
        self.notify_user(error.with_hint, problem=True)

    async def ask(
        self,
        label: str,
        value: str = "",
        *,
        complete: Completer | None = None,
        history: Sequence[str] = (),
        about: str = "",
    ) -> str | None:
        """Ask for one line at the bottom of the screen; None when it was left. Only inside a command."""
        prompt = PromptScreen(label, value, complete=complete, history=history, about=about)
        return await self.app.push_screen_wait(prompt)

    def learn(self, step: Step) -> None:
        """Note that the user has taken a step: no advice about it is shown again."""
        session = self.session
        if step not in session.learned:
            session.learned |= {step}
            if not session.settings.private:
                self.in_background(partial(asyncio.to_thread, save_step, step), "state")

    def untick(self) -> None:
        """Take every tick off, where there are any."""

    # -- keys --------------------------------------------------------------------------------------------

    def take_key(self, use: Callable[[str], None]) -> None:
        """Give the next key's character to `use` instead of to a command; other keys give it up."""
        self._next_key = use

    def on_key(self, event: events.Key) -> None:
        """Give a key to what waits for one; Alt and a letter never runs a command."""
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
        self.answered += 1
        if self.count is not None or digit:
            self.count = min((self.count or 0) * 10 + digit, _LARGEST_COUNT)

    def action_do(self, name: str) -> None:
        """Run a command by its name, after those that were called before it."""
        self.answered += 1
        count, self.count = self.count, None
        self.call_command(Call(name, count, key=self.key))

    def report_dead_key(self, key: str) -> None:
        """Report a key that no command has here, and where it has one."""
        helps, ascii_only = self.key_of("help"), self.session.glyphs.ascii_only
        lists = f" ({helps} lists keys)" if helps else ""
        self.count, self.failed = None, True
        other = elsewhere(key, self.session.settings.keys, ascii_only=ascii_only)
        self.show_message((other or f"No command on {shown(key, ascii_only=ascii_only)}") + lists)

    def key_of(self, name: str) -> str:
        """The first key of a command, as it is shown; empty where it has none."""
        session = self.session
        return first_key(name, session.settings.keys, ascii_only=session.glyphs.ascii_only)

    def handler_of(self, name: str) -> Handler | None:
        """What handles a command where the keyboard is."""
        return self.handlers.get(name)

    # -- commands ----------------------------------------------------------------------------------------

    def call_command(self, call: Call) -> None:
        """Run a command, or let it wait its turn while another one waits for the disk."""
        if call.name in ("cancel", "quit"):
            self._calls.clear()
            self._start(call)
            return
        self.cancelling = False
        self.show_message("")
        self._calls.append(call)
        self._run_next()

    @property
    def busy(self) -> bool:
        """Whether a command is still running."""
        return self._command is not None

    @property
    def holds_keys(self) -> bool:
        """Whether work is going on that the keys of every screen wait for, one above this included."""
        return self._held is not None

    @command("cancel")
    def cancel_or_quit(self, _call: Call) -> None:
        """Cancel what is running; twice in a row quits."""
        if self.cancelling:
            self.leave(130)
            return
        stopped = self.cancel_work()
        self.notify_user("Cancelled; press Ctrl-C again to quit" if stopped else "Press Ctrl-C again to quit")
        self.cancelling = True

    @command("quit")
    def quit(self, _call: Call) -> None:
        """Quit."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """End the program with this exit code."""
        self.post_message(QuitRequested(code))

    def forget_cancel(self) -> None:
        """Another key was pressed: the next key that cancels is the first one again."""
        self.cancelling = False

    def cancel_work(self) -> bool:
        """Stop whatever is running for this screen; False when there is nothing."""
        return self.cancel_command()

    def cancel_command(self) -> bool:
        """Stop the command that is running and drop those that wait; False when there is none."""
        self._calls.clear()
        if self._command is None:
            return False
        self._command.cancel()
        self._command = self._held = None
        return True

    def _run_next(self) -> None:
        while self._calls and self._command is None:
            self._command = self._start(self._calls.popleft())

    def _start(self, call: Call) -> Worker[None] | None:
        handler = self.handler_of(call.name)
        self.failed = self.failed and call.name == "back"
        if handler is None:
            self.failed = True
            if call.key:
                self.report_dead_key(call.key)
            else:
                self.notify_user(f":{call.name} does nothing here")
            return None
        try:
            outcome = handler(call)
        except SeedreadError as error:
            self.notify_error(error)
            return None
        if outcome is None:
            return None
        return self.run_worker(self._finish(outcome), group="commands")

    def hold_keys_for(self, outcome: Awaitable[None]) -> None:
        """Let keys wait for work that no command of this screen began, whichever screen they go to."""
        self._command = self._held = self.run_worker(self._finish(outcome), group="commands")

    def release_keys(self) -> None:
        """Let the next command, and the keys that wait, go on before the running command has ended."""
        self._command = None
        self.post_message(self.CommandFinished())
        self.call_later(self._run_next)

    def in_background(self, task: BackgroundTask, group: str, *, exclusive: bool = False) -> Worker[None]:
        """Start work that no key waits for; with `exclusive` it replaces what its group is doing."""

        async def begin() -> None:
            await self._reporting(task)

        return self.run_worker(begin, group=group, exclusive=exclusive)

    async def _reporting(self, task: BackgroundTask) -> None:
        """Do some work, and show its error."""
        try:
            await task()
        except SeedreadError as error:
            self.notify_error(error)

    async def _finish(self, outcome: Awaitable[None]) -> None:
        await asyncio.sleep(0)  # where tasks begin at once (Python 3.12), it is not yet known as the command
        mine = get_current_worker()
        try:
            await self._reporting(lambda: outcome)
        finally:
            keys_wait = mine in (self._command, self._held)
            if self._held is mine:
                self._held = None
            if self._command is mine:
                self._command = None
                self._run_next()
            if keys_wait:
                self.post_message(self.CommandFinished())
