"""See that killed reading processes, a flood of tiny articles and a file that takes for ever cost no article.

Usage: check_kills.py [--files N] [--lines N] [--beside N] [--kills N] [--seed S]. Every text is generated.

1. Of changed files, whose reading processes are killed at random, one more sync has all in the new version.
2. A JSON Lines file of short sentences is indexed whole.
3. A file that takes its whole time limit beside files of one line: the sync ends and all of those are there.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SyncReport
from seedread_index.processes import child
from seedread_index.processes.child import child_command

WORDS = ("harbour", "bridge", "ferry", "council", "vote", "budget", "school", "storm", "engineer", "tunnel")
ENDLESS = """
import time
from seedread_index.sync.ingest import worker

article_of = worker.article_of

def article(draft, relative):
    made = article_of(draft, relative)
    if "endless" in made.text:
        time.sleep(600)
    return made

worker.article_of = article
worker.main()
"""
"""A reading process that never ends over one of the files."""


def reading_processes() -> list[int]:
    """The reading processes that are children of this one."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for each in children:
            try:
                command = Path(f"/proc/{each}/cmdline").read_bytes()
            except OSError:
                continue
            if b"ingest.worker" in command:
                found.append(int(each))
    return found


@contextmanager
def killing(chance: random.Random, most: int) -> Iterator[list[int]]:
    """Kill a reading process every now and then, at most so many; gives the list of those killed."""
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        while len(killed) < most and not ended.wait(0.02 + chance.random() * 0.3):
            if processes := reading_processes():
                victim = chance.choice(processes)
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()


def archive_of(folder: Path, home: Path, **settings: float) -> Archive:
    """The archive over a folder, with its index and corrections under `home`."""
    engine = EngineSettings(ner_model="rules", **settings)  # type: ignore[arg-type]  # only times and counts
    return Archive.open([folder], engine, cache_root=home / "cache", data_root=home / "data")


def reported(report: SyncReport) -> str:
    """The counts of a sync."""
    return (
        f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.retry} to retry"
    )


def kills(home: Path, chance: random.Random, files: int, most: int) -> str:
    """What is wrong after a sync whose readers were killed, and one more; empty for nothing."""
    folder = home / "news"
    folder.mkdir()

    def write(version: str) -> None:
        for number in range(files):
            sentence = f"The {' '.join(chance.choices(WORDS, k=12))} came up again in the {version} version."
            (folder / f"{number:05}.txt").write_text("\n\n".join([sentence] * 40) + f"\nPart {number}.\n")

    archive = archive_of(folder, home)
    write("old")
    archive.sync()
    write("new")
    with killing(chance, most) as killed:
        disturbed = archive.sync()
    print(f"  {len(killed)} readers killed: {reported(disturbed)}")
    kept = archive.search("version").total
    report = archive.sync()
    articles = list(archive.articles(archive.ids()))
    new = sum("new version" in article.text for article in articles)
    archive.close()
    right = (kept, len(articles), new, report.retry) == (files, files, files, 0) and killed
    return "" if right else f"{kept} kept, {new} new of {len(articles)}; then {reported(report)}"


def flood(home: Path, chance: random.Random, lines: int) -> str:
    """What is wrong with a JSON Lines file of so many short sentences; empty for nothing."""
    folder = home / "news"
    folder.mkdir()
    with (folder / "many.jsonl").open("w") as file:
        for number in range(lines):
            words = " ".join(chance.choices(WORDS, k=4))
            file.write(f'{{"text": "Report {number}: {words}."}}\n')
    archive = archive_of(folder, home)
    report = archive.sync()
    status = archive.status()
    archive.close()
    right = (report.added, status.searchable, report.skipped) == (lines, lines, 0)
    return "" if right else f"{reported(report)}; {status.searchable} searchable"


def endless(home: Path, chance: random.Random, beside: int) -> str:
    """What is wrong with a file that takes its whole time limit beside so many others; empty for nothing."""
    folder = home / "news"
    folder.mkdir()
    (folder / "00000.txt").write_text("The endless story of the harbour.\n")
    for number in range(1, beside + 1):
        words = " ".join(chance.choices(WORDS, k=6))
        (folder / f"{number:05}.txt").write_text(f"Report {number}: {words}.\n")
    program = home / "ingest.worker.py"
    program.write_text(ENDLESS)

    def command(module: str, *arguments: str) -> list[str]:
        plain = child_command(module, *arguments)
        return [plain[0], str(program), *arguments] if module.endswith("ingest.worker") else plain

    archive = archive_of(folder, home, file_time_limit=2.0)
    child.child_command = command
    try:
        report = archive.sync()
    finally:
        child.child_command = child_command
    status = archive.status()
    archive.close()
    skipped = [each.path for each in status.skipped]
    right = (report.added, status.searchable, skipped) == (beside, beside, ["00000.txt"])
    return "" if right else f"{reported(report)}; {status.searchable} searchable, skipped: {skipped[:5]}"


def main(files: int, lines: int, beside: int, most: int, seed: int) -> int:
    """Print what is wrong; 1 where anything is."""
    chance = random.Random(seed)
    checks: tuple[tuple[str, Callable[[Path], str]], ...] = (
        (f"{files} changed files, readers killed", lambda home: kills(home, chance, files, most)),
        (f"{lines} short lines in one file", lambda home: flood(home, chance, lines)),
        (f"an endless file beside {beside}", lambda home: endless(home, chance, beside)),
    )
    failed = False
    for what, check in checks:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as home:
            fault = check(Path(home))
        failed |= bool(fault)
        print(f"{what}: {fault or 'ok'}  ({time.monotonic() - began:.0f} s)", flush=True)
    return int(failed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--beside", type=int, default=3_499)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.exit(main(options.files, options.lines, options.beside, options.kills, options.seed))
