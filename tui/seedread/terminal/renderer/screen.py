"""The screen between Textual and the terminal: the frame wanted, the frame shown, what is left to send.

What Textual writes is parsed here: drawing goes into the frame, everything else is passed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from seedread.terminal.renderer.encoder import Encoder
from seedread.terminal.renderer.frame import Frame
from seedread.terminal.renderer.styles import PLAIN, Styles

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
        """Take a new size, in cells; the terminal may have moved anything anywhere."""
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


_CONTROL = re.compile(
    r"""
      \x1b\[ (?: [?<>=] [\d;:]* | [\d;]* (?=\ q | t | n | \$p | !p) ) [\ $!"]* [a-zA-Z]  # modes and queries
    | \x1b\] [^\x00-\x1f\x7f-\x9f]* (?: \x07 | \x1b\\ )         # operating system commands: clipboard, title
    | \x1bP (?: [^\x00-\x1a\x1c-\x1f\x7f-\x9f\x1b] | \x07 | \x1b\x1b | \x1b(?=[\]_P]) )* \x1b\\
                                                     # what is passed through a multiplexer
    | \x1b_ [^\x00-\x1f\x7f-\x9f]* \x1b\\            # application commands: images
    | \x1b[=>78c]
    | \x07
    """,
    re.VERBOSE,
)
_CSI = re.compile(r"\[([\d;:]*)([@-~])")
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f]*")
SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one write contained."""

    controls: tuple[str, ...] = ()
    """Sequences that draw nothing, in order."""
    drawn: bool = False


class Parser:
    """Draws what Textual writes into a frame, and keeps the position of the cursor.

    A write is either made of nothing but whole control sequences, and these are passed on; or it draws,
    and of that only text, styles, links, erasing and movements of the cursor are taken. Anything else
    came with the text: its control characters are dropped; it is shown, not obeyed.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.x = 0
        self.y = 0
        self._style = PLAIN

    def feed(self, data: str) -> Parsed:
        """Take one write of Textual."""
        if data[:1] in "\x1b\x07":
            controls = []
            at = 0
            while match := _CONTROL.match(data, at):
                controls.append(match[0])
                at = match.end()
            if at == len(data):
                return Parsed(tuple(controls))
        self._draw(data)
        return Parsed(drawn=True)

    def _draw(self, data: str) -> None:
        first, *parts = data.split("\x1b")
        if first:
            self._text(first)
        link: str | None = None
        for part in parts:
            if link is not None and part[:1] == "\\":
                self._link(link)
                link, text = None, part[1:]
            elif match := _CSI.match(part):
                if match[2] == "m":
                    self._style = self.frame.styles.applied(self._style, match[1])
                else:
                    self._move(match[2], match[1])
                text = part[match.end() :]
            elif part.startswith("]8;"):
                address, bell, text = part[3:].partition("\x07")
                if bell:
                    self._link(address)
                else:
                    link = address
            else:
                text = part
            if text:
                self._text(text)

    def _text(self, text: str) -> None:
        if "\n" in text or "\r" in text:
            for piece in re.split(r"(\r\n|\n|\r)", text):
                if piece in {"\n", "\r\n"}:
                    self.x, self.y = 0, min(self.y + 1, self.frame.height - 1)
                elif piece == "\r":
                    self.x = 0
                elif piece:
                    self._text(piece)
            return
        self.x = self.frame.put(self.x, self.y, text, self._style)

    def _link(self, link: str) -> None:
        if link == ";" or not _PRINTABLE.fullmatch(link):
            link = ""
        self._style = self.frame.styles.linked(self._style, link)

    def _move(self, final: str, parameters: str) -> None:
        numbers = [int(part) if part.isdecimal() else 0 for part in parameters.split(";")]
        count = numbers[0] or 1
        if final in "Hf":
            self.y = count - 1
            self.x = (numbers[1] if len(numbers) > 1 else 1) - 1
        elif final == "A":
            self.y -= count
        elif final == "B":
            self.y += count
        elif final == "C":
            self.x += count
        elif final == "D":
            self.x -= count
        elif final == "G":
            self.x = count - 1
        elif final in "JK":
            self._erase(final, numbers[0])
        self.x = max(min(self.x, self.frame.width - 1), 0)
        self.y = max(min(self.y, self.frame.height - 1), 0)

    def _erase(self, final: str, which: int) -> None:
        """Erase in the row or the screen: 0 from the cursor on, 1 up to it, 2 all."""
        width, height = self.frame.width, self.frame.height
        start = 0 if which in {1, 2} else self.x
        end = self.x + 1 if which == 1 else width
        self.frame.clear(start, self.y, end - start)
        if final == "J":
            rows = {0: range(self.y + 1, height), 1: range(self.y)}.get(which, range(height))
            for y in rows:
                self.frame.clear(0, y, width)
