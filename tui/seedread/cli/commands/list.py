"""`seedread list`: the articles of an archive, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from seedread.cli import options as shared
from seedread.cli import shapes
from seedread.cli.opening import opened
from seedread.cli.parser import Parser
from seedread.cli.period import period, within
from seedread.cli.records import Records
from seedread.cli.session import FOUND, NOTHING, Session
from seedread_index.archive import Archive

if TYPE_CHECKING:
    from seedread_index.archive import Header

EPILOG = """\
  seedread list -C ~/articles --since 'last week'
  seedread list --format '{date}\\t{path}'"""

COLUMNS = ("path", "title", "title_inferred", "date", "source", "lang", "words", "id")
_BATCH = 500


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles, like -C")
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_rows(parser, ("date", "title", "path"), "at most N articles (0 or nothing: all)")
    shared.add_period(parser)
    shared.add_color(parser)


def run(session: Session) -> int:
    """Print one line an article."""
    options = session.options
    allowed = period(options.since, options.until)
    records = Records(session, COLUMNS)
    with opened(session, options.words) as archive:
        for header in _rows(archive, options.sort):
            if options.limit and records.written >= options.limit:
                break
            if within(header.date, allowed):
                lines = partial(_lines, session, header)
                records.write(shapes.header(header), lines, partial(archive.file_of, header.id))
        if not records.written:
            session.talk.say("there are no articles here (seedread status -v tells what was skipped)")
        records.close(lambda rows: {"schema": shapes.SCHEMA, "total": len(rows), "articles": rows})
    return FOUND if records.written else NOTHING


def _rows(archive: Archive, sort: str) -> Iterator[Header]:
    """Every article's header in the order asked; newest first comes in batches."""
    ids = archive.ids()
    batches = (archive.headers(ids[start : start + _BATCH]) for start in range(0, len(ids), _BATCH))
    rows = (header for batch in batches for header in batch)
    if sort == "date":
        return rows
    key = "title" if sort == "title" else "path"
    return iter(sorted(rows, key=lambda header: (str(getattr(header, key)).casefold(), header.path)))


def _lines(session: Session, header: Header) -> Iterator[str]:
    paint = session.paint
    date = header.date.isoformat() if header.date else "-" * 10
    yield f"{paint('date', date)}  {header.title}  {paint('path', header.path)}"
