"""Translates the plans of the engines' contract for OpenSearch and compares what is found with Whoosh.

python benchmarks/opensearch_plans.py URL [DATA]    (http://127.0.0.1:9200; DATA adds the articles of news1k)

A check that the protocol of `engines.base` carries a server: documents are sent as the analyzed terms that
every engine is fed, plans as queries of OpenSearch, and the answers are compared by id: result sets, counts,
orders by date and path, groups, facets. Nothing of it is part of the program.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.index.search.conftest import Shelf
from tests.index.search.test_engines import PEOPLE, made, queries

from seedread_index.archive import Archive
from seedread_index.engines.base import AllOf, AnyOf, Entities, Plan, Terms, Within, Without
from seedread_index.engines.document import (
    ALL,
    HIDDEN,
    LANG,
    TITLE,
    AnalyzedDocument,
    Document,
    analyze,
    document_of,
    index_terms,
)
from seedread_index.engines.query_ast import Dates
from seedread_index.engines.tantivy.queries import BODY, FILLER, TEXTS
from seedread_index.engines.whoosh.engine import WhooshEngine
from seedread_index.model.article import EntityType
from seedread_index.model.deadline import unlimited
from seedread_index.model.entity import Entity
from seedread_index.search.query.parser import parse
from seedread_index.search.query.planner import Planner

Query = dict[str, Any]
KEYWORDS = (LANG, "id", "entities", "group", "by_path", "by_source")
SCORED = (ALL, TITLE, BODY, HIDDEN)
TITLE_WEIGHT = 0.25
MOST = 10_000
"""Rows that OpenSearch gives at once; enough for these archives."""

INDEX: Query = {
    "settings": {
        "number_of_shards": 2,
        "number_of_replicas": 1,
        "max_terms_count": 1_000_000,
        "similarity": {"default": {"type": "BM25", "k1": 0.9, "b": 0.4}},
        "analysis": {
            "filter": {
                "gaps": {"type": "stop", "stopwords": [FILLER]},
                "forms": {"type": "pattern_capture", "patterns": ["([^|]+)"], "preserve_original": False},
            },
            "analyzer": {
                "terms": {"type": "custom", "tokenizer": "blanks", "filter": ["gaps", "forms"]},
                "plain": {"type": "custom", "tokenizer": "blanks"},
            },
            "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 100_000}},
        },
    },
    "mappings": {
        "dynamic": False,
        "properties": {
            **{name: {"type": "text", "analyzer": "terms", "search_analyzer": "plain"} for name in TEXTS},
            **{name: {"type": "keyword"} for name in KEYWORDS},
            "day": {"type": "integer"},
        },
    },
}


# -- documents ---------------------------------------------------------------------------------------------


def line_of(positions: Mapping[str, Sequence[int]], first: int = 0, last: int | None = None) -> str:
    """The terms of a field joined by blanks, those of one position by bars, positions without one filled."""
    at_each: dict[int, list[str]] = {}
    for term, places in positions.items():
        for at in places:
            if at >= first and (last is None or at < last):
                at_each.setdefault(at, []).append(term)
    return " ".join("|".join(at_each.get(at, [FILLER])) for at in range(max(at_each, default=-1) + 1))


def fed(parts: AnalyzedDocument, document: Document, entities: Sequence[str], group: str) -> Query:
    """An analyzed document as OpenSearch takes it."""
    terms = {name: index_terms(places) for name, places in parts.positions.items()}
    return {
        **{name: line_of(terms[name]) for name in TEXTS if name != BODY},
        BODY: line_of(terms[ALL], parts.head, parts.size),
        LANG: parts.lang,
        "day": parts.day,
        "id": parts.id,
        "entities": list(entities),
        "group": group,
        "by_path": document.path,
        "by_source": document.source,
    }


# -- plans -------------------------------------------------------------------------------------------------


def translated(plan: Plan, name: str = ALL) -> Query:
    """The query of a plan whose plain words are looked for in a field."""
    match plan:
        case AllOf(parts):
            return all_of(parts, name)
        case AnyOf(parts):
            return {"bool": {"should": [translated(part, name) for part in parts], "minimum_should_match": 1}}
        case Without():
            return all_of((plan,), name)
        case Within(other, part):
            return translated(part, other)
        case Terms():
            return terms_query(plan, name)
        case Entities(ids):
            return constant({"terms": {"entities": list(ids)}})
        case Dates(first, last):
            low, high = (first or dt.date.min).toordinal(), (last or dt.date.max).toordinal()
            return constant({"range": {"day": {"gte": low, "lte": high}}})
        case _:
            return constant({"match_all": {}})


def constant(query: Query) -> Query:
    """A query that is worth nothing."""
    return {"constant_score": {"filter": query, "boost": 0.0}}


def all_of(parts: Sequence[Plan], name: str) -> Query:
    """All of the parts, those among them that exclude something turned round."""
    wanted = [translated(part, name) for part in parts if not isinstance(part, Without)]
    unwanted = [translated(part.part, name) for part in parts if isinstance(part, Without)]
    return {"bool": {"must": wanted or [constant({"match_all": {}})], "must_not": unwanted}}


def terms_query(plan: Terms, name: str) -> Query:
    """Terms of a field: one of them, a phrase, or some near each other, worth what the terms are alone."""
    chosen = name if plan.field in (None, BODY) else plan.field
    if plan.field == BODY and name == ALL:
        chosen = BODY
    assert chosen is not None
    if not plan.slots or not all(plan.slots):
        return constant({"match_none": {}})
    alone = [any_term(chosen, slot) for slot in plan.slots]
    must = alone if chosen in SCORED else [constant(each) for each in alone]
    if len(plan.slots) > 1 and chosen != LANG:
        must = [*must, constant({"intervals": {chosen: placed(plan)}})]
    more = [any_term(TITLE, slot, TITLE_WEIGHT) for slot in plan.slots]
    titles = more if chosen == ALL and plan.field is None else []
    return {"bool": {"must": must, "should": titles}}


def any_term(name: str, terms: Iterable[str], boost: float = 1.0) -> Query:
    """What has any of some terms, worth the sum of those that it has."""
    each: list[Query] = [{"term": {name: {"value": term, "boost": boost}}} for term in sorted(terms)]
    return each[0] if len(each) == 1 else {"bool": {"should": each, "minimum_should_match": 1}}


def placed(plan: Terms) -> Query:
    """The intervals in which the slots of a plan stand: after each other, or in any order.

    `max_gaps` counts what lies between the parts of a window, so a term wanted twice, which is a part of its
    own, would widen it: the width is asked of each window instead.
    """
    if plan.slop is None:
        slots = [one_of(each) for each in plan.slots]
        return {"all_of": {"ordered": True, "max_gaps": 0, "intervals": slots}}
    parts = []
    for slot in dict.fromkeys(plan.slots):
        count = plan.slots.count(slot)
        again = {"all_of": {"ordered": True, "intervals": [one_of(slot)] * count}}
        parts.append(again if count > 1 else one_of(slot))
    width = f"interval.end - interval.start < {len(plan.slots) + plan.slop}"
    return {"all_of": {"ordered": False, "intervals": parts, "filter": {"script": {"source": width}}}}


def one_of(terms: Iterable[str]) -> Query:
    """The interval of any of some terms."""
    each: list[Query] = [{"match": {"query": term, "max_gaps": 0, "ordered": True}} for term in sorted(terms)]
    return each[0] if len(each) == 1 else {"any_of": {"intervals": each}}


# -- the server --------------------------------------------------------------------------------------------


@dataclass
class Server:
    """An index of one archive on a server."""

    url: str
    name: str
    differing: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Any = None, *, lines: bool = False) -> Any:
        """The answer to a request; a server's refusal is shown whole."""
        data = body.encode() if lines else json.dumps(body).encode() if body is not None else None
        kind = "application/x-ndjson" if lines else "application/json"
        request = urllib.request.Request(
            f"{self.url}/{path}", data, {"Content-Type": kind} if data else {}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()[:2000]}") from error

    def build(self, documents: Iterable[Query]) -> None:
        """Make the index anew of some documents."""
        self.ask("DELETE", f"{self.name}?ignore_unavailable=true")
        self.ask("PUT", self.name, INDEX)
        lines: list[str] = []
        for document in documents:
            lines += [json.dumps({"index": {"_id": document["id"]}}), json.dumps(document)]
        answer = self.ask("POST", f"{self.name}/_bulk?refresh=true", "\n".join(lines) + "\n", lines=True)
        assert not answer["errors"], answer

    def search(self, query: Query, **more: Any) -> Any:
        """The answer to a search."""
        body = {"query": query, "size": MOST, "_source": False, "track_total_hits": True, **more}
        return self.ask("POST", f"{self.name}/_search?search_type=dfs_query_then_fetch", body)

    def ids(self, query: Query, **more: Any) -> list[str]:
        """The ids that a search finds, in order."""
        return [hit["_id"] for hit in self.search(query, **more)["hits"]["hits"]]


