"""Dates in a text ("Friday", "September 2018", "last week") as days, seen from the article's date."""

from __future__ import annotations

import datetime as dt
import re

from seedread_index.text.dates import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, Period

# Own rules rather than a library: those at hand guess where this should leave alone ("March 5 or 6",
# "monthly"). Conventions: a lone weekday is the last such day up to the article's date, a week begins on
# Monday (ISO 8601). What can be read in two ways is left open: "next Friday" on a Monday, "last week" on a
# Sunday (weeks may begin then), a month or day without a year that is not clearly nearer in one year than in
# the others, "the past year", "around 2015", "the 1900s".

_SUNDAY = ENGLISH_WEEKDAYS["sunday"]
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1}

_MONTH = r"(?P<month>" + "|".join(sorted(ENGLISH_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1\d|2[01])\d{2})"
_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_WEEKDAY = r"(?P<weekday>" + "|".join(sorted(ENGLISH_WEEKDAYS, key=len, reverse=True)) + r")\.?"
_LEAD = re.compile(
    r"^(?:(?:on|in|since|from|until|till|by|before|the|of|early|late|mid|earlier|later|end|beginning)[ -])+"
)
_UNTIL = re.compile(rf"(?:until|till|by|before) {_WEEKDAY}")
"""A weekday that may be to come."""
_LONE_WEEKDAY = re.compile(rf"{_WEEKDAY}{_OF_DAY}")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|could|should|must|due|set|scheduled|expected|going|hopes?|plan(?:s|ned|ning)?"
    r"|until|till|starting)\b[^.!?\n]*$|\b(?:by|before) $"
)
_SENTENCE = 120
"""Characters of a sentence that are looked at before a date."""


def looks_ahead(text: str, start: int) -> bool:
    """Whether the sentence speaks of what is to come before `start`: a weekday there may be the next one."""
    return _AHEAD.search(text, max(0, start - _SENTENCE), start) is not None


def resolve(mention: str, published: dt.date | None, *, ahead: bool = False) -> Period | None:
    """The days that a date's words mean in an article of that date; None where that is not certain.

    `ahead` says that the sentence speaks of what is to come.
    """
    written = " ".join(mention.casefold().replace(",", " ").split())
    words = _LEAD.sub("", written)
    if _UNTIL.match(written) or (ahead and _LONE_WEEKDAY.fullmatch(words)):
        return None
    try:
        return _absolute(words) or (_relative(words, published) if published else None)
    except (ValueError, OverflowError):
        return None


def _absolute(words: str) -> Period | None:
    """What needs no date to start from: a day, month, year or decade."""
    if match := re.fullmatch(rf"{_YEAR}-(\d{{2}})-(\d{{2}})", words):
        return Period.of_day(dt.date(int(match[1]), int(match[2]), int(match[3])))
    for shape in (
        rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY} {_YEAR}",
        rf"(?:{_WEEKDAY} )?{_DAY}(?: of)? {_MONTH} {_YEAR}",
    ):
        if match := re.fullmatch(shape, words):
            day = dt.date(int(match["year"]), ENGLISH_MONTHS[match["month"]], int(match["day"]))
            return Period.of_day(day) if match["weekday"] in (None, *_names_of(day)) else None
    if match := re.fullmatch(rf"{_MONTH}(?: of)? {_YEAR}", words):
        return Period.of_month(int(match["year"]), ENGLISH_MONTHS[match["month"]])
    if match := re.fullmatch(_YEAR, words):
        return Period.of_years(int(words), int(words))
    if match := re.fullmatch(r"(1\d[1-9]|20\d)0['’]?s", words):
        return Period.of_years(int(match[1] + "0"), int(match[1] + "9"))
    if match := re.fullmatch(rf"(?:between )?{_YEAR}(?: ?[-–] ?| to | and )((?:1\d|2[01])\d{{2}})", words):
        first, last = int(match["year"]), int(match[2])
        return Period.of_years(first, last) if first < last else None
    return None


