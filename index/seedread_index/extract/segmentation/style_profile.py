"""How an article's own prose is written, so that what follows it can be told by its difference.

Appeals and notices differ from the article above them in three ways that need no vocabulary: they speak of
"we" and "you" where it does not, they share few words with it, and they stand in lines that are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.extract.segmentation.paragraph_features import (
    WE,
    YOU,
    Signals,
    is_closed,
    without_quotes,
    words_of,
)
from seedread_index.extract.segmentation.paragraphs import Paragraph

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

    def score(self, text: str, feature: Signals) -> float:
        """The score of a later paragraph as boilerplate, its difference from the article counted in.

        Without any word of boilerplate or of address a paragraph never tells for boilerplate by itself.
        """
        score = feature.score + self._by_words(text) + self._by_voice(feature) + self._by_shape(feature)
        if feature.families or feature.we or feature.you or feature.score > 0:
            return score
        return min(score, -0.3 if feature.closed else 0.0)

    def _by_words(self, text: str) -> float:
        stems = _CONTENT_STEM.findall(text[:1500].casefold())
        if len(stems) < 3:
            return 0.2 if stems and not self.stems.intersection(stems) else 0.0
        shared = sum(stem in self.stems for stem in stems) / len(stems)
        weight = 2.0 if len(stems) > 5 else 1.2
        return max(-2.2, min(1.2, weight * (_USUAL_OVERLAP - shared) / _USUAL_OVERLAP))

    def _by_voice(self, feature: Signals) -> float:
        address = feature.we + feature.you
        if not address:
            return 0.0
        if self.voice > 0.3:
            return -1.6 if feature.prose else -0.4
        if self.voice > 0.1:
            return 0.2
        return 1.1 + 0.35 * min(address, 5) + (0.6 if feature.we and feature.you else 0.0)

    def _by_shape(self, feature: Signals) -> float:
        if self.loose > 0.15 or feature.closed or feature.bullet or feature.words > 16:
            return 0.0
        return 0.5


def style_profile_of(paragraphs: Sequence[Paragraph]) -> StyleProfile:
    """The manner of the first half of the paragraphs after the head."""
    half = sum(len(paragraph.text) for paragraph in paragraphs) // 2
    stems: set[str] = set()
    size = addressed = loose = sampled = 0
    for paragraph in paragraphs:
        if sampled and (size > half or size > _SAMPLE):
            break
        text = paragraph.text[:_SAMPLE]
        size += len(text)
        stems.update(_CONTENT_STEM.findall(text.casefold()))
        if sampled < _MOST_SAMPLED:
            sampled += 1
            addressed += not _ADDRESS.isdisjoint(words_of(without_quotes(text)))
            loose += not is_closed(text)
    return StyleProfile(frozenset(stems), addressed / max(1, sampled), loose / max(1, sampled))
