"""Near-duplicates, found after a sync.

By the resemblance and containment of Broder, "On the resemblance and containment of documents" (1997): texts
as sets of hashed shingles, compared by a sketch of the least hashes first, then exactly.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.repetitions import (
    candidates,
    put_pairs,
    representatives,
    set_representatives,
    sketch_of,
    stale_pairs,
    ungrouped,
)
from seedread_index.model.article import Article, PassageKind
from seedread_index.model.status import Progress, ProgressCallback, Stage
from seedread_index.text.chunks import bare_words

_BATCH = 200
_KEPT = 8_000_000
"""How many shingles of articles looked at before are kept at hand, in 32 MB: those of 13,000 of news."""
_NOTED = 20_000
"""Of how many articles the sketches are kept at hand, and the shadows of their shingles, in some 30 MB."""
_BITS = 1 << 13


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
    smallest = frozenset(mine[1:])
    shadow: _Shadow | None = None
    likely = []
    for other in candidates(catalogue, number, mine[1 : WEIGHTS.bands + 1]):
        if other in later or (shadow and not shadow.may_be_like(at_hand.shadows.get(other))):
            continue
        if _may_be_alike(mine, smallest, at_hand.sketch(other)):
            shadow = shadow or (at_hand.shadow(number) if other in at_hand.shadows else None)
            likely.append(other)
    if not likely:
        return []
    at_hand.meet([number, *likely])
    own = frozenset(at_hand.shingles(number))
    found = []
    for other in likely:
        if shadow and not shadow.may_be_like(at_hand.shadows.get(other)):
            continue
        its = at_hand.shingles(other)
        if like := _likeness(len(own.intersection(its)), len(own), len(its)):
            found.append((other, like))
    return found


class _Shadow(NamedTuple):
    """An article's shingles as bits of one number: two shadows tell at once what is common at most."""

    bits: int
    hidden: int  # how many shingles share their bit with others
    size: int

    def may_be_like(self, other: _Shadow | None) -> bool:
        """Whether the articles may be near-duplicates: never False where they are; True of an unknown one."""
        if other is None:
            return True
        most = (self.bits & other.bits).bit_count() + min(self.hidden, other.hidden)
        return _likeness(min(most, self.size, other.size), self.size, other.size) > 0


def _shadow_of(hashes: Collection[int]) -> _Shadow:
    places = bytearray(_BITS // 8)
    for each in hashes:
        places[each % _BITS >> 3] |= 1 << (each & 7)
    bits = int.from_bytes(places, "little")
    return _Shadow(bits, len(hashes) - bits.bit_count(), len(hashes))


class _AtHand:
    """The sketches, the shingles and their shadows of the articles looked at last."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sketches: dict[int, array[int]] = {}
        self._shingles: dict[int, array[int]] = {}
        self._count = 0
        self.shadows: dict[int, _Shadow] = {}

    def sketch(self, number: int) -> array[int]:
        """An article's sketch; empty where it has none."""
        if (known := self._sketches.get(number)) is not None:
            return known
        if len(self._sketches) >= _NOTED:
            del self._sketches[next(iter(self._sketches))]
        self._sketches[number] = made = array("I", sketch_of(self._catalogue, number))
        return made

    def shadow(self, number: int) -> _Shadow:
        """The shadow of an article's shingles."""
        if (known := self.shadows.get(number)) is not None:
            return known
        if len(self.shadows) >= _NOTED:
            del self.shadows[next(iter(self.shadows))]
        self.shadows[number] = made = _shadow_of(self.shingles(number))
        return made

    def shingles(self, number: int) -> array[int]:
        """An article's shingles, each once."""
        if number not in self._shingles:
            self._read([number])
        return self._shingles[number]

    def meet(self, numbers: Iterable[int]) -> None:
        """Have articles at hand to be compared: their shingles at first, the shadows as well if met again."""
        new = []
        for number in numbers:
            if number in self._shingles:
                self.shadow(number)
            elif number not in self.shadows:
                new.append(number)
        self._read(new)

    def _read(self, numbers: Sequence[int]) -> None:
        for number, article in self._catalogue.by_number(numbers).items():
            made = array("I", shingles(article))
            self._count += len(made)
            while self._count > _KEPT and self._shingles:
                self._count -= len(self._shingles.pop(next(iter(self._shingles))))
            self._shingles[number] = made


def _regroup(catalogue: Catalogue) -> int:
    """Bring the stored groups up to date with the pairs, those that something has changed in."""
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
    text = article.visible_text
    return " ".join([text[each.start : each.end] for each in article.of_kind(PassageKind.BODY)])[:_MOST]


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
    return _may_be_alike(first, frozenset(first[1:]), array("I", other))


def _may_be_alike(one: array[int], smallest: frozenset[int], other: array[int]) -> bool:
    """The same of a sketch that comes with the set of its hashes."""
    count, theirs = one[0], other[1:]
    shared = smallest.intersection(theirs)
    seen = min(WEIGHTS.sketch, len(smallest) + len(theirs) - len(shared))
    least_share = min(WEIGHTS.least_resemblance / 2, WEIGHTS.resemblance - WEIGHTS.margin)
    if len(shared) < least_share * seen:  # which most candidates fall to, before anything is sorted
        return False
    # What is in order already, as the hashes of either are, is sorted in no time.
    least = list(dict.fromkeys(sorted((*one[1:], *theirs))))[: WEIGHTS.sketch]
    common = len(shared.intersection(least))
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
