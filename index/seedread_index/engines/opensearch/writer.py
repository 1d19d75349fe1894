"""Writes an archive to a server: articles, words, and what those who publish say of themselves.

Everything goes by ids that follow from what it is, so that writing twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shlex import quote
from typing import Any

from seedread_index.engines.document import (
    ALL,
    AUTHOR,
    PATH,
    SECTION,
    SOURCE,
    URL,
    AnalyzedDocument,
    countable,
    index_terms,
)
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.documents import served, shared_id
from seedread_index.engines.opensearch.transport.connection import Action, Connection, Outcome
from seedread_index.engines.opensearch.transport.refusals import ServerError
from seedread_index.linking.shared_names import Names
from seedread_index.model.article import Article
from seedread_index.model.errors import ArchiveError
from seedread_index.text.tokenizer import is_unspaced

_BULK_BYTES = 4_000_000
"""Characters of documents that are sent at once."""
_WORDS_AT_ONCE = 2_000
_MOST_KNOWN = 1_000_000
"""Words that were sent and are remembered; their counts are sent when all is done."""
_PIECE = 1_000
_EXISTS = ("resource_already_exists_exception",)
_COUNT_MORE = "ctx._source.articles += params.articles"
_FIELDS = (SOURCE, AUTHOR, SECTION, PATH, URL)

Word = tuple[str, str]
"""A field and a word of it."""
Representatives = Mapping[str, str]
"""Near-duplicates: from an article's id to the id of the article that its group goes by, its own included."""


