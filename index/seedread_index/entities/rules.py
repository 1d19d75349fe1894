"""Names found without a model: capitalised words, titles, head words and the gazetteer; dates, times and sums."""

from __future__ import annotations

import re

from seedread_index.entities.consistency import words_of
from seedread_index.entities.gazetteer import gazetteer
from seedread_index.entities.heads import JOINS
from seedread_index.entities.names import STRONG_TITLES, TITLES
from seedread_index.entities.spans import Cover, LabelledSpan, disjoint
from seedread_index.entities.wordlists import words as listed

_CAPITAL = r"(?:[A-Z\u00c0-\u00de][\w’']*\w(?:-[A-Z\u00c0-\u00de]\w+)*|(?:al|el|ul|ad|ar)-[A-Z]\w+|[A-Z]\.(?:[A-Z]\.)*|[A-Z](?!\w)|(?<=\b)&(?= [A-Z]))"
_JOINER = rf"(?:(?:of|for) (?:the )?(?={_CAPITAL})|(?:de|del|van|von|der|den|bin|bint|ibn|al|el|da|di|la|le|du|dos) (?={_CAPITAL}))"
_CHAIN = re.compile(
    rf"(?<![\w’'@#/.])(?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|St|Sen|Rep|Gov|Rev)\. )?{_CAPITAL}(?: {_JOINER}?{_CAPITAL})*"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.|Apr\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|(?:late |early |mid-)?{_WEEKDAY}(?: (?:morning|evening|night|afternoon))?(?:, {_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
    rf"|{_MONTH} \d{{1,2}}(?:(?: or | and |-|–)\d{{1,2}})?(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH}(?: of)?(?: (?:last|this|next) year|,? \d{{4}})?(?<!May)|(?:last|next|this|past) (?:week|month|year|{_WEEKDAY})|yesterday|tomorrow|today"
    r"|recent (?:days|weeks|months|years)|(?:19|20)\d{2}s?)\b(?!-)"
)
_MONEY = re.compile(
    r"(?:US|AU?|C|HK)?[$€£¥]\s?\d[\d,.]*\d*(?:\s?(?:million|billion|trillion|bn|m)\b)?|\b\d[\d,.]*\s(?:million |billion |trillion )?(?:dollars|euros|pounds|rubles|roubles|yen|lira)\b"
)
_PERCENT = re.compile(r"\b\d[\d,.]*\s?(?:%|per ?cent\b)")
_OF = re.compile(r"([\w’'-]+) (?:of|for) (?:the )?")
_POSSESSIVE = re.compile(r"['’]s?$")
_NUMBER_END = re.compile(r"[,.]+$")
_ACRONYM = re.compile(r"^[A-Z][A-Z&]{1,6}$")
_CLAUSE_START = re.compile(r"(?:^|\n|[.!?:][\"”’')\]]*\s|[\"“]|[-–—•*]\s)\s*$")
_FUNCTION = listed("function words")


def find(text: str) -> list[LabelledSpan]:
    """Every span that the rules see in a text, disjoint and in order."""
    spans: list[LabelledSpan] = []
    for label, pattern in (("DATE", _DATE), ("MONEY", _MONEY), ("PERCENT", _PERCENT)):
        for match in pattern.finditer(text):
            end = match.end() - len(m[0]) if (m := _NUMBER_END.search(match[0])) else match.end()
            spans.append(LabelledSpan(match.start(), end, label))
    lower = words_of(text)
    taken = Cover(len(text), spans)
    for match in _CHAIN.finditer(text):
        names = _names(text, match.start(), match.end(), lower)
        spans.extend(span for span in names if taken.free(span.start, span.end))
    return disjoint(spans)


def _names(text: str, start: int, end: int, lower: set[str]) -> list[LabelledSpan]:
    """The names in a chain of capitalised words: it is cut at known names and titles, then each part judged."""
    labels = gazetteer().labels
    while start < end:
        first = re.match(r"[\w’'-]+", text[start:end])
        if first is None or first[0] not in _FUNCTION:
            break
        start += first.end()
        while start < end and not text[start].isalnum():
            start += 1
        if start < end and text[start].islower():
            following = re.search(r"[A-Z]", text[start:end])
            start = start + following.start() if following else end
    if start >= end:
        return []
    if owner := re.match(r"(.+?)['’]s? (?=[A-Z])", text[start:end]):
        name = owner[1]
        if name in labels or name.count(" ") == 0:
            rest = start + owner.end()
            return _names(text, start, start + len(name), lower) + _names(text, rest, end, lower)
    if (joint := _OF.search(text[start:end])) and joint[1] not in JOINS:
        return _names(text, start, start + joint.end(1), lower) + _names(
            text, start + joint.end(), end, lower
        )
    chain = _POSSESSIVE.sub("", text[start:end])
    end = start + len(chain)
    if chain in labels:
        return [LabelledSpan(start, end, labels[chain])]
    parts: list[LabelledSpan] = []
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\s]+", chain)]
    if len(words) > 1 and labels.get(text[words[0][0] : words[0][1]]) in ("NORP", "GPE"):
        if text[slice(*words[1])].rstrip(".").casefold() in TITLES:
            parts.append(LabelledSpan(*words[0], labels[text[words[0][0] : words[0][1]]]))
            return parts + _names(text, words[1][0], end, lower)
    label = _judge(text, start, end, words, lower)
    return [*parts, LabelledSpan(start, end, label)] if label else parts


def _judge(text: str, start: int, end: int, words: list[tuple[int, int]], lower: set[str]) -> str | None:
    """The label of a chain of capitalised words, None where it is probably no name."""
    chain = text[start:end]
    tokens = [text[a:b] for a, b in words]
    if tokens[0].rstrip(".").casefold() in STRONG_TITLES and len(tokens) > 1:
        return "PERSON"
    if len(tokens) == 1:
        if _ACRONYM.match(chain):
            return "ORG"
        if (
            chain.casefold() in lower
            or _CLAUSE_START.search(text[max(0, start - 6) : start])
            or chain.casefold() in TITLES
        ):
            return None
        return "ORG"
    if " of " in chain or " for " in chain or "&" in chain:
        return "ORG"
    return "PERSON" if len(tokens) <= 4 and " and " not in chain else "ORG"
