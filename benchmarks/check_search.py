"""Compares searches on news1k with a plain scan of every article.

python benchmarks/check_search.py DATA
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from seedread_index.archive import Archive
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.results import SearchRequest
from seedread_index.text.tokenizer import surface_forms, terms_of

QUERIES = 200
_Terms = list[list[str]]
"""Terms of an article's shown stretches, each in order."""


def synced(folder: Path, cache: Path) -> Archive:
    """An archive over a folder, text and rules read."""
    archive = Archive.open([folder], cache_root=cache, data_root=cache)
    archive.sync()
    return archive


# -- agreement with a scan ---------------------------------------------------------------------------------


def shown_terms(article: Article) -> _Terms:
    """The terms of the stretches of an article that are not boilerplate."""
    found, last = [], 0
    for passage in article.of_kind(PassageKind.BOILERPLATE):
        found.append(terms_of(surface_forms(article.text[last : passage.start])))
        last = passage.end
    found.append(terms_of(surface_forms(article.text[last:])))
    return found


def has_word(terms: _Terms, word: str) -> bool:
    """Whether a word stands anywhere."""
    (term,) = terms_of(surface_forms(word))
    return any(term in stretch for stretch in terms)


def has_phrase(terms: _Terms, phrase: str) -> bool:
    """Whether words follow each other anywhere."""
    wanted = terms_of(surface_forms(phrase))
    return any(
        stretch[at : at + len(wanted)] == wanted
        for stretch in terms
        for at in range(len(stretch) - len(wanted) + 1)
    )


def _queries_of(a: str, b: str, c: str, phrase: str) -> list[tuple[str, Callable[[_Terms], bool]]]:
    return [
        (a, lambda terms: has_word(terms, a)),
        (f"{a} {c}", lambda terms: has_word(terms, a) and has_word(terms, c)),
        (f"{a} OR {b}", lambda terms: has_word(terms, a) or has_word(terms, b)),
        (f"{a} NOT {c}", lambda terms: has_word(terms, a) and not has_word(terms, c)),
        (f'"{phrase}"', lambda terms: has_phrase(terms, phrase)),
    ]


def random_queries(articles: Sequence[Article], count: int) -> list[tuple[str, Callable[[_Terms], bool]]]:
    """Queries of words, AND, OR, NOT and phrases from real stretches, each with what a scan asks."""
    chance = random.Random(11)
    found: list[tuple[str, Callable[[_Terms], bool]]] = []
    while len(found) < count:
        words = re.findall(r"[^\W\d_]{3,}", chance.choice(articles).text)
        words = [
            word
            for word in words
            if len(terms_of(surface_forms(word))) == 1 and word not in ("AND", "OR", "NOT")
        ]
        if len(words) < 20:
            continue
        at = chance.randrange(len(words) - 3)
        phrase = " ".join(words[at : at + chance.choice((2, 3))])
        found += _queries_of(words[at], words[at + 1], chance.choice(words), phrase)
    return found[:count]


def agreement(archive: Archive) -> tuple[int, int, int]:
    """Over random queries: how many differ from a scan, how many rows lack a mark, how many counts differ."""
    articles = archive.articles(archive.ids())
    terms = {article.id: shown_terms(article) for article in articles}
    differing, unmarked, miscounted = 0, 0, 0
    for query, asked in random_queries(articles, QUERIES):
        results = archive.search(SearchRequest(query, group=False))
        wanted = {article_id for article_id, stretches in terms.items() if asked(stretches)}
        if set(results.ids()) != wanted or len(results.ids()) != len(wanted):
            differing += 1
            print(f"  {query!r}: {results.total} found, {len(wanted)} by the scan")
        for hit in archive.hits(results, 0, 20):
            unmarked += not any(snippet.marks for snippet in hit.snippets)
            miscounted += archive.matches(results, hit.id).spans != hit.spans or hit.hits != len(hit.spans)
    return differing, unmarked, miscounted


def unmarked_rows(archive: Archive, query: str) -> int:
    """Rows of a query whose snippet shows no mark."""
    hits = archive.hits(archive.search(query), snippets=1)
    return sum(not any(snippet.marks for snippet in hit.snippets) for hit in hits)


def main(data: Path) -> int:
    """Print the figures; 1 when one is below its target."""
    good = True

    def tell(name: str, figure: str, reached: bool) -> None:
        nonlocal good
        good = good and reached
        print(f"{name:55} {figure:>8}  {'ok' if reached else 'BELOW target'}")

    with tempfile.TemporaryDirectory(prefix="seedread-check-") as name:
        scratch = Path(name)
        archive = synced(data / "news1k" / "txt", scratch / "news-cache")
        differing, unmarked, miscounted = agreement(archive)
        tell(f"news1k: of {QUERIES} queries, unlike a scan (0)", str(differing), differing == 0)
        tell("news1k: rows without a mark (0)", str(unmarked), unmarked == 0)
        tell("news1k: counts that differ between list and reader (0)", str(miscounted), miscounted == 0)
        for query in ("government", "Iraq", "Kremlin"):
            rows = unmarked_rows(archive, query)
            tell(f"news1k: rows of {query!r} without a mark (0)", str(rows), rows == 0)
        archive.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
