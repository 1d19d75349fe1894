"""Lines that say when: what a content management system writes under a headline, in any language.

A date with a word of publishing beats any other; one with a word of updating counts only where it is alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seedread_index.extract.segmentation.header.bylines import is_byline
from seedread_index.extract.segmentation.header.written_dates import (
    DIGIT,
    WrittenDate,
    dates_in,
    western_digits,
)
from seedread_index.extract.segmentation.words import one_of, word_set
from seedread_index.text.dates import MONTHS, real_date
from seedread_index.text.folding import folded

PREFIX = re.compile(r"\s*date[ \t]*:?[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)[ \t]*", re.IGNORECASE)
"""The prefix ` date 2020-02-28 ` that a large web crawl puts before the text."""

_TIME = re.compile(
    r"(?:T|\b)\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?(?![a-z]))?(?:\s*(?:Z|[+-]\d{2}:?\d{2}|\(?[A-Z]{2,5}\)?))?"
    r"|\b\d{1,2}\s*[ap]\.?m\.?(?![a-z])|\d{1,2}\s*[時时点點시]\s*(?:\d{1,2}\s*[分분])?(?:\s*\d{1,2}\s*[秒초])?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_VOWELS = re.compile("[\u0640\u064b-\u0652]")
"""Marks that Arabic may write into words."""

_WHEN, _PUBLISHING, _UPDATING, _BESIDE, _NEVER = (
    frozenset(map(folded, word_set(name)))
    for name in ("when", "publishing", "updating", "beside_date", "never_published")
)
_KNOWN = _WHEN | _PUBLISHING | _UPDATING | _NEVER
_MOST_OTHER, _MOST_DATES, _MOST_BESIDE = 2, 3, 9
_PARTED = re.compile(
    r"^[^\W\d_][^\d:：]{0,24}[:：]|[|•·–—]|\s[-/]\s|^[^\d]{2,40},\s*(?:\([A-Z]{2,8}\)\s*|[a-z]{1,3}\s+)?$"
)
"""A label, a separator or a city with a comma: beside these a date line has a few other words."""

_BARS = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+")
_HAN_FIELD = re.compile(
    r"(?:作者|来源|來源|稿源|编辑|編輯|责编|責編|责任编辑|責任編輯|记者|記者|浏览|瀏覽|阅读|點閱|点击|评论|字号|出处|出處)(?:量|数|次数|人)?\s*[:：]\s*\S+"
)
"""Who wrote it, where it comes from and how often it was read, as Chinese sites put beside a date."""

_PAGE = re.compile(r"\b(?:pages?|seite|p\.|pág\.|pagina|página)\s*[A-Z]?\d{1,3}\b", re.IGNORECASE)
_MINUTES = r"\d{1,3}\s?(?:['′]|min\w*\.?|мин\w*\.?|dk\.?)"
_READING = re.compile(
    rf"{_MINUTES}[\s-]?{one_of('reading_time')}(?!\w)|(?<!\w){one_of('reading_time')}\s*:?\s*{_MINUTES}",
    re.IGNORECASE,
)
"""How long reading takes, as sites put it beside a date."""

_AFTER = re.compile(r"[\s,]*(?:[|/•·–—-]|(?:by|in|under|von|par|por|di|от|door|przez)\b)", re.IGNORECASE)
_MOST_PART, _NEAR = 4, 4
_BEHIND, _BETWEEN = re.compile(r"\s[-–—|·(]\s?$"), re.compile(r"\s?[-–—|·:]\s")
"""What parts a headline from the day behind it, and from the day before it."""

_AGO = re.compile(
    r"^(?:(?:posted|published|updated)\s*:?\s*)?(?:about |over )?(?:\d{1,2}|an?|one)"
    r"\s*(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"
    r"\s+ago$|^(?:yesterday|today|just now)(?: at)?(?: \d.{0,10})?$",
    re.IGNORECASE,
)
_LONGEST_LINE, _LONGEST_LABEL, _SHORT_LINE = 130, 40, 60
_BY_ONE = re.compile(r"\b(?:by|von|par|por|di|от|door|przez)\s+@?[^\W_][\w.@-]*", re.IGNORECASE)
PUBLISHED = 2
_STANDING = {"published": PUBLISHED, "": 1, "updated": 0}
_SHORT_FORM = re.compile(r"(?:[ap]\.m|\b(?:r|г|р|h|hrs?|v))\.$", re.IGNORECASE)
"""What a date line may end in, with its full stop."""


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A day that a line says, and whether as that of publishing or updating."""

    day: dt.date
    standing: int


