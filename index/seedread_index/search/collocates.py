"""What stands together: words near the hits of a query, and entities in the same articles.

The measure of collocates, the words that are more often there than elsewhere in the same articles, is the
log-likelihood ratio G2 of Dunning (1993), "Accurate Methods for the Statistics of Surprise and Coincidence",
for a word's counts near the hits and elsewhere, as corpus tools give it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from seedread_index.export.graph import EntityPair, count_pairs, in_order
from seedread_index.model.article import NAMED_TYPES, Article, EntityType, PassageKind, Span
from seedread_index.model.results import Hit, Results
from seedread_index.search.stores import ArticleStore, EntityStore
from seedread_index.text.tokenizer import tokens

_AT_ONCE = 50
_READ = (PassageKind.BODY, PassageKind.TITLE, PassageKind.CREDIT)


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word, how often it stands near the hits and in the articles at all, and its log-likelihood."""

    word: str
    near: int
    total: int
    likelihood: float


def log_likelihood(near: int, elsewhere: int, words_near: int, words_elsewhere: int) -> float:
    """G2 of a word that comes `near` times among `words_near` and `elsewhere` among `words_elsewhere`.

    Negative where it is rarer near the hits.
    """
    both, words = near + elsewhere, words_near + words_elsewhere
    if not both or not words_near or not words_elsewhere:
        return 0.0
    table = (
        (near, both * words_near / words),
        (elsewhere, both * words_elsewhere / words),
        (words_near - near, (words - both) * words_near / words),
        (words_elsewhere - elsewhere, (words - both) * words_elsewhere / words),
    )
    ratio = 2 * sum(seen * math.log(seen / expected) for seen, expected in table if seen)
    return ratio if near * words_elsewhere >= elsewhere * words_near else -ratio


class Collocations:
    """Counts words near hits and elsewhere, article by article."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._near: Counter[str] = Counter()
        self._total: Counter[str] = Counter()

    def add(self, article: Article, hits: Sequence[Span]) -> None:
        """Count the words of an article: within `window` words of a hit in the same passage, and all.

        The words of the hits themselves count as neither.
        """
        for passage in article.of_kind(*_READ):
            inside = [hit for hit in hits if passage.start <= hit.start and hit.end <= passage.end]
            self._add_passage(article.visible_text[passage.start : passage.end], passage.start, inside)

    def _add_passage(self, text: str, offset: int, hits: Iterable[Span]) -> None:
        words = tokens(text)
        starts = [word.start + offset for word in words]
        own: set[int] = set()
        near: set[int] = set()
        for hit in hits:
            first, last = bisect_left(starts, hit.start), bisect_left(starts, hit.end)
            own.update(range(first, last))
            near.update(range(max(0, first - self._window), min(len(words), last + self._window)))
        for index, word in enumerate(words):
            if index not in own:
                form = text[word.start : word.end].casefold()
                self._total[form] += 1
                self._near[form] += index in near

    def best(self, least: int) -> list[Collocate]:
        """The words that stand near hits `least` times or more, most telling first."""
        words_near, words = self._near.total(), self._total.total()
        found = (
            Collocate(
                word,
                near,
                self._total[word],
                log_likelihood(near, self._total[word] - near, words_near, words - words_near),
            )
            for word, near in self._near.items()
            if near >= least
        )
        return sorted((each for each in found if each.likelihood > 0), key=lambda c: (-c.likelihood, c.word))


def collocates(
    results: Results,
    hits_of: Callable[..., list[Hit]],
    articles_of: Callable[[Sequence[str]], list[Article]],
    window: int,
    least: int,
) -> list[Collocate]:
    """The collocates of the hits of results, which `hits_of` finds; see ArchiveReader."""
    found = Collocations(window)
    for start in range(0, results.total, _AT_ONCE):
        hits = hits_of(results, start, start + _AT_ONCE, snippets=0, exhaustive=True)
        spans = {hit.id: hit.spans for hit in hits}
        for article in articles_of(list(spans)):
            found.add(article, spans[article.id])
    return found.best(least)


def entity_pairs(
    catalogue: ArticleStore,
    mentions: EntityStore,
    types: Sequence[EntityType] | None,
    entity_id: str | None,
    *,
    least: int,
    most: int | None,
) -> list[EntityPair]:
    """The pairs of entities of some types in at least `least` articles, most first; see ArchiveReader."""
    wanted = {kind.value for kind in (NAMED_TYPES if types is None else types)}
    known, named = mentions.entities_by_article()
    at = {identity: number for number, (identity, _) in enumerate(known)}
    one = None
    if entity_id is not None and (found := mentions.entity(entity_id)) is not None:
        one = at.get(found.id)
    if entity_id is not None and one is None:
        return []
    shown = {number for number, (_, kind) in enumerate(known) if kind in wanted or number == one}
    chosen = ((article, [n for n in entities if n in shown]) for article, entities in named)
    pairs = count_pairs(chosen, dict(catalogue.values(["date"])), one=one, least=least, most=most)
    numbers = sorted({number for pair in pairs for number in (pair.a, pair.b)})
    entities = {number: mentions.entity(known[number][0]) for number in numbers}
    listed = (
        EntityPair(a, b, pair.articles, pair.first, pair.last)
        for pair in pairs
        if (a := entities[pair.a]) is not None and (b := entities[pair.b]) is not None
    )
    return in_order(listed, most)