ORDERS: dict[str, list[Any]] = {
    "date": [{"day": "desc"}, {"by_path": "asc"}],
    "path": [{"by_path": "asc"}],
}


def compare(server: Server, shelf: Shelf, asked: Iterable[tuple[str, str]]) -> None:
    """Print how often a server answers a query as Whoosh does, by kind."""
    same: dict[str, list[bool]] = {}
    shared: list[float] = []
    checks = {name: [0, 0] for name in ("count", "date", "path", "groups", "facets")}
    for kind, query in asked:
        results = shelf.search(query, group=False)
        with shelf.searcher._looking() as opened:
            plan = Planner(opened.reader, shelf.mentions, unlimited()).plan(parse(query))
        wanted = results.ids()
        asked_query = translated(plan)
        by_source = {"terms": {"field": "by_source", "size": 100}}
        answer = server.search(asked_query, aggs={"by_source": by_source})
        found = [hit["_id"] for hit in answer["hits"]["hits"]]
        same.setdefault(kind, []).append(set(found) == set(wanted))
        if set(found) != set(wanted):
            server.differing.append(query)
            continue
        if wanted:
            shared.append(len(set(wanted[:10]) & set(found[:10])) * 10 / len(wanted[:10]))
        buckets = answer["aggregations"]["by_source"]["buckets"]
        sources = {each["key"]: each["doc_count"] for each in buckets}
        counted = shelf.searcher.facets(results).sources
        grouped = shelf.search(query)
        held = {
            "count": answer["hits"]["total"]["value"] == results.total,
            "groups": len(server.ids(asked_query, collapse={"field": "group"})) == grouped.total,
            "facets": sources == {each.label: each.articles for each in counted},
        }
        for sort, keys in ORDERS.items():
            in_order = shelf.search(query, sort=sort, group=False).ids()
            held[sort] = server.ids(asked_query, sort=keys) == in_order
        for name, right in held.items():
            checks[name][0] += right
            checks[name][1] += 1
    for kind, each in same.items():
        print(f"  {kind:8} {sum(each)} of {len(each)} equal")
    print("  " + ", ".join(f"{name} {right} of {every}" for name, (right, every) in checks.items()))
    print(f"  of the first ten {sum(shared) / max(len(shared), 1):.1f} shared")
    for query in server.differing[:20]:
        print(f"  differs: {query}")


