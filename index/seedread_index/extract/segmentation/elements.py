"""Elements of HTML and attributes amid Markdown, as pandoc leaves them: a reader sees none of them.

They run over lines' ends, so that they are found in the text as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from seedread_index.extract.segmentation.lines import Line
from seedread_index.extract.segmentation.markup import Visible, visible_markdown

_NAME = (
    r"(?:[a-z]+(?:-[a-z0-9]+)+|a|abbr|address|area|article|aside|audio|b|blockquote|body|br|button|caption|center"
    r"|cite|col|colgroup|dd|details|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|g|h[1-6]"
    r"|head|header|hgroup|hr|html|i|iframe|img|input|ins|label|legend|li|link|main|map|menu|meta|nav|noscript"
    r"|object|ol|optgroup|option|p|param|path|picture|pre|s|section|select|small|source|span|strong|su[bp]|summary"
    r"|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|u|ul|use|video)"
)
_ELEMENT = re.compile(rf"</?{_NAME}(?=[\s/>])(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+(?P<end>>)?", re.IGNORECASE)
"""An element's mark; one that is broken off is matched too, so that nothing is looked at twice."""

_UNREAD = re.compile(r"<!--|<(?P<name>script|style)\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = r"(?:[.#][^\s{}\"]+|[\w:.@-]+=(?:\"(?:[^\"\\]|\\.)*+\"|[^\s{}\"]*)|-)"
_ATTRIBUTES = re.compile(rf"(?<=[\])\s`:])\{{\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}|\{{=\w+\}}")
"""What pandoc writes in braces behind a heading, a link or a stretch of text of its own style."""

_DIVISION = re.compile(r"^[ \t>]*(:{3,})(?=\s|\{|$)(?:[ \t]*[\w-]+[ \t]*$)?", re.MULTILINE)
_STRETCH = re.compile(r"\[(?:[^\[\]\\]|\\.)*(\])(?=\{\s*[.#\w])")
"""A stretch of text in brackets, with its style in braces behind it."""

_FEWEST = 3


class Elements:
    """The elements and attributes of a text, as spans in order that do not overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def _rest(self, start: int, end: int) -> list[tuple[int, int]]:
        """What of a span is outside all elements."""
        found = []
        place = max(0, bisect_right(self._starts, start) - 1)
        while place < len(self._starts) and self._starts[place] < end:
            if self._ends[place] > start:
                if self._starts[place] > start:
                    found.append((start, self._starts[place]))
                start = min(self._ends[place], end)
            place += 1
        if start < end:
            found.append((start, end))
        return found

    def cover(self, text: str, line: Line) -> bool:
        """Whether a line has nothing but elements."""
        return not any(text[start:end].strip() for start, end in self._rest(line.start, line.end))

    def visible(self, text: str, start: int, end: int) -> Visible:
        """What is seen of a line of Markdown with elements in it."""
        rest = self._rest(start, end)
        if rest == [(start, end)]:
            return visible_markdown(text, start, end)
        while rest and not text[slice(*rest[0])].strip():
            rest.pop(0)
        if not rest:
            return Visible(())
        seen = visible_markdown(text, rest[0][0], end)
        spans = tuple(chain.from_iterable(self._rest(*span) for span in seen.spans))
        return seen._replace(spans=spans)


def elements_in(text: str) -> Elements | None:
    """The elements and attributes amid the Markdown of a text; None where it has next to none."""
    spans: list[tuple[int, int]] = []
    if "</" in text or "/>" in text or "-->" in text:
        spans += [
            found.span() for found in _ELEMENT.finditer(text) if found["end"] and "\n\n" not in found[0]
        ]
        spans += _unread(text)
    if "]{" in text or ":::" in text or "{=" in text:
        spans += [found.span() for found in _ATTRIBUTES.finditer(text)]
        spans += [found.span() for found in _DIVISION.finditer(text)]
        for found in _STRETCH.finditer(text):
            spans += [(found.start(), found.start() + 1), found.span(1)]
    return Elements(spans) if len(spans) >= _FEWEST else None


def _unread(text: str) -> Iterator[tuple[int, int]]:
    """Remarks, scripts and styles, from their beginning to their end."""
    lasting: set[str] = set()
    at = 0
    while match := _UNREAD.search(text, at):
        close = f"</{match['name'].lower()}" if match["name"] else "-->"
        end = -1 if close in lasting else text.find(close, match.end())
        at = match.end() if end < 0 else text.find(">", end) + 1
        if end >= 0 and at:
            yield match.start(), at
        else:
            lasting.add(close)
            at = match.end()
