"""One line asked for at the bottom of the screen, with completion and earlier answers."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from seedread.screens.command_screen import CommandScreen, Completer
from seedread.widgets.line_input import EDITS, LineInput
from seedread_index.model.errors import SeedreadError


class PromptScreen(ModalScreen[str | None], inherit_bindings=False):
    """A line with a label: Enter answers, Esc leaves, Tab completes, up and down walk the history."""

    DEFAULT_CSS = """
    PromptScreen {
        background: transparent;
        align: left bottom;
        & > Horizontal { height: 1; dock: bottom; background: $background; }
        & #label { width: auto; text-style: bold; }
        & #offers { height: auto; max-height: 3; dock: bottom; margin-bottom: 1; background: $background;
                    display: none; }
        & #offers.-some { display: block; }
    }
    """
    offers: var[tuple[str, ...]] = var(())
    """What Tab goes through."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        complete: Completer | None = None,
        history: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._label = label
        self._value = value
        self._complete = complete
        self._history = history
        self._step = 0
        self._offered = -1
        self.busy = False
        """Whether a completion is on its way; keys wait for it."""

    def compose(self) -> ComposeResult:
        """The offers above, the line below."""
        yield Static("", id="offers", markup=False)
        with Horizontal():
            yield Static(self._label, id="label", markup=False)
            yield LineInput(self._value, id="answer")

    @property
    def line(self) -> LineInput:
        """The input."""
        return self.query_one(LineInput)

    def on_mount(self) -> None:
        """Start at the end of the line."""
        self.line.focus()
        self.line.cursor_position = len(self._value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if self.offers and event.value not in self.offers:
            self.offers = ()
            self._offered = -1

    def watch_offers(self, offers: tuple[str, ...]) -> None:
        """Show what Tab offers."""
        if self.is_mounted:
            shown = self.query_one("#offers", Static)
            shown.update("  ".join(offers))
            shown.set_class(len(offers) > 1, "-some")

    def action_do(self, name: str) -> None:
        """Do what an editing key means here."""
        if name in EDITS:
            self.line.edit(name)
        elif name == "run":
            self.dismiss(self.line.value)
        elif name in ("input-back", "cancel"):
            self.dismiss(None)
        elif name == "complete":
            self.busy = True
            self.run_worker(self._offered_now(), exclusive=True, group="complete")
        elif name in ("older", "newer"):
            self._walk(1 if name == "older" else -1)

    async def _offered_now(self) -> None:
        try:
            await self._offer()
        finally:
            self.busy = False
            self.post_message(CommandScreen.CommandFinished())

    async def _offer(self) -> None:
        if not self.offers and self._complete is not None:
            try:
                self.offers = tuple(await self._complete(self.line.value))
            except SeedreadError:
                return  # what is typed so far cannot be completed; running it tells why
            self._offered = -1
        if self.offers:
            self._offered = (self._offered + 1) % len(self.offers)
            self._put(self.offers[self._offered])

    def _walk(self, step: int) -> None:
        if not self._step:
            self._value = self.line.value
        self._step = max(0, min(len(self._history), self._step + step))
        self._put(self._history[-self._step] if self._step else self._value)

    def _put(self, text: str) -> None:
        self.line.value = text
        self.line.cursor_position = len(text)
