"""How long a text is to a reader: words and minutes."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.model.article import Span
from seedread_index.text.chunks import count_words

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
IDEOGRAPHS_A_MINUTE = 255
"""Chinese (Trauzettel-Klosinski and Dietz 2012)."""
_COUNTED = 100_000
"""Of longer texts the first part is counted and scaled up: counting must not delay opening."""


def words_and_minutes(text: str, left_out: Sequence[Span] = ()) -> tuple[int, int]:
    """Words outside some stretches, as the archive counts them, and the minutes that reading them takes."""
    sample, at = "", 0
    for gap in (*left_out, Span(len(text), len(text))):
        sample += text[at : min(gap.start, at + _COUNTED - len(sample))]
        at = gap.end
    length = len(text) - sum(gap.end - gap.start for gap in left_out)
    words = count_words(sample)
    share = length / max(1, len(sample))
    minutes = (words.spaced / WORDS_A_MINUTE + words.ideographs / IDEOGRAPHS_A_MINUTE) * share
    return round(words.total * share), max(1, round(minutes))
