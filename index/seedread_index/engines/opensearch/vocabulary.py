"""The words of a shared archive, each with how many articles have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from seedread_index.engines.document import ALL
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.index import Query, SharedIndex

_PIECE = 5_000
_MOST_FREQUENT: list[Any] = [{"articles": "desc"}, {"word": "asc"}]


class ServerVocabulary:
    """Implements `engines.base.Vocabulary`; counts only grow, they order suggestions and nothing else."""

    def __init__(self, index: SharedIndex) -> None:
        self._index = index

    def starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix`, most frequent first."""
        return self._ask([_starting(prefix)], limit)

    def matching(self, prefix: str, glob: str, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and match a pattern of * and ?, most frequent first."""
        pattern = glob.replace("\\", "\\\\")
        return self._ask([_starting(prefix), {"wildcard": {"word": {"value": pattern}}}], limit)

    def between(self, prefix: str, shortest: int, longest: int, limit: int) -> list[tuple[str, int]]:
        """The words that start with `prefix` and have so many characters, most frequent first."""
        return self._ask([_starting(prefix), {"range": {"length": {"gte": shortest, "lte": longest}}}], limit)

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of some words that the archive has."""
        wanted = list(words)
        found: list[tuple[str, int]] = []
        for start in range(0, len(wanted), _PIECE):
            found += self._ask([{"terms": {"word": wanted[start : start + _PIECE]}}], _PIECE)
        return found

    def every(self, prefix: str) -> Iterator[tuple[str, int]]:
        """All words that start with `prefix`, in the order of their letters."""
        last: list[Any] | None = None
        while True:
            after = {} if last is None else {"search_after": last}
            hits = self._hits([_starting(prefix)], _PIECE, [{"word": "asc"}], ALL, **after)
            yield from map(_pair, hits)
            if len(hits) < _PIECE:
                return
            last = hits[-1]["sort"]

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first terms of a field that start with a prefix; of texts those of unspaced scripts alone."""
        kept = layout.UNSPACED if field == ALL else field
        hits = self._hits([_starting(prefix)], limit, [{"word": "asc"}], kept)
        return [hit["_source"]["word"] for hit in hits]

    def _ask(self, filters: list[Query], limit: int) -> list[tuple[str, int]]:
        return [_pair(hit) for hit in self._hits(filters, limit, _MOST_FREQUENT, ALL)]

    def _hits(self, filters: list[Query], limit: int, sort: list[Any], field: str, **more: Any) -> Any:
        query = {"bool": {"filter": [{"term": {"field": field}}, *filters]}}
        size = min(limit, layout.WINDOW)
        return self._index.found(layout.words_index(self._index.name), query, size, sort, **more)


def _starting(prefix: str) -> Query:
    return {"prefix": {"word": {"value": prefix}}} if prefix else {"match_all": {}}


def _pair(hit: dict[str, Any]) -> tuple[str, int]:
    return hit["_source"]["word"], int(hit["_source"]["articles"])
