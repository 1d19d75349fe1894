"""What an article has no line for: its day, in its file's path or its dateline, and its title.

A path says `2020/02/28/`, `2020-02-28-name` or `20200228_name`; a dateline opens the first paragraph:
`Quay Street, 3 March 2025 - The harbour …`. The opening sentence stands in for a title.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from seedread_index.extract.reasons import Where
from seedread_index.extract.segmentation.header.bylines import is_caption
from seedread_index.extract.segmentation.header.date_lines import (
    PUBLISHED,
    SaidDate,
    best_date,
    date_line,
    find_date,
    said_dates,
)
from seedread_index.extract.segmentation.header.written_dates import dates_in
from seedread_index.extract.segmentation.words import word_set
from seedread_index.model.article import Passage, PassageKind
from seedread_index.text.dates import month_named
from seedread_index.text.sanitize import squeeze

_NAME = r"[^\W\d_a-zà-ÿа-я][\w.'’-]*"
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_OF_DAYS = word_set("when")
_NUMBERS = re.compile(r"\d+")
_MONTH_YEAR = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?((?:19|20)\d\d)(?!\d)")
_HAS_YEAR = re.compile(r"\d{4}|年")
_SHORT_LINE, _LONGEST_DATELINE = 80, 160
_ABOVE_TITLE, _ABOVE_TEXT, _MOST_BESIDE = 4, 12, 16
_HEAD = 25
"""So many passages are the head of a text."""
_PRINTED_FROM = re.compile(r"https?://\S+ \d+\s?/\s?\d+")
"""A browser puts the address and the number of the page below what it prints, and the day above it."""

_OF_THE_FILE = re.compile(
    r"\d:\d\d|\.(?:indd|docx?|qxd|pub|pdf)\b|\b(?:saved|printed|verdate|gedruckt|imprimé)\b", re.IGNORECASE
)
_PLACE = rf"{_NAME}(?:[ /-](?:(?:of|the|am|an|der|de|la|le|sur|upon|on)[ -])*{_NAME}){{0,4}}"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^\W\d_][\w ]{2,30}/)"
_BEFORE = re.compile(
    rf"(?:{_AGENCY}\s?[-–—]\s?)?{_PLACE}(?:,\s{_PLACE}){{0,2}}(?:\s*{_AGENCY})?(?:\s*[,/(.–—-]\s*|\s+)(?:den\s+)?"
)
"""What a dateline has before its day: a place, and the agency."""
_AFTER = re.compile(
    rf"\)?(?:\s*{_AGENCY})?(?:\s+[-–—]{{1,2}}\s*|\s*[–—]\s*|:\s?|\.\s?[-–—]\s?)(?=\S)|\s*{_AGENCY}\.?\s(?=[^\W\d_a-z])"
)
_BETWEEN = re.compile(r"\s*[-–—]\s*")
"""What stands between the first and the last day of a stretch."""
_STOP = re.compile(r"\.\s(?=[^\W\d_a-z])")
"""The end of a dateline that ends in a full stop: a place, a comma and a day with its year."""
_BEFORE_HAN, _AFTER_HAN = (
    re.compile(r"[（(【]?[\u3400-\u9fff]{4,14}"),
    re.compile(r"[电電讯訊][）)】]?[（(\u3400-\u9fff]"),
)
"""The same where words are not parted: 新华社北京2021年3月5日电."""

_NO_PLACE, _ARTICLES = word_set("never_place"), word_set("place_articles")
_YEAR, _MONTH, _DAY = rb"((?:19|20)\d\d)", rb"(0[1-9]|1[0-2])", rb"(0[1-9]|[12]\d|3[01])"
_PARTED = re.compile(rb"(?<!\d)" + _YEAR + rb"([-_./])" + _MONTH + rb"\2" + _DAY + rb"(?!\d)")
_TOGETHER = re.compile(rb"(?<![0-9A-Za-z])" + _YEAR + _MONTH + _DAY + rb"(?=[_\-. /]|T\d|$)")


def dateline_day(paragraph: str) -> dt.date | None:
    """The day that a paragraph's dateline gives."""
    head = paragraph[:_LONGEST_DATELINE]
    dates = dates_in(head) if _HAS_YEAR.search(head) else []
    if not dates:
        return None
    date = dates[0]
    before, after = head[: date.start], head[date.end :]
    if before.endswith("(") != after.startswith(")") or any(
        _BETWEEN.fullmatch(head, date.end, each.start) for each in dates[1:]
    ):
        return None
    if _BEFORE_HAN.fullmatch(before) and _AFTER_HAN.match(after):
        return date.day
    if not _BEFORE.fullmatch(before) or not (_AFTER.match(after) or ("," in before and _STOP.match(after))):
        return None
    words = [word.casefold() for word in _WORD.findall(before)]
    is_place = words[0] not in _NO_PLACE and (len(words) > 1 or words[0] not in _ARTICLES)
    return date.day if is_place and not _WORDS_OF_DAYS.issuperset(words) else None


