"""What an article says twice must be the same: surnames, kinds, acronyms, types, missed repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from seedread_index.ner.gazetteer import (
    PARTICLES,
    choice,
    gazetteer,
    is_first_name,
)
from seedread_index.ner.spans import NAMED, LabelledSpan


@dataclass(frozen=True, slots=True)
class Weights:
    """When an article's mentions outvote one of them.

    Chosen by hand: by benchmarks/check_entities.py --vary, exact F1 on ner_re3d_dev and ner_gum_news is the
    same for 1 and 3.
    """

    majority: float = 2
    """How many times more mentions the commonest type of a name needs than the next one."""
    overruling: int = 20
    """Mentions of a name as something else that overrule the surname of a person of no known first name."""


WEIGHTS = Weights()

_CHRISTENED = re.compile(rf"(?:{choice('ships')}|{choice('storms')}) (\w+(?: [A-Z]\w+)?)")
_IN = re.compile(r"\b(?:in|near) $")
_CLAUSE_END = re.compile(r"[,.;)]")


@lru_cache(maxsize=1)
def words_of(text: str) -> frozenset[str]:
    """The words that stand in small letters in a text: a capital on them elsewhere proves nothing."""
    return frozenset(re.findall(r"(?<![\w’'-])[a-z]+(?![\w-])", text))


def surnames(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """The surnames of the persons who are named in full in a text, with and without their particles."""
    found: set[str] = set()
    for start, end, label in spans:
        words = text[start:end].split()
        if label != "PERSON" or len(words) < 2:
            continue
        last = words[-1]
        found.add(last)
        if "-" in last and last.split("-", 1)[0].casefold() in PARTICLES:
            found.add(last.split("-", 1)[1])
        if words[-2].casefold() in PARTICLES and words[-2].islower():
            found.add(f"{words[-2]} {last}")
    return found


def surnames_as_persons(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with a lone surname of a person named in full made that person.

    Not where the name is often something else, and no full name with it begins with a known first name.
    """
    owners = surnames(text, spans)
    sure = gazetteer().sure
    others = Counter(text[s.start : s.end] for s in spans if s.label in NAMED and s.label != "PERSON")
    if doubtful := {name for name in owners if others[name] >= WEIGHTS.overruling}:
        full = (text[s.start : s.end].split() for s in spans if s.label == "PERSON")
        owners -= doubtful - {each[-1] for each in full if len(each) > 1 and is_first_name(each[0])}
    return [
        span._replace(label="PERSON")
        if span.label in NAMED
        and span.label != "PERSON"
        and text[span.start : span.end] in owners
        and text[span.start : span.end] not in sure
        else span
        for span in spans
    ]


def lone_ships_and_storms(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with the lone name of a ship or storm made the ship or storm."""
    label_of = {
        match[1]: span.label
        for span in spans
        if span.label in ("EVENT", "PRODUCT") and (match := _CHRISTENED.fullmatch(text, span.start, span.end))
    }
    if not label_of:
        return list(spans)
    return [
        s._replace(label=label_of.get(name, s.label)) if s.label != "PERSON" or " " not in name else s
        for s in spans
        for name in (text[s.start : s.end],)
    ]


def places_by_preposition(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article takes for a person but is "in" made a place."""
    places = {
        text[start:end]
        for start, end, label in spans
        if label == "PERSON" and _IN.search(text[max(0, start - 8) : start]) and _CLAUSE_END.match(text, end)
    }
    places = places and places - surnames(text, spans)
    return [s._replace(label="GPE") if text[s.start : s.end] in places else s for s in spans]


def one_type_per_name(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, each name with the label that most of its mentions in the article have."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in spans:
        if label in NAMED:
            counts[text[start:end]][label] += 1
    winner: dict[str, str] = {}
    for name, votes in counts.items():
        (first, most), *others = votes.most_common()
        if others and most >= WEIGHTS.majority * others[0][1]:
            winner[name] = first
    return [
        span._replace(label=winner.get(text[span.start : span.end], span.label))
        if span.label in NAMED
        else span
        for span in spans
    ]
