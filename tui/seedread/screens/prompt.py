"""A prompt for one line at the bottom of the screen, with completion and history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from seedread.widgets.single_line import EDITS, LineInput
from seedread_index.model.errors import SeedreadError


class Candidate(str):
    """A line that completes another, with a note that is shown after it and not put into the line."""

    note: str

    def __new__(cls, text: str, note: str) -> Candidate:
        """The line `text` with its note."""
        made = super().__new__(cls, text)
        made.note = note
        return made


Completer = Callable[[str], Awaitable[Sequence[str]]]
"""Gives the lines that complete a line, each perhaps a Candidate."""


class PromptScreen(ModalScreen[str | None], inherit_bindings=False):
    """A line with a label: Enter answers, Esc leaves, Tab completes, up and down walk the history.

    `about` stands above the line while there are no completions.
    """

    DEFAULT_CSS = """
    PromptScreen {
        background: transparent;
        align: left bottom;
        & > Horizontal { height: 1; dock: bottom; background: $background; }
        & #label { width: auto; text-style: bold; }
        & #completions { height: auto; max-height: 3; dock: bottom; margin-bottom: 1; background: $background;
                    display: none; }
        & #completions.-some { display: block; }
    }
    """

    class CompletionFinished(Message):
        """The completion that keys waited for has come."""

    completions: var[tuple[str, ...]] = var(())
    """The lines that Tab goes through."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        complete: Completer | None = None,
        history: Sequence[str] = (),
        about: str = "",
    ) -> None:
        super().__init__()
        self._about = about
        self._label = label
        self._value = value
        self.line = LineInput(value, id="answer")
        """The input."""
        self._completions = Static("", id="completions", markup=False)
        self._complete = complete
        self._history = history
        self._step = 0
        self._completion = -1
        self.busy = False
        """Whether a completion is on its way; keys wait for it."""

    def compose(self) -> ComposeResult:
        """The completions above, the line below."""
        yield self._completions
        with Horizontal():
            yield Static(self._label, id="label", markup=False)
            yield self.line

    def on_mount(self) -> None:
        """Start at the end of the line."""
        self._completions.update(self._about)
        self._completions.set_class(bool(self._about), "-some")
        self.line.focus()
        self.line.cursor_position = len(self._value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if self.completions and event.value not in self.completions:
            self.completions = ()
            self._completion = -1

    def watch_completions(self, completions: tuple[str, ...]) -> None:
        """Show what Tab goes through."""
        if self.is_mounted:
            several = len(completions) > 1
            self._completions.update("  ".join(map(_shown, completions)) if several else self._about)
            self._completions.set_class(several or bool(self._about), "-some")

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
            self.run_worker(self._complete_line(), exclusive=True, group="complete")
        elif name in ("older", "newer"):
            self._walk(1 if name == "older" else -1)

    async def _complete_line(self) -> None:
        try:
            await self._show_completion()
        finally:
            self.busy = False
            self.post_message(self.CompletionFinished())

    async def _show_completion(self) -> None:
        if not self.completions and self._complete is not None:
            try:
                self.completions = tuple(await self._complete(self.line.value))
            except SeedreadError:
                return  # what is typed so far cannot be completed; running it shows why
            self._completion = -1
        if self.completions:
            self._completion = (self._completion + 1) % len(self.completions)
            self._put(self.completions[self._completion])

    def _walk(self, step: int) -> None:
        if not self._step:
            self._value = self.line.value
        self._step = max(0, min(len(self._history), self._step + step))
        self._put(self._history[-self._step] if self._step else self._value)

    def _put(self, text: str) -> None:
        self.line.value = text
        self.line.cursor_position = len(text)


def _shown(candidate: str) -> str:
    """A candidate with its note."""
    return f"{candidate} ({candidate.note})" if isinstance(candidate, Candidate) else candidate