def _relative(words: str, published: dt.date) -> Period | None:
    """What starts from the article's date: weekdays, days without a year, "last week"."""
    day = dt.timedelta(days=1)
    if words in ("today", "tonight", "this morning", "this afternoon", "this evening"):
        return Period.of_day(published)
    if words == "last night" or re.fullmatch(rf"yesterday{_OF_DAY}", words):
        return Period.of_day(published - day)
    if re.fullmatch(rf"tomorrow{_OF_DAY}", words):
        return Period.of_day(published + day)
    if words in ("day before yesterday", "day after tomorrow"):
        return Period.of_day(published + 2 * day * (1 if "after" in words else -1))
    if match := re.fullmatch(rf"(?:(?P<which>last|next|this|past|this past) )?{_WEEKDAY}{_OF_DAY}", words):
        return _weekday(ENGLISH_WEEKDAYS[match["weekday"]], match["which"], published)
    for shape in (rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY}", rf"(?:{_WEEKDAY} )?{_DAY}(?: of)? {_MONTH}"):
        if match := re.fullmatch(shape, words):
            nearest = _nearest_day(ENGLISH_MONTHS[match["month"]], int(match["day"]), published)
            return (
                Period.of_day(nearest)
                if nearest and match["weekday"] in (None, *_names_of(nearest))
                else None
            )
    if match := re.fullmatch(rf"{_MONTH}(?:(?: of)? (?P<which>last|this|next) year)?", words):
        month = ENGLISH_MONTHS[match["month"]]
        if match["which"]:
            return Period.of_month(published.year + _step(match["which"]), month)
        middle = _nearest_day(month, 15, published)
        return Period.of_month(middle.year, month) if middle else None
    if match := re.fullmatch(r"(last|this|next|previous|current) (week|month|year)", words):
        return _unit(_step(match[1]), match[2], published)
    if match := re.fullmatch(r"(\d{1,2}|[a-z]+) days? (ago|from now)", words):
        count = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1])
        return (
            Period.of_day(published + day * count * (1 if match[2] == "from now" else -1)) if count else None
        )
    return None


def _weekday(weekday: int, which: str | None, published: dt.date) -> Period | None:
    """A weekday; "last", "next" and "this" only where the nearest such day is in the week that they mean."""
    back = (published.weekday() - weekday) % 7
    if which == "next":
        sure = weekday <= published.weekday() != _SUNDAY or back == 0
        return Period.of_day(published + dt.timedelta(days=7 - back)) if sure else None
    if which == "last":
        return (
            Period.of_day(published - dt.timedelta(days=back or 7))
            if weekday >= published.weekday()
            else None
        )
    if which == "this":
        return (
            Period.of_day(published + dt.timedelta(days=-back % 7))
            if weekday >= published.weekday()
            else None
        )
    return Period.of_day(published - dt.timedelta(days=back or 7 if which else back))


def _nearest_day(month: int, day: int, published: dt.date) -> dt.date | None:
    """The day of that month in the year that brings it nearest, None unless any other is twice as far."""
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    days.sort(key=lambda candidate: abs(candidate - published))
    if len(days) > 1 and 2 * abs(days[0] - published) > abs(days[1] - published):
        return None
    return days[0] if days else None


def _names_of(day: dt.date) -> list[str]:
    """The names of a day's weekday, in small letters."""
    return [name for name, number in ENGLISH_WEEKDAYS.items() if number == day.weekday()]


def _unit(step: int, unit: str, published: dt.date) -> Period | None:
    if unit == "week" and published.weekday() == _SUNDAY:
        return None
    if unit == "week":
        return Period.of_week(published + dt.timedelta(weeks=step))
    if unit == "year":
        return Period.of_years(published.year + step, published.year + step)
    index = published.year * 12 + published.month - 1 + step
    return Period.of_month(index // 12, index % 12 + 1)


def _step(which: str) -> int:
    return {"last": -1, "previous": -1, "next": 1}.get(which, 0)
