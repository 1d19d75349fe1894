"""Entry: an article as it is handed over, with the passages that are quoted from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from seedread_index.model.article import Article, Passage, PassageKind, Span

_QUOTED = (PassageKind.BODY, PassageKind.CREDIT, PassageKind.BYLINE)
"""What is quoted for its hits: the headline stands above already."""
_NOTED = (*_QUOTED, PassageKind.TITLE)


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage of an article, verbatim: `text` is its text between `start` and `end`, in code points.

    `paragraph` counts the lines of the article that are not empty, from 1; `marks` are hits, in the
    article's text; `notes` were written on it.
    """

    start: int
    end: int
    text: str
    paragraph: int
    marks: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, what is quoted of it, and the user's own words on the whole of it."""

    article: Article
    quotations: tuple[QuotedPassage, ...]
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def quotations(
    article: Article,
    hits: Iterable[Span],
    noted: Sequence[tuple[Span, str]] = (),
    *,
    whole: bool = False,
) -> tuple[QuotedPassage, ...]:
    """The passages that hold hits, or places with notes, in order; with `whole` every one of the body.

    A place without words is quoted for itself. Where there is neither, the first of the body.
    """
    spans = sorted(hits)
    chosen: dict[Passage, None] = {}
    for kinds, places in ((_QUOTED, spans), (_NOTED, [span for span, _ in noted])):
        for place in places:
            chosen.update((passage, None) for passage in article.of_kind(*kinds) if _meets(passage, place))
    body = article.of_kind(PassageKind.BODY)
    if whole:
        chosen.update((passage, None) for passage in body)
    elif not chosen:
        chosen.update((passage, None) for passage in body[:1])
    return tuple(_quoted(article.text, sorted(chosen, key=lambda passage: passage.start), spans, noted))


def _meets(passage: Passage, place: Span) -> bool:
    return passage.start < place.end and place.start < passage.end


def _quoted(
    text: str, passages: Sequence[Passage], hits: Sequence[Span], noted: Sequence[tuple[Span, str]]
) -> Iterator[QuotedPassage]:
    paragraph = at = 0
    for passage in passages:
        words = text[passage.start : passage.end]
        start = passage.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start >= end:
            continue
        paragraph += sum(1 for line in text[at:start].split("\n")[:-1] if line.strip())
        at = text.rfind("\n", 0, start) + 1
        yield QuotedPassage(
            start,
            end,
            text[start:end],
            paragraph + 1,
            tuple(hit for hit in hits if start <= hit.start and hit.end <= end),
            tuple(note for span, note in noted if note and _meets(passage, span)),
        )
