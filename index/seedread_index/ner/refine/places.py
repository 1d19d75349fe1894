"""Places that a text tells: in datelines, with agencies (CAIRO, Egypt (AP) _, LONDON:), by other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seedread_index.ner.gazetteer import (
    AMBIGUOUS,
    FUNCTION_WORDS,
    STRONG_TITLES,
    choice,
    gazetteer,
    is_first_name,
    words,
)
from seedread_index.ner.refine.document_consistency import surnames
from seedread_index.ner.refine.span_boundaries import HEADS
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan


@dataclass(frozen=True, slots=True)
class Weights:
    """When an article's words make a place of a name.

    Chosen by hand: by benchmarks/check_entities.py --vary, exact F1 on ner_re3d_dev and ner_gum_news is the
    same for 2 and 4.
    """

    inside: int = 3
    """One in so many mentions of a person that are "in" it make it a place."""


WEIGHTS = Weights()

DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    r"(?:, (?P<region>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,2}))?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,?"
    r"(?P<before> ?)(?:\((?P<agency>[A-Z][A-Za-z]{1,11})\)[ ]?)?(?P<mark>--|[-–—_:]) ",
    re.M,
)
_CALLED_A_PLACE = re.compile(rf"\b(?:{choice('kinds of places')}),? (?:of|called|named)(?: the)? $")
_LONGEST_KIND = 30
_IN = re.compile(r"\b(?:in|near) $")
_OWNS = re.compile(r"['’]| [A-Z]")
_CLAUSE_END = re.compile(r"[,.;)]")
_PLACED = r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Aa]cross) (?:the )?"
_OWNED_BY_COMPANIES = re.compile(
    r"(?:['’]s?)? (?:founder|co-founder|founders|chief executive|CEO|CFO|shares|shareholders|employees|stock"
    r"|chief financial officer|executives?|spokesman|spokeswoman|spokesperson|announced|acquired|bought)\b"
)
_TITLE_BEFORE = re.compile(r"(\w+)\.? $")
_NO_PLACES = words("no names")


def places_and_agencies(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with the places that open datelines made places and agencies in brackets organisations."""
    sure: list[LabelledSpan] = []
    labels = gazetteer().labels
    for match in DATELINE.finditer(text):
        place, agency = match["place"], match["agency"]
        if place in FUNCTION_WORDS or place in _NO_PLACES:
            continue
        known = labels.get(place)
        if (
            known in PLACES
            or (
                known is None
                and (agency or match["mark"] == "_" or labels.get(match["region"] or "") == "GPE")
            )
        ) and (match["mark"] != ":" or (known and not match["before"])):
            sure.append(LabelledSpan(*match.span("place"), known or "GPE"))
            if agency:
                sure.append(LabelledSpan(*match.span("agency"), "ORG"))
    if not sure:
        return list(spans)
    kept = [
        span
        for span in spans
        if span.label not in NAMED or not any(s.start < span.end and span.start < s.end for s in sure)
    ]
    return sorted([*kept, *sure])


def places_by_kind(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article calls a town, an island or the like (town of Quux) made a place."""
    labels = gazetteer().labels
    places = {
        name
        for start, end, label in spans
        if label in ("PERSON", "ORG", "NORP")
        and (name := text[start:end]) not in labels
        and name.rpartition(" ")[2] not in HEADS
        and _CALLED_A_PLACE.search(text, max(0, start - _LONGEST_KIND), start)
    }
    return [
        s._replace(label="GPE") if s.label in NAMED and text[s.start : s.end] in places else s for s in spans
    ]


def places_by_preposition(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article takes for a person but is "in" made a place.

    One of one word need not end a clause there, where it is so often enough (in Quuxville they …).
    """
    places: set[str] = set()
    lone: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for start, end, label in spans:
        if label != "PERSON":
            continue
        name = text[start:end]
        lone[name] += 1
        if _IN.search(text[max(0, start - 8) : start]):
            if _CLAUSE_END.match(text, end):
                places.add(name)
            elif " " not in name and not _OWNS.match(text, end) and not is_first_name(name):
                inside[name] += 1
    places |= {name for name, times in inside.items() if WEIGHTS.inside * times >= lone[name]}
    places = places and places - surnames(text, spans)
    return [s._replace(label="GPE") if text[s.start : s.end] in places else s for s in spans]


def cities_as_places(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a city of the gazetteer that was taken for a person made a place.

    Unless a person of the article has that name, a title stands before it, or it is a first name.
    """
    labels = gazetteer().labels
    lone = [s for s in spans if s.label == "PERSON" and labels.get(text[s.start : s.end]) == "GPE"]
    if not lone:
        return list(spans)
    of_persons = {
        word
        for start, end, label in spans
        if label == "PERSON" and " " in (name := text[start:end]) and name not in labels
        for word in name.split()
    }
    places = {
        name
        for span in lone
        if (name := text[span.start : span.end]) not in AMBIGUOUS
        and of_persons.isdisjoint(name.split())
        and not is_first_name(name)
    }
    titled = {text[s.start : s.end] for s in lone if _after_title(text, s.start)}
    places -= titled
    return [
        s._replace(label="GPE") if s.label == "PERSON" and text[s.start : s.end] in places else s
        for s in spans
    ]


def _after_title(text: str, start: int) -> bool:
    before = _TITLE_BEFORE.search(text, max(0, start - 16), start)
    return before is not None and before[1].casefold() in STRONG_TITLES


def companies_as_organisations(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, what was taken for a place that no list knows, but has founders or shares, a company."""
    labels = gazetteer().labels
    acting = {
        name
        for start, end, label in spans
        if label in PLACES
        and _OWNED_BY_COMPANIES.match(text, end)
        and (name := text[start:end]) not in labels
        and name.isalpha()
        and re.search(rf"{_PLACED}{name}\b", text) is None
    }
    if not acting:
        return list(spans)
    return [s._replace(label="ORG") if text[s.start : s.end] in acting else s for s in spans]
