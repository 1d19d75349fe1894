"""Widgets of one line: the status line (counts, errors, progress), and a line for input."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.widgets.rendering.cells import clipped, sanitized


class StatusLine(Widget):
    """One line with a left and a right part; the right one stays whole when they do not both fit."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        width: 1fr;
        text-style: reverse;
        &.-problem { color: $error; text-style: reverse bold; }
        &.-title { text-style: bold; }
        &.-plain { text-style: none; }
        &.-hints { text-style: none; color: $text-muted; }
        &.-hints:ansi { color: ansi_default; text-style: dim; }
        &.-header { text-style: none; }
    }
    """

    left: reactive[str | Content] = reactive[str | Content]("")
    """What stands on the left: plain text, or text with styles."""
    right: reactive[str | Content] = reactive[str | Content]("")
    """What stands on the right, likewise."""
    problem: reactive[bool] = reactive(False)
    """Whether the left part reports an error."""
    ellipsis: reactive[str] = reactive("…")
    """Marks where the left part is cut."""

    def watch_problem(self, problem: bool) -> None:
        """Show a problem in the theme's colour for errors."""
        self.set_class(problem, "-problem")

    def render(self) -> Content:
        """The two parts, padded to the width."""
        width = self.size.width
        right = Content(" ") + _as_content(self.right) if self.right else Content("")
        room = max(0, width - right.cell_length)
        return (self._fitted(room) + right).truncate(width, pad=True)

    def _fitted(self, room: int) -> Content:
        """The left part in exactly `room` cells, with an ellipsis where it is cut."""
        if isinstance(self.left, str):
            return Content(clipped(sanitized(self.left), room, self.ellipsis)).truncate(room, pad=True)
        if self.left.cell_length > room > 0:
            return self.left.truncate(room - 1) + Content(self.ellipsis)
        return self.left.truncate(room, pad=True)


def _as_content(text: str | Content) -> Content:
    """Text as it may be drawn; what has styles was made to be."""
    return Content(sanitized(text)) if isinstance(text, str) else text


_FIXED_KEYS = {
    "left": "cursor_left",
    "right": "cursor_right",
    "ctrl+left": "cursor_left_word",
    "ctrl+right": "cursor_right_word",
    "backspace": "delete_left",
    "delete": "delete_right",
    "ctrl+d": "delete_right",
}


EDITS = {
    "line-start": "home",
    "line-end": "end",
    "cut-word": "delete_left_word",
    "cut-before": "delete_left_all",
    "cut-after": "delete_right_all",
}
"""The actions of the commands that edit a line."""


_PASSAGE = 20
"""From so many words on, what is pasted is a passage of a text and not a query."""


class LineInput(Input, inherit_bindings=False):
    """An input line without a frame, whose editing keys can be remapped and whose text is never markup.

    `swallow_slash` drops a slash typed into the empty line, and takes a question mark there for a request.
    Pasted lines are joined; with `takes_passages` a whole passage is not put into the line, but sent as
    PassagePasted.
    """

    class PassagePasted(Message):
        """A passage of text was pasted."""

        def __init__(self, sender: LineInput, text: str) -> None:
            super().__init__()
            self._line = sender
            self.text = text

        @property
        def control(self) -> LineInput:
            """The line that it was pasted into."""
            return self._line

    class SelectionChanged(Message):
        """All of the line is selected, so that typing replaces it, or no longer."""

    class HelpAsked(Message):
        """A question mark was typed into the empty query line."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        border: none;
        padding: 0;
        height: 1;
        background: $background;
        width: 1fr;
    }
    LineInput:ansi > .input--cursor {
        background: ansi_default;
        color: ansi_default;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                key, action, action.replace("_", " ").capitalize(), id=f"edit-{key}", show=False, system=True
            )
            for key, action in _FIXED_KEYS.items()
        ),
        *bindings(Place.INPUT),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        swallow_slash: bool = False,
        takes_passages: bool = False,
        id: str | None = None,
    ) -> None:
        self._was_selected = False
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False)
        self.cursor_blink = False
        self._takes_passages = takes_passages
        self._swallow_slash = swallow_slash

    @property
    def all_selected(self) -> bool:
        """Whether typing replaces the whole line."""
        return bool(self.value) and self.selected_text == self.value

    def watch_selection(self) -> None:
        """Report when all of the line is selected, or no longer."""
        if self._was_selected != self.all_selected:
            self._was_selected = self.all_selected
            self.post_message(self.SelectionChanged())

    def edit(self, command: str) -> None:
        """Run a command that edits the line."""
        getattr(self, f"action_{EDITS[command]}")()

    def on_paste(self, event: events.Paste) -> None:
        """Put what is pasted at the cursor, or in the place of what is selected."""
        event.stop()
        event.prevent_default()
        if self._takes_passages and len(event.text.split()) >= _PASSAGE:
            self.post_message(self.PassagePasted(self, event.text))
            return
        text = " ".join(event.text.splitlines())
        if text:
            self.replace(text, *sorted(self.selection))

    def on_key(self, event: events.Key) -> None:
        """Drop a slash typed into the empty line; Alt and a letter is not text."""
        empty = self._swallow_slash and not self.value
        if (empty and event.character == "/") or event.key.startswith("alt+"):
            event.stop()
            event.prevent_default()
        elif empty and event.character == "?":  # no query begins with it
            event.stop()
            event.prevent_default()
            self.post_message(self.HelpAsked())
