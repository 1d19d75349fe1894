"""`seedread alert`: the articles of saved searches that are new since the last look, for cron and mail."""

from __future__ import annotations

from functools import partial

from seedread.cli import parser as shared
from seedread.cli.commands.search import COLUMNS as HIT_COLUMNS
from seedread.cli.commands.search import hit_lines
from seedread.cli.context import FOUND, NOTHING, Context
from seedread.cli.open_archive import open_archive
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import partial_notice
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.library import SavedSearch
from seedread_index.model.results import SearchRequest

EPILOG = """\
  seedread alert grain -C ~/news
  seedread alert --all --format '{date}\\t{title}\\t{path}' | mail -E -s news me
Exit code: 0 if there are new articles, else 1. Each article is printed once."""

COLUMNS = ("saved", "since", *HIT_COLUMNS)
_BATCH = 200


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("NAME", "saved searches (list them with seedread saved)")
    parser.add_argument("--all", action="store_true", help="all saved searches")
    shared.add_archive(parser)
    shared.add_output(parser)
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print what is new, and note that it was seen. Raises UsageError."""
    options = context.options
    if bool(options.words) == options.all:
        raise UsageError("no saved search given", "seedread saved lists them")
    records = Records(
        context, COLUMNS, (*COLUMNS, "title_inferred", "author", *json_shapes.ORIGIN, "variants")
    )
    seen: list[tuple[SavedSearch, list[str]]] = []
    with open_archive(context) as archive:
        saved = archive.saved_searches()
        searches = saved.all() if options.all else [saved.named(name) for name in options.words]
        for search in searches:
            seen.append((search, _print_new(context, archive, search, records)))
        records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "hits": rows})
        context.out.flush()  # what could not be printed was not seen
        for search, ids in seen:
            archive.alerts().see(search, ids, archive.alerts().baseline(search))
    return FOUND if records.written else NOTHING


def _print_new(context: Context, archive: Archive, search: SavedSearch, records: Records) -> list[str]:
    """Write the new articles of one search, newest first; the ids of all that match it."""
    results = archive.search(SearchRequest(search.query, sort="date", group=False))
    ids = results.ids()
    if results.partial:
        context.messages.warning(f"{safe(search.name)}: {partial_notice(results.total)}")
    baseline = archive.alerts().baseline(search)
    if baseline is None:
        articles = f"{len(ids):,} article{'s' * (len(ids) != 1)}"
        context.messages.info(
            f"{safe(search.name)}: {articles} match in this archive; the next alert prints what is new since"
        )
        return ids
    new = frozenset(archive.alerts().new(ids, baseline))
    if not new:
        context.messages.detail(f"{safe(search.name)}: nothing new since {baseline.at}")
    for start in range(0, len(ids), _BATCH):
        if new.isdisjoint(ids[start : start + _BATCH]):
            continue
        for hit in archive.hits(results, start, min(start + _BATCH, len(ids)), exhaustive=True):
            if hit.id not in new:
                continue
            record = json_shapes.hit(hit) | {"saved": search.name, "since": baseline.at}
            if not records.nested:
                record["snippet"] = hit.snippets[0].text if hit.snippets else ""
            records.write(record, partial(hit_lines, context, hit), partial(archive.file_of, hit.id))
    return ids
