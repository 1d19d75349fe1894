"""Scores the groups of near-duplicates on a folder of edited copies with their gold clusters.

python benchmarks/check_duplicates.py DATA [--vary]

With --vary also with each weight of the comparison a quarter less and more.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from variation import variants

from seedread_index.archive import Archive
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.article import Article
from seedread_index.sync.passes import repetitions

PRECISION, RECALL = 0.98, 0.9


def synced_groups(folder: Path) -> tuple[list[set[str]], list[Article]]:
    """File names that are shown as one, exact copies and near-duplicates, and the articles."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        archive = Archive.open([folder], cache_root=root / "cache", data_root=root / "data")
        archive.sync()
        articles = list(archive.articles(archive.ids()))
        catalogue = Catalogue.open(archive.folder.catalogue)
        representatives = catalogue.groups()
        catalogue.close()
        archive.close()
    return files_by_group(articles, representatives), articles


def files_by_group(articles: Sequence[Article], representatives: Mapping[str, str]) -> list[set[str]]:
    """File names by the representative of their articles."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        groups[representatives.get(article.id, article.id)] |= {article.path, *article.copies}
    return list(groups.values())


def groups_now(articles: Sequence[Article]) -> list[set[str]]:
    """The same with the weights as they are now, without a catalogue."""
    shingles = [repetitions.shingles(article) for article in articles]
    sketches = list(map(repetitions.sketch, shingles))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for band in repetitions.bands(sketch):
            holders[band].append(number)
    candidates = {pair for numbers in holders.values() for pair in combinations(numbers, 2)}
    found = [
        (one, other, like)
        for one, other in candidates
        if repetitions.may_be_alike(sketches[one], sketches[other])
        and (like := repetitions.likeness(shingles[one], shingles[other]))
    ]
    ids = {number: article.id for number, article in enumerate(articles)}
    groups = repetitions.groups(found, ids)
    return files_by_group(articles, {ids[one]: ids[other] for one, other in groups.items()})


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Every two members of one group."""
    return {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}


def score(found: set[tuple[str, str]], gold: set[tuple[str, str]]) -> tuple[float, float]:
    """Precision and recall of pairs."""
    return len(found & gold) / max(1, len(found)), len(found & gold) / len(gold)


def main(data: Path, *options: str) -> int:
    """Print precision, recall and what became of the traps; 1 when a target is missed."""
    rows = [json.loads(line) for line in (data / "dedup_dev/gold.jsonl").read_text("utf-8").splitlines()]
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["cluster"] and row["is_dup"] is not False:
            clusters[row["cluster"]].append(row["file"])
    traps = {row["file"] for row in rows if row["is_dup"] is False}
    gold = pairs_of(clusters.values())
    groups, articles = synced_groups(data / "dedup_dev/txt")
    found = pairs_of(groups)
    precision, recall = score(found, gold)
    trapped = {name for pair in found - gold for name in pair if name in traps}
    missed = 0
    for name, value, target in (("pair precision", precision, PRECISION), ("pair recall", recall, RECALL)):
        good = value >= target
        missed += not good
        print(f"{name:<16} {value:.4f}  target {target}  {'ok' if good else 'BELOW target'}")
    print(f"texts joined from two articles: {len(trapped)} of {len(traps)} grouped with a part of them")
    for variant in variants(repetitions) if "--vary" in options else ():
        precision, recall = score(pairs_of(groups_now(articles)), gold)
        print(f"{variant:<50} precision {precision:.4f}  recall {recall:.4f}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
