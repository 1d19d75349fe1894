"""Scores the groups of near-duplicates on a folder of edited copies with their gold clusters."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.catalogue.catalogue import Catalogue

PRECISION, RECALL = 0.98, 0.9


def found_groups(folder: Path) -> list[set[str]]:
    """File names that are shown as one: exact copies and near-duplicates."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        archive = Archive.open([folder], cache_root=root / "cache", data_root=root / "data")
        archive.sync()
        names = {article.id: {article.path, *article.copies} for article in archive.articles(archive.ids())}
        catalogue = Catalogue.open(archive.folder / "catalogue.db")
        leaders = catalogue.groups()
        catalogue.close()
        archive.close()
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for article_id, paths in names.items():
        groups[leaders.get(article_id, article_id)] |= paths
    return list(groups.values())


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every two members of one group."""
    return {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}


def main(data: Path) -> int:
    """Print precision, recall and what became of the traps; 1 when a target is missed."""
    rows = [json.loads(line) for line in (data / "dedup_dev/gold.jsonl").read_text("utf-8").splitlines()]
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["cluster"] and row["is_dup"] is not False:
            clusters[row["cluster"]].append(row["file"])
    traps = {row["file"] for row in rows if row["is_dup"] is False}
    gold = pairs_of(clusters.values())
    found = pairs_of(found_groups(data / "dedup_dev/txt"))
    precision, recall = len(found & gold) / len(found), len(found & gold) / len(gold)
    trapped = {name for pair in found - gold for name in pair if name in traps}
    missed = 0
    for name, value, target in (("pair precision", precision, PRECISION), ("pair recall", recall, RECALL)):
        good = value >= target
        missed += not good
        print(f"{name:<16} {value:.4f}  target {target}  {'ok' if good else 'BELOW target'}")
    print(f"texts joined from two articles: {len(trapped)} of {len(traps)} grouped with a part of them")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
