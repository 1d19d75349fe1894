"""A strip of bars, one a month, of how many articles mention somebody."""

from __future__ import annotations

from collections.abc import Sequence

from seedread.naming import counted

Months = Sequence[tuple[tuple[int, int], int]]
_FRAME = 24


def strip(months: Months, bars: str, width: int) -> list[str]:
    """One line: the first month, a bar for each month up to the last, the last month and the most articles.

    Too many months for the width are drawn as years.
    """
    if not months:
        return []
    counts = {year * 12 + month - 1: count for (year, month), count in months}
    first, last = min(counts), max(counts)
    series = [counts.get(index, 0) for index in range(first, last + 1)]
    unit = "a month"
    names = (f"{first // 12}-{first % 12 + 1:02}", f"{last // 12}-{last % 12 + 1:02}")
    if len(series) > max(1, width - _FRAME):
        years = range(first // 12, last // 12 + 1)
        series = [sum(count for index, count in counts.items() if index // 12 == year) for year in years]
        names, unit = (str(years[0]), str(years[-1])), "a year"
    most = max(series)
    drawn = "".join(_bar(count, most, bars) for count in series)
    if len(series) == 1:
        return [f"{names[0]}: {counted(most, 'article')}"]
    return [f"{names[0]} {drawn} {names[1]}, at most {counted(most, 'article')} {unit}"]


def _bar(count: int, most: int, bars: str) -> str:
    if count == 0:
        return " "
    return bars[min(len(bars) - 1, count * len(bars) // (most + 1))]
