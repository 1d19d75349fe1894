"""The parser of what Textual writes: drawing goes into the frame, everything else is passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seedread.terminal.renderer.frame import Frame
from seedread.terminal.renderer.styles import PLAIN

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
