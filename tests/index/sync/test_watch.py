"""Watching syncs at once and again at each change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.model.errors import LockedError
from seedread_index.model.status import SyncReport
from seedread_index.sync.watch import watch

FolderOf = Callable[[Path, dict[str, str]], Path]


def test_a_change_is_synced_and_hidden_folders_are_not_heard(
    tmp_path: Path, news: Path, folder_of: FolderOf
) -> None:
    folder_of(news, {"one.txt": "Ministers met in Geneva.\n"})
    archive = Archive.open([news], cache_root=tmp_path / "caches")
    over = False
    reports = watch(archive, cancelled=lambda: over)
    assert next(reports).added == 1
    folder_of(news, {".git/two.txt": "Not heard.\n", "three.txt": "Ministers met in Oslo.\n"})
    assert next(reports).added == 1
    over = True
    assert list(reports) == []
    archive.close()


def test_a_sync_that_another_writer_stops_is_tried_again(news: Path) -> None:
    class Busy:
        roots: tuple[Path, ...] = (news,)
        tries = 0

        def sync(self, *, cancelled: Callable[[], bool] | None = None) -> SyncReport:
            self.tries += 1
            if self.tries < 3:
                raise LockedError("busy")
            return SyncReport(added=5)

    busy = Busy()
    over = False
    reports = watch(busy, cancelled=lambda: over)
    assert next(reports) == SyncReport(added=5)
    assert busy.tries == 3
    over = True
    assert list(reports) == []
