"""A Textual app on our driver, small enough to start in no time: it echoes keys in an input line."""

from __future__ import annotations

import os
import signal
import sys
from typing import ClassVar

from seedread.terminal import early_paint, process

if "skeleton" in sys.argv:
    early_paint.paint()
if "ended-at-once" in sys.argv:
    take_over = early_paint.taken_over

    def ended() -> early_paint.Painted | None:
        """Be told to end while the terminal goes from the skeleton to the driver."""
        early_paint.taken_over = take_over
        painted = take_over()
        os.kill(os.getpid(), signal.SIGTERM)
        return painted

    early_paint.taken_over = ended
process.prepare_environment()

from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.binding import BindingType  # noqa: E402
from textual.widgets import Input, Label  # noqa: E402

from seedread.terminal.driver import CellDriver  # noqa: E402


class SmallApp(App[None]):
    """An input line and a label that tells the size."""

    CSS = "Input { border: none; height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+z", "suspend_process", "Suspend"),
        ("ctrl+q", "quit", "Quit"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Input()
        yield Label(markup=False)

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(Label).update(f"ready at {event.size.width}x{event.size.height}")

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
        self.theme = "ansi-dark"


if __name__ == "__main__":
    app = SmallApp(driver_class=CellDriver)
    app.run(mouse=False)
    sys.stdout.write(f"left with {app.return_code}\n")
    sys.exit(app.return_code)
