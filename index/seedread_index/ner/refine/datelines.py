"""Places that a text tells: in datelines, with agencies (CAIRO, Egypt (AP) _, LONDON:), and by their kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.ner.gazetteer import FUNCTION_WORDS, choice, gazetteer, words
from seedread_index.ner.refine.span_boundaries import HEADS
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan

DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    r"(?:, (?P<region>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,2}))?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,?"
    r"(?P<before> ?)(?:\((?P<agency>[A-Z][A-Za-z]{1,11})\)[ ]?)?(?P<mark>--|[-–—_:]) ",
    re.M,
)
_CALLED_A_PLACE = re.compile(rf"\b(?:{choice('kinds of places')}),? (?:of|called|named)(?: the)? $")
_LONGEST_KIND = 30
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
