"""The matches of a query in an article's text, found by looking at no more of it than their beginnings."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain

from seedread_index.engines.base import Entities, Plan, Terms, wanted
from seedread_index.engines.document import hidden_spans
from seedread_index.model.article import Article, Mention, PassageKind, Span
from seedread_index.model.deadline import Deadline
from seedread_index.text.chunks import pieces
from seedread_index.text.folding import fold
from seedread_index.text.proximity import near_windows, starts_of_phrase
from seedread_index.text.tokenizer import Located, segments, surface_forms, terms_of, words_from

Word = tuple[str, int, int]
"""A term with its start and end."""

_APART = frozenset(' \n\t\r\u00a0-/:;!?()[]"“”„«»—–…。、，！？「」')
"""Characters that no word holds and by which none is recognised: between two of them words are cut as in the
whole text."""
_APART_AGAIN = re.compile(f"[{re.escape(''.join(sorted(_APART)))}]")
_NEAR = 64
"""Characters that are walked back one by one."""
_FAR_FROM_STEM = {"die": "d", "lie": "l", "tie": "t"}
"""Stems of dying, lying and tying."""


def occurrences(flat: str, slots: Sequence[frozenset[str]], deadline: Deadline) -> Iterator[tuple[int, int]]:
    """Where terms of the slots follow each other in a folded text, in order; those before the deadline.

    A word is cut once, however many phrases may begin near it.
    """
    row: deque[Word] = deque()
    words: Iterator[Word] = iter(())
    done = 0
    for at in _beginnings(flat, slots[0]):
        if at < done:
            continue
        if deadline.over():
            return
        begin, done = _chunk(flat, at, done)
        while row and row[0][1] < begin:
            row.popleft()
        if not row:
            words = words_from(flat, begin, done if len(slots) == 1 else sys.maxsize)
        while (row or _go_on(row, words)) and row[0][1] < done:
            if _follow(row, words, slots):
                yield row[0][1], row[len(slots) - 1][2]
            row.popleft()


def _go_on(row: deque[Word], words: Iterator[Word]) -> bool:
    """Take one word more into the row; False at the end of the text."""
    if (word := next(words, None)) is None:
        return False
    row.append(word)
    return True


def _follow(row: deque[Word], words: Iterator[Word], slots: Sequence[frozenset[str]]) -> bool:
    """Whether the row begins with a term of each slot; it is made no longer than that takes."""
    if any(word[0] not in slot for word, slot in zip(row, slots, strict=False)):
        return False
    while len(row) < len(slots):
        if not _go_on(row, words) or row[-1][0] not in slots[len(row) - 1]:
            return False
    return True


def beginnings_of(term: str) -> tuple[str, ...]:
    """What every spelling of a term in a folded text begins with, one or the other.

    A stem is its word without the end, of which porter2 changes two letters at most.
    """
    if not term.isascii() or not term.isalnum():
        return (term,)
    if term.isdigit():
        return (term, f"{term[: (len(term) - 1) % 3 + 1]},") if len(term) > 3 else (term,)
    if not term.isalpha() or len(term) < 2:
        return (term,)
    kept = _FAR_FROM_STEM.get(term) or term[: len(term) if len(term) < 3 else -1 if len(term) < 5 else -2]
    return (kept, f"{term[0]}.{term[1]}")


def _beginnings(flat: str, terms: frozenset[str]) -> Iterator[int]:
    """Where any of the terms may begin."""
    return merge(*(_everywhere(flat, needle) for needle in _needles(terms)))


@lru_cache(256)
def _needles(terms: frozenset[str]) -> tuple[str, ...]:
    """What the terms begin with, nothing that begins with another of them."""
    needles: list[str] = []
    for needle in sorted({each for term in terms for each in beginnings_of(term)}):
        if not needles or not needle.startswith(needles[-1]):
            needles.append(needle)
    return tuple(needles)


def _everywhere(flat: str, needle: str) -> Iterator[int]:
    at = flat.find(needle)
    while at >= 0:
        yield at
        at = flat.find(needle, at + 1)


def _chunk(flat: str, at: int, done: int) -> tuple[int, int]:
    """The stretch about an offset in which words are cut as in the whole text."""
    begin = at
    while begin > done and flat[begin - 1] not in _APART:
        begin -= 1
        if at - begin > _NEAR:
            begin = max(done, 1 + max(flat.rfind(mark, done, begin) for mark in _APART))
            break
    match = _APART_AGAIN.search(flat, at)
    return begin, match.start() if match else len(flat)


_OPENING = 200
"""Terms kept of the start of a text, in which a title that was inferred is looked for."""
_IN_TEXT = (None, "title", "body")


class Counted:
    """The positions of some terms in what an article shows, or in its boilerplate, and where each stands."""

    def __init__(self, article: Article, terms: Iterable[str], *, boilerplate: bool) -> None:
        self._places: dict[str, list[int]] = {term: [] for term in terms}
        self._spans: dict[int, Span] = {}
        self.size = 0
        """How many terms the text has."""
        self.head = 0
        """How many of them stand before the body."""
        self.opening: list[str] = []
        headlines = article.of_kind(PassageKind.TITLE)
        edge = headlines[-1].end if headlines else 0
        text = article.visible_text
        for first, last, is_hidden in segments(len(text), hidden_spans(article)):
            for start, end in pieces(text, first, last):
                located = Located(text[start:end])
                if is_hidden == boilerplate:
                    self._take(located, start)
                if start < edge:
                    self.head = self.size + _before(located, edge - start)
                self.size += len(located.terms)
                if len(self.opening) < _OPENING:
                    self.opening += located.terms[:_OPENING]

    def _take(self, located: Located, offset: int) -> None:
        get = self._places.get
        for index, term in enumerate(located.terms):
            if (matches := get(term)) is not None:
                matches.append(self.size + index)
                start, end = located.span(index)
                self._spans[self.size + index] = Span(start + offset, end + offset)

    def span(self, position: int) -> Span:
        """Where the term of that position stands in the article's text."""
        return self._spans[position]

    def matches(self, terms: frozenset[str]) -> list[int]:
        """The positions of any of the terms, ascending."""
        return sorted(chain.from_iterable(self._places[term] for term in terms))


