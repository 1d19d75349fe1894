"""The rows of an answer from a server, fetched as they are asked for."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from seedread_index.engines.base import Order
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.index import Hits, Query, SharedIndex
from seedread_index.engines.opensearch.layout import GROUP, GROUPED, KEY, WINDOW
from seedread_index.engines.opensearch.transport.refusals import ServerError
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import Row, Sort

FIRST = 30
"""Rows that come with the answer to a search, their texts included."""
_WALKED = 5_000
"""Rows that are fetched at once where all are gone through."""
_MOST_VARIANTS = 100
"""Near-duplicates that are named under a row at most."""
_TIES: list[Any] = [{layout.DAY: "desc"}, {layout.BY_PATH: "asc"}, {KEY: "asc"}]
_SORTS: dict[Sort, list[Any]] = {
    "relevance": [{"_score": "desc"}, *_TIES],
    "date": _TIES,
    "title": [{layout.BY_TITLE: "asc"}, *_TIES[1:]],
    "path": _TIES[1:],
}
_GROUPS = "groups"


class ServerRows:
    """The articles that match a query in an order; implements `Rows`. Articles go by sixteen hex digits.

    `keep` is given what is stored of the articles in the first rows.
    """

    exact = True

    def __init__(
        self, index: SharedIndex, query: Query, order: Order, deadline: Deadline, keep: Callable[[Hits], None]
    ) -> None:
        self._index = index
        self._query = query
        self._order = order
        self._lock = threading.RLock()
        self._walk: _Walk | None = None
        body = self._page(0, FIRST) | {
            "track_total_hits": True,
            "_source": [KEY, f"{layout.ARTICLE}.*"],
            "timeout": "10s",
        }
        if order.group:
            body["aggs"] = {"among": {"filter": {"term": {GROUPED: True}}, "aggs": {_GROUPS: _composite()}}}
        answer = index.search(body, scored=self._scored)
        if answer.get("timed_out"):
            deadline.passed = True
        keep(answer["hits"]["hits"])
        self._first = list(map(self._row, answer["hits"]["hits"]))
        self._total = int(answer["hits"]["total"]["value"])
        if order.group:
            among = answer["aggregations"]["among"]
            self._total += self._groups(among[_GROUPS]) - among["doc_count"]

    def __len__(self) -> int:
        return self._total

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows [start, stop), as far as there are any."""
        stop = min(stop, self._total)
        if start >= stop:
            return []
        if stop <= len(self._first):
            return self._first[start:stop]
        with self._lock:
            if stop > WINDOW or self._walk is not None:
                return self._walked(stop).rows(start, stop)
        answer = self._index.search(self._page(start, stop - start) | {"_source": False}, scored=self._scored)
        return list(map(self._row, answer["hits"]["hits"]))

    def position_of(self, article_id: str) -> int | None:
        """The row of an article, None where it has none of its own."""
        for at, row in enumerate(self._first):
            if row.id == article_id:
                return at
        if len(self._first) >= self._total or not self._count([article_id]):
            return None
        with self._lock:
            walk, wanted = self._walk, int(article_id, 16)
            while True:
                if walk is not None and wanted in walk.places():
                    return walk.places()[wanted]
                known = len(walk) if walk is not None else 0
                if known >= self._total:
                    return None
                walk = self._walked(known + _WALKED)
                if len(walk) == known:
                    return None

    def count_among(self, ids: Iterable[str]) -> int:
        """How many of some articles have a row of their own."""
        wanted = [each for each in dict.fromkeys(ids) if _is_id(each)]
        found = 0
        for start in range(0, len(wanted), WINDOW):
            found += self._count(wanted[start : start + WINDOW])
        return found

    # -- inside ------------------------------------------------------------------------------------------

    @property
    def _scored(self) -> bool:
        return self._order.sort == "relevance"

    def _page(self, start: int, size: int) -> Query:
        """A search for some rows."""
        body: Query = {
            "query": self._query,
            "sort": _SORTS[self._order.sort],
            "from": start,
            "size": min(size, WINDOW - start),
            "track_total_hits": False,
        }
        if self._order.group:
            inner = {"name": _GROUPS, "size": _MOST_VARIANTS, "_source": False, "sort": body["sort"]}
            body["collapse"] = {"field": GROUP, "inner_hits": inner, "max_concurrent_group_searches": 4}
        return body

    def _row(self, hit: dict[str, Any]) -> Row:
        variants: tuple[str, ...] = ()
        if self._order.group:
            members = hit["inner_hits"][_GROUPS]["hits"]["hits"]
            variants = tuple(each["_id"] for each in members if each["_id"] != hit["_id"])
        return Row(hit["_id"], _score(hit, scored=self._scored), variants)

    def _groups(self, first: dict[str, Any]) -> int:
        """How many groups of near-duplicates match; counted off where they are many."""
        count, after = len(first["buckets"]), first.get("after_key")
        while after is not None and count % WINDOW == 0 and count:
            among = {"bool": {"filter": [self._query, {"term": {GROUPED: True}}]}}
            body = {"query": among, "size": 0, "aggs": {_GROUPS: _composite(after)}}
            answer = self._index.search(body)["aggregations"][_GROUPS]
            count, after = count + len(answer["buckets"]), answer.get("after_key")
            if not answer["buckets"]:
                break
        return count

    def _count(self, ids: Sequence[str]) -> int:
        """How many of some articles have a row of their own; of at most WINDOW articles."""
        if not ids or not all(map(_is_id, ids)):
            return 0
        some = {"bool": {"filter": [self._query, {"terms": {KEY: list(ids)}}]}}
        body: Query = {"query": some, "size": 0, "track_total_hits": True}
        if not self._order.group:
            return int(self._index.search(body)["hits"]["total"]["value"])
        named = {"terms": {"field": GROUP, "size": WINDOW}}
        body["aggs"] = {"among": {"filter": {"term": {GROUPED: True}}, "aggs": {_GROUPS: named}}}
        answer = self._index.search(body)
        among = answer["aggregations"]["among"]
        alone = int(answer["hits"]["total"]["value"]) - int(among["doc_count"])
        groups = [bucket["key"] for bucket in among[_GROUPS]["buckets"]]
        if not groups:
            return alone
        limited = {"bool": {"must": [self._query], "filter": [{"terms": {GROUP: groups}}]}}
        best = {
            "query": limited,
            "sort": _SORTS[self._order.sort],
            "size": len(groups),
            "collapse": {"field": GROUP},
            "_source": False,
        }
        hits = self._index.search(best, scored=self._scored)["hits"]["hits"]
        return alone + len({hit["_id"] for hit in hits}.intersection(ids))

    def _walked(self, stop: int) -> _Walk:
        if self._walk is None:
            self._walk = _Walk(self._index, self._query, self._order)
        self._walk.reach(stop)
        return self._walk


