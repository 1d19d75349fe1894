"""Checking and repairing an archive's index."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.files.write_lock import WriteLock
from seedread_index.model.errors import ArchiveError, DamagedError, LockedError

FolderOf = Callable[[Path, dict[str, str]], Path]


@pytest.fixture
def archive(tmp_path: Path, folder_of: FolderOf) -> Iterator[Archive]:
    folder = folder_of(tmp_path / "news", {"one.txt": "Ministers met in Geneva to talk about grain.\n"})
    with Archive.open([folder], cache_root=tmp_path / "cache", data_root=tmp_path / "data") as archive:
        archive.sync()
        yield archive


def test_a_sound_index_has_no_problems(archive: Archive) -> None:
    assert archive.check() == ()


def test_a_missing_full_text_is_said_and_made_anew(archive: Archive) -> None:
    shutil.rmtree(archive.folder.fulltext)
    assert any("full text" in problem for problem in archive.check())
    with pytest.raises(DamagedError, match="missing"):
        archive.search("Geneva")
    archive.repair()
    assert archive.check() == ()
    assert archive.search("Geneva").total == 1


@pytest.fixture
def torn(archive: Archive) -> Iterator[Archive]:
    """The archive whose full text is to be torn; what Whoosh then leaves open is closed at the end."""
    yield archive
    archive.close()
    gc.collect()


def tear(archive: Archive, ending: str, length: int = 10) -> None:
    path = min(archive.folder.fulltext.glob(f"*.{ending}"))
    path.write_bytes(path.read_bytes()[:length])


@pytest.mark.parametrize("ending", ["trm", "pst", "row.col", "toc"])
@pytest.mark.parametrize("length", [0, 10])
def test_a_torn_full_text_is_said_and_made_anew(torn: Archive, ending: str, length: int) -> None:
    tear(torn, ending, length)
    assert torn.check()
    torn.repair()
    assert torn.check() == ()
    assert torn.search("grain").total == 1


def test_a_search_of_a_torn_full_text_says_what_to_do(torn: Archive) -> None:
    tear(torn, "trm")
    with pytest.raises(ArchiveError, match="damaged") as error:
        torn.search("grain")
    assert "--repair" in error.value.hint


def test_a_full_text_without_contents_is_made_anew_by_a_sync(archive: Archive) -> None:
    (contents,) = archive.folder.fulltext.glob("*.toc")
    contents.unlink()
    archive.sync()
    assert archive.search("grain").total == 1


def test_a_torn_full_text_is_made_anew_when_there_is_something_to_index(torn: Archive) -> None:
    tear(torn, "trm")
    (torn.roots[0] / "more.txt").write_text("More grain was shipped from Odesa.\n", encoding="utf-8")
    torn.sync()
    assert torn.check() == ()
    assert torn.search("grain").total == 2


def test_a_torn_catalogue_is_said_and_made_anew(archive: Archive) -> None:
    catalogue = archive.folder.catalogue
    content = catalogue.read_bytes()
    catalogue.write_bytes(content[: len(content) // 2])
    assert archive.check()
    archive.repair()
    assert archive.check() == ()
    assert archive.search("Geneva").total == 1


def test_a_folder_that_others_may_write_is_said(archive: Archive) -> None:
    archive.folder.path.chmod(0o777)
    assert any("other users" in problem for problem in archive.check())


def test_nothing_is_deleted_while_another_writes(archive: Archive) -> None:
    lock = WriteLock(archive.folder.lock)
    lock.acquire()
    try:
        with pytest.raises(LockedError):
            archive.forget()
        with pytest.raises(LockedError):
            archive.repair()
    finally:
        lock.release()
    assert archive.search("Geneva").total == 1
