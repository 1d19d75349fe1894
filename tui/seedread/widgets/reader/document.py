"""An article prepared for reading: sections of blocks, folds, the length, and the paragraph to quote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from seedread.widgets.reader.blocks import (
    BLANKS,
    KINDS,
    NO_WIDTH,
    OWN_BLOCK,
    SECTION,
    Block,
    LineKind,
    is_item,
    is_table,
    one_line_paragraphs,
    repeats_header,
    section_starts,
    title_span,
)
from seedread.widgets.rendering.cells import sanitized
from seedread_index.model.article import Article, Passage, PassageKind, Span
from seedread_index.text.chunks import count_words

_SHOWN_ABOVE = (PassageKind.DATE, PassageKind.BYLINE)
_LONG_LINE = 100
"""A source line of more cells than this is a paragraph of its own, not a line of a hard-wrapped one."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_COUNTED = 1_000_000
_FILLED_LINE = re.compile(r"[^\S\n]*\S[^\n]*")


class Document:
    """An article in sections of about 4,096 characters, whose blocks are worked out on demand.

    `text` is the article's, code point for code point, each paragraph on one line and what a reader does not
    see without width: a source line below is a line of it.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = one_line_paragraphs(article)
        self.passages = article.passages
        self.title_span = title_span(article, self.text)
        self.starts = section_starts(self.text)
        self.folds = self._folds()
        self._fold_starts = [fold.start for fold in self.folds]
        self._spaced = _BLANK_LINE.search(self.text.strip()) is None

    @property
    def sections(self) -> int:
        """How many sections the text has."""
        return len(self.starts)

    def section_of(self, offset: int) -> int:
        """The section that holds an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def bounds(self, section: int) -> Span:
        """Where a section starts and ends."""
        following = section + 1
        end = self.starts[following] if following < len(self.starts) else len(self.text)
        return Span(self.starts[section], end)

    def shown(self, start: int, end: int) -> str:
        """A part of the text as it may be drawn, code point for code point."""
        return sanitized(self.text[start:end])

    def fold_around(self, offset: int) -> Span | None:
        """The fold around an offset: boilerplate, and what the header shows between two stretches of it."""
        at = bisect_right(self._fold_starts, offset) - 1
        return self.folds[at] if at >= 0 and offset < self.folds[at].end else None

    def fold_at(self, offset: int) -> Span | None:
        """The fold that hides an offset: never the headline, which the header shows."""
        title = self.title_span
        return None if title and title.start <= offset < title.end else self.fold_around(offset)

    def is_left_out(self, offset: int) -> bool:
        """Whether folding hides an offset: in boilerplate, or in a date or byline that the header shows."""
        passage = self.passage_at(offset)
        return self.fold_at(offset) is not None or (passage is not None and self._repeats_header(passage))

    def is_hidden(self, block: Block) -> bool:
        """Whether folding hides a block."""
        passage = self.passage_at(block.start)
        covers = passage is not None and passage.end >= block.end
        return self.is_left_out(block.start) if covers else self.fold_at(block.start) is not None

    def _repeats_header(self, passage: Passage) -> bool:
        return passage.kind in _SHOWN_ABOVE and repeats_header(
            self.article, passage, self.text[passage.start : passage.end]
        )

    def _is_shown_above(self, passage: Passage) -> bool:
        """Whether the header shows all of a passage."""
        title = self.title_span
        is_title = title is not None and title.start <= passage.start and passage.end <= title.end
        return is_title or self._repeats_header(passage)

    def _folds(self) -> list[Span]:
        """Stretches of boilerplate, neighbours joined where nothing parts them but what the header shows."""
        text, folds = self.article.text, list[Span]()
        parted, at = True, 0
        for passage in self.passages:
            parted = parted or bool(text[at : passage.start].strip())
            at = passage.end
            if passage.kind is not PassageKind.BOILERPLATE:
                parted = parted or not self._is_shown_above(passage)
            elif words := _FILLED_LINE.search(text, passage.start, passage.end):
                if parted:
                    folds.append(Span(words.start(), passage.end))
                else:
                    folds[-1] = Span(folds[-1].start, passage.end)
                parted = False
        return folds

    @cached_property
    def length(self) -> tuple[int, int]:
        """Words outside boilerplate and minutes to read them."""
        return words_and_minutes(
            self.text, [Span(each.start, each.end) for each in self.article.of_kind(PassageKind.BOILERPLATE)]
        )

    def lines_with_text(self, start: int, end: int) -> int:
        """How many source lines of a stretch hold more than white space; every line of a very long one.

        The headline that the header shows is not counted.
        """
        title = self.title_span
        if title and start < title.start and title.end < end:
            return self.lines_with_text(start, title.start) + self.lines_with_text(title.end, end)
        if end - start > _COUNTED:
            return self.article.text.count("\n", start, end) + 1
        return sum(1 for _ in _FILLED_LINE.finditer(self.article.text, start, end))

    def paragraph(self, offset: int) -> Span:
        """The source line that holds an offset, without the white space around it."""
        start = self.text.rfind("\n", 0, offset) + 1
        stop = self.text.find("\n", offset)
        line = self.text[start : stop if stop >= 0 else len(self.text)]
        first = start + len(line) - len(line.lstrip())
        return Span(first, max(first, start + len(line.rstrip())))

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds an offset."""
        at = bisect_right(self.passages, offset, key=_start) - 1
        passage = self.passages[at] if at >= 0 else None
        return passage if passage is not None and offset < passage.end else None

    def blocks(self, section: int) -> list[Block]:
        """The blocks of a section, in order, without the headline that the header shows."""
        start, end = self.bounds(section)
        blocks: list[Block] = []
        if not self.text[start:end].strip():
            return blocks
        previous, blank = self._line_before(start)
        continued = start > 0 and self.text[start - 1] != "\n"
        at = start
        while at < end:
            stop = self.text.find("\n", at, end)
            stop = end if stop < 0 else stop
            line = self.text[at:stop]
            if line.strip(BLANKS):
                blank_before = not continued and self._has_blank_before(previous, line, blank)
                blocks.extend(self._blocks_of_line(at, line, blank_before))
                previous, blank = line, False
            else:
                blank = True
            continued = False
            at = stop + 1
        return blocks

    def _blocks_of_line(self, at: int, line: str, blank_before: bool) -> list[Block]:
        """One source line, cut where a headline, a date or boilerplate starts or ends in it."""
        stop = at + len(line)
        cuts = [at]
        index = max(0, bisect_right(self.passages, at, key=_start) - 1)
        while index < len(self.passages) and self.passages[index].start < stop:
            passage = self.passages[index]
            if passage.kind in OWN_BLOCK and passage.end > at:
                cuts += [max(at, passage.start), min(stop, passage.end)]
            index += 1
        title = self.title_span
        if title and at < title.end and title.start < stop:
            cuts = sorted((*cuts, max(at, title.start), min(stop, title.end)))
        cuts.append(stop)
        blocks: list[Block] = []
        for start, end in pairwise(cuts):
            piece = line[start - at : end - at]
            lead = len(piece) - len(piece.lstrip(BLANKS))
            first, last = start + lead, start + len(piece.rstrip(BLANKS))
            if first >= last or (title and title.start <= first < title.end):
                continue
            passage_here = self.passage_at(first)
            kind = KINDS[passage_here.kind] if passage_here else LineKind.BODY
            if kind is LineKind.TITLE and title:
                kind = LineKind.BYLINE
            if kind is LineKind.BODY and len(cuts) == 2 and is_table(piece):
                kind, first = LineKind.TABLE, start
            blocks.append(Block(first, last, kind, blank_before if not blocks else False))
        return blocks

    def _has_blank_before(self, previous: str, line: str, blank: bool) -> bool:
        """Whether a blank line parts two source lines."""
        if blank or not previous:
            return blank
        if (is_table(previous) and is_table(line)) or (is_item(previous) and is_item(line)):
            return False
        return self._spaced or _is_long(previous) or _is_long(line)

    def _line_before(self, start: int) -> tuple[str, bool]:
        """The last line with text before an offset, and whether a blank line follows it."""
        head = self.text[max(0, start - SECTION) : start]
        kept = head.rstrip()
        return kept.rpartition("\n")[2], head[len(kept) :].count("\n") > 1


def _is_long(line: str) -> bool:
    """Whether a source line is longer than hard-wrapped ones are."""
    return len(line) > _LONG_LINE or (len(line) > _LONG_LINE // 2 and cell_len(line) > _LONG_LINE)


def _start(passage: Passage) -> int:
    return passage.start


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
            text += document.text[start:end].replace(NO_WIDTH, "")
            at = end
    return Quote(text, line)


WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
IDEOGRAPHS_A_MINUTE = 255
"""Chinese (Trauzettel-Klosinski and Dietz 2012)."""
_COUNTED_CHARACTERS = 100_000
"""Of longer texts the first part is counted and scaled up: counting must not delay opening."""


def words_and_minutes(text: str, left_out: Sequence[Span] = ()) -> tuple[int, int]:
    """Words outside some stretches, as the archive counts them, and the minutes that reading them takes."""
    sample, at = "", 0
    for omitted in (*left_out, Span(len(text), len(text))):
        sample += text[at : min(omitted.start, at + _COUNTED_CHARACTERS - len(sample))]
        at = omitted.end
    length = len(text) - sum(omitted.end - omitted.start for omitted in left_out)
    words = count_words(sample)
    share = length / max(1, len(sample))
    minutes = (words.spaced / WORDS_A_MINUTE + words.ideographs / IDEOGRAPHS_A_MINUTE) * share
    return round(words.total * share), max(1, round(minutes))
