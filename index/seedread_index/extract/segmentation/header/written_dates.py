"""Dates as texts write them, in the languages and the calendars of the archive."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from seedread_index.text.dates import full_year, month_and_day, month_named, real_date

_BUDDHIST = 543
_SOLAR_YEARS, _LUNAR_YEARS, _BUDDHIST_YEARS = range(1250, 1500), range(1250, 1600), range(2443, 2650)
_LUNAR_EPOCH = 227_015
"""The day before the first of the lunar calendar of Islam, as an ordinal of Python's dates."""


_NAME = r"(?P<month>[^\s\d,;:|/()\[\]•·–—-]{2,20}?(?:\s(?:الثاني|الثانية|الأولى?|الآخرة?|القعدة|الحجة))?)"
_OF = r"(?:de\s+|of\s+|del\s+|d['’]|da\s+|เดือน\s*|tháng\s+)?"
_YEAR_OF = r"(?:de\s+|del\s+|of\s+|พ\.ศ\.\s*|năm\s+|г\.?\s*|року\s*)?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|ª|ος|η|-?го|\.)?"
_BESIDE = r"(?:\s?[/(]\s?[^\W\d_]{2,12}(?:\s(?:الثاني|الأول))?\)?)?"
"""The month's other name beside it, as Arabic papers write: آذار/مارس."""

_YEAR = r"(?P<year>\d{4})(?!\d(?!\d?:\d\d))"
"""A year, to which a time may be stuck that stood in a column of its own: "Jul 24, 20171:56 PM"."""

_DAY_MONTH = re.compile(
    rf"(?<![\d.:])(?P<day>\d{{1,2}}){_ORDINAL}(?:[-/\s]\s*|(?<=\d)\.){_OF}{_NAME}{_BESIDE}\.?,?(?:[-/\s]\s*|\s*[,،]\s*|(?<=\.)){_YEAR_OF}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?-i:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z])){_NAME}\.?[-/\s]\s*(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[-/\s]\s*{_YEAR}",
    re.IGNORECASE,
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})(?:\.|\s*m\.|\.\s*gada)?\s+(?:(?P<day1>\d{{1,2}})\.\s*)?{_NAME}\.?\s+(?P<day>\d{{1,2}})?(?![\d:])",
    re.IGNORECASE,
)
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<number>\d{1,2})(?:\s*,?\s*năm\s+|,\s*|\s+)(?P<year>\d{4})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(?:(?<=\.)\s)?(\d{1,2})\2(?:(?<=\.)\s)?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?![\d.]*\d)")
_CJK = re.compile(
    r"(?P<era>令和|平成|昭和|民國|民国)?\s*(\d{1,4}|元)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]"
)
_HAN_NUMBER = "〇○零一二三四五六七八九十百廿卅"
_HAN = re.compile(
    rf"(?P<era>令和|平成|昭和|民國|民国)?\s*(?P<year>元|[{_HAN_NUMBER}]{{1,5}})\s*年\s*(?P<month>[{_HAN_NUMBER}]{{1,2}})\s*月"
    rf"\s*(?P<day>[{_HAN_NUMBER}]{{1,3}})\s*[日號号]"
)
_ROMAN = re.compile(r"(?<![\d./])(\d{1,2})([./])\s?(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\2\s?(\d{4})(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMBER_OF = re.compile(
    r"(?:^|[^\w])(?:no|nr|núm|num|vol|issue|n[°ºo]|№|ausgabe|heft|numéro|número|numero|pages?|seite|página|pagina)[.:]?\s*$",
    re.IGNORECASE,
)
"""A number behind this is that of an issue, a volume or a page, not a day: "No. 3 March 2025"."""

_SHORT_YEAR = re.compile(
    rf"(?<![\d.:])(?P<day>\d{{1,2}})[-/\s]{_NAME}\.?(?:[-/]|,?\s?['’])(?P<year>\d\d)(?![\d:])", re.IGNORECASE
)
_COMPACT = re.compile(r"\s*(?:[^\W\d_]{2,12}\s*[:：]\s*)?((?:19|20)\d\d)(\d\d)(\d\d)\s*")
_LONGEST_COMPACT = 24
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
DIGIT = re.compile(rf"\d|[元{_HAN_NUMBER}]\s*年\s*[{_HAN_NUMBER}]")
"""What a text with a date has: a digit, or a year and a month in Chinese numerals."""

