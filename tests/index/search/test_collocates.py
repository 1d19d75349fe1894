"""The log-likelihood of collocates, against a table worked by hand."""

from __future__ import annotations

import pytest

from seedread_index.search.collocates import log_likelihood


@pytest.mark.parametrize(
    ("table", "ratio"),
    [
        # 10 of 100 and 5 of 900: expected 1.5, 13.5, 98.5, 886.5; 2 (10 ln 6.6667 + 5 ln .37037
        # + 90 ln .913706 + 895 ln 1.009588) = 2 (18.9712 - 4.9663 - 8.1218 + 8.5407)
        ((10, 5, 100, 900), 28.848),
        # 20 of 100 and 180 of 900: as often here as there
        ((20, 180, 100, 900), 0.0),
        # 1 of 100 and 99 of 900: expected 10, 90, 90, 810; 2 (ln .1 + 99 ln 1.1 + 99 ln 1.1
        # + 801 ln .988889) = 2 (-2.3026 + 9.4357 + 9.4357 - 8.9498), and rarer near the hits
        ((1, 99, 100, 900), -15.238),
        ((0, 0, 100, 900), 0.0),
        ((3, 0, 3, 0), 0.0),
    ],
)
def test_the_ratio_is_that_of_the_table(table: tuple[int, int, int, int], ratio: float) -> None:
    assert log_likelihood(*table) == pytest.approx(ratio, abs=0.01)
