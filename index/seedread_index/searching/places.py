"""Where in an article a plan is met: the one matcher behind lists, reader and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.article import Article, Mention, PassageKind, Span
from seedread_index.searching.plan import Entities, Plan, Terms, wanted
from seedread_index.searching.proximity import near_windows, starts_of_phrase
from seedread_index.storage.analysis import Token, stretches, tokens
from seedread_index.storage.document import hidden_spans

_IN_TEXT = (None, "title", "body")


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """An article's tokens in order, by position, with the number of the first one of the body."""

    tokens: list[Token]
    hidden: list[bool]
    head: int


def spans_of(
    plan: Plan, article: Article, mentions: Sequence[Mention] = (), *, boilerplate: bool = False
) -> tuple[Span, ...]:
    """The places of a plan in an article's text, in order, none inside another.

    `mentions` are the article's, for names. With `boilerplate` the stretches that searches leave out are
    looked at instead of the others.
    """
    leaves = list(wanted(plan))
    found: set[Span] = set()
    terms = [
        leaf for leaf in leaves if isinstance(leaf, Terms) and leaf.field in _IN_TEXT and all(leaf.slots)
    ]
    if terms:
        cut = _cut(article)
        for leaf in terms:
            found.update(_spans_of_terms(leaf, article, cut, boilerplate))
    names = {entity for leaf in leaves if isinstance(leaf, Entities) for entity in leaf.ids}
    if names:
        away = hidden_spans(article)
        for mention in mentions:
            inside = any(start <= mention.start < end for start, end in away)
            if mention.entity in names and inside == boilerplate:
                found.add(Span(mention.start, mention.end))
    return _apart(found)


def _cut(article: Article) -> _Cut:
    found: list[Token] = []
    hidden: list[bool] = []
    for start, end, is_hidden in stretches(len(article.text), hidden_spans(article)):
        here = tokens(article.text[start:end], len(found))
        found += [Token(term, start + a, start + b, at) for term, a, b, at in here] if start else here
        hidden += [is_hidden] * len(here)
    headlines = article.of_kind(PassageKind.TITLE)
    edge = headlines[-1].end if headlines else 0
    head = sum(token.start < edge for token in found)
    return _Cut(found, hidden, head)


def _spans_of_terms(leaf: Terms, article: Article, cut: _Cut, boilerplate: bool) -> list[Span]:
    first, last = 0, len(cut.tokens)
    if leaf.field == "body":
        first = cut.head
    elif leaf.field == "title":
        last = cut.head or _inferred_head(article, cut)
    every = frozenset().union(*leaf.slots)
    places: list[list[int]] = [[] for _ in leaf.slots]
    for token in cut.tokens[first:last]:
        if token.term in every and cut.hidden[token.position] == boilerplate:
            for slot, at_each in zip(leaf.slots, places, strict=True):
                if token.term in slot:
                    at_each.append(token.position)
    length = len(leaf.slots)
    if length == 1:
        return [Span(cut.tokens[at].start, cut.tokens[at].end) for at in places[0]]
    if leaf.slop is None:
        starts = starts_of_phrase(places)
        return [Span(cut.tokens[at].start, cut.tokens[at + length - 1].end) for at in starts]
    return [
        Span(cut.tokens[at].start, cut.tokens[at].end)
        for window in near_windows(places, leaf.slop)
        for at in window
    ]


def _inferred_head(article: Article, cut: _Cut) -> int:
    """How many tokens at the start of the text are the title that was inferred from it."""
    if not article.title_inferred:
        return 0
    title = [token.term for token in tokens(article.title.rstrip(" …."))]
    terms = [token.term for token in cut.tokens]
    for start in range(min(len(terms), 40)):
        if terms[start : start + len(title)] == title:
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
