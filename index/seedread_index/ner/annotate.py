"""The chain from a text to its mentions, by rules alone or over the spans of a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from seedread_index.model.article import Mention, Passage
from seedread_index.ner import rules
from seedread_index.ner.gazetteer import gazetteer
from seedread_index.ner.model_text import prepare
from seedread_index.ner.refine import document_consistency, head_words
from seedread_index.ner.refine.span_boundaries import trim
from seedread_index.ner.spans import LabelledSpan, disjoint

"""Grows with every change of the rules: stored spans are then refined again, without the model."""

_WORD = re.compile(r"\S+")

Step = Callable[[str, Sequence[LabelledSpan]], Sequence[LabelledSpan]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("trim", trim),
    ("gazetteer", lambda text, spans: gazetteer().apply(text, spans)),
    ("heads", head_words.by_head_word),
    ("kinds", document_consistency.organisations_by_kind),
    ("ships and storms", document_consistency.lone_ships_and_storms),
    ("places", document_consistency.places_by_preposition),
    ("surnames", document_consistency.surnames_as_persons),
    ("one type a name", document_consistency.one_type_per_name),
    ("acronyms", document_consistency.acronyms_as_expansions),
    ("repeats", document_consistency.missed_repeats),
    ("stop list", head_words.without_stop_words),
)
"""The steps of refinement by name, in order; benchmarks/check_entities.py scores each."""


def by_rules(text: str, passages: Sequence[Passage], lang: str) -> tuple[Mention, ...]:
    """The mentions that rules alone find: the instant first pass, and all there is without a model."""
    prepared = prepare(text, lang)
    return _mentions(text, passages, run(prepared, rules.find(prepared, _lowered(text, prepared), lang)))


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
    return [m.span() for m in _WORD.finditer(prepared) if m[0] != text[m.start() : m.end()]]


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
