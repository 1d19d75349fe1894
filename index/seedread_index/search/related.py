"""Query by example: the telling words of a text, and the articles that are related to one and why.

Words are weighted by tf-idf as in Lucene's MoreLikeThis, the frequency in the text dampened by its logarithm;
names by the inverse of how many articles mention them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from seedread_index.engines.base import Vocabulary
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.entity import Entity
from seedread_index.model.results import Hit, Results, SearchRequest
from seedread_index.text.stems import FUNCTION_WORDS
from seedread_index.text.tokenizer import surface_forms

MOST_WORDS = 25
"""Words that a text is searched by, as in Lucene's MoreLikeThis."""
_SHORTEST = 3
_MOST_FREQUENT = 0.25
"""A word that more than this share of the articles has tells nothing; in few articles all are taken."""
_FEW = 20
_CANDIDATES = 60
_SHOWN_WORDS = 8
_SHOWN_NAMES = 6
_NAMES_SHARE = 0.5
"""How much shared names count beside shared words. Chosen by hand."""
_READ = (PassageKind.TITLE, PassageKind.BODY)


@dataclass(frozen=True, slots=True)
class Related:
    """An article that is related to another: as a hit, with the words and the ids of the names they share."""

    hit: Hit
    words: tuple[str, ...]
    entities: tuple[str, ...]


class Reading(Protocol):
    """What of an archive is needed to find related articles."""

    def search(self, request: SearchRequest, /) -> Results: ...
    def hits(self, results: Results, start: int = 0, stop: int | None = None, /) -> list[Hit]: ...
    def articles(self, ids: Sequence[str], /) -> list[Article]: ...
    def entity(self, entity_id: str, /) -> Entity | None: ...


def telling_words(
    text: str, vocabulary: Vocabulary, total: int, most: int = MOST_WORDS
) -> list[tuple[str, float]]:
    """The words that tell most of a text among `total` articles, each with its weight, most first."""
    counts = Counter(
        word
        for word in surface_forms(text)
        if len(word) >= _SHORTEST and word not in FUNCTION_WORDS and any(map(str.isalpha, word))
    )
    limit = total * _MOST_FREQUENT if total >= _FEW else total
    weights = {
        word: (1 + math.log(counts[word])) * math.log(1 + total / articles)
        for word, articles in vocabulary.known(counts)
        if 0 < articles <= limit
    }
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def example_query(words: Sequence[tuple[str, float]]) -> str:
    """The query for some words, all of them or any as the request says."""
    return " ".join(map(_written, words))


def any_of_words(words: Sequence[tuple[str, float]]) -> str:
    """The query for any of some words, whatever the request says."""
    return " OR ".join(map(_written, words))


def _written(weighted: tuple[str, float]) -> str:
    word, _ = weighted
    return word if word.isalnum() else f'"{word}"'


def related(
    reading: Reading,
    article: Article,
    words_of: Callable[[str], list[tuple[str, float]]],
    total: int,
    most: int,
) -> list[Related]:
    """The articles that share telling words and names with one, its near-duplicates left out, most first."""
    own = dict(words_of(_text(article)))
    if not own:
        return []
    results = reading.search(SearchRequest(example_query(list(own.items())), match="any"))
    hits = [
        hit
        for hit in reading.hits(results, 0, _CANDIDATES)
        if article.id != hit.id and article.id not in hit.variants
    ]
    names = _weighed_names(reading, article, total)
    found = []
    for hit, other in zip(hits, reading.articles([hit.id for hit in hits]), strict=False):
        forms = frozenset(surface_forms(_text(other)))
        words = [word for word in own if word in forms]
        shared = sorted(names.keys() & _names(other), key=lambda name: -names[name])
        score = _share(own, words) + _NAMES_SHARE * _share(names, shared)
        weighed = replace(hit, score=round(score, 4))
        found.append((score, Related(weighed, tuple(words[:_SHOWN_WORDS]), tuple(shared[:_SHOWN_NAMES]))))
    found.sort(key=lambda pair: (-pair[0], pair[1].hit.path))
    return [each for score, each in found if score > 0][:most]


def _share(weights: dict[str, float], shared: Collection[str]) -> float:
    """The part of all weights that the shared ones have, from 0 to 1."""
    whole = sum(weights.values())
    return sum(weights[each] for each in shared) / whole if whole else 0.0


def _weighed_names(reading: Reading, article: Article, total: int) -> dict[str, float]:
    entities = (reading.entity(name) for name in _names(article))
    return {each.id: math.log(1 + total / max(1, each.articles)) for each in entities if each is not None}


def _names(article: Article) -> frozenset[str]:
    body = article.of_kind(*_READ)
    return frozenset(
        mention.entity
        for mention in article.mentions
        if mention.entity and any(p.start <= mention.start < p.end for p in body)
    )


def _text(article: Article) -> str:
    text = article.flowing_text
    return "\n".join(text[passage.start : passage.end] for passage in article.of_kind(*_READ))
