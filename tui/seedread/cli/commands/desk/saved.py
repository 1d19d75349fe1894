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
from seedread_index.archive import Archive
from seedread_index.library.saved_searches import SavedSearches
from seedread_index.model.library import SavedSearch
from seedread_index.model.results import SearchRequest

EPILOG = """\
  seedread saved --add grain 'grain export place:Odesa'
  seedread saved
  seedread alert grain
Saving sets the baseline of the archive: its alert prints only what comes later."""

COLUMNS = ("name", "query", "added", "new", "total")


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME QUERY", "with --add a name and a query, with --rename two names, with --remove names")
    group = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    group.add_argument("--add", action="store_true", help="save QUERY under NAME")
    group.add_argument("--remove", action="store_true", help="remove the saved searches of these names")
    group.add_argument("--rename", action="store_true", help="give the first name's search the second name")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """List the saved searches, or change them."""
    options, words = context.options, context.options.words
    if words and not (options.add or options.remove or options.rename):
        raise UsageError(
            "what shall become of it?", "seedread saved --add NAME QUERY, or seedread alert NAME"
        )
    with open_archive(context) as archive:
        saved = SavedSearches.of(archive.folder.data_root)
        if options.add:
            return _add(context, archive, saved)
        if options.remove:
            if not words:
                raise UsageError("which saved search?", "seedread saved lists them")
            for name in words:
                search = saved.remove(name)
                archive.alerts().forget(search.name)
                context.messages.info(f"removed {safe(search.name)}: {safe(search.query)}")
            return FOUND
        if options.rename:
            if len(words) != 2:
                raise UsageError("--rename takes two names", "seedread saved --rename OLD NEW")
            before = saved.named(words[0])
            search = saved.rename(before.name, words[1])
            archive.alerts().rename(before.name, search.name)
            context.messages.info(f"{safe(before.name)} is {safe(search.name)} now")
            return FOUND
        return _list(context, archive, saved)


def _add(context: Context, archive: Archive, saved: SavedSearches) -> int:
    words = context.options.words
    if len(words) < 2:
        raise UsageError("a saved search has a name and a query", "seedread saved --add NAME QUERY")
    query = " ".join(words[1:])
    results = archive.search(SearchRequest(query, group=False))  # a query that cannot be read is not saved
    search = saved.add(words[0], query)
    archive.alerts().see(search.name, results.ids())
    articles = f"{results.total:,} article{'s' * (results.total != 1)}"
    context.messages.info(f"saved {safe(search.name)}: {articles} match now; its alert prints later ones")
    return FOUND


def _list(context: Context, archive: Archive, saved: SavedSearches) -> int:
    records = Records(context, COLUMNS)
    alerts = archive.alerts()
    for search in saved.all():
        ids = archive.search(SearchRequest(search.query, group=False)).ids()
        baseline = alerts.baseline(search.name)
        new = len(alerts.new(ids, baseline)) if baseline is not None else None
        record = desk_shapes.saved_search(search, len(ids), new)
        records.write(record, partial(_lines, search, len(ids), new))
    if not records.written:
        context.messages.info("no search is saved (seedread saved --add NAME QUERY)")
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "saved": rows})
    return FOUND if records.written else NOTHING


def _lines(search: SavedSearch, total: int, new: int | None) -> list[str]:
    fresh = f"{new:,} new of " if new else ""
    return [f"{safe(search.name)}  {safe(search.query)}  ({fresh}{total:,})"]
