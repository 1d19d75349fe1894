"""The text pass of a sync against a plain one-process Whoosh script, an idle sync, and memory."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

TARGET_RATIO, TARGET_IDLE, TARGET_PSS = 1.5, 1.0, 600
TERMS = ("the", "minister", "government", "people", "city", "school", "market", "said", "water", "year")


def plain(folder: str, index: str) -> None:
    """The plain script: read each file, add it with the same fields and analyzer, commit once."""
    from whoosh.index import create_in

    from seedread_index.engines.whoosh.schema import Row, schema

    os.makedirs(index)
    writer: Any = create_in(index, schema()).writer()
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            title = text.strip().split("\n", 1)[0][:200]
            key = name[:32]
            writer.add_document(
                id=key, all=text, title=title, path=path, lang="en", row=Row(key, 0, 0, 0, 0).pack()
            )
    writer.commit()


def ours(folder: str, cache: str) -> None:
    """The text pass: read, catalogue, full text; then the time of each part on standard output."""
    from seedread_index.archive import Archive
    from seedread_index.model.status import Progress, Stage

    archive = Archive.open([folder], cache_root=Path(cache), data_root=Path(cache) / "data")
    started = time.monotonic()
    marks: dict[str, float] = {}

    def hear(progress: Progress) -> None:
        marks.setdefault(progress.stage, time.monotonic() - started)
        if progress.committed and "first" not in marks:
            marks["first"] = time.monotonic() - started

    archive.sync(progress=hear)
    whole = time.monotonic() - started
    text = marks.get(Stage.ANNOTATE, whole)
    started = time.monotonic()
    archive.sync()
    idle = time.monotonic() - started
    print(text, whole, idle, marks.get("first", 0.0), len(archive.ids()))


def counts(index: str) -> list[int]:
    """How many documents of an index, deleted ones left out, have each of some terms."""
    from whoosh.index import open_dir

    from seedread_index.engines.whoosh.files import INDEX_NAME
    from seedread_index.engines.whoosh.snapshot import Snapshot

    named = any(name.startswith(f"_{INDEX_NAME}_") for name in os.listdir(index))
    snapshot = Snapshot(open_dir(index, indexname=INDEX_NAME if named else "MAIN").reader())  # type: ignore[no-untyped-call]  # Whoosh's
    found = [len(set(snapshot.postings("all", term).documents) - snapshot.deleted) for term in TERMS]
    snapshot.close()
    return found


def pss_of(pid: int) -> int:
    """The proportional memory of a process and all its children, in kB."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
            for task in os.listdir(f"/proc/{one}/task"):
                children += " " + Path(f"/proc/{one}/task/{task}/children").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        waiting += {int(child) for child in children.split()}
    return total


def timed(*arguments: str) -> tuple[float, str, int]:
    """Wall seconds, output and peak PSS in MB of this script run with arguments."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True)
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.25):
            peak = max(peak, pss_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{arguments[0]} failed")
    return time.monotonic() - started, output, peak // 1024


def main(data: Path, count: int) -> int:
    """Make distinct texts, index them both ways, and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = f"{scratch}/texts"
        maker = data / "scale/scale_make.py"
        source = data / "news1k/txt"
        subprocess.run([sys.executable, maker, source, str(count), folder], check=True, capture_output=True)
        plain_time, _, _ = timed("plain", folder, f"{scratch}/plain")
        _, output, peak = timed("ours", folder, f"{scratch}/cache")
        text, whole, idle, first, articles = (float(each) for each in output.split())
        (archive,) = Path(scratch, "cache/archives").iterdir()
        theirs, mine = counts(f"{scratch}/plain"), counts(str(archive / "fulltext"))
    ratio = plain_time / text
    per_10k = idle * 10_000 / count
    equal = all(abs(a - b) <= 0.02 * max(a, b) + 2 for a, b in zip(theirs, mine, strict=True))
    for name, value, good in (
        (
            f"text pass of {count:,} texts, times the plain script's rate",
            f"{ratio:.2f}",
            ratio >= TARGET_RATIO,
        ),
        ("seconds of an idle sync for 10,000 files", f"{per_10k:.2f}", per_10k <= TARGET_IDLE),
        ("peak memory of all processes, MB (PSS)", str(peak), peak <= TARGET_PSS),
        ("documents with ten common terms, plain and ours", f"{sum(theirs)} {sum(mine)}", equal),
    ):
        print(f"{name:<62} {value:>14}  {'ok' if good else 'BELOW target'}")
    print(
        f"plain {plain_time:.1f} s; text {text:.1f} s, first searchable {first:.1f} s, all {whole:.1f} s;",
        end="",
    )
    print(f" {articles:.0f} articles of {count} files")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["plain"]:
        plain(sys.argv[2], sys.argv[3])
    elif sys.argv[1:2] == ["ours"]:
        ours(sys.argv[2], sys.argv[3])
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("data", type=Path)
        parser.add_argument("--count", type=int, default=5000)
        options = parser.parse_args()
        sys.exit(main(options.data, options.count))
