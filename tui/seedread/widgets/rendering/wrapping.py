"""Wrapping a paragraph to a width in cells: lines as offsets in code points, never inside a grapheme."""

from __future__ import annotations

import unicodedata

from seedread.terminal.renderer.widths import max_cells
from seedread.widgets.rendering.cells import graphemes, is_plain

_DASHES = "-\u2010\u2013\u2014/"
_NO_BREAK = "\u00a0\u202f\u2007\u2060\ufeff"
_NOT_FIRST = frozenset(
    "、。，．・：；？！」』）】〕》〉”’ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)]}%…‥"
)
_NOT_LAST = frozenset("「『（【〔《〈“‘([{$£¥")

Line = tuple[int, int]


def wrap(text: str, width: int) -> list[Line]:
    """The lines of one paragraph as (start, end) in code points, each at most `width` cells wide.

    The cells are those of the terminal that gives most of them, so that no line runs over the border of any.
    Only white space lies between two lines. A word that is too long is broken at a dash, else between two
    graphemes; a grapheme that is wider than `width` has a line of its own. An empty text has no lines.
    """
    width = max(1, width)
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    if start >= end:
        return []
    if is_plain(text):
        return _wrap_plain(text, start, end, width)
    return _wrap_graphemes(text, start, end, width)


def hanging(text: str, width: int, indent: int = 2) -> str:
    """A paragraph in lines of at most `width` cells, those after the first indented."""
    lines = [text[start:end] for start, end in wrap(text, width - indent)]
    return f"\n{' ' * indent}".join(lines)


def fold(text: str, width: int) -> list[Line]:
    """The lines of a preformatted line: cut every `width` cells, no space dropped but trailing ones."""
    width = max(1, width)
    end = len(text.rstrip())
    if is_plain(text):
        return [(at, min(at + width, end)) for at in range(0, end, width)]
    lines: list[Line] = []
    begin = used = 0
    for start, stop, counted in graphemes(text[:end]):
        cells = max_cells(text[start:stop], counted)
        if used + cells > width and start > begin:
            lines.append((begin, start))
            begin, used = start, 0
        used += cells
    if begin < end:
        lines.append((begin, end))
    return lines


def _wrap_plain(text: str, start: int, end: int, width: int) -> list[Line]:
    """Lines of a text whose every character is one cell."""
    lines: list[Line] = []
    while end - start > width:
        limit = start + width
        space = text.rfind(" ", start, limit + 1)
        dash = _last_dash(text, start, limit)
        if space > start and space + 1 >= dash:
            stop = following = space
        elif dash > start:
            stop = following = dash
        else:
            stop = following = limit
        while stop > start and text[stop - 1] == " ":
            stop -= 1
        while following < end and text[following] == " ":
            following += 1
        lines.append((start, stop))
        start = following
    if start < end:
        lines.append((start, end))
    return lines


def _last_dash(text: str, start: int, limit: int) -> int:
    """The offset after the last dash in [start, limit) that stands between two letters; 0 where none does."""
    best = 0
    for dash in _DASHES:
        at = text.rfind(dash, start + 1, limit)
        while at >= best and not (text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha()):
            at = text.rfind(dash, start + 1, at)
        best = max(best, at + 1)
    return best


def _wrap_graphemes(text: str, start: int, end: int, width: int) -> list[Line]:
    """Lines of a text with wide, joined or combining characters."""
    lines: list[Line] = []
    begin = start
    used = 0
    chance = -1  # where the line may be broken, and how many cells lie before that place
    chance_cells = 0
    before = ""
    for cluster_start, cluster_end, counted in graphemes(text[start:end]):
        first = start + cluster_start
        here, cluster = text[first], text[first : start + cluster_end]
        cells = max_cells(cluster, counted)
        blank = cluster.isspace()  # a space with a mark on it is drawn
        space = blank and here not in _NO_BREAK
        if before and first > begin and _may_break(text[max(begin, first - 2) : first - 1], before, here):
            chance, chance_cells = first, used
        before = text[start + cluster_end - 1] if cells == 0 else here
        if used + cells > width and first > begin and not space:
            if chance > begin:
                lines.append((begin, _trimmed(text, begin, chance)))
                begin, used = chance, used - chance_cells
            if used + cells > width and first > begin:
                if begin < (stop := _trimmed(text, begin, first)):
                    lines.append((begin, stop))
                begin, used = first, 0
            chance = -1
        if first == begin and blank:
            begin = start + cluster_end
            used = 0
            continue
        used += cells
    if begin < end:
        lines.append((begin, end))
    return lines


def _trimmed(text: str, start: int, end: int) -> int:
    """`end` without the white space before it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _may_break(earlier: str, before: str, here: str) -> bool:
    """Whether a line may end between `before` and `here` (a plain reading of UAX 14)."""
    if here.isspace() or here in _NO_BREAK or before in _NO_BREAK:
        return False
    if before.isspace() or before == "\u200b":
        return True
    if here in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in _DASHES:
        return earlier.isalpha() and here.isalpha()
    return _is_ideographic(before) or _is_ideographic(here)


def _is_ideographic(character: str) -> bool:
    """Whether lines may be broken on either side: ideographs, kana, emoji; not Hangul, which has spaces."""
    if character < "\u2e80" or "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff":
        return False
    return unicodedata.east_asian_width(character) == "W"
