"""Styles of cells as small numbers, read from SGR parameters, written as the shortest change."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = 0
"""The number of the style without any colour or attribute."""

_ON = {code: 1 << bit for bit, code in enumerate((1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 51, 52, 53))}
_OFF = {
    22: _ON[1] | _ON[2],
    23: _ON[3],
    24: _ON[4] | _ON[21],
    25: _ON[5] | _ON[6],
    27: _ON[7],
    28: _ON[8],
    29: _ON[9],
    54: _ON[51] | _ON[52],
    55: _ON[53],
}
_SEEN_ON_BLANK = _ON[4] | _ON[7] | _ON[9] | _ON[21] | _ON[51] | _ON[52] | _ON[53]
_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell looks like; colours are kept as the SGR parameters that set them."""

    attributes: int = 0
    foreground: str = ""
    background: str = ""
    link: str = ""

    @property
    def on_blank(self) -> Style:
        """The plainest style in which a space looks the same."""
        if self.link or self.attributes & _SEEN_ON_BLANK:
            return self
        return Style(background=self.background)


class Styles:
    """A table of all styles seen, with cached answers about them."""

    def __init__(self, *, colourless: bool = False) -> None:
        self.colourless = colourless
        self._styles = [Style()]
        self._numbers = {Style(): PLAIN}
        self._applied: dict[tuple[int, str], int] = {}
        self._changes: dict[tuple[int, int], str] = {}
        self.on_blank = [PLAIN]
        """For each style the number of the style that a space in it is seen in."""

    @property
    def full(self) -> bool:
        """Whether so many styles were seen that the table should be thrown away with the screen."""
        return len(self._styles) > _LIMIT

    def __getitem__(self, number: int) -> Style:
        return self._styles[number]

    def number(self, style: Style) -> int:
        """The number of a style; a new one where it was never seen."""
        found = self._numbers.get(style)
        if found is None:
            found = len(self._styles)
            self._numbers[style] = found
            self._styles.append(style)
            self.on_blank.append(found)
            self.on_blank[found] = self.number(style.on_blank)
        return found

    def applied(self, number: int, parameters: str) -> int:
        """The number of the style after `CSI parameters m` (SGR, ECMA-48) in that of a number."""
        key = (number, parameters)
        found = self._applied.get(key)
        if found is None:
            style = _apply(self._styles[number], parameters)
            if self.colourless:
                style = Style(style.attributes, link=style.link)
            found = self._applied[key] = self.number(style)
        return found

    def linked(self, number: int, link: str) -> int:
        """The number of the same style with a hyperlink (OSC 8), `parameters;address`, or without one."""
        style = self._styles[number]
        return self.number(Style(style.attributes, style.foreground, style.background, link))

    def change(self, before: int, after: int) -> str:
        """The shortest sequence that turns the pen from one style to another, both by their numbers."""
        key = (before, after)
        found = self._changes.get(key)
        if found is None:
            found = self._changes[key] = _change(self._styles[before], self._styles[after])
        return found


def _apply(style: Style, parameters: str) -> Style:
    attributes, foreground, background = style.attributes, style.foreground, style.background
    codes = parameters.split(";")
    index = 0
    while index < len(codes):
        head = codes[index].partition(":")[0]
        code = int(head) if head.isdecimal() else 0
        index += 1
        if code == 0:
            attributes, foreground, background = 0, "", ""
        elif code in _ON:
            attributes |= _ON[code]
        elif code in _OFF:
            attributes &= ~_OFF[code]
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = str(code)
        elif code == 39:
            foreground = ""
        elif code == 49:
            background = ""
        elif code in {38, 48} and index < len(codes):
            length = {"5": 2, "2": 4}.get(codes[index], 0)
            colour = codes[index : index + length]
            index += max(length, 1)
            if len(colour) == length and length and all(part.isdecimal() for part in colour):
                written = f"{code};" + ";".join(colour)
                foreground, background = (written, background) if code == 38 else (foreground, written)
    return Style(attributes, foreground, background, style.link)


def _change(before: Style, after: Style) -> str:
    link = "" if before.link == after.link else f"\x1b]8;{after.link or ';'}\x1b\\"
    if (before.attributes, before.foreground, before.background) == (
        after.attributes,
        after.foreground,
        after.background,
    ):
        return link
    fresh = ["", *_set(after)]
    steps: list[str] = []
    standing = before.attributes
    for code, bits in _OFF.items():
        if standing & bits & ~after.attributes:
            steps.append(str(code))
            standing &= ~bits
    steps += [str(code) for code, bit in _ON.items() if after.attributes & bit & ~standing]
    if before.foreground != after.foreground:
        steps.append(after.foreground or "39")
    if before.background != after.background:
        steps.append(after.background or "49")
    shorter = min(";".join(fresh), ";".join(steps), key=len)
    return f"{link}\x1b[{shorter}m"


def _set(style: Style) -> list[str]:
    codes = [str(code) for code, bit in _ON.items() if style.attributes & bit]
    return codes + [colour for colour in (style.foreground, style.background) if colour]
