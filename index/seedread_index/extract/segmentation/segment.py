"""The layout of an article's text: headline, date and source found in it, and its passages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seedread_index.extract.segmentation.credits import source_in
from seedread_index.extract.segmentation.dates import PREFIX, find_date
from seedread_index.extract.segmentation.footer import boilerplate_between, tail_kinds
from seedread_index.extract.segmentation.header import read_head
from seedread_index.extract.segmentation.header_fields import read_header_block
from seedread_index.extract.segmentation.paragraphs import Paragraph, paragraphs
from seedread_index.model.article import Passage, PassageKind
from seedread_index.text.sanitize import squeeze

_MOST_PASSAGES = 4000


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text says of itself; `title` is None where it has no headline."""

    title: str | None
    date: dt.date | None
    source: str | None
    passages: tuple[Passage, ...]


def segment(text: str, *, known_title: str | None = None) -> Layout:
    """Lay a cleaned text out: passages in order, not overlapping, over everything that is not blank.

    `known_title` is a headline from metadata; then a line equal to it is the title passage and no other.
    """
    passages: list[Passage] = []
    date: dt.date | None = None
    start = 0
    if prefix := PREFIX.match(text):
        date = find_date(prefix[1])[0]
        start = prefix.end()
        left = len(prefix[0]) - len(prefix[0].lstrip())
        passages.append(Passage(left, prefix.start() + len(prefix[0].rstrip()), PassageKind.DATE))
    header = read_header_block(text, start)
    if header is not None:
        passages.extend(header.passages)
        start = header.end
        known_title = known_title or header.title
    found = paragraphs(text, start)
    head = read_head(found, text, known_title=known_title)
    tail = tail_kinds(found, _after_title(head.first_body, found))
    passages.extend(_passages(found, head.kinds | tail))
    title = None
    if header is not None and header.title:
        title = header.title
    elif head.title is not None and head.title not in tail:
        title = squeeze(found[head.title].text)
    return Layout(
        title=title,
        date=date or (header.date if header else None) or head.date,
        source=(header.source if header else None) or source_in(found, head.first_body, tail),
        passages=tuple(passages),
    )


def _after_title(first_body: int, found: list[Paragraph]) -> int:
    """The tail begins after one paragraph of body at the soonest, so that something is left to read."""
    return min(first_body + 1, len(found))


def _passages(found: list[Paragraph], kinds: dict[int, PassageKind]) -> list[Passage]:
    """One passage a paragraph; amid the prose only what plainly is not of it is set apart."""
    if len(found) > _MOST_PASSAGES:
        return _merged(found, kinds)
    passages = []
    for index, paragraph in enumerate(found):
        kind = kinds.get(index)
        if kind is None:
            short = len(paragraph.text) < 120
            kind = PassageKind.BOILERPLATE if short and boilerplate_between(paragraph) else PassageKind.BODY
        passages.append(Passage(paragraph.start, paragraph.end, kind))
    return passages


def _merged(found: list[Paragraph], kinds: dict[int, PassageKind]) -> list[Passage]:
    """Passages of a text of very many paragraphs: neighbours of one kind are one passage."""
    passages: list[Passage] = []
    for index, paragraph in enumerate(found):
        kind = kinds.get(index, PassageKind.BODY)
        if passages and passages[-1].kind is kind:
            passages[-1] = Passage(passages[-1].start, paragraph.end, kind)
        else:
            passages.append(Passage(paragraph.start, paragraph.end, kind))
    return passages
