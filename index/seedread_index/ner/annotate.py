"""The chain from a text to its mentions, by rules alone or over the spans of a model.

First the text is made what a model should see, of the same length: hard wraps joined, capitals lowered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from seedread_index.model.article import Mention, Passage
from seedread_index.ner import rules
from seedread_index.ner.abroad.names import outside_longer_names
from seedread_index.ner.gazetteer import SMALL_WORDS, gazetteer
from seedread_index.ner.refine import (
    document_consistency,
    groups,
    no_names,
    organisations,
    persons,
    places,
    repeats,
    shapes,
    span_boundaries,
)
from seedread_index.ner.refine.span_boundaries import trim
from seedread_index.ner.spans import LabelledSpan, disjoint

_UNSPACED = re.compile(r"\S+")

Step = Callable[[str, Sequence[LabelledSpan]], Sequence[LabelledSpan]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("trim", trim),
    ("shapes", shapes.as_names),
    ("ranks", persons.at_ranks),
    ("line-ups", persons.in_line_ups),
    ("cut persons", persons.whole_persons),
    ("gazetteer", lambda text, spans: gazetteer().apply(text, spans)),
    ("datelines", places.places_and_agencies),
    ("kinds of places", places.places_by_kind),
    ("cut organisations", organisations.whole),
    ("explained acronyms", organisations.explained),
    ("heads", span_boundaries.by_head_word),
    ("kinds", organisations.organisations_by_kind),
    ("companies", places.companies_as_organisations),
    ("first words", organisations.first_words_as_whole),
    ("things", document_consistency.things_by_kind),
    ("groups", groups.groups),
    ("ships and storms", document_consistency.lone_ships_and_storms),
    ("places", places.places_by_preposition),
    ("cities", places.cities_as_places),
    ("headings", persons.without_words_of_headings),
    ("callings", persons.persons_by_calling),
    ("deeds", persons.persons_by_deed),
    ("surnames", document_consistency.surnames_as_persons),
    ("given names", repeats.given_names_as_persons),
    ("one type a name", document_consistency.one_type_per_name),
    ("acronyms", organisations.acronyms_as_expansions),
    ("repeats", repeats.missed_repeats),
    ("common nouns", persons.without_common_nouns),
    ("terms", no_names.without_terms),
    ("bare nouns", no_names.without_bare_nouns),
    ("outside addresses", shapes.outside_addresses),
    ("stop list", no_names.without_stop_words),
)
"""The steps of refinement by name, in order; benchmarks/check_entities.py scores each."""

_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_DATELINE = re.compile(
    r"^[ \t]*([A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+){0,4}[ ,]*)"
    r"(?=,? [A-Z][a-z]{2,8}\.? \d|[ ]*(?:\([A-Z]|[-–—_]{1,2} )|(?P<colon>: ))",
    re.M,
)
_SHORTEST_DATELINE = 4
_LOUD = re.compile(r"[^\W\d_a-z](?:[^\W\d_a-z]{2}|(?<=[A-Z]) [A-Z] [A-Z])")
"""A line without this is not in capitals: most lines are settled so."""
_INSIDE = re.compile(r"(?:(?<=[a-z] )|(?<=[a-z][,;] ))[^\W\d_][\w'’]*")
"""A word inside a sentence: a capital there is the word's own."""
_ANYWHERE = re.compile(r"\b[^\W\d_][a-z][\w'’]*")


def by_rules(text: str, passages: Sequence[Passage], lang: str) -> tuple[Mention, ...]:
    """The mentions that rules alone find: the instant first pass, and all there is without a model."""
    prepared = prepare(text, lang)
    spans = run(prepared, rules.find(prepared, _lowered(text, prepared), lang))
    return _mentions(text, passages, spans if lang == "en" else outside_longer_names(prepared, spans, lang))


def refine(
    text: str, passages: Sequence[Passage], lang: str, spans: Sequence[LabelledSpan]
) -> tuple[Mention, ...]:
    """The mentions of an article from the raw spans of a model over the prepared text."""
    return _mentions(text, passages, run(prepare(text, lang), spans))


def run(
    prepared: str, spans: Sequence[LabelledSpan], steps: Sequence[tuple[str, Step]] = STEPS
) -> list[LabelledSpan]:
    """The spans after the steps of refinement, disjoint and in order."""
    for _, step in steps:
        spans = disjoint(step(prepared, spans))
    return list(spans)


def _lowered(text: str, prepared: str) -> list[tuple[int, int]]:
    """The words whose capitals were lowered: capitals say nothing of names there."""
    if text.replace("\n", " ") == prepared.replace("\n", " "):
        return []
    return [m.span() for m in _UNSPACED.finditer(prepared) if m[0] != text[m.start() : m.end()]]


