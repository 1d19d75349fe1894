"""`seedread related`: find articles on the same subject, and say why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import named
from seedread.cli.commands.search import COLUMNS as HIT_COLUMNS
from seedread.cli.commands.show import roots_of
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive

EPILOG = """\
  seedread related seeds/003_*.txt
  seedread related 3f1c2a --jsonl | jq .because
Compares rare words and names; near-duplicates of the article are left out."""

COLUMNS = (*HIT_COLUMNS, "words", "names")
_SHOWN = 20


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH|ID", "the path or id of an article")
    shared.add_archive(parser)
    shared.add_output(parser)
    parser.add_argument(
        "-n",
        "--limit",
        type=shared.whole_number(1, 60, "articles"),
        default=_SHOWN,
        metavar="N",
        help=f"at most N articles (default: {_SHOWN})",
    )
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print what is related, most first. Raises UsageError."""
    options = context.options
    if len(options.words) != 1:
        raise UsageError("related needs one article", "seedread related PATH; seedread list shows paths")
    records = Records(context, COLUMNS)
    with open_archive(context, roots_of(options)) as archive:
        ids = named(context, archive, options.words)
        if ids is None:
            return NOTHING
        if len(ids) > 1:
            raise UsageError(f"{options.words[0]} contains {len(ids):,} articles", "give the id of one")
        for each in archive.related(ids[0], options.limit):
            record = json_shapes.hit(each.hit)
            if records.nested:
                record["because"] = {"words": list(each.words), "entities": list(each.entities)}
            else:
                record |= {"words": list(each.words), "names": _names(archive, each.entities), "snippet": ""}
            lines = partial(_lines, context, archive, record, each.words, each.entities)
            records.write(record, lines, partial(archive.file_of, each.hit.id))
        if not records.written:
            context.messages.info("no related articles")
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "hits": rows})
    return FOUND if records.written else NOTHING


def _names(archive: Archive, entities: tuple[str, ...]) -> list[str]:
    found = (archive.entity(each) for each in entities)
    return [entity.name for entity in found if entity is not None]


def _lines(
    context: Context,
    archive: Archive,
    record: json_shapes.Shape,
    words: tuple[str, ...],
    entities: tuple[str, ...],
) -> Iterator[str]:
    paint = context.paint
    yield f"{paint('path', safe(record['path']))}  {paint('date', record['date'] or 'undated')}"
    yield "  " + paint("title", safe(record["title"]))
    shared_by = [*map(safe, _names(archive, entities)), *map(safe, words)]
    yield "    " + paint("faint", "both: " + ", ".join(shared_by))
