"""What a reader sees of a line: links, emphasis and marks of Markdown and of text browsers have no width."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TARGET = r"\((?:[^()\s]|\([^()\s]*\)|\s(?=[\"']))*(?:[\"'][^\"'\n]*[\"'])?\s*\)"
_IMAGE = re.compile(rf"!\[(?:[^\[\]\\]|\\.)*\](?:{_TARGET})")
_LINK = re.compile(
    rf"\[(?P<words>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\](?P<target>{_TARGET}|\[[^\]]*\])"
)
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?(?P<words>[^\[\]|]+)\]\]")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)|(?<=[^\s\\])(\*{1,3}|_{1,3})(?![\w*])|(?<=\w)\*{2,3}(?=\w)|`+|~~"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_HEADING = re.compile(r"\s*(?:>\s*)*(?P<marks>#{1,6})(?:\s+|$)(?:#{1,6}\s+)*|\s*>+\s+")
_BULLET = re.compile(r"\s*(?:[*+•-]|\d{1,3}\\?[.)])\s+")
_BROWSER = re.compile(
    r"\((?:BUTTON|IFRAME|IMG)\)(?:\s*\([^()]*\))?|\[[\w./%-]+\.(?:png|jpe?g|gif|svg|webp|ico)\]|\[\s*\]|_{4,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Visible:
    """The spans of a line that a reader sees, how many of their characters are links, the heading's level."""

    spans: tuple[tuple[int, int], ...]
    linked: int = 0
    heading: int = 0
    bullet: bool = False


def visible_markdown(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of Markdown."""
    heading = 0
    bullet = False
    first = start
    while True:
        if match := _BULLET.match(text, first, end):
            bullet = True
        elif match := _HEADING.match(text, first, end):
            heading = max(heading, len(match["marks"] or ""))
        else:
            break
        first = match.end()
    hidden: list[tuple[int, int]] = []
    linked = _hide_links(text, first, end, hidden)
    if "\\" in text[first:end] or "*" in text[first:end] or "_" in text[first:end] or "`" in text[first:end]:
        taken = list(hidden)
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


def visible_dump(text: str, start: int, end: int) -> Visible:
    """What is seen of one line of a text browser's dump."""
    bullet = False
    first = start
    if match := _BULLET.match(text, start, end):
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
