"""Times searches over N articles in a reader of its own, beside SQLite FTS5, tantivy and a scan by rg.

Times are of the processor, so that a busy machine blurs them less; the scan's are of the clock.
python benchmarks/bench_search.py DATA [N] [--engine ENGINE] [--archive FOLDER] [--tantivy-python PATH]

With --archive the archive is built into the folder, or used as it lies there.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import json
import pstats
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from scale_archive import READY, SOURCE, articles_of, make
from search_peers import KINDS, timed

from seedread_index.archive_folder import INDEX_ENGINES, engine_named
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.engines.base import Engine
from seedread_index.model.results import Results, SearchRequest
from seedread_index.search.opened import LocalIndex
from seedread_index.search.searcher import Searcher

PEERS = Path(__file__).with_name("search_peers.py")
LARGE = 50_000
"""Articles from which on the targets for 100,000 hold."""
TARGETS = {
    "words": (60, 180),
    "AND": (60, 180),
    "phrase": (60, 180),
    "typing": (60, 180),
    "field + date": (80, 200),
    "10 snippets": (25, 25),
    "facets": (150, 600),
    "memory": (300, 600),
}
"""Milliseconds at the 95th percentile, megabytes: for 20,000 articles and for 100,000."""
# The hardest phrases there are, shown without a target.
COMMON = [
    '"of the"',
    '"in the"',
    '"to the"',
    '"on the"',
    '"for the"',
    '"it is"',
    '"and the"',
    '"at the end of the"',
]


def queries_of(source: Path) -> dict[str, list[str]]:
    """Fifty queries of each kind from real stretches of the texts."""
    chance = random.Random(7)
    some = [article.text for number, article in enumerate(articles_of(source)) if number % 37 == 0]
    pairs: list[tuple[str, str]] = []
    while len(pairs) < 50:
        words = re.findall(r"[A-Za-z]{3,}", chance.choice(some))
        if len(words) > 20:
            at = chance.randrange(len(words) - 1)
            pairs.append((words[at].lower(), words[at + 1].lower()))
    return {
        "words": [left for left, _ in pairs],
        "AND": [f"{left} {right}" for left, right in pairs],
        "phrase": [f'"{left} {right}"' for left, right in pairs],
        "common phrase": COMMON,
        "field + date": [f"title:{left} date:2019" for left, _ in pairs],
        "typing": [
            f"{left} {right}"[:length]
            for left, right in pairs
            for length in range(1, len(left) + len(right) + 2)
        ],
    }


def opened(catalogue: Catalogue, folder: Path, engine: Engine) -> Searcher:
    """A searcher that has just been opened: no term is known to it."""
    fulltext = engine.open(folder / "fulltext", writable=False)
    mentions = MentionStore(catalogue)
    searcher = Searcher(catalogue, mentions, LocalIndex(catalogue, mentions, fulltext))
    searcher.search(SearchRequest("zzyzx"))
    return searcher


def memory_mb() -> float:
    """The most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024**2 if sys.platform == "darwin" else 1024
    )


def dominating(run: Callable[[str], object], queries: Iterable[str]) -> str:
    """The three functions in which most of the time goes."""
    profile = cProfile.Profile()
    profile.enable()
    for query in queries:
        run(query)
    profile.disable()
    stats = pstats.Stats(profile)
    rows = stats.stats  # type: ignore[attr-defined]
    total = sum(row[2] for row in rows.values()) or 1
    largest = sorted(rows.items(), key=lambda item: -item[1][2])[:3]
    return ", ".join(
        f"{Path(place[0]).stem + '.' if place[0] != '~' else ''}{place[2]} {row[2] / total:.0%}"
        for place, row in largest
    )


