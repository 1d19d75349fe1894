"""`seedread index`: bring the index level with the folders; run the entity engine, rebuild, watch, forget."""

from __future__ import annotations

from seedread.cli import parser as shared
from seedread.cli.context import FOUND, INCOMPLETE, Session
from seedread.cli.open_archive import (
    MODEL_WANTED,
    RULES_ALONE,
    Interrupt,
    light,
    opened,
    sync_archive,
    told,
    tried_again,
    warn_of_corrections,
)
from seedread.cli.output import json_shapes
from seedread.cli.parser import Parser, UsageError
from seedread.cli.streams.progress import ProgressBar
from seedread_index.archive import Archive
from seedread_index.model.status import SyncReport

EPILOG = """\
  seedread index ~/articles --annotate
  seedread index -C ~/articles --watch"""


def configure(parser: Parser) -> None:
    """Declare the options."""
    parser.words("PATH", "folders or files of articles, like -C")
    parser.add_argument("--annotate", action="store_true", help="run the entity engine and wait for it")
    work = parser.add_argument_group("instead of a plain sync").add_mutually_exclusive_group()
    work.add_argument("--rebuild", action="store_true", help="read every file again")
    work.add_argument(
        "--repair", action="store_true", help="check the index; mend or rebuild what is damaged"
    )
    work.add_argument("--watch", action="store_true", help="stay, and sync whenever a file changes")
    work.add_argument(
        "--forget", action="store_true", help="delete the index, which holds full texts; keep your own data"
    )
    shared.add_archive(parser)
    shared.add_output(parser, forms=("json", "jsonl"))


def run(session: Session) -> int:
    """Do the work and say on standard error what was done."""
    options = session.options
    if options.forget and options.annotate:
        raise UsageError("--annotate and --forget exclude each other", "leave one of them out")
    with opened(session, options.words, sync=False, gone=options.forget) as archive:
        if options.forget:
            gone = archive.forget()
            session.talk.say("the index is deleted" if gone else "there was no index")
            _print(session, archive, SyncReport())
            return FOUND
        warn_of_corrections(archive, session)
        report = SyncReport() if options.no_sync else _sync(archive, session)
        annotated = _annotate(archive, session) if options.annotate else 0
        if report.retry and annotated:
            session.talk.warn(tried_again(report))
        _print(session, archive, report, annotated)
        if options.watch:
            _watch(archive, session)
    return INCOMPLETE if report.retry else FOUND


def _sync(archive: Archive, session: Session) -> SyncReport:
    options = session.options
    if options.repair:
        for problem in archive.check():
            session.talk.say(problem)
        with ProgressBar(session.talk) as bar:
            report = archive.repair(bar, wait=options.wait)
    else:
        report = sync_archive(archive, session, rebuild=options.rebuild)
    (session.talk.warn if report.retry else session.talk.say)(told(report))
    return report


def _annotate(archive: Archive, session: Session) -> int:
    """Run the entity engine; Ctrl-C keeps what it did."""
    with ProgressBar(session.talk) as bar, Interrupt(session.talk) as interrupt:
        annotated = archive.annotate(bar, cancelled=interrupt, wait=session.options.wait)
    if annotated or not interrupt.came:
        session.talk.say(f"{annotated:,} articles annotated by {archive.engine()}")
    if light(archive):
        session.talk.say(f"{RULES_ALONE}; {MODEL_WANTED}")
    if interrupt.came:
        raise KeyboardInterrupt
    return annotated


def _watch(archive: Archive, session: Session) -> None:
    """Sync at each change until Ctrl-C."""
    session.talk.say("watching; Ctrl-C ends it")
    with Interrupt(session.talk, "") as interrupt:
        for report in archive.watch(cancelled=interrupt):
            if report.touched:
                session.talk.say(told(report))
                _print(session, archive, report)
                session.out.flush()
    raise KeyboardInterrupt


def _print(session: Session, archive: Archive, report: SyncReport, annotated: int = 0) -> None:
    """The report as JSON, where that was asked for."""
    if session.options.json or session.options.jsonl:
        session.out.json(
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
