"""Killed at any moment, a sync loses nothing that it acknowledged, and leaves no lock and no process."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.engines.whoosh.fulltext import open_fulltext
from seedread_index.files.write_lock import WriteLock
from seedread_index.processes.child import child_environment

SYNC = """
import sys
from pathlib import Path
from seedread_index.archive_folder import ArchiveFolder
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.sync.sync import sync

def told(progress):
    print(progress.committed, flush=True)

files = ArchiveFolder(Path(sys.argv[2]), Path(sys.argv[2], "none"))
sync((Path(sys.argv[1]),), files, EngineSettings(), progress=told)
"""

READ = """
import sys, threading
from pathlib import Path
from seedread_index.archive import Archive

over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
archive = Archive.open([sys.argv[1]], cache_root=Path(sys.argv[2]))
print("reading", flush=True)
rounds = seen = 0
while not over.is_set() or not rounds:
    results = archive.search("Oslo")
    for hit in archive.hits(results, 0, 5):
        assert "Oslo" in hit.snippets[0].text
    ids = archive.ids()
    assert len(ids) >= seen
    assert len(archive.headers(ids)) == len(ids)
    seen = len(ids)
    rounds += 1
print(rounds, len(archive.ids()))
"""


def syncing(news: Path, cache: Path) -> subprocess.Popen[str]:
    """A process that syncs and prints how many articles it has acknowledged."""
    return subprocess.Popen(
        [sys.executable, "-c", SYNC, str(news), str(cache)],
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )


def children_of(pid: int) -> list[int]:
    """The children of a process, with all their threads'."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet buried does not."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("after", [1, 12, 60])
def test_a_killed_sync_loses_nothing_and_leaves_nothing_behind(news: Path, cache: Path, after: int) -> None:
    for number in range(420):
        (news / f"{number:03}.txt").write_text(
            f"Story {number} was told in Oslo{number}.\n", encoding="utf-8"
        )
    process = syncing(news, cache)
    assert process.stdout is not None
    acknowledged = 0
    for count, line in enumerate(process.stdout):
        acknowledged = int(line)
        if count == after:
            break
    children = children_of(process.pid)
    process.kill()
    process.communicate()
    ended = threading.Event()
    for _ in range(2000):
        if not any(map(is_running, children)):
            break
        ended.wait(0.05)
    assert not any(map(is_running, children))
    assert WriteLock(cache / "lock").writer() is None
    if (cache / "catalogue.db").exists():
        catalogue = Catalogue.open(cache / "catalogue.db")
        assert catalogue.damaged() == []
        assert catalogue.status((), engine="").searchable >= acknowledged
        catalogue.close()
    again = syncing(news, cache)
    again.communicate()
    assert again.returncode == 0
    catalogue = Catalogue.open(cache / "catalogue.db")
    status = catalogue.status((), engine="")
    catalogue.close()
    assert (status.articles, status.searchable) == (420, 420)
    fulltext = open_fulltext(cache / "fulltext", writable=False)
    assert fulltext.count() == 420
    fulltext.close()


def test_readers_see_whole_commits_while_another_process_writes(
    tmp_path: Path, news: Path, folder_of: Callable[[Path, dict[str, str]], Path]
) -> None:
    caches = tmp_path / "caches"
    archive = Archive.open([news], cache_root=caches)
    folder_of(news, {"first.txt": "Oslo waits.\n"})
    archive.sync()
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(news), str(caches)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=child_environment(),
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
    for number in range(2):
        texts = {f"{number}-{each}.txt": f"Story {number} {each} came from Oslo.\n" for each in range(40)}
        folder_of(news, texts)
        process = syncing(news, archive.folder.path)
        process.communicate()
        assert process.returncode == 0
    answers = [reader.communicate("")[0].split() for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0]
    assert all(int(rounds) > 0 and int(last) == 81 for rounds, last in answers)
    archive.close()
