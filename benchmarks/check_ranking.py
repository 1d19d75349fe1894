"""Scores ranking: the queries of ir_time, and headlines of news1k searched for in texts without them.

python benchmarks/check_ranking.py DATA
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from check_search import synced

from seedread_index.archive import Archive
from seedread_index.model.search_request import SearchRequest

_LEAST, _MOST = 4, 15
"""Words of a headline that is searched for."""


def ranking(data: Path, scratch: Path) -> tuple[float, float]:
    """Mean average precision and nDCG@10 of the TIME queries as free text."""
    folder = scratch / "time"
    folder.mkdir()
    for line in (data / "docs.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        (folder / f"{document['id']}.txt").write_text(document["text"], encoding="utf-8")
    relevant: dict[str, set[str]] = {}
    for line in (data / "qrels.tsv").read_text().splitlines()[1:]:
        query, document, *_ = line.split("\t")
        relevant.setdefault(query, set()).add(document)
    archive = synced(folder, scratch / "time-cache")
    names = {article_id: Path(path).stem for article_id, path in _paths(archive)}
    precision, gain, count = 0.0, 0.0, 0
    for line in (data / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        wanted = relevant.get(query["id"])
        if not wanted:
            continue
        results = archive.search(SearchRequest(query["text"], match="any", group=False))
        found = [names[article_id] for article_id in results.ids]
        precision += average_precision(found, wanted)
        gain += ndcg(found[:10], wanted)
        count += 1
    archive.close()
    return precision / count, gain / count


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


def known_items(data: Path, scratch: Path) -> tuple[float, int]:
    """Mean reciprocal rank of the article whose headline is the query, and the number of queries.

    The files hold the texts alone, so that nothing but the body can be found.
    """
    folder = scratch / "items"
    folder.mkdir()
    headlines: dict[str, str] = {}
    for line in (data / "meta.jsonl").read_text(encoding="utf-8").splitlines():
        about = json.loads(line)
        if about["lang"] == "en" and about["title"]:
            _, _, body = (data / "txt" / about["file"]).read_text(encoding="utf-8").partition("\n\n")
            (folder / about["file"]).write_text(body, encoding="utf-8")
            if _LEAST <= len(about["title"].split()) <= _MOST:
                headlines[Path(about["file"]).stem] = about["title"]
    archive = synced(folder, scratch / "items-cache")
    names = {article_id: Path(path).stem for article_id, path in _paths(archive)}
    total = 0.0
    for name, headline in headlines.items():
        words = "".join(c if c.isalnum() else " " for c in headline)
        found = [
            names[article_id]
            for article_id in archive.search(SearchRequest(words, match="any", group=False)).ids
        ]
        total += 1 / (found.index(name) + 1) if name in found else 0.0
    archive.close()
    return total / len(headlines), len(headlines)


def main(data: Path) -> int:
    """Print the figures; 1 when one is below its target."""
    with tempfile.TemporaryDirectory(prefix="seedread-check-") as name:
        precision, gain = ranking(data / "ir_time", Path(name))
        rank, count = known_items(data / "news1k", Path(name))
    good = True
    for words, figure, least in (
        ("ir_time MAP", precision, 0.67),
        ("ir_time nDCG@10", gain, 0.735),
        (f"news1k: {count} headlines, mean reciprocal rank", rank, 0.93),
    ):
        good = good and figure >= least
        print(f"{words} ({least})".ljust(55), f"{figure:8.4f}  {'ok' if figure >= least else 'BELOW target'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
