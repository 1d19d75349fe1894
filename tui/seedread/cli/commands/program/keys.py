"""`seedread keys`: every key of the terminal reader, as the settings have them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context, load_settings
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser
from seedread.cli.streams.stderr import cells, safe

EPILOG = """\
  seedread keys
  seedread keys mention"""

COLUMNS = ("group", "keys", "places", "name", "help")


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("WORD", "filter by key, name or description")
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print one line per command of the reader."""
    from seedread.actions.chosen_keys import key_rows

    words = [word.casefold() for word in context.options.words]
    rows: list[dict[str, str]] = [
        dict(zip(COLUMNS, map(str, row), strict=True))
        for row in key_rows(load_settings().keys)
        if all(word in " ".join(map(str, row)).casefold() for word in words)
    ]
    records = Records(context, COLUMNS)
    width = max((cells(_typed(row)) for row in rows), default=0)
    group = ""
    for row in rows:
        records.write(
            {"schema": json_shapes.SCHEMA, **row}, partial(_lines, context, row, width, row["group"] != group)
        )
        group = row["group"]
    records.close(lambda kept: {"schema": json_shapes.SCHEMA, "total": len(kept), "keys": kept})
    if not rows:
        context.messages.info(f"no key matches {safe(' '.join(words))}")
    return FOUND if rows else NOTHING


def _lines(context: Context, row: dict[str, str], width: int, heading: bool) -> Iterator[str]:
    if heading:
        yield context.paint("title", row["group"])
    keys = _typed(row) + " " * (width - cells(_typed(row)))
    yield f"  {context.paint('path', keys)}  {row['help']}" + context.paint("faint", f"  ({row['places']})")


def _typed(row: dict[str, str]) -> str:
    """What to press, or to type where no key does it."""
    return row["keys"] or f":{row['name']}"
