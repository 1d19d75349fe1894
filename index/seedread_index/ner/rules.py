"""What is found without a model: names by capitals, titles and the gazetteer; dates, sums and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedread_index.ner.abroad.names import names_in
from seedread_index.ner.abroad.places import places_in
from seedread_index.ner.gazetteer import (
    FUNCTION_WORDS,
    STRONG_TITLES,
    choice,
    gazetteer,
    is_title,
    words,
)
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.refine.span_boundaries import JOINS
from seedread_index.ner.spans import Cover, LabelledSpan, disjoint
from seedread_index.text.dates import ENGLISH_MONTHS, ENGLISH_WEEKDAYS

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00de][\w’']*\w(?:-[A-Z\u00c0-\u00de]\w+){0,3}"
    rf"|(?:{choice('Arabic articles')})-[A-Z]\w+|[A-Z]\.(?:[A-Z]\.)*|[A-Z](?!\w)|(?<=\b)&(?= [A-Z]))"
)
_JOINER = rf"(?:(?:(?:of|for)(?: the)?|{choice('joiners')}) (?={_CAPITAL}))"
_TITLE = rf"(?:(?:{choice('dotted titles')}|St)\. )"
_SMALL_STARTS = "".join(sorted({each[0] for each in words("Arabic articles")}))
_START = rf"(?<![\w’'@#/.])(?=[A-Z\u00c0-\u00de&{_SMALL_STARTS}])"
_CHAIN = re.compile(rf"{_START}{_TITLE}?{_CAPITAL}(?: {_JOINER}?{_CAPITAL}){{0,11}}")
"""Up to twelve capitalised words in a row: no name is longer. What it may begin with is looked for first."""
_OF = re.compile(r"(?<![\w’'-])([\w’'-]+) (?:of|for) (?:the )?")
_OWNER = re.compile(r"(.+?)['’]s? (?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"^[A-Z][A-Z&]{1,6}$")
_CLAUSE_START = re.compile(r"(?:^|\n|[.!?:][\"”’')\]]*\s|[\"“]|[-–—•*]\s)\s*$")
_WORD = re.compile(r"[\w’'-]+")
_UPPER = re.compile(r"[A-Z\u00c0-\u00de]")

_LONG_MONTHS = {number: name.title() for name, number in reversed([*ENGLISH_MONTHS.items()])}.values()
_SHORT_MONTHS = [name.title() for name in ENGLISH_MONTHS if name.title() not in (*_LONG_MONTHS, "Jun", "Jul")]
_MONTH = rf"(?:{'|'.join(_LONG_MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\.?)"
_WEEKDAY = rf"(?:{'|'.join(name.title() for name in ENGLISH_WEEKDAYS if name.endswith('day'))})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES = (
    r"\d{4}-\d{2}-\d{2}",
    rf"(?:(?:late|early|mid|last|next|this|past)[ -])?{_WEEKDAY}(?: (?:morning|evening|night|afternoon))?"
    rf"(?:, {_MONTH} {_DAY}(?:, \d{{4}})?)?",
    rf"{_MONTH} {_DAY}(?:(?: or | and |-|–)\d{{1,2}})?(?:,? \d{{4}})?",
    rf"{_DAY} {_MONTH}(?:,? \d{{4}})?",
    rf"{_MONTH}(?: of)?(?: (?:last|this|next) year|,? \d{{4}})",
    rf"{_MONTH}(?<!May)(?<!March)",
    r"(?<=[a-z] )(?:May|March)(?= [a-z,.])(?! (?:be|have|not|on)\b)",
    r"(?:last|next|this|past) (?:week|month|year)",
    r"recent (?:days|weeks|months|years)",
    r"yesterday|tomorrow|today",
    r"(?:19|20)\d{2}s?",
)
_SUM = r"\d[\d,.]*"
_DATE_STARTS = "".join(sorted({name[0] for name in (*_LONG_MONTHS, *_SHORT_MONTHS)}))
_QUANTITIES = (
    ("DATE", re.compile(rf"\b(?=[\d{_DATE_STARTS}TWlentpry])(?:{'|'.join(_DATES)})\b(?!-)")),
    (
        "MONEY",
        re.compile(
            rf"(?=[\d$€£¥UACH])(?:(?:US|AU?|C|HK)?[$€£¥]\s?{_SUM}(?:\s?(?:million|billion|trillion|bn|m)\b)?"
            rf"|\b{_SUM}\s(?:(?:million|billion|trillion) )?(?:dollars|euros|pounds|rou?bles|yen|lira)\b)"
        ),
    ),
    ("PERCENT", re.compile(r"\d(?<=\b\d)[\d,.]*\s?(?:%|per ?cent\b)")),
)
"""The letters that each may begin with are looked for first: it takes a third of the time."""

_DIGIT = re.compile(r"\d")
_SUM_END = re.compile(r"[,.]+$")


def find(text: str, lowered: Sequence[tuple[int, int]] = (), lang: str = "en") -> list[LabelledSpan]:
    """Every span that the rules see in a text, disjoint and in order.

    `lowered` are words of lines that were written in capitals throughout: there every word looks like a name,
    and only what other steps know is taken. What a lone capitalised word names is guessed in English only.
    """
    quantities = _quantities(text)
    if lang != "en":  # Jan is a month in English only.
        quantities = (span for span in quantities if _DIGIT.search(text, span.start, span.end))
    spans = [*quantities, *places_in(text, lang)]
    lower = words_of(text)
    taken = Cover(len(text), spans)
    for start, end in lowered:
        taken.take(start, end)
    if lang != "en":
        spans.extend(span for span in names_in(text, lang) if taken.free(span.start, span.end))
        return disjoint(spans)
    for match in _CHAIN.finditer(text):
        names = _names(text, match.start(), match.end(), lower)
        spans.extend(span for span in names if taken.free(span.start, span.end))
    return disjoint(spans)


def _names(text: str, start: int, end: int, lower: frozenset[str]) -> list[LabelledSpan]:
    """The names in a chain of capitalised words: cut at known names and titles, then each part judged."""
    labels = gazetteer().labels
    start = _after_function_words(text, start, end, FUNCTION_WORDS)
    if start >= end:
        return []
    if (owner := _OWNER.match(text[start:end])) and (owner[1] in labels or " " not in owner[1]):
        first = _names(text, start, start + len(owner[1]), lower)
        return first + _names(text, start + owner.end(), end, lower)
    if (joint := _OF.search(text[start:end])) and joint[1] not in JOINS:
        first = _names(text, start, start + joint.end(1), lower)
        return first + _names(text, start + joint.end(), end, lower)
    chain = _POSSESSIVE.sub("", text[start:end])
    end = start + len(chain)
    if chain in labels:
        return [LabelledSpan(start, end, labels[chain])]
    row = chain.split()
    if len(row) > 1 and labels.get(row[0]) in ("NORP", "GPE") and is_title(row[1]):
        rest = text.index(row[1], start + len(row[0]))
        first = [LabelledSpan(start, start + len(row[0]), labels[row[0]])]
        return first + _names(text, rest, end, lower)
    label = _judge(text, start, row, lower)
    return [LabelledSpan(start, end, label)] if label else []


def _after_function_words(text: str, start: int, end: int, function_words: frozenset[str]) -> int:
    """Where a chain goes on after words that only begin the sentence ("But the Kremlin")."""
    while start < end and (first := _WORD.match(text, start, end)) and first[0] in function_words:
        following = _UPPER.search(text, first.end(), end)
        start = following.start() if following else end
    return start


def _judge(text: str, start: int, row: list[str], lower: frozenset[str]) -> str | None:
    """The label of a row of capitalised words, None where it is probably no name."""
    if len(row) == 1:
        if len(row[0].rstrip(".")) < 2:
            return None
        if _ACRONYM.match(row[0]):
            return "ORG"
        word = row[0].casefold()
        opens = _CLAUSE_START.search(text[max(0, start - 6) : start])
        return None if word in lower or opens or is_title(row[0]) else "ORG"
    if row[0].rstrip(".").casefold() in STRONG_TITLES:
        return "PERSON"
    if "of" in row or "for" in row or "&" in row:
        return "ORG"
    return "PERSON" if len(row) <= 4 else "ORG"


def _quantities(text: str) -> Iterator[LabelledSpan]:
    """Every date, sum and percentage in a text; they may overlap."""
    for label, pattern in _QUANTITIES:
        for match in pattern.finditer(text):
            end = match.end()
            if label == "MONEY" and (loose := _SUM_END.search(match[0])):
                end -= len(loose[0])
            yield LabelledSpan(match.start(), end, label)
