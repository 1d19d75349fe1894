"""Opening the archive that a subcommand works on, level with its folders unless told otherwise."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from seedread.cli import context
from seedread.cli.context import Session
from seedread.cli.streams.progress import ProgressBar
from seedread.cli.streams.stderr import Talk
from seedread.userdata import sources
from seedread_index.archive import Archive
from seedread_index.model.errors import ArchiveError, LockedError, SeedreadError
from seedread_index.model.status import SyncReport


@contextmanager
def opened(
    session: Session, named: Sequence[str] = (), *, sync: bool = True, gone: bool = False
) -> Iterator[Archive]:
    """The archive that the options (or, before them, `named`) choose, synced without waiting for a writer.

    `gone` allows folders that are not there any more.
    """
    options, talk = session.options, session.talk
    source = sources.choose([*options.archive, *named])
    if source.origin is sources.Origin.SEEDS:
        talk.say("no archive was named: these are the bundled articles (name yours with -C PATH)")
    archive = Archive.open(source.roots, context.load_settings(options.ner_model).engine, gone=gone)
    try:
        if sync and not options.no_sync:
            _refresh(archive, session)
        yield archive
    except SeedreadError as error:
        error.name_archive(archive.roots)
        raise
    finally:
        archive.close()


def warn_of_corrections(archive: Archive, session: Session) -> None:
    """Say that the user's corrections cannot be read, and so are not applied."""
    if problem := archive.corrections_problem():
        session.talk.warn(f"corrections are not applied: {problem}")


def sync_archive(archive: Archive, session: Session, *, rebuild: bool = False) -> SyncReport:
    """Bring the archive level with its folders; Ctrl-C ends it orderly and raises KeyboardInterrupt."""
    with ProgressBar(session.talk) as bar, Interrupt(session.talk) as interrupt:
        report = archive.sync(bar, cancelled=interrupt, wait=session.options.wait, rebuild=rebuild)
    if interrupt.came or report.interrupted:
        session.talk.say(f"{report.added + report.changed} articles are indexed so far and kept")
        raise KeyboardInterrupt
    return report


def _refresh(archive: Archive, session: Session) -> None:
    """Sync before a question; a locked or unwritable index still answers from its last commit."""
    try:
        report = sync_archive(archive, session)
    except LockedError as error:
        since = f" since {error.since}" if error.since else ""
        who = f"process {error.pid} indexes this archive{since}" if error.pid else "another process indexes"
        session.talk.say(f"{who}: this is the state of its last commit (--wait waits)")
    except ArchiveError as error:
        if archive.generation() == 0:
            raise
        session.talk.warn(f"{error.message}: this is the state of the last commit")
    else:
        session.talk.detail(told(report))
        if report.retry:
            session.talk.warn(f"{tried_again(report)}; see seedread status")


class Interrupt:
    """Asked as a function: whether Ctrl-C was pressed; a second press raises KeyboardInterrupt at once."""

    def __init__(self, talk: Talk, said: str = "stopping; what is done so far is kept") -> None:
        self.came = False
        self._talk = talk
        self._message_for = said
        self._previous: object = None

    def __enter__(self) -> Interrupt:
        try:
            self._previous = signal.signal(signal.SIGINT, self._pressed)
        except ValueError:  # not in the main thread: Ctrl-C is somebody else's
            self._previous = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)  # type: ignore[arg-type]  # what signal() gave back

    def __call__(self) -> bool:
        return self.came

    def _pressed(self, _signal: int, _frame: FrameType | None) -> None:
        if self.came:
            raise KeyboardInterrupt
        self.came = True
        if self._message_for:
            self._talk.say(self._message_for)


def told(report: SyncReport) -> str:
    """What a sync did, in words."""
    added = f"{report.added:,} article{'s' * (report.added != 1)} added"
    out = report.skipped - report.retry
    skipped = f"{out:,} file{'s' * (out != 1)} skipped"
    said = f"{added}, {report.changed:,} changed, {report.removed:,} removed; {skipped}"
    return f"{said}; {tried_again(report)}" if report.retry else said


def tried_again(report: SyncReport) -> str:
    """What is left for the next sync, in words."""
    files = "file" if report.retry == 1 else "files"
    return f"{report.retry:,} {files} could not be read yet (memory or a crash); the next sync tries again"


RULES = "rules"
"""What the engine that needs no model is called."""


RULES_ALONE = "names are found by rules alone"


MODEL_WANTED = "the extra entities adds a model that finds more: pip install 'seedread[entities]'"


def light(archive: Archive) -> bool:
    """Whether no model is installed and none was asked for, which is a choice and no fault."""
    return archive.settings.ner_model is None and archive.engine() == RULES
