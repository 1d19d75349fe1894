"""Whole pages: the article among menus, teasers, notices and comments, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedread_index.extract.reasons import Kinds, Reason
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import ending, families_in, is_closed
from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    families_of,
    is_label,
    never_headline,
    opens_comments,
)
from seedread_index.extract.segmentation.header.bylines import (
    is_byline,
    is_caption,
)
from seedread_index.extract.segmentation.header.date_lines import date_line
from seedread_index.extract.segmentation.header.header import (
    Header,
    is_of_site,
    is_sentence,
    prose_start,
    read_between,
)
from seedread_index.extract.segmentation.header.page_headline import page_headline
from seedread_index.extract.segmentation.header.text_headline import same_line
from seedread_index.extract.segmentation.likelihood import likelihoods
from seedread_index.extract.segmentation.words import LONG_WORD_OR_HAN, stems_of, word_count, words_of
from seedread_index.model.article import PassageKind

_UNLIKELY = 0.12
_PLACEHOLDER = re.compile(r"\[(?:[^\W\d_][\w.-]{0,30}|\s+)\]")
"""What text browsers print for a picture or a field: the start of its name, or its width in blanks."""

_ISLAND, _BELOW_LINKS, _BELOW_LIST, _ADJACENT = 0.52, 0.48, 0.4, 0.25
"""The likelihood of a paragraph near the stretch that is its article's: of any, below links, below
a list or a heading, and of a sentence right behind it."""

_TWEETED = re.compile(r"[—–-]\s?[^@]{1,60}\(@\w+\)\s")
"""Who wrote what is quoted above from a network."""

_NOTE = ("↩", "↩︎", "↑")
"""The link back behind a note of the article."""

_MOST_APART, _LONGEST_LIST, _FEW_LINKS = 4, 16, 3
"""So many other blocks at most stand between, such of a list of the article, and links below a label."""

_FEW_STEMS, _SHARED_NEAR, _FEW_WORDS, _NEAR_WRITER = 4, 0.12, 12, 5
_NEVER_OWN = frozenset({"letter", "legal"})
_NOT_OWN = _NEVER_OWN | {"related", "social", "tips"}
_LONGEST_BUTTON, _UNLIKELY_BUTTON = 40, 0.5
_OF_BUTTONS = frozenset({"social", "letter", "advert"})

_LETTER = re.compile(r"[^\W\d_]")
_STANDFIRST, _TOPICAL, _BODY_SAMPLE, _SHARED = 8, 0.5, 8000, 0.4


def read_page(blocks: Sequence[Block], *, known_title: str | None = None) -> tuple[Header, Kinds]:
    """The header and the kind of each block of a page."""
    likely = likelihoods(blocks)
    first, last = best_stretch(blocks, likely)
    if first == last:
        first, last = 0, len(blocks)
    header = Header(first_body=first)
    kinds = Kinds([Reason.OFF_PAGE] * len(blocks))
    for index in range(first, last):
        kinds.mark(index, _kind_inside(blocks[index], likely[index]))
    start = prose_start(blocks, first, last)
    reason = Reason.PAGE_HEADLINE if known_title is None else Reason.KNOWN_HEADLINE
    header.title = None if known_title is None else _line_of(known_title, blocks, start)
    if header.title is None:
        header.title = page_headline(blocks, start, last)
        reason = Reason.PAGE_HEADLINE if known_title is None else Reason.OTHER_HEADLINE
    read_between(header, blocks, kinds, first, start)
    stretch = _Stretch(blocks, likely, kinds, first, last, header.title)
    if header.title is not None:
        stretch.cut_above(header.title)
        stretch.grow_up(header.title)
        stretch.keep_standfirst(header.title)
        kinds.mark(header.title, reason)
        start = next((i for i in range(max(start, header.title + 2), last) if is_sentence(blocks[i])), start)
    stretch.grow_down()
    stretch.mark_buttons(start)
    return header, kinds


class _Stretch(NamedTuple):
    """A page with its article's stretch: the first block of it, and the one after its last."""

    blocks: Sequence[Block]
    likely: Sequence[float]
    kinds: Kinds
    first: int
    last: int
    title: int | None

    def is_own(self, index: int, rest: set[str] | None) -> bool:
        """Whether a sentence outside the stretch is its own, or a paragraph in the `rest` of its words."""
        text = self.blocks[index].text
        if text.endswith(_NOTE) or self._is_quoted(index):
            return True
        if self.likely[index] < _ADJACENT:
            return False
        words = words_of(text)
        if not is_closed(text) and (len(words) < _STANDFIRST or not text.endswith((":", "："))):
            return False
        families = families_of(words).keys()
        if families & (_NOT_OWN if len(words) < _FEW_WORDS else _NEVER_OWN) or (
            "give" in families and len(words) < _FEW_WORDS
        ):
            return False
        own = set(stems_of(text, LONG_WORD_OR_HAN)) if rest else set[str]()
        shared = len(own) < _FEW_STEMS or _SHARED_NEAR * len(own) <= len(own.intersection(rest or ()))
        return rest is None or (word_count(text) >= _STANDFIRST and shared)

    def _is_quoted(self, index: int) -> bool:
        """Whether a block is quoted from a network, or says who wrote there what the article quotes."""
        pair = self.blocks[index : index + 2]
        return any("(@" in block.text and _TWEETED.match(block.text) for block in pair)

    def stems(self, first: int | None = None) -> set[str]:
        """The stems of the words from a block on; by default of those of the headline and the stretch."""
        lines = [block.text for block in self.blocks[self.first if first is None else first : self.last]]
        if first is None and self.title is not None:
            lines.insert(0, self.blocks[self.title].text)
        return set(stems_of(" ".join(lines)[:_BODY_SAMPLE], LONG_WORD_OR_HAN))

    def cut_above(self, title: int) -> None:
        """Notices and menus above a headline inside the stretch are closed; a lead of the article is not."""
        rest = self.stems(title) if title > self.first else set[str]()
        for index in range(self.first, title):
            text = self.blocks[index].text
            own = set(stems_of(text, LONG_WORD_OR_HAN))
            lead = is_closed(text) and len(own & rest) >= _SHARED * len(own)
            if self.kinds[index] is PassageKind.BODY and not lead:
                self.kinds.mark(index, Reason.ABOVE_HEADLINE)

    def is_signed(self, index: int) -> bool:
        """Whether a byline or a date stands below a block."""
        below = [block.text for block in self.blocks[index + 1 : index + _NEAR_WRITER]]
        return any(is_byline(text) or date_line(text)[0] for text in below)

    def keep_standfirst(self, title: int) -> None:
        """The line right below the headline is the article's where it is a sentence's length of its words."""
        below = title + 1
        if below >= self.first or self.kinds[below] is not PassageKind.BOILERPLATE:
            return
        text = self.blocks[below].text
        if word_count(text) < _STANDFIRST or is_caption(text) or is_label(text):
            return
        own = set(stems_of(text, LONG_WORD_OR_HAN))
        shared = len(own & self.stems(self.first))
        least = _SHARED_NEAR if is_closed(text) and self.is_signed(below) else _TOPICAL
        if shared >= least * max(4, len(own)) and not same_line(text, self.blocks[title].text):
            self.kinds.mark(below, Reason.STANDFIRST)

    def grow_up(self, title: int) -> None:
        """Prose between the headline and the stretch is the article's, and a list that it announces."""
        above = range(title + 1, self.first)
        open_ones = [i for i in above if self.kinds[i] is PassageKind.BOILERPLATE]
        likely = [i for i in open_ones if self.likely[i] >= _ISLAND]
        if not likely:
            return
        rest = self.stems()
        own = [i for i in likely if self.is_own(i, None if i == open_ones[0] else rest)]
        listed = [i for i in open_ones if own and i > own[0] and i not in own]
        if len(listed) <= _LONGEST_LIST and not any(is_of_site(self.blocks[i].text) for i in listed):
            own += listed
        for index in own:
            self.kinds.mark(index, Reason.BESIDE_PAGE_TEXT)

    def grow_down(self) -> None:
        """Sentences right behind the stretch are the article's, and paragraphs behind a list or links."""
        between: list[int] = []
        label, plain = False, True
        for index in range(self.last, len(self.blocks)):
            text, likelihood = self.blocks[index].text, self.likely[index]
            if len(between) > (_LONGEST_LIST if plain else _MOST_APART) or opens_comments(text):
                return
            linked = label and len(between) <= _FEW_LINKS and likelihood >= _BELOW_LINKS
            listed = plain and likelihood >= _BELOW_LIST
            near = not between or linked or (listed and len(between) == 1)
            noted = text.endswith(_NOTE)
            if _LETTER.search(text) is None or _PLACEHOLDER.fullmatch(text.strip()):
                continue
            if (near or listed or noted or likelihood >= _ISLAND) and self.is_own(
                index, None if near else self.stems()
            ):
                for place in (*between, index) if plain and self.is_list(between) else (index,):
                    if self.kinds[place] is PassageKind.BOILERPLATE:
                        self.kinds.mark(place, Reason.BESIDE_PAGE_TEXT)
                between, label, plain = [], False, True
            else:
                between.append(index)
                label = not is_closed(text) and (label or (len(between) == 1 and is_label(text)))
                plain = plain and not is_of_site(text)

    def is_list(self, places: Sequence[int]) -> bool:
        """Whether blocks are a list with numbers or marks, or one heading."""
        marked = sum(self.blocks[i].bullet or any(map(str.isdigit, self.blocks[i].text)) for i in places)
        return len(places) < 2 or 2 * marked >= len(places)

    def mark_buttons(self, start: int) -> None:
        """The headline again and buttons within the stretch; networks also between headline and prose."""
        top = self.title or 0
        headline = "" if self.title is None else self.blocks[self.title].text
        for index in range(self.first, self.last):
            text = self.blocks[index].text
            if self.kinds[index] is not PassageKind.BODY:
                continue
            if text == headline and " " in text:
                copied = index > start + _LONGEST_LIST and self.is_signed(index)
                for place in range(index, self.last if copied else index + 1):
                    self.kinds.mark(place, Reason.HEADLINE_AGAIN)
            if self.kinds[index] is not PassageKind.BODY or len(text) > _LONGEST_BUTTON or is_closed(text):
                continue
            button = self.likely[index] < _UNLIKELY_BUTTON and never_headline(text)
            if (button and "/" not in text and any(map(str.isalpha, text))) or (
                top < index < start
                and (opens_comments(text) or not _OF_BUTTONS.isdisjoint(families_of(words_of(text))))
            ):
                self.kinds.mark(index, Reason.SITE_LINE)


