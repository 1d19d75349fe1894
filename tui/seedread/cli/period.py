"""--since and --until: what a date means, and which articles of a list fall between two."""

from __future__ import annotations

import datetime as dt

from seedread.cli.parser import UsageError
from seedread.cli.talk import safe
from seedread_index.errors import QueryError

Period = tuple[dt.date | None, dt.date | None]


def period(since: str | None, until: str | None) -> Period:
    """The first and the last day that two options allow; raises UsageError where one is no date."""
    first = _bounds("--since", since)[0] if since is not None else None
    last = _bounds("--until", until)[1] if until is not None else None
    if first and last and first > last:
        raise UsageError(f"--since {first} is later than --until {last}", "swap the two")
    return first, last


def within(date: dt.date | None, allowed: Period) -> bool:
    """Whether a date lies in a period; an undated article lies in the unbounded one alone."""
    first, last = allowed
    if date is None:
        return first is None and last is None
    return (first is None or date >= first) and (last is None or date <= last)


def _bounds(option: str, text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of an expression that is open on neither side."""
    from seedread_index.archive import parse_period

    try:
        first, last = parse_period(text)
    except QueryError:
        first = last = None
    if first is None or last is None:
        hint = "write 2020, 2020-02, 2020-02-28, yesterday, 'last week' or '3 days ago'"
        raise UsageError(f"{option}: {safe(text)} is not a date", hint)
    return first, last