def find_date(text: str) -> tuple[dt.date | None, list[tuple[int, int]]]:
    """The day that a short text says, the one of publishing first, and where dates stand in it."""
    found = dates_in(text)
    said = said_dates(text, found)
    return best_date(said), [(date.start, date.end) for date in found]


def said_dates(text: str, found: Iterable[WrittenDate]) -> list[SaidDate]:
    """The days of a line with what the words before each say of it, but for those of fetching or a life.

    Beside the day of publishing that is not clear, one of updating does not count.
    """
    said = []
    at = 0
    unclear = False
    for date in found:
        words = _words(text[at : date.start])
        at = date.end
        standing: int | None = _STANDING[""]
        for word in words:
            if word in _PUBLISHING:
                standing = _STANDING["published"]
            elif word in _UPDATING:
                standing = _STANDING["updated"]
            elif word in _NEVER:
                standing = None
        if date.day and standing is not None:
            said.append(SaidDate(date.day, standing))
        unclear |= date.day is None and bool(standing)
    return [one for one in said if one.standing] if unclear else said


def _words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(_SHORT_VOWELS.sub("", text))]


def best_date(said: Iterable[SaidDate]) -> dt.date | None:
    """The day of publishing, else the first plain one, else an update that stands alone."""
    best: SaidDate | None = None
    for one in said:
        if best is None or one.standing > best.standing:
            best = one
    return best.day if best else None


def day_of(lines: Iterable[str]) -> dt.date | None:
    """The day of the first of several date lines and bylines, one of publishing before any other."""
    dated = (line for line in lines if date_line(line)[0] or is_byline(line))
    return best_date(one for line in dated for one in said_dates(line, dates_in(line)))


def published_day(day: dt.date | None, lines: Sequence[str], dated: Sequence[int]) -> dt.date | None:
    """The day of the date lines at the indexes `dated`: one of updating only where no other stands near.

    A line above that is only a label says what the day below is.
    """
    first = None
    for index in dated:
        above = lines[index - 1] if index else ""
        label = f"{above} " if not DIGIT.search(above) and _KNOWN.issuperset(_words(above)) else ""
        line = label + lines[index]
        for one in sorted(said_dates(line, dates_in(line)), key=lambda each: -each.standing):
            if first is None and (one.day != day or one.standing):
                return day
            if first is None:
                first = index
            elif index - first <= _NEAR and one.standing:
                return one.day
    return day


def holds_date(line: str) -> bool:
    """Whether a short line has a date in it."""
    return len(line) < _SHORT_LINE and bool(dates_in(line))


def date_line(line: str) -> tuple[bool, dt.date | None]:
    """Whether a line is there only to say when, and the date that it says (None when unclear)."""
    if not line or len(line) > _LONGEST_LINE:
        return False, None
    if len(line) < 40 and _AGO.match(line):
        return True, None
    if not DIGIT.search(line):
        return False, None
    found = dates_in(line)
    if not 0 < len(found) <= _MOST_DATES:
        return False, None
    return _only_when(line, found), best_date(said_dates(line, found))


def labels_date(line: str) -> bool:
    """Whether a line only says what the day below it is: "Publié le", "Last updated:"."""
    words = _words(line) if line and len(line) <= _LONGEST_LABEL and not DIGIT.search(line) else []
    return _KNOWN.issuperset(words) and not (_PUBLISHING | _UPDATING).isdisjoint(words)