def _mentions(text: str, passages: Sequence[Passage], spans: Sequence[LabelledSpan]) -> tuple[Mention, ...]:
    """The spans as mentions; one that runs from one passage into the next ends where the first does."""
    borders = [passage.end for passage in passages]
    found = []
    for start, end, label in spans:
        at = bisect_right(borders, start)
        stop = min(end, borders[at]) if at < len(borders) else end
        if text[start:stop].strip():
            found.append(Mention(start, stop, text[start:stop], label))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Weights:
    """What tells hard-wrapped lines, and lines in capitals.

    Chosen by hand. Joining lines of 72 columns raises exact F1 from 0.698 to 0.737 on ner_re3d_dev and from
    0.715 to 0.757 on ner_gum_news, by benchmarks/check_entities.py; with --vary these are the same with any
    of the weights a quarter less or more.
    """

    shortest_width: int = 45
    longest_width: int = 100
    """Lines of hard-wrapped text end between these columns; no line is longer."""
    least_lines: int = 4
    """Lines that a text must have for its width to say anything."""
    share_of_full_lines: float = 0.4
    """The share of lines that must end in that range."""
    width_quantile: float = 0.9
    """The quantile of the lengths of lines that is taken for the width."""
    slack: int = 6
    """By how many columns a full line may miss the width."""
    least_letters: int = 8
    """Letters of a line that can be one in capitals."""
    share_of_capitals: float = 0.9
    """The share of capitals among its letters from which a line is in capitals."""


WEIGHTS = Weights()


def prepare(text: str, lang: str = "en") -> str:
    """A text of the same length in which a model finds more: every offset holds in both.

    Lines broken by a column limit are joined (a line break becomes a space), lines and datelines in capitals
    are put in title case.
    """
    return _lower_capitals(join_wrapped(text), SMALL_WORDS if lang == "en" else frozenset())


def join_wrapped(text: str) -> str:
    """The text with line breaks inside hard-wrapped paragraphs replaced by spaces."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    weights = WEIGHTS
    full = sum(weights.shortest_width <= len(line) <= weights.longest_width for line in filled)
    if (
        len(filled) < weights.least_lines
        or max(map(len, filled)) > weights.longest_width
        or full < weights.share_of_full_lines * len(filled)
    ):
        return text
    width = sorted(len(line) for line in filled)[int(weights.width_quantile * (len(filled) - 1))]
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line)
        parts.append(" " if _continues(line, following, width) else "\n")
    return "".join(parts)[:-1]


def _continues(line: str, following: str, width: int) -> bool:
    """Whether a line goes on in the next: its first word would not have fitted, no paragraph starts."""
    words = following.split(None, 1)
    if not words or not line.strip() or following[0] in "\t-*•" or following.startswith("   "):
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width - WEIGHTS.slack or following[0].islower()


def _lower_capitals(text: str, small: frozenset[str]) -> str:
    """The text with lines in capitals as the rest writes their words, and datelines, in title case."""
    out = []
    changed = False
    cases: dict[str, str] | None = None
    for line in _LINE.findall(text):
        if _LOUD.search(line) is None:
            out.append(line)
            continue
        if _in_capitals(line):
            cases = _cases(text) if cases is None else cases
            out.append(_recased(line, small, cases))
            changed = True
        else:
            out.append(line)
    if changed:
        text = "".join(out)
    return _DATELINE.sub(lambda match: _dateline(match, small), text)


def _dateline(match: re.Match[str], small: frozenset[str]) -> str:
    """What opens a line in capitals in title case; before a colon only a place that is known."""
    if len(match[1].strip()) < _SHORTEST_DATELINE:
        return match[0]
    cased = _recased(match[0], small, {})
    return match[0] if match["colon"] and cased.strip(" ,") not in gazetteer().labels else cased


def _in_capitals(line: str) -> bool:
    """Whether a line of two words or more is in capitals."""
    letters = "".join(filter(str.isalpha, line))
    if len(letters) < WEIGHTS.least_letters or len(line.split()) < 2:
        return False
    return sum(map(str.isupper, letters)) >= WEIGHTS.share_of_capitals * len(letters)


def _cases(text: str) -> dict[str, str]:
    """How words that are not in capitals are written, inside sentences first, by their small letters."""
    found: dict[str, str] = {}
    for pattern in (_INSIDE, _ANYWHERE):
        for match in pattern.finditer(text):
            found.setdefault(match[0].lower(), match[0])
    return found


def _recased(line: str, small: frozenset[str], cases: Mapping[str, str]) -> str:
    """A line in capitals as `cases` writes its words.

    Where it has most of them it has the names too, and the others are put in small letters, else in title
    case. A result of another length (ß, ŉ …) is given up.
    """
    words = [word for word in _WORD.findall(line) if len(word) > 2]
    known = 2 * sum(word.lower() in cases for word in words) > len(words)

    def one(match: re.Match[str]) -> str:
        word, opens = match[0], match.start() == 0
        lower = word.lower()
        if lower in cases:
            cased = cases[lower]
        elif len(word) <= 2 and lower not in small:
            return word
        elif lower in small or known:
            cased = lower
        else:
            cased = lower[:1].upper() + lower[1:]
        cased = cased[:1].upper() + cased[1:] if opens else cased
        return cased if len(cased) == len(word) else word

    return _WORD.sub(one, line)
