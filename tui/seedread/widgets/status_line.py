"""The line at the bottom: what there is, what went wrong, how far long work has come."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from seedread.widgets.rendering.cells import clipped, defused


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
    """Whether the left part tells of something wrong."""
    ellipsis: reactive[str] = reactive("…")
    """What stands where the left part is cut."""

    def watch_problem(self, problem: bool) -> None:
        """Show a problem in the theme's colour for errors."""
        self.set_class(problem, "-problem")

    def render(self) -> Content:
        """The two parts, padded to the width."""
        width = self.size.width
        right = Content(f" {defused(self.right)}" if self.right else "")
        room = max(0, width - right.cell_length)
        left = Content(clipped(defused(self.left), room, self.ellipsis)).truncate(room, pad=True)
        return (left + right).truncate(width, pad=True)