def is_dated(line: str) -> bool:
    """Whether a line only says when, or is a headline with the day of its story behind it or before it."""
    if date_line(line)[0]:
        return True
    found = dates_in(line) if DIGIT.search(line) and len(line) <= _LONGEST_LINE else []
    if len(found) != 1:
        return False
    before, after = line[: found[0].start], line[found[0].end :]
    headline = before if _BEHIND.search(before) and not after.strip(") ") else after
    if headline is after and (before.strip("- ") or not _BETWEEN.match(after)):
        return False
    return len(headline.split()) > _MOST_PART and not headline.rstrip().endswith((".", "!", "。"))


def _only_when(line: str, found: list[WrittenDate]) -> bool:
    """Whether beside its dates a line has words of time, names, sections and counts only."""
    if len(found) == _MOST_DATES and not _UPDATING.union(_PUBLISHING).intersection(_words(line)):
        return False
    rest = western_digits(line)
    for date in reversed(found):
        rest = rest[: date.start] + " " + rest[date.end :]
    rest = _READING.sub(" ", rest)
    rest = _PAGE.sub(" ", _HAN_FIELD.sub(" ", _SHORT_VOWELS.sub("", rest)))
    timed = _TIME.search(rest) is not None
    rest = _TIME.sub(" ", rest)
    words = _WORD.findall(rest)
    if line.endswith((".", "!", "?")) and len(words) > 1 and not _SHORT_FORM.search(line):
        return False
    rest = _SHORT_FORM.sub("", rest)
    other = [word for word in words if folded(word) not in _KNOWN and not _is_zone(word)]
    numbered = any(character.isdigit() for character in rest)
    if not other and (not numbered or timed):
        return True
    if other and not numbered and len(other) <= _MOST_OTHER and (timed or _PARTED.search(rest)):
        return True
    parts = [part for part in _BARS.split(line) if part]
    if len(parts) > 1 and len(line) < 90 and all(len(part.split()) <= _MOST_PART for part in parts):
        return any(_only_when(part, dates_in(part)) for part in parts if dates_in(part))
    return bool(other) and _of_system(line, found, words, other)


def _of_system(line: str, found: list[WrittenDate], words: list[str], other: list[str]) -> bool:
    """Whether a line is one of a content management system: a date, by whom, in which section."""
    named = {word for match in _BY_ONE.findall(line) for word in _WORD.findall(match)}
    other = [word for word in other if word not in named]
    if len(other) > _MOST_BESIDE or any(
        word[0].islower() and folded(word) not in _BESIDE for word in other[1:]
    ):
        return False
    lead = _WORD.findall(line[: found[0].start])
    if any(folded(word) in _PUBLISHING for word in words):
        return True
    leads = all(folded(word) in _KNOWN or _is_zone(word) for word in lead)
    return leads and _AFTER.match(line, found[-1].end) is not None


def _is_zone(word: str) -> bool:
    """Whether a word may be a time zone."""
    return word.isupper() and word.isascii() and len(word) < 6


def metadata_date(value: object) -> dt.date | None:
    """The date that a metadata value gives: ISO or written dates, a date, or time since 1970.

    A number beyond 1e11 is in milliseconds (in seconds it is after the year 5000), any other in seconds;
    one before the spring of 1970 or after 2096 is no date.
    """
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


_TIME_OF_DAY = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?|\s(?:Uhr|ч|GMT|[A-Z]{2,4}))?", re.IGNORECASE)
_ISSUE_WORDS = 6


def names_issue(text: str) -> bool:
    """Whether a line is a journal's name with the month of its issue, as in "Annals July, 1966"."""
    words = text.casefold().replace(",", " , ").split()
    before = words[-3:-1]
    return len(words) <= _ISSUE_WORDS and "," in before and any(word.strip(".") in MONTHS for word in before)


def is_time(text: str) -> bool:
    """Whether a line is a time of day."""
    return text[:1].isdigit() and _TIME_OF_DAY.fullmatch(text) is not None
