"""What a reader sees of a line: the marks of Markdown and of text browsers have no width."""

from __future__ import annotations

import re
from typing import NamedTuple

from seedread_index.text.dates import MONTHS

_TARGET = (
    r"\((?:<[^<>\n]*>\s*|[^()\s]|\([^()\s]*\)|[^\S\n](?=[\"'])|\n\s*(?=\S))*"
    r"(?:\"[^\"]{0,400}\"|'[^']{0,400}')?\s*\)"
)
"""The address of a link, which may be wrapped, and its title."""

_IMAGE = re.compile(rf"!\[(?:[^\[\]\\]|\\.)*\](?:{_TARGET})|!\[\[[^\[\]\n]+\]\]|\[\^[^\[\]\s]+\](?!:)")
"""What is not read where it stands: pictures, files that are put in, the numbers of footnotes."""

_REMARK = re.compile(
    r"<!--.*?-->|(?<!\S)%%.+?%%(?!\S)|</?(?:u|b|i|em|strong|mark|su[bp]|br|span)\b[^<>]*>"
    r"|^ {0,3}\[[^\[\]^]+\]:\s+<?(?:https?:|www\.|/|#)\S.*$"
)
"""Remarks, elements of HTML amid Markdown, and the line that gives a link its address."""

_LINK = re.compile(
    rf"\[(?P<words>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\](?P<target>{_TARGET}|\[[^\]]*\])"
)
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?(?P<words>[^\[\]|]+)\]\]")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)|(?<=[^\s\\])(\*{1,3}|_{1,3})(?![\w*])|(?<=\w)\*{2,3}(?=\w)|`+|~~"
    r"|(?<![=\w])==(?=[^\s=])|(?<=[^\s=])==(?![=\w])"
)
_WITHIN = re.compile(r"(?<![\w*\\])\*[^\s*][^*\n]*(?<!\s)(?P<mark>\*)(?=[^\W\d_])")
"""Emphasis of the first part of a word: *harbour*master."""

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
"""What makes a mark a plain character, or a line's end a break."""

_HEADING = re.compile(r"\s*(?:>\s*)*(?P<marks>#{1,6})(?:\s+|$)(?:#{1,6}\s+)*|\s*>+\s+")
_HEADING_STYLE = re.compile(r"\s*\{[#.][^{}\n]*\}$")
"""The name and style of a heading, behind its words."""

_BULLET = re.compile(r"\s*(?:[*+•-]|\d{1,3}\\?[.)])\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BROWSER = re.compile(
    r"\((?:BUTTON|IFRAME|IMG)\)(?:\s*\([^()]*\))?|\[[\w./%-]+\.(?:png|jpe?g|gif|svg|webp|ico)\]|\[\s*\]|_{4,}"
    r"|(?<![^\s(\"'“„«‘])\[\d{1,4}\](?=\S|$)",
    re.IGNORECASE,
)
"""What text browsers print for what they do not show, and the numbers that lynx gives links."""

_REFERENCE = re.compile(r"\s*\d{1,4}\. [a-z][a-z+.-]{1,12}:\S*$")
"""A line of the list that lynx prints of the links' addresses."""


class Visible(NamedTuple):
    """The spans of a line that a reader sees, how many of their characters are links, the heading's level."""

    spans: tuple[tuple[int, int], ...]
    linked: int = 0
    heading: int = 0
    bullet: bool = False


def _bullet_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The mark of a list's item; the day before a month is none."""
    match = _BULLET.match(text, start, end)
    if match and text[match.end() - 2] in ".)" and (word := _LETTERS.match(text, match.end(), end)):
        return None if word[0].casefold() in MONTHS else match
    return match


def visible_markdown(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of Markdown."""
    heading = 0
    bullet = False
    first = start
    while True:
        if match := _bullet_at(text, first, end):
            bullet = True
        elif match := _HEADING.match(text, first, end):
            heading = max(heading, len(match["marks"] or ""))
        else:
            break
        first = match.end()
    hidden: list[tuple[int, int]] = []
    linked = _hide_links(text, first, end, hidden)
    if heading and text[end - 1] == "}" and (match := _HEADING_STYLE.search(text, first, end)):
        hidden.append(match.span())
    line = text[first:end]
    if "<" in line or "%%" in line or "]:" in line:
        hidden += [(first + found.start(), first + found.end()) for found in _REMARK.finditer(line)]
    if "\\" in line or "*" in line or "_" in line or "`" in line or "==" in line:
        taken = list(hidden)
        hidden += [found.span("mark") for found in _WITHIN.finditer(text, first, end)]
        for pattern in (_EMPHASIS, _ESCAPE):
            for match in pattern.finditer(text, first, end):
                if not any(a <= match.start() < b for a, b in taken):
                    hidden.append(match.span())
    return Visible(_shown(first, end, hidden), linked, heading, bullet)


def seen_in(line: str) -> str | None:
    """What a reader sees of one line of Markdown; None for nothing."""
    seen = visible_markdown(line, 0, len(line))
    return "".join(line[start:end] for start, end in seen.spans).strip() or None


def _hide_links(text: str, start: int, end: int, hidden: list[tuple[int, int]]) -> int:
    """Hide images, and of links all but their words; gives how many characters those have."""
    if "[" not in text[start:end]:
        return 0
    linked = 0
    for match in _IMAGE.finditer(text, start, end):
        hidden.append(match.span())
    images = list(hidden)
    for pattern in (_WIKI, _LINK):
        for match in pattern.finditer(text, start, end):
            if any(a <= match.start() and match.end() <= b for a, b in images):
                continue
            first, last = match.span("words")
            hidden.append((match.start(), first))
            hidden.append((last, match.end()))
            linked += len(text[first:last].strip())
    return linked


def is_reference(text: str, start: int, end: int) -> bool:
    """Whether a line is a link's address in the list that lynx prints of them."""
    return text[start].isdigit() and _REFERENCE.match(text, start, end) is not None


def visible_dump(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of a text browser's dump."""
    bullet = False
    first = start
    if match := _bullet_at(text, start, end):
        bullet, first = True, match.end()
    hidden = [match.span() for match in _BROWSER.finditer(text, first, end)]
    return Visible(_shown(first, end, hidden), 0, 0, bullet)


def _shown(start: int, end: int, hidden: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans of a line that are left."""
    spans = []
    at = start
    for first, last in sorted(hidden):
        if first > at:
            spans.append((at, first))
        at = max(at, last)
    if at < end:
        spans.append((at, end))
    return tuple(spans)
