"""An archive keeps its index engine until it is converted, which reads no file again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.engines.document import Document
from seedread_index.engines.tantivy.engine import TantivyEngine
from seedread_index.engines.tantivy.fulltext import TantivyFullText
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.model.installation import install_command

STORIES = {
    "one.txt": "Ministers met in Oslo to talk about fish and the harbour.\n",
    "two.txt": "The harbour of Bergen was closed for a day by a storm.\n",
    "three.txt": "Nothing was said about the talks in Geneva on Monday.\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def opened(news: Path, tmp_path: Path) -> Iterator[Archive]:
    """The archive, not synced yet."""
    archive = opening(news, tmp_path)
    yield archive
    archive.close()


def opening(news: Path, tmp_path: Path, engine: str = "whoosh") -> Archive:
    settings = EngineSettings(ner_model="rules", index_engine=engine)
    return Archive.open(news, settings, cache_root=tmp_path / "cache", data_root=tmp_path / "data")


def engine_of(archive: Archive) -> tuple[str, str]:
    status = archive.status()
    return status.index_engine.name, status.index_engine.checksums


def test_a_new_archive_gets_the_engine_of_the_settings_and_keeps_it(news: Path, tmp_path: Path) -> None:
    with opening(news, tmp_path, "tantivy") as archive:
        archive.sync()
        assert engine_of(archive) == ("tantivy", "ok")
        assert archive.search("harbour").total == 2
        assert archive.check() == ()
    with opening(news, tmp_path) as archive:
        (news / "four.txt").write_text("A fourth story of the harbour came late.\n")
        (news / "two.txt").unlink()
        archive.sync()
        assert engine_of(archive) == ("tantivy", "ok")
        assert {each.path for each in archive.headers(archive.search("harbour").ids())} == {
            "one.txt",
            "four.txt",
        }


@pytest.mark.parametrize("setting", ["whoosh", "tantivy"])
def test_an_archive_is_converted_and_back_without_reading_a_file(
    news: Path, tmp_path: Path, setting: str
) -> None:
    with opening(news, tmp_path) as archive:
        archive.sync()
        ids = archive.search(
            "harbour",
        ).ids()
    for path in news.iterdir():
        path.unlink()
    with opening(news, tmp_path, setting) as archive:
        assert archive.search("harbour").ids() == ids
        assert archive.convert_index("tantivy")
        assert engine_of(archive) == ("tantivy", "ok")
        assert archive.search("harbour").ids() == ids
        assert not archive.convert_index("tantivy")
        assert not (archive.folder.path / "fulltext.old").exists()
        assert archive.convert_index("whoosh")
        assert engine_of(archive)[0] == "whoosh"
        assert archive.search("harbour").ids() == ids
        assert archive.check() == ()


def test_a_conversion_that_fails_leaves_the_old_index(
    opened: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.sync()

    def full(self: TantivyFullText) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(TantivyFullText, "commit", full)
        with pytest.raises(ArchiveError, match="disk is full"):
            opened.convert_index("tantivy")
    assert engine_of(opened)[0] == "whoosh"
    assert opened.search("harbour").total == 2
    opened.sync()
    assert not opened.folder.next_fulltext.exists()


def test_a_replacement_that_was_cut_short_is_taken_back(opened: Archive) -> None:
    opened.sync()
    opened.close()
    folder = opened.folder
    folder.fulltext.rename(folder.path / "fulltext.old")
    again = Archive(opened.roots, folder, opened.settings)
    with again:
        again.sync()
        assert again.search("harbour").total == 2
        assert not (folder.path / "fulltext.old").exists()


def test_damage_of_tantivy_files_is_repaired_with_the_same_engine(news: Path, tmp_path: Path) -> None:
    with opening(news, tmp_path, "tantivy") as archive:
        archive.sync()
    term = next(archive.folder.fulltext.glob("*.term"))
    term.write_bytes(b"x" + term.read_bytes()[1:])
    with opening(news, tmp_path) as archive:
        assert any("damaged" in problem for problem in archive.check())
        assert archive.changed_files() == (term.name,)
        archive.repair()
        assert engine_of(archive) == ("tantivy", "ok")
        assert archive.search("harbour").total == 2
        assert archive.check() == ()


def test_without_tantivy_an_archive_of_it_says_what_to_install(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opening(news, tmp_path, "tantivy") as archive:
        archive.sync()
    monkeypatch.setattr("seedread_index.engines.tantivy.engine.find_spec", lambda name: None)
    with opening(news, tmp_path) as archive:
        with pytest.raises(ArchiveError, match="not installed") as raised:
            archive.search("harbour")
        assert install_command("large") in raised.value.hint
    with (
        opening(news, tmp_path / "other", "tantivy") as archive,
        pytest.raises(ArchiveError, match="not installed"),
    ):
        archive.sync()


def test_one_who_may_not_write_to_the_folder_reads_it_and_leaves_nothing_there(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opening(news, tmp_path, "tantivy") as archive:
        archive.sync()
    folder = archive.folder.fulltext
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    before = sorted(folder.iterdir())
    monkeypatch.setattr("seedread_index.engines.tantivy.fulltext.os.access", lambda *_: False)
    with opening(news, tmp_path) as archive:
        assert archive.search("harbour").total == 2
        assert archive.search('"harbour of"').total == 1
        assert archive.search('"oslo fish talk"~5').total == 1
    assert sorted(folder.iterdir()) == before


def test_an_interrupted_commit_of_tantivy_is_not_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fulltext = TantivyEngine().open(tmp_path / "fulltext", writable=True)
    fulltext.apply([Document("a" * 16, "", True, "harbour", (), 0, None, None, "a.txt", "en")])
    fulltext.commit()
    fulltext.apply([Document("b" * 16, "", True, "harbour", (), 0, None, None, "b.txt", "en")], ["a" * 16])
    with monkeypatch.context() as patched:
        patched.setattr("seedread_index.engines.tantivy.fulltext.fed", lambda parts: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            fulltext.commit()
    assert fulltext.count() == 1
    fulltext.check()
    fulltext.close()
