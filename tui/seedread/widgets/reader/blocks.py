"""Blocks of an article, one or more a source line: the kind of each, and which only repeat the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice, pairwise
from typing import NamedTuple

from rich.cells import cell_len

from seedread_index.model.article import Article, Passage, PassageKind, Span
from seedread_index.text.dates import ENGLISH_WEEKDAYS, MONTHS

_LONGEST = 400
_LONG, _SHORT = 120, 80
_ITEM = re.compile(r"[>\s]*(?:[-*+•–]|\d{1,3}[.)])\s+(?=\S)")
_BARS = re.compile(r"[|│┃][^|│┃]*[|│┃]")
_NO_GAP = re.compile(r"(?:[.!?:;][\"'”’)\]]?  (?! )|[)\]] {2,3})(?=\S)")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
SECTION = 4096
"""Code points to a section: what is laid out at a time."""
NO_WIDTH = "\u200b"
BLANKS = f" \t\r\f\v\u00a0{NO_WIDTH}"
_SOFT_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*")
_MOST_JOINED = 200
"""A passage of more line breaks is a run of lines, not a paragraph."""

OWN_BLOCK = frozenset({PassageKind.TITLE, PassageKind.DATE, PassageKind.BOILERPLATE})


class LineKind(StrEnum):
    """What a line is, which decides its style; the names are those of the reader's component classes."""

    TITLE = "title"
    INFERRED = "inferred"
    META = "meta"
    BADGE = "badge"
    BODY = "body"
    TABLE = "table"
    BYLINE = "byline"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"
    FOLD = "fold"
    BLANK = "blank"


KINDS = {
    PassageKind.TITLE: LineKind.TITLE,
    PassageKind.DATE: LineKind.BYLINE,
    PassageKind.BYLINE: LineKind.BYLINE,
    PassageKind.CREDIT: LineKind.CREDIT,
    PassageKind.BODY: LineKind.BODY,
    PassageKind.BOILERPLATE: LineKind.BOILERPLATE,
}


class Block(NamedTuple):
    """A part of a source line, as offsets; a blank line is shown before it where `blank_before` says so."""

    start: int
    end: int
    kind: LineKind
    blank_before: bool


def is_item(line: str) -> bool:
    """Whether a line is an item of a list: it starts with a dash, a bullet or a number."""
    return _ITEM.match(line) is not None


def item_lead(line: str) -> int:
    """The cells of an item's dash, bullet or number with the space behind it; 0 where a line is no item."""
    found = _ITEM.match(line)
    return cell_len(found[0]) if found else 0


def is_table(line: str) -> bool:
    """Whether a line is a row of a table: its columns are held apart by bars or by several spaces."""
    if len(line) > _LONGEST or ("  " not in line and "|" not in line and "│" not in line and "┃" not in line):
        return False
    if _BARS.search(line):
        return True
    words = _NO_GAP.sub("_", _ITEM.sub("", line.strip(), count=1))
    if len(words) <= _LONG and len(_GAP.findall(words)) > 1:
        return True
    return len(words) <= _SHORT and _WIDE_GAP.search(words) is not None


def one_line_paragraphs(article: Article) -> str:
    """An article's text with its paragraphs on one line each, code point for code point."""
    text = article.text
    pieces: list[str] = []
    at = 0
    for start, end in article.unseen:
        pieces += (text[at:start], NO_WIDTH * (end - start))
        at = end
    text = "".join((*pieces, text[at:])) if pieces else text
    pieces, at = [], 0
    for passage in article.passages:
        if 0 < text.count("\n", passage.start, passage.end) <= _MOST_JOINED:
            joined = _SOFT_BREAK.sub(_joint, text[passage.start : passage.end])
            pieces += (text[at : passage.start], joined)
            at = passage.end
    return "".join((*pieces, text[at:])) if pieces else text


def _joint(line_break: re.Match[str]) -> str:
    """A blank for a line break and the white space about it, as long as these."""
    return " " + NO_WIDTH * (len(line_break[0]) - 1)


def section_starts(text: str) -> list[int]:
    """Where the sections start: after a line's end, or after a sentence or word of a very long line."""
    starts = [0]
    while len(text) - starts[-1] > SECTION * 2:
        target = starts[-1] + SECTION
        newline = text.find("\n", target, target + SECTION)
        starts.append(newline + 1 if newline >= 0 else _seam(text, target, target + SECTION))
    return starts


def _seam(text: str, low: int, high: int) -> int:
    """Where to part a line of many thousand characters, the same at every width."""
    for sign in (". ", "。", " "):
        at = text.rfind(sign, low, high)
        if at >= 0:
            return at + len(sign)
    at = high
    while at > low and not _is_clean_cut(text, at):
        at -= 1
    return at if at > low else high


