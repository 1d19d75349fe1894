"""Groups by how their names look and end: what was taken for one and is none, and what was not and is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedread_index.ner.gazetteer import (
    FUNCTION_WORDS,
    NOUN,
    choice,
    gazetteer,
    is_first_name,
    names_of,
)
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan

_PARTS = re.compile(r"[ –-]")
_ENDINGS = re.compile(
    r"[A-Z][a-z’'-]+(?:ans?|ish|ese|ists?|ites?|[a-z]ers|crats?|men|women)|Islanders?|Yorker|Londoner"
)
_PLURAL_NOUN = re.compile(r"[A-Z][a-z]+[^\Wsui]s")
_MANY_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Mm]any|[Ss]ome|[Mm]ost|[Aa]ll|[Ff]ellow|[Yy]oung|[Ff]ew|[Oo]ther|[Ee]thnic|\d[\d,.]*) $"
)
_AT = re.compile(r"\b(?:[Ii]n|near|from|outside|across) $")
_CLAUSE_END = re.compile(r"[.,;)]")
_LONGEST_PERSON = 3
_NUMBER = re.compile(rf"(?:{choice('words of number')}) ")
_MEMBER = re.compile(r"[A-Z][a-z]+(?:ist|ite|crat)")
_PREPOSITION = re.compile(
    r"\b(?:by|including|for|from|into|like|of|on|onto|through|to|use[ds]?|using|via|with) $"
)
_CLAUSE_BEFORE = re.compile(r"(?:^|[\n.!?:;,]\s+|\b(?:and|because|if|that|when|why) )$")
_VERB_AFTER = re.compile(r" (?:and the|are|can|does|has|is|lets|makes|was|will)\b")
_BEFORE_ANOTHER = re.compile(f"[ -](?:{NOUN}|[A-Z])|[-/]")
_OTHER_GROUPS = names_of("further groups")
_PARTIES = names_of("parties")
_FUNCTION_WORDS = frozenset(word.lower() for word in FUNCTION_WORDS) | {"than"}


def groups(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, what was taken for a group and does not look like one relabelled, or left out.

    Groups that were taken for persons are groups again; before the name of one no other word stays.
    """
    spans = [_of_party(text, span) for span in spans]
    labels = gazetteer().labels
    if all(span.label != "NORP" or labels.get(text[span.start : span.end]) == "NORP" for span in spans):
        return list(spans)
    others: dict[str, Counter[str]] = {}
    alone = _without_determiner(text, spans)
    for start, end, label in spans:
        if label in NAMED and label != "NORP":
            others.setdefault(text[start:end], Counter())[label] += 1
    out: list[LabelledSpan] = []
    for span in spans:
        if span.label == "NORP" and (text[span.start : span.end] in alone or not _is_group(text, span)):
            out += _instead(text, span, others)
        elif span.label == "NORP":
            number = _NUMBER.match(text, span.start, span.end)
            counted = span._replace(start=number.end()) if number else span
            first = _other_word(text, counted)
            out.append(counted._replace(start=counted.start + len(first) + 1) if first else counted)
        else:
            out.append(span)
    return out


def _of_party(text: str, span: LabelledSpan) -> LabelledSpan:
    """A span; one of a person that is the name of a party or its members made that."""
    if span.label in ("PERSON", "NORP", "GPE"):
        name = text[span.start : span.end]
        if name in _PARTIES:
            return span._replace(label="ORG")
        if span.label == "PERSON" and name in _OTHER_GROUPS and not is_first_name(name):
            return span._replace(label="NORP")
    return span


def _other_word(text: str, span: LabelledSpan) -> str:
    """The word before a known group that is no part of its name (Enjoy French), as headings have it."""
    first, _, last = text[span.start : span.end].partition(" ")
    labels = gazetteer().labels
    known = labels.get(last) == "NORP" and first not in _OTHER_GROUPS and first not in labels
    return first if known and first.lower() in words_of(text) | _FUNCTION_WORDS else ""


def _without_determiner(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """The names that end like one member of a group (Quuxist) and mostly stand where a member needs "a".

    What is written with a preposition and neither an article nor a noun is something's own name.
    """
    alone: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for start, end, label in spans:
        if label == "NORP" and _MEMBER.fullmatch(text, start, end):
            name = text[start:end]
            count[name] += name not in gazetteer().labels and name not in _OTHER_GROUPS
            before = _PREPOSITION.search(text, max(0, start - 12), start)
            opens = _CLAUSE_BEFORE.search(text, max(0, start - 12), start)
            alone[name] += (before is not None and _BEFORE_ANOTHER.match(text, end) is None) or (
                opens is not None and _VERB_AFTER.match(text, end) is not None
            )
    return {name for name, times in count.items() if 0 < times <= 2 * alone[name]}


def _is_group(text: str, span: LabelledSpan) -> bool:
    """Whether a span is of a people, creed or party: it is known, or ends as such names do."""
    name = text[span.start : span.end]
    labels = gazetteer().labels
    last = _PARTS.split(name)[-1]
    if "NORP" in (labels.get(name), labels.get(last)) or not _OTHER_GROUPS.isdisjoint((name, last)):
        return True
    if labels.get(name) in PLACES:
        return False
    return _ENDINGS.fullmatch(last) is not None or (
        _PLURAL_NOUN.fullmatch(name) is not None
        and _MANY_BEFORE.search(text, max(0, span.start - 12), span.start) is not None
    )


def _instead(text: str, span: LabelledSpan, others: dict[str, Counter[str]]) -> Iterator[LabelledSpan]:
    """What a span of no group is: as elsewhere in the article, by what stands before it, or nothing."""
    name = text[span.start : span.end]
    each = name.split()
    labels = gazetteer().labels
    if name in others:
        yield span._replace(label=max(sorted(others[name]), key=lambda label: others[name][label]))
    elif labels.get(each[0]) == "NORP":
        yield span._replace(end=span.start + len(each[0]))
    elif name in labels:
        yield span._replace(label=labels[name])
    elif _AT.search(text, max(0, span.start - 9), span.start) and _CLAUSE_END.match(text, span.end):
        yield span._replace(label="GPE")
    elif 1 < len(each) <= _LONGEST_PERSON and is_first_name(each[0]):
        yield span._replace(label="PERSON")
    elif len(each) > 1 or any(c.isupper() or c.isdigit() for c in name[1:]):
        yield span._replace(label="ORG")