def _before(located: Located, edge: int) -> int:
    """How many terms of a stretch begin before an offset."""
    return bisect_left(range(len(located.terms)), edge, key=lambda index: located.span(index).start)


def spans_of(
    plan: Plan,
    article: Article,
    mentions: Sequence[Mention] = (),
    *,
    deadline: Deadline,
    boilerplate: bool = False,
) -> tuple[Span, ...]:
    """The places of a plan in an article's text, in order, none inside another.

    `mentions` are the article's, for names. With `boilerplate` the stretches that searches leave out are
    looked at instead of the others. Some places may be missing once the deadline has passed.
    """
    leaves = list(wanted(plan))
    found: set[Span] = set()
    terms = [
        leaf for leaf in leaves if isinstance(leaf, Terms) and leaf.field in _IN_TEXT and all(leaf.slots)
    ]
    plain = [leaf for leaf in terms if leaf.field is None and (leaf.slop is None or len(leaf.slots) == 1)]
    if plain:
        found.update(_occurrences(plain, article, deadline, boilerplate=boilerplate))
    if counted := [leaf for leaf in terms if leaf not in plain]:
        every = {term for leaf in counted for slot in leaf.slots for term in slot}
        positions = Counted(article, every, boilerplate=boilerplate)
        for leaf in counted:
            found.update(_counted(leaf, article, positions, deadline))
    names = {entity for leaf in leaves if isinstance(leaf, Entities) for entity in leaf.ids}
    if names:
        away = article.of_kind(PassageKind.BOILERPLATE, PassageKind.CREDIT)
        for mention in mentions:
            inside = any(passage.start <= mention.start < passage.end for passage in away)
            if mention.entity in names and inside == boilerplate:
                found.add(Span(mention.start, mention.end))
    return _apart(found)


def _occurrences(
    leaves: Sequence[Terms], article: Article, deadline: Deadline, *, boilerplate: bool
) -> Iterator[Span]:
    """The places of words and phrases, which need no counting."""
    text = article.visible_text
    for start, end, is_hidden in segments(len(text), hidden_spans(article)):
        if is_hidden != boilerplate:
            continue
        flat = fold(text[start:end])
        for leaf in leaves:
            if deadline.over():
                return
            for first, last in occurrences(flat.text, leaf.slots, deadline):
                if deadline.over():
                    return
                span = flat.span(first, last)
                yield Span(span.start + start, span.end + start)


def _counted(leaf: Terms, article: Article, counted: Counted, deadline: Deadline) -> list[Span]:
    """The places of words of one field, or near each other."""
    first, last = 0, counted.size
    if leaf.field == "body":
        first = counted.head
    elif leaf.field == "title":
        last = counted.head or _inferred_head(article, counted.opening)
    if deadline.over():
        return []
    known = {
        slot: [at for at in counted.matches(slot) if first <= at < last] for slot in dict.fromkeys(leaf.slots)
    }
    length = len(leaf.slots)
    if length == 1:
        return [counted.span(at) for at in known[leaf.slots[0]]]
    if leaf.slop is None:
        starts = starts_of_phrase(known[slot] for slot in leaf.slots)
        return [Span(counted.span(at).start, counted.span(at + length - 1).end) for at in starts]
    counts = Counter(leaf.slots)
    windows = near_windows([known[slot] for slot in counts], list(counts.values()), leaf.slop, deadline)
    near = {at for window in windows for at in window}
    return [counted.span(at) for at in sorted(near)]


def _inferred_head(article: Article, opening: Sequence[str]) -> int:
    """How many terms at the start of the text are the title that was inferred from it."""
    if not article.title_inferred:
        return 0
    title = terms_of(surface_forms(article.title.rstrip(" ….")))
    for start in range(min(len(opening), 40)):
        if opening[start : start + len(title)] == title:
            return start + len(title)
    return 0


def _apart(spans: set[Span]) -> tuple[Span, ...]:
    """Spans in order, those inside or across an earlier one joined with it."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
