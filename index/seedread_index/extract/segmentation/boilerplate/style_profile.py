"""How an article's own prose is written, so that what follows it can be recognised by its difference.

Appeals and notices differ from the article above them in three ways that need no vocabulary: they speak of
"we" and "you" where it does not, they share few words with it, and they stand in lines that are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import (
    WE,
    YOU,
    BlockFeatures,
    is_closed,
    without_quotes,
    words_of,
)

_CONTENT_STEM = re.compile(r"(?<![^\W\d_])([^\W\d_]{5})")
_ADDRESS = WE | YOU
_SAMPLE = 16_000
_USUAL_OVERLAP = 0.24
"""Prose shares about a third of its longer words with what stands before it, boilerplate a tenth."""

_MOST_SAMPLED = 24


@dataclass(frozen=True, slots=True)
class StyleProfile:
    """The stems of an article's words, and how much of it addresses the reader or is no sentence: 0 to 1."""

    stems: frozenset[str]
    voice: float
    loose: float

    def score(self, text: str, sign: BlockFeatures) -> float:
        """The score of a later block as boilerplate, its difference from the article counted in.

        Without any word of boilerplate or of address a block never tells for boilerplate by itself.
        """
        score = sign.score + self._by_words(text) + self._by_voice(sign) + self._by_shape(sign)
        if sign.families or sign.we or sign.you or sign.score > 0:
            return score
        return min(score, -0.3 if sign.closed else 0.0)

    def _by_words(self, text: str) -> float:
        stems = _CONTENT_STEM.findall(text[:1500].casefold())
        if len(stems) < 3:
            return 0.2 if stems and not self.stems.intersection(stems) else 0.0
        shared = sum(stem in self.stems for stem in stems) / len(stems)
        weight = 2.0 if len(stems) > 5 else 1.2
        return max(-2.2, min(1.2, weight * (_USUAL_OVERLAP - shared) / _USUAL_OVERLAP))

    def _by_voice(self, sign: BlockFeatures) -> float:
        address = sign.we + sign.you
        if not address:
            return 0.0
        if self.voice > 0.3:
            return -1.6 if sign.prose else -0.4
        if self.voice > 0.1:
            return 0.2
        return 1.1 + 0.35 * min(address, 5) + (0.6 if sign.we and sign.you else 0.0)

    def _by_shape(self, sign: BlockFeatures) -> float:
        if self.loose > 0.15 or sign.closed or sign.bullet or sign.words > 16:
            return 0.0
        return 0.5


def style_profile(blocks: Sequence[Block]) -> StyleProfile:
    """The style of the first half of the blocks after the head."""
    half = sum(len(block.text) for block in blocks) // 2
    stems: set[str] = set()
    size = addressed = loose = sampled = 0
    for block in blocks:
        if sampled and (size > half or size > _SAMPLE):
            break
        text = block.text[:_SAMPLE]
        size += len(text)
        stems.update(_CONTENT_STEM.findall(text.casefold()))
        if sampled < _MOST_SAMPLED:
            sampled += 1
            addressed += not _ADDRESS.isdisjoint(words_of(without_quotes(text)))
            loose += not is_closed(text)
    return StyleProfile(frozenset(stems), addressed / max(1, sampled), loose / max(1, sampled))
