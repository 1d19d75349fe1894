"""`seedread saved`: list saved searches, add, rename and remove them."""

from __future__ import annotations

from functools import partial

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import safe
from seedread.wording import counted
from seedread_index.archive import Archive
from seedread_index.model.library import SavedSearchCount

EPILOG = """\
  seedread saved --add grain 'grain export place:Odesa'
  seedread saved
  seedread alert grain
An alert prints only articles that came after the search was saved."""

COLUMNS = ("name", "query", "added", "new", "total")


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME QUERY", "a name and a query (--rename: two names; --remove: names)")
    group = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    group.add_argument("--add", action="store_true", help="save QUERY as NAME")
    group.add_argument("--remove", action="store_true", help="remove these saved searches")
    group.add_argument("--rename", action="store_true", help="rename a saved search: OLD NEW")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """List the saved searches, or change them."""
    options, words = context.options, context.options.words
    if words and not (options.add or options.remove or options.rename):
        raise UsageError("unexpected arguments", "seedread saved --add NAME QUERY, or seedread alert NAME")
    with open_archive(context) as archive:
        if options.add:
            return _add(context, archive)
        if options.remove:
            return _remove(context, archive)
        if options.rename:
            return _rename(context, archive)
        return _list(context, archive)


def _add(context: Context, archive: Archive) -> int:
    words = context.options.words
    if len(words) < 2:
        raise UsageError("a saved search needs a name and a query", "seedread saved --add NAME QUERY")
    saved = archive.save_search(words[0], " ".join(words[1:]))
    now = counted(saved.total, "article")
    context.messages.info(f"saved {safe(saved.search.name)}: {now} now; seedread alert prints new ones")
    return FOUND


def _remove(context: Context, archive: Archive) -> int:
    if not context.options.words:
        raise UsageError("no saved search given", "seedread saved lists them")
    for name in context.options.words:
        search = archive.saved_searches().remove(name)
        archive.alerts().forget(search)
        context.messages.info(f"removed {safe(search.name)}: {safe(search.query)}")
    return FOUND


def _rename(context: Context, archive: Archive) -> int:
    words = context.options.words
    if len(words) != 2:
        raise UsageError("--rename takes two names", "seedread saved --rename OLD NEW")
    search = archive.saved_searches().rename(words[0], words[1])
    context.messages.info(f"renamed {safe(words[0])} to {safe(search.name)}")
    return FOUND


def _list(context: Context, archive: Archive) -> int:
    records = Records(context, COLUMNS)
    for each in archive.count_saved():
        if each.problem:
            context.messages.warning(f"{safe(each.search.name)}: {safe(each.problem)}")
        records.write(desk_shapes.saved_search(each), partial(_lines, each))
    if not records.written:
        context.messages.info("no saved searches (seedread saved --add NAME QUERY)")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "saved": rows})
    return FOUND if records.written else NOTHING


def _lines(value: SavedSearchCount) -> list[str]:
    fresh = f"{value.new:,} new of " if value.new else ""
    return [f"{safe(value.search.name)}  {safe(value.search.query)}  ({fresh}{value.total:,})"]
