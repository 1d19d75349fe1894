"""Labelled spans: what a model or a rule says of a stretch of text, before it becomes a mention."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class LabelledSpan(NamedTuple):
    """A stretch of text (code points, end exclusive) and its OntoNotes label."""

    start: int
    end: int
    label: str


NAMED = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG", "NORP"})
"""Labels of names: the ones that refinement works on and that link to entities."""

PLACES = frozenset({"GPE", "LOC", "FAC"})


def disjoint(spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans in order without overlaps; of two that overlap the longer stays, then the earlier."""
    given = list(spans)
    last = 0
    for start, end, _ in given:
        if not last <= start < end:
            break
        last = end
    else:
        return given
    kept: list[LabelledSpan] = []
    for span in sorted(set(given), key=lambda s: (s.start, -s.end, s.label not in NAMED, s.label)):
        if span.end <= span.start:
            continue
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept


class Cover:
    """Which characters of a text are inside a span already; made once an article, asked many times."""

    __slots__ = ("_taken",)

    def __init__(self, length: int, spans: Iterable[LabelledSpan] = ()) -> None:
        self._taken = bytearray(length)
        for span in spans:
            self.take(span.start, span.end)

    def free(self, start: int, end: int) -> bool:
        """Whether no character from `start` to `end` is taken."""
        return not any(self._taken[start:end])

    def take(self, start: int, end: int) -> None:
        """Mark the characters from `start` to `end` as taken."""
        self._taken[start:end] = b"\x01" * (end - start)


def longest_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The longest line of a span that runs over a line break."""
    if "\n" not in text[start:end]:
        return start, end
    best = (start, start)
    for match in re.finditer(r"[^\n]+", text[start:end]):
        if match.end() - match.start() > best[1] - best[0]:
            best = (start + match.start(), start + match.end())
    return best
