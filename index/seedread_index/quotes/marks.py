"""What stands between quotation marks in a paragraph, as languages and typists write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Quoted(NamedTuple):
    """A stretch between quotation marks, which it includes; not `closed` where the closing one is missing."""

    start: int
    end: int
    closed: bool


MARKS = "\"“”„«»‘’‚「」『』'`"
_AT_ENDS = "\"“”»«‘’」』'"
_ANY = re.compile("[\"“”„«»‘‚「『`'’](?:(?<![`'’])|(?<=`)`|(?<=['’])(?<!\\w.))")
"""A paragraph without this has nothing in quotation marks."""
_OPENING = re.compile(
    r"[“„«「『\"'‘‚»”`](?:(?<=[“„«「『])|(?<=(?<!`)`)`(?=[^\s`])"
    r"|(?<=\")(?:(?<![^\s(\[{—–\-/:;…‘']\")(?=\S)|(?<=[,:]\")(?=[A-ZÀ-Þ]))"
    r"|(?<=')(?<![^\s(\[{—–\-/:;].)'(?=[^\s'])"
    r"|(?<=['‘‚])(?<![^\s(\[{—–\-/:;\"“].)(?=[^\W_]|\.\.\.|…|\[)"
    r"|(?<=[»”])(?<!\S.)(?=\w))"
)
"""Patterns that begin with the characters they may begin with are found ten times as fast."""
_CLOSING = {
    "“": re.compile(r"”|“"),
    "„": re.compile(r"[“”\"„]"),
    "«": re.compile(r"[»«]"),
    "»": re.compile(r"«"),
    "”": re.compile(r"”"),
    "「": re.compile(r"[」「]"),
    "『": re.compile(r"[』『]"),
    "``": re.compile(r"''|``|\""),
    "''": re.compile(r"(?<!\s)''|(?<=[,.?!]' )''|(?<=[,.?!]'  )''"),
    '"': re.compile(r'"'),
}
_SINGLE_CLOSING = re.compile(r"(?<=\S)['’](?!\w)")
_NO_OPENING = re.compile(
    r"['‘](?:\d|(?:em|til|till|tis|twas|cause|n|round|bout|cos|cuz|bama|burg|hood|tude|s|t|d|ll|re|ve)\b)",
    re.I,
)
"""What an apostrophe before a word shortens: ’em, ’90s."""
_LONGEST = 10_000
_LONGEST_SINGLE = 1_500
"""Characters between marks at most; between single ones, which may be apostrophes, fewer."""
_DEEPEST = 8
"""Marks that are looked at for the one that closes, with what they open inside."""
_ENDED = frozenset(".,!?…;:—")


def inner_end(text: str, quoted: Quoted) -> int:
    """Where the words of a stretch end, before the marks that close it and what is quoted in it."""
    end = quoted.end
    while quoted.closed and end > quoted.start + 1 and text[end - 1] in _AT_ENDS:
        end -= 1
    return end


def quoted_in(text: str, start: int, end: int) -> list[Quoted]:
    """The stretches of a paragraph between outer quotation marks, in order; inner ones belong to the outer.

    A sign of inches or feet and an apostrophe are no quotation mark. Of what is not closed the rest of the
    paragraph is given.
    """
    return list(_stretches(text, start, end)) if _ANY.search(text, start, end) else []


def _stretches(text: str, start: int, end: int) -> Iterator[Quoted]:
    at = start
    while match := _OPENING.search(text, at, end):
        opening = match.start()
        mark = match[0]
        if mark in "'‘‚":
            closing = None if _NO_OPENING.match(text, opening, end) else _single_end(text, opening, end)
            if closing is None and not (mark == "‘" and opening == start):
                at = match.end()
                continue
        else:
            closing = _end(text, mark, match.end(), end)
        if closing is None:
            stop = _before_next(text, mark, match.end(), end)
            if any(map(str.isalnum, text[opening:stop])):
                yield Quoted(opening, stop, False)
            at = max(stop, match.end())
        else:
            if any(map(str.isalnum, text[opening:closing])):
                yield Quoted(opening, closing, True)
            at = closing


def _end(text: str, mark: str, start: int, end: int) -> int | None:
    """Where what a mark before `start` opens is closed; None where it is not."""
    depth = 1
    near = min(end, start + _LONGEST)
    if mark == '"' and (curly := _curly_end(text, start, near)) is not None:
        return curly
    for count, match in enumerate(_CLOSING[mark].finditer(text, start, near)):
        if count >= _DEEPEST:
            break
        if mark == '"':
            if _opens(text, match.start(), end) and text.count('"', match.start(), near) % 2 == 0:
                return None
            return match.end()
        depth += 1 if match[0] == mark and mark not in ("»", "”", "''") else -1
        if not depth:
            return match.end()
    if mark == "“":  # Some close with the straight mark.
        straight = text.find('"', start, near)
        curly = text.find("“", start, near)
        return straight + 1 if straight >= 0 and not start <= curly < straight else None
    return None


def _curly_end(text: str, start: int, near: int) -> int | None:
    """Where a curly mark closes what a straight one opens: before the next that opens or is straight."""
    curly = text.find("”", start, near)
    if curly < 0 or text.find("“", start, curly) >= 0 or text.find('"', start, curly) >= 0:
        return None
    return curly + 1


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a straight mark looks like one that opens: a blank before it, none behind."""
    return text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _before_next(text: str, mark: str, start: int, end: int) -> int:
    """The end of what is not closed: before the next mark that opens, else the paragraph's."""
    following = text.find(mark, start, end)
    stop = end if following < 0 else following
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return stop


def _single_end(text: str, opening: int, end: int) -> int | None:
    """Where single quotation marks close: behind punctuation, else behind a word that is no plural's."""
    first: int | None = None
    for match in _SINGLE_CLOSING.finditer(text, opening + 2, min(end, opening + _LONGEST_SINGLE)):
        before = text[match.start() - 1]
        if before in _ENDED:
            return match.end()
        if first is None or text[first - 2] in "sS":
            first = match.end() if first is None or before not in "sS" else first
    return first
