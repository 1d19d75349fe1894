"""Kills syncs at random moments, then has two processes read for a minute while one writes."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.engines.whoosh.fulltext import open_fulltext
from seedread_index.files.write_lock import WriteLock


def sync(folder: str, cache: str) -> None:
    """Sync and print how many articles are acknowledged."""
    archive = Archive.open([folder], cache_root=Path(cache), data_root=Path(cache) / "data")
    archive.sync(progress=lambda progress: print(progress.committed, flush=True))


def read(folder: str, cache: str, seconds: str) -> None:
    """Search and read until the time is over; raises where an answer does not hold together."""
    archive = Archive.open([folder], cache_root=Path(cache), data_root=Path(cache) / "data")
    until = time.monotonic() + float(seconds)
    rounds = 0
    while time.monotonic() < until:
        results = archive.search("the")
        for hit in archive.hits(results, 0, 5):
            article = archive.article(hit.id)
            if article is not None and hit.snippets:
                assert article.text
        ids = archive.ids()
        assert len(archive.headers(ids)) <= len(ids)
        archive.status()
        rounds += 1
    print(rounds)


def started(*arguments: str) -> subprocess.Popen[str]:
    """This script with arguments, in a process."""
    return subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True)


def descendants(pid: int) -> set[int]:
    """Every process below one."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        try:
            tasks = list(Path(f"/proc/{waiting.pop()}/task").iterdir())
            children = {int(each) for task in tasks for each in (task / "children").read_text().split()}
        except OSError:
            continue
        waiting += children - found
        found |= children
    return found


def is_running(pid: int) -> bool:
    """Whether a process runs and is not only waiting to be buried."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def killed(folder: str, cache: str, after: float) -> list[str]:
    """What is wrong after a sync was killed so many seconds after its start."""
    process = started("sync", folder, cache)
    lines: list[str] = []
    assert process.stdout is not None
    hearing = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
    hearing.start()
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        below = descendants(process.pid)
        process.kill()
        process.wait()
    else:
        below = set()
    hearing.join()
    faults = []
    until = time.monotonic() + 60
    while any(map(is_running, below)) and time.monotonic() < until:
        time.sleep(0.05)
    if any(map(is_running, below)):
        faults.append("a process lives on")
    archives = list(Path(cache, "archives").glob("*"))
    if archives:
        if WriteLock(archives[0] / "lock").writer() is not None:
            faults.append("the lock stays")
        if (archives[0] / "catalogue.db").exists():
            catalogue = Catalogue.open(archives[0] / "catalogue.db")
            searchable = catalogue.status((), engine="").searchable
            catalogue.close()
            if lines and searchable < int(lines[-1]):
                faults.append(f"{searchable} of {lines[-1].strip()} acknowledged articles are there")
    return faults


def crashes(folder: str, cache: str, runs: int) -> list[str]:
    """What is wrong after as many killed syncs, and after the one that ends."""
    began = time.monotonic()
    whole = started("sync", folder, cache)
    whole.communicate()
    took = time.monotonic() - began
    chance = random.Random(1)
    faults: list[str] = []
    for number in range(runs):
        if number % 4 == 0:
            shutil.rmtree(cache)
        faults += killed(folder, cache, 0.3 + chance.random() * took)
    process = started("sync", folder, cache)
    process.communicate()
    (archive,) = Path(cache, "archives").glob("*")
    catalogue = Catalogue.open(archive / "catalogue.db")
    status = catalogue.status((), engine="")
    catalogue.close()
    checked = Archive.open([folder], cache_root=Path(cache), data_root=Path(cache) / "data")
    problems = checked.check()
    checked.close()
    fulltext = open_fulltext(archive / "fulltext", writable=False)
    if process.returncode or problems or not status.articles == status.searchable == fulltext.count():
        faults.append(f"at the end: {status.articles} articles, {status.searchable} searchable, {problems}")
    fulltext.close()
    return faults


def together(folder: str, cache: str, seconds: float) -> list[str]:
    """What is wrong while two processes read and one changes files and syncs."""
    readers = [started("read", folder, cache, str(seconds)) for _ in range(2)]
    faults: list[str] = []
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        number += 1
        for name in os.listdir(folder)[number % 7 :: 50]:
            path = Path(folder, name)
            path.write_text(path.read_text("utf-8") + f"\nChanged for the {number}th time.\n", "utf-8")
        writer = started("sync", folder, cache)
        writer.communicate()
        if writer.returncode:
            faults.append("a writer failed")
    for reader in readers:
        reader.communicate()
        if reader.returncode:
            faults.append("a reader failed")
    return faults


def main(data: Path, runs: int, seconds: float) -> int:
    """Print what is wrong; 1 where anything is."""
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "texts"), Path(name, "cache")
        folder.mkdir()
        for path in sorted((data / "news1k/txt").iterdir())[:600]:
            shutil.copy(path, folder)
        lost = crashes(str(folder), str(cache), runs)
        disturbed = together(str(folder), str(cache), seconds)
    for what, faults in (
        (f"{runs} killed syncs", lost),
        (f"{seconds:.0f} s of reading beside a writer", disturbed),
    ):
        for fault in sorted(set(faults)):
            print(f"  {faults.count(fault)} x {fault}")
        print(f"{what}: {len(faults)} faults  {'ok' if not faults else 'BELOW target'}")
    return int(bool(lost or disturbed))


if __name__ == "__main__":
    if sys.argv[1:2] == ["sync"]:
        sync(*sys.argv[2:4])
    elif sys.argv[1:2] == ["read"]:
        read(*sys.argv[2:5])
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("data", type=Path)
        parser.add_argument("--runs", type=int, default=40)
        parser.add_argument("--seconds", type=float, default=60)
        options = parser.parse_args()
        sys.exit(main(options.data, options.runs, options.seconds))
