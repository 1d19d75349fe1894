"""A sync takes in what is new, changed and gone, and leaves the rest alone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.engines import document
from seedread_index.engines.whoosh.files import INDEX_NAME
from seedread_index.engines.whoosh.fulltext import open_fulltext
from seedread_index.model import versions
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.results import SearchRequest
from seedread_index.model.status import Progress, SyncReport
from seedread_index.processes.child import Program
from seedread_index.processes.jobs import PoolLimits
from seedread_index.processes.pool import Pool
from seedread_index.sync.ingest import indexer, reading_jobs
from seedread_index.sync.passes import repetitions
from seedread_index.sync.sync import sync

Sync = Callable[..., SyncReport]
Stored = Callable[[], dict[str, str]]
GENEVA = "Ministers met in Geneva to talk about grain.\n"
CAIRO = "The port of Alexandria was closed by a storm, officials in Cairo said.\n"
OLD = 1_500_000_000


def write(path: Path, text: str, *, mtime: int = OLD) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (mtime, mtime))


def generation(cache: Path) -> int:
    catalogue = Catalogue.open(cache / "catalogue.db")
    try:
        return catalogue.generation()
    finally:
        catalogue.close()


def test_new_changed_and_gone_files_are_taken_in(news: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", GENEVA)
    write(news / "two.txt", CAIRO)
    assert run_sync().added == 2
    write(news / "one.txt", GENEVA + "Nothing was signed.\n", mtime=OLD + 1)
    (news / "two.txt").unlink()
    report = run_sync()
    assert (report.added, report.changed, report.removed) == (0, 1, 1)
    assert stored() == {"one.txt": GENEVA + "Nothing was signed.\n"}


def test_a_sync_of_what_is_unchanged_writes_nothing(news: Path, cache: Path, run_sync: Sync) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    run_sync()  # A file read in the moment of its change is looked into once more.
    before = generation(cache), (cache / "catalogue.db").stat().st_mtime_ns
    assert run_sync().touched == 0
    assert (generation(cache), (cache / "catalogue.db").stat().st_mtime_ns) == before


def test_a_file_that_was_only_touched_is_not_read_again(news: Path, cache: Path, run_sync: Sync) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    before = generation(cache)
    os.utime(news / "one.txt", (OLD + 5, OLD + 5))
    assert run_sync().touched == 0
    assert generation(cache) == before


def test_a_change_that_keeps_size_and_time_is_found(news: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", "Ministers met in Geneva.\n")
    run_sync()
    run_sync()
    write(news / "one.txt", "Ministers met in Lisbon.\n")
    run_sync()
    assert stored() == {"one.txt": "Ministers met in Lisbon.\n"}


def test_a_moved_file_keeps_its_article(news: Path, cache: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    (news / "one.txt").rename(news / "moved.txt")
    report = run_sync()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert stored() == {"moved.txt": GENEVA}
    catalogue = Catalogue.open(cache / "catalogue.db")
    assert list(catalogue.numbers(catalogue.ids()).values()) == [1]
    catalogue.close()


def test_copies_are_shown_once_and_outlive_one_another(news: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "a.txt", GENEVA)
    write(news / "b.txt", GENEVA)
    run_sync()
    assert stored() == {"a.txt": GENEVA}
    (news / "a.txt").unlink()
    run_sync()
    assert stored() == {"b.txt": GENEVA}


def test_equal_paths_of_two_roots_are_two_articles(
    tmp_path: Path, cache: Path, run_sync: Sync, stored: Stored
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write(first / "one.txt", GENEVA)
    write(second / "one.txt", CAIRO)
    assert run_sync(first, second).added == 2
    catalogue = Catalogue.open(cache / "catalogue.db")
    assert len(set(catalogue.ids())) == 2
    assert len(catalogue.find(b"one.txt")) == 2
    assert len(catalogue.find(os.fsencode(second / "one.txt"))) == 1
    catalogue.close()
    assert run_sync(first, second).touched == 0


def test_a_root_may_be_a_file_and_lie_in_another_root(news: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", GENEVA)
    write(news / "two.txt", CAIRO)
    run_sync(news / "one.txt")
    assert set(stored()) == {"one.txt"}
    report = run_sync(news, news / "one.txt")
    assert report.removed == 0
    assert set(stored()) == {"one.txt", "two.txt"}


@pytest.mark.processes
def test_an_interrupt_keeps_what_is_done_and_the_next_sync_does_the_rest(
    news: Path, files: ArchiveFolder, run_sync: Sync, stored: Stored
) -> None:
    for number in range(120):
        write(news / f"{number:03}.txt", f"Story {number} of the day.\n{GENEVA}")
    seen: list[Progress] = []
    report = sync(
        (news,),
        files,
        EngineSettings(),
        progress=seen.append,
        cancelled=lambda: any(progress.committed for progress in seen),
    )
    assert report.interrupted
    some = stored()
    assert 0 < len(some) < 120
    assert run_sync().added == 120 - len(some)
    assert len(stored()) == 120


def test_what_was_stored_but_not_indexed_is_indexed_by_the_next_sync(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db", writable=True)
    with catalogue.transaction():
        catalogue.connection().execute("UPDATE articles SET indexed = 0")
    catalogue.close()
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db")
    assert catalogue.status((), engine="").searchable == 1
    catalogue.close()


def test_a_lost_full_text_is_made_anew_from_the_catalogue(news: Path, cache: Path, run_sync: Sync) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    shutil.rmtree(cache / "fulltext")
    run_sync()
    fulltext = open_fulltext(cache / "fulltext", writable=False)
    assert fulltext.count() == 1
    fulltext.close()


def test_a_full_text_of_an_older_kind_is_made_anew(news: Path, cache: Path, run_sync: Sync) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    for path in (cache / "fulltext").glob(f"*{INDEX_NAME}*"):
        path.rename(path.with_name(path.name.replace(INDEX_NAME, "articles1")))
    run_sync()
    fulltext = open_fulltext(cache / "fulltext", writable=False)
    assert fulltext.count() == 1
    fulltext.close()
    assert not [*(cache / "fulltext").glob("*articles1*")]


def test_a_damaged_catalogue_is_made_anew(news: Path, cache: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    for damaged in (b"", b"rubbish" * 1000, (cache / "catalogue.db").read_bytes()[:20_000]):
        (cache / "catalogue.db").write_bytes(damaged)
        run_sync()
        assert stored() == {"one.txt": GENEVA}
        fulltext = open_fulltext(cache / "fulltext", writable=False)
        assert fulltext.count() == 1
        fulltext.close()


def test_a_rebuild_reads_everything_again(news: Path, run_sync: Sync, stored: Stored) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    assert run_sync(rebuild=True).changed == 1
    assert stored() == {"one.txt": GENEVA}


def test_a_change_of_settings_has_files_read_again(news: Path, run_sync: Sync) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    assert run_sync(settings=EngineSettings(json_fields={"text": "body"})).changed == 1


def test_a_lower_limit_leaves_out_what_was_read_and_a_higher_one_reads_it(
    news: Path, run_sync: Sync, stored: Stored, reasons: Stored
) -> None:
    write(news / "one.txt", GENEVA)
    run_sync()
    run_sync(settings=EngineSettings(max_file_size=10))
    assert stored() == {}
    assert "max_file_size" in reasons()["one.txt"]
    assert run_sync(settings=EngineSettings(max_file_size=10)).skipped == 0
    run_sync()
    assert stored() == {"one.txt": GENEVA}


@pytest.mark.processes
def test_a_file_that_took_too_long_is_tried_again_when_it_may_take_longer(
    news: Path, run_sync: Sync, stored: Stored, reasons: Stored
) -> None:
    write(news / "one.txt", GENEVA * 20_000)
    run_sync(settings=EngineSettings(file_time_limit=0.01))
    assert "file_time_limit" in reasons()["one.txt"]
    assert run_sync(settings=EngineSettings(file_time_limit=0.01)).skipped == 0
    run_sync()
    assert (reasons(), set(stored())) == ({}, {"one.txt"})


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(
    news: Path, run_sync: Sync, stored: Stored
) -> None:
    write(news / "one", GENEVA)
    run_sync()
    (news / "one").unlink()
    write(news / "one" / "two.txt", CAIRO)
    run_sync()
    assert stored() == {"one/two.txt": CAIRO}
    (news / "one" / "two.txt").unlink()
    (news / "one").rmdir()
    write(news / "one", GENEVA)
    run_sync()
    assert stored() == {"one": GENEVA}


@pytest.mark.processes
def test_large_syncs_store_index_and_study_everything(news: Path, cache: Path, run_sync: Sync) -> None:
    for number in range(450):
        write(news / f"{number:03}.txt", f"Mayor {chr(65 + number % 26)}{number} spoke in Oslo.\n")
    assert run_sync().added == 450
    catalogue = Catalogue.open(cache / "catalogue.db")
    left = "SELECT count(*) FROM articles WHERE indexed = 0 OR studied = 0 OR grouped = 0 OR settled <> 1"
    assert catalogue.connection().execute(left).fetchone() == (0,)
    catalogue.close()
    fulltext = open_fulltext(cache / "fulltext", writable=False)
    assert fulltext.count() == 450
    fulltext.close()
    assert run_sync().touched == 0


def test_near_duplicates_are_grouped_and_parted_when_their_leader_goes(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    story = " ".join(f"word{number} said{number % 7}" for number in range(60))
    write(news / "one.txt", story)
    write(news / "two.txt", story + " One more line at the end.")
    write(news / "other.txt", " ".join(f"else{number}" for number in range(120)))
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db")
    (member, representative), *rest = catalogue.groups().items()
    paths = {header.path for header in catalogue.headers([member, representative])}
    (header,) = catalogue.headers([representative])
    catalogue.close()
    assert paths == {"one.txt", "two.txt"}
    assert not rest
    (news / header.path).unlink()
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db")
    assert catalogue.groups() == {}
    catalogue.close()


def test_paragraphs_that_stand_under_many_articles_become_boilerplate(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    notice = "Sign up and never miss our stories from the harbour."
    for number in range(8):
        body = " ".join(f"topic{number}x{word} was told" for word in range(40))
        write(news / f"{number}.txt", f"{body}.\n\n{body[::-1]}.\n\n{notice}\n")
    run_sync()
    catalogue = Catalogue.open(cache / "catalogue.db")
    for article in catalogue.articles(catalogue.ids()):
        last = article.passages[-1]
        assert article.text[last.start : last.end] == notice
        assert last.kind == "boilerplate"
    catalogue.close()


def test_a_full_text_that_holds_less_than_the_catalogue_says_is_begun_anew(
    news: Path, cache: Path, run_sync: Sync
) -> None:
    write(news / "one.txt", GENEVA)
    write(news / "two.txt", CAIRO)
    run_sync()
    folder = cache / "fulltext"
    catalogue = Catalogue.open(cache / "catalogue.db")
    gone = catalogue.ids()[:1]
    catalogue.close()
    fulltext = open_fulltext(folder, writable=True)
    fulltext.apply((), gone)
    fulltext.commit()
    assert fulltext.count() == 1
    fulltext.close()
    write(news / "three.txt", "A ferry sank.\n")
    run_sync()
    healed = open_fulltext(folder, writable=False)
    assert healed.count() == 3
    healed.close()


def test_likeness_is_measured_only_where_sketches_leave_it_open(
    news: Path, run_sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    likeness = repetitions._likeness

    def noted(common: int, one: int, other: int) -> float:
        measured.append(one)
        return likeness(common, one, other)

    monkeypatch.setattr(repetitions, "candidates", lambda catalogue, number, _: {1, 2} - {number})
    monkeypatch.setattr(repetitions, "_likeness", noted)
    story = " ".join(f"word{number}" for number in range(100))
    write(news / "one.txt", story)
    write(news / "two.txt", " ".join(f"other{number}" for number in range(100)))
    run_sync()
    assert not measured
    write(news / "two.txt", f"{story} added", mtime=OLD + 1)
    run_sync()
    assert measured


@pytest.mark.processes
def test_a_few_files_more_are_read_by_one_process_and_indexed_in_one_commit(
    news: Path, run_sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[int] = []
    processes: list[int] = []
    update = indexer.FullTextIndexer._update

    def updated(self: indexer.FullTextIndexer, numbers: list[int]) -> None:
        commits.append(len(numbers))
        update(self, numbers)

    def started(program: Program, limits: PoolLimits, *, ordered: bool) -> Pool:
        processes.append(limits.processes)
        return Pool(program, limits, ordered=ordered)

    monkeypatch.setattr(indexer.FullTextIndexer, "_update", updated)
    monkeypatch.setattr(reading_jobs, "Pool", started)
    monkeypatch.setattr("seedread_index.sync.ingest.ingest._FIRST_SECONDS", 600)
    for number in range(15):
        write(news / f"{number}.txt", f"Ferry {number} left quay {number * 7} with {number + 3} people.")
    run_sync(settings=EngineSettings(processes=3))
    assert (commits, processes) == ([10, 5], [1])
    for number in range(15, 30):
        write(news / f"{number}.txt", f"Ferry {number} left quay {number * 7} with {number + 3} people.")
    monkeypatch.setattr(reading_jobs, "_WORTH_A_PROCESS", 500)
    run_sync(settings=EngineSettings(processes=3))
    assert (commits[2:], processes[1:]) == ([15], [2])


def test_an_index_without_authors_and_addresses_gets_them_and_stays_searchable(
    news: Path, files: ArchiveFolder, run_sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = {"title": "Storm", "author": "Ann Roe", "url": "https://bay.example/1", "text": CAIRO * 9}
    write(news / "a.json", json.dumps(story))
    write(news / "b.txt", GENEVA)
    with monkeypatch.context() as old:
        made = document.document_of
        old.setattr(versions, "DOCUMENT_FIELDS", 1)
        old.setattr(document, "document_of", lambda one: replace(made(one), author=None, url=None))
        run_sync()
    archive = Archive([news], files, EngineSettings())

    def found(query: str) -> int:
        return archive.search(SearchRequest(query)).total

    assert [found(query) for query in ("storm", "author:roe", "url:bay.example")] == [1, 0, 0]
    report = archive.sync()
    assert (report.added, report.changed) == (0, 0)
    assert [found(query) for query in ("storm", "author:roe", "url:bay.example", "ministers")] == [1, 1, 1, 1]
    assert archive.check() == ()
    indexed: list[object] = []
    monkeypatch.setattr(document, "document_of", indexed.append)
    archive.sync()
    assert indexed == []
    archive.close()


@pytest.mark.processes
def test_names_of_long_texts_are_found_where_the_cache_is_named_by_a_relative_path(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news / "long.txt", "Anna Keller came to Oslo. " * 4_000)
    monkeypatch.chdir(tmp_path)
    settings = EngineSettings(ner_model="rules", processes=1)
    archive = Archive.open([news], settings, cache_root=Path("cache"), data_root=Path("data"))
    archive.sync()
    assert {entity.name for entity in archive.entities()} == {"Anna Keller", "Oslo"}
    archive.close()