def _is_clean_cut(text: str, at: int) -> bool:
    """Whether no grapheme reaches over an offset: letters, ideographs and the like on both sides."""
    return text[at - 1].isalnum() and text[at].isalnum()


_TITLE_MAX = 400
"""A headline in the text is at most so many code points long."""
_LONGEST_PASSAGE = 800
_MOST_PASSAGES = 20
"""Without a passage that is marked as the headline so many others are looked at, boilerplate not counted."""

_WORD = re.compile(r"[^\W\d_]+")
_ZONE = re.compile(r"(?:[A-Z]{1,4}T|UTC|MSK|Z)\Z")
_CALENDAR = frozenset(word for name in (*MONTHS, *ENGLISH_WEEKDAYS) for word in name.split())
_LABELS = frozenset(
    (
        "a", "am", "and", "at", "by", "date", "first", "from", "in", "last", "m", "modified", "of", "on", "p",
        "pm", "posted", "published", "publishing", "st", "nd", "rd", "th", "time", "updated", "written",
        "年", "月", "日", "時", "时", "点", "點", "分", "秒", "년", "월", "일", "시", "분", "초",
    )
)  # fmt: skip
"""Words beside a date or a name that say nothing by themselves."""
_MOST_OTHER, _MOST_CASELESS = 4, 1
"""A date line with more other words, or more of a script without capitals, is more than a date."""
_INSIDE_NAME = re.compile(r"[\s.-]*\Z")


def title_span(article: Article, text: str) -> Span | None:
    """Where the headline stands in the text, exactly; None where it does not, or is not the file's own.

    It is the passage marked as such or the part of it that the title is, else the first lines of a passage
    near the start. `text` is the article's as it is shown.
    """
    key, _ = _letters(article.title, 0, len(article.title))
    if article.title_inferred or not key or len(article.title) > _TITLE_MAX:
        return None
    marked = article.of_kind(PassageKind.TITLE)
    for passage in marked or islice(_others(article), _MOST_PASSAGES):
        if passage.end - passage.start > _LONGEST_PASSAGE:
            continue
        found = _title_in(text, passage, key)
        if found is None or (not marked and not _is_whole_lines(article.text, passage, found)):
            continue
        return found
    return None


def _others(article: Article) -> Iterator[Passage]:
    """The passages that are not boilerplate."""
    return (passage for passage in article.passages if passage.kind is not PassageKind.BOILERPLATE)


def _letters(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The letters and digits of a stretch in one case, and the offset of each."""
    letters: list[str] = []
    offsets: list[int] = []
    for at in range(start, end):
        if text[at].isalnum():
            folded = text[at].casefold()
            letters.append(folded)
            offsets += [at] * len(folded)
    return "".join(letters), offsets


def _title_in(text: str, passage: Passage, key: str) -> Span | None:
    """Where a title with these letters stands in a passage, with the signs that are its own."""
    letters, offsets = _letters(text, passage.start, passage.end)
    at = letters.find(key)
    if at < 0:
        return None
    stop = at + len(key)
    start, end = offsets[at], offsets[stop - 1] + 1
    if (start > passage.start and text[start - 1].isalnum()) or (end < passage.end and text[end].isalnum()):
        return None
    while end < passage.end and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    while start > passage.start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
        start -= 1
    return Span(passage.start if at == 0 else start, passage.end if stop == len(letters) else end)


def _is_whole_lines(text: str, passage: Passage, span: Span) -> bool:
    """Whether a stretch is the beginning of a passage and ends where a source line does."""
    return span.start == passage.start and (
        span.end == passage.end or text[span.end :].lstrip(" \t")[:1] == "\n"
    )


def repeats_header(article: Article, passage: Passage, words: str) -> bool:
    """Whether some words of a passage are a date or a byline that says nothing but what the header shows."""
    other = _other_words(article, words)
    if passage.kind is PassageKind.DATE and article.date is not None:
        caseless = sum(word[0].islower() == word[0].isupper() for word in (match[0] for match in other))
        return len(other) <= _MOST_OTHER and caseless <= _MOST_CASELESS and not _may_be_name(words, other)
    if passage.kind is PassageKind.BYLINE and article.author:
        return not other and not any(map(str.isdigit, words))
    return False


def _may_be_name(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether two words in capitals stand side by side."""
    capitals = [match for match in words if match[0][0].isupper()]
    return any(
        _INSIDE_NAME.match(text[: after.start()], before.end()) for before, after in pairwise(capitals)
    )


def _other_words(article: Article, words: str) -> list[re.Match[str]]:
    """The words of a line that are neither of a date nor of what the header names."""
    named = set(_WORD.findall(f"{article.author or ''} {article.source or ''}".casefold()))
    return [
        match
        for match in _WORD.finditer(words)
        if (small := match[0].casefold()) not in named
        and small not in _CALENDAR
        and small not in _LABELS
        and not _ZONE.match(match[0])
    ]
