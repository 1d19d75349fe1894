"""The same searches in other engines, each in a process of its own: SQLite FTS5, tantivy, a scan by rg.

python benchmarks/search_peers.py fts5|tantivy|scan ARTICLES.jsonl QUERIES.json     (prints JSON)
"""

from __future__ import annotations

import importlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

KINDS = ("words", "AND", "phrase")
"""The kinds of queries that peers are asked."""
SCANS = 5
"""Queries of each kind that are scanned for."""


def timed(run: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of the processor's milliseconds, each query run once."""
    costs = []
    for query in queries:
        begun = time.process_time()
        run(query)
        costs.append((time.process_time() - begun) * 1000)
    costs.sort()
    return costs[len(costs) // 2], costs[int(len(costs) * 0.95)]


def texts(source: Path) -> Iterator[str]:
    """The texts of a JSONL file."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def fts5(source: Path) -> Callable[[str], object]:
    """A search in SQLite FTS5 with stemming: all ids, best first."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'porter unicode61', content='')")
    rows = enumerate(texts(source))
    connection.executemany("INSERT INTO t (rowid, body) VALUES (?, ?)", rows)

    def run(query: str) -> object:
        return connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank", (query,)).fetchall()

    return run


def tantivy(source: Path) -> Callable[[str], object]:
    """A search in tantivy with stemming: all hits, best first."""
    engine: Any = importlib.import_module("tantivy")
    builder = engine.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer()
    for text in texts(source):
        writer.add_document(engine.Document(body=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def run(query: str) -> object:
        joined = query if query.startswith('"') else " AND ".join(query.split())
        return searcher.search(index.parse_query(joined, ["body"]), searcher.num_docs).hits

    return run


def scanned(source: Path, queries: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of case-insensitive scans by rg, or grep, with the processor time of the child."""
    tool = ["rg", "-icj1"] if shutil.which("rg") else ["grep", "-ic"]
    costs = []
    for query in queries[:SCANS]:
        begun = time.perf_counter()
        command = [*tool, "--", query.strip('"').split()[0] if '"' not in query else query.strip('"')]
        subprocess.run([*command, str(source)], capture_output=True, check=False)
        costs.append((time.perf_counter() - begun) * 1000)
    costs.sort()
    return costs[len(costs) // 2], costs[-1]


def main(engine: str, source: Path, queries: dict[str, list[str]]) -> int:
    """Print the figures of one engine."""
    if engine == "scan":
        figures = {kind: scanned(source, queries[kind]) for kind in KINDS}
    else:
        run = {"fts5": fts5, "tantivy": tantivy}[engine](source)
        figures = {kind: timed(run, queries[kind]) for kind in KINDS}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())))
