"""The status line at the bottom: counts, errors, progress."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

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
        &.-hints { text-style: none; color: $text-muted; }
        &.-hints:ansi { color: ansi_default; text-style: dim; }
    }
    """

    left: reactive[str] = reactive("")
    """Plain text on the left."""
    right: reactive[str] = reactive("")
    """Plain text on the right."""
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
        right = Content(f" {sanitized(self.right)}" if self.right else "")
        room = max(0, width - right.cell_length)
        left = Content(clipped(sanitized(self.left), room, self.ellipsis)).truncate(room, pad=True)
        return (left + right).truncate(width, pad=True)
