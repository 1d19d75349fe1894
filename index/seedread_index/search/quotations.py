"""Quotations in searches: which ones said: and about: ask for, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from seedread_index.engines.base import (
    AllOf,
    AnyOf,
    IndexReader,
    Order,
    Plan,
    Quotations,
    Terms,
    Without,
    wanted,
)
from seedread_index.model.article import Article, Span
from seedread_index.model.deadline import Deadline
from seedread_index.model.quotation import Quotation, QuotationKind, Speaker
from seedread_index.model.results import Results
from seedread_index.search.highlight.highlighter import spans_of

if TYPE_CHECKING:
    from seedread_index.catalogue.entities.quotation_store import StoredQuotation
    from seedread_index.search.sources import ArticleSource

_AT_ONCE = 100
_LONGEST = 60.0
"""Seconds of processor time in which the words of a query may be looked for in one article's quotations."""


class SearchableQuotation(Protocol):
    """What a search asks of a quotation: its place and the ids of entities."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def entity(self) -> str | None:
        """Who says it."""

    @property
    def for_whom(self) -> str | None:
        """For whom it is said."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """Who is mentioned in it."""


class SearchableQuotations(Protocol):
    """What a search asks of the quotations of an archive; articles go by their numbers."""

    by_names: bool
    """Whether the index itself finds articles by the names of those who are quoted, or whom it is about."""

    def quotations(self, article: int, /) -> Sequence[SearchableQuotation]:
        """Those of an article."""

    def quotation_spans(
        self, by: Sequence[str] | None = None, about: Sequence[str] | None = None
    ) -> dict[int, set[Span]]:
        """Where the quotations by some entities and about others stand; None: whoever."""


class QuotationSource(SearchableQuotations, Protocol):
    """The quotations of an archive with all that is shown of them."""

    def quotations(self, article: int, /) -> Sequence[StoredQuotation]:
        """Those of an article."""

    def quoted_articles(self) -> set[int]:
        """Numbers of the articles that have quotations."""


class QuotationFinder:
    """Finds the quotations that a query asks for, in one commit of an index."""

    def __init__(
        self, reader: IndexReader, articles: ArticleSource, quotations: SearchableQuotations | None
    ) -> None:
        self._reader = reader
        self._articles = articles
        self._quotations = quotations

    def plan(
        self, field: str, name: str, entities: Sequence[str], words: Plan | None, deadline: Deadline
    ) -> Quotations:
        """The articles with quotations by entities, or about them, in which `words` match where given.

        Those that were looked at before the deadline, where words are.
        """
        if words is None and self._quotations is not None and self._quotations.by_names:
            return Quotations(field, name, tuple(entities), None, ())
        spans = self._spans(field, entities)
        ids = self._articles.ids_of(spans)
        found = Quotations(field, name, tuple(entities), words, tuple(sorted(ids.values())))
        if words is None or not found.articles:
            return found
        number_of = {identity: number for number, identity in ids.items()}
        rows = self._reader.find(AllOf((found, words)), Order("date", group=False), deadline)
        kept = []
        for start in range(0, len(rows), _AT_ONCE):
            if deadline.over():
                break
            wanted_ids = [row.id for row in rows.rows(start, min(start + _AT_ONCE, len(rows)))]
            for article in self._articles.articles(wanted_ids):
                if words_inside(words, article, spans[number_of[article.id]], deadline):
                    kept.append(article.id)
        return Quotations(field, name, tuple(entities), words, tuple(sorted(kept)))

    def _spans(self, field: str, entities: Sequence[str]) -> dict[int, set[Span]]:
        if not entities or self._quotations is None:
            return {}
        ids = list(entities)
        return (
            self._quotations.quotation_spans(ids)
            if field == "said"
            else self._quotations.quotation_spans(about=ids)
        )


def words_inside(
    words: Plan, article: Article, quotations: Iterable[Span], deadline: Deadline
) -> dict[Span, list[Span]]:
    """The quotations of an article in which a plan matches, each with where its words stand."""
    hits = {
        leaf: spans_of(leaf, article, deadline=deadline) for leaf in wanted(words) if isinstance(leaf, Terms)
    }
    found = {}
    for quotation in quotations:
        inside = {
            leaf: [hit for hit in spans if quotation.start <= hit.start and hit.end <= quotation.end]
            for leaf, spans in hits.items()
        }
        if _is_met(words, inside):
            found[quotation] = [hit for spans in inside.values() for hit in spans]
    return found


def _is_met(words: Plan, inside: Mapping[Terms, Sequence[Span]]) -> bool:
    """Whether words are matched by the places that each has in a quotation; what is no word always is."""
    match words:
        case AllOf(parts):
            return all(_is_met(part, inside) for part in parts)
        case AnyOf(parts):
            return any(_is_met(part, inside) for part in parts)
        case Without(part):
            return not _is_met(part, inside)
        case Terms():
            return bool(inside.get(words))
        case _:
            return True


class AskedQuotations:
    """Where the quotations that a plan asks for stand in an article."""

    def __init__(self, articles: ArticleSource, quotations: SearchableQuotations | None) -> None:
        self._articles = articles
        self._quotations = quotations

    def finder(self, reader: IndexReader) -> QuotationFinder:
        """What finds the quotations that queries ask for, in one commit of an index."""
        return QuotationFinder(reader, self._articles, self._quotations)

    def added(
        self, spans: Sequence[Span], plan: Plan, article: Article, deadline: Deadline
    ) -> tuple[Span, ...]:
        """Places in a text with those of the quotations that a plan asks for.

        Of each the places of its words, else the whole; where other places lie in it, they stand for it.
        """
        quotations = self.of(plan, article, deadline)
        found = {hit for inside in quotations.values() for hit in inside} | set(spans)
        for quotation, inside in quotations.items():
            if not inside and not any(quotation.start < s.end and s.start < quotation.end for s in spans):
                found.add(quotation)
        return tuple(sorted(found))

    def of(self, plan: Plan, article: Article, deadline: Deadline) -> dict[Span, list[Span]]:
        """Of an article's quotations those that a plan asks for, each with where its words match."""
        leaves = [leaf for leaf in wanted(plan) if isinstance(leaf, Quotations)]
        number = self._articles.numbers([article.id]).get(article.id) if leaves else None
        if number is None or self._quotations is None:
            return {}
        quotations = self._quotations.quotations(number)
        found: dict[Span, list[Span]] = {}
        for leaf in leaves:
            spans = [each.span for each in quotations if _is_asked(leaf, each)]
            if leaf.words is None:
                found |= {span: [] for span in spans}
            else:
                found |= words_inside(leaf.words, article, spans, deadline)
        return found