def peers(source: Path, asked: dict[str, list[str]], python: str | None) -> dict[str, dict[str, list[float]]]:
    """The figures of every engine that there is."""
    engines = {"FTS5": [sys.executable, "fts5"], "scan": [sys.executable, "scan"]}
    if python or importlib.util.find_spec("tantivy"):
        engines["tantivy"] = [python or sys.executable, "tantivy"]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as queries:
        json.dump({kind: asked[kind] for kind in KINDS}, queries)
        queries.flush()
        return {
            name: json.loads(
                subprocess.run(
                    [command, str(PEERS), engine, str(source), queries.name], check=True, capture_output=True
                ).stdout
            )
            for name, (command, engine) in engines.items()
        }


def main(data: Path, count: int, folder: Path, python: str | None, engine: Engine) -> int:
    """Print the figures; 1 when one is below its target."""
    make(data, count, folder, engine)
    built = json.loads((folder / READY).read_text())
    print(f"{built['articles']:,} articles, {engine.name} built in {built['indexed_s']:.0f} s")
    asked = queries_of(folder / SOURCE)
    theirs = peers(folder / SOURCE, asked, python)
    good = True

    def tell(name: str, cost: tuple[float, float], again: tuple[float, float], more: str) -> None:
        nonlocal good
        target = TARGETS[name][built["articles"] > LARGE] if name in TARGETS else float("inf")
        good = good and cost[1] <= target
        print(
            f"{name:13} p50 {cost[0]:6.1f} p95 {cost[1]:6.1f} ms ({target:.0f}) "
            f"{'ok' if cost[1] <= target else 'BELOW target'}; again {again[0]:.1f} / {again[1]:.1f}{more}",
            flush=True,
        )

    catalogue = Catalogue.open(folder / "catalogue.db")
    begun = time.process_time()
    searcher = opened(catalogue, folder, engine)
    print(f"open: {(time.process_time() - begun) * 1000:.0f} ms")
    found: list[Results] = []
    for kind, queries in asked.items():
        searcher.close()
        searcher = opened(catalogue, folder, engine)

        def run(query: str, by: Searcher = searcher, typing: bool = kind == "typing") -> Results:
            return by.search(SearchRequest(query, typing=typing))

        cold, warm = timed(run, queries), timed(run, queries)
        more = "".join(
            f"; {name} {each[kind][0]:.1f} / {each[kind][1]:.1f} (ratio {cold[1] / each[kind][1]:.1f})"
            for name, each in theirs.items()
            if kind in each
        )
        tell(kind, cold, warm, more)
        if kind == "AND":
            found = [run(query) for query in queries]
    rows = list(map(str, range(len(found))))
    costs = [timed(lambda row: searcher.hits(found[int(row)], 0, 10), rows) for _ in range(2)]
    tell("10 snippets", costs[0], costs[1], "")
    searcher.facets(found[0])  # the first ones load the values
    costs = [timed(lambda row: searcher.facets(found[int(row)]), rows) for _ in range(2)]
    tell("facets", costs[0], costs[1], "")
    held, most = memory_mb(), TARGETS["memory"][built["articles"] > LARGE]
    good = good and held <= most
    print(f"memory of the reader at most {held:.0f} MB ({most}) {'ok' if held <= most else 'BELOW target'}")
    print("what dominates:")
    for kind in ("words", "phrase", "common phrase", "typing"):
        searcher.close()
        searcher = opened(catalogue, folder, engine)
        print(f"  {kind:13} {dominating(partial(run, by=searcher, typing=kind == 'typing'), asked[kind])}")
    print(f"  {'10 snippets':13} {dominating(lambda row: searcher.hits(found[int(row)], 0, 10), rows)}")
    searcher.close()
    catalogue.close()
    return 0 if good else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=5_000)
    parser.add_argument("--archive", type=Path, help="build into this folder, or use what lies there")
    parser.add_argument("--engine", choices=INDEX_ENGINES, default=INDEX_ENGINES[0])
    parser.add_argument("--tantivy-python", metavar="PATH", help="a Python that has tantivy")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = _options(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="seedread-bench-") as scratch:
        place = options.archive or Path(scratch)
        sys.exit(
            main(options.data, options.count, place, options.tantivy_python, engine_named(options.engine))
        )
