"""Dates as articles write them: the crawl's prefix, date lines, and the dates of metadata."""

from __future__ import annotations

import datetime as dt
import re

from seedread_index.extract.segmentation.words import word_set

_MONTHS = (
    "january janvier enero gennaio januar januari janeiro января січня ocak stycznia январь يناير",
    "february février fevrier febrero febbraio februar februari fevereiro февраля лютого şubat lutego فبراير",
    "march mars marzo märz marz maart março marco марта березня mart marca مارس",
    "april avril abril aprile апреля квітня nisan kwietnia أبريل ابريل",
    "may mai mayo maggio mei maio мая травня mayıs maja مايو",
    "june juin junio giugno juni junho июня червня haziran czerwca يونيو",
    "july juillet julio luglio juli julho июля липня temmuz lipca يوليو",
    "august août aout agosto augustus августа серпня ağustos sierpnia أغسطس",
    "september septembre septiembre settembre setembro сентября вересня eylül września سبتمبر",
    "october octobre octubre ottobre oktober outubro октября жовтня ekim października أكتوبر",
    "november novembre noviembre novembro ноября листопада kasım listopada نوفمبر",
    "december décembre decembre diciembre dicembre dezember dezembro декабря грудня aralık grudnia ديسمبر",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH |= {
    name[:3]: number for name, number in list(_MONTH.items())[::-1] if name.isascii() and len(name) > 3
}
_MONTH |= {"sept": 9, "may": 5, "mai": 5, "mar": 3, "jun": 6, "jul": 7, "juin": 6, "mei": 5}

PREFIX = re.compile(r"\s*date[ \t]*:?[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)[ \t]*", re.IGNORECASE)
"""The prefix ` date 2020-02-28 ` that a large web crawl puts before the text."""

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[-/\s]\s*(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?[-/\s]\s*(?:de\s+"
    r"|del\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?[-/\s]\s*(\d{1,2})(?:st|nd|rd|th)?,?[-/\s]\s*(\d{4})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d.]*\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_TIME = re.compile(
    r"(?:T|\b)\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}"
    r"|\(?[A-Z]{2,5}\)?))?"
    r"|\b\d{1,2}\s*[ap]\.?m\.?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_WEEKDAY_LINE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:[^\W\d_]+\s+\d{1,2}|\d{1,2}\s+[^\W\d_]+),?\s+\d{4}",
    re.IGNORECASE,
)
_WHEN = word_set("when")
"""The words of a line that only says when; capitals of up to five letters are taken for time zones."""

_MOST_OTHER, _MOST_DATES = 2, 2
_PARTED = re.compile(r"^[^\W\d_][^\d:：]{0,24}[:：]|[|•·–—]|\s[-/]\s|^[^\d]{2,40},\s*$")
"""A label, a separator or a city with a comma: beside these a date line has a few other words."""

_BARS = re.compile(r"\s*[|•·]\s*")
_MOST_PART = 4

_AGO = re.compile(
    r"^(?:(?:posted|published|updated)\s*:?\s*)?(?:about |over )?(?:\d{1,2}|an?|one)"
    r"\s*(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"
    r"\s+ago$|^(?:yesterday|today|just now)(?: at)?(?: \d.{0,10})?$",
    re.IGNORECASE,
)
_LONGEST_LINE = 90
_PIVOT = 70
"""Years of two digits from this on are of the twentieth century."""


def real_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has none such."""
    if not 1400 <= year <= 2200:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_date(text: str) -> tuple[dt.date | None, list[tuple[int, int]]]:
    """The first date written in a short text, and where dates stand in it.

    An impossible date is found but gives None; so does one whose day and month could change places.
    """
    text = _western_digits(text)
    found: list[tuple[int, int, dt.date | None]] = []
    for match in _ISO.finditer(text):
        found.append((*match.span(), real_date(int(match[1]), int(match[3]), int(match[4]))))
    for match in _CJK.finditer(text):
        found.append((*match.span(), real_date(int(match[1]), int(match[2]), int(match[3]))))
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(text):
            if number := _MONTH.get(match[month].casefold()):
                found.append((*match.span(), real_date(int(match[3]), number, int(match[day]))))
    for match in _NUMERIC.finditer(text):
        found.append((*match.span(), _day_first(int(match[1]), match[2], int(match[3]), int(match[4]))))
    found.sort(key=lambda item: item[0])
    return (found[0][2] if found else None), [(start, end) for start, end, _ in found]


def _day_first(first: int, separator: str, second: int, year: int) -> dt.date | None:
    """A date of three numbers; dots mean that the day leads, else only an unambiguous one is taken."""
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    if separator == "." or first > 12 or first == second:
        return real_date(year, second, first)
    return real_date(year, first, second) if second > 12 else None


def date_line(line: str) -> tuple[bool, dt.date | None]:
    """Whether a line is there only to say when, and the date that it says (None when unclear)."""
    if not line or len(line) > _LONGEST_LINE:
        return False, None
    if len(line) < 40 and _AGO.match(line):
        return True, None
    if not any(character.isdigit() for character in line):
        return False, None
    date, places = find_date(line)
    if not 0 < len(places) <= _MOST_DATES:
        return False, None
    parts = _BARS.split(line)
    if len(parts) > 1 and all(len(part.split()) <= _MOST_PART for part in parts):
        return any(date_line(part.strip())[0] for part in parts), date
    rest = _western_digits(line)
    for start, end in reversed(places):
        rest = rest[:start] + " " + rest[end:]
    timed = _TIME.search(rest) is not None
    rest = _TIME.sub(" ", rest)
    words = _WORD.findall(rest)
    if any(character.isdigit() for character in rest) or (line.endswith((".", "!", "?")) and len(words) > 1):
        return False, None
    other = sum(
        word.casefold() not in _WHEN and not (word.isupper() and word.isascii() and len(word) < 6)
        for word in words
    )
    return other == 0 or (other <= _MOST_OTHER and (timed or _PARTED.search(rest) is not None)), date


def body_dateline(line: str) -> bool:
    """Whether a date line is of the kind that opens a body: a weekday and a day, nothing else."""
    return _WEEKDAY_LINE.fullmatch(line) is not None


def metadata_date(value: object) -> dt.date | None:
    """The date that a metadata value gives: ISO or written dates, a date, or seconds since 1970."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > 1e11 else value
        if not 1e7 < seconds < 4e9:
            return None
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    if isinstance(value, str):
        match = re.match(r"\s*(\d{4})(\d{2})(\d{2})(?=T|\d{4}|\b)", value)
        if match:
            return real_date(int(match[1]), int(match[2]), int(match[3]))
        return find_date(value[:200])[0]
    return None


def _western_digits(text: str) -> str:
    """Digits of other scripts as ASCII digits, character for character."""
    if text.isascii():
        return text
    return "".join(
        str(int(character)) if not character.isascii() and character.isdecimal() else character
        for character in text
    )
