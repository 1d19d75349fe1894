"""`seedread log`: the searches and the opened articles of earlier sessions, and the searches made again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, NOTHING, Context, load_settings
from seedread.cli.output import json_shapes
from seedread.cli.output.records import Records
from seedread.cli.parser import Parser, UsageError
from seedread.cli.selection import period, within
from seedread.cli.streams.stderr import safe
from seedread.userdata.session_log import LogEntry, entries, log_path
from seedread_index.archive import Archive
from seedread_index.export.dossier import escaped
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import SearchRequest
from seedread_index.server_address import ServerAddress, is_address
from seedread_index.shared_archive import open_archive

EPILOG = """\
  seedread log --since today
  seedread log --markdown > notebook.md
  seedread log --replay -C ~/news
Nothing is logged unless log = true is set; --private logs nothing."""

COLUMNS = ("at", "do", "query", "filter", "total", "title", "path", "archive", "id")
REPLAY_COLUMNS = ("at", "query", "filter", "total", "now", "archive", "problem")
_FIELDS = (*COLUMNS, "sort", "match", "since", "until", "grouped")


def configure(parser: Parser) -> None:
    """Declare the options."""
    work = parser.add_argument_group("what to do").add_mutually_exclusive_group()
    work.add_argument("--markdown", action="store_true", help="print Markdown with a heading per day")
    work.add_argument(
        "--replay", action="store_true", help="repeat the searches; print the number of results then and now"
    )
    work.add_argument("--clear", action="store_true", help="delete the log")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv", "format"))
    parser.add_argument_group("rows").add_argument(
        "-n",
        "--limit",
        type=shared.whole_number(0, shared.MAX_ROWS, "rows"),
        metavar="N",
        help="only the last N (default: all)",
    )
    shared.add_period(parser)


def run(context: Context) -> int:
    """Print the log, make its searches again, or delete it."""
    options = context.options
    if options.clear:
        return _clear(context)
    if options.markdown and (options.json or options.jsonl or options.csv or options.format is not None):
        raise UsageError("--markdown cannot be combined with another format", "use only one of them")
    found = list(_chosen(context))
    if options.limit:
        found = found[-options.limit :]
    if not found:
        wanted = load_settings().log
        hint = (
            ""
            if wanted
            else "; log = true in the settings turns it on (seedread config --path shows the file)"
        )
        context.messages.info(f"no entries in the log{hint}")
        return NOTHING
    if options.markdown:
        for line in _markdown(found):
            context.out.line(line)
        return FOUND
    if options.replay:
        return _replay(context, [entry for entry in found if entry.do == "search"])
    records = Records(context, COLUMNS, _FIELDS)
    for entry in found:
        record = {"schema": json_shapes.SCHEMA, **asdict(entry), "archive": list(entry.archive)}
        records.write(record, partial(_lines, context, entry))
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "entries": rows})
    return FOUND


def _chosen(context: Context) -> Iterator[LogEntry]:
    """The entries of the period, and of the archive where one is named."""
    options = context.options
    allowed = period(options.since, options.until)
    roots = {
        str(ServerAddress.parse(each)) if is_address(each) else os.path.realpath(os.path.expanduser(each))
        for each in options.archive
    }
    for entry in entries():
        day = dt.datetime.fromisoformat(entry.at).date()
        if within(day, allowed) and (not roots or roots == set(entry.archive)):
            yield entry


def _clear(context: Context) -> int:
    path = log_path()
    try:
        path.unlink()
    except FileNotFoundError:
        context.messages.info("the log is already empty")
        return NOTHING
    except OSError as problem:
        raise SeedreadError(
            f"{safe(str(path))} cannot be deleted: {problem.strerror}", "delete it by hand"
        ) from (problem)
    context.messages.info("log deleted")
    return FOUND


def _replay(context: Context, searches: Iterable[LogEntry]) -> int:
    """Make searches again over what their archives hold now."""
    options = context.options
    settings = load_settings(options.ner_model, options.cache).engine
    records = Records(context, REPLAY_COLUMNS)
    opened: dict[tuple[str, ...], Archive | SeedreadError] = {}
    try:
        for entry in searches:
            if entry.archive not in opened:
                try:
                    opened[entry.archive] = open_archive(entry.archive, settings)
                except SeedreadError as error:
                    opened[entry.archive] = error
            record = _replayed(opened[entry.archive], entry)
            records.write(record, partial(_replay_lines, record))
    finally:
        for archive in opened.values():
            if isinstance(archive, Archive):
                archive.close()
    records.close(lambda rows: {"schema": json_shapes.SCHEMA, "total": len(rows), "searches": rows})
    return FOUND if records.written else NOTHING


def _replayed(archive: Archive | SeedreadError, entry: LogEntry) -> json_shapes.Shape:
    """A search with how many articles it finds now, or why it finds none."""
    now, problem = None, None
    if isinstance(archive, SeedreadError):
        problem = archive.message
    else:
        since, until = (dt.date.fromisoformat(each) if each else None for each in (entry.since, entry.until))
        try:
            now = archive.search(
                SearchRequest(
                    entry.query or "",
                    match="any" if entry.match == "any" else "all",
                    group=entry.grouped is not False,
                    since=since,
                    until=until,
                    filter=entry.filter or "",
                )
            ).total
        except SeedreadError as error:
            problem = error.message
    return {
        "schema": json_shapes.SCHEMA,
        "at": entry.at,
        "archive": list(entry.archive),
        "query": entry.query,
        "filter": entry.filter,
        "total": entry.total,
        "now": now,
        "problem": problem,
    }


def _lines(context: Context, entry: LogEntry) -> Iterator[str]:
    at = context.paint("date", entry.at[:16].replace("T", " "))
    if entry.do == "search":
        yield f"{at}  {entry.total or 0:>7,}  {_asked(entry)}"
    else:
        path = context.paint("path", safe(entry.path or ""))
        yield f"{at}  {'opened':>7}  {safe(entry.title or '')}  {path}"


def _asked(entry: LogEntry) -> str:
    filter = f"  filter {entry.filter}" if entry.filter else ""
    days = "".join(f"  {word} {day}" for word, day in (("since", entry.since), ("until", entry.until)) if day)
    return safe(f"{entry.query}{filter}{days}")


def _replay_lines(record: json_shapes.Shape) -> Iterator[str]:
    now = "" if record["now"] is None else f"{record['now']:,}"
    asked = f"{record['query'] or ''}{'  filter ' + record['filter'] if record['filter'] else ''}"
    problem = f"  ({record['problem']})" if record["problem"] else ""
    yield f"{record['total'] or 0:>7,} then {now:>7} now  {safe(asked)}{safe(problem)}"


def _markdown(found: Iterable[LogEntry]) -> Iterator[str]:
    """The log as Markdown with a heading per day."""
    yield "# Session log"
    before: tuple[str, tuple[str, ...]] = ("", ())
    for entry in found:
        day = entry.at[:10]
        if (day, entry.archive) != before:
            before = (day, entry.archive)
            yield ""
            yield f"## {day}, {escaped(', '.join(entry.archive))}"
            yield ""
        if entry.do == "search":
            count = f"{entry.total or 0:,} article{'s' * (entry.total != 1)}"
            yield f"- {entry.at[11:16]} searched for {escaped(_asked(entry))}: {count}"
        else:
            yield f"- {entry.at[11:16]} opened {escaped(entry.title or '')} ({escaped(entry.path or '')})"
