"""Further places of the names that an article has: what is one name once is that name everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from seedread_index.ner.gazetteer import (
    AMBIGUOUS,
    FUNCTION_WORDS,
    STRONG_TITLES,
    gazetteer,
    is_first_name,
    opens_in_family_order,
)
from seedread_index.ner.refine.document_consistency import surnames, words_of
from seedread_index.ner.refine.organisations import short_organisations
from seedread_index.ner.spans import NAMED, Cover, LabelledSpan

_BEFORE = re.compile(r"(?<![\w’'-])|(?<=\b[Pp]ro-)|(?<=\b[Aa]nti-)")
_AFTER = re.compile(r"(?![\w-])")
_IN_CAPITALS = re.compile(r"[A-Z]{5}(?<!\w.{5})[A-Z]*\b")
_SHORT = 4
"""Letters of a name that is too short to be known in capitals."""


def given_names(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """The names before the surname of persons who are named in full: alone they are those persons too.

    One that is no known first name is, where the article has the full name twice.
    Of Chinese and Korean persons it is the family name that stands first.
    """
    found: set[str] = set()
    others: set[str] = set()
    full: Counter[str] = Counter()
    for start, end, label in spans:
        name = text[start:end]
        if label not in NAMED or " " not in name:
            continue
        first = name.split()[0]
        if label != "PERSON":
            others.add(first)
        elif is_first_name(first) or opens_in_family_order(first):
            found.add(first)
        else:
            full[name] += 1
    found |= {name.split()[0] for name, times in full.items() if times > 1}
    labels, lower = gazetteer().labels, words_of(text)
    return {
        name
        for name in found - others
        if len(name) > 1
        and name not in labels
        and name not in FUNCTION_WORDS
        and name.casefold() not in lower
    }


def given_names_as_persons(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a lone given name of a person named in full made that person."""
    owners = given_names(text, spans)
    return [
        span._replace(label="PERSON")
        if span.label in NAMED and span.label != "PERSON" and text[span.start : span.end] in owners
        else span
        for span in spans
    ]


def missed_repeats(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with further places of the same names (and of surnames) added where nothing else stands."""
    names: dict[str, str] = {}
    for start, end, label in spans:
        name = text[start:end]
        if (
            label in NAMED
            and len(name) > 2
            and name[0].isupper()
            and "\n" not in name
            and name not in AMBIGUOUS
        ):
            names.setdefault(name, label)
    for name in surnames(text, spans):
        if len(name) > 2 and any(c.isupper() for c in name):
            names.setdefault(name, "PERSON")
    for name in given_names(text, spans):
        names.setdefault(name, "PERSON")
    for name in short_organisations(text, spans):
        names.setdefault(name, "ORG")
    _add_in_capitals(text, names)
    if not names:
        return list(spans)
    lower = words_of(text)
    wanted = [n for n in names if " " in n or n.casefold() not in lower]
    if not wanted:
        return list(spans)
    out = list(spans)
    cover = Cover(len(text), [s for s in spans if s.label in NAMED])
    for start, name in places_of(text, wanted):
        end = start + len(name)
        if cover.free(start, end) and not part_of_longer_name(text, start, end):
            out.append(LabelledSpan(start, end, names[name]))
            cover.take(start, end)
    return out


def _add_in_capitals(text: str, names: dict[str, str]) -> None:
    """Add the names that a text also writes in capitals throughout, as headings do."""
    capitals = set(_IN_CAPITALS.findall(text))
    if not capitals:
        return
    for name, label in list(names.items()):
        loud = name.upper()
        if len(name) > _SHORT and loud != name and (loud in capitals or (" " in name and loud in text)):
            names.setdefault(loud, label)


def places_of(text: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Where names stand alone in a text, in order; of those that overlap the first, then the longest."""
    longest: dict[int, str] = {}
    for name in sorted(names, key=len):
        start = text.find(name)
        while start >= 0:
            if _BEFORE.match(text, start) and _AFTER.match(text, start + len(name)):
                longest[start] = name
            start = text.find(name, start + 1)
    found: list[tuple[int, str]] = []
    end = 0
    for start in sorted(longest):
        if start >= end:
            found.append((start, longest[start]))
            end = start + len(longest[start])
    return found


def part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands directly before or after: a stretch is only part of a name then."""
    if re.match(r" [A-Z][a-z]", text[end : end + 3]):
        return True
    before = re.search(r"(\b[A-Z]\.|\bSt\.|[\w’'-]+) $", text[max(0, start - 24) : start])
    if before is None or not before[1][0].isupper():
        return False
    word = before[1].rstrip(".").casefold()
    sentence_start = re.search(r"(?:^|[.!?\n][\"”’']?\s+)$", text[: start - len(before[0])][-6:]) is not None
    return not (
        word in STRONG_TITLES or word in ("the", "a") or sentence_start or before[1] in gazetteer().labels
    )
