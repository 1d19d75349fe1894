"""The cache is trusted by descriptor, up to the home folder; nobody can swap a folder under a reader."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from seedread_index.catalogue import connection
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.engines.document import Document, document_of
from seedread_index.engines.vocabulary import FILE_NAME, Vocabulary
from seedread_index.engines.whoosh import pinned_storage
from seedread_index.engines.whoosh.fulltext import open_fulltext
from seedread_index.files import trusted_folders
from seedread_index.files.trusted_folders import make_private, open_folder, path_of, refuse_foreign
from seedread_index.model.errors import ArchiveError

from .conftest import article_of


def documents(*texts: str) -> list[Document]:
    return [document_of(article_of(f"{number}.txt", text)) for number, text in enumerate(texts)]


def built(folder: Path, *texts: str) -> Path:
    """A full text of so many articles."""
    fulltext = open_fulltext(folder, writable=True)
    fulltext.apply(documents(*texts))
    fulltext.commit()
    fulltext.close()
    return folder


@pytest.mark.parametrize(("above", "mode"), [(1, 0o770), (1, 0o707), (2, 0o775), (2, 0o1775)])
def test_a_folder_above_that_others_may_write_is_refused_with_what_to_type(
    tmp_path: Path, above: int, mode: int
) -> None:
    folder = tmp_path / "my cache" / "archives" / "index"
    make_private(folder)
    shared = folder.parents[above - 1]
    shared.chmod(mode)
    if mode & stat.S_ISVTX:
        refuse_foreign(folder)
        return
    with pytest.raises(ArchiveError, match="is writable by other users") as raised:
        refuse_foreign(folder)
    assert raised.value.hint == f"run: chmod go-w '{shared}'"
    shared.chmod(0o700)
    refuse_foreign(folder)


def test_the_last_folder_is_refused_even_with_the_sticky_bit(tmp_path: Path) -> None:
    make_private(tmp_path / "index")
    (tmp_path / "index").chmod(0o1777)
    with pytest.raises(ArchiveError, match="is writable by other users"):
        refuse_foreign(tmp_path / "index")


def test_a_folder_above_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache" / "index"
    make_private(folder)
    if os.geteuid() == 0:
        os.chown(folder.parent, 12345, 12345)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ArchiveError, match="belongs to another user"):
        refuse_foreign(folder)


def test_a_home_folder_and_those_above_it_are_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_private(tmp_path / "home" / "cache" / "index")
    (tmp_path / "home").chmod(0o770)
    with pytest.raises(ArchiveError):
        refuse_foreign(tmp_path / "home" / "cache" / "index")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    refuse_foreign(tmp_path / "home" / "cache" / "index")
    (tmp_path / "home" / "cache").chmod(0o770)
    with pytest.raises(ArchiveError):
        refuse_foreign(tmp_path / "home" / "cache" / "index")


def test_a_cache_behind_a_link_is_judged_where_it_lies(tmp_path: Path) -> None:
    make_private(tmp_path / "disk" / "cache" / "index")
    (tmp_path / "cache").symlink_to(tmp_path / "disk" / "cache")
    refuse_foreign(tmp_path / "cache" / "index")
    (tmp_path / "disk").chmod(0o770)
    with pytest.raises(ArchiveError, match="is writable by other users"):
        refuse_foreign(tmp_path / "cache" / "index")


def swap_once(monkeypatch: pytest.MonkeyPatch, module: object, swap: Callable[[], None]) -> None:
    """Have a folder swapped as soon as it was judged, once."""
    judged, swaps = trusted_folders.open_folder, [swap]

    def opened(folder: Path) -> int:
        descriptor = judged(folder)
        if swaps:
            swaps.pop()()
        return descriptor

    monkeypatch.setattr(module, "open_folder", opened)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="no paths of descriptors")
def test_a_parent_swapped_between_the_check_and_the_reading_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = built(tmp_path / "cache" / "fulltext", "one harbour", "two harbours")
    built(tmp_path / "evil" / "fulltext", "theirs")

    def swap() -> None:
        (tmp_path / "cache").rename(tmp_path / "gone")
        (tmp_path / "evil").rename(tmp_path / "cache")

    fulltext = open_fulltext(mine, writable=False)
    swap_once(monkeypatch, pinned_storage, swap)
    snapshot = fulltext.snapshot()
    assert snapshot.count() == 2
    snapshot.read_through()
    snapshot.close()
    assert fulltext.count() == 1  # the next look finds the other folder, and judges it
    fulltext.close()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="no paths of descriptors")
def test_what_is_written_after_the_check_goes_into_the_folder_that_was_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = built(tmp_path / "cache" / "fulltext", "one")
    (tmp_path / "evil" / "fulltext").mkdir(parents=True)

    def swap() -> None:
        (tmp_path / "cache").rename(tmp_path / "gone")
        (tmp_path / "evil").rename(tmp_path / "cache")

    fulltext = open_fulltext(mine, writable=True)
    swap_once(monkeypatch, pinned_storage, swap)
    fulltext._commit().__enter__()._lock.release()
    assert os.listdir(tmp_path / "cache" / "fulltext") == []
    fulltext.close()


def test_a_catalogue_whose_folder_is_swapped_while_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cache", "evil"):
        Catalogue.open(tmp_path / name / "catalogue.db", writable=True).close()
    opened = connection._connected

    def swapped(path: Path, **options: bool) -> sqlite3.Connection:
        (tmp_path / "cache").rename(tmp_path / "gone")
        (tmp_path / "evil").rename(tmp_path / "cache")
        return opened(path, **options)

    monkeypatch.setattr(connection, "_connected", swapped)
    with pytest.raises(ArchiveError, match="was moved while it was opened"):
        Catalogue.open(tmp_path / "cache" / "catalogue.db")


@pytest.mark.parametrize("writable", [False, True])
def test_a_vocabulary_whose_folder_is_swapped_while_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: bool
) -> None:
    for name in ("cache", "evil"):
        make_private(tmp_path / name / "fulltext")
        Vocabulary(tmp_path / name / "fulltext", writable=True).close()
    opened = sqlite3.connect

    def swapped(database: str, **options: Any) -> sqlite3.Connection:
        (tmp_path / "cache").rename(tmp_path / "gone")
        (tmp_path / "evil").rename(tmp_path / "cache")
        return cast(Callable[..., sqlite3.Connection], opened)(database, **options)

    monkeypatch.setattr(sqlite3, "connect", swapped)
    with pytest.raises(ArchiveError, match="was moved while it was opened"):
        Vocabulary(tmp_path / "cache" / "fulltext", writable=writable)


def test_a_link_in_place_of_the_vocabulary_is_not_written_through(tmp_path: Path) -> None:
    make_private(tmp_path / "fulltext")
    (tmp_path / "own").write_text("mine")
    (tmp_path / "fulltext" / FILE_NAME).symlink_to(tmp_path / "own")
    with pytest.raises(ArchiveError):
        Vocabulary(tmp_path / "fulltext", writable=True)
    assert (tmp_path / "own").read_text() == "mine"


def test_a_link_put_in_place_of_the_folder_after_the_look_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_private(tmp_path / "index")
    make_private(tmp_path / "evil")
    monkeypatch.setattr(trusted_folders, "_refuse_link", lambda *_: None)
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").symlink_to(tmp_path / "evil")
    with pytest.raises(ArchiveError):
        open_folder(tmp_path / "index")


def test_without_paths_of_descriptors_the_folders_own_path_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = os.open("/", os.O_RDONLY)
    with open_at(tmp_path) as other:
        monkeypatch.setattr(trusted_folders, "Path", lambda _: Path(f"/proc/self/fd/{other}"))
        assert path_of(descriptor, tmp_path) == tmp_path
    os.close(descriptor)


def test_descriptors_are_closed_with_the_last_reader(tmp_path: Path) -> None:
    folder = built(tmp_path / "cache" / "fulltext", "one")

    def held() -> int:
        gc.collect()
        links = (os.path.join("/proc/self/fd", name) for name in os.listdir("/proc/self/fd"))
        return sum(os.path.lexists(link) and os.readlink(link) == str(folder) for link in links)

    for _ in range(3):
        fulltext = open_fulltext(folder, writable=False)
        snapshot = fulltext.snapshot()
        fulltext.snapshot().close()
        assert held() == 1
        snapshot.close()
        fulltext.close()
        del fulltext, snapshot
        assert held() == 0


@pytest.mark.parametrize("processes", [0, 1])
def test_the_files_of_the_full_text_are_the_owners_alone(tmp_path: Path, processes: int) -> None:
    folder = built(tmp_path / "cache" / "fulltext", "one")
    if processes:
        fulltext = open_fulltext(folder, writable=True)
        assert list(fulltext.build([documents("two", "three")], processes))
        fulltext.close()
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.suffix != ".db"
    }
    assert modes
    assert {name: mode for name, mode in modes.items() if mode & 0o077 and "LOCK" not in name} == {}


@contextmanager
def open_at(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)
