"""The network of entities that are named in the same articles: pairs with weights and dates, and GraphML."""

from __future__ import annotations

import heapq
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from seedread_index.model.entity import Entity

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("node", "name", "string"),
    ("node", "type", "string"),
    ("node", "articles", "int"),
    ("edge", "weight", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
)
_MOST_NAMED = 1_000
"""Of an article that names more, a list of names rather than a story, no pairs are counted."""
_SHIFT = 32


@dataclass(frozen=True, slots=True)
class EntityPair:
    """Two entities that articles name together; `first` and `last` are days of such articles, YYYY-MM-DD."""

    a: Entity
    b: Entity
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair by the numbers of its entities, in how many articles it stands, and on what days."""

    a: int
    b: int
    articles: int
    first: str | None
    last: str | None


def count_pairs(
    named: Iterable[tuple[int, Sequence[int]]],
    dates: Mapping[int, str | None],
    *,
    one: int | None = None,
    least: int = 1,
    most: int | None = None,
    bound: int = sys.maxsize,
) -> list[PairCount]:
    """The pairs in at least `least` articles, most first; more than `most` where the last are in as many.

    `named` are the articles, each with the numbers of the entities in it, rising; with `one`, only pairs
    with that. `dates` are the days of the articles, each looked up when its article comes. Raises
    OverflowError beyond `bound` pairs.
    """
    counts: Counter[int] = Counter()
    days: dict[int, tuple[str, str]] = {}
    for article, entities in named:
        if len(entities) > _MOST_NAMED or (one is not None and one not in entities):
            continue
        if one is None:
            pairs = [a << _SHIFT | b for a, b in combinations(entities, 2)]
        else:
            pairs = [min(one, b) << _SHIFT | max(one, b) for b in entities if b != one]
        counts.update(pairs)
        if len(counts) > bound:
            raise OverflowError
        if day := dates.get(article):
            for pair in pairs:
                first, last = days.get(pair, (day, day))
                days[pair] = min(first, day), max(last, day)
    enough = [pair for pair, articles in counts.items() if articles >= least]
    if most is not None and most < len(enough):
        fewest = heapq.nlargest(most, map(counts.__getitem__, enough))[-1]
        enough = [pair for pair in enough if counts[pair] >= fewest]
    chosen = sorted(enough, key=lambda pair: (-counts[pair], pair))
    return [
        PairCount(pair >> _SHIFT, pair & (1 << _SHIFT) - 1, counts[pair], *days.get(pair, (None, None)))
        for pair in chosen
    ]


def in_order(pairs: Iterable[EntityPair], most: int | None) -> list[EntityPair]:
    """The `most` first of some pairs: most articles first, then by names; the more frequent entity stands
    first in each."""
    found = (replace(p, a=p.b, b=p.a) if _place(p.b) < _place(p.a) else p for p in pairs)
    return sorted(found, key=lambda each: (-each.articles, *_place(each.a), *_place(each.b)))[:most]


def _place(entity: Entity) -> tuple[int, str, str]:
    return -entity.articles, entity.name, entity.id


def graphml(pairs: Iterable[EntityPair]) -> str:
    """The pairs as an undirected graph in GraphML, as networkx and Gephi read it."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}graphml")
    for index, (kind, name, of_type) in enumerate(_KEYS):
        attributes = {"id": f"d{index}", "for": kind, "attr.name": name, "attr.type": of_type}
        ET.SubElement(root, f"{{{_NAMESPACE}}}key", attributes)
    graph = ET.SubElement(root, f"{{{_NAMESPACE}}}graph", {"id": "names", "edgedefault": "undirected"})
    listed = list(pairs)
    for entity in {each.id: each for pair in listed for each in (pair.a, pair.b)}.values():
        node = ET.SubElement(graph, f"{{{_NAMESPACE}}}node", {"id": entity.id})
        _data(node, 0, (entity.name, entity.type.value, entity.articles))
    for pair in listed:
        ends = {"source": pair.a.id, "target": pair.b.id}
        _data(ET.SubElement(graph, f"{{{_NAMESPACE}}}edge", ends), 3, (pair.articles, pair.first, pair.last))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _data(parent: ET.Element, key: int, values: Iterable[object]) -> None:
    for index, value in enumerate(values, key):
        if value is not None:
            ET.SubElement(parent, f"{{{_NAMESPACE}}}data", {"key": f"d{index}"}).text = str(value)
