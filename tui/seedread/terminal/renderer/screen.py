"""The screen between Textual and the terminal: the frame wanted, the frame shown, what is left to send."""

from __future__ import annotations

from seedread.terminal.renderer.encoder import Encoder
from seedread.terminal.renderer.frame import Frame
from seedread.terminal.renderer.parser import SYNC_END, SYNC_START, Parser
from seedread.terminal.renderer.styles import Styles

_MIN_SYNCHRONISED = 512
"""From this many characters on an update may arrive in parts, so it is bracketed (mode 2026)."""
_ENTER = "\x1b[?1049h"
_LEAVE = "\x1b[?1049l"


class TerminalScreen:
    """Takes what Textual writes and gives what has to be sent, whenever the terminal is ready for it.

    Frames that come while the terminal is behind are only drawn; what is sent next is the difference from
    what the terminal shows to the latest frame, so that only the last state matters.
    """

    def __init__(self, width: int, height: int, *, colourless: bool = False) -> None:
        self._styles = Styles(colourless=colourless)
        self._encoder = Encoder()
        self._shown: Frame | None = None
        self._parser = Parser(Frame(width, height, self._styles))
        self._controls: list[str] = []
        self._stale = False
        self._active = False
        self._inside_update = False
        self._synchronised = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self._parser.frame.width, self._parser.frame.height

    @property
    def active(self) -> bool:
        """Whether the alternate screen is on."""
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
        """Forget what the terminal shows: the next update draws a whole frame."""
        self._shown = None
        self._stale = True

    def resize(self, width: int, height: int) -> None:
        """Take a new size; the terminal may have moved anything anywhere."""
        if (width, height) != self.size:
            self._parser.frame = self._parser.frame.resized(width, height)
        self.forget()

    def adopt(self, sequence: str) -> None:
        """Note that a sequence was written to the cleared alternate screen before this object was made.

        The sequence may hold what frames hold; the next frame is the difference from it.
        """
        before = Parser(Frame(*self.size, self._styles))
        before.feed(sequence)
        self._shown = before.frame
        self._encoder.forget()
        self._active = True
        self._stale = False

    def take(self) -> str:
        """Everything to send now: control sequences first, then the difference to the latest frame."""
        out = "".join(self._controls)
        self._controls.clear()
        if not (self._stale and self._active and not self._inside_update):
            return out
        self._stale = False
        if self._styles.full:
            self._styles = Styles(colourless=self._styles.colourless)
            self._parser.frame = self._parser.frame.restyled(self._styles)
            self._shown = None
        update = ""
        wanted = self._parser.frame
        if self._shown is None or (self._shown.width, self._shown.height) != self.size:
            self._shown = Frame(*self.size, self._styles)
            update = self._encoder.cleared()
        update += self._encoder.encode(self._shown, wanted, (self._parser.x, self._parser.y))
        if self._synchronised and len(update) >= _MIN_SYNCHRONISED:
            update = SYNC_START + update + SYNC_END
        return out + update
