"""A lack of open files, or a disk that is not reached for now, is no damage, and nothing is lost by it."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.catalogue.database import checksums_of
from seedread_index.extract.decoding.source import Content
from seedread_index.files.checksums import is_marked
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ShortageError
from seedread_index.model.status import SkipStatus
from seedread_index.sync.ingest import worker

FolderOf = Callable[[Path, dict[str, str]], Path]
OpenArchive = Callable[[], Archive]


@contextmanager
def no_more_files() -> Iterator[None]:
    """Have each attempt to open a file fail with EMFILE."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def folder(tmp_path: Path, folder_of: FolderOf) -> Path:
    return folder_of(tmp_path / "news", {"one.txt": "The harbour was closed on Friday, the port said.\n"})


@pytest.fixture
def open_archive(tmp_path: Path, folder: Path) -> Iterator[OpenArchive]:
    """Opens the archive anew, as another process would."""
    opened: list[Archive] = []

    def made() -> Archive:
        rules = EngineSettings(ner_model="rules")
        opened.append(
            Archive.open([folder], rules, cache_root=tmp_path / "cache", data_root=tmp_path / "data")
        )
        return opened[-1]

    yield made
    for each in opened:
        each.close()


def files_of(archive: Archive) -> set[tuple[str, int]]:
    """The catalogue and the postings of the full text, each with its inode."""
    place = archive.folder
    return {(path.name, path.stat().st_ino) for path in (place.catalogue, *place.fulltext.glob("*.pst"))}


def test_a_file_that_cannot_be_opened_for_want_of_descriptors_is_not_damaged(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive()
    archive.sync()
    place, engine = archive.folder, archive.folder.engine
    looks: tuple[Callable[[], object], ...] = (
        lambda: checksums_of(place.catalogue).damaged(full=True),
        lambda: engine.damaged_files(place.fulltext),
        lambda: engine.is_sound(place.fulltext),
        lambda: engine.exists(place.fulltext),
    )
    before = files_of(archive)
    with no_more_files():
        for look in looks:
            with pytest.raises(ShortageError, match="too many files are open"):
                look()
    assert not is_marked(place.path)
    assert not is_marked(place.fulltext)
    assert open_archive().sync().added == 0
    assert files_of(archive) == before, "nothing was made anew"


def test_a_search_without_descriptors_says_so_and_marks_nothing(open_archive: OpenArchive) -> None:
    open_archive().sync()
    archive = open_archive()
    with no_more_files(), pytest.raises(ShortageError, match="too many files are open") as caught:
        archive.search("harbour")
    assert "ulimit -n" in caught.value.hint
    assert caught.value.exit_code == 5
    assert not is_marked(archive.folder.fulltext)
    assert archive.search("harbour").total == 1


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.EMFILE])
@pytest.mark.parametrize("halfway", [False, True])
def test_a_changed_file_that_the_disk_does_not_give_now_is_read_at_the_next_sync(
    open_archive: OpenArchive, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, halfway: bool
) -> None:
    archive = open_archive()
    archive.sync()
    (folder / "one.txt").write_text("The ferry to the island sailed again on Sunday, the port said.\n")

    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        place: tuple[object, str] = (Content, "hash") if halfway else (worker, "content_of")
        patch.setattr(*place, failing)
        report = archive.sync()
    assert (report.removed, report.retry) == (0, 1)
    assert archive.search("harbour").total == 1
    (skipped,) = archive.status().skipped
    assert skipped.status is SkipStatus.RETRY
    assert os.strerror(number) in skipped.reason
    assert archive.sync().changed == 1
    assert archive.search("ferry").total == 1
    assert archive.status().skipped == ()


def test_what_lies_behind_a_link_that_is_not_reached_now_stays(
    open_archive: OpenArchive, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".far").mkdir()
    (folder / ".far" / "two.txt").write_text("The glacier lost a third of its ice, the survey said.\n")
    (folder / "file.txt").symlink_to(folder / ".far" / "two.txt")
    (folder / ".far" / "more").mkdir()
    (folder / ".far" / "more" / "three.txt").write_text("The walrus came to the town on Monday.\n")
    (folder / "linked").symlink_to(folder / ".far" / "more")
    archive = open_archive()
    archive.sync()
    real = os.path.realpath

    def unreached(path: str | bytes, *, strict: bool = False) -> str | bytes:
        if strict:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os.path, "realpath", unreached)
        report = archive.sync()
    assert report.removed == 0
    assert [archive.search(word).total for word in ("glacier", "walrus")] == [1, 1]
    assert {each.path for each in archive.status().skipped} >= {"file.txt", "linked"}
    archive.sync()
    assert [archive.search(word).total for word in ("glacier", "walrus")] == [1, 1]
    assert not {each.path for each in archive.status().skipped} & {"file.txt", "linked"}