def _kind_inside(block: Block, likelihood: float) -> Reason:
    """The kind of a block within the article's stretch."""
    count = word_count(block.text)
    if count == 0 or _PLACEHOLDER.fullmatch(block.text.strip()):
        return Reason.NO_WORDS
    if count <= 25 and is_caption(block.text):
        return Reason.CAPTION
    if likelihood < _UNLIKELY and count < 12 and families_in(block.text):
        return Reason.SITE_LINE
    return Reason.WITHIN_PAGE


def _line_of(title: str, blocks: Sequence[Block], first: int) -> int | None:
    """The block above the article, the nearest, that is the known title."""
    near = range(min(first + 3, len(blocks) - 1), -1, -1)
    return next((index for index in near if same_line(title, blocks[index].text)), None)


@dataclass(frozen=True, slots=True)
class StretchWeights:
    """How blocks count in the sum.

    Chosen by the mean F1 of pages_as_text_dev, page_forms_dev and html_pages_dev flattened
    (benchmarks/fit_segmentation.py): .907, and within .007 of it for all values near by.
    """

    even: float = 0.45
    """The likelihood at which a block speaks neither for nor against the stretch."""

    least: int = 20
    """A short block counts as so many characters: a menu's entries are short but many."""

    most: int = 600
    """A long one counts as so many at most."""

    most_gap: float = 1200.0
    """So much at most does a run of unlikely blocks cost: code, a list, a table amid an article."""


