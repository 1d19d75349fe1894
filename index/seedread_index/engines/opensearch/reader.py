"""What a search asks of a shared archive: articles that match a plan, counts, facets, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from seedread_index.engines.base import FacetCount, Facets, Order, Plan
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.articles import ServerArticles
from seedread_index.engines.opensearch.entities.mentions import ServerMentions
from seedread_index.engines.opensearch.index import Query, SharedIndex
from seedread_index.engines.opensearch.queries import Translator, heads_of, read_heads
from seedread_index.engines.opensearch.rows import ServerRows
from seedread_index.engines.opensearch.vocabulary import ServerVocabulary
from seedread_index.engines.query_ast import Everything
from seedread_index.model.article import NAMED_TYPES
from seedread_index.model.deadline import Deadline

_FIELDS = {
    "source": layout.BY_SOURCE,
    "author": layout.BY_AUTHOR,
    "lang": "lang",
    "year": layout.YEAR,
    "month": layout.MONTH,
}
_SPARE = 50
"""Names that are counted for each entity that is shown, as several may be of one."""
_LIKELY, _MUCH = 10, 4
"""Names for each entity that is shown whose entities are looked up first; the others are where an entity of
that many of them, all as frequent as the next name, could be shown."""
_SHARD_SIZE = 5_000


class ServerReader:
    """The archive as it is now; implements `engines.base.IndexReader`.

    Words of a question that stand together raise no article here (`Order.proximity`).
    """

    def __init__(
        self, index: SharedIndex, articles: ServerArticles, entities: ServerMentions, generation: int
    ) -> None:
        self.vocabulary = ServerVocabulary(index)
        self.generation = generation
        self._index = index
        self._articles = articles
        self._entities = entities
        self._translator = Translator(entities)

    def total(self) -> int:
        """How many articles can be found."""
        return self._counted({"match_all": {}}, None)

    def find(self, plan: Plan, order: Order, deadline: Deadline) -> ServerRows:
        """The articles that match a plan, in order."""
        if order.sort == "relevance" and isinstance(plan, Everything):
            order = Order("date", order.group)
        ranked = order.sort == "relevance"
        query = self._translator.exact_first(plan) if ranked else self._filter(plan)
        return ServerRows(self._index, query, order, deadline, self._articles.keep)

    def count(self, plan: Plan, deadline: Deadline) -> int:
        """How many articles match a plan, near-duplicates included."""
        return self._counted(self._filter(plan), deadline)

    def facets(self, plan: Plan, fields: Sequence[str], most: int, deadline: Deadline) -> Facets:
        """The `most` most frequent values of each field over all articles that match a plan.

        The deadline counts as passed where the server may have counted a value too low, or where it has names
        beyond those looked at that could make an entity as frequent as those given.
        """
        types = [kind.value for kind in NAMED_TYPES if kind.value in fields]
        query = self._filter(plan)
        aggregations: dict[str, Any] = {
            name: _values(name, field, most) for name, field in _FIELDS.items() if name in fields
        }
        aggregations |= {kind: heads_of(kind, most * _SPARE) for kind in types}
        answer = self._index.search({"query": query, "size": 0, "aggs": aggregations, "timeout": "10s"})
        found: dict[str, Sequence[FacetCount]] = {}
        for name in _FIELDS.keys() & set(fields):
            counted = answer["aggregations"][name]
            found[name] = [FacetCount(each["key"], int(each["doc_count"])) for each in counted["buckets"]]
            deadline.passed |= bool(counted["doc_count_error_upper_bound"])
        counts, whole = read_heads(answer["aggregations"], types)
        found |= self._entity_facets(query, counts, most)
        for kind in types:
            deadline.passed |= not whole[kind] and _may_lack(counts[kind], found[kind], most)
        deadline.passed |= bool(answer.get("timed_out"))
        return {name: found.get(name, []) for name in fields}

    def _entity_facets(
        self, query: Query, counts: Mapping[str, Counter[str]], most: int
    ) -> dict[str, list[FacetCount]]:
        """The most frequent entities of some types, from how often their names are.

        Entities of rarer names are looked up only where one of them could be among these.
        """
        ranked = {kind: of_kind.most_common() for kind, of_kind in counts.items()}
        few = most * _LIKELY
        left = max((each[few][1] for each in ranked.values() if len(each) > few), default=0)
        found: dict[str, list[FacetCount]] = {}
        for number, least in ((few, _MUCH * left), (None, 0)):
            some = {kind: Counter(dict(each[:number])) for kind, each in ranked.items() if kind not in found}
            for kind, of_kind in self._entities.counted(query, some).items() if some else ():
                best = sorted(of_kind.items(), key=lambda each: (-each[1], each[0]))[:most]
                if not least or (len(best) == most and best[-1][1] >= least):
                    found[kind] = [FacetCount(*each) for each in best if each[1]]
        return found

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""
        return self.vocabulary.terms(field, prefix, limit)

    def close(self) -> None:
        """Close what is open: nothing."""

    def _filter(self, plan: Plan) -> Query:
        return {"bool": {"filter": [self._translator.query(plan)]}}

    def _counted(self, query: Query, deadline: Deadline | None) -> int:
        body = {"query": query, "size": 0, "track_total_hits": True, "timeout": "10s"}
        answer = self._index.search(body)
        if answer.get("timed_out") and deadline is not None:
            deadline.passed = True
        return int(answer["hits"]["total"]["value"])


def _values(name: str, field: str, most: int) -> Query:
    newest = {"order": {"_key": "desc"}} if name in ("year", "month") else {}
    return {"terms": {"field": field, "size": most, "shard_size": _SHARD_SIZE, **newest}}


def _may_lack(names: Counter[str], shown: Sequence[FacetCount], most: int) -> bool:
    """Whether names that were not counted could make up an entity that is as frequent as the last shown."""
    least = min(names.values(), default=0)
    return len(shown) < most or 2 * least >= shown[-1].articles