# -- the archives ------------------------------------------------------------------------------------------


def documents(shelf: Shelf) -> Iterable[Query]:
    """The documents of a shelf with what its catalogue and mentions know."""
    numbers = shelf.catalogue.numbers(shelf.catalogue.kept)
    for each, article in shelf.catalogue.kept.items():
        document = document_of(article)
        named = {mention.entity for mention in shelf.mentions.mentions(numbers[each]) if mention.entity}
        group = shelf.catalogue.representatives.get(each, each)
        yield fed(analyze(document), document, sorted(named), group)


def main(url: str, data: str | None = None) -> int:
    """Compare on the articles of the contract and, where DATA is given, on those of news1k."""
    people = [Entity(f"e{at}", name, EntityType.PERSON, 1, 1, (), ()) for at, name in enumerate(PEOPLE)]
    asked = list(queries(random.Random(7)))
    with tempfile.TemporaryDirectory(prefix="seedread-opensearch-") as folder:
        shelf = Shelf.of(Path(folder, "made"), WhooshEngine())
        chance = random.Random(11)
        shelf.mentions.named = people
        shelf.put(*(made(chance, number) for number in range(200)))
        ids = sorted(shelf.catalogue.kept)
        shelf.catalogue.representatives = {ids[at + 1]: ids[at] for at in range(0, 60, 6)}
        shelf.catalogue.commits += 1
        shelves = {"made": (shelf, asked)}
        if data is not None:
            archive = Archive.open([Path(data, "news1k", "txt")], cache_root=Path(folder, "c"))
            archive.sync()
            real = Shelf.of(Path(folder, "news"), WhooshEngine())
            found = [archive.article(each) for each in archive.search("").ids()]
            real.put(*(article for article in found if article))
            archive.close()
            shelves["news1k"] = (real, [each for each in asked if each[0] != "entity"])
        for name, (each_shelf, each_asked) in shelves.items():
            server = Server(url.rstrip("/"), f"seedread-{name}")
            server.build(documents(each_shelf))
            print(f"{name}: {len(each_shelf.catalogue.kept)} articles, {len(each_asked)} queries")
            compare(server, each_shelf, each_asked)
            each_shelf.searcher.close()
    return 0


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
