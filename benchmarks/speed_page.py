"""One page on speed, size and memory beside peers: bench.md, bench.json and bench.svg.

usage: python benchmarks/speed_page.py [-o FOLDER] [ARTICLES…]  (default: 1000)
Articles are made up, the same ones each time. Times are processor time of all processes, since a busy machine
changes the clock but hardly that; compare the ratios, which are of one run. What is not installed is named.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

SEED, WORDS, QUERIES, STARTS = 7, 20_000, 40, 5
SEEDREAD = [sys.executable, "-m", "seedread"]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of one program, and how many times that of the program it is compared with."""

    articles: int
    measure: str
    program: str
    value: float | None
    unit: str
    ratio: float | None = None


def corpus(folder: Path, count: int) -> list[str]:
    """Write made-up articles; the words that queries ask for, from frequent to rare."""
    made = random.Random(SEED)
    letters = "etaoinshrdlucmfwypvbgk"
    words = ["".join(made.choices(letters, k=made.randint(3, 9))) for _ in range(WORDS)]
    weights = [1 / (rank + 5) for rank in range(WORDS)]
    for number in range(count):
        drawn = made.choices(words, weights, k=350)
        sentences = [" ".join(drawn[at : at + 14]).capitalize() + "." for at in range(0, len(drawn), 14)]
        day = f"20{10 + number % 12:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        head = f"TITLE: {' '.join(drawn[:6])}\nPUBLISHED: {day}\n\n"
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
        path.write_text(head + body + "\n", encoding="utf-8")
    return [words[int(20 * 1.15**at)] for at in range(QUERIES)]


def of_children(command: list[str]) -> tuple[float, float]:
    """Processor seconds and the largest memory in MB of a command with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, after.ru_maxrss / 1024


def cpu(work: Callable[[], object]) -> float:
    """Processor seconds of some work in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def size(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of the articles."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")


def measured(folder: Path, scratch: Path, count: int, words: list[str]) -> Iterator[Row]:
    """Everything about an archive of one size."""
    index = [*SEEDREAD, "index", "-q", "-C", str(folder), "--ner-model", "rules"]
    synced, memory = of_children(index)
    database = sqlite3.connect(scratch / "fts.db")
    database.execute("CREATE VIRTUAL TABLE articles USING fts5(name, text, tokenize='porter')")
    stored = cpu(lambda: _insert(database, folder))
    yield Row(count, "index", "SQLite FTS5 (text only)", stored, "s")
    yield Row(count, "index", "seedread (names, passages, duplicates too)", synced, "s", synced / stored)
    idle, _ = of_children(index)
    yield Row(count, "look for changes", "seedread", idle, "s")
    yield Row(count, "memory while indexing, largest process", "seedread", memory, "MB")
    raw = size(folder)
    yield Row(count, "size of the index", "the texts", raw, "MB")
    kept = size(Path(os.environ["XDG_CACHE_HOME"]))
    yield Row(count, "size of the index", "seedread (with the texts)", kept, "MB", kept / raw)
    held = (scratch / "fts.db").stat().st_size / 2**20
    yield Row(count, "size of the index", "SQLite FTS5 (with the texts)", held, "MB", held / raw)
    yield from searches(folder, database, count, words)
    plain = statistics.median(of_children([sys.executable, "-c", "pass"])[0] for _ in range(STARTS))
    yield Row(count, "start, first answer", "python -c pass", plain, "s")
    ask = [*SEEDREAD, "search", words[0], "-q", "--no-sync", "-C", str(folder)]
    first = statistics.median(of_children(ask)[0] for _ in range(STARTS))
    yield Row(count, "start, first answer", "seedread search", first, "s", first / plain)


def _insert(database: sqlite3.Connection, folder: Path) -> None:
    with database:
        database.executemany("INSERT INTO articles VALUES (?, ?)", texts(folder))


