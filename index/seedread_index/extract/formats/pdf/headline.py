"""The headline of a PDF: the lines that say a title stated beside the text, or those of the largest type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from seedread_index.extract.formats.pdf.lines import Line
from seedread_index.extract.segmentation.header.date_lines import date_line
from seedread_index.extract.segmentation.words import word_set

LARGER = 1.12
"""Type is larger than another from so many times its size on."""

SAME = 0.04
"""Type is of the same size within this share."""

_LONGEST_HEADLINE = 320
_LONG_SENTENCE = 120
"""Two sentences of more letters are a notice in large type, no headline."""

_MASTHEAD = 0.4
"""Lines of two or three words are the headline where no longer ones have this share of their size."""

_HARDLY_SMALLER = 0.9
"""A bold headline in no larger type is at least so large."""

_APART = 1.45
"""A headline ends where the next line is further down than its closest lines times this."""

_LABEL = re.compile(
    r"(?:for immediate release.*|(?:press|news|media) (?:release|statement|advisory|notice)s?\b.{0,30}"
    r"|news|statement|pressemitteilung|presseinformation|communiqu[ée] de presse|comunicado(?: de prensa)?"
    r"|nota de prensa|comunicato stampa|persbericht|pressmeddelande|embargo.*|newsletter"
    r"|(?:see|siehe|voir|véase|continued (?:on|from)|cont\.) (?:pages?|pp?\.|seiten?|páginas?)\b.*|\W*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""A letter of Chinese or Japanese, which are written without blanks."""

_WHEN = word_set("when")
_FIRM = re.compile(
    r"\W*(?:\S+ ){1,8}(?:inc|ltd|limited|llc|plc|gmbh|ag|corp|corporation|company|s\.a|s\.p\.a|n\.v|b\.v)\.?"
    r"|\S{2,30}(?:公司|集团|集團|株式会社)",
    re.IGNORECASE,
)
"""The name of a firm above a headline of the same size is a letterhead."""

_SENTENCES = re.compile(r"[.!?]\s+[^\W\d_a-z]")
_SECTION = re.compile(r"\d+(?:\.\d+)*[.)]?\s+[^\W\d_]")
_PRINTED_FROM = re.compile(r"https?://\S+ \d+\s?/\s?\d+")
_HEAD_OF_PRINT = re.compile(r"[\d./-]{6,10}(?:,? \d{1,2}[:.]\d\d(?: ?[AP]M)?)?\s+(?=\S)", re.IGNORECASE)


def headline_of(lines: Sequence[Line], size: float, named: Sequence[str]) -> list[Line]:
    """The lines of the headline among those of the first page, most of which are of a `size`.

    They are the block that says a title of `named`, else the first of the largest type that is no label.
    """
    blocks = _blocks(lines)
    if block := next((found for block in blocks for found in [_as_named(block, named)] if found), None):
        return block
    candidates = [block for block in blocks if _may_be_headline(block)]
    large = [block for block in candidates if block[0].size > size * LARGER]
    if large:
        wide = [block for block in large if _words(_text(block)) >= 4 and not block[0].text[:1].islower()]
        most = max(block[0].size for block in large)
        pool = wide if any(block[0].size >= _MASTHEAD * most for block in wide) else large
        largest = max(block[0].size for block in pool)
        headline = next(block for block in pool if block[0].size >= largest * (1 - SAME))
        if not _FIRM.fullmatch(_text(headline)):
            return headline
        same = (block for block in large if block is not headline and alike(block[0], headline[0]))
        return next((block for block in same if not _FIRM.fullmatch(_text(block))), headline)
    if all(line.bold for line in lines):
        return []
    top = candidates[: max(3, len(candidates) // 3)]
    return next(
        (
            block
            for block in top
            if block[0].bold
            and block[0].size >= size * _HARDLY_SMALLER
            and len(block) <= 4
            and _words(_text(block)) >= 4
            and not block[-1].text.endswith((".", ":", ","))
        ),
        [],
    )


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Following lines of the same type, close to each other, without the heading of a section among them."""
    blocks: list[list[Line]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else None
        near = last is not None and 0 < last.bottom - line.bottom < 2.2 * max(last.size, line.size)
        if (
            last is not None
            and near
            and alike(last, line)
            and line.left < last.right
            and line.right > last.left
            and not _LABEL.fullmatch(last.text)
            and not _SECTION.match(line.text)
        ):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [part for block in blocks for part in _parted(block)]


def _parted(block: list[Line]) -> list[list[Line]]:
    """A block parted where its lines stand clearly further apart than its closest ones."""
    steps = [a.bottom - b.bottom for a, b in pairwise(block)]
    if not steps or max(steps) <= _APART * min(steps):
        return [block]
    parts = [[block[0]]]
    for step, line in zip(steps, block[1:], strict=True):
        if step > _APART * min(steps):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _as_named(block: list[Line], named: Sequence[str]) -> list[Line]:
    """The first lines of a block that say a title stated beside the text, or begin it; else none."""
    for end in range(len(block), 0, -1):
        words = _WORD.findall(_text(block[:end]).casefold())
        said = " ".join(words)
        if any(one == said or one.startswith(f"{said} ") for one in named) and _may_be_headline(block[:end]):
            whole = len(words) * 2 > max(len(one.split()) for one in named if one.startswith(said))
            if whole:
                return block[:end]
    return []


def _may_be_headline(block: list[Line]) -> bool:
    """Whether lines have words enough, not too many, and are neither a label, an address nor a day."""
    text = _text(block)
    if _LABEL.fullmatch(block[0].text) or len(text) > _LONGEST_HEADLINE:
        return False
    if "://" in text or (len(text) > _LONG_SENTENCE and _SENTENCES.search(text)):
        return False
    if max(len(_WORD.findall(text)), _words(text)) < 2 or not _LETTERS.search(text):
        return False
    return not date_line(text)[0] and not {word.casefold() for word in _LETTERS.findall(text)} <= _WHEN


def _words(text: str) -> int:
    """How many words of letters a text has; two letters are one where words stand without blanks."""
    return len(_LETTERS.findall(text)) + len(UNSPACED.findall(text)) // 2


def _text(block: Sequence[Line]) -> str:
    return " ".join(line.text for line in block)


def alike(one: Line, other: Line) -> bool:
    """Whether two lines are of the same size and weight of type."""
    return abs(one.size - other.size) <= SAME * one.size and one.bold == other.bold


def titles_stated(stated: str | None, running_heads: list[str]) -> list[str]:
    """Titles that a file states beside its text: in its metadata, and above a page that a browser printed."""
    found = [stated] if stated else []
    if any(_PRINTED_FROM.search(line) for line in running_heads):
        found += [line[match.end() :] for line in running_heads if (match := _HEAD_OF_PRINT.match(line))]
    return [" ".join(_WORD.findall(one.casefold())) for one in found]