class _Walk:
    """All rows from the first on, as far as they were asked for: some sixteen bytes a row.

    They are gone through at a point in time, from the last one on, and near-duplicates are put under the
    first of their group here, as the server does not do it beyond its window.
    """

    def __init__(self, index: SharedIndex, query: Query, order: Order) -> None:
        self._index = index
        self._body: Query = {
            "query": query,
            "sort": _SORTS[order.sort],
            "size": _WALKED,
            "track_total_hits": False,
            "_source": [GROUP, GROUPED] if order.group else False,
        }
        self._grouped = order.group
        self._scored = order.sort == "relevance"
        self._keys = array("Q")
        self._scores = array("d")
        self._row_of_group: dict[int, int] = {}
        self._group_of_row: dict[int, str] = {}
        self._places: dict[int, int] = {}
        self._view: str | None = None
        self._last: list[Any] | None = None
        self._over = False

    def __len__(self) -> int:
        return len(self._keys)

    def places(self) -> dict[int, int]:
        """The rows by article."""
        for row in range(len(self._places), len(self._keys)):
            self._places[self._keys[row]] = row
        return self._places

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows [start, stop), as far as they were reached."""
        wanted = range(start, min(stop, len(self._keys)))
        members = self._members([self._group_of_row[at] for at in wanted if at in self._group_of_row])
        found = []
        for at in wanted:
            key = f"{self._keys[at]:016x}"
            others = [each for each in members.get(self._group_of_row.get(at, ""), ()) if each != key]
            found.append(Row(key, self._scores[at], tuple(others)))
        return found

    def _members(self, groups: Sequence[str]) -> dict[str, list[str]]:
        """The articles of some groups that match the query, in order."""
        found: dict[str, list[str]] = {}
        for start in range(0, len(groups), _WALKED):
            some = {"terms": {GROUP: list(groups[start : start + _WALKED])}}
            body = self._body | {
                "query": {"bool": {"must": [self._body["query"]], "filter": [some]}},
                "size": WINDOW,
            }
            for hit in self._index.search(body, scored=self._scored)["hits"]["hits"]:
                found.setdefault(hit["_source"][GROUP], []).append(hit["_id"])
        return found

    def reach(self, stop: int) -> None:
        """Go on until there are so many rows, or no more."""
        while len(self._keys) < stop and not self._over:
            hits = self._next()
            for hit in hits:
                self._take(hit)
            if len(hits) < _WALKED:
                self._over = True
                if self._view is not None:
                    self._index.close_view(self._view)

    def _next(self) -> Hits:
        for again in (True, False):
            if self._view is None:
                self._view = self._index.open_view()
            body = self._body | {"pit": {"id": self._view, "keep_alive": "5m"}}
            if self._last is not None:
                body["search_after"] = self._last
            try:
                hits: Hits = self._index.search(body, scored=self._scored)["hits"]["hits"]
            except ServerError as error:
                if error.status != 404 or not again:
                    raise
                self._view = None  # the server let it go, or the index has another in its place
                continue
            self._last = hits[-1]["sort"] if hits else self._last
            return hits
        raise AssertionError("unreachable")

    def _take(self, hit: dict[str, Any]) -> None:
        row = len(self._keys)
        if self._grouped and hit["_source"][GROUPED]:
            group = hit["_source"][GROUP]
            if self._row_of_group.setdefault(int(group, 16), row) != row:
                return
            self._group_of_row[row] = group
        self._keys.append(int(hit["_id"], 16))
        self._scores.append(_score(hit, scored=self._scored))


def _score(hit: dict[str, Any], *, scored: bool) -> float:
    return float(hit["sort"][0]) if scored else 0.0


def _composite(after: Any = None) -> Query:
    sources = [{"group": {"terms": {"field": GROUP}}}]
    return {"composite": {"size": WINDOW, "sources": sources, **({"after": after} if after else {})}}


def _is_id(text: str) -> bool:
    return len(text) == 16 and all(character in "0123456789abcdef" for character in text)