def _is_asked(leaf: Quotations, quotation: SearchableQuotation) -> bool:
    """Whether a quotation is by whom a leaf asks for, or about whom."""
    if leaf.field == "said":
        return quotation.entity in leaf.entities or quotation.for_whom in leaf.entities
    return not set(leaf.entities).isdisjoint(quotation.mentions)


def quotations(
    catalogue: ArticleSource,
    store: QuotationSource,
    ids: Iterable[str] | Results | None,
    by: Sequence[str] | None,
    about: Sequence[str] | None,
) -> Iterator[Quotation]:
    """The quotations of articles, of all without any; see `ArchiveReader.quotations`."""
    wanted_ids = _ids(catalogue, ids)
    plan: Plan | None = ids.plan if isinstance(ids, Results) else None  # type: ignore[assignment]
    asks = plan is not None and any(isinstance(leaf, Quotations) for leaf in wanted(plan))
    asked = AskedQuotations(catalogue, store)
    spans = None if by is None and about is None else store.quotation_spans(by, about)
    kept = wanted_ids
    if len(kept) > 1:
        having = store.quoted_articles() if spans is None else spans
        quoted = set(catalogue.ids_of(having).values())
        kept = [each for each in wanted_ids if each in quoted]
    for start in range(0, len(kept), _AT_ONCE):
        some = kept[start : start + _AT_ONCE]
        numbers = catalogue.numbers(some)
        for article in catalogue.articles(some):
            number = numbers[article.id]
            found = store.quotations(number)
            if spans is not None:
                found = [each for each in found if each.span in spans.get(number, ())]
            if asks and plan is not None and found:
                allowed = asked.of(plan, article, Deadline(_LONGEST))
                found = [each for each in found if each.span in allowed]
            yield from (_quotation(article, each) for each in found)


def _ids(catalogue: ArticleSource, ids: Iterable[str] | Results | None) -> Sequence[str]:
    if ids is None:
        return catalogue.ids()
    return ids.ids(0, ids.total) if isinstance(ids, Results) else list(ids)


def _quotation(article: Article, found: StoredQuotation) -> Quotation:
    text = article.text
    speaker = None
    if found.speaker is not None:
        words = _slice(text, found.speaker)
        speaker = Speaker(words, *found.speaker, found.entity, found.name)
    return Quotation(
        article.id,
        article.path,
        article.date,
        article.title,
        article.source,
        _slice(text, found.span),
        *found.span,
        QuotationKind(found.kind),
        _slice(text, found.cue) if found.cue is not None else None,
        speaker,
        found.for_whom,
        found.confidence,
        found.mentions,
    )


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]
