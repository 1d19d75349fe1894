"""What months and weekdays are called, what a date of numbers means, and stretches of days.

The one table and the one rule for dates in articles, in their metadata, in mentions and in queries.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple, Self

from seedread_index.text.folding import folded
from seedread_index.text.word_lists import sections

_PIVOT = 70
_FIRST_YEAR, _LAST_YEAR = 1400, 2200


class Period(NamedTuple):
    """A stretch of days, both included. The constructors raise ValueError beyond the calendar."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_day(cls, day: dt.date) -> Self:
        """One day."""
        return cls(day, day)

    @classmethod
    def of_week(cls, day: dt.date) -> Self:
        """The week that a day lies in, from Monday (ISO 8601). Raises OverflowError beyond the calendar."""
        monday = day - dt.timedelta(days=day.weekday())
        return cls(monday, monday + dt.timedelta(days=6))

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """A month."""
        return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """All days from one year to another."""
        return cls(dt.date(first, 1, 1), dt.date(last, 12, 31))


Leading = Literal["day", "month", ""]
"""What comes first in dates of numbers; empty where that is not known."""
_LEADING: ContextVar[Leading] = ContextVar("leading", default="")
_NUMBERS = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2\d{4}\b")


@contextmanager
def day_leads(*, always: bool) -> Iterator[None]:
    """Within the block the day leads in dates of numbers whatever parts them, where `always` is true."""
    before = _LEADING.set("day" if always else "")
    try:
        yield
    finally:
        _LEADING.reset(before)


@contextmanager
def leads(order: Leading) -> Iterator[None]:
    """Within the block dates of numbers are in an order that others beside them show; settings beat it."""
    before = _LEADING.set(_LEADING.get() or order)
    try:
        yield
    finally:
        _LEADING.reset(before)


def order_shown(values: Iterable[object]) -> Leading:
    """What leads in dates of one kind, by those that can be read in one way; empty where they differ."""
    dates = [match for value in values if isinstance(value, str) and (match := _NUMBERS.match(value))]
    day = any(int(match[1]) > 12 for match in dates)
    month = any(int(match[3]) > 12 for match in dates)
    return "" if day == month else "day" if day else "month"


def month_and_day(first: int, separator: str, second: int) -> tuple[int, int] | None:
    """Month and day of a date whose first two numbers these are, None where people read it in two ways.

    Between dots the day leads. Elsewhere 3/4/2020 is March to some and April to others, so that it is taken
    only where one number cannot be the month or both are the same, or where the archive's settings or other
    dates beside it say what leads (`day_leads`, `leads`). The numbers may still be no date.
    """
    if separator == "." or first > 12 or first == second:
        return second, first
    if second > 12:
        return first, second
    return {"day": (second, first), "month": (first, second)}.get(_LEADING.get())


def full_year(year: int) -> int:
    """A year of two digits in its century, 1970 to 2069; any other as it is."""
    if year >= 100:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def real_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, None where the calendar has no such day or no article can be of that year."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class Month(NamedTuple):
    """A month of a calendar: "gregorian", "solar" (of Iran) or "lunar" (of Islam); `number` from 1 to 12."""

    calendar: str
    number: int


def _months() -> tuple[dict[str, int], dict[str, Month]]:
    """English names and short forms of the months, and those of all languages and calendars."""
    english: dict[str, int] = {}
    every: dict[str, Month] = {}
    table = sections("text", "calendar.tsv")
    for line in table["months"]:
        number, names, others = line.split("\t")
        english |= dict.fromkeys(names.split(), int(number))
        for name in (*names.split(), *others.split()):
            every.setdefault(_plain(name), Month("gregorian", int(number)))
    for kind in ("solar", "lunar"):
        for line in table[f"{kind} months"]:
            number, names = line.split("\t")
            for name in names.split():
                every.setdefault(_plain(name), Month(kind, int(number)))
    for name, month in [*every.items()]:
        every.setdefault(folded(name), month)
    return english, every


def _plain(name: str) -> str:
    return name.replace("_", " ").rstrip(".")


def month_named(name: str) -> Month | None:
    """The month that a name or short form is of, whatever its capitals and accents: MAYIS, ΜΑΡΤΙΟΥ."""
    plain = name.casefold().replace("i̇", "i").rstrip(".")
    month = MONTHS.get(plain)
    return month if month or plain.isascii() else MONTHS.get(folded(plain))


def _weekdays() -> dict[str, int]:
    rows = (line.split("\t") for line in sections("text", "calendar.tsv")["weekdays"])
    return {name: int(number) for number, names in rows for name in names.split()}


ENGLISH_MONTHS: Mapping[str, int]
"""The number of a month (1 to 12) by its English name or short form, in small letters."""
MONTHS: Mapping[str, Month]
"""The months of all calendars by their names and short forms in some forty languages, without full stops,
with and without accents."""
ENGLISH_MONTHS, MONTHS = _months()

ENGLISH_WEEKDAYS: Mapping[str, int] = _weekdays()
"""The number of a weekday (Monday is 0) by its English name or short form, in small letters."""
