"""How long a text is to a reader: words and minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.article import Span

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
IDEOGRAPHS_A_MINUTE = 255
"""Chinese (Trauzettel-Klosinski and Dietz 2012)."""
_COUNTED = 100_000
"""Of longer texts the first part is counted and scaled up: counting must not delay opening."""
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def words_and_minutes(text: str, left_out: Sequence[Span] = ()) -> tuple[int, int]:
    """Words outside some stretches and the minutes that reading them takes.

    A word is what white space parts, as the archive counts; of ideographs each one is.
    """
    sample, at = "", 0
    for gap in (*left_out, Span(len(text), len(text))):
        sample += text[at : min(gap.start, at + _COUNTED - len(sample))]
        at = gap.end
    length = len(text) - sum(gap.end - gap.start for gap in left_out)
    ideographs = len(_IDEOGRAPH.findall(sample))
    words = len((_IDEOGRAPH.sub(" ", sample) if ideographs else sample).split())
    share = length / max(1, len(sample))
    minutes = (words / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE) * share
    return round((words + ideographs) * share), max(1, round(minutes))
