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
    words,
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
    things: int = 5
    """One in so many mentions of a name before a kind of thing (the Quux telescope) makes it one."""
    deeds: int = 10
    """One in so many mentions of a name that acts as companies do makes it a company after all."""
    groups: int = 3
    """Mentions that a group needs to be a thing: before a noun most groups are adjectives."""
    overruling: int = 20
    """Mentions of a name as something else that overrule the surname of a person of no known first name."""


WEIGHTS = Weights()

_CHRISTENED = re.compile(rf"(?:{choice('ships')}|{choice('storms')}) (\w+(?: [A-Z]\w+)?)")
_CLAUSE_END = re.compile(r"[,.;)]")
_OF_THE_SKY = words("words of the sky") - {"star", "stars"}
_TELLING = frozenset(
    word
    for heading in (
        "kinds of things",
        "kinds of things after their name",
        "kinds of things that are called",
        "words before software",
        "words after software",
    )
    for each in words(heading)
    for word in each.split("_")
) - words("words that no noun begins with")
"""Without one of these no text tells that something is a thing."""
_THINGS, _COMPANIES = choice("kinds of things").replace("_", " "), choice("heads of longer nouns")
_SMALL = rf"(?:an?|the|behind|{choice('words that no noun begins with')})"
_NOUNS, _NOUNS_OF_CALLED = words("kinds of things"), words("kinds of things that are called")
_CALLED = (["called"], ["named"], ["dubbed"], ["known", "as"])
_EDGES_OF_NAMES = tuple(" \"“‘'")
_QUOTES = str.maketrans("", "", "\"“‘'")
_NAME_ENDS = re.compile(
    rf"[\"”]|[’']?(?:[.,;:)\n]|$| (?:{choice('words that no noun begins with')}|is|which|are|has)\b)"
)
_IS_A_THING = re.compile(
    r"(?: \([A-Z]+\))?(?:[\"”’']?, |(?P<verb> is | was )|[\"”’'] | \()"
    rf"(?:an?|the|its|our|their|another) (?:(?!{_SMALL}\b)[\w’'-]+ ){{0,4}}?"
    rf"(?:{_THINGS})\b(?![ -](?:{_COMPANIES})\b|['’]s|-)"
)
_THING_AFTER = re.compile(
    rf"(?:-based)?(?: [a-z]+)? (?:{choice('kinds of things after their name')})\b(?![ -](?:{_COMPANIES})\b)"
)
_SHOWN_BEFORE = re.compile(
    r"(?:starr(?:ed|ing) in|stars in|remake of|sequel to|episode of|screenings? of|premiere of|star of)$"
)
_SHOWN_AFTER = re.compile(
    r"[\"”’']?,? (?:starring|co-starring|directed by|which stars|and its sequel)\b"
    r"| (?:TV|television) (?:shows?|series|dramas?)\b"
)
_DEED = re.compile(rf"(?:['’]s?)? (?:{choice('deeds of companies')})\b")
_CLAUSE_BEFORE = re.compile(r"(?:^|[\n.!?:;,)][\"”’]?\s+|\b(?:that|and|because|while|but|[Tt]he) )[\"“‘']?$")
_LONGEST_KIND = 40
_USED_BEFORE = frozenset(tuple(each.split("_")) for each in words("words before software"))
_USED_AFTER = re.compile(rf"(?:['’]s)? (?:{choice('words after software').replace('_', ' ')})\b")


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
        at = len(words) - 1
        while at > 1 and words[at - 1].casefold() in PARTICLES and words[at - 1].islower():
            at -= 1
        if at < len(words) - 1:
            whole = " ".join(words[at:])
            found |= {whole, whole[0].upper() + whole[1:]}
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


