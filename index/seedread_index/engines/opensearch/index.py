"""The indexes of one archive on a server: what is asked of them, and when they have changed."""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.transport.refusals import ServerError
from seedread_index.model.errors import ArchiveError, QueryError
from seedread_index.model.status import Indexer

Hits = list[dict[str, Any]]
Query = dict[str, Any]
_FRESH = 2.0
"""Seconds for which what is known of the indexers holds."""
_MOST_INDEXERS = 1_000
_ARTICLES_AT_ONCE = 2_000
"""Articles that are fetched at once where all are gone through."""
_TOO_MANY = ("too_many_clauses", "too_many_nested_clauses", "maxClauseCount", "Clauses")


class SharedIndex:
    """The indexes of an archive, asked by one reader; from any thread."""

    def __init__(self, connection: Connection, kept_here: Callable[[], object] | None = None) -> None:
        """`kept_here` gives something that changes with what the reader keeps of it on this machine."""
        self.connection = connection
        self._kept_here = kept_here or (lambda: None)
        self._here = self._kept_here()
        self.name = connection.address.name
        self._preference = uuid.uuid4().hex[:12]
        """Has the same copies of shards asked, whose scores are the same."""
        self._lock = threading.Lock()
        self._generation = 1
        self._looked = float("-inf")
        self._state: tuple[Any, ...] = ()

    def close(self) -> None:
        """Close what is open to the server."""
        self.connection.close()

    def open(self) -> None:
        """Look whether the archive is there and is of this version's layout. Raises ArchiveError."""
        alias = layout.articles_alias(self.name)
        found = self.connection.ask("GET", f"/{alias}/_mapping")
        here = layout.fingerprint()
        made: dict[str, Any] = next((each["mappings"].get("_meta", {}) for each in found.values()), {})
        if made.get("layout") != here:
            raise ArchiveError(
                f"the archive {self.name} was made for another version of seedread "
                f"(its layout is {made.get('layout')} of version {made.get('version')}; this one "
                f"reads {here})",
                "use the version that the indexers use, or publish the archive with this one",
            )

    # -- asking ------------------------------------------------------------------------------------------

    def search(self, body: Query, *, scored: bool = False, index: str | None = None) -> Any:
        """What a search answers. Raises ServerError, and QueryError for a query that is too long for it."""
        params: dict[str, Any] = {} if "pit" in body else {"preference": self._preference}
        if scored:
            params["search_type"] = "dfs_query_then_fetch"
        path = "/_search" if "pit" in body else f"/{index or layout.articles_alias(self.name)}/_search"
        try:
            return self.connection.ask("POST", path, body, params)
        except ServerError as error:
            if error.status == 400 and any(sign in error.message for sign in _TOO_MANY):
                raise QueryError("too many words in the query for the server", "use fewer words") from None
            raise

    def found(self, index: str, query: Query, size: int, sort: Sequence[Any] = (), **more: Any) -> Hits:
        """The first hits of a search in one of the other indexes; none where there is no such index."""
        body = {"query": query, "size": size, **({"sort": list(sort)} if sort else {}), **more}
        try:
            answer = self.search(body, index=index)
        except ServerError as error:
            if error.status == 404:
                return []
            raise
        hits: Hits = answer["hits"]["hits"]
        return hits

    def get(self, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
        """What is stored of articles by their ids; missing ones are left out."""
        if not ids:
            return {}
        source: Any = [f"{layout.ARTICLE}.*"] if fields is None else list(fields)
        body = {"ids": list(ids)}
        alias = layout.articles_alias(self.name)
        answer = self.connection.ask("POST", f"/{alias}/_mget", body, {"_source_includes": ",".join(source)})
        return {each["_id"]: each["_source"][layout.ARTICLE] for each in answer["docs"] if each.get("found")}

    def open_view(self) -> str:
        """A point in time, by its id, that holds for some minutes from each time that it is used."""
        alias = layout.articles_alias(self.name)
        answer = self.connection.ask(
            "POST",
            f"/{alias}/_search/point_in_time",
            params={"keep_alive": "5m", "preference": self._preference},
        )
        return str(answer["pit_id"])

    def close_view(self, view: str) -> None:
        """Let a point in time go; one that is gone already is as well."""
        with contextlib.suppress(ServerError):  # the server lets it go by itself in some minutes
            self.connection.ask("DELETE", "/_search/point_in_time", {"pit_id": [view]})

    def through(
        self, query: Query, fields: Sequence[str], *, patient: bool = False
    ) -> Iterator[dict[str, list[Any]]]:
        """Some fields of every article that matches a query, as indexed; `patient` is for indexers."""
        body: Query = {
            "query": {"bool": {"filter": [query]}},
            "size": _ARTICLES_AT_ONCE,
            "sort": [{layout.KEY: "asc"}],
            "track_total_hits": False,
            "_source": False,
            "docvalue_fields": list(fields),
        }
        place = f"/{layout.articles_alias(self.name)}/_search"
        while True:
            answer = self.connection.patiently("POST", place, body) if patient else self.search(body)
            hits = answer["hits"]["hits"]
            yield from (hit.get("fields", {}) for hit in hits)
            if len(hits) < _ARTICLES_AT_ONCE:
                return
            body["search_after"] = hits[-1]["sort"]

    def version(self) -> str:
        """The version of the server; "unknown" where it may not be asked."""
        try:
            return str(self.connection.ask("GET", "/")["version"]["number"])
        except (ServerError, KeyError, TypeError):
            return "unknown"

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the archive, in words: shards that answer nothing, as far as it may be asked."""
        alias = layout.articles_alias(self.name)
        try:
            health = self.connection.ask("GET", f"/_cluster/health/{alias}")
        except ServerError as error:
            if error.status == 403:  # a reader need not know
                return ()
            raise
        if health.get("status") == "red":
            return (f"{health.get('unassigned_shards', 0):,} shards of the archive are unavailable",)
        return ()

    # -- freshness ---------------------------------------------------------------------------------------

    def indexers(self) -> Hits:
        """What those who publish, and who links, say of themselves."""
        return self.found(layout.indexers_index(self.name), {"match_all": {}}, _MOST_INDEXERS)

    def freshness(self) -> tuple[Indexer, ...]:
        """The indexers by label, each with when it was last heard of."""
        said = (hit["_source"] for hit in self.indexers())
        return tuple(
            Indexer(each["label"], each["host"], each["at"], each["waiting"], each["articles"])
            for each in sorted(said, key=lambda each: str(each["label"]))
            if each["kind"] == "indexer"
        )

    def linked(self) -> object:
        """Something that changes with each linking, as of the last look at `generation`."""
        with self._lock:
            return dict(self._state).get("linker")

    def generation(self) -> int:
        """A number that grows when something was published, or linked, which is looked at once in some
        seconds; and with what the reader keeps here."""
        with self._lock:
            now = time.monotonic()
            if (here := self._kept_here()) != self._here:
                self._here = here
                self._generation += 1
            if now - self._looked >= _FRESH:
                state = tuple(
                    sorted((hit["_id"], hit["_source"].get("revision", 0)) for hit in self.indexers())
                )
                self._looked = now
                if state != self._state:
                    self._generation += bool(self._state)
                    self._state = state
            return self._generation
