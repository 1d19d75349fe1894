"""The segmentation of a text: headline, date, byline, source, and which of it is the article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.reasons import FieldPlace, Kinds, Reason, Where
from seedread_index.extract.segmentation.blocks import Block, unseen_of
from seedread_index.extract.segmentation.boilerplate.features import families_in, is_closed
from seedread_index.extract.segmentation.boilerplate.footer import (
    footer_kinds,
    is_boilerplate_between,
    source_in,
)
from seedread_index.extract.segmentation.boilerplate.rules import refine
from seedread_index.extract.segmentation.header.below import (
    read_below_lead,
    read_bylines,
    split_headline,
)
from seedread_index.extract.segmentation.header.date_lines import (
    PREFIX,
    find_date,
    labels_date,
    published_day,
)
from seedread_index.extract.segmentation.header.header import Header, read_header
from seedread_index.extract.segmentation.header.labels import NO_LABELS, read_labels
from seedread_index.extract.segmentation.lines import Shape
from seedread_index.extract.segmentation.page import read_page
from seedread_index.extract.segmentation.runs import blocks_of
from seedread_index.model.article import Passage, PassageKind, Span

_MOST_PASSAGES = 4000
_LEAST_FOUND, _HEAD_BLANKS = 3, 6
_FEW_WORDS = 6
_LEAST_SHORT, _SHORT_SHARE = 14, 0.3
_PROSE, _MENU_ABOVE, _MENU_BELOW = 15, 5, 50
_OFFERS = frozenset({"give", "letter", "tips"})


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What a text says of itself; `title` is None where it has no headline.

    `passages` lie over everything that is not blank, in order, as offsets of the file's text; `blocks` are
    its lines put back together. `kinds` has the kind of each block, `unseen` what a reader does not see of
    them, as offsets of the file's text. `reasons` say why each passage is of its kind,
    `provenance` where in the text each field was read.
    """

    passages: tuple[Passage, ...]
    title: str | None = None
    date: dt.date | None = None
    source: str | None = None
    author: str | None = None
    shape: Shape = Shape.BLOCKS
    blocks: tuple[Block, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    unseen: tuple[Span, ...] = ()
    whole_page: bool = False
    reasons: tuple[Reason, ...] = ()
    provenance: tuple[FieldPlace, ...] = ()

    @property
    def seen(self) -> list[tuple[str, PassageKind]]:
        """What a reader sees of each block, with its kind."""
        return [(block.text, kind) for block, kind in zip(self.blocks, self.kinds, strict=True)]


def segment(
    text: str, *, known_title: str | None = None, shape: Shape | None = None, alone: bool = False
) -> Segmentation:
    """Segment a cleaned text: passages in order, not overlapping, over everything that is not blank.

    `known_title` is a headline from metadata; then a line equal to it is the title passage and no other.
    `shape` is what the format knows of the lines (Markdown); otherwise the text shows it. `alone` says
    that the article has been cut out of its page already, so that no page is looked for.
    """
    passages: list[Passage] = []
    reasons: list[Reason] = []
    date: dt.date | None = None
    start = 0
    if prefix := PREFIX.match(text):
        date = find_date(prefix[1])[0]
        start = prefix.end()
        left = len(prefix[0]) - len(prefix[0].lstrip())
        passages.append(Passage(left, prefix.start() + len(prefix[0].rstrip()), PassageKind.DATE))
        reasons.append(Reason.OPENING_DATE)
    labels = read_labels(text, start)
    if labels is not None:
        passages.extend(labels.passages)
        reasons.extend(labels.reasons)
        start = labels.end
        known_title = known_title or labels.title
    shape, blocks = blocks_of(text, start, shape)
    whole_page = not alone and is_page(blocks)
    header, kinds = _kinds(blocks, text, known_title, whole_page=whole_page)
    dated = [i for i, kind in enumerate(kinds) if kind is PassageKind.DATE]
    if header.date and len(dated) > 1:
        header.date = published_day(header.date, [block.text for block in blocks[: dated[-1] + 1]], dated)
    if shape is Shape.MARKDOWN:
        _keep_tables(blocks, kinds)
    title = site = None
    if header.title is not None and known_title is None:
        others = [block.text for i, block in enumerate(blocks) if i != header.title]
        title, site, writer = split_headline(blocks[header.title].text, others)
        if header.author is None:
            header.author, header.author_where = writer, Where.BEHIND_HEADLINE
    source, source_where = (site, Where.BEHIND_HEADLINE) if site else source_in(blocks, kinds)
    _lay_out(blocks, kinds, passages, reasons)
    named = labels or NO_LABELS
    return Segmentation(
        title=named.title or title,
        date=date or named.date or header.date,
        source=named.source or source,
        author=named.author or header.author,
        passages=tuple(passages),
        shape=shape,
        blocks=tuple(blocks),
        kinds=tuple(kinds),
        whole_page=whole_page,
        unseen=tuple(span for block in blocks for span in unseen_of(block, text)),
        reasons=tuple(reasons),
        provenance=(
            FieldPlace("title", Where.LABEL if named.title else Where.HEADLINE),
            FieldPlace(
                "date", Where.OPENING_DATE if date else Where.LABEL if named.date else Where.DATE_LINE
            ),
            FieldPlace("source", Where.LABEL if named.source else source_where),
            FieldPlace("author", Where.LABEL if named.author else header.author_where),
        ),
    )


def is_page(blocks: Sequence[Block]) -> bool:
    """Whether a text is a whole page: dozens of short lines that are no sentences, and a menu among them.

    Short lines alone are a list or an interview; a menu stands above the first prose, is very long below the
    last, or says what menus say.
    """
    if len(blocks) < _LEAST_SHORT:
        return False
    short = [_is_short(block.text) for block in blocks]
    count = sum(short)
    if count < _LEAST_SHORT or count < _SHORT_SHARE * len(blocks):
        return False
    prose = [i for i, block in enumerate(blocks) if block.text.count(" ") > _PROSE and is_closed(block.text)]
    above = sum(short[: prose[0]]) if prose else count
    below = sum(short[prose[-1] + 1 :]) if prose else 0
    if above >= _MENU_ABOVE or below >= _MENU_BELOW:
        return True
    sites = sum(
        bool(families_in(block.text)) for block, is_short in zip(blocks, short, strict=True) if is_short
    )
    return (sites >= 4 and above + below >= 8) or (sites >= 8 and count >= 30)


def _is_short(text: str) -> bool:
    return len(text) < 60 and text.count(" ") < _FEW_WORDS and not is_closed(text)


def _kinds(
    blocks: Sequence[Block], text: str, known_title: str | None, *, whole_page: bool
) -> tuple[Header, Kinds]:
    """The header and the kind of each block: of a whole page, or of a text that is an article alone."""
    if whole_page:
        header, kinds = read_page(blocks, known_title=known_title)
        refine(blocks, kinds)
        _mark_labels(blocks, kinds)
        read_bylines(header, blocks, kinds)
        return header, kinds
    header = read_header(blocks, text, known_title=known_title)
    footer = footer_kinds(blocks, min(header.first_body + 1, len(blocks)))
    found = header.kinds | footer
    if header.title in footer:
        header.title = None
    marked = []
    for index, block in enumerate(blocks):
        reason = found.get(index)
        if reason is None:
            cut = len(blocks) <= _MOST_PASSAGES and len(block.text) < 120 and is_boilerplate_between(block)
            reason = Reason.ADVERT if cut else Reason.TEXT
        marked.append(reason)
    kinds = Kinds(marked)
    refine(blocks, kinds)
    _read_footer_again(blocks, kinds, len(footer))
    read_below_lead(header, blocks, kinds)
    _mark_labels(blocks, kinds)
    read_bylines(header, blocks, kinds)
    return header, kinds


def _mark_labels(blocks: Sequence[Block], kinds: Kinds) -> None:
    """The label of a date that stands on a line of its own above it is no text, and no name."""
    for index in range(1, len(blocks)):
        above = kinds[index - 1] in {PassageKind.BODY, PassageKind.BYLINE}
        if above and kinds[index] is PassageKind.DATE and labels_date(blocks[index - 1].text):
            kinds.mark(index - 1, Reason.LABEL)


def _read_footer_again(blocks: Sequence[Block], kinds: Kinds, already: int) -> None:
    """What stands above links and tags that were found at the end may be a footer too."""
    body = [i for i, kind in enumerate(kinds) if kind is PassageKind.BODY]
    after = kinds[body[-1] + 1 :] if body else []
    found = after.count(PassageKind.BOILERPLATE)
    if len(body) < 2 or found < _LEAST_FOUND:
        return
    again = found - already >= _LEAST_FOUND
    if again:
        for place, reason in footer_kinds([blocks[i] for i in body], 1).items():
            kinds.mark(body[place], reason)
    for index in reversed(body[1:]):
        if kinds[index] is PassageKind.BODY:
            text = blocks[index].text
            families = families_in(text).keys()
            if (
                is_closed(text)
                or text.count(" ") > _HEAD_BLANKS
                or not families & (families if again else _OFFERS)
            ):
                break
            kinds.mark(index, Reason.OFFER)


def _keep_tables(blocks: Sequence[Block], kinds: Kinds) -> None:
    """The rows of a Markdown table are of the kind of what stands above it."""
    for index in range(1, len(blocks)):
        text = blocks[index].text.strip()
        if text.startswith("|") and text.endswith("|") and kinds[index - 1] is PassageKind.BODY:
            kinds.mark(index, Reason.TABLE_ROW)


def _lay_out(blocks: Sequence[Block], kinds: Kinds, passages: list[Passage], reasons: list[Reason]) -> None:
    """Add a passage per block; of a text of very many, neighbours of one kind are one passage."""
    merge = len(blocks) > _MOST_PASSAGES
    for block, kind, reason in zip(blocks, kinds, kinds.reasons, strict=True):
        if merge and passages and passages[-1].kind is kind:
            passages[-1] = Passage(passages[-1].start, block.end, kind)
        else:
            passages.append(Passage(*block.extent, kind))
            reasons.append(reason)