def path_day(relative: bytes) -> dt.date | None:
    """The day in a path; None where it has none, or two different ones in the name of the file."""
    folder, _, name = relative.rpartition(b"/")
    for part, found in ((name, _days(name)), (folder, _days(relative))):
        if len(set(found)) > 1 and part is name:
            return None
        if found:
            return found[-1]
    return None


def _days(text: bytes) -> list[dt.date]:
    found = []
    for pattern, groups in ((_PARTED, (1, 3, 4)), (_TOGETHER, (1, 2, 3))):
        for match in pattern.finditer(text):
            year, month, day = (int(match[group]) for group in groups)
            try:
                found.append(dt.date(year, month, day))
            except ValueError:
                continue
    return found


def day_said(head: str) -> dt.date | None:
    """The day that a short line of the first passages gives as that of publishing."""
    short = (line for line in head.split("\n") if len(line) <= _SHORT_LINE)
    said = (said_dates(line, dates_in(line)) for line in short if any(map(str.isdigit, line)))
    return next((one.day for days in said for one in days if one.standing == PUBLISHED), None)


def day_of_heads(running_heads: str) -> dt.date | None:
    """The day in the running heads of a document, unless it is that of saving or printing it."""
    if _PRINTED_FROM.search(running_heads):
        return None
    return next(
        (
            day
            for line in running_heads.split("\n")
            if not _OF_THE_FILE.search(line) and (day := find_date(line)[0])
        ),
        None,
    )


def day_beside(
    text: str, passages: tuple[Passage, ...], running_heads: str, *, whole_page: bool
) -> tuple[dt.date | None, Where]:
    """The day in the dateline of the text, of a whole page near its headline, else in its running heads."""
    body = [passage for passage in passages if passage.kind is PassageKind.BODY][:2]
    days = (dateline_day(text[passage.start : passage.end]) for passage in body)
    if day := next((day for day in days if day), None):
        return day, Where.DATELINE
    head = "\n".join(text[passage.start : passage.end] for passage in passages[:_HEAD])
    if day := day_said(head):
        return day, Where.SENTENCE
    if whole_page and (day := day_near(text, passages)):
        return day, Where.DATE_LINE
    return day_of_heads(running_heads), Where.RUNNING_HEAD


def day_near(text: str, passages: Sequence[Passage]) -> dt.date | None:
    """The day in a short line about the headline: below it to the second paragraph, else just above it.

    Where there is no headline it is that of the nearest line above the article that only says when.
    """
    kinds = [passage.kind for passage in passages]
    body = [index for index, kind in enumerate(kinds) if kind is PassageKind.BODY][:2]
    if not body:
        return None

    def days(indexes: Iterable[int], *, strict: bool = False) -> Iterator[SaidDate]:
        for index in indexes:
            line = " ".join(
                text[passages[index].start : passages[index].end][: _LONGEST_DATELINE + 1].split()
            )
            if is_caption(line):
                continue
            if date_line(line)[0]:
                yield from said_dates(line, dates_in(line))
            elif len(line) <= _LONGEST_DATELINE and _HAS_YEAR.search(line):
                yield from (one for one in _apart(line) if not strict or one.standing == PUBLISHED)

    if PassageKind.TITLE not in kinds[: body[0]]:
        return best_date(islice(days(range(body[0] - 1, max(-1, body[0] - _ABOVE_TEXT), -1), strict=True), 1))
    title = kinds.index(PassageKind.TITLE)
    below = best_date(days(range(title + 1, body[-1])))
    return below or best_date(islice(days(range(title - 1, max(-1, title - _ABOVE_TITLE), -1)), 1))


