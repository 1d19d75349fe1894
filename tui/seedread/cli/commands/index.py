"""`seedread index`: update the index from the folders; run the entity engine, rebuild, watch, forget."""

from __future__ import annotations

import argparse
import time

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, INCOMPLETE, Context, load_settings
from seedread.cli.open_archive import (
    RULES_ALONE,
    Interrupt,
    model_wanted,
    open_archive,
    rules_only,
    sync_archive,
    warn_of_corrections,
)
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.stderr import ProgressBar, safe
from seedread.wording import counted, retry_summary, sync_summary
from seedread_index.archive import Archive
from seedread_index.archive_folder import INDEX_ENGINES
from seedread_index.model.errors import ArchiveError, LockedError
from seedread_index.model.status import SyncReport
from seedread_index.shared_archive import SharedArchive, publish

_BEAT = 60.0
"""Seconds after which, while watching, readers hear of this indexer."""

EPILOG = """\
  seedread index ~/articles --annotate
  seedread index -C ~/articles --watch
  seedread index -C ~/articles --index-engine tantivy
  seedread index ~/crawl --publish opensearch+https://example.org/all --label a
  seedread index --link opensearch+https://example.org/all"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles (same as -C)")
    parser.add_argument("--annotate", action="store_true", help="run the entity model and wait for it")
    parser.add_argument(
        "--index-engine",
        choices=INDEX_ENGINES,
        help="convert the archive to this index engine, without re-reading files",
    )
    work = parser.add_argument_group("instead of an update").add_mutually_exclusive_group()
    work.add_argument(
        "--dry-run", action="store_true", help="print how each file would be read; write nothing"
    )
    work.add_argument("--rebuild", action="store_true", help="re-read every file")
    work.add_argument(
        "--repair", action="store_true", help="check the index; repair or rebuild damaged parts"
    )
    work.add_argument("--watch", action="store_true", help="keep running and index changes as they happen")
    work.add_argument(
        "--forget",
        action="store_true",
        help="delete the index and its full texts; keep your corrections, tags and notes",
    )
    server = parser.add_argument_group("shared archives")
    server.add_argument("--publish", metavar="URL", help="then publish the articles to a shared archive")
    server.add_argument(
        "--label", metavar="NAME", help="name of this indexer, unique within the shared archive"
    )
    server.add_argument(
        "--shards",
        type=shared.whole_number(1, 1000, "shards"),
        metavar="N",
        help="shards of an archive that --publish creates (default: 2; use one per 5 million articles)",
    )
    server.add_argument("--link", metavar="URL", help="only link the names in a shared archive")
    server.add_argument(
        "--unpublish", metavar="URL", help="only delete what was published under --label, for all readers"
    )
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl"))


def run(context: Context) -> int:
    """Do the work and say on standard error what was done. Raises UsageError."""
    options = context.options
    if options.forget and options.annotate:
        raise UsageError("--annotate and --forget cannot be combined", "use only one of them")
    if options.index_engine and (options.forget or options.dry_run):
        other = "--forget" if options.forget else "--dry-run"
        raise UsageError(f"--index-engine and {other} cannot be combined", "use only one of them")
    _refuse_half(options)
    if options.link:
        return _link(context)
    if options.unpublish:
        return _unpublish(context)
    with open_archive(context, options.words, sync=False, gone=options.forget) as archive:
        if isinstance(archive, SharedArchive):
            raise UsageError(
                "a shared archive cannot be indexed directly",
                "index a folder and publish it: seedread index -C PATH --publish URL --label NAME",
            )
        if options.forget:
            gone = archive.forget()
            context.messages.info("index deleted" if gone else "no index to delete")
            _print(context, archive, SyncReport())
            return FOUND
        if options.dry_run:
            _dry_run(archive, context)
            return FOUND
        warn_of_corrections(archive, context)
        if options.index_engine:
            _convert(archive, context)
        report = SyncReport() if options.no_sync else _sync(archive, context)
        annotated = _annotate(archive, context) if options.annotate else 0
        if report.retry and annotated:
            context.messages.warning(retry_summary(report))
        _print(context, archive, report, annotated)
        if options.publish:
            _publish(archive, context)
        if options.watch:
            _watch(archive, context)
    return INCOMPLETE if report.retry else FOUND


def _refuse_half(options: argparse.Namespace) -> None:
    """Refuse options of publishing that say nothing without each other, or exclude each other."""
    if bool(options.publish or options.unpublish) != bool(options.label):
        raise UsageError(
            "--publish and --unpublish need --label, and --label needs one of them",
            "write --publish URL --label NAME; a label is a name such as wire-1",
        )
    for alone in ("link", "unpublish", "publish"):
        for other in ("forget", "dry_run", "watch", "publish", "unpublish"):
            if alone == other or (alone, other) == ("publish", "watch"):
                continue
            if getattr(options, alone) and getattr(options, other):
                name = other.replace("_", "-")
                raise UsageError(f"--{alone} and --{name} cannot be combined", "use only one of them")


def _publish(archive: Archive, context: Context, *, patient: bool = False) -> None:
    """Publish what is new; `patient` says what goes wrong, and goes on, as the next time may be better."""
    options = context.options
    try:
        with ProgressBar(context.messages) as bar, Interrupt(context.messages) as interrupt:
            report = publish(
                archive,
                options.publish,
                options.label,
                bar,
                shards=options.shards,
                cancelled=interrupt,
                wait=options.wait,
            )
    except (ArchiveError, LockedError) as error:
        if not patient:
            raise
        context.messages.warning(f"{error.message}; will try again")
        return
    if report.put or report.dropped or not patient:
        gone = f", {report.dropped:,} removed" if report.dropped else ""
        context.messages.info(
            f"{counted(report.put, 'article')} published{gone}; {report.total:,} in all as {options.label}"
        )
    if report.interrupted:
        raise KeyboardInterrupt


def _link(context: Context) -> int:
    """Link the names of a shared archive."""
    options = context.options
    settings = load_settings(options.ner_model, options.cache).engine
    archive = SharedArchive.at(options.link, settings)
    try:
        with ProgressBar(context.messages) as bar, Interrupt(context.messages) as interrupt:
            report = archive.link(bar, cancelled=interrupt)
    finally:
        archive.close()
    applied = f", {counted(report.corrections, 'shared correction')} applied" if report.corrections else ""
    context.messages.info(f"{report.entities:,} entities linked{applied}")
    for problem in report.problems:
        context.messages.warning(f"shared corrections: {safe(problem)}")
    return FOUND


def _unpublish(context: Context) -> int:
    """Delete what was published under a label."""
    options = context.options
    settings = load_settings(options.ner_model, options.cache).engine
    archive = SharedArchive.at(options.unpublish, settings)
    try:
        lost = archive.unpublish(options.label)
    finally:
        archive.close()
    context.messages.info(
        f"{counted(lost, 'article')} deleted; nothing is published as {safe(options.label)}"
    )
    return FOUND


def _convert(archive: Archive, context: Context) -> None:
    """Have another engine keep the index; what the archive holds stays searchable meanwhile."""
    name = context.options.index_engine
    with ProgressBar(context.messages) as bar:
        converted = archive.convert_index(name, bar, wait=context.options.wait)
    made = "is now the index engine" if converted else "is already the index engine"
    context.messages.info(f"{name} {made}")


def _dry_run(archive: Archive, context: Context) -> None:
    """Print one file per line: its path, its format and number of articles, or why it is not read."""
    rows = map(json_shapes.dry_run, archive.dry_run())
    if context.options.json:
        context.out.json({"schema": json_shapes.SCHEMA, "files": list(rows)})
        return
    for row in rows:
        if context.options.jsonl:
            context.out.json(row)
        else:
            count = row["articles"]
            read = f"{row['format']}, {count:,} article{'s' * (count != 1)}" if count else ""
            context.out.line(f"{row['path']}: " + "; ".join(part for part in (read, row["reason"]) if part))


def _sync(archive: Archive, context: Context) -> SyncReport:
    options = context.options
    if options.repair:
        for problem in archive.check():
            context.messages.info(problem)
        with ProgressBar(context.messages) as bar:
            report = archive.repair(bar, wait=options.wait)
    else:
        report = sync_archive(archive, context, rebuild=options.rebuild)
    (context.messages.warning if report.retry else context.messages.info)(sync_summary(report))
    return report


def _annotate(archive: Archive, context: Context) -> int:
    """Run the entity engine; Ctrl-C keeps what it did."""
    with ProgressBar(context.messages) as bar, Interrupt(context.messages) as interrupt:
        annotated = archive.annotate(bar, cancelled=interrupt, wait=context.options.wait)
    if annotated or not interrupt.interrupted:
        context.messages.info(f"{annotated:,} articles annotated by {archive.engine()}")
    if rules_only(archive):
        context.messages.info(f"{RULES_ALONE}; {model_wanted()}")
    if interrupt.interrupted:
        raise KeyboardInterrupt
    return annotated


def _watch(archive: Archive, context: Context) -> None:
    """Sync at each change until Ctrl-C."""
    context.messages.info("watching (Ctrl-C stops)")
    due = time.monotonic() + _BEAT

    def idle() -> None:
        nonlocal due
        if context.options.publish and time.monotonic() >= due:
            due = time.monotonic() + _BEAT
            _publish(archive, context, patient=True)

    with Interrupt(context.messages, "") as interrupt:
        for report in archive.watch(cancelled=interrupt, idle=idle):
            if report.touched:
                context.messages.info(sync_summary(report))
                _print(context, archive, report)
                context.out.flush()
                due = time.monotonic()
                idle()
    raise KeyboardInterrupt


def _print(context: Context, archive: Archive, report: SyncReport, annotated: int = 0) -> None:
    """The report as JSON, where that was asked for."""
    if context.options.json or context.options.jsonl:
        context.out.json(
            {
                "schema": json_shapes.SCHEMA,
                "articles": archive.status().articles,
                "added": report.added,
                "changed": report.changed,
                "removed": report.removed,
                "skipped": report.skipped,
                "retry": report.retry,
                "annotated": annotated,
            }
        )
