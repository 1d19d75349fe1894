"""The screen between Textual and the terminal: what is wanted, what is shown, and what is left to be sent."""

from __future__ import annotations

from seedread.terminal.renderer.encoder import Encoder
from seedread.terminal.renderer.frame import Picture
from seedread.terminal.renderer.parser import SYNC_END, SYNC_START, Parser
from seedread.terminal.renderer.styles import Styles

_WORTH_SYNCHRONISING = 512
"""Characters of a frame from which on it may reach the terminal in parts, so that it is bracketed."""
_ENTER = "\x1b[?1049h"
_LEAVE = "\x1b[?1049l"


class TerminalScreen:
    """Takes what Textual writes and gives what has to be sent, whenever the terminal is ready for it.

    Frames that come while the terminal is behind are only drawn into the picture; the next frame sent is the
    difference from what the terminal shows to the latest picture, so that none but the last state matters.
    """

    def __init__(self, width: int, height: int, *, colourless: bool = False) -> None:
        self._styles = Styles(colourless=colourless)
        self._encoder = Encoder()
        self._shown: Picture | None = None
        self._parser = Parser(Picture(width, height, self._styles))
        self._controls: list[str] = []
        self._stale = False
        self._active = False
        self._inside_update = False
        self._synchronised = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self._parser.picture.width, self._parser.picture.height

    @property
    def active(self) -> bool:
        """Whether the alternate screen is ours."""
        return self._active

    @property
    def ready(self) -> bool:
        """Whether there is something to send now."""
        return bool(self._controls) or (self._stale and self._active and not self._inside_update)

    def write(self, data: str) -> None:
        """Take one write of Textual."""
        parsed = self._parser.feed(data)
        if parsed.drawn:
            self._stale = True
        for control in parsed.controls:
            if control in {SYNC_START, SYNC_END}:
                self._inside_update = control == SYNC_START
                self._synchronised = True
                continue
            if control == _ENTER and self._active:
                continue
            self._controls.append("\x1b[m" + _LEAVE if control == _LEAVE else control)
            if control == _ENTER:
                self.forget()
                self._active = True
            elif control == _LEAVE:
                self._active = self._inside_update = False
            elif control.startswith(("\x1b_", "\x1bc")):
                self.forget()

    def forget(self) -> None:
        """Know nothing about what the terminal shows, so that the next frame is a whole one."""
        self._shown = None
        self._stale = True

    def resize(self, width: int, height: int) -> None:
        """Take a new size; the terminal may have moved anything anywhere."""
        if (width, height) != self.size:
            self._parser.picture = self._parser.picture.resized(width, height)
        self.forget()

    def adopt(self, sequence: str) -> None:
        """Note that a sequence was written to the cleared alternate screen before this object was made.

        The sequence may hold what frames hold; the next frame is the difference from it.
        """
        before = Parser(Picture(*self.size, self._styles))
        before.feed(sequence)
        self._shown = before.picture
        self._encoder.forget()
        self._active = True
        self._stale = False

    def take(self) -> str:
        """Everything to send now: control sequences first, then the difference to the latest picture."""
        out = "".join(self._controls)
        self._controls.clear()
        if not (self._stale and self._active and not self._inside_update):
            return out
        self._stale = False
        if self._styles.full:
            self._styles = Styles(colourless=self._styles.colourless)
            self._parser.picture = self._parser.picture.restyled(self._styles)
            self._shown = None
        frame = ""
        wanted = self._parser.picture
        if self._shown is None or (self._shown.width, self._shown.height) != self.size:
            self._shown = Picture(*self.size, self._styles)
            frame = self._encoder.cleared()
        frame += self._encoder.encode(self._shown, wanted, (self._parser.x, self._parser.y))
        if self._synchronised and len(frame) >= _WORTH_SYNCHRONISING:
            frame = SYNC_START + frame + SYNC_END
        return out + frame
