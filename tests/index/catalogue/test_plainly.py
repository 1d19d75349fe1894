"""What the disk and other users do to the cache is said plainly, with what to do next."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.connection import connect
from seedread_index.files.error_translation import translate_os_error
from seedread_index.files.trusted_folders import make_private, refuse_foreign
from seedread_index.model.errors import ArchiveError, BusyError, DamagedError

Put = Callable[..., object]


def test_a_full_disk_is_said_and_leaves_the_catalogue_whole(catalogue: Catalogue, put: Put) -> None:
    put("one.txt", "Some words.")
    pages = catalogue.connection().execute("PRAGMA page_count").fetchone()[0]
    catalogue.connection().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveError, match="disk is full") as caught:
        put("two.txt", "Other words. " * 5000)
    assert caught.value.hint
    assert len(catalogue.ids()) == 1
    assert catalogue.damaged() == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
        (errno.EIO, "cannot be used"),
        (errno.EMFILE, "too many files are open"),
        (errno.ENOMEM, "not enough memory"),
    ],
)
def test_errors_of_the_disk_have_a_sentence_and_a_hint(tmp_path: Path, number: int, said: str) -> None:
    error = translate_os_error(OSError(number, os.strerror(number)), tmp_path)
    assert said in error.message
    assert error.hint


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, None])
def test_a_damaged_catalogue_is_told_from_a_sound_one(
    catalogue: Catalogue, put: Put, content: bytes | None
) -> None:
    put("one.txt", "Some words. " * 2000)
    catalogue.close()
    whole = catalogue.path.read_bytes()
    catalogue.path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(DamagedError) as caught:
        Catalogue.open(catalogue.path)
    assert "seedread index" in caught.value.hint
    anew = Catalogue.open_or_renew(catalogue.path)
    assert anew.ids() == []
    anew.close()


def test_a_catalogue_of_another_version_is_made_anew(catalogue: Catalogue, put: Put) -> None:
    put("one.txt", "Some words.")
    before = catalogue.generation()
    catalogue.connection().execute("PRAGMA user_version = 99")
    catalogue.close()
    anew = Catalogue.open_or_renew(catalogue.path)
    assert anew.ids() == []
    assert anew.generation() > before
    anew.close()


def test_damage_that_shows_while_reading_is_said(catalogue: Catalogue, put: Put) -> None:
    for number in range(40):
        put(f"{number}.txt", f"{number} words. " * 200)
    catalogue.close()
    content = bytearray(catalogue.path.read_bytes())
    half = len(content) // 2
    content[half:] = os.urandom(len(content) - half)
    catalogue.path.write_bytes(content)
    with pytest.raises(DamagedError), closing(Catalogue.open(catalogue.path)) as reader:
        reader.articles(reader.ids())


def test_a_catalogue_that_stays_locked_is_said_to_be_busy(catalogue: Catalogue) -> None:
    catalogue.connection().execute("BEGIN EXCLUSIVE")
    impatient = connect(catalogue.path, writable=False, wait_ms=1)
    with pytest.raises(BusyError):
        impatient.execute("SELECT count(*) FROM articles")
    impatient.close()
    catalogue.connection().execute("ROLLBACK")


def test_the_generation_is_told_even_while_a_commit_is_under_way(catalogue: Catalogue) -> None:
    reader = Catalogue.open(catalogue.path)
    before = reader.generation()
    catalogue.connection().execute("BEGIN EXCLUSIVE")
    assert reader.generation() == before
    catalogue.connection().execute("ROLLBACK")
    reader.close()


def test_what_others_own_or_may_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    make_private(folder)
    folder.chmod(0o770)
    with pytest.raises(ArchiveError, match="is writable by other users"):
        refuse_foreign(folder)
    folder.chmod(0o700)
    refuse_foreign(folder)
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(ArchiveError, match="is a link"):
        refuse_foreign(tmp_path / "link")
    if os.geteuid() == 0:
        os.chown(folder, 12345, 12345)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ArchiveError, match="belongs to another user"):
        make_private(folder)


def test_a_catalogue_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ArchiveError, match="cannot be written"):
        Catalogue.open(tmp_path / "a" / "catalogue.db", writable=True)
    assert not (tmp_path / "a" / "catalogue.db").exists()
    monkeypatch.undo()
    Catalogue.open(tmp_path / "a" / "catalogue.db", writable=True).close()
