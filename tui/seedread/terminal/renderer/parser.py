"""The parser of what Textual writes: frames go into the picture, everything else is handed on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seedread.terminal.renderer.frame import Picture
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
    """What one write held."""

    controls: tuple[str, ...] = ()
    """Sequences that are no drawing, in their order."""
    drawn: bool = False


class Parser:
    """Draws what Textual writes into a picture, and keeps the place of the cursor.

    A write is either made of nothing but whole control sequences, and these are handed on; or it is a frame,
    and of a frame only text, styles, links, erasing and movements of the cursor are taken. Whatever else
    stands in a frame came with the text: its control characters are dropped; it is shown and not obeyed.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
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
                    self._style = self.picture.styles.applied(self._style, match[1])
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
                    self.x, self.y = 0, min(self.y + 1, self.picture.height - 1)
                elif piece == "\r":
                    self.x = 0
                elif piece:
                    self._text(piece)
            return
        self.x = self.picture.put(self.x, self.y, text, self._style)

    def _link(self, link: str) -> None:
        if link == ";" or not _PRINTABLE.fullmatch(link):
            link = ""
        self._style = self.picture.styles.linked(self._style, link)

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
        self.x = max(min(self.x, self.picture.width - 1), 0)
        self.y = max(min(self.y, self.picture.height - 1), 0)

    def _erase(self, final: str, which: int) -> None:
        """Erase in the row or the screen: 0 from the cursor on, 1 up to it, 2 all."""
        width, height = self.picture.width, self.picture.height
        start = 0 if which in {1, 2} else self.x
        end = self.x + 1 if which == 1 else width
        self.picture.clear(start, self.y, end - start)
        if final == "J":
            rows = {0: range(self.y + 1, height), 1: range(self.y)}.get(which, range(height))
            for y in rows:
                self.picture.clear(0, y, width)
