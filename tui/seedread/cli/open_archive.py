"""Opening the archive of a subcommand, synced unless the options say otherwise."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from seedread.cli.context import Context, load_settings
from seedread.cli.parser import UsageError
from seedread.cli.streams.stderr import Messages, ProgressBar
from seedread.userdata import archive_choice
from seedread.userdata.session_log import SessionLog
from seedread.userdata.session_state import SessionStore
from seedread.wording import retry_summary, sync_summary
from seedread_index import shared_archive
from seedread_index.archive import Archive
from seedread_index.model.errors import ArchiveError, ForeignError, LockedError, SeedreadError
from seedread_index.model.installation import install_command, is_installed
from seedread_index.model.status import SyncReport


@contextmanager
def open_archive(
    context: Context, named: Sequence[str] = (), *, sync: bool = True, gone: bool = False
) -> Iterator[Archive]:
    """The archive that the options (or, before them, `named`) choose, synced without waiting for a writer.

    `gone` allows folders that are not there any more.
    """
    options, messages = context.options, context.messages
    source = archive_choice.choose([*options.archive, *named])
    if chosen := archive_choice.unasked(source):
        messages.info(chosen)
    settings = load_settings(options.ner_model, options.cache).engine
    archive = shared_archive.open_archive(source.roots, settings, gone=gone)
    if isinstance(archive, shared_archive.SharedArchive) and getattr(options, "null", False):
        raise UsageError(
            "-0 prints names of files, and those of a shared archive are with its indexers",
            "use --format '{path}' for the paths that they have there",
        )
    archive.read_ids = SessionStore(archive.folder.name).load_read
    try:
        if sync and not options.no_sync:
            _refresh(archive, context)
        yield archive
    except SeedreadError as error:
        error.name_archive(archive.roots)
        raise
    finally:
        archive.close()


def log_of(context: Context, archive: Archive) -> SessionLog:
    """The session log for what a command does, where the settings want one. Raises SettingsError."""
    settings = load_settings(private=context.options.private)
    return SessionLog(archive.roots, wanted=settings.log and not settings.private)


def warn_of_corrections(archive: Archive, context: Context) -> None:
    """Warn that the user's corrections cannot be read and are not applied."""
    if problem := archive.corrections_problem():
        context.messages.warning(f"corrections are not applied: {problem}")


def sync_archive(archive: Archive, context: Context, *, rebuild: bool = False) -> SyncReport:
    """Update the index from its folders; Ctrl-C ends it in order and raises KeyboardInterrupt."""
    with ProgressBar(context.messages) as bar, Interrupt(context.messages) as interrupt:
        report = archive.sync(bar, cancelled=interrupt, wait=context.options.wait, rebuild=rebuild)
    if interrupt.interrupted or report.interrupted:
        context.messages.info(f"{report.added + report.changed} articles indexed so far; they are kept")
        raise KeyboardInterrupt
    return report


def _refresh(archive: Archive, context: Context) -> None:
    """Sync before a question; a locked or unwritable index still answers from its last commit."""
    try:
        report = sync_archive(archive, context)
    except LockedError as error:
        since = f" since {error.since}" if error.since else ""
        who = (
            f"process {error.pid} has been indexing this archive{since}"
            if error.pid
            else "another process is indexing this archive"
        )
        context.messages.info(f"{who}; showing the last saved state (--wait to wait)")
    except ForeignError:
        context.messages.info(archive.status().not_ours)
    except ArchiveError as error:
        if archive.generation() == 0:
            raise
        context.messages.warning(f"{error.message}; showing the last saved state")
    else:
        context.messages.detail(sync_summary(report))
        if report.retry:
            context.messages.warning(f"{retry_summary(report)}; see seedread status")


class Interrupt:
    """A callable that tells whether Ctrl-C was pressed; a second press raises KeyboardInterrupt at once."""

    def __init__(self, messages: Messages, notice: str = "stopping; finished work is kept") -> None:
        self.interrupted = False
        self._messages = messages
        self._notice = notice
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
        return self.interrupted

    def _pressed(self, _signal: int, _frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True
        if self._notice:
            self._messages.info(self._notice)


RULES = "rules"
"""The name of the NER engine that needs no model."""


OUTGROWN = "above about 100,000 articles the index engine tantivy is faster and smaller"
"""Why another index engine is recommended."""
RULES_ALONE = "names are found by rules only"


def convert() -> str:
    """How to change to the recommended index engine."""
    adding = "" if is_installed("tantivy") else f"{install_command('large')}, then "
    return f"{adding}seedread index --index-engine tantivy"


def model_wanted() -> str:
    """How to have a model that finds more names than the rules."""
    return f"for a model that finds more, install the extra entities: {install_command('entities')}"


def rules_only(archive: Archive) -> bool:
    """Whether no model is installed and none is configured: a choice, not an error."""
    return archive.settings.ner_model is None and archive.engine() == RULES