_FOUR_DIGITS = re.compile(r"\d{4}")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: where it stands, and which day it is; None where that is not clear."""

    start: int
    end: int
    day: dt.date | None


def dates_in(text: str) -> list[WrittenDate]:
    """The dates written in a short text, in order; an impossible or ambiguous one has no day."""
    if not DIGIT.search(text):
        return []
    text = western_digits(text)
    if len(text) < _LONGEST_COMPACT and (match := _COMPACT.fullmatch(text)):
        day = real_date(int(match[1]), int(match[2]), int(match[3]))
        return [WrittenDate(match.start(1), match.end(3), day)] if day else []
    found = _of_years(text) if _FOUR_DIGITS.search(text) else _named(_SHORT_YEAR, text)
    for pattern, number in ((_CJK, int), (_HAN, _han_number)):
        for match in pattern.finditer(text):
            era, *rest = match.groups()
            year, *within = (1 if each == "元" else number(each) for each in rest)
            if era or year > 1000:
                year += _ERAS.get(era or "", 0)
                found.append(WrittenDate(*match.span(), real_date(year, *within)))
    for match in _NUMERIC.finditer(text):
        found.append(
            WrittenDate(*match.span(), _numeric(int(match[1]), match[2], int(match[3]), int(match[4])))
        )
    found.sort(key=lambda date: (date.start, -date.end))
    apart: list[WrittenDate] = []
    for date in found:
        if not apart or date.start >= apart[-1].end:
            apart.append(date)
    return apart


def _of_years(text: str) -> list[WrittenDate]:
    """The dates whose year has four digits, but for those of numbers alone that end in it."""
    found: list[WrittenDate] = []
    for match in _ISO.finditer(text):
        found.append(WrittenDate(*match.span(), _numbers(int(match[1]), int(match[3]), int(match[4]))))
    for match in _ROMAN.finditer(text):
        month = _ROMANS.index(match[3]) + 1
        found.append(WrittenDate(*match.span(), real_date(int(match[4]), month, int(match[1]))))
    for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH_DAY):
        found.extend(_named(pattern, text))
    for match in _NUMBERED_MONTH.finditer(text):
        found.append(
            WrittenDate(*match.span(), real_date(int(match["year"]), int(match["number"]), int(match["day"])))
        )
    return found


def _named(pattern: re.Pattern[str], text: str) -> list[WrittenDate]:
    """The dates of one pattern whose month is a name."""
    found = []
    position = 0
    while match := pattern.search(text, position):
        position = match.start() + 1
        named = month_named(match["month"])
        parts = match.groupdict()
        day = parts.get("day1") or parts.get("day")
        if named is None or not day:
            continue
        if match.start("month") > match.start("day") and _NUMBER_OF.search(text, 0, match.start()):
            continue
        calendar, number = named
        year = full_year(int(match["year"]))
        found.append(WrittenDate(*match.span(), _of_calendar(calendar, year, number, int(day))))
        position = match.end()
    return found


def _of_calendar(calendar: str, year: int, month: int, day: int) -> dt.date | None:
    """A date of a calendar; Buddhist years are recognised by their number."""
    if calendar == "solar":
        return solar_date(year, month, day) if year in _SOLAR_YEARS else None
    if calendar == "lunar":
        return lunar_date(year, month, day) if year in _LUNAR_YEARS else None
    return real_date(year - _BUDDHIST if year in _BUDDHIST_YEARS else year, month, day)


def _numbers(year: int, month: int, day: int) -> dt.date | None:
    """A date of three numbers, the year first; years of the fourteenth century are solar ones."""
    if year in range(1300, 1500):
        return solar_date(year, month, day)
    return _of_calendar("gregorian", year, month, day)


def _numeric(first: int, separator: str, second: int, year: int) -> dt.date | None:
    """A date of three numbers, the year last; None where day and month could change places."""
    year = full_year(year)
    order = month_and_day(first, separator, second)
    return real_date(year - _BUDDHIST if year in _BUDDHIST_YEARS else year, *order) if order else None


def _han_number(text: str) -> int:
    """A number in Chinese numerals: digit by digit, 二〇二四, or counted in tens, 三十一."""
    if not set(text) & set("十百廿卅"):
        return int("".join(str("〇一二三四五六七八九".index(each)) for each in re.sub("[○零]", "〇", text)))
    text = text.replace("廿", "二十").replace("卅", "三十")
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    digits = [0 if not part.strip("〇○零") else _han_number(part[-1]) for part in (hundreds, tens, ones)]
    return 100 * (digits[0] or "百" in text) + 10 * (digits[1] or bool(ten)) + digits[2]


def solar_date(year: int, month: int, day: int) -> dt.date | None:
    """The day of a date of the solar calendar of Iran, by its cycle of 33 years (right from 1925 to 2088)."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leaps = (year * 8 + 21) // 33 - (1400 * 8 + 21) // 33
    days = (year - 1400) * 365 + leaps
    within = (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    return dt.date(2021, 3, 21) + dt.timedelta(days=days + within + day - 1)


def lunar_date(year: int, month: int, day: int) -> dt.date | None:
    """The day of a date of the lunar calendar of Islam, by its table: sightings may differ by a day."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    ordinal = day + -(-(59 * (month - 1)) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30 + _LUNAR_EPOCH - 1
    return dt.date.fromordinal(ordinal)


def western_digits(text: str) -> str:
    """Digits of other scripts as ASCII digits, character for character."""
    if not _OTHER_DIGIT.search(text):
        return text
    return "".join(
        str(int(character)) if not character.isascii() and character.isdecimal() else character
        for character in text
    )
