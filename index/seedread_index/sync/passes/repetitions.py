"""What repeats across an archive, found after a sync: near-duplicates and paragraphs of boilerplate.

Near-duplicates by the resemblance and containment of Broder, "On the resemblance and containment of
documents" (1997): texts as sets of hashed shingles, compared by a sketch of the least hashes first, then
exactly. Boilerplate by the paragraphs that stand at the edges of many articles.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected_articles import as_read, put_read_again
from seedread_index.catalogue.repetitions import (
    boilerplate,
    candidates,
    group_count,
    put_pairs,
    queue_segmentation,
    repeated,
    representatives,
    set_boilerplate,
    set_representatives,
    sketch_of,
    stale_pairs,
    to_segment,
    ungrouped,
)
from seedread_index.catalogue.work_queue import portions
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.status import Progress, ProgressCallback, Stage
from seedread_index.text.chunks import bare_words

LEAST_GROUPS, SHARE_OF_GROUPS = 4, 0.001
"""In so many groups of near-duplicates at least a paragraph must stand to be boilerplate, and in such a share
of them."""
_BATCH = 200
_BYTES = 2_000_000
_KEPT = 12_000_000
"""How many shingles of articles looked at before are kept at hand, in 48 MB: those of 20,000 of news."""
_SKETCHES = 20_000
"""How many sketches are kept at hand, in some 6 MB."""


def group_duplicates(
    catalogue: Catalogue,
    progress: ProgressCallback = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Look for the near-duplicates of new articles, then make the groups; how many articles changed group."""
    waiting = ungrouped(catalogue)
    at_hand = _AtHand(catalogue)
    # A new article is compared with those before it: the later ones look back at it in their turn.
    later = set(waiting)
    for start in range(0, len(waiting), _BATCH):
        if stopped():
            return 0
        progress(Progress(Stage.COMPARE, start, len(waiting)))
        with catalogue.transaction():
            for number in waiting[start : start + _BATCH]:
                later.discard(number)
                put_pairs(catalogue, number, _alike(catalogue, number, at_hand, later))
    return _regroup(catalogue)


def _alike(
    catalogue: Catalogue, number: int, at_hand: _AtHand, later: Container[int]
) -> list[tuple[int, float]]:
    mine = at_hand.sketch(number)
    if not mine:
        return []
    found = []
    smallest = frozenset(mine[1:])
    own: frozenset[int] | None = None
    for other in candidates(catalogue, number, mine[1 : WEIGHTS.bands + 1]):
        if other not in later and _may_be_alike(mine[0], smallest, at_hand.sketch(other)):
            own = own or frozenset(at_hand.shingles(number))
            its = at_hand.shingles(other)
            like = _likeness(len(own.intersection(its)), len(own), len(its))
            if like:
                found.append((other, like))
    return found


class _AtHand:
    """The sketches and shingles of the articles looked at last."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sketches: dict[int, array[int]] = {}
        self._shingles: dict[int, array[int]] = {}
        self._count = 0

    def sketch(self, number: int) -> array[int]:
        """An article's sketch; empty where it has none."""
        if (known := self._sketches.get(number)) is not None:
            return known
        if len(self._sketches) >= _SKETCHES:
            del self._sketches[next(iter(self._sketches))]
        self._sketches[number] = made = array("I", sketch_of(self._catalogue, number))
        return made

    def shingles(self, number: int) -> array[int]:
        """An article's shingles, each once."""
        if (known := self._shingles.get(number)) is not None:
            return known
        made = array("I", shingles(self._catalogue.by_number([number])[number]))
        self._count += len(made)
        while self._count > _KEPT and self._shingles:
            self._count -= len(self._shingles.pop(next(iter(self._shingles))))
        self._shingles[number] = made
        return made


def _regroup(catalogue: Catalogue) -> int:
    """Bring the stored groups level with the pairs, those that something has changed in."""
    articles, found = stale_pairs(catalogue)
    if not articles:
        return 0
    known = representatives(catalogue, articles)
    names = catalogue.ids_of({number for one, other, _ in found for number in (one, other)})
    now = groups(found, names)
    changed = {n: now.get(n) for n in known.keys() | now.keys() if known.get(n) != now.get(n)}
    with catalogue.transaction():
        set_representatives(catalogue, changed)
        if changed:
            catalogue.bump()
    return len(changed)


@dataclass(frozen=True, slots=True)
class Weights:
    """When two texts are near-duplicates, by their shingles: every `words` words in a row.

    Fitted on dedup_dev (news articles and edited, cut and joined copies of them): pair precision 0.985,
    recall 1.0 by benchmarks/check_duplicates.py, which with --vary shows each a quarter less and more. The
    first three decide: precision falls to 0.957 at a `containment` of 0.69. The others change nothing there
    by a quarter; they were chosen by hand, to save time without losing pairs.
    """

    resemblance: float = 0.65
    """The share of common shingles, of those of either text, from which two texts are near-duplicates."""
    containment: float = 0.92
    """The share of the shorter text's shingles from which it is a cut copy of the longer one where …"""
    least_resemblance: float = 0.2
    """… at least this share of all shingles is common: a brief inside a weekly roundup is no copy of it."""
    words: int = 3
    """Words of a shingle."""
    least_shingles: int = 20
    """Texts of fewer shingles resemble one another by chance."""
    sketch: int = 64
    """The hashes of a sketch, the least of all shingles."""
    bands: int = 16
    """How many of them are looked up: two texts at `least_resemblance` nearly always share one."""
    margin: float = 0.2
    """By how much less two sketches may resemble each other than their texts must."""
    sketch_containment: float = 0.6
    """The share of the shorter text's shingles that two sketches must make likely for a cut copy."""


