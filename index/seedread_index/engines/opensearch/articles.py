"""The articles of a shared archive, in the place of a catalogue's; implements `search.sources.ArticleSource`.

Articles go by sixteen hexadecimal digits, and their numbers are what these are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

from seedread_index.catalogue.files import ArticlePlace
from seedread_index.engines.base import Order
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.documents import HEADER_FIELDS, article_of, header_of, names_of
from seedread_index.engines.opensearch.index import Hits, Query, SharedIndex
from seedread_index.engines.opensearch.rows import ServerRows
from seedread_index.linking.shared_names import Names
from seedread_index.model.article import Article, Header
from seedread_index.model.deadline import unlimited

_KEPT = 200
"""Articles that are kept after they were fetched."""
_AT_ONCE = 100
_PIECE = 1_000
_MOST_FOUND = 1_000
PLACE_FIELDS = tuple(f"{layout.ARTICLE}.{name}" for name in ("path", "title", "origin"))
"""What the place of an article is made of."""


class ServerArticles:
    """What is stored of articles, fetched when it is asked for; from any thread."""

    def __init__(self, index: SharedIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._kept_of = 0

    def generation(self) -> int:
        """A number that grows when something was published."""
        return self._index.generation()

    def keep(self, hits: Hits) -> None:
        """Keep what came with an answer."""
        self._keep({hit["_id"]: hit["_source"][layout.ARTICLE] for hit in hits})

    def ids(self) -> Sequence[str]:
        """Every article, newest first, fetched as they are looked at."""
        return _Ids(self._index)

    def total(self) -> int:
        """How many articles there are."""
        return len(self.ids())

    def article(self, article_id: str) -> Article | None:
        """An article without its mentions."""
        found = self.articles([article_id])
        return found[0] if found else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order asked, without mentions; missing ones are left out."""
        found: list[Article] = []
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            stored = self.stored(some)
            found += [article_of(each, stored[each]) for each in some if each in stored]
        return found

    def headers(self, ids: Sequence[str]) -> list[Header]:
        """Titles, dates and so on without the texts, in the order asked; missing ones are left out."""
        found: list[Header] = []
        for start in range(0, len(ids), _PIECE):
            some = ids[start : start + _PIECE]
            known = self._known(some)
            missing = [each for each in dict.fromkeys(some) if each not in known]
            known |= self._index.get(missing, HEADER_FIELDS)
            found += [header_of(each, known[each]) for each in some if each in known]
        return found

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Numbers by id."""
        return {each: number for each in ids if (number := _number(each)) is not None}

    def ids_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Ids by number."""
        return {number: f"{number:016x}" for number in numbers}

    def find(self, path: bytes) -> list[str]:
        """Ids of the articles of a file, by its path as it is shown."""
        shown = path.decode("utf-8", "replace").removeprefix(f"{self._index.connection.address}/")
        named = layout.keyword(shown)
        return self._where({"term": {layout.BY_PATH: named}})

    def starting(self, start: str) -> list[str]:
        """Ids that begin with some digits."""
        return self._where({"prefix": {layout.KEY: {"value": start}}})

    def ids_of_content(self, hashes: Iterable[str]) -> dict[str, str]:
        """The ids of articles by the hashes of their texts."""
        wanted = list(hashes)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _PIECE):
            some = {"terms": {layout.HASH: wanted[start : start + _PIECE]}}
            for hit in self._hits(some, [layout.HASH]):
                found.setdefault(hit["_source"][layout.HASH], hit["_id"])
        return found

    def near_duplicates(self, article_id: str) -> list[str]:
        """Ids of the other articles in the group of near-duplicates of one."""
        found = self._hits({"term": {layout.KEY: article_id}}, [layout.GROUP])
        groups = [hit["_source"][layout.GROUP] for hit in found]
        return [
            each
            for group in groups
            for each in self._where({"term": {layout.GROUP: group}})
            if each != article_id
        ]

    def places(self, ids: Iterable[str]) -> dict[str, ArticlePlace]:
        """The hashes of articles, and where they are on the server, by their ids."""
        found = {}
        wanted = [each for each in dict.fromkeys(ids) if _number(each) is not None]
        for start in range(0, len(wanted), _PIECE):
            asked = {"terms": {layout.KEY: wanted[start : start + _PIECE]}}
            for hit in self._hits(asked, [layout.HASH, *PLACE_FIELDS]):
                stored = hit["_source"][layout.ARTICLE]
                part, path = stored["origin"].get("part_id"), stored["path"]
                place = f"{self._index.connection.address}/{path}".encode()
                found[hit["_id"]] = ArticlePlace(
                    hit["_id"], hit["_source"][layout.HASH], place, part, path, stored["title"]
                )
        return found

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Under which labels articles were published, by their ids; of at most some hundreds."""
        hits = self._hits({"terms": {layout.KEY: list(ids)}}, [layout.LABEL])
        return {hit["_id"]: hit["_source"][layout.LABEL] for hit in hits}

    def names(self, article_id: str) -> Names:
        """The names and quotations of an article, in its stored order."""
        stored = self.stored([article_id]).get(article_id)
        return names_of(stored) if stored else Names()

    def stored(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """What the server stores of articles, kept for the next time; of at most some hundreds."""
        found = self._known(ids)
        if missing := [each for each in dict.fromkeys(ids) if each not in found]:
            fetched = self._index.get(missing)
            self._keep(fetched)
            found |= fetched
        return found

    # -- inside ------------------------------------------------------------------------------------------

    def _known(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        with self._lock:
            return {each: self._kept[each] for each in ids if each in self._kept}

    def _keep(self, stored: Mapping[str, Mapping[str, Any]]) -> None:
        generation = self._index.generation()
        with self._lock:
            if generation != self._kept_of:
                self._kept.clear()
                self._kept_of = generation
            self._kept.update(stored)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def _where(self, query: Query) -> list[str]:
        return [hit["_id"] for hit in self._hits(query, False)]

    def _hits(self, query: Query, source: Any) -> Hits:
        body = {"query": {"bool": {"filter": [query]}}, "size": _MOST_FOUND, "sort": [{layout.KEY: "asc"}]}
        hits: Hits = self._index.search(body | {"_source": source})["hits"]["hits"]
        return hits


class _Ids(Sequence[str]):
    """The ids of all articles, newest first."""

    def __init__(self, index: SharedIndex) -> None:
        everything: Query = {"match_all": {}}
        self._rows = ServerRows(index, everything, Order("date", group=False), unlimited(), lambda _: None)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            rows = range(*index.indices(len(self)))
            low, high = (min(rows), max(rows) + 1) if rows else (0, 0)
            found = [row.id for row in self._rows.rows(low, high)]
            return [found[at - low] for at in rows if at - low < len(found)]
        at = index + len(self) if index < 0 else index
        found = [row.id for row in self._rows.rows(at, at + 1)] if 0 <= at < len(self) else []
        if not found:
            raise IndexError(index)
        return found[0]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _PIECE):
            yield from self[start : start + _PIECE]


def _number(article_id: str) -> int | None:
    try:
        return int(article_id, 16) if len(article_id) == 16 else None
    except ValueError:
        return None
