"""What could not be read for want of memory or by a crash is tried again, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus, SyncReport
from seedread_index.processes import child
from seedread_index.processes.child import child_command

pytestmark = pytest.mark.processes
Sync = Callable[..., SyncReport]
Stored = Callable[[], dict[str, str]]

HARMFUL = """
import os, sys, time
from pathlib import Path
from seedread_index.sync.ingest import worker

kind = Path(__file__).with_name("kind")
article_of = worker.article_of

def article(draft, relative):
    made = article_of(draft, relative)
    if "harm" in made.text:
        how = kind.read_text()
        if how == "memory":
            raise MemoryError
        if how == "crash":
            os._exit(9)
        if how == "hang":
            time.sleep(600)
        if how == "once":
            kind.write_text("none")
            os._exit(9)
    return made

worker.article_of = article
worker._PART = 1
worker.main()
"""


@pytest.fixture
def harm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Reading processes that come to harm over texts with that word; a function sets how."""
    program = tmp_path / "harmful.py"
    program.write_text(HARMFUL)

    def command(module: str, *arguments: str) -> list[str]:
        plain = child_command(module, *arguments)
        return [plain[0], str(program), *arguments] if module.endswith("ingest.worker") else plain

    monkeypatch.setattr(child, "child_command", command)

    def how(kind: str) -> None:
        (tmp_path / "kind").write_text(kind)

    how("none")
    return how


@pytest.fixture
def statuses(cache: Path) -> Callable[[], dict[str, SkipStatus]]:
    """A function that gives the status by path of what was skipped."""

    def read() -> dict[str, SkipStatus]:
        catalogue = Catalogue.open(cache / "catalogue.db")
        try:
            return {skipped.path: skipped.status for skipped in catalogue.skipped()}
        finally:
            catalogue.close()

    return read


@pytest.mark.parametrize("kind", ["memory", "crash"])
def test_the_old_version_stays_until_the_next_sync_can_read_the_new_one(  # noqa: PLR0917 - fixtures
    news: Path,
    run_sync: Sync,
    stored: Stored,
    statuses: Callable[[], dict[str, SkipStatus]],
    harm: Callable[[str], None],
    kind: str,
) -> None:
    (news / "one.txt").write_text("The harm was small.\n")
    (news / "two.txt").write_text("Nothing happened in Oslo.\n")
    run_sync()
    before = stored()
    (news / "one.txt").write_text("The harm was great.\n")
    harm(kind)
    for _ in range(2):
        report = run_sync()
        assert (report.retry, report.removed) == (1, 0)
        assert stored() == before
        assert statuses() == {"one.txt": SkipStatus.RETRY}
    harm("none")
    assert run_sync().retry == 0
    assert stored() == before | {"one.txt": "The harm was great.\n"}
    assert statuses() == {}


def test_a_rebuild_that_fails_for_every_file_loses_none(
    news: Path, run_sync: Sync, stored: Stored, harm: Callable[[str], None]
) -> None:
    for number in range(5):
        (news / f"{number}.txt").write_text(f"The harm numbered {number}.\n")
    run_sync()
    before = stored()
    harm("memory")
    report = run_sync(rebuild=True)
    assert (report.retry, report.removed) == (5, 0)
    assert stored() == before
    harm("none")
    assert run_sync().retry == 0
    assert stored() == before


def test_a_process_that_ends_once_costs_nothing(
    news: Path, run_sync: Sync, stored: Stored, harm: Callable[[str], None]
) -> None:
    (news / "one.txt").write_text("The harm was small.\n")
    (news / "two.txt").write_text("Nothing happened in Oslo.\n")
    harm("once")
    assert run_sync().retry == 0
    assert set(stored()) == {"one.txt", "two.txt"}


@pytest.mark.parametrize("kind", ["crash", "hang", "once"])
def test_what_was_read_of_a_file_before_a_fault_is_kept(  # noqa: PLR0917 - fixtures
    news: Path,
    cache: Path,
    run_sync: Sync,
    reasons: Stored,
    harm: Callable[[str], None],
    kind: str,
) -> None:
    lines = [f'{{"text": "{"The harm" if number == 40 else "Line"} {number}."}}' for number in range(60)]
    (news / "many.jsonl").write_text("\n".join(lines))
    harm(kind)
    report = run_sync(settings=EngineSettings(file_time_limit=1.0))
    harm("none")
    if kind == "once":
        assert (report.added, reasons()) == (60, {})
        return
    assert report.added == 40
    assert "after 40 articles" in reasons()["many.jsonl"]
    assert run_sync(settings=EngineSettings(file_time_limit=20.0)).added == 20
    catalogue = Catalogue.open(cache / "catalogue.db")
    parts = {article.part for article in catalogue.articles(catalogue.ids())}
    catalogue.close()
    assert parts == {str(number + 1) for number in range(60)}


def test_lines_that_moved_within_a_file_are_each_there_once(
    news: Path, cache: Path, run_sync: Sync, harm: Callable[[str], None]
) -> None:
    lines = [f'{{"text": "Line {number}."}}' for number in range(30)]
    (news / "many.jsonl").write_text("\n".join(lines))
    run_sync()
    (news / "many.jsonl").write_text("\n".join(['{"text": "A new line."}', *lines[5:]]))
    os.utime(news / "many.jsonl", (1, 1))
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db")
    texts = sorted(article.text for article in catalogue.articles(catalogue.ids()))
    searchable = catalogue.status((), engine="").searchable
    catalogue.close()
    assert texts == sorted(["A new line.", *(f"Line {number}." for number in range(5, 30))])
    assert searchable == 26
