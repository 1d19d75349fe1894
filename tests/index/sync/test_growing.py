"""A file of many articles that grows costs what is new in it, and its articles keep their ids."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import draft_hash
from seedread_index.extract.extractor import drafts_in
from seedread_index.model.article import article_id
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SyncReport
from seedread_index.sync.ingest.reading_jobs import FileJob, Outcome
from seedread_index.sync.ingest.worker import outcomes

Sync = Callable[..., SyncReport]


def record(number: int, text: str = "A crane fell in the port on day {n}, the harbour office said.") -> str:
    return json.dumps(
        {"title": f"Story {number}", "url": f"https://x.example/{number}", "text": text.format(n=number)}
    )


def write(folder: Path, *lines: str) -> Path:
    path = folder / "d.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def rows(cache: Path) -> dict[str, tuple[str, str | None]]:
    """The ids and parts of the stored articles, by title."""
    catalogue = Catalogue.open(cache / "catalogue.db")
    try:
        return {one.title: (one.id, one.part) for one in catalogue.articles(catalogue.ids())}
    finally:
        catalogue.close()


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ((1, 2, 3, 4), (1, 0, 0)),
        ((0, 1, 2, 3), (1, 0, 0)),
        ((1, 3), (0, 0, 1)),
        ((3, 2, 1), (0, 0, 0)),
    ],
)
def test_only_what_is_new_is_taken_in(
    news: Path, cache: Path, run_sync: Sync, lines: tuple[int, ...], counts: tuple[int, int, int]
) -> None:
    write(news, *map(record, (1, 2, 3)))
    run_sync()
    before = rows(cache)
    write(news, *map(record, lines))
    report = run_sync()
    assert (report.added, report.changed, report.removed) == counts
    after = rows(cache)
    assert {title: part for title, (_, part) in after.items()} == {
        f"Story {number}": str(place) for place, number in enumerate(lines, 1)
    }
    assert all(after[title][0] == before[title][0] for title in after if title in before)


def test_a_line_that_changes_is_read_again(news: Path, cache: Path, run_sync: Sync) -> None:
    write(news, record(1), record(2), record(3))
    run_sync()
    before = rows(cache)
    write(news, record(1), record(2, "It rose again on day {n}, after a long night."), record(3))
    report = run_sync()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert rows(cache) == before


def test_equal_lines_stay_copies(news: Path, cache: Path, run_sync: Sync) -> None:
    line = json.dumps({"title": "Twice", "text": "The same crane fell in the port again on Monday."})
    write(news, line, line, record(3))
    run_sync()
    write(news, line, line, record(3), record(4))
    report = run_sync()
    assert (report.added, report.changed, report.removed) == (1, 0, 0)
    assert set(rows(cache)) == {"Twice", "Story 3", "Story 4"}


def test_what_is_as_it_was_is_not_segmented_again(tmp_path: Path) -> None:
    path = write(tmp_path, *map(record, range(20)))
    drafts = list(drafts_in(Source.of(path.read_bytes()), b"d.jsonl", EngineSettings()))
    parts = {article_id(b"d.jsonl", one.part_id): draft_hash(one) for one in drafts[1:]}
    reading = outcomes(FileJob(bytes(path), b"d.jsonl", parts=parts), EngineSettings())
    found: list[Outcome] = []
    while True:
        try:
            found.append(next(reading))
        except StopIteration as end:
            found.append(end.value)
            break
    assert [one.article.title for each in found for one in each.articles] == ["Story 0"]
    assert sum(len(each.kept) for each in found) == 19