def searches(folder: Path, database: sqlite3.Connection, count: int, words: list[str]) -> Iterator[Row]:
    """The time of a query with its first ten results, from frequent words to rare ones."""
    from seedread_index import Archive, EngineSettings

    asked = "SELECT name FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10"
    found = [cpu(lambda word=word: database.execute(asked, (word,)).fetchall()) for word in words]  # type: ignore[misc]
    reference = statistics.median(found) * 1000
    yield Row(count, "a query, median", "SQLite FTS5", reference, "ms")
    with Archive.open(folder, EngineSettings(ner_model="rules")) as archive:
        archive.search(words[-1])
        ours = [cpu(lambda word=word: archive.hits(archive.search(word), 0, 10)) for word in words]  # type: ignore[misc]
    own = statistics.median(ours) * 1000
    yield Row(count, "a query, median", "seedread (with snippets)", own, "ms", own / reference)
    worst = sorted(ours)[int(len(ours) * 0.95)] * 1000
    yield Row(count, "a query, 95th percentile", "seedread (with snippets)", worst, "ms")
    for name, command in (("grep", ["grep", "-rlwi"]), ("ripgrep", ["rg", "-lwi"])):
        if shutil.which(command[0]) is None:
            yield Row(count, "a query, median", name, None, "ms")
            continue
        every = [of_children([*command, word, str(folder)])[0] for word in words[:: QUERIES // 8]]
        value = statistics.median(every) * 1000
        yield Row(count, "a query, median", name, value, "ms", value / reference)


def markdown(rows: list[Row]) -> str:
    """The page."""
    lines = ["# Speed, size and memory", "", *__doc__.splitlines()[3:], ""]
    for count in dict.fromkeys(row.articles for row in rows):
        lines += [f"## {count:,} articles", "", "| measure | program | value | ratio |", "|---|---|---|---|"]
        for row in rows:
            if row.articles == count and row.value is not None:
                ratio = f"{row.ratio:.2f}" if row.ratio is not None else "–"
                lines.append(f"| {row.measure} | {row.program} | {row.value:.3g} {row.unit} | {ratio} |")
        lines.append("")
    missing = sorted({row.program for row in rows if row.value is None})
    lines.append(
        f"Not run, since not installed: {', '.join(missing) or 'nothing'}. Bytes: `make bench-wire`."
    )
    return "\n".join(lines) + "\n"


def drawing(rows: list[Row]) -> str:
    """Bars of the ratios."""
    bars = [row for row in rows if row.ratio is not None]
    most = max(row.ratio or 1 for row in bars)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{24 * len(bars) + 20}">']
    for at, row in enumerate(bars):
        y, width = 24 * at + 20, 260 * (row.ratio or 0) / most
        label = escape(f"{row.articles:,}: {row.measure}, {row.program}")
        parts.append(f'<text x="8" y="{y}" font-family="sans-serif" font-size="12">{label}</text>')
        parts.append(f'<rect x="440" y="{y - 11}" width="{width:.1f}" height="14" fill="#4477aa"/>')
        parts.append(f'<text x="{445 + width:.1f}" y="{y}" font-size="12">{row.ratio:.2f}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> int:
    """Measure, write the files, and print where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="*", type=int, default=[1000])
    parser.add_argument("-o", "--output", type=Path, default=Path("bench"))
    options = parser.parse_args()
    rows: list[Row] = []
    for count in options.articles:
        with tempfile.TemporaryDirectory(prefix="seedread-bench-") as made:
            scratch = Path(made)
            for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
                os.environ[f"XDG_{kind}_HOME"] = str(scratch / kind.lower())
            words = corpus(scratch / "articles", count)
            rows += measured(scratch / "articles", scratch, count, words)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "bench.md").write_text(markdown(rows), encoding="utf-8")
    (options.output / "bench.json").write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    (options.output / "bench.svg").write_text(drawing(rows), encoding="utf-8")
    print(f"bench: {len(rows)} measures of {len(options.articles)} sizes: {options.output / 'bench.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
