"""One page on speed, size and memory beside peers: bench.md, bench.json and bench.svg.

usage: python benchmarks/speed_page.py [-o FOLDER] [ARTICLES…]  (default: 1000)
Articles are made up, the same ones each time. Compare the ratios, which are of one run. Times of indexing and
of queries are processor time, which a busy machine hardly changes; start and keys are by the clock. The ratio
is to SQLite FTS5 for indexes and queries in a running program, else to seedread. What was not run is named.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from search_peers import timed
from speed_peers import PEERS, Cost, of_children, size, started
from speed_terminal import Figures, programs, start_of
from speed_terminal import measured as terminal
from terminals import wire
from terminals.session import environment

from seedread_index.model.errors import SeedreadError

SEED, WORDS, QUERIES = 7, 20_000, 40
SEEDREAD = [sys.executable, "-m", "seedread"]
REPORTS = 120
"""Articles over which terminal programs are compared."""
ANNOTATED = 100
"""Articles in which names are found, to see what that costs."""
ACTIONS = {
    "first": "first screen",
    "key": "a typed letter",
    "cursor": "a row down in a list",
    "line": "a line down in a text",
    "page": "a page",
    "idle": "a second of nothing",
}
"""The actions of a terminal program in words."""


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


def measured(folder: Path, scratch: Path, count: int, words: list[str]) -> Iterator[Row]:
    """Everything about an archive of one size."""
    index = [*SEEDREAD, "index", "-q", "-C", str(folder), "--ner-model", "rules"]
    synced, memory = with_memory(index)
    peers = dict(asked(folder, scratch, words))
    reference = peers[PEERS[0].name]
    assert reference is not None and reference.seconds is not None
    for name, cost in peers.items():
        if cost is None or cost.seconds is not None:
            yield row(
                count,
                "index",
                f"{name} (text only)",
                cost.seconds if cost else None,
                "s",
                of=reference.seconds,
            )
    yield row(count, "index", "seedread (names, passages, duplicates too)", synced, "s", of=reference.seconds)
    idle = of_children(index)
    yield Row(count, "look for changes", "seedread", idle, "s")
    yield Row(count, "memory while indexing, largest process", "seedread", memory, "MB")
    raw = size(folder)
    yield Row(count, "size of the index", "the texts", raw, "MB", 1.0)
    kept = size(Path(os.environ["XDG_CACHE_HOME"]))
    for name, megabytes in (
        ("seedread (with the texts)", kept),
        *((name, cost.megabytes) for name, cost in peers.items() if cost is not None),
    ):
        if megabytes is not None:
            yield row(count, "size of the index", name, megabytes, "MB", of=raw)
    yield from names(folder, scratch, count)
    yield from searches(folder, count, words, peers)


def with_memory(command: list[str]) -> tuple[float, float]:
    """Processor seconds and the largest memory in MB of a command with all that it starts."""
    seconds = of_children(command)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def asked(folder: Path, scratch: Path, words: list[str]) -> Iterator[tuple[str, Cost | None]]:
    """What each peer costs; None where it is not installed or does not work here."""
    for peer in PEERS:
        place = scratch / re.sub(r"\W+", "-", peer.name)
        place.mkdir()
        cost = None
        if not peer.missing():
            try:
                cost = peer.measured(folder, place, words)
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"bench: {peer.name} failed: {error}", file=sys.stderr)
        yield peer.name, cost


def row(articles: int, measure: str, program: str, value: float | None, unit: str, *, of: float) -> Row:
    """A measure with its ratio to another value; without one where it was not taken."""
    return Row(articles, measure, program, value, unit, None if value is None else value / of)


def names(folder: Path, scratch: Path, count: int) -> Iterator[Row]:
    """What finding names costs an article, by rules and by the model where there is one."""
    from seedread_index import EngineSettings
    from seedread_index.ner.spacy.installed import RULES, find_model

    some = scratch / "some"
    some.mkdir()
    chosen = sorted(folder.rglob("*.txt"))[:ANNOTATED]
    for path in chosen:
        shutil.copy(path, some)
    index = [*SEEDREAD, "index", "-q", "-C", str(some), "--ner-model"]
    rules = of_children([*index, RULES]) / len(chosen) * 1000
    yield Row(count, "an article read, names by rules", "seedread", rules, "ms")
    try:
        engine = find_model(EngineSettings().ner_model)
    except SeedreadError:
        yield Row(count, "names of an article by the model", "seedread", None, "ms")
        return
    model = of_children([*index, engine.name, "--annotate"]) / len(chosen) * 1000
    yield Row(count, "names of an article by the model", "seedread", model, "ms")


def searches(folder: Path, count: int, words: list[str], peers: dict[str, Cost | None]) -> Iterator[Row]:
    """The time of a query with its first ten results, in a running program and with a start of its own."""
    from seedread_index import Archive, EngineSettings

    with Archive.open(folder, EngineSettings(ner_model="rules")) as archive:
        archive.search(words[-1])
        own, worst = timed(lambda word: archive.hits(archive.search(word), 0, 10), words)
    here = {peer.name: peers[peer.name] for peer in PEERS if not peer.starts}
    reference = here[PEERS[0].name]
    assert reference is not None
    for name, cost in here.items():
        yield row(count, "a query, median", name, cost.query if cost else None, "ms", of=reference.query)
    yield row(count, "a query, median", "seedread (with snippets)", own, "ms", of=reference.query)
    yield row(count, "a query, 95th percentile", "seedread (with snippets)", worst, "ms", of=reference.query)
    ask = [*SEEDREAD, "search", "-q", "--no-sync", "-n", "10", "-C", str(folder)]
    first = started(lambda word: [*ask, word], words)
    yield Row(count, "a query from the shell", "seedread search", first, "ms", 1.0)
    for peer in PEERS:
        if peer.starts:
            cost = peers[peer.name]
            yield row(
                count, "a query from the shell", peer.name, cost.query if cost else None, "ms", of=first
            )


def reader(folder: Path, home: Path, count: int) -> Iterator[Row]:
    """Start, memory and the time of a key of the app on an archive of one size."""
    figures = start_of(wire.seedread(folder), home)
    yield Row(count, "start to the first screen", "seedread", figures.start, "s")
    yield Row(count, "memory after the start", "seedread", figures.megabytes, "MB")
    yield Row(count, "a key to its paint", "seedread", figures.key, "ms")


def terminals(home: Path) -> Iterator[Row]:
    """Start, memory, bytes and the time of a key of terminal programs at 80x24; ratios are to seedread."""
    ours: Figures | None = None
    count = REPORTS
    for program in programs(home):
        if isinstance(program, str):
            yield Row(count, "start to the first screen", program, None, "s")
            continue
        figures = terminal(program, home)
        ours = ours or figures
        yield row(count, "start to the first screen", program.name, figures.start, "s", of=ours.start)
        yield row(count, "memory after the start", program.name, figures.megabytes, "MB", of=ours.megabytes)
        if figures.key is not None and ours.key is not None:
            yield row(count, "a key to its paint", program.name, figures.key, "ms", of=ours.key)
        for action, sent in figures.sent.items():
            ratio = sent / ours.sent[action] if ours.sent.get(action) else None
            yield Row(count, f"bytes sent: {ACTIONS[action]}", program.name, sent, "bytes", ratio)


def markdown(rows: list[Row]) -> str:
    """The page."""
    lines = ["# Speed, size and memory", "", *__doc__.splitlines()[3:], ""]
    for count in dict.fromkeys(row.articles for row in rows):
        lines += [f"## {count:,} articles", "", "| measure | program | value | ratio |", "|---|---|---|---|"]
        for row in rows:
            if row.articles == count and row.value is not None:
                ratio = f"{row.ratio:.2f}" if row.ratio is not None else "–"
                lines.append(f"| {row.measure} | {row.program} | {written(row.value)} {row.unit} | {ratio} |")
        lines.append("")
    missing = sorted({row.program for row in rows if row.value is None})
    lines.append(f"Not run, since not installed: {', '.join(missing) or 'nothing'}.")
    return "\n".join(lines) + "\n"


def written(value: float) -> str:
    """A value with three digits, or all of those before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


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
    with tempfile.TemporaryDirectory(prefix="seedread-bench-") as made:
        rows += terminals(Path(made))
    for count in options.articles:
        with tempfile.TemporaryDirectory(prefix="seedread-bench-") as made:
            scratch = Path(made)
            folder, home = scratch / "articles", scratch / "home"
            words = corpus(folder, count)
            os.environ |= {name: value for name, value in environment(home).items() if name[:4] == "XDG_"}
            rows += measured(folder, scratch, count, words)
            rows += reader(folder, home, count)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "bench.md").write_text(markdown(rows), encoding="utf-8")
    (options.output / "bench.json").write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    (options.output / "bench.svg").write_text(drawing(rows), encoding="utf-8")
    print(f"bench: {len(rows)} measures of {len(options.articles)} sizes: {options.output / 'bench.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
