"""The files of an archive: nothing there yet reads as empty, and one writer at a time."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.errors import ArchiveError, DamagedError, LockedError


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    """The files of an archive that was never synced."""
    return ArchiveFolder(tmp_path / "cache" / "one", tmp_path / "data" / "corrections.toml")


def test_before_the_first_sync_every_store_is_empty_and_nothing_is_made(folder: ArchiveFolder) -> None:
    with closing(folder.reading()) as index, closing(index.fulltext()) as fulltext:
        assert (index.catalogue.generation(), index.catalogue.ids()) == (0, [])
        assert index.catalogue.find(b"one.txt") == []
        assert index.mentions.entities() == []
        assert index.mentions.card("none") is None
        assert fulltext.count() == 0
        assert fulltext.vocabulary.known(["harbour"]) == []
    assert not folder.path.exists()


def test_the_same_roots_have_the_same_folder_in_any_place(tmp_path: Path) -> None:
    one = ArchiveFolder.of([Path("/a"), Path("/b")], tmp_path / "here", tmp_path)
    assert one.name == ArchiveFolder.of([Path("/a"), Path("/b")], tmp_path / "there", tmp_path).name
    assert one.name != ArchiveFolder.of([Path("/a/b")], tmp_path / "here", tmp_path).name
    assert one.corrections.parent.name == one.name


def test_a_writer_locks_out_others_and_makes_the_catalogue_when_it_is_used(folder: ArchiveFolder) -> None:
    with folder.writing() as index:
        assert folder.identity() is None
        with pytest.raises(LockedError), folder.writing():
            pass
        assert index.catalogue.ids() == []
        assert folder.identity() is not None
    with folder.writing():
        pass


def test_a_fault_while_writing_releases_the_lock(folder: ArchiveFolder) -> None:
    with pytest.raises(ArchiveError, match="on purpose"), folder.writing():
        raise ArchiveError("on purpose")
    with folder.writing():
        pass


def test_a_lost_catalogue_is_damage_and_only_a_renewing_writer_begins_anew(folder: ArchiveFolder) -> None:
    with folder.writing() as index:
        assert index.catalogue.ids() == []
    folder.fulltext.mkdir()
    folder.catalogue.write_bytes(b"rubbish" * 100)
    with pytest.raises(DamagedError), folder.writing() as index:
        _ = index.catalogue
    with folder.writing(renew=True) as index:
        assert index.catalogue.ids() == []
    folder.catalogue.unlink()
    with pytest.raises(DamagedError, match="missing"):
        folder.reading()
