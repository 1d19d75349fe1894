"""The matches of a query in an article's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from seedread_index.engines.base import Entities, Plan, Terms, wanted
from seedread_index.engines.document import hidden_spans
from seedread_index.model.article import Article, Mention, Passage, PassageKind, Span
from seedread_index.model.deadline import Deadline
from seedread_index.search.highlight.occurrences import joined_occurrences, occurrences
from seedread_index.text.chunks import pieces
from seedread_index.text.folding import cased, fold
from seedread_index.text.proximity import near_windows, starts_of_phrase
from seedread_index.text.stems import EXACT, FORMS, GOING_ON, JOINED, TERMS
from seedread_index.text.tokenizer import Located, segments, surface_forms, terms_of

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
                self.size += len(located.words)
                if len(self.opening) < _OPENING:
                    self.opening += located.terms[:_OPENING]

    def _take(self, located: Located, offset: int) -> None:
        for index, word in enumerate(located.words):
            self._note(located, FORMS[word], (index, index), offset)
        for compound in located.compounds:
            self._note(located, compound.form, (compound.first, compound.last), offset)
            for at, form in compound.places()[1:]:
                self._note(located, form, (at, at), offset)

    def _note(self, located: Located, form: str, words: tuple[int, int], offset: int) -> None:
        """Note the terms of a form that some of the words are."""
        first, last = words
        for term in {TERMS[form], EXACT + form, EXACT + form.lower(), form if form[:1] == JOINED else ""}:
            if (matches := self._places.get(term)) is not None:
                matches.append(self.size + first)
                start, end = located.span(first).start + offset, located.span(last).end + offset
                known = self._spans.get(self.size + first, Span(start, end))
                self._spans[self.size + first] = Span(start, max(end, known.end))

    def span(self, position: int) -> Span:
        """Where the term of that position stands in the article's text."""
        return self._spans[position]

    def matches(self, terms: frozenset[str]) -> list[int]:
        """The positions of any of the terms, ascending."""
        return sorted(set(chain.from_iterable(self._places[term] for term in terms)))


def _before(located: Located, edge: int) -> int:
    """How many terms of a stretch begin before an offset."""
    return bisect_left(range(len(located.words)), edge, key=lambda index: located.span(index).start)


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
    plain = [leaf for leaf in terms if _needs_no_counting(leaf)]
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


def title_marks(
    plan: Plan, article: Article, spans: Sequence[Span], *, deadline: Deadline
) -> tuple[Span, ...]:
    """The places of a plan in an article's title; `spans` are those in its text, by which names are found."""
    title = article.title
    alone = replace(
        article, text=title, passages=(Passage(0, len(title), PassageKind.TITLE),), unseen=(), mentions=()
    )
    found = set(spans_of(plan, alone, deadline=deadline))
    if any(isinstance(leaf, Entities) for leaf in wanted(plan)):
        said = {re.escape(article.text[span.start : span.end]) for span in spans}
        if said:
            found.update(Span(*name.span()) for name in re.finditer(rf"\b(?:{'|'.join(said)})\b", title))
    return _apart(found)


def _needs_no_counting(leaf: Terms) -> bool:
    """Whether words that follow each other match a leaf, whatever their capitals and ends of lines."""
    if leaf.field is not None or (leaf.slop is not None and len(leaf.slots) > 1):
        return False
    every = chain.from_iterable(leaf.slots)
    return not any(term[:1] == GOING_ON or (term[:1] == EXACT and term != term.lower()) for term in every)


def _occurrences(
    leaves: Sequence[Terms], article: Article, deadline: Deadline, *, boilerplate: bool
) -> Iterator[Span]:
    """The places of words and phrases, which need no counting."""
    text = article.visible_text
    for start, end, is_hidden in segments(len(text), hidden_spans(article)):
        if is_hidden != boilerplate:
            continue
        flat, shown = fold(text[start:end]), cased(text[start:end])
        for leaf in leaves:
            if deadline.over():
                return
            joined = joined_occurrences(shown, leaf.slots[0]) if len(leaf.slots) == 1 else ()
            for first, last in chain(occurrences(flat.text, leaf.slots, deadline), joined):
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
