"""`seedread note`: write notes on articles and on passages of them, list and remove them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.commands.desk.kept_articles import named, report
from seedread.cli.commands.show import roots_of
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.export.lines import one_line

EPILOG = """\
  seedread note seeds/003_*.txt 'compare with the report of May'
  seedread note 3f1c2a --at 1200..1312 'who told him?'
  seedread note --list
  seedread note --remove 5be0c1a2d3f4
Offsets are those that seedread show --json prints.
A note on a passage follows its words when the text changes."""

COLUMNS = ("path", "title", "text", "quote", "start", "end", "drifted", "at", "note", "id")


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words(
        "PATH|ID TEXT", "an article, then the note (with --list: articles; with --remove: ids of notes)"
    )
    parser.add_argument(
        "--at", metavar="START..END", type=shared.place, help="attach the note to this passage"
    )
    group = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    group.add_argument("--remove", action="store_true", help="remove the notes with these ids")
    group.add_argument("--list", action="store_true", help="list notes (of these articles, if given)")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Write a note, list notes, or remove some."""
    options = context.options
    if options.at is not None and (options.list or options.remove):
        raise UsageError("--at is for a new note only", "remove it")
    if not options.list and not options.remove and len(options.words) < 2 and options.words:
        raise UsageError("the note has no text", "seedread note PATH 'TEXT'")
    words = options.words
    article = argparse.Namespace(archive=options.archive, words=words if options.list else words[:1])
    with open_archive(context, [] if options.remove else roots_of(article)) as archive:
        if options.remove:
            return _remove(context, archive)
        if options.list or not words:
            return _list(context, archive)
        ids = named(context, archive, words[:1])
        if ids is None:
            return NOTHING
        if len(ids) > 1:
            raise UsageError(
                f"{words[0]} contains {len(ids):,} articles", "give the id of one (seedread list shows ids)"
            )
        return report(context, archive.library().note(ids[0], " ".join(words[1:]), options.at))


def _remove(context: Context, archive: Archive) -> int:
    if not context.options.words:
        raise UsageError("no note given", "seedread note --list shows their ids")
    for note in context.options.words:
        report(context, archive.library().remove_note(note))
    return FOUND


def _list(context: Context, archive: Archive) -> int:
    """Print the notes, with where in the text of today each stands; 1 where there are none."""
    wanted: frozenset[str] | None = None
    if context.options.words:
        ids = named(context, archive, context.options.words)
        if ids is None:
            return NOTHING
        wanted = frozenset(ids)
    library = archive.library()
    here = {note.id: i for i, notes in library.notes().items() for note in notes}
    texts = {article.id: article.text for article in archive.articles(sorted(set(here.values())))}
    records = Records(context, COLUMNS)
    for kept in library.everything():
        for note in kept.notes:
            article_id = here.get(note.id)
            if wanted is not None and article_id not in wanted:
                continue
            place = library.place_of(note, texts[article_id]) if article_id in texts else None
            record = desk_shapes.note(note, article_id, place)
            records.write(record, partial(_lines, context, record))
    if not records.written:
        context.messages.info("no notes yet (seedread note PATH TEXT writes one)")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "notes": rows})
    return FOUND if records.written else NOTHING


def _lines(context: Context, record: json_shapes.Shape) -> Iterator[str]:
    paint = context.paint
    drifted = paint("bad", "  its passage is no longer in the text") if record["drifted"] else ""
    yield f"{paint('path', safe(record['path']))}  {paint('faint', record['note'])}{drifted}"
    if record["quote"] is not None:
        yield "  " + paint("faint", f"“{one_line(record['quote'])}”")
    for line in record["text"].split("\n"):
        yield "  " + safe(line)
