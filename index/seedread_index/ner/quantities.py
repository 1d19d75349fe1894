"""Dates, sums and percentages as rules see them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedread_index.ner.spans import LabelledSpan

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
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
_PATTERNS = (
    ("DATE", re.compile(rf"\b(?:{'|'.join(_DATES)})\b(?!-)")),
    (
        "MONEY",
        re.compile(
            rf"(?:US|AU?|C|HK)?[$€£¥]\s?{_SUM}(?:\s?(?:million|billion|trillion|bn|m)\b)?"
            rf"|\b{_SUM}\s(?:(?:million|billion|trillion) )?(?:dollars|euros|pounds|rou?bles|yen|lira)\b"
        ),
    ),
    ("PERCENT", re.compile(rf"\b{_SUM}\s?(?:%|per ?cent\b)")),
)
_LOOSE_END = re.compile(r"[,.]+$")


def find(text: str) -> Iterator[LabelledSpan]:
    """Every date, sum and percentage in a text; they may overlap."""
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            end = match.end()
            if label == "MONEY" and (loose := _LOOSE_END.search(match[0])):
                end -= len(loose[0])
            yield LabelledSpan(match.start(), end, label)