_CODE = re.compile(r"\W+|[\"'{(\[<].*[\"'})\]>;:,]?|.*[{}();=]|\d+\s*,?")
"""A piece of code, amid an article that explains it: neither menu nor prose."""

_LONGEST_CODE = 60

WEIGHTS = StretchWeights()


def best_stretch(
    blocks: Sequence[Block], likely: Sequence[float], weights: StretchWeights = WEIGHTS
) -> tuple[int, int]:
    """The first block of the best stretch and the one after its last; `likely` is 0 to 1 for each block."""
    best, first, last = 0.0, 0, 0
    total, gap, begin = 0.0, 0.0, 0
    for index, (block, likelihood) in enumerate(zip(blocks, likely, strict=True)):
        size = min(weights.most, max(weights.least, len(block.text)))
        value = (likelihood - weights.even) * size
        if value < 0 and size < _LONGEST_CODE and _CODE.fullmatch(block.text):
            value = 0.0
        if value < 0:
            cost = min(-value, weights.most_gap - gap)
            gap, total = gap + cost, total - cost
        else:
            gap, total = max(0.0, gap - 2 * value), total + value
        if total <= 0:
            total, gap, begin = 0.0, 0.0, index + 1
        elif total > best:
            best, first, last = total, begin, index + 1
    return first, ending([block.text for block in blocks], first, last)
