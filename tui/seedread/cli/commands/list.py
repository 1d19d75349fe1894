"""`seedread list`: the articles of an archive, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records, columns, cut
from seedread.cli.parser import Parser
from seedread.cli.selection import HEADER_SORTS, explain_empty, rows, total
from seedread.cli.streams.stderr import cells

if TYPE_CHECKING:
    from seedread_index.model.article import Header

EPILOG = """\
  seedread list -C ~/articles --since 'last week'
  seedread list --format '{date}\\t{path}'"""

COLUMNS = ("path", "title", "title_inferred", "date", "source", "lang", "words", "id")

_SHORTEST = 20


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles (same as -C)")
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_rows(parser, HEADER_SORTS, "at most N articles (default: all)")
    shared.add_period(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print one line per article."""
    options = context.options
    records = Records(context, COLUMNS, (*COLUMNS, "author", *json_shapes.ORIGIN, *desk_shapes.MARKS))
    with open_archive(context, options.words) as archive:
        marks = desk_shapes.Marks(archive, context.messages)
        for header in rows(archive, options):
            lines = partial(_lines, context, header)
            records.write(
                json_shapes.header(header) | marks.of(header.id), lines, partial(archive.file_of, header.id)
            )
        if not records.written:
            context.messages.info(explain_empty(archive))
        records.close(
            lambda kept: {"schema": json_shapes.SCHEMA, "total": total(archive, options), "articles": kept}
        )
    return FOUND if records.written else NOTHING


def _lines(context: Context, header: Header) -> Iterator[str]:
    paint = context.paint
    date = header.date.isoformat() if header.date else "-" * 10
    width = columns(context.out)
    title = header.title
    if width is not None:
        title = cut(title, max(_SHORTEST, width - len(date) - cells(header.path) - 4))
    yield f"{paint('date', date)}  {title}  {paint('path', header.path)}"
