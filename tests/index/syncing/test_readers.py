"""Reading processes: a file that takes too long or ends its process is told, and the others are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from seedread_index.settings import EngineSettings
from seedread_index.status import SkipStatus
from seedread_index.syncing import reading_process
from seedread_index.syncing.children import child_command
from seedread_index.syncing.jobs import Job, Outcome
from seedread_index.syncing.readers import Readers

HARMFUL = """
import sys, os, time
from seedread_index.syncing import read_worker

plain = read_worker.outcomes

def outcomes(job, settings):
    if b"computes" in job.relative:
        until = time.process_time() + 2
        while time.process_time() < until:
            pass
    if b"waits" in job.relative:
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            time.sleep(0.05)
            sum(range(200_000))
    if b"hang" in job.relative:
        time.sleep(600)
    if b"crash" in job.relative:
        os.kill(os.getpid(), 11)
    if b"greedy" in job.relative:
        raise MemoryError
    return plain(job, settings)

study_of = read_worker.study_of

def study(article):
    if "heavy" in article.path:
        raise MemoryError
    return study_of(article)

read_worker.outcomes = outcomes
read_worker.study_of = study
read_worker.main(int(sys.argv[1]))
"""


@pytest.fixture
def harmful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading processes in which some names hang, crash or use up the memory."""
    program = tmp_path / "harmful.py"
    program.write_text(HARMFUL)

    def command(module: str, *arguments: str) -> list[str]:
        start, *_ = child_command(module)
        return [start, str(program), *arguments]

    monkeypatch.setattr(reading_process, "child_command", command)


def read(folder: Path, *names: str, limit: float = 20.0, size: int = 0) -> dict[str, Outcome]:
    for name in names:
        (folder / name).write_text(f"The story of {name} was told in Oslo.\n", encoding="utf-8")
    jobs = [Job(n, os.fsencode(folder / name), name.encode(), size=size) for n, name in enumerate(names)]
    with Readers(jobs, EngineSettings(file_time_limit=limit), 2) as readers:
        told = [outcome for _, outcome in readers.outcomes() if outcome is not None]
    assert [outcome.number for outcome in told] == list(range(len(names)))
    return dict(zip(names, told, strict=True))


def test_outcomes_come_in_order_with_articles_and_studies(tmp_path: Path) -> None:
    told = read(tmp_path, *(f"{number}.txt" for number in range(30)))
    for name, outcome in told.items():
        (prepared,) = outcome.articles
        assert prepared.article.path == name
        assert prepared.study is not None


@pytest.mark.usefixtures("harmful")
def test_a_file_that_hangs_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    told = read(tmp_path, "a.txt", "hang.txt", "b.txt", "c.txt", limit=3.0)
    assert told["hang.txt"].status is SkipStatus.BROKEN
    assert "longer than 3 s" in told["hang.txt"].reason
    assert read(tmp_path, "computes.txt", limit=0.5)["computes.txt"].status is SkipStatus.BROKEN
    assert all(told[name].articles for name in ("a.txt", "b.txt", "c.txt"))


@pytest.mark.usefixtures("harmful")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a process has computed")
def test_a_file_is_not_given_up_for_what_the_machine_makes_it_wait(tmp_path: Path) -> None:
    assert read(tmp_path, "waits.txt", limit=1.0)["waits.txt"].articles


@pytest.mark.usefixtures("harmful")
def test_a_file_that_ends_its_process_or_fills_its_memory_is_told(tmp_path: Path) -> None:
    told = read(tmp_path, "a.txt", "crash.txt", "b.txt", "greedy.txt", "c.txt")
    assert "ended the reading process" in told["crash.txt"].reason
    assert "memory" in told["greedy.txt"].reason
    assert all(told[name].articles for name in ("a.txt", "b.txt", "c.txt"))


@pytest.mark.usefixtures("harmful")
def test_a_long_text_whose_names_cannot_be_found_is_kept_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "heavy.txt").write_text("A story of many words was told in Oslo.\n" * 5000, encoding="utf-8")
    job = Job(0, os.fsencode(tmp_path / "heavy.txt"), b"heavy.txt")
    with Readers([job], EngineSettings(), 1) as readers:
        ((_, outcome),) = [each for each in readers.outcomes() if each[1] is not None]
    assert outcome is not None
    assert outcome.status is None
    assert [prepared.study for prepared in outcome.articles] == [None]


def test_a_long_text_is_told_before_its_names_and_has_both_at_last(tmp_path: Path) -> None:
    text = "The mayor of Oslo, Anna Berg, told a story of many words.\n" * 5000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    job = Job(0, os.fsencode(tmp_path / "long.txt"), b"long.txt")
    with Readers([job], EngineSettings(), 1) as readers:
        ((_, outcome),) = [each for each in readers.outcomes() if each[1] is not None]
    assert outcome is not None
    assert outcome.final
    (prepared,) = outcome.articles
    assert prepared.article.text == text
    assert prepared.study is not None
    assert prepared.study.mentions


@pytest.mark.usefixtures("harmful")
def test_a_large_file_has_more_time_and_waits_for_another_large_one(tmp_path: Path) -> None:
    jobs = []
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("The story was told in Oslo.\n" * (number + 1))
        jobs.append(Job(number, os.fsencode(tmp_path / f"{number}.txt"), b"%d.txt" % number, size=50 << 20))
    with Readers(jobs, EngineSettings(), 2) as readers:
        for _, outcome in readers.outcomes():
            assert sum(len(process.jobs) for process in list(readers._processes)) <= 1
            assert outcome is None or outcome.articles
    told = read(tmp_path, "a.txt", "computes.txt", limit=1.0, size=20 << 20)
    assert all(outcome.articles for outcome in told.values())


def test_a_file_whose_content_is_known_is_not_read_again(tmp_path: Path) -> None:
    first = read(tmp_path, "a.txt")["a.txt"]
    job = Job(0, os.fsencode(tmp_path / "a.txt"), b"a.txt", known=first.hash)
    with Readers([job], EngineSettings(), 1) as readers:
        ((_, outcome),) = [each for each in readers.outcomes() if each[1] is not None]
    assert outcome is not None
    assert outcome.same
    assert not outcome.articles


def test_a_program_in_the_current_folder_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seedread_index.py").write_text("raise SystemExit(3)\n")
    (tmp_path / "json.py").write_text("raise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    assert read(tmp_path, "a.txt")["a.txt"].articles
