"""Where in an article a plan is met: the one matcher behind lists, reader and scripts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter

from seedread_index.article import Article, Mention, PassageKind, Span
from seedread_index.searching.plan import Entities, Plan, Terms, wanted
from seedread_index.searching.proximity import near_windows, starts_of_phrase
from seedread_index.storage.analysis import Located, stretches, surfaces, terms_of
from seedread_index.storage.document import hidden_spans

_IN_TEXT = (None, "title", "body")


class Cut:
    """An article's terms in order and by their positions, the shown ones apart from boilerplate."""

    def __init__(self, article: Article) -> None:
        self.terms: list[str] = []
        self._parts: list[tuple[int, int, Located]] = []
        self._shown: dict[str, list[int]] = {}
        self._hidden: dict[str, list[int]] = {}
        headlines = article.of_kind(PassageKind.TITLE)
        edge = headlines[-1].end if headlines else 0
        self.head = 0
        """How many terms stand before the body."""
        for start, end, is_hidden in stretches(len(article.text), hidden_spans(article)):
            located = Located(article.text[start:end])
            first = len(self.terms)
            self._parts.append((first, start, located))
            self.terms += located.terms
            by_term = self._hidden if is_hidden else self._shown
            for position, term in enumerate(located.terms, first):
                if (at := by_term.get(term)) is None:
                    by_term[term] = [position]
                else:
                    at.append(position)
            if start < edge:
                self.head = len(self.terms) if end <= edge else first + self._before(located, edge - start)

    @staticmethod
    def _before(located: Located, edge: int) -> int:
        """How many terms of a stretch begin before an offset."""
        return bisect_left(range(len(located.terms)), edge, key=lambda index: located.span(index).start)

    def span(self, position: int) -> Span:
        """Where the term of that position stands in the article's text."""
        first, start, located = self._parts[bisect_right(self._parts, position, key=itemgetter(0)) - 1]
        span = located.span(position - first)
        return Span(span.start + start, span.end + start)

    def places(self, terms: frozenset[str], *, boilerplate: bool) -> list[int]:
        """The positions of any of the terms, ascending."""
        by_term = self._hidden if boilerplate else self._shown
        found = [by_term[term] for term in terms if term in by_term]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))


def spans_of(
    plan: Plan,
    article: Article,
    mentions: Sequence[Mention] = (),
    *,
    cut: Cut | None = None,
    boilerplate: bool = False,
) -> tuple[Span, ...]:
    """The places of a plan in an article's text, in order, none inside another.

    `mentions` are the article's, for names. With `boilerplate` the stretches that searches leave out are
    looked at instead of the others. `cut` is the article's, where it is known.
    """
    leaves = list(wanted(plan))
    found: set[Span] = set()
    terms = [
        leaf for leaf in leaves if isinstance(leaf, Terms) and leaf.field in _IN_TEXT and all(leaf.slots)
    ]
    if terms:
        cut = cut or Cut(article)
        for leaf in terms:
            found.update(_spans_of_terms(leaf, article, cut, boilerplate))
    names = {entity for leaf in leaves if isinstance(leaf, Entities) for entity in leaf.ids}
    if names:
        away = article.of_kind(PassageKind.BOILERPLATE, PassageKind.CREDIT)
        for mention in mentions:
            inside = any(passage.start <= mention.start < passage.end for passage in away)
            if mention.entity in names and inside == boilerplate:
                found.add(Span(mention.start, mention.end))
    return _apart(found)


def _spans_of_terms(leaf: Terms, article: Article, cut: Cut, boilerplate: bool) -> list[Span]:
    first, last = 0, len(cut.terms)
    if leaf.field == "body":
        first = cut.head
    elif leaf.field == "title":
        last = cut.head or _inferred_head(article, cut)
    places = [cut.places(slot, boilerplate=boilerplate) for slot in leaf.slots]
    if first or last < len(cut.terms):
        places = [[at for at in each if first <= at < last] for each in places]
    length = len(leaf.slots)
    if length == 1:
        return [cut.span(at) for at in places[0]]
    if leaf.slop is None:
        starts = starts_of_phrase(places)
        return [Span(cut.span(at).start, cut.span(at + length - 1).end) for at in starts]
    return [
        cut.span(at) for at in sorted({at for window in near_windows(places, leaf.slop) for at in window})
    ]


def _inferred_head(article: Article, cut: Cut) -> int:
    """How many tokens at the start of the text are the title that was inferred from it."""
    if not article.title_inferred:
        return 0
    title = terms_of(surfaces(article.title.rstrip(" ….")))
    for start in range(min(len(cut.terms), 40)):
        if cut.terms[start : start + len(title)] == title:
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
