"""Times searches over N articles beside SQLite FTS5, tantivy (where installed) and a scan by rg or grep.

Times are of the processor, so that a busy machine does not blur them; the scan's is of the clock.
python benchmarks/bench_search.py DATA [N]
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.lang.porter2 import stem

from seedread_index.article import Article, Passage, PassageKind
from seedread_index.searching.search import Searcher
from seedread_index.storage.fulltext import Document, document_of, open_fulltext

REPEATS = 2


@dataclass
class Shelf:
    """As much of a catalogue as searching needs, in memory."""

    kept: dict[str, Article] = field(default_factory=dict)

    def generation(self) -> int:
        return 1

    def ids(self) -> list[str]:
        return sorted(self.kept, key=lambda each: (-_day(self.kept[each]), self.kept[each].path))

    def groups(self) -> dict[str, str]:
        return {}

    def articles(self, ids: Sequence[str]) -> list[Article]:
        return [self.kept[each] for each in ids if each in self.kept]

    headers = articles


def _day(article: Article) -> int:
    return article.date.toordinal() if article.date else 0


def articles_of(path: Path) -> Iterable[Article]:
    """The articles of a JSONL file that scale_make.py wrote; dates are dealt out evenly."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            text = json.loads(line)["text"]
            head = text.split("\n", 1)[0][:120]
            passages = (
                Passage(0, len(head), PassageKind.TITLE),
                Passage(len(head), len(text), PassageKind.BODY),
            )
            yield Article(
                f"{number:016x}",
                f"{number % 100:02}/{number}.txt",
                b"",
                None,
                head or "-",
                False,
                dt.date(2018, 1, 1) + dt.timedelta(days=number * 7 % 1500),
                "text",
                f"Source {number % 7}",
                "en",
                text,
                passages,
            )


def queries_of(articles: Sequence[Article]) -> dict[str, list[str]]:
    """Fifty queries of each kind from real stretches of the texts."""
    chance = random.Random(7)
    pairs: list[tuple[str, str]] = []
    while len(pairs) < 50:
        words = re.findall(r"[A-Za-z]{3,}", chance.choice(articles).text)
        if len(words) > 20:
            at = chance.randrange(len(words) - 1)
            pairs.append((words[at].lower(), words[at + 1].lower()))
    return {
        "word": [left for left, _ in pairs],
        "AND": [f"{left} {right}" for left, right in pairs],
        "phrase": [f'"{left} {right}"' for left, right in pairs],
        "field + date": [f"title:{left} date:2019" for left, _ in pairs],
        "typing": [
            f"{left} {right}"[:length]
            for left, right in pairs
            for length in range(1, len(left) + len(right) + 2)
        ],
    }


def timed(
    run: Callable[[str], object], queries: Sequence[str], repeats: int = REPEATS
) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, of the best of several runs of each query."""
    best = [float("inf")] * len(queries)
    for _ in range(repeats):
        for index, query in enumerate(queries):
            begun = time.process_time()
            run(query)
            best[index] = min(best[index], (time.process_time() - begun) * 1000)
    best.sort()
    return best[len(best) // 2], best[int(len(best) * 0.95)]


def sqlite_index(articles: Sequence[Article]) -> Callable[[str], object]:
    """The same search in SQLite FTS5: all ids, best first."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize = 'porter unicode61', content='')"
    )
    connection.executemany(
        "INSERT INTO t (rowid, title, body) VALUES (?, ?, ?)",
        ((number, article.title, article.text) for number, article in enumerate(articles)),
    )

    def run(query: str) -> object:
        return connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank", (query,)).fetchall()

    return run


