"""Reading processes: a file that takes too long or ends its process is reported, and the others are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.processes import child
from seedread_index.processes.child import child_command
from seedread_index.processes.jobs import Failure, Trouble
from seedread_index.sync.ingest.reading_jobs import (
    FileJob,
    Outcome,
    Prepared,
    file_job,
    reading_pool,
    verdict,
)

HARMFUL = """
import os, time
from seedread_index.sync.ingest import worker

plain = worker.outcomes

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

enrichment_of = worker.enrichment_of

def study(article):
    if "heavy" in article.path:
        raise MemoryError
    return enrichment_of(article)

worker.outcomes = outcomes
worker.enrichment_of = study
worker.main()
"""


@pytest.fixture
def harmful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading processes in which some names hang, crash or use up the memory."""
    program = tmp_path / "harmful.py"
    program.write_text(HARMFUL)

    def command(module: str, *arguments: str) -> list[str]:
        start, *_ = child_command(module)
        return [start, str(program), *arguments]

    monkeypatch.setattr(child, "child_command", command)


def read(
    folder: Path, *names: str, limit: float = 20.0, size: int = 0, known: bytes | None = None
) -> dict[str, tuple[list[Prepared], Outcome | Failure]]:
    """The articles of each file, made where it is not there, and what was said last."""
    for name in names:
        if not (folder / name).exists():
            (folder / name).write_text(f"The story of {name} was told in Oslo.\n", encoding="utf-8")
    settings = EngineSettings(file_time_limit=limit)
    jobs = [
        file_job(number, FileJob(os.fsencode(folder / name), name.encode(), known=known), size, settings)
        for number, name in enumerate(names)
    ]
    found: dict[str, tuple[list[Prepared], Outcome | Failure]] = {}
    with reading_pool(settings, ordered=True) as pool:
        for event in pool.run(jobs):
            if event is None or event.job is None:
                continue
            name = names[event.job.number]
            said = event if isinstance(event, Failure) else event.value()
            articles, _ = found.setdefault(name, ([], said))
            if isinstance(said, Outcome):
                del articles[said.first :]
                articles.extend(said.articles)
            found[name] = articles, said
    assert list(found) == list(names)
    return found


def trouble(said: Outcome | Failure) -> Trouble | None:
    return said.trouble if isinstance(said, Failure) else None


def test_outcomes_come_in_order_with_articles_and_studies(tmp_path: Path) -> None:
    for name, (articles, _) in read(tmp_path, *(f"{number}.txt" for number in range(30))).items():
        (prepared,) = articles
        assert prepared.article.path == name
        assert prepared.enrich is not None


@pytest.mark.usefixtures("harmful")
def test_a_file_that_hangs_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "hang.txt", "b.txt", "c.txt", limit=2.0)
    _, said = found["hang.txt"]
    assert isinstance(said, Failure)
    status, reason = verdict(said, 0)
    assert status is SkipStatus.BROKEN
    assert "longer than 2 s" in reason
    assert trouble(read(tmp_path, "computes.txt", limit=0.5)["computes.txt"][1]) is Trouble.LATE
    assert all(found[name][0] for name in ("a.txt", "b.txt", "c.txt"))


@pytest.mark.usefixtures("harmful")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a process has computed")
def test_a_file_is_not_given_up_for_what_the_machine_makes_it_wait(tmp_path: Path) -> None:
    assert read(tmp_path, "waits.txt", limit=1.0)["waits.txt"][0]


@pytest.mark.usefixtures("harmful")
def test_a_file_that_ends_its_process_or_fills_its_memory_is_to_be_tried_again(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "crash.txt", "b.txt", "greedy.txt", "c.txt")
    for name, expected in (("crash.txt", Trouble.CRASHED), ("greedy.txt", Trouble.MEMORY)):
        said = found[name][1]
        assert isinstance(said, Failure)
        assert said.trouble is expected
        assert verdict(said, 0)[0] is SkipStatus.RETRY
    assert all(found[name][0] for name in ("a.txt", "b.txt", "c.txt"))


@pytest.mark.usefixtures("harmful")
def test_a_text_whose_names_cannot_be_found_is_kept_as_a_text(tmp_path: Path) -> None:
    articles, said = read(tmp_path, "heavy.txt")["heavy.txt"]
    assert isinstance(said, Outcome)
    assert said.status is None
    assert [prepared.enrich for prepared in articles] == [None]


def test_a_long_text_is_left_to_be_studied_once_it_is_stored(tmp_path: Path) -> None:
    text = "The mayor of Oslo, Anna Berg, told a story of many words.\n" * 5000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    ((prepared,), _) = read(tmp_path, "long.txt")["long.txt"]
    assert prepared.article.text == text
    assert prepared.enrich is None


def test_a_file_of_many_articles_comes_in_parts_and_in_order(tmp_path: Path) -> None:
    lines = [f'{{"text": "Line {number} was written in Oslo."}}' for number in range(2500)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, said = read(tmp_path, "many.jsonl")["many.jsonl"]
    assert isinstance(said, Outcome)
    assert 0 < said.first < 2500
    assert [each.article.part for each in articles] == [str(number + 1) for number in range(2500)]


@pytest.mark.usefixtures("harmful")
def test_a_large_file_has_more_time(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "computes.txt", limit=1.0, size=20 << 20)["computes.txt"][0]


def test_a_file_whose_content_is_known_is_not_read_again(tmp_path: Path) -> None:
    first = read(tmp_path, "a.txt")["a.txt"][1]
    assert isinstance(first, Outcome)
    articles, again = read(tmp_path, "a.txt", known=first.hash)["a.txt"]
    assert isinstance(again, Outcome)
    assert again.same
    assert not articles


def test_a_program_in_the_current_folder_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seedread_index.py").write_text("raise SystemExit(3)\n")
    (tmp_path / "json.py").write_text("raise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    assert read(tmp_path, "a.txt")["a.txt"][0]
