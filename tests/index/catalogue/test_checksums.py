"""Checksums of the index's files and of the catalogue's rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.engines.index_files import CHECKSUMS
from seedread_index.engines.whoosh.files import translate_damage
from seedread_index.engines.whoosh.fulltext import WhooshFullText
from seedread_index.files.checksums import ChecksumFile, checksum_of, is_marked
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError, DamagedError, archive_options

FolderOf = Callable[[Path, dict[str, str]], Path]


@pytest.fixture
def archive(tmp_path: Path, folder_of: FolderOf) -> Iterator[Archive]:
    texts = {f"{n}.txt": f"Ministers met in Geneva to talk about grain, part {n}.\n" for n in range(6)}
    folder = folder_of(tmp_path / "news", texts)
    cache, data = tmp_path / "cache", tmp_path / "data"
    rules = EngineSettings(ner_model="rules")
    with Archive.open([folder], rules, cache_root=cache, data_root=data) as archive:
        archive.sync()
        yield archive


def flip(path: Path, at: int = -1) -> None:
    """Turn a bit and put the file's modification time back."""
    found, content = path.stat(), bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def file_of(archive: Archive, ending: str) -> Path:
    return min(archive.folder.fulltext.glob(f"*{ending}"))


def test_every_file_of_the_full_text_has_a_checksum(archive: Archive) -> None:
    folder = archive.folder.fulltext
    noted = ChecksumFile(folder / CHECKSUMS).load()
    assert noted is not None
    lasting = {path.name for path in folder.iterdir() if path.is_file() and not path.name.endswith("LOCK")}
    assert set(noted) == lasting - {CHECKSUMS, f"{CHECKSUMS}.copy"}


@pytest.mark.parametrize("ending", [".trm", ".pst", ".row.col", ".toc", "words1.db"])
def test_a_flipped_bit_is_told_and_never_gives_another_answer(archive: Archive, ending: str) -> None:
    flip(file_of(archive, ending))
    assert archive.changed_files()
    with pytest.raises(DamagedError):
        archive.search("grain")
    archive.sync()
    assert archive.check() == ()
    assert archive.search("grain").total == 6


def test_a_flipped_bit_of_the_catalogue_is_told_and_healed(archive: Archive) -> None:
    flip(archive.folder.catalogue)
    with pytest.raises(DamagedError):
        archive.ids()
    archive.sync()
    assert archive.check() == ()
    assert archive.search("grain").total == 6


def test_a_deleted_vocabulary_is_told_and_made_anew(archive: Archive) -> None:
    (archive.folder.fulltext / "words1.db").unlink()
    with pytest.raises(DamagedError):
        archive.search("gra*")
    archive.sync()
    assert archive.search("gra*").total == 6


def test_a_deleted_catalogue_is_no_empty_archive(archive: Archive) -> None:
    (archive.folder.catalogue).unlink()
    with pytest.raises(DamagedError, match="missing"):
        archive.search("grain")
    archive.repair()
    assert archive.search("grain").total == 6


@pytest.mark.parametrize("change", ["title = 'Another headline'", "date = '1999-01-01'", "path = 'x'"])
def test_an_altered_row_is_never_shown(archive: Archive, change: str) -> None:
    archive.ids()
    connection = archive._index().catalogue.connection()
    connection.execute("PRAGMA query_only = OFF")
    connection.execute(f"UPDATE articles SET {change}")
    with pytest.raises(DamagedError):
        archive.articles(archive.ids())
    with pytest.raises(DamagedError):
        archive.headers(archive.ids())
    assert is_marked(archive.folder.path)
    archive.sync()
    assert archive.search("grain").total == 6
    assert not is_marked(archive.folder.path)


def test_damaged_checksums_alone_are_no_damage(archive: Archive) -> None:
    for name in (CHECKSUMS, f"{CHECKSUMS}.copy"):
        flip(archive.folder.fulltext / name)
    assert archive.search("grain").total == 6
    archive.sync()
    assert ChecksumFile(archive.folder.fulltext / CHECKSUMS).load()


def test_one_copy_of_the_checksums_is_enough(archive: Archive) -> None:
    flip(archive.folder.fulltext / CHECKSUMS)
    flip(file_of(archive, ".row.col"))
    with pytest.raises(DamagedError):
        archive.search("grain")


def test_a_file_of_another_time_and_the_same_bytes_is_sound(archive: Archive) -> None:
    for path in archive.folder.fulltext.iterdir():
        os.utime(path, (1, 1))
    assert archive.search("grain").total == 6
    assert archive.check() == ()


def test_a_writer_at_work_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    sums = ChecksumFile(tmp_path / "sums")
    sums.store({"a": checksum_of(tmp_path / "a")})
    (tmp_path / "a").write_text("another")
    assert sums.damaged() == ["a"]
    sums.store({"a": None})
    assert sums.damaged() == []


def test_a_fault_of_the_program_is_not_called_damage_and_deletes_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(self: WhooshFullText, *_: object) -> None:
        with translate_damage(self.damaged):
            raise KeyError("a fault")

    files = {path for path in archive.folder.fulltext.iterdir() if path.suffix != ".tmp"}
    (archive.roots[0] / "new.txt").write_text("Ministers met in Oslo to talk about fish.\n")
    with monkeypatch.context() as patched:
        patched.setattr(WhooshFullText, "commit", faulty)
        with pytest.raises(KeyError):
            archive.sync()
    assert set(archive.folder.fulltext.iterdir()) == files
    archive.sync()
    assert archive.search("fish").total == 1


def test_hints_name_the_archive(archive: Archive) -> None:
    flip(file_of(archive, ".pst"))
    with pytest.raises(ArchiveError) as caught:
        archive.search("grain")
    caught.value.name_archive([Path("/my news")])
    assert "seedread index -C '/my news' --repair" in caught.value.hint
    assert archive_options([Path("/a"), Path("/b")]) == " -C /a -C /b"