def things_by_kind(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article calls an app, a song, a star or the like made a thing.

    Not what it has act as companies do, what is known as a body, nor who has a first name. The word after a
    product is part of its name (macOS Quux), and stands for it alone.
    """
    joined, found = _joined_to_products(text, spans)
    sure = gazetteer().sure
    lower = words_of(text)
    if not _TELLING.isdisjoint(lower):
        sky = not _OF_THE_SKY.isdisjoint(lower)
        names = {
            text[start:end]: label
            for start, end, label in spans
            if label in NAMED
            and end - start < _LONGEST_KIND
            and (label != "NORP" or text.count(text[start:end]) >= WEIGHTS.groups)
        }
        found |= {
            name
            for name, label in names.items()
            if name not in sure
            and (label != "PERSON" or not is_first_name(name.split()[0]))
            and (_is_thing(text, name) or (sky and label != "PERSON" and f"star {name}" in text))
        }
    return [
        s._replace(label="PRODUCT") if s.label in NAMED and text[s.start : s.end] in found else s
        for s in joined
    ]


def _is_thing(text: str, name: str) -> bool:
    """Whether a text says somewhere that a name is of a kind of thing, and nowhere that it acts as a company.

    A kind may stand before or after it, or the text goes on to say that it is one.
    """
    said = False
    deeds = after = uses = count = 0
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            count += 1
            deeds += _DEED.match(text, end) is not None
            after += _THING_AFTER.match(text, end) is not None
            said = said or _said_to_be_thing(text, start, end)
            uses += _is_used(text, start, end)
        start = text.find(name, end)
    if deeds and WEIGHTS.deeds * deeds >= count:
        return False
    often = max(after, uses if uses > 1 and not name.isupper() else 0)
    return said or (often > 0 and WEIGHTS.things * often >= count)


def _is_used(text: str, start: int, end: int) -> bool:
    """Whether a name stands where software does: somebody runs it, or it has plug-ins."""
    before = tuple(_words_before(text, start))
    return (
        before[-1:] in _USED_BEFORE or before[-2:] in _USED_BEFORE or _USED_AFTER.match(text, end) is not None
    )


def _said_to_be_thing(text: str, start: int, end: int) -> bool:
    """Whether a kind of thing stands before a name, or after a comma or verb behind it."""
    titled = text.startswith("The ", start - 4)
    before = _words_before(text, start - 4 if titled else start)
    if _SHOWN_BEFORE.search(" ".join(before)) or _SHOWN_AFTER.match(text, end):
        return True
    for called in _CALLED:
        if before[-len(called) :] == called:
            noun = "".join(before[-len(called) - 1 : -len(called)]).rstrip(",")
            return noun in _NOUNS or noun in _NOUNS_OF_CALLED
    after_comma = before[-2:-1] if before[-1:] == ["the"] else before[-1:]
    if after_comma and after_comma[0].endswith(",") and after_comma[0][:-1] in _NOUNS:
        return _CLAUSE_END.match(text, end) is not None
    if before and before[-1] in _NOUNS and (titled or _NAME_ENDS.match(text, end)):
        return True
    said = _IS_A_THING.match(text, end)
    return said is not None and (
        not said["verb"] or _CLAUSE_BEFORE.search(text, max(0, start - _LONGEST_KIND), start) is not None
    )


def _words_before(text: str, start: int) -> list[str]:
    """The last words of a line before a place, in small letters and without quotation marks."""
    if text[start - 1 : start] not in _EDGES_OF_NAMES:
        return []
    before = text[max(0, start - _LONGEST_KIND) : start].rpartition("\n")[2]
    return before.translate(_QUOTES).lower().split()[-3:]


def _joined_to_products(text: str, spans: Sequence[LabelledSpan]) -> tuple[list[LabelledSpan], set[str]]:
    """The spans, with a product and the word after it made one; and the words after products."""
    products = {text[start:end] for start, end, label in spans if label == "PRODUCT"}
    if not products:
        return list(spans), set()
    labels = gazetteer().labels
    out: list[LabelledSpan] = []
    for span in spans:
        name = text[span.start : span.end]
        if (
            out
            and out[-1].label == "PRODUCT"
            and span.label in NAMED
            and text[out[-1].end : span.start] == " "
            and " " not in name
            and name not in labels
        ):
            out[-1] = out[-1]._replace(end=span.end)
            products.add(text[out[-1].start : span.end])
        else:
            out.append(span)
    parts = (product.partition(" ") for product in products)
    return out, {rest for first, _, rest in parts if first in products and rest not in labels} - {""}


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
