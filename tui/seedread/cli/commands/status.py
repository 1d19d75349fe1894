"""`seedread status`: what an archive holds, how fresh it is, and what was skipped and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, Context
from seedread.cli.open_archive import OUTGROWN, convert, open_archive, warn_of_corrections
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser
from seedread.cli.streams.stderr import safe
from seedread.wording import freshness
from seedread_index.model.status import CopyFile, Skipped, Status

COLUMNS = ("path", "status", "reason")
FILE_COLUMNS = ("path", "rule", "reason", "copy_of")
_SHOWN = 10


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles (same as -C)")
    parser.add_argument(
        "--files", action="store_true", help="list the files that gave no article, and copies"
    )
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the status; an archive without articles has one too."""
    options = context.options
    with open_archive(context, options.words) as archive:
        status = archive.status()
        warn_of_corrections(archive, context)
        if options.files:
            report = archive.files()
            _print_files(context, [*report.left_out, *report.in_part, *report.copies])
            return FOUND
        corrections = () if archive.corrections_problem() else archive.article_corrections()
    not_applied = sum(1 for each in corrections if each.problem)
    shape = json_shapes.status(status)
    if status.index_engine.name == "opensearch":
        shape["indexers"] = [
            {"label": each.label, "host": each.host, "at": each.at, "waiting": each.waiting}
            for each in status.indexers
        ]
    shape["corrections"] = {"articles": len(corrections), "not_applied": not_applied}
    if options.json or options.jsonl:
        context.out.json(shape, indent=2 if options.json and context.out.interactive else None)
    elif options.csv:
        context.out.row(COLUMNS)
        for skipped in shape["skipped"]:
            context.out.row(skipped[column] for column in COLUMNS)
    else:
        for line in _lines(context, status):
            context.out.line(line)
        if corrections:
            left = f" ({not_applied:,} not applied: seedread correct --list)" if not_applied else ""
            context.out.line(f"corrected   {len(corrections):,}{left}")
    return FOUND


def _indexers(status: Status) -> Iterator[str]:
    """Who publishes to a shared archive, and how fresh that is."""
    yield f"indexers    {safe(freshness(status.indexers, dt.datetime.now(dt.UTC)))}"
    for each in status.indexers:
        waits = f", {each.waiting:,} waiting" if each.waiting else ""
        where = f"at {safe(each.at)} from {safe(each.host)}"
        yield f"  {safe(each.label)}: {each.articles:,} articles, {where}{waits}"


def _print_files(context: Context, files: Sequence[Skipped | CopyFile]) -> None:
    """Print one file per line: its path, the rule and the reason, or the path of what it is a copy of."""
    rows = [json_shapes.file(each) for each in files]
    if context.options.json:
        context.out.json({"schema": json_shapes.SCHEMA, "files": rows})
    elif context.options.jsonl:
        for row in rows:
            context.out.json(row)
    elif context.options.csv:
        context.out.row(FILE_COLUMNS)
        for row in rows:
            context.out.row(row[column] or "" for column in FILE_COLUMNS)
    else:
        for row in rows:
            why = row["reason"] or f"is a copy of {row['copy_of']}"
            context.out.line(f"{context.paint('path', row['path'])}: {why}")


def _lines(context: Context, status: Status) -> Iterator[str]:
    paint = context.paint
    for folder in status.folders:
        yield f"folder      {paint('path', folder)}"
    yield f"articles    {status.articles:,}"
    if status.searchable != status.articles:
        yield f"searchable  {status.searchable:,}"
    yield f"annotated   {status.annotated:,} (engine: {safe(status.engine)})"
    engine = status.index_engine
    version = f" {engine.version}" if engine.version else " (not installed)"
    shared = bool(status.indexers) or engine.name == "opensearch"
    yield f"index       {engine.name}{version}" + ("" if shared else f", checksums {engine.checksums}")
    if status.outgrown:
        yield f"            {OUTGROWN}: {convert()}"
    yield f"changed     {status.changed_at or 'never'}"
    if shared:
        yield from _indexers(status)
        return
    if status.owner:
        yield f"owner       {safe(status.owner)}, who updates it"
    if status.writer:
        yield f"writer      process {status.writer.pid} since {status.writer.since}"
    counted = status.files
    yield (
        f"files       {counted.seen:,}: {counted.read:,} read, {counted.copies:,} copies, "
        f"{counted.left_out:,} left out"
    )
    if status.metadata_table:
        yield f"table       {paint('path', status.metadata_table)}"
    counts = Counter(skipped.status.value for skipped in status.skipped)
    by_kind = ", ".join(f"{count:,} {kind}" for kind, count in counts.most_common())
    yield f"skipped     {len(status.skipped):,}" + (f" ({by_kind})" if by_kind else "")
    shown = status.skipped if context.options.verbose else status.skipped[:_SHOWN]
    for skipped in shown:
        yield f"  {paint('path', skipped.path)}: {skipped.reason}"
    if len(shown) < len(status.skipped):
        yield f"  … and {len(status.skipped) - len(shown):,} more (-v for all)"
