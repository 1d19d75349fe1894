"""Blocks of an article, one or more a source line: the kind of each, by its passage or by its shape."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len

from seedread_index.model.article import Article, PassageKind

_LONGEST = 400
_LONG, _SHORT = 120, 80
_ITEM = re.compile(r"[>\s]*(?:[-*+•–]|\d{1,3}[.)])\s+(?=\S)")
_BARS = re.compile(r"[|│┃][^|│┃]*[|│┃]")
_NO_GAP = re.compile(r"(?:[.!?:;][\"'”’)\]]?  (?! )|[)\]] {2,3})(?=\S)")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
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
