"""Scores ranking: the queries of ir_time, and headlines of news1k searched for in texts without them.

python benchmarks/check_ranking.py DATA [--vary]

With --vary also with each weight of scoring a quarter less and more.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from check_search import synced
from variation import variants

from seedread_index.archive import Archive
from seedread_index.engines.whoosh.scoring import bm25, proximity
from seedread_index.model.results import SearchRequest

_LEAST, _MOST = 4, 15
"""Words of a headline that is searched for."""


class Time:
    """The queries of the TIME collection as free text."""

    def __init__(self, data: Path, scratch: Path) -> None:
        self.folder = scratch / "time"
        self.folder.mkdir()
        for line in (data / "docs.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            (self.folder / f"{document['id']}.txt").write_text(document["text"], encoding="utf-8")
        relevant: dict[str, set[str]] = {}
        for line in (data / "qrels.tsv").read_text().splitlines()[1:]:
            query, document, *_ = line.split("\t")
            relevant.setdefault(query, set()).add(document)
        queries = map(json.loads, (data / "queries.jsonl").read_text(encoding="utf-8").splitlines())
        self.queries = [
            (query["text"], relevant[query["id"]]) for query in queries if query["id"] in relevant
        ]

    def score(self, archive: Archive) -> tuple[float, float]:
        """Mean average precision and nDCG@10."""
        names = {article_id: Path(path).stem for article_id, path in _paths(archive)}
        precision, gain = 0.0, 0.0
        for text, wanted in self.queries:
            results = archive.search(SearchRequest(text, match="any", group=False))
            found = [names[article_id] for article_id in results.ids()]
            precision += average_precision(found, wanted)
            gain += ndcg(found[:10], wanted)
        return precision / len(self.queries), gain / len(self.queries)


def _paths(archive: Archive) -> Iterable[tuple[str, str]]:
    return ((header.id, header.path) for header in archive.headers(archive.ids()))


def average_precision(found: Sequence[str], wanted: set[str]) -> float:
    """The average precision of one ranking."""
    hits, total = 0, 0.0
    for place, name in enumerate(found, 1):
        if name in wanted:
            hits += 1
            total += hits / place
    return total / len(wanted)


def ndcg(found: Sequence[str], wanted: set[str]) -> float:
    """Normalised discounted cumulative gain of the first places of one ranking."""
    gain = sum(1 / math.log2(place + 1) for place, name in enumerate(found, 1) if name in wanted)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(len(wanted), 10) + 1))
    return gain / best


class Headlines:
    """Headlines searched for. The files hold the texts alone, so that nothing but the body can be found."""

    def __init__(self, data: Path, scratch: Path) -> None:
        self.folder = scratch / "items"
        self.folder.mkdir()
        self.headlines: dict[str, str] = {}
        for line in (data / "meta.jsonl").read_text(encoding="utf-8").splitlines():
            about = json.loads(line)
            if about["lang"] == "en" and about["title"]:
                _, _, body = (data / "txt" / about["file"]).read_text(encoding="utf-8").partition("\n\n")
                (self.folder / about["file"]).write_text(body, encoding="utf-8")
                if _LEAST <= len(about["title"].split()) <= _MOST:
                    self.headlines[Path(about["file"]).stem] = about["title"]

    def score(self, archive: Archive) -> float:
        """Mean reciprocal rank of the article whose headline is the query."""
        names = {article_id: Path(path).stem for article_id, path in _paths(archive)}
        total = 0.0
        for name, headline in self.headlines.items():
            words = "".join(c if c.isalnum() else " " for c in headline)
            results = archive.search(SearchRequest(words, match="any", group=False))
            found = [names[article_id] for article_id in results.ids()]
            total += 1 / (found.index(name) + 1) if name in found else 0.0
        return total / len(self.headlines)


def main(data: Path, *options: str) -> int:
    """Print the figures; 1 when one is below its target."""
    good = True
    with tempfile.TemporaryDirectory(prefix="seedread-check-") as name:
        scratch = Path(name)
        time, items = Time(data / "ir_time", scratch), Headlines(data / "news1k", scratch)
        for folder in (time.folder, items.folder):
            synced(folder, scratch / f"{folder.name}-cache").close()
        for variant in variants(bm25, proximity) if "--vary" in options else ("as they are",):
            # A new reader each time: it keeps scores.
            with closing(_opened(time.folder, scratch)) as archive:
                precision, gain = time.score(archive)
            with closing(_opened(items.folder, scratch)) as archive:
                rank = items.score(archive)
            if variant != "as they are":
                print(f"{variant:45} MAP {precision:.4f}  nDCG@10 {gain:.4f}  reciprocal rank {rank:.4f}")
                continue
            for words, figure, least in (
                ("ir_time MAP", precision, 0.67),
                ("ir_time nDCG@10", gain, 0.735),
                (f"news1k: {len(items.headlines)} headlines, mean reciprocal rank", rank, 0.93),
            ):
                good = good and figure >= least
                reached = "ok" if figure >= least else "BELOW target"
                print(f"{words} ({least})".ljust(55), f"{figure:8.4f}  {reached}")
    return 0 if good else 1


def _opened(folder: Path, scratch: Path) -> Archive:
    cache = scratch / f"{folder.name}-cache"
    return Archive.open([folder], cache_root=cache, data_root=cache)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
