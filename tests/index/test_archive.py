"""The front door: open, sync, search and read an archive."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.model.article import PassageKind
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, QueryError
from seedread_index.model.results import SearchRequest

FolderOf = Callable[[Path, dict[str, str]], Path]


Open = Callable[..., Archive]


@pytest.fixture
def open_at(tmp_path: Path) -> Iterator[Open]:
    """Opens archives over roots, with caches of this test, and closes them at its end."""
    with contextlib.ExitStack() as stack:

        def opened(*roots: Path) -> Archive:
            archive = Archive.open(list(roots), cache_root=tmp_path / "cache", data_root=tmp_path / "data")
            stack.callback(archive.close)
            return archive

        yield opened


def test_a_root_that_is_not_there_is_said_with_what_to_do_next(open_at: Open, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no such file or folder: .*nowhere") as caught:
        open_at(tmp_path / "nowhere")
    assert caught.value.hint


def test_the_same_roots_in_any_order_are_one_archive(open_at: Open, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = open_at(tmp_path / "a", tmp_path / "b")
    second = open_at(tmp_path / "b", tmp_path / "a" / ".." / "a")
    assert first.folder == second.folder


def test_before_the_first_sync_everything_is_empty(open_at: Open, seeds: Path) -> None:
    archive = open_at(seeds)
    assert archive.search("Kremlin").total == 0
    assert archive.ids() == []
    assert archive.entities() == []
    assert archive.status().articles == 0


def test_the_second_sync_finds_nothing_to_do(open_at: Open, seeds: Path) -> None:
    archive = open_at(seeds)
    assert archive.sync().added == 2
    before = archive.generation()
    assert archive.sync().touched == 0
    assert archive.generation() == before


def test_the_cache_is_the_owners_alone(open_at: Open, seeds: Path) -> None:
    archive = open_at(seeds)
    archive.sync()
    assert stat.S_IMODE(archive.folder.path.stat().st_mode) == 0o700


def test_the_seeds_have_inferred_titles_and_one_date(seeds_archive: Archive) -> None:
    first, second = (seeds_archive.article(article_id) for article_id in seeds_archive.ids())
    assert first is not None
    assert second is not None
    assert (str(first.date), second.date) == ("2020-02-28", None)
    assert first.title_inferred
    assert second.title_inferred
    assert first.title.startswith("Russian President Vladimir Putin and Turkish counterpart")
    assert second.title.startswith("President Vladimir Putin met with his Syrian counterpart")


def test_a_seeds_text_is_the_file_itself(seeds_archive: Archive, seeds: Path) -> None:
    ids = seeds_archive.ids()
    assert len(ids) == 2
    for article_id in ids:
        article = seeds_archive.article(article_id)
        assert article is not None
        assert article.text == (seeds / article.path).read_text(encoding="utf-8")
        assert seeds_archive.file_of(article_id) == seeds / article.path


def test_the_donation_appeal_is_boilerplate_and_out_of_search(seeds_archive: Archive) -> None:
    article = seeds_archive.article(seeds_archive.find(b"003_3b4f8caba0df371f.txt")[0])
    assert article is not None
    boilerplate = article.of_kind(PassageKind.BOILERPLATE)
    assert article.text[boilerplate[0].start :].startswith("A Message from The Moscow Times:")
    assert seeds_archive.search("undesirable").total == 0


def test_every_hit_is_in_the_text_and_in_its_snippet(seeds_archive: Archive) -> None:
    results = seeds_archive.search("Kremlin")
    assert results.total == 2
    for hit in seeds_archive.hits(results):
        article = seeds_archive.article(hit.id)
        assert article is not None
        assert hit.hits == len(hit.spans) > 0
        assert {article.text[span.start : span.end] for span in hit.spans} == {"Kremlin"}
        snippet = hit.snippets[0]
        assert " ".join(article.text[snippet.start : snippet.end].split()) == snippet.text
        assert {snippet.text[mark.start : mark.end] for mark in snippet.marks} == {"Kremlin"}


def test_a_month_is_a_query(seeds_archive: Archive) -> None:
    results = seeds_archive.search("date:2020-02")
    assert [hit.path for hit in seeds_archive.hits(results)] == ["000_f3c12d9c3c59545f.txt"]


def test_since_and_until_keep_what_is_dated_between_them(
    open_at: Open, tmp_path: Path, folder_of: FolderOf
) -> None:
    texts = {f"{day}.txt": f"2020-02-0{day}\n\nThe harbour was closed on day {day}.\n" for day in (1, 2, 3)}
    archive = open_at(folder_of(tmp_path / "in", texts | {"none.txt": "The harbour has no date.\n"}))
    archive.sync()
    first, second, third = (dt.date(2020, 2, day) for day in (1, 2, 3))

    def found(since: dt.date | None, until: dt.date | None) -> list[str]:
        results = archive.search(SearchRequest("harbour", sort="path", since=since, until=until))
        return [header.path for header in archive.headers(results.ids())]

    assert found(second, None) == ["2.txt", "3.txt"]
    assert found(None, second) == ["1.txt", "2.txt"]
    assert found(first, first) == ["1.txt"]
    assert found(third, first) == []
    assert len(found(None, None)) == 4


def test_the_true_file_of_an_article_is_that_of_its_root_or_a_copy(open_at: Open, tmp_path: Path) -> None:
    roots = [tmp_path / "first", tmp_path / "second"]
    for number, root in enumerate(roots):
        root.mkdir()
        (root / "one.txt").write_text(f"The harbour number {number} was closed.\n")
    (roots[1] / "copy.txt").write_bytes((roots[1] / "one.txt").read_bytes())
    archive = open_at(*roots)
    archive.sync()
    files = {archive.file_of(article_id): article_id for article_id in archive.ids()}
    shown = {file: archive.article(article_id) for file, article_id in files.items() if file}
    assert {file: article.text for file, article in shown.items() if article} == {
        roots[0] / "one.txt": (roots[0] / "one.txt").read_text(),
        roots[1] / "copy.txt": (roots[1] / "copy.txt").read_text(),
    }
    (roots[1] / "copy.txt").unlink()
    assert archive.file_of(files[roots[1] / "copy.txt"]) == roots[1] / "one.txt"
    assert archive.file_of("no such id") is None


def test_an_open_quote_is_an_error_when_run_and_closed_while_typing(seeds_archive: Archive) -> None:
    with pytest.raises(QueryError) as caught:
        seeds_archive.search('"Kremlin')
    assert caught.value.position == 0
    assert seeds_archive.search(SearchRequest('"Kremlin', typing=True)).total == 2


def test_a_new_article_is_found_without_a_restart(open_at: Open, tmp_path: Path, folder_of: FolderOf) -> None:
    folder = folder_of(tmp_path / "news", {"one.txt": "Ministers met in Geneva to talk about grain.\n"})
    archive = open_at(folder)
    archive.sync()
    assert archive.search("Geneva").total == 1
    folder_of(folder, {"two.txt": "Officials in Geneva said that nothing was signed on Friday.\n"})
    archive.sync()
    assert archive.search("Geneva").total == 2
    (folder / "one.txt").unlink()
    archive.sync()
    assert [hit.path for hit in archive.hits(archive.search("Geneva"))] == ["two.txt"]


def test_a_query_that_is_under_way_is_answered_when_the_index_is_replaced(
    open_at: Open, tmp_path: Path, folder_of: FolderOf
) -> None:
    folder = folder_of(tmp_path / "news", {"a.txt": "The ferry left at noon.\n"})
    archive = open_at(folder)
    assert archive.ids() == []
    under_way = archive._index().catalogue  # as another thread holds it
    open_at(folder).sync()
    assert len(archive.ids()) == 1
    assert under_way.ids() == []


def test_forgetting_deletes_the_index_and_leaves_the_folder(
    open_at: Open, tmp_path: Path, folder_of: FolderOf
) -> None:
    folder = folder_of(tmp_path / "news", {"one.txt": "Ministers met in Geneva to talk about grain.\n"})
    archive = open_at(folder)
    archive.sync()
    assert archive.forget()
    assert not archive.folder.path.exists()
    assert (folder / "one.txt").exists()
    assert not archive.forget()
    assert archive.search("Geneva").total == 0


def test_the_index_of_a_folder_that_is_gone_can_still_be_forgotten(
    open_at: Open, tmp_path: Path, folder_of: FolderOf
) -> None:
    folder = folder_of(tmp_path / "news", {"one.txt": "Ministers met in Geneva to talk about grain.\n"})
    open_at(folder).sync()
    (folder / "one.txt").unlink()
    folder.rmdir()
    left = Archive.open([folder], cache_root=tmp_path / "cache", data_root=tmp_path / "data", gone=True)
    assert left.forget()
    assert not left.folder.path.exists()


def test_where_rules_are_the_engine_what_they_read_is_annotated(tmp_path: Path, seeds: Path) -> None:
    archive = Archive.open(
        [seeds], EngineSettings(ner_model="rules"), cache_root=tmp_path, data_root=tmp_path
    )
    with contextlib.closing(archive):
        archive.sync()
        assert archive.status().annotated == 2


def test_what_reads_after_the_close_is_refused_and_leaves_no_file_open(open_at: Open, seeds: Path) -> None:
    archive = open_at(seeds)
    archive.sync()
    results = archive.search("Kremlin")
    archive.close()
    opened = os.listdir("/proc/self/fd")
    for read in (archive.ids, lambda: archive.search("Kremlin"), lambda: archive.hits(results)):
        with pytest.raises(ArchiveError, match="closed"):
            read()
    assert len(os.listdir("/proc/self/fd")) == len(opened)


def test_a_repaired_archive_is_read_on(open_at: Open, seeds: Path) -> None:
    archive = open_at(seeds)
    archive.sync()
    before = archive.search("Kremlin").total
    archive.repair()
    assert archive.search("Kremlin").total == before > 0
