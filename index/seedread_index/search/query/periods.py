"""Dates as people write them in a query: 2020-02, 2020-02-01..2020-03-15, >2020, last week."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from seedread_index.text.dates import ENGLISH_MONTHS, Period, month_and_day

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_QUARTER = re.compile(r"(\d{4})[- ]?q([1-4])|q([1-4])[- ]?(\d{4})")
_DECADE = re.compile(r"(\d{3}0)'?s")
_REST = re.compile(r"(?<=\d)[-/.]?\*$")
"""What stands for the rest of a date: 2020*, 2020-02-*."""
_INTERVAL = re.compile(r"(\d{4}-\d{2}\S*)/(\d{4}-\d{2}\S*)")
"""From and to as ISO 8601 has them."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}\S*")
_FROM_TO = re.compile(r"(.*[^.\s])\s*(?: to |–|—|(?<=^\d{4})-(?=\d{4}$)| - )\s*([^.\s].*)")
_SLASHED = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_AGO = re.compile(r"(\d{1,4}|an?|one) (day|week|month|year)s? ago|(\d{1,4})([dwmy])")
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_SPAN = re.compile(r"(?:the )?(?:last|past) (\d{1,4}) (day|week|month|year)s?")
_WORD = re.compile(r"(last|past|this) (day|week|month|year)")
_MONTH = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})\.?(?: (\d{1,2}))?,? (\d{4})")


def parse_period(text: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that an expression means, either None where open. Raises ValueError."""
    text = " ".join(text.lower().split())
    if between := _INTERVAL.fullmatch(text) or _FROM_TO.fullmatch(text):
        text = f"{between[1]}..{between[2]}"
    if ".." in text:
        left, right = text.split("..", 1)
        first = _period(left, today)[0] if left.strip() else None
        last = _period(right.lstrip("."), today)[1] if right.strip(" .") else None
        if first and last and last < first:
            raise ValueError("the range ends before it begins")
        return first, last
    for token in (">=", "<=", ">", "<"):
        if text.startswith(token):
            first, last = _period(text[len(token) :], today)
            one = dt.timedelta(days=1)
            try:
                return {
                    ">=": (first, None),
                    "<=": (None, last),
                    ">": (last + one if last < dt.date.max else last, None),
                    "<": (None, first - one if first > dt.date.min else first),
                }[token]
            except OverflowError:
                raise ValueError("the date is out of range") from None
    return _period(text, today)


def _period(text: str, today: dt.date) -> Period:
    text = text.strip()
    if not text:
        raise ValueError("the date is missing")
    try:
        text = _REST.sub("", text)
        found = _numeric(text) or _relative(text.replace("-", " "), today) or _with_month_name(text)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise ValueError(f"“{text[:40]}” is not a date")
    return found


def _numeric(text: str) -> Period | None:
    if match := _SLASHED.fullmatch(text):
        found = month_and_day(int(match[1]), match[2], int(match[3]))
        return _days(int(match[4]), *found) if found else None
    if match := _MOMENT.fullmatch(text):
        text = match[1]
    if match := _MONTH_FIRST.fullmatch(text):
        return _days(int(match[2]), int(match[1]), None)
    if match := _QUARTER.fullmatch(text):
        return _quarter(int(match[1] or match[4]), int(match[2] or match[3]))
    if match := _DECADE.fullmatch(text):
        return Period.of_years(int(match[1]), int(match[1]) + 9)
    match = _ISO.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    return _days(int(year), int(month) if month else None, int(day) if day else None)


def _quarter(year: int, quarter: int) -> Period:
    first, last = (Period.of_month(year, 3 * quarter - before) for before in (2, 0))
    return Period(first.first, last.last)


def _days(year: int, month: int | None, day: int | None) -> Period:
    if month is None:
        return Period.of_years(year, year)
    if day is None:
        return Period.of_month(year, month)
    return Period.of_day(dt.date(year, month, day))


def _with_month_name(text: str) -> Period | None:
    match = _MONTH.fullmatch(text.replace("-", " "))
    if match is None or match[2] not in ENGLISH_MONTHS or (match[1] and match[3]):
        return None
    day = match[1] or match[3]
    return _days(int(match[4]), ENGLISH_MONTHS[match[2]], int(day) if day else None)


def _relative(text: str, today: dt.date) -> Period | None:
    if text == "today":
        return Period.of_day(today)
    if text == "yesterday":
        return Period.of_day(today - dt.timedelta(days=1))
    if match := _AGO.fullmatch(text):
        count, unit = match[1] or match[3], match[2] or _UNITS[match[4]]
        return Period.of_day(_back(today, int(count) if count.isdigit() else 1, unit))
    if match := _SPAN.fullmatch(text):
        return Period(_back(today, int(match[1]), match[2]), today)
    if match := _WORD.fullmatch(text):
        return _around(today if match[1] == "this" else _back(today, 1, match[2]), match[2])
    return None


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    """The day so many units before."""
    if unit in ("day", "week"):
        return today - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _around(day: dt.date, unit: str) -> Period:
    """The whole week (from Monday), month or year that a day lies in."""
    if unit == "day":
        return Period.of_day(day)
    if unit == "week":
        return Period.of_week(day)
    return _days(day.year, day.month if unit == "month" else None, None)