def tantivy_index(articles: Sequence[Article]) -> Callable[[str], object] | None:
    """The same search in tantivy, None where it is not installed."""
    if importlib.util.find_spec("tantivy") is None:
        return None
    tantivy: Any = importlib.import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for article in articles:
        writer.add_document(tantivy.Document(body=article.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def run(query: str) -> object:
        joined = query if query.startswith('"') else " AND ".join(query.split())
        return searcher.search(index.parse_query(joined, ["body"]), len(articles)).hits

    return run


def scanned(file: Path, query: str) -> float:
    """Milliseconds of a case-insensitive scan by rg, or grep where there is none."""
    tool = ["rg", "-ic"] if shutil.which("rg") else ["grep", "-ic"]
    begun = time.perf_counter()
    subprocess.run([*tool, "--", query.strip('"'), str(file)], capture_output=True, check=False)
    return (time.perf_counter() - begun) * 1000


def memory_mb() -> float:
    """What this process holds now."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


SAMPLE = 2_000
"""Articles that both indexers are timed on."""


def indexing(folder: Path, documents: Sequence[Document]) -> tuple[float, float]:
    """Seconds of the clock for a sample: a plain one-process Whoosh script, and two processes here."""
    sample = documents[:SAMPLE]
    stemmed = RegexTokenizer() | LowercaseFilter() | StemFilter(stem, cachesize=50_000)
    fields = Schema(id=ID(unique=True, stored=True), title=TEXT(stemmed), all=TEXT(stemmed))
    (folder / "plain").mkdir()
    begun = time.perf_counter()
    writer = create_in(str(folder / "plain"), fields).writer()
    for document in sample:
        writer.add_document(id=document.id, title=document.title, all=document.text)
    writer.commit()
    theirs = time.perf_counter() - begun
    fulltext = open_fulltext(folder / "sample", writable=True)
    begun = time.perf_counter()
    for _ in fulltext.build((sample[at : at + 100] for at in range(0, len(sample), 100)), 2):
        pass
    ours = time.perf_counter() - begun
    fulltext.close()
    return theirs, ours


def main(data: Path, count: int) -> int:
    """Print the figures; always 0."""
    folder = Path(tempfile.mkdtemp(prefix="seedread-bench-"))
    try:
        source = folder / "articles.jsonl"
        command = [
            sys.executable,
            str(data / "scale" / "scale_make.py"),
            str(data / "news1k" / "txt"),
            str(count),
        ]
        subprocess.run([*command, str(source), "--layout", "jsonl"], check=True, capture_output=True)
        _run(folder, source)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _run(folder: Path, source: Path) -> None:
    articles = list(articles_of(source))
    shelf = Shelf({article.id: article for article in articles})
    documents: list[Document] = [document_of(article) for article in articles]
    theirs, ours = indexing(folder, documents)
    print(f"indexing {SAMPLE:,}: {ours:.1f} s, plain Whoosh {theirs:.1f} s (ratio {theirs / ours:.1f})")
    fulltext = open_fulltext(folder / "fulltext", writable=True)
    begun = time.perf_counter()
    for _ in fulltext.build((documents[at : at + 100] for at in range(0, len(documents), 100)), 2):
        pass
    print(f"{len(articles):,} articles indexed in {time.perf_counter() - begun:.1f} s")
    queries = queries_of(articles)
    before = memory_mb()
    searcher = Searcher(shelf, None, fulltext)  # type: ignore[arg-type]
    begun = time.perf_counter()
    searcher.search("the")
    print(f"open: {(time.perf_counter() - begun) * 1000:.0f} ms")
    peer = sqlite_index(articles)
    other = tantivy_index(articles)
    for kind, asked in queries.items():
        typing = kind == "typing"
        cold = timed(lambda query, on=typing: searcher.search(query, typing=on), asked, 1)
        warm = timed(lambda query, on=typing: searcher.search(query, typing=on), asked)
        line = f"{kind:13} p50 {cold[0]:6.1f} p95 {cold[1]:6.1f} ms, again {warm[0]:6.1f} / {warm[1]:6.1f}"
        if kind in ("word", "AND", "phrase"):
            theirs = timed(peer, asked)
            line += f"; FTS5 {theirs[0]:.1f} / {theirs[1]:.1f} (ratio {cold[1] / theirs[1]:.1f})"
            if other is not None:
                those = timed(other, asked)
                line += f"; tantivy {those[0]:.1f} / {those[1]:.1f} (ratio {cold[1] / those[1]:.1f})"
            line += f"; scan {scanned(source, asked[0]):.0f}"
        print(line, flush=True)
    results = [searcher.search(query) for query in queries["AND"]]
    cost = timed(
        lambda at: searcher.hits(results[int(at)], 0, 10), [str(at) for at in range(len(results))], 1
    )
    print(f"10 snippets   p50 {cost[0]:7.1f} p95 {cost[1]:7.1f} ms")
    print(
        f"memory of searching: {memory_mb() - before:.0f} MB besides the articles (peers' indexes included)"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5_000))
