"""Compares searches on news1k with a plain scan of every article.

python benchmarks/check_search.py DATA
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from seedread_index.archive import Archive
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.results import SearchRequest
from seedread_index.text.stems import FUNCTION_WORDS, plain, term_of
from seedread_index.text.tokenizer import surface_forms, terms_of

QUERIES = 200
_MARKED = re.compile(r"[^\W_]+(?:['/-][^\W_]+)+")
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_])")


class Scanned(NamedTuple):
    """What a scan knows of an article: terms and forms of its shown stretches, each in order; the terms of
    words that marks part, and the terms of its boilerplate."""

    terms: list[list[str]]
    forms: list[list[str]]
    joined: frozenset[str]
    hidden: frozenset[str]


def synced(folder: Path, cache: Path) -> Archive:
    """An archive over a folder, text and rules read."""
    archive = Archive.open([folder], cache_root=cache, data_root=cache)
    archive.sync()
    return archive


# -- agreement with a scan ---------------------------------------------------------------------------------


def scanned(article: Article) -> Scanned:
    """An article as a scan sees it; what a line's end breaks is in its forms a second time, whole."""
    shown, hidden, last = [], [], 0
    for passage in article.of_kind(PassageKind.BOILERPLATE):
        shown.append(article.text[last : passage.start])
        hidden.append(article.text[passage.start : passage.end])
        last = passage.end
    shown.append(article.text[last:])
    whole = [_BROKEN.sub(_unbroken, text) for text in shown]
    parts = [match[0] for text in shown for match in _MARKED.finditer(text.replace("’", "'"))]
    return Scanned(
        [terms_of(surface_forms(text)) for text in shown],
        [list(map(plain, surface_forms(text))) for text in (*shown, *whole)],
        frozenset(term for part in parts for term in _together(part)),
        frozenset(term for text in hidden for term in terms_of(surface_forms(text))),
    )


def _unbroken(match: re.Match[str]) -> str:
    return "" if match.string[match.end()].islower() else match[0]


def _together(marked: str) -> set[str]:
    """The terms of each two neighbours of parts between marks, and of all of them, as one word."""
    parts = re.split("['/-]", marked)
    pairs = [left + right for left, right in pairwise(parts)]
    return {term for word in (*pairs, "".join(parts)) for term in terms_of(surface_forms(word))}


def has_word(article: Scanned, word: str) -> bool:
    """Whether a word stands anywhere, in any form."""
    (term,) = terms_of(surface_forms(word))
    broken = any(term in map(term_of, stretch) for stretch in article.forms)
    return term in article.joined or broken


def has_phrase(article: Scanned, phrase: str) -> bool:
    """Whether exactly these words follow each other anywhere."""
    return _follow(article.forms, list(map(plain, surface_forms(phrase))))


def has_compound(article: Scanned, left: str, right: str) -> bool:
    """Whether two words follow each other in any form, or are one."""
    wanted = terms_of(surface_forms(f"{left} {right}"))
    return _follow(article.terms, wanted) or has_word(article, left + right)


def _follow(stretches: list[list[str]], wanted: list[str]) -> bool:
    return any(
        stretch[at : at + len(wanted)] == wanted
        for stretch in stretches
        for at in range(len(stretch) - len(wanted) + 1)
    )


_Asked = Callable[[Scanned], bool]


def _queries_of(a: str, b: str, c: str, phrase: str) -> list[tuple[str, _Asked]]:
    (hidden,) = terms_of(surface_forms(c))
    return [
        (a, lambda article: has_word(article, a)),
        (f"{a} {c}", lambda article: has_word(article, a) and has_word(article, c)),
        (f"{a} OR {b}", lambda article: has_word(article, a) or has_word(article, b)),
        (f"{a} NOT {c}", lambda article: has_word(article, a) and not has_word(article, c)),
        (f'"{phrase}"', lambda article: has_phrase(article, phrase)),
        (f'"{a}"', lambda article: has_phrase(article, a)),
        (f"={a.lower()} {b}", lambda article: has_phrase(article, a) and has_word(article, b)),
        (f"{a}-{b}", lambda article: has_compound(article, a, b)),
        (f"in:boilerplate {c}", lambda article: hidden in article.hidden and not has_word(article, c)),
    ]


def random_queries(articles: Sequence[Article], count: int) -> list[tuple[str, _Asked]]:
    """Queries of words, AND, OR, NOT, exact words and phrases, compounds and boilerplate from real stretches,
    each with what a scan asks; of the compounds some are real."""
    chance = random.Random(11)
    found: list[tuple[str, _Asked]] = []
    while len(found) < count:
        text = chance.choice(articles).text
        words = [
            word
            for word in re.findall(r"[^\W\d_]{3,}", text)
            if len(terms_of(surface_forms(word))) == 1
            and word not in ("AND", "OR", "NOT")
            and word.lower() not in FUNCTION_WORDS
        ]
        if len(words) < 20:
            continue
        at = chance.randrange(len(words) - 3)
        phrase = " ".join(re.findall(r"[^\W\d_]{3,}", text)[at : at + chance.choice((2, 3))])
        a, b = words[at], words[at + 1]
        if real := re.findall(r"(?<![\w'/-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w'/-])", text):
            a, b = chance.choice(real)
        usual = {a.lower(), b.lower()}.isdisjoint(FUNCTION_WORDS)
        found += _queries_of(a, b, chance.choice(words), phrase) if usual else []
    return found[:count]


def agreement(archive: Archive) -> tuple[int, int, int]:
    """Over random queries: how many differ from a scan, how many rows lack a mark, how many counts differ."""
    articles = archive.articles(archive.ids())
    scans = {article.id: scanned(article) for article in articles}
    differing, unmarked, miscounted = 0, 0, 0
    for query, asked in random_queries(articles, QUERIES):
        results = archive.search(SearchRequest(query, group=False))
        wanted = {article_id for article_id, scan in scans.items() if asked(scan)}
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
