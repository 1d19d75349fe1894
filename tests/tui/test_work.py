"""The background work as the screen sees it."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

import pytest

from seedread.screens.browse.background_work import Work
from seedread_index.archive import Archive
from seedread_index.engines.index_files import CHECKSUMS
from seedread_index.files.checksums import ChecksumFile
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.model.status import Progress, Stage, SyncReport, Writer
from seedread_index.sync.background import Background, Event

from .conftest import Open

POLL = Work.poll


class FakeBackground(Background):
    """A child process that tells what the test says."""

    running = False

    def __init__(self) -> None:
        self.cancelled = 0
        self.events: list[Event] = []

    def start(self) -> None:
        self.running = True

    def poll(self) -> list[Event]:
        told, self.events = self.events, []
        return told

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.running = False


class FakeArchive(Archive):
    """An archive with an engine, a child and a generation that the test sets."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self.settings = EngineSettings()
        self.child = FakeBackground()
        self.now = 1
        self.roots = (Path("/my news"),)
        self.changed: tuple[str, ...] = ()
        self.checks = 0

    def engine(self) -> str:
        return self._engine

    def background(self, *, annotate: bool = True) -> FakeBackground:
        assert annotate == (self._engine != "rules")
        return self.child

    def counts(self) -> tuple[int, int]:
        return 2, 1

    def generation(self) -> int:
        return self.now

    def stamp(self) -> object:
        return self.now

    def changed_files(self) -> tuple[str, ...]:
        self.checks += 1
        return self.changed


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive("en_core_web_md")


def test_progress_is_told_until_all_is_done(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    assert work.poll(1).activity == "scanning folders"
    archive.child.events = [Progress(Stage.READ, 5, 9)]
    news = work.poll(1)
    assert (news.activity, news.syncing) == ("reading 5 of 9", True)
    archive.child.events = [SyncReport(added=9)]
    news = work.poll(1)
    assert (news.activity, news.syncing, news.report) == ("finding names", False, "9 articles added")
    archive.child.running = False
    assert work.poll(1).activity == ""


def test_a_commit_that_is_newer_than_what_is_shown_is_a_change(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    archive.now = 7
    archive.child.events = [Progress(Stage.READ, 5, 9, committed=5)]
    assert work.poll(1).changed
    archive.child.events = [Progress(Stage.READ, 6, 9, committed=6)]
    assert not work.poll(7).changed


def test_nothing_is_looked_at_while_nothing_is_at_work_and_no_commit_has_come(
    archive: FakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(100.0, 10.0)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    work = Work(archive)
    work.check_at = float("inf")
    assert not work.is_quiet(1)
    work.start()
    archive.child.events = [SyncReport(added=9)]
    assert not work.is_quiet(1)
    work.poll(1)
    archive.child.running = False
    for _ in range(3):
        work.poll(1)
    assert work.is_quiet(1)
    assert work.is_quiet(None)
    assert not work.is_quiet(0)  # results of an earlier state are shown
    archive.now = 2
    assert not work.is_quiet(1)
    assert work.poll(1).changed
    assert not work.is_quiet(2)  # another commit may have come at the same time of the clock
    work.poll(2)
    assert work.is_quiet(2)
    work.check_at = 0.0
    assert not work.is_quiet(2)
    work.check_at = float("inf")
    work.start()
    assert not work.is_quiet(2)


def test_another_writer_and_a_failure_are_told(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    archive.child.events = [Writer(4242, "2021-01-01T00:00:00")]
    assert "4242" in work.poll(1).activity
    archive.child.events = [ArchiveError("the disk is full", "free some space")]
    assert work.poll(1).problem == "the disk is full: free some space"


def test_without_a_model_it_is_told_what_would_find_more() -> None:
    work = Work(FakeArchive("rules"))
    work.start()
    assert "seedread doctor shows how to find more" in work.poll(1).report


def test_whoever_chose_the_rules_is_told_nothing() -> None:
    archive = FakeArchive("rules")
    archive.settings = EngineSettings(ner_model="rules")
    work = Work(archive)
    work.start()
    assert not work.poll(1).report


def test_a_look_at_the_folders_that_is_asked_for_while_names_are_found_comes_afterwards(
    archive: FakeArchive,
) -> None:
    work = Work(archive)
    assert work.start()
    archive.child.events = [SyncReport()]
    work.poll(1)
    assert not work.start()
    assert archive.child.cancelled == 1  # finding names pauses after its next commit
    work.poll(1)
    archive.child.running = False
    assert work.poll(1).finished
    news = work.poll(1)
    assert archive.child.running
    assert (news.activity, news.syncing) == ("scanning folders", True)


def test_a_look_that_is_asked_for_while_another_is_under_way_lets_it_end(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    assert not work.start()
    work.poll(1)
    assert archive.child.cancelled == 0
    archive.child.events = [SyncReport()]
    work.poll(1)
    assert archive.child.cancelled == 1


def test_a_look_that_waits_is_cancelled_with_the_work(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    work.start()
    assert work.cancel()
    archive.child.running = False
    work.poll(1)
    work.poll(1)
    assert not archive.child.running


def checked(work: Work) -> str:
    """What a poll tells after the check that an earlier one began has ended."""
    assert work._check is not None
    work._check.join()
    return work.poll(1).problem


def test_the_files_are_checked_once_after_the_work_and_nothing_is_said_when_all_is_well(
    archive: FakeArchive,
) -> None:
    work = Work(archive)
    work.start()
    work.check_at = 0
    work.poll(1)
    archive.child.events = [SyncReport()]
    work.poll(1)
    assert archive.checks == 0  # names are still being found
    archive.child.running = False
    work.poll(1)
    assert checked(work) == ""
    assert work.poll(1).activity == ""
    assert (archive.checks, archive.child.running) == (1, False)


def test_nothing_is_checked_right_after_the_opening(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    archive.child.running = False
    work.poll(1)
    work.poll(1)
    assert archive.checks == 0


def test_damaged_files_are_told_and_healed(archive: FakeArchive) -> None:
    archive.changed = ("a.trm", "b.pst")
    work = Work(archive)
    work.start()
    archive.child.running = False
    work.check_at = 0
    work.poll(1)
    told = checked(work)
    assert told == "the index is damaged (a.trm, b.pst): run `seedread index -C '/my news' --repair`"
    assert archive.child.running
    archive.child.running = False
    assert (work.poll(1).problem, archive.checks) == ("", 1)


def decay(folder: Path, ending: str) -> None:
    """Turn a bit as a disk does it: the times of the file stay those that were noted."""
    path = min(folder.glob(f"*{ending}"))  # of one segment or several, by how the sync was paced
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    checksums = ChecksumFile(folder / CHECKSUMS)
    entries = checksums.load()
    assert entries is not None
    entry, found = entries[path.name], path.stat()
    assert entry is not None
    entries[path.name] = replace(entry, mtime_ns=found.st_mtime_ns, ctime_ns=found.st_ctime_ns)
    checksums.store(entries)


async def test_a_bit_that_turned_on_the_disk_is_told_and_healed(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as app:
        archive = app.browse.session.archive
        decay(archive.folder.fulltext, ".trm")
        monkeypatch.setattr(Work, "poll", POLL)
        app.browse.background.work.check_at = 0
        await app.until(lambda: app.browse.problem)
        assert "The index is damaged" in app.browse.message
        assert "--repair" in app.browse.message
        await app.until(
            lambda: (
                app.browse.background.work._background is None
                or not app.browse.background.work._background.running
            )
        )
        assert archive.changed_files() == ()