class ArchiveWriter:
    """The indexes of an archive, for one indexer. Raises ServerError; ArchiveError for refused articles."""

    def __init__(self, connection: Connection, label: str, *, version: str = "") -> None:
        self._connection = connection
        self.name = connection.address.name
        self.label = label
        self._version = version
        self._known: set[Word] = set()
        self._others: set[Word] = set()
        self._counts: Counter[Word] = Counter()

    @property
    def articles_index(self) -> str:
        """The index that is written to: the one of this version's layout."""
        return layout.articles_index(self.name)

    def prepare(self, shards: int = layout.SHARDS) -> None:
        """Make the indexes that are not there yet, that of articles in so many parts; the first is read."""
        made = {"layout": layout.fingerprint(), "version": self._version}
        articles = {"settings": layout.settings(shards=shards), "mappings": layout.ARTICLES | {"_meta": made}}
        self._create(self.articles_index, articles)
        for index, mapping in (
            (layout.words_index(self.name), layout.WORDS),
            (layout.entities_index(self.name), layout.ENTITIES),
            (layout.indexers_index(self.name), layout.INDEXERS),
            (layout.corrections_index(self.name), layout.CORRECTIONS),
        ):
            self._create(index, {"settings": layout.small_settings(), "mappings": mapping})
        if not self._read():
            self._connection.patiently(
                "PUT", f"/{self.articles_index}/_alias/{layout.articles_alias(self.name)}"
            )

    def put(self, articles: Sequence[tuple[Article, Any, Names]], representatives: Representatives) -> None:
        """Put articles, each with its document and names, in the place of what has their ids."""
        self._known_again()
        fresh: Counter[Word] = Counter()
        batch: list[Action] = []
        size = 0
        for article, document, names in articles:
            source, parts = served(article, document, names, self.label, representatives.get(article.id))
            fresh.update(_words(parts))
            batch.append(({"index": {"_id": source[layout.KEY]}}, source))
            size += 4 * len(article.text)
            if size > _BULK_BYTES:
                self._send(batch)
                batch, size = [], 0
        self._send(batch)
        # A word is on the server before its articles count as published.
        new = {word: fresh.pop(word) for word in list(fresh) if word not in self._known}
        self._make_words(new)
        self._known.update(new)
        self._counts.update(fresh)

    def drop(self, ids: Iterable[str]) -> None:
        """Delete articles, by their ids in the indexer's archive."""
        self.drop_keys(shared_id(self.label, each) for each in ids)

    def drop_keys(self, keys: Iterable[str], index: str | None = None) -> None:
        """Delete articles by their ids on the server, in the index of this layout or another."""
        wanted = list(keys)
        for start in range(0, len(wanted), _PIECE):
            actions: list[Action] = [
                ({"delete": {"_id": each}}, None) for each in wanted[start : start + _PIECE]
            ]
            self._connection.bulk(index or self.articles_index, actions)

    def retire(self) -> int:
        """Delete the articles of this label, in whatever layout, and what its indexer said of itself.

        How many articles readers lose. An index of another layout that waited for it alone is switched to.
        """
        beat = f"/{layout.indexers_index(self.name)}/_doc/{_digest(self.label)}"
        known = self._connection.ask("GET", beat, missing={}).get("found", False)
        lost = 0
        for index in self._layouts():
            keys = list(self.published(index))
            self.drop_keys(keys, index)
            self._connection.patiently("POST", f"/{index}/_refresh")
            lost = max(lost, len(keys))
        if not known and not lost:
            status = f"seedread status -C {quote(str(self._connection.address))}"
            raise ArchiveError(f"nothing is published as {self.label}", f"{status} lists the labels")
        self._connection.ask("DELETE", beat, params={"refresh": "true"}, missing={})
        self._switch()
        return lost

    def published(self, index: str | None = None) -> Iterator[str]:
        """The ids on the server of all articles of this label, in the index of this layout or another."""
        index = index or self.articles_index
        self._connection.patiently("POST", f"/{index}/_refresh")
        last: dict[str, Any] = {}
        while True:
            body = {
                "query": {"term": {layout.LABEL: self.label}},
                "sort": [{layout.KEY: "asc"}],
                "size": layout.WINDOW,
                "_source": False,
                **last,
            }
            hits = self._connection.patiently("POST", f"/{index}/_search", body)["hits"]["hits"]
            yield from (hit["_id"] for hit in hits)
            if len(hits) < layout.WINDOW:
                return
            last = {"search_after": hits[-1]["sort"]}

    def finish(self, *, articles: int, waiting: int, revision: int, at: str, complete: bool) -> None:
        """Have what was sent be seen, say how far this indexer is; switch to an index that all filled."""
        if complete:
            self._count_words()
        self.refresh()
        state = {
            layout.LABEL: self.label,
            "kind": "indexer",
            "host": socket.gethostname(),
            "at": at,
            "articles": articles,
            "waiting": waiting,
            "revision": revision,
            "layout": layout.fingerprint(),
            "complete": complete,
        }
        beat = f"/{layout.indexers_index(self.name)}/_doc/{_digest(self.label)}"
        self._connection.patiently("PUT", beat, state, {"refresh": "true"})
        if complete:
            self._switch()

    def is_empty(self) -> bool:
        """Whether the server has no article of this label."""
        self.refresh()
        body = {"query": {"term": {layout.LABEL: self.label}}, "size": 0, "terminate_after": 1}
        found = self._connection.patiently("POST", f"/{self.articles_index}/_search", body)
        return not found["hits"]["total"]["value"]

    def refresh(self) -> None:
        """Have readers see what was written."""
        indexes = f"{self.articles_index},{layout.words_index(self.name)}"
        self._connection.patiently("POST", f"/{indexes}/_refresh")

    # -- inside ------------------------------------------------------------------------------------------

    def _create(self, index: str, body: dict[str, Any]) -> None:
        try:
            self._connection.patiently("PUT", f"/{index}", body)
        except ServerError as error:
            if not any(sign in error.message for sign in _EXISTS):
                raise

    def _read(self) -> list[str]:
        """The indexes that readers see."""
        alias = layout.articles_alias(self.name)
        found = self._connection.ask("GET", f"/_alias/{alias}", missing={})
        return [index for index in found if index.startswith(alias)]

    def _layouts(self) -> list[str]:
        """The indexes of articles of all layouts that are there."""
        name = re.compile(re.escape(layout.articles_alias(self.name)) + "-[0-9a-f]{10}")
        found = self._connection.ask("GET", f"/{layout.articles_alias(self.name)}-*/_mapping", missing={})
        return [index for index in found if name.fullmatch(index)]

    def _switch(self) -> None:
        """Have readers see the index of this layout once every indexer has filled it; drop the old ones."""
        alias = layout.articles_alias(self.name)
        old = [index for index in self._read() if index != self.articles_index]
        if not old:
            return
        body = {"query": {"term": {"kind": "indexer"}}, "size": _PIECE}
        hits = self._connection.patiently("POST", f"/{layout.indexers_index(self.name)}/_search", body)
        states = [hit["_source"] for hit in hits["hits"]["hits"]]
        here = [each["complete"] and each["layout"] == layout.fingerprint() for each in states]
        if not here or not all(here):
            return
        actions = [{"add": {"index": self.articles_index, "alias": alias}}]
        actions += [{"remove_index": {"index": index}} for index in old]
        self._connection.patiently("POST", "/_aliases", {"actions": actions})

    def _send(self, batch: Sequence[Action]) -> None:
        if batch and (refused := self._connection.bulk(self.articles_index, batch).refused):
            raise ArchiveError(
                f"the server refused {len(refused):,} articles: {refused[0]}",
                "earlier articles stay published; see the server's log",
            )

    def _make_words(self, counts: Mapping[Word, int]) -> None:
        """Put words that this indexer has not sent; what others have put is counted when all is done."""
        words = sorted(counts)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            some = {_id_of(each): each for each in words[start : start + _WORDS_AT_ONCE]}
            made: list[Action] = [
                ({"create": {"_id": each}}, _document(word, counts[word])) for each, word in some.items()
            ]
            there = {some[each] for each in self._words(made).there}
            self._others |= there
            self._counts.update({word: counts[word] for word in some.values()})

    def _count_words(self) -> None:
        """Send how many articles have words: of its own words the number, of others what is to be added."""
        words = sorted(word for word, count in self._counts.items() if count > 1 or word in self._others)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            actions: list[Action] = []
            for word in words[start : start + _WORDS_AT_ONCE]:
                count = self._counts[word]
                if word in self._others:
                    script = {"source": _COUNT_MORE, "params": {"articles": count}}
                    line = {"update": {"_id": _id_of(word), "retry_on_conflict": 5}}
                    actions.append((line, {"script": script, "upsert": _document(word, count)}))
                else:
                    actions.append(({"index": {"_id": _id_of(word)}}, _document(word, count)))
            self._words(actions)
        for word in words:
            if word in self._others:
                del self._counts[word]

    def _words(self, actions: list[Action]) -> Outcome:
        outcome = self._connection.bulk(layout.words_index(self.name), actions)
        if outcome.refused:
            raise ArchiveError(f"the server refused words: {outcome.refused[0]}", "see the server's log")
        return outcome

    def _known_again(self) -> None:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
            self._others.clear()
            self._counts.clear()


def _words(parts: AnalyzedDocument) -> Iterator[Word]:
    """What of a document can be completed and matched by patterns, with the field of each word."""
    for word in countable(Counter(parts.words)):
        yield ALL, layout.keyword(word)
    for form in parts.positions[ALL]:
        if is_unspaced(form):
            yield layout.UNSPACED, layout.keyword(form)
    for field in _FIELDS:
        for term in index_terms(parts.positions[field]):
            yield field, layout.keyword(term)


def _id_of(word: Word) -> str:
    return _digest("\0".join(word))


def _document(word: Word, articles: int) -> dict[str, Any]:
    return {"field": word[0], "word": word[1], "length": len(word[1]), "articles": articles}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
