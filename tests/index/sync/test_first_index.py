"""An index that the first release made: recognised, searchable while its files are read by today's rules."""

from __future__ import annotations

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.article import EntityType
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.results import SearchRequest
from seedread_index.sync.ingest import ingest, reading_jobs
from seedread_index.sync.scan.walk import Walk

FIXTURE = Path(__file__).parents[2] / "data" / "first_index" / "index.tar.xz"


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Archive]:
    """The archive of the fixture."""
    with tarfile.open(FIXTURE) as packed:
        packed.extractall(tmp_path, filter="data")
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    folder.chmod(0o700)
    settings = EngineSettings(ner_model="rules")
    with closing(sqlite3.connect(folder / "catalogue.db")) as catalogue, catalogue:
        catalogue.execute("UPDATE roots SET path = ?", (os.fsencode(corpus),))
        for found in Walk([corpus], settings):
            catalogue.execute(
                "UPDATE files SET changed_ns = ? WHERE relative = ?", (found.changed_ns, found.relative)
            )
    archive = Archive([corpus], ArchiveFolder(folder, tmp_path / "corrections.toml"), settings)
    yield archive
    archive.close()


def spans(archive: Archive) -> list[tuple[str, str]]:
    """The raw spans of the model, as stored."""
    with closing(sqlite3.connect(archive.folder.catalogue)) as catalogue:
        return catalogue.execute("SELECT content_hash, spans FROM model_spans ORDER BY 1").fetchall()


def whole_files(archive: Archive) -> list[str]:
    """The ids of articles that are a file of their own; parts of a file are identified anew."""
    return sorted(one.id for one in archive.articles(archive.ids()) if one.part is None)


def test_an_index_of_the_first_release_is_searchable_before_any_sync(first: Archive) -> None:
    assert first.search(SearchRequest("harbour", group=False)).total == 2
    assert len(first.articles(first.ids())) == 5


def test_it_is_searchable_while_its_files_are_read_again(
    first: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    reading_pool = reading_jobs.reading_pool

    def watched(*arguments: object, **named: object) -> object:
        seen.append(first.search(SearchRequest("harbour", group=False)).total)
        return reading_pool(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "reading_pool", watched)
    first.sync()
    assert seen == [2]
    assert first.search(SearchRequest("harbour", group=False)).total == 2


def test_its_full_text_is_made_by_todays_analysis_before_its_files_are_read_again(
    first: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert first.search(SearchRequest('"harbour"', group=False)).total == 2
    assert first.search(SearchRequest('"said"', group=False)).total == 0
    seen = []
    reading_pool = reading_jobs.reading_pool

    def watched(*arguments: object, **named: object) -> object:
        seen.append(first.search(SearchRequest('"said"', group=False)).total)
        return reading_pool(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "reading_pool", watched)
    first.sync()
    assert seen == [first.search(SearchRequest("re:/said/", group=False)).total]
    assert seen[0] > 0
    first.sync()
    assert len(seen) == 1


def test_corrections_hold_before_anything_is_read_again(first: Archive) -> None:
    types = {entity.name: entity.type for entity in first.entities()}
    assert types["Lorne"] is EntityType.PLACE
    assert "Berg" not in types


def test_ids_and_model_spans_stay(first: Archive) -> None:
    ids = whole_files(first)
    before = spans(first)
    report = first.sync()
    assert (report.added, report.removed, report.skipped) == (0, 0, 0)
    assert report.changed == 6  # an exact copy among them
    assert whole_files(first) == ids
    assert len(before) == 5
    assert spans(first) == before
    assert first.check() == ()
    assert first.search(SearchRequest("harbour", group=False)).total == 2
    assert first.status().annotated == 5


def test_what_was_read_again_is_not_read_a_third_time(
    first: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.sync()

    def read(*_: object) -> None:
        pytest.fail("a file was read again")

    monkeypatch.setattr(ingest, "reading_pool", read)
    report = first.sync()
    assert (report.added, report.changed, report.removed, report.skipped) == (0, 0, 0, 0)


def test_its_rows_have_checksums_after_the_first_sync(first: Archive) -> None:
    first.sync()
    with closing(sqlite3.connect(first.folder.catalogue)) as catalogue:
        missing = catalogue.execute(
            "SELECT count(*) FROM articles JOIN texts ON article = number "
            "WHERE articles.checksum IS NULL OR texts.checksum IS NULL"
        ).fetchone()
    assert missing == (0,)


def test_its_articles_are_read_for_quotations_in_the_background(first: Archive) -> None:
    assert list(first.quotations()) == []
    assert first.unquoted() == 5
    first.sync()
    first.annotate()
    assert first.unquoted() == 0
