"""The messages of the status line so far, the latest first."""

from __future__ import annotations

from seedread.screens.panel import PanelScreen
from seedread.session import Session
from seedread.widgets.line_list import Line


class MessagesScreen(PanelScreen):
    """The messages of this session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Messages")

    def on_mount(self) -> None:
        """Write the rows."""
        lines = [
            Line(f"{message.at:%H:%M:%S}  {message.text}", kind="problem" if message.problem else "plain")
            for message in reversed(self.session.messages)
        ]
        self.put(lines or [Line("nothing was said yet", kind="dim")])
