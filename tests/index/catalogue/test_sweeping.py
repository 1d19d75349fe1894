"""What killed writers left is swept by the next one; what it made is for its owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.files.write_lock import WriteLock
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import LockedError

FolderOf = Callable[[Path, dict[str, str]], Path]


@pytest.fixture
def archive(tmp_path: Path, folder_of: FolderOf) -> Iterator[Archive]:
    """An archive of one article, synced under a umask that lets others read."""
    folder = folder_of(tmp_path / "news", {"one.txt": "Ministers met in Geneva to talk about grain.\n"})
    archive = Archive.open(
        [folder],
        EngineSettings(ner_model="rules"),
        cache_root=tmp_path / "cache",
        data_root=tmp_path / "data",
    )
    before = os.umask(0o022)
    archive.sync()
    os.umask(before)
    yield archive
    archive.close()


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_leftovers_are_swept_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    before = {name for name in files(archive.folder.path) if not name.endswith(".tmp")}
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "note").write_text("mine")
    for folder in (archive.folder.path, archive.folder.fulltext):
        for name in ("checksums.0a1b2c3d.new", "_articles2_9.toc.new", "0f0f.ctmp"):
            (folder / name).write_text("half")
        (folder / "0f0f.tmp").mkdir()
        (folder / "0f0f.tmp" / "run").write_text("half")
        (folder / "link.tmp").symlink_to(tmp_path / "own")
    archive.sync()
    assert files(archive.folder.path) == before
    assert (tmp_path / "own" / "note").read_text() == "mine"
    assert archive.search("grain").total == 1


def test_what_another_writer_has_in_hand_is_not_swept(archive: Archive) -> None:
    in_hand = archive.folder.fulltext / "0f0f.ctmp"
    in_hand.write_text("half")
    lock = WriteLock(archive.folder.lock)
    lock.acquire()
    try:
        with pytest.raises(LockedError):
            archive.sync()
    finally:
        lock.release()
    assert in_hand.exists()


def test_every_file_of_the_index_is_for_its_owner_alone(archive: Archive) -> None:
    open_to_others = [
        path.name for path in archive.folder.path.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []
