"""`seedread status`: what an archive holds, how fresh it is, and what was skipped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, Context
from seedread.cli.open_archive import open_archive, warn_of_corrections
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser
from seedread.cli.streams.stderr import safe
from seedread_index.model.status import Status

COLUMNS = ("path", "status", "reason")
_SHOWN = 10


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles, like -C")
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl", "csv"))
    shared.add_color(parser)


def run(context: Context) -> int:
    """Print the status; an archive without articles has one too."""
    options = context.options
    with open_archive(context, options.words) as archive:
        status = archive.status()
        warn_of_corrections(archive, context)
    shape = json_shapes.status(status)
    if options.json or options.jsonl:
        context.out.json(shape, indent=2 if options.json and context.out.interactive else None)
    elif options.csv:
        context.out.row(COLUMNS)
        for skipped in shape["skipped"]:
            context.out.row(skipped[column] for column in COLUMNS)
    else:
        for line in _lines(context, status):
            context.out.line(line)
    return FOUND


def _lines(context: Context, status: Status) -> Iterator[str]:
    paint = context.paint
    for folder in status.folders:
        yield f"folder      {paint('path', folder)}"
    yield f"articles    {status.articles:,}"
    if status.searchable != status.articles:
        yield f"searchable  {status.searchable:,}"
    yield f"annotated   {status.annotated:,} (engine: {safe(status.engine)})"
    yield f"changed     {status.changed_at or 'never'}"
    if status.writer:
        yield f"writer      process {status.writer.pid} since {status.writer.since}"
    counts = Counter(skipped.status.value for skipped in status.skipped)
    by_kind = ", ".join(f"{count:,} {kind}" for kind, count in counts.most_common())
    yield f"skipped     {len(status.skipped):,}" + (f" ({by_kind})" if by_kind else "")
    shown = status.skipped if context.options.verbose else status.skipped[:_SHOWN]
    for skipped in shown:
        yield f"  {paint('path', skipped.path)}: {skipped.reason}"
    if len(shown) < len(status.skipped):
        yield f"  … and {len(status.skipped) - len(shown):,} more (-v lists all)"