WEIGHTS = Weights()
_MOST = 200_000
"""Characters of a body that are looked at."""


def shingles(article: Article) -> frozenset[int]:
    """Hashes of every three words in a row of an article's body; case and punctuation do not count."""
    words = bare_words(_body(article))
    crc = zlib.crc32
    threes = zip(*(words[start:] for start in range(WEIGHTS.words)), strict=False)
    # The multiplication spreads what a CRC leaves regular between like strings.
    return frozenset(crc(" ".join(three).encode()) * 2654435761 & 0xFFFFFFFF for three in threes)


def _body(article: Article) -> str:
    """The opening of an article's body, as much as is looked at."""
    pieces: list[str] = []
    room = _MOST
    text = article.visible_text
    for passage in article.of_kind(PassageKind.BODY):
        if room <= 0:
            break
        pieces.append(text[passage.start : min(passage.end, passage.start + room)])
        room -= len(pieces[-1]) + 1
    return " ".join(pieces)


def sketch(hashes: frozenset[int]) -> bytes:
    """How many hashes there are, and the least of them; empty for a text that is too short."""
    if len(hashes) < WEIGHTS.least_shingles:
        return b""
    return array("I", [len(hashes), *sorted(hashes)[: WEIGHTS.sketch]]).tobytes()


def bands(stored: bytes) -> list[int]:
    """The hashes of a sketch by which likely copies are found."""
    return list(array("I", stored)[1 : WEIGHTS.bands + 1])


def may_be_alike(one: bytes, other: bytes) -> bool:
    """Whether two sketches leave it open that their texts are near-duplicates; rules out most others."""
    first = array("I", one)
    return _may_be_alike(first[0], frozenset(first[1:]), array("I", other))


def _may_be_alike(count: int, smallest: frozenset[int], other: array[int]) -> bool:
    """The same of a sketch by its count and its hashes."""
    theirs = other[1:]
    shared = smallest.intersection(theirs)
    seen = min(WEIGHTS.sketch, len(smallest) + len(theirs) - len(shared))
    least_share = min(WEIGHTS.least_resemblance / 2, WEIGHTS.resemblance - WEIGHTS.margin)
    if len(shared) < least_share * seen:  # which most candidates fall to, before anything is sorted
        return False
    common = len(shared.intersection(sorted(smallest.union(theirs))[: WEIGHTS.sketch]))
    share = common / seen
    if share >= WEIGHTS.resemblance - WEIGHTS.margin:
        return True
    in_both = share * (count + other[0]) / (1 + share)
    contained = in_both >= WEIGHTS.sketch_containment * min(count, other[0])
    return contained and share >= WEIGHTS.least_resemblance / 2


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The resemblance of two near-duplicates by their shingles, 0 to 1; 0 for other texts.

    Broder, "On the resemblance and containment of documents" (1997).
    """
    return _likeness(len(one & other), len(one), len(other))


def _likeness(common: int, one: int, other: int) -> float:
    """The same by the numbers of shingles: common ones, those of either text."""
    resemblance = common / (one + other - common)
    if resemblance >= WEIGHTS.resemblance:
        return resemblance
    contained = common / min(one, other) >= WEIGHTS.containment
    return resemblance if contained and resemblance >= WEIGHTS.least_resemblance else 0.0


def groups(pairs: Iterable[tuple[int, int, float]], names: Mapping[int, str]) -> dict[int, int]:
    """Members of groups to their representatives, from pairs of near-duplicates with their likeness.

    A group is a representative and what is like it, the best connected first: no chain ties together texts
    that have nothing in common. The answer depends on `names`, not on the order of pairs or the numbers.
    """
    near: dict[int, dict[int, float]] = {}
    for one, other, like in pairs:
        near.setdefault(one, {})[other] = like
        near.setdefault(other, {})[one] = like
    free = set(near)
    representatives: dict[int, int] = {}
    for number in sorted(near, key=lambda n: (-round(sum(near[n].values()), 6), names.get(n, ""))):
        if number in free:
            members = [other for other in near[number] if other in free]
            free.difference_update(members, (number,))
            representatives.update(dict.fromkeys(members, number))
    return representatives


def mark_repetition(catalogue: Catalogue, stopped: Callable[[], bool]) -> int:
    """Find the repeated paragraphs anew and mark them; how many articles were laid out again.

    Of an article that the user corrected, what was read of it is laid out; its corrections follow.
    """
    with catalogue.transaction():
        now = repeated(catalogue, max(LEAST_GROUPS, SHARE_OF_GROUPS * group_count(catalogue)))
        set_boilerplate(catalogue, boilerplate(catalogue), now)
    waiting = to_segment(catalogue)
    if not waiting:
        return 0
    from seedread_index.extract.segmentation.boilerplate.repeated_edges import with_repetition

    segmented = 0
    for numbers in portions(catalogue, waiting, _BATCH, _BYTES):
        if stopped():
            break
        articles = catalogue.by_number(numbers)
        corrected = as_read(catalogue, articles)
        with catalogue.transaction():
            for number in numbers:
                article = corrected.get(number, articles[number])
                again = with_repetition(article, now)
                changed = again is not article
                if changed and number in corrected:
                    put_read_again(catalogue, number, again)
                queue_segmentation(catalogue, number, again if changed and number not in corrected else None)
                segmented += changed
            catalogue.bump()
    return segmented
