"""Which of the lines above an article is taken for its headline, and when none is."""

from __future__ import annotations

import math

import pytest

from seedread_index.extract.segmentation import blocks_of
from seedread_index.extract.segmentation.header.page_headline import choose

LINES = """Harbour news today
Council keeps the ferry
Weather and tides here
Most read this week
Harbour news today"""


@pytest.mark.parametrize(
    ("chances", "chosen"),
    [
        ((0.1, 2.0, 0.1, 0.1, 0.1), "Council keeps the ferry"),
        ((0.1, 0.5, 0.1, 0.1, 0.0001), "Council keeps the ferry"),
        ((0.4, 0.5, 0.4, 0.4, 0.0001), None),
        ((0.9, 1.0, 0.0001, 0.0001, 0.9), "Harbour news today"),
        ((0.01, 0.02, 0.01, 0.01, 0.01), None),
    ],
)
def test_a_line_is_the_headline_where_it_is_likely_or_far_ahead(
    chances: tuple[float, ...], chosen: str | None
) -> None:
    _, blocks = blocks_of(LINES)
    best = choose(blocks, range(5), [math.log(chance) for chance in chances])
    assert (None if best is None else blocks[best].text) == chosen
