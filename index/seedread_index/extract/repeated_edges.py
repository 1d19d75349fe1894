"""Boilerplate recognised by repetition: short paragraphs at the edges of otherwise different articles.

Pure: the archive counts the fingerprints of edge paragraphs by groups of near-duplicates, so that a
syndicated story counts once, and marks follow from the counts alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from seedread_index.extract.inferred import inferred_title
from seedread_index.extract.reasons import Reason
from seedread_index.extract.segmentation.segment import Segmentation, segment
from seedread_index.model.article import Article, Passage, PassageKind

HEAD, TAIL = 4, 14
"""So many paragraphs at each end are edges."""

LONGEST = 400
"""Code points of a paragraph at most that may be boilerplate by repetition."""

_LONGEST_RAW = 4 * LONGEST
"""Longer passages are not folded to find that they are too long."""

_LEAST_LETTERS = 3
_OPEN = frozenset({PassageKind.BODY, PassageKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class EdgeParagraph:
    """A paragraph near an end of an article; `fingerprint` is a positive 63-bit hash of its folded text."""

    fingerprint: int
    start: int
    end: int


def edge_paragraphs(article: Article) -> tuple[EdgeParagraph, ...]:
    """The short paragraphs near the head and tail, whether they are marked as boilerplate by now or not."""
    passages = [passage for passage in article.passages if passage.kind in _OPEN]
    near = passages[:HEAD] + passages[max(HEAD, len(passages) - TAIL) :]
    edges = []
    for passage in near:
        if passage.end - passage.start > _LONGEST_RAW:
            continue
        folded = " ".join(article.text[passage.start : passage.end].casefold().split())
        if len(folded) <= LONGEST and sum(map(str.isalpha, folded)) >= _LEAST_LETTERS:
            edges.append(EdgeParagraph(_fingerprint(folded), passage.start, passage.end))
    return tuple(edges)


def with_repetition(article: Article, boilerplate: Collection[int]) -> Article:
    """The article with repeated edges marked, and those that no longer are unmarked; idempotent.

    From each end marks go inward and stop at the first paragraph of body that is not repeated, so that body
    between two paragraphs of body stays; an article of nothing but repeated paragraphs keeps them all.
    """
    found = _segmented(article)
    passages, marked = _marked(article, found, boilerplate)
    segmented = tuple(
        Passage(passage.start, passage.end, PassageKind.BOILERPLATE) if index in marked else passage
        for index, passage in enumerate(passages)
    )
    if segmented == article.passages:
        return article
    title = article.title
    if article.title_inferred:
        kinds = {(passage.start, passage.end): passage.kind for passage in segmented}
        title = inferred_title(
            [
                (block.text, kinds.get((block.start, block.end), kind))
                for block, kind in zip(found.blocks, found.kinds, strict=True)
            ]
        )
    return replace(article, passages=segmented, title=title)


def reasons_by_repetition(
    article: Article, boilerplate: Collection[int]
) -> dict[tuple[int, int, PassageKind], Reason]:
    """The reasons of the passages as `with_repetition` lays them out, by place and kind.

    `boilerplate` has the fingerprints of the paragraphs that the archive repeats.
    """
    found = _segmented(article)
    passages, marked = _marked(article, found, boilerplate)
    reasons = {
        (passage.start, passage.end, passage.kind): reason
        for passage, reason in zip(found.passages, found.reasons, strict=True)
    }
    for index in marked:
        reasons[passages[index].start, passages[index].end, PassageKind.BOILERPLATE] = Reason.REPEATED
    return reasons


def _marked(
    article: Article, found: Segmentation, boilerplate: Collection[int]
) -> tuple[tuple[Passage, ...], set[int]]:
    """The passages as the text alone gives them, and which of them repetition makes boilerplate."""
    passages = _without_repetition(article, found)
    prints = {edge.start: edge.fingerprint for edge in edge_paragraphs(article)}
    marked = _inward(range(len(passages)), passages, prints, boilerplate)
    marked |= _inward(range(len(passages) - 1, -1, -1), passages, prints, boilerplate)
    body = {index for index, passage in enumerate(passages) if passage.kind is PassageKind.BODY}
    return passages, set() if body <= marked else marked


def _inward(
    order: Iterable[int], passages: tuple[Passage, ...], prints: dict[int, int], boilerplate: Collection[int]
) -> set[int]:
    """The indexes of body passages that are repeated, from one end to the first that is not."""
    marked = set()
    for index in order:
        if passages[index].kind is PassageKind.BODY:
            if prints.get(passages[index].start) not in boilerplate:
                break
            marked.add(index)
    return marked


def _segmented(article: Article) -> Segmentation:
    """The article's text segmented as it was when it was read: as a whole page, or as an article alone."""
    title = None if article.title_inferred else article.title
    found = segment(article.text, known_title=title)
    if not found.whole_page:
        return found
    alone = segment(article.text, known_title=title, alone=True)
    stored = frozenset(article.passages)
    return max(found, alone, key=lambda each: len(stored.intersection(each.passages)))


def _without_repetition(article: Article, found: Segmentation) -> tuple[Passage, ...]:
    """The passages as the article's own text gives them, body and boilerplate not told by others."""
    kinds = {(passage.start, passage.end): passage.kind for passage in found.passages}
    passages = []
    for passage in article.passages:
        kind = kinds.get((passage.start, passage.end))
        known = passage.kind in _OPEN and kind in _OPEN and kind is not None
        passages.append(Passage(passage.start, passage.end, kind) if known and kind else passage)
    return tuple(passages)


def _fingerprint(folded: str) -> int:
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