def _apart(line: str) -> list[SaidDate]:
    """The days in a line of few words: at its edge, apart from the words, or as those of publishing."""
    dates = dates_in(line)
    if not 0 < len(dates) <= 2 or len(line.split()) > _MOST_BESIDE:
        return []
    said = said_dates(line, dates)
    before, after = line[: dates[0].start].rstrip(), line[dates[-1].end :].lstrip()
    is_apart = not before or not after or not before[-1].isalnum() or not after[0].isalnum()
    if is_apart and not line.endswith((".", "!", "?", ":")):
        return said
    return [one for one in said if one.standing == PUBLISHED]


def may_be_made(made: dt.date, text: str, passages: tuple[Passage, ...]) -> bool:
    """Whether the day on which a file was made may be the article's.

    A day in numbers, of which it is not clear which is the month, must be the same, and a month that stands
    above the article may not be another.
    """
    head = [p for p in passages[:_HEAD] if p.end - p.start <= _SHORT_LINE and p.kind is not PassageKind.BODY]
    lines = [text[p.start : p.end] for p in head]
    unclear = [line[date.start : date.end] for line in lines for date in dates_in(line) if date.day is None]
    numbers = [set(map(int, _NUMBERS.findall(one))) for one in unclear]
    if numbers:
        said = [each for each in numbers if not each.isdisjoint({made.year, made.year % 100})]
        return any({made.day, made.month} <= each for each in said)
    named = [(month_named(each[1]), int(each[2])) for line in lines for each in _MONTH_YEAR.finditer(line)]
    months = {(month.number, year) for month, year in named if month and month.calendar == "gregorian"}
    return not months or (made.month, made.year) in months


LONGEST = 96
"""Code points of an inferred title at most, the ellipsis included."""

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|No|vs|Jan|Feb|Aug|Sept|Oct"
    r"|Nov|Dec))\.$"
)
_FILLER = re.compile("(?:[\u034f\u200b-\u200d\u2007\ufeff]\\s*){3,}")
"""What pads the preview of a letter: characters without width."""

_LEAST = 12


def opening(text: str) -> str:
    """The first sentence of a text on one line, cut at a word with an ellipsis where it is long."""
    sample = squeeze(_FILLER.sub(" ", text[: LONGEST * 8]))
    sentence = sample
    for match in _END.finditer(sample):
        before = sample[: match.start()]
        if len(before) >= _LEAST and not _ABBREVIATION.search(before):
            sentence = sample[: match.end()].strip()
            break
    return shortened(sentence, LONGEST)


def shortened(line: str, longest: int) -> str:
    """A line of at most `longest` code points, cut at a word where it has one."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    if not line[longest - 1].isspace():
        space = cut.rfind(" ")
        cut = cut[:space] if space > longest // 2 else cut
    return cut.rstrip(" ,;:—–-") + "…"


def inferred_title(seen: Sequence[tuple[str, PassageKind]]) -> str:
    """The opening sentence of the body, or of whatever there is; `seen` are texts with their kinds."""
    for wanted in (
        (PassageKind.BODY,),
        (PassageKind.CREDIT, PassageKind.BYLINE, PassageKind.BOILERPLATE),
        tuple(PassageKind),
    ):
        for text, kind in seen:
            if kind in wanted and (found := opening(text)):
                return found
    return "…"
