"""What an article says twice must be the same: surnames, kinds, acronyms, types, missed repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seedread_index.ner.gazetteer import (
    AMBIGUOUS,
    COMPANY_ENDINGS,
    PARTICLES,
    STRONG_TITLES,
    choice,
    gazetteer,
)
from seedread_index.ner.spans import NAMED, Cover, LabelledSpan


@dataclass(frozen=True, slots=True)
class Weights:
    """When an article's mentions outvote one of them.

    Chosen by hand: by benchmarks/check_entities.py --vary, exact F1 on ner_re3d_dev and ner_gum_news is the
    same for 1 and 3.
    """

    majority: float = 2
    """How many times more mentions the commonest type of a name needs than the next one."""


WEIGHTS = Weights()

_ACRONYM = re.compile(r"\s?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&.-]{1,9})[\"”'’]?(?:[),;]| or )")

_KINDS = choice("kinds of organisations")
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS})(?: called| named)? $")
_KIND_AFTER = re.compile(rf" (?:{_KINDS})\b")
_CHRISTENED = re.compile(rf"(?:{choice('ships')}|{choice('storms')}) (\w+)")
_IN = re.compile(r"\b(?:in|near) $")
_CLAUSE_END = re.compile(r"[,.;)]")
_BEFORE = re.compile(r"(?<![\w’'-])|(?<=\b[Pp]ro-)|(?<=\b[Aa]nti-)")
_AFTER = re.compile(r"(?![\w-])")


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
    """The spans, with a lone surname of a person named in full made that person."""
    owners = surnames(text, spans)
    sure = gazetteer().sure
    return [
        span._replace(label="PERSON")
        if span.label in NAMED
        and span.label != "PERSON"
        and text[span.start : span.end] in owners
        and text[span.start : span.end] not in sure
        else span
        for span in spans
    ]


def organisations_by_kind(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article calls a company, newspaper or the like made an organisation."""
    organisations = {
        text[start:end]
        for start, end, label in spans
        if (label in NAMED or label == "PRODUCT")
        and (
            _KIND_BEFORE.search(text[max(0, start - 30) : start])
            or (label in ("PERSON", "PRODUCT") and _KIND_AFTER.match(text, end))
        )
    }
    organisations = organisations and organisations - gazetteer().sure - surnames(text, spans)
    return [s._replace(label="ORG") if text[s.start : s.end] in organisations else s for s in spans]


def lone_ships_and_storms(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with the lone name of a ship or storm made the ship or storm."""
    label_of = {
        match[1]: span.label
        for span in spans
        if span.label in ("EVENT", "PRODUCT") and (match := _CHRISTENED.fullmatch(text, span.start, span.end))
    }
    return [s._replace(label=label_of.get(text[s.start : s.end], s.label)) for s in spans]


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


def acronyms(text: str, spans: Sequence[LabelledSpan]) -> dict[str, LabelledSpan]:
    """From the acronym in "Long Name (ABC)" to the span of its expansion."""
    found: dict[str, LabelledSpan] = {}
    for span in spans:
        if span.label not in ("ORG", "FAC", "GPE", "LOC", "NORP", "EVENT"):
            continue
        match = _ACRONYM.match(text, span.end)
        if match and fits(match[1], text[span.start : span.end]):
            found.setdefault(match[1], span)
    return found


def fits(acronym: str, expansion: str) -> bool:
    """Whether an acronym's letters are, in order, starts of the expansion's words."""
    letters = [c for c in acronym.casefold() if c.isalpha()]
    starts = [w[0] for w in re.findall(r"\w+", expansion.casefold())]
    position = 0
    for letter in starts:
        if position < len(letters) and letter == letters[position]:
            position += 1
    return len(letters) >= 2 and len(starts) >= 2 and position >= max(2, len(letters) - 1)


def acronyms_as_expansions(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with every acronym that the article explains given the label of its expansion."""
    pairs = acronyms(text, spans)
    if not pairs:
        return list(spans)
    out = [
        span._replace(label=pairs[name].label)
        if (name := text[span.start : span.end]) in pairs and span.label in NAMED
        else span
        for span in spans
    ]
    cover = Cover(len(text), out)
    for name, expansion in pairs.items():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if cover.free(match.start(), match.end()):
                out.append(LabelledSpan(match.start(), match.end(), expansion.label))
    return out


def short_organisations(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """Names of one word that organisations have before their legal form (Acme of Acme Group)."""
    found = set()
    for start, end, label in spans:
        words = text[start:end].split()
        if (
            label == "ORG"
            and len(words) > 1
            and all(w.strip(".").casefold() in COMPANY_ENDINGS for w in words[1:])
        ):
            found.add(words[0])
    return found


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
    for name in short_organisations(text, spans):
        names.setdefault(name, "ORG")
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
