"""The paragraph that is quoted: of its source line, what the reader shows and nothing that it hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from seedread.widgets.reader.document import Block, Document
from seedread_index.model.article import Span


class Quote(NamedTuple):
    """Words to quote, and the source line that they stand on."""

    text: str
    line: Span


def quote_at(document: Document, offset: int, *, folded: bool) -> Quote | None:
    """What is shown of the source line that holds an offset, or of the nearest one that is shown at all.

    `folded` tells that boilerplate, and a date that the header says, are hidden. None where nothing is shown.
    """
    start = document.paragraph(offset).start
    here = document.section_of(start)
    for block in _shown(document, range(here, document.sections), folded):
        if block.end > start:
            return _quote(document, document.paragraph(block.start), folded)
    before = [block for block in _shown(document, range(here + 1), folded) if block.end <= start]
    return _quote(document, document.paragraph(before[-1].start), folded) if before else None


def _shown(document: Document, sections: Iterable[int], folded: bool) -> Iterator[Block]:
    for section in sections:
        for block in document.blocks(section):
            if not (folded and document.is_hidden(block)):
                yield block


def _quote(document: Document, line: Span, folded: bool) -> Quote:
    sections = range(document.section_of(line.start), document.section_of(line.end) + 1)
    text, at = "", line.start
    for block in _shown(document, sections, folded):
        start, end = max(block.start, line.start), min(block.end, line.end)
        if start < end:
            between = document.text[at:start]
            text += (" " if between.strip() else between) if text else ""
            text += document.text[start:end]
            at = end
    return Quote(text, line)
