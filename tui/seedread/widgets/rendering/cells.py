"""Text as the terminal's cells: what may be drawn, where it may be cut, and how wide it is.

Also the few symbols that the reader draws besides text, and their stand-ins in ASCII.
"""

from __future__ import annotations

import locale
import os
import re
from dataclasses import dataclass, field, fields

from rich.cells import split_graphemes

from seedread.terminal.renderer.widths import ambiguous_in_doubt, max_cells
from seedread_index.text import sanitize

_HOSTILE = re.compile(
    f"[{sanitize.CONTROLS}{sanitize.WHITESPACE_CONTROLS}{sanitize.SEPARATORS}{sanitize.BIDI_CONTROLS}"
    f"{sanitize.SURROGATES}{sanitize.ANNOTATIONS}{sanitize.TAGS}]"
)
_BREAKS = re.compile("[\n\t]")
_DIRECTION_MARK = re.compile(f"[{sanitize.BIDI_MARKS}]")
_LONE_JOINER = re.compile("\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_FIRST_FLAG, _LAST_FLAG = "\U0001f1e6", "\U0001f1ff"
_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"
_VOWELS = "\u0e33\u0eb3"
_REACHING = re.compile(f"[{_FIRST_FLAG}-{_LAST_FLAG}{_VIRAMAS}{_VOWELS}]")


def sanitized(text: str) -> str:
    """The same text, code point for code point, without anything that a terminal would obey.

    Articles are cleaned when they are read; this is the last defence. Control characters, bidi overrides and
    isolates, tags and lone surrogates become U+FFFD; line breaks become spaces. Right-to-left text is drawn
    in its logical order and without controls, a grapheme to its cells: the terminal decides the order
    on screen, and gets no direction marks. A joiner that joins no emoji becomes a non-joiner, since
    terminals do not agree on its width.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _DIRECTION_MARK.sub("\u200b", _HOSTILE.sub("\ufffd", _BREAKS.sub(" ", text)))
    return _LONE_JOINER.sub("\u200c", text) if "\u200d" in text else text


def is_plain(text: str) -> bool:
    """Whether every character of a sanitized text is a grapheme of one cell; false is always safe."""
    return text.isascii() or (not ambiguous_in_doubt() and _PLAIN.fullmatch(text) is not None)


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """The (start, end, cells) of every grapheme: marks stay with their base, flags and joined emoji whole.

    Rich keeps zero-width characters and joined emoji together; the pairs of flags, Indic conjuncts and the
    spacing vowels of Thai and Lao are added here (UAX 29).
    """
    spans, _ = split_graphemes(text)
    if not _REACHING.search(text):
        return spans
    joined: list[tuple[int, int, int]] = []
    half = False  # one half of a flag waits for the other
    for start, end, cells in spans:
        flag = _FIRST_FLAG <= text[start] <= _LAST_FLAG
        conjunct = start > 0 and text[start - 1] in _VIRAMAS and text[start].isalpha()
        if joined and ((flag and half) or conjunct or text[start] in _VOWELS):
            begin, _, before = joined[-1]
            joined[-1] = (begin, end, before + cells)
            half = False
        else:
            joined.append((start, end, cells))
            half = flag
    return joined


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest stretch of whole graphemes of `text` that holds [start, end)."""
    if is_plain(text) or start >= end:
        return start, end
    first, last = start, end
    for begin, stop, _ in graphemes(text):
        if begin <= start < stop:
            first = begin
        if begin < end <= stop:
            last = stop
            break
    return first, last


def max_cell_len(text: str) -> int:
    """The cells that `text` takes on the terminal that gives it most of them."""
    if is_plain(text):
        return len(text)
    return sum(max_cells(text[start:end], cells) for start, end, cells in graphemes(text))


def fitting_length(text: str, width: int) -> int:
    """How many code points of `text`, whole graphemes from its start, fit `width` cells on any terminal."""
    if width <= 0:
        return 0
    if is_plain(text):
        return min(len(text), width)
    used = 0
    for start, end, cells in graphemes(text):
        used += max_cells(text[start:end], cells)
        if used > width:
            return start
    return len(text)


def offset_at_column(text: str, column: int) -> int:
    """The offset of the grapheme of `text` that is drawn at a column; its length beyond the last."""
    used = 0
    for start, _, cells in graphemes(text):
        used += cells
        if used > column:
            return start
    return len(text)


def clipped(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` cut to at most `width` cells; where something is lost its last cell is the ellipsis."""
    if max_cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return text[: fitting_length(text, width - 1)].rstrip() + ellipsis


def clipped_start(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` cut to its last `width` cells at most; where something is lost, the ellipsis is the first."""
    if max_cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    used, start = 1, len(text)
    for begin, end, cells in reversed(graphemes(text)):
        used += max_cells(text[begin:end], cells)
        if used > width:
            break
        start = begin
    return ellipsis + text[start:].lstrip()


TAG, MORE = "#", "+"
"""What stands before a tag, and before a number of near-duplicates."""


def _sign(drawn: str, meaning: str) -> str:
    """A symbol that says something by itself, and what the legend says of it."""
    made: str = field(default=drawn, metadata={"meaning": meaning})
    return made


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Symbols of one cell each, `separator` and `bars` aside."""

    cursor: str = _sign("▌", "the selected line of a list")
    unread: str = _sign("•", "an article that you have not read")
    ticked: str = _sign("✓", "ticked: commands act on all that are ticked")
    inferred: str = _sign("~", "no headline in the file; its opening sentence is shown")
    starred: str = _sign("★", "starred: the article, or a passage of it")
    here: str = _sign("▶", "left of the text: the line of the current hit")
    folded: str = _sign("▸", "boilerplate that is folded")
    alert: str = _sign("!", "unsafe characters were replaced in the article")
    caret: str = "^"
    dot: str = "·"
    dash: str = "–"
    ellipsis: str = _sign("…", "text is cut here")
    bars: str = _sign("▁▂▃▄▅▆▇█", "articles by month, the first month on the left")
    """The bars of a chart, the lowest first."""
    done: str = "━"
    undone: str = "─"
    """The two parts of a bar that shows how far work has come."""

    @property
    def ascii_only(self) -> bool:
        """Whether these are the stand-ins."""
        return self.dot.isascii()

    @property
    def separator(self) -> str:
        """What stands between two facts on one line."""
        return f" {self.dot} "


def legend(signs: Glyphs) -> list[tuple[str, str]]:
    """The symbols that say something by themselves, each with its meaning."""
    return [(getattr(signs, each.name), each.metadata["meaning"]) for each in fields(Glyphs) if each.metadata]


UNICODE = Glyphs()
ASCII = Glyphs(
    cursor=">",
    here=">",
    ticked="x",
    unread="*",
    starred="*",
    folded="+",
    dot="|",
    dash="-",
    ellipsis=">",
    bars=".:-=+*#@",
    done="#",
    undone="-",
)


def glyphs(ascii_only: bool) -> Glyphs:
    """The symbols to draw with."""
    return ASCII if ascii_only else UNICODE


def choose(setting: str) -> Glyphs:
    """The symbols for a setting: "unicode", "ascii", or "auto".

    "auto" is ASCII where the locale's encoding lacks the symbols, and where they may take two cells.
    """
    return glyphs(
        setting == "ascii" or (setting == "auto" and (not locale_is_utf8() or ambiguous_in_doubt()))
    )


def locale_is_utf8() -> bool:
    """Whether the environment's locale writes UTF-8; Python's UTF-8 mode does not count."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(name):
            return "utf8" in value.lower().replace("-", "")
    return locale.getpreferredencoding(False).lower().replace("-", "") == "utf8"
