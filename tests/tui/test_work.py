"""The background work as the screen sees it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from seedread.screens.browsing.work import Work
from seedread_index.errors import ArchiveError
from seedread_index.settings import EngineSettings
from seedread_index.status import Progress, Stage, SyncReport, Writer


class FakeBackground:
    """A child process that tells what the test says."""

    def __init__(self) -> None:
        self.running = False
        self.cancelled = 0
        self.events: list[object] = []

    def start(self) -> None:
        self.running = True

    def poll(self) -> Sequence[object]:
        told, self.events = self.events, []
        return told

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.running = False


class FakeArchive:
    """An archive with an engine, a child and a generation that the test sets."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self.settings = EngineSettings()
        self.child = FakeBackground()
        self.now = 1

    def engine(self) -> str:
        return self._engine

    def background(self, *, annotate: bool) -> FakeBackground:
        assert annotate == (self._engine != "rules")
        return self.child

    def generation(self) -> int:
        return self.now


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive("en_core_web_md")


def test_progress_is_told_until_all_is_done(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    assert work.poll(1).activity == "looking for files"
    archive.child.events = [Progress(Stage.READ, 5, 9)]
    news = work.poll(1)
    assert (news.activity, news.syncing) == ("reading 5/9", True)
    archive.child.events = [SyncReport(added=9)]
    news = work.poll(1)
    assert (news.activity, news.syncing, news.report) == ("finding names", False, "9 new")
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


def test_another_writer_and_a_failure_are_told(archive: FakeArchive) -> None:
    work = Work(archive)
    work.start()
    archive.child.events = [Writer(4242, "2021-01-01T00:00:00")]
    assert "4242" in work.poll(1).activity
    archive.child.events = [ArchiveError("the disk is full", "make room")]
    assert work.poll(1).problem == "the disk is full: make room"


def test_without_a_model_it_is_told_what_would_find_more() -> None:
    work = Work(FakeArchive("rules"))
    work.start()
    assert "seedread[entities]" in work.poll(1).report


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
    assert (news.activity, news.syncing) == ("looking for files", True)


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
