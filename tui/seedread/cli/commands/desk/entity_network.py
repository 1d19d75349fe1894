"""Who is named with whom, and where: `entities` with --pairs, --with and --articles."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from seedread.analysis.counts import entities_in
from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.export.graph import EntityPair, graphml
from seedread_index.model.article import NAMED_TYPES
from seedread_index.model.entity import CoMention, Entity

PAIR_COLUMNS = ("source", "target", "weight", "first", "last")
PAIR_FIELDS = (*PAIR_COLUMNS, "a", "b", "articles")
WITH_COLUMNS = ("name", "type", "together", "articles", "mentions", "id")
_ENTITIES = 50
_BATCH = 200


def add_network(parser: Parser) -> None:
    """Declare the options."""
    group = parser.add_argument_group("together").add_mutually_exclusive_group()
    group.add_argument(
        "--with", dest="with_", metavar="NAME", help="list who and what appears in articles with NAME"
    )
    group.add_argument("--pairs", action="store_true", help="list pairs that appear in the same articles")
    group.add_argument(
        "--articles",
        action="store_true",
        help=f"print a table of articles by entities (the first -n entities; default: {_ENTITIES})",
    )
    parser.add_argument(
        "--graphml", action="store_true", help="write the pairs as a graph, for Gephi or networkx"
    )
    parser.add_argument(
        "--least",
        type=shared.whole_number(1, shared.MAX_ROWS, "articles"),
        default=1,
        metavar="N",
        help="only pairs that share N articles or more (default: 1)",
    )


def network_requested(options: argparse.Namespace) -> bool:
    """Whether one of the options asks for something else than a list of entities."""
    return bool(options.pairs or options.with_ is not None or options.articles or options.graphml)


def run_network(context: Context) -> int:
    """Print what the options ask for. Raises UsageError."""
    options = context.options
    if options.words:
        raise UsageError(
            f"unexpected argument: {safe(options.words[0])}", "use --with NAME for the pairs of one entity"
        )
    if options.graphml and (options.with_ is not None or options.articles):
        raise UsageError("--graphml works with --pairs only", "remove the other option")
    with open_archive(context) as archive:
        if options.articles:
            return _articles(context, archive)
        if options.with_ is not None:
            return _with(context, archive, options.with_)
        pairs = archive.entity_pairs(types=options.type, least=options.least, most=options.limit or None)
        if options.graphml:
            context.out.line(graphml(pairs), end="")
            return FOUND if pairs else NOTHING
        return _pairs(context, pairs)


def _pairs(context: Context, pairs: Sequence[EntityPair]) -> int:
    records = Records(context, PAIR_COLUMNS, PAIR_FIELDS, head="together  names")
    types: dict[str, set[str]] = {}
    for each in pairs:
        for entity in (each.a, each.b):
            types.setdefault(entity.name, set()).add(entity.type.value)
    for pair in pairs:
        a, b = (
            f"{entity.name} ({entity.type.value})" if len(types[entity.name]) > 1 else entity.name
            for entity in (pair.a, pair.b)
        )
        record = {
            "schema": json_shapes.SCHEMA,
            "a": pair.a.id,
            "b": pair.b.id,
            "articles": pair.articles,
            "first": pair.first,
            "last": pair.last,
            "source": a,
            "target": b,
            "weight": pair.articles,
        }
        records.write(record, partial(_pair_lines, record))
    if not pairs:
        context.messages.info("no two entities appear together")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "pairs": rows})
    return FOUND if pairs else NOTHING


def _pair_lines(record: json_shapes.Shape) -> Iterator[str]:
    yield f"{record['weight']:>8,}  {safe(record['source'])} — {safe(record['target'])}"


def _with(context: Context, archive: Archive, name: str) -> int:
    entity = archive.entity(name)
    if entity is None:
        kinds = context.options.type or NAMED_TYPES
        called = archive.entities_called(name, kinds) or archive.entities(types=kinds, filter=name, limit=1)
        entity = called[0] if called else None
    if entity is None:
        context.messages.warning(f"no such name: {safe(name)} (seedread entities lists all)")
        return NOTHING
    context.messages.info(f"{entity.name} ({entity.type}), in {entity.articles:,} articles")
    fields = (*WITH_COLUMNS, "aliases", "first", "last")
    records = Records(context, WITH_COLUMNS, fields, head="together  type    name")
    wanted = context.options.type
    found: Iterable[CoMention] = archive.co_mentions(entity.id, -1)
    found = (each for each in found if wanted is None or each.entity.type in wanted)
    found = (each for each in found if each.articles >= context.options.least)
    for each in islice(found, context.options.limit or None):
        record = json_shapes.entity(each.entity) | {"together": each.articles}
        records.write(record, partial(_with_lines, record))
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "entities": rows})
    return FOUND if records.written else NOTHING


def _with_lines(record: json_shapes.Shape) -> Iterator[str]:
    yield f"{record['together']:>8,}  {record['type']:<6}  {safe(record['name'])}"


def _articles(context: Context, archive: Archive) -> int:
    """A row an article, a column an entity, and in the cells how often it is mentioned where it counts."""
    options = context.options
    limit = _ENTITIES if options.limit is None else options.limit or None
    entities = archive.entities(types=options.type, sort=options.sort, limit=limit)
    columns = ["path", "date", *_headings(entities)]
    at = {entity.id: heading for entity, heading in zip(entities, columns[2:], strict=True)}
    records = Records(context, columns, [*columns, "id"])
    ids = archive.ids()
    for start in range(0, len(ids), _BATCH):
        for article in archive.articles(ids[start : start + _BATCH]):
            counts = Counter({each: n for each, n in entities_in(article).items() if each in at})
            if not counts:
                continue
            day = article.date.isoformat() if article.date else None
            record: json_shapes.Shape = {
                "schema": json_shapes.SCHEMA,
                "id": article.id,
                "path": article.path,
                "date": day,
            }
            if records.nested:
                record["entities"] = [
                    {"id": each.id, "name": each.name, "type": each.type.value, "mentions": counts[each.id]}
                    for each in entities
                    if counts[each.id]
                ]
            else:
                record |= {heading: counts[identity] for identity, heading in at.items()}
            records.write(record, partial(_article_lines, record, at))
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "articles": rows})
    return FOUND if records.written else NOTHING


def _headings(entities: Sequence[Entity]) -> list[str]:
    """The names of columns: with the type where two entities have one name."""
    names = Counter(entity.name for entity in entities)
    return [f"{each.name} ({each.type.value})" if names[each.name] > 1 else each.name for each in entities]


def _article_lines(record: json_shapes.Shape, at: dict[str, str]) -> Iterator[str]:
    names = ", ".join(f"{safe(h)} {record[h]}" for h in at.values() if record[h])
    yield f"{record['date'] or '-' * 10}  {safe(record['path'])}  {names}"
