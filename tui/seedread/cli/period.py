"""--since and --until: what a date means, and which articles of a list fall between two."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from seedread.cli.parser import UsageError
from seedread.cli.talk import safe

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,5}) (day|week|month|year)s? ago")


def period(
    since: str | None, until: str | None, today: dt.date | None = None
) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that two options allow; raises UsageError where one is no date."""
    today = today or dt.date.today()
    first = _range("--since", since, today)[0] if since else None
    last = _range("--until", until, today)[1] if until else None
    if first and last and first > last:
        raise UsageError(f"--since {first} is later than --until {last}", "swap the two")
    return first, last


def within(date: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a date lies in a period; an undated article lies in the unbounded one alone."""
    if date is None:
        return first is None and last is None
    return (first is None or date >= first) and (last is None or date <= last)


def _range(option: str, text: str, today: dt.date) -> tuple[dt.date, dt.date]:
    words = " ".join(text.lower().split())
    try:
        if match := _DATE.fullmatch(words):
            return _calendar(*(int(part) if part else None for part in match.groups()))
        if found := _relative(words, today):
            return found
    except (ValueError, OverflowError):
        pass
    raise UsageError(
        f"{option}: {safe(text)} is not a date",
        "write 2020, 2020-02, 2020-02-28, yesterday, 'last week' or '3 days ago'",
    )


def _calendar(year: int | None, month: int | None, day: int | None) -> tuple[dt.date, dt.date]:
    assert year is not None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day), dt.date(year, month, day)


def _relative(words: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    day = dt.timedelta(days=1)
    monday = today - today.weekday() * day
    if words in {"today", "now"}:
        return today, today
    if words == "yesterday":
        return today - day, today - day
    if words in {"this week", "last week"}:
        start = monday if words == "this week" else monday - 7 * day
        return start, start + 6 * day
    if words in {"this month", "last month"}:
        whole = today if words == "this month" else today.replace(day=1) - day
        return _calendar(whole.year, whole.month, None)
    if words in {"this year", "last year"}:
        return _calendar(today.year - (words == "last year"), None, None)
    if match := _AGO.fullmatch(words):
        exact = _back(today, int(match[1]), match[2])
        return exact, exact
    return None


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in {"day", "week"}:
        return today - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
