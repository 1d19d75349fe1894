"""Persons by what an article says of them: a rank before the name, a calling, what they do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from seedread_index.ner.gazetteer import (
    AMBIGUOUS,
    NOUN,
    PARTICLES,
    STRONG_TITLES,
    choice,
    gazetteer,
    is_first_name,
    is_title,
    words,
)
from seedread_index.ner.refine.document_consistency import surnames, words_of
from seedread_index.ner.refine.repeats import given_names
from seedread_index.ner.refine.span_boundaries import HEADS
from seedread_index.ner.spans import NAMED, LabelledSpan

_WORD = re.compile(r"\S+")
_LONGEST = 6
"""Words of a person's name at most."""
_GOES_ON = re.compile(rf"(?: (?:{choice('Arabic articles')})-[A-Z][\w’'-]*\w| (?:bin|ibn) [A-Z][\w’'-]*\w)+")
_CALLINGS = ("ist", "caster", "logian", "ician", "woman", "blower", "maker", "keeper", "fielder")
_WORKING = ("er", "or", "man", "ian", "ant")
"""Endings of what somebody is, and of family names as well."""
_LONGEST_ACRONYM = 2
_DETERMINED = re.compile(
    r"\b(?:the|an?|our|their|this|each|every|your)(?: (?:[a-z]+|first|next|last))? $", re.I
)
_GOES_BEFORE = re.compile(f"['’]|[ -]{NOUN}")
"""What follows a name that belongs to the next word: a possessive, or a noun."""
_SEEN_AS = frozenset(("ORG", "FAC", "GPE", "LOC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"))
_SURNAME = re.compile(r"(?:[A-Z]\. )?(?!\d)[^\W_a-z][^\W\d_A-Z]+(?:[A-Z][a-z]+)?")
_SELF = re.compile(
    r",? (?:who|himself|herself)\b|,? (?:died|dies|was born|has died)\b"
    r"|, (?:aged )?\d\d\b(?! ?(?:per|%|\w+ ago))"
)
_DEED = re.compile(
    r",? (?:who|himself|herself|said|says|told|added|wrote|argued|explained|thinks|believes)\b"
)
_INITIAL_AND_SURNAME = re.compile(r"[A-Z] (?:[A-Z]['’]|Ma?c)?[A-Z][a-z-]+[a-z]")
_LINE_UP = 4
_HONOURED = re.compile(r"((\w+)(?: [A-Z]\.)? [A-Z][\w’'-]+),? (?:QC|KC|MP|MSP|MEP|OBE|CBE|MBE|TD|MD|PhD)")
_SPECIES = re.compile(r"[A-Z]\. [a-z]+")
_SURE_TITLES = words("titles that no other name begins with")
_ALL_CALLINGS = words("callings")
_CALLING_BEFORE = re.compile(rf"\b(?:{choice('callings')}|Democrat|Republican|MP|MEP) $")
_TWO_NAMES = re.compile(r"[A-Z][a-z’'-]+(?: [A-Z]\.)? [A-Z][a-z’'A-Z-]*[a-z]")
_LONGEST_CALLING = 16
_ACRONYM = re.compile(r"(?!OBE|CBE|MBE|MEP|PhD|III)[A-Z]{3,5}")


def at_ranks(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, one that holds a rank and then a person's name parted there, whatever it was taken for."""
    out: list[LabelledSpan] = []
    for span in spans:
        parted = _at_rank(text, span) if span.label in NAMED and span.label != "PERSON" else None
        out.extend(parted or (span,))
    return out


def _at_rank(text: str, span: LabelledSpan) -> list[LabelledSpan] | None:
    each = [(m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end)]
    shown = [text[a:b] for a, b in each]
    if len(each) < 2 or shown[-1] in HEADS or text[span.start : span.end] in gazetteer().labels:
        return None
    ranks = [at for at, word in enumerate(shown[:-1]) if is_title(word)]
    if not ranks or not any(shown[at].rstrip(".").casefold() in STRONG_TITLES for at in ranks):
        return None
    last = ranks[-1]
    name = shown[last + 1 :]
    first = last
    while first > 0 and is_title(shown[first - 1]):
        first -= 1
    sure = first == 0 and last > 0  # Two titles or more: Prime Minister, Foreign Secretary.
    title = shown[last].rstrip(".").casefold()
    if len(name) > _LONGEST or not _personal(name, title, words_of(text), sure=sure):
        return None
    found = [LabelledSpan(each[last + 1][0], span.end, "PERSON")]
    if first and (label := gazetteer().labels.get(" ".join(shown[:first]))):
        found.insert(0, LabelledSpan(span.start, each[first - 1][1], label))
    return found


def _personal(name: Sequence[str], title: str, lower: frozenset[str], *, sure: bool) -> bool:
    """Whether the words after a title are a person's: a first name, a particle, or any after a sure title."""
    if not name[0][:1].isupper() or any(
        word[:1].islower() and word.split("-")[0].casefold() not in PARTICLES for word in name
    ):
        return False
    particles = any(word.split("-")[0].casefold() in PARTICLES for word in name[1:])
    if len(name) > 1:
        return sure or particles or is_first_name(name[0]) or title in _SURE_TITLES
    return title in _SURE_TITLES and len(name[0]) > _LONGEST_ACRONYM and name[0].casefold() not in lower


def in_line_ups(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, initials with a surname (C Quuxson) made persons where there are many, as in line-ups.

    A first name with a surname before letters of honour (Anna Quux QC) is a person, too, without them.
    """
    count = sum(_INITIAL_AND_SURNAME.fullmatch(text, s.start, s.end) is not None for s in spans)
    out = []
    for span in spans:
        if span.label in _SEEN_AS or span.label == "PERSON":
            if count >= _LINE_UP and _INITIAL_AND_SURNAME.fullmatch(text, span.start, span.end):
                span = span._replace(label="PERSON")  # noqa: PLW2901
            elif (honoured := _HONOURED.fullmatch(text, span.start, span.end)) and is_first_name(honoured[2]):
                span = LabelledSpan(span.start, honoured.end(1), "PERSON")  # noqa: PLW2901
        out.append(span)
    return out


def whole_persons(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, persons whose name was cut made whole: before "al-…", or after the first name."""
    out: list[LabelledSpan] = []
    labels = gazetteer().labels
    for span in spans:
        whole = _after_calling(text, span)
        if span.label == "PERSON" and (more := _GOES_ON.match(text, span.end)):
            whole = span._replace(end=more.end())
        before = out[-1] if out else None
        if whole.label == "PERSON" and before is not None and before.label in NAMED:
            first = text[before.start : before.end]
            if text[before.end : span.start] == " " and is_first_name(first) and first not in labels:
                whole = LabelledSpan(out.pop().start, whole.end, "PERSON")
        if out and whole.start < out[-1].end:
            continue
        out.append(whole)
    return out


def _after_calling(text: str, span: LabelledSpan) -> LabelledSpan:
    """A person's span without a calling before the first name (Biologist Anna Keller)."""
    first, _, rest = text[span.start : span.end].partition(" ")
    if span.label != "PERSON" or " " not in rest or not first.isalpha() or is_first_name(first):
        return span
    called = first.casefold() in _ALL_CALLINGS and rest.rpartition(" ")[2] not in HEADS
    working = first.endswith(_WORKING) or first.casefold() in words_of(text)
    if called or first.endswith(_CALLINGS) or (working and is_first_name(rest.split()[0])):
        return span._replace(start=span.start + len(first) + 1)
    return span


def without_words_of_headings(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, persons of two words whom a heading put together made the one whom the article names.

    Before the surname of somebody named in full stands a word that is no first name (Mogul Quux), or behind
    it a noun or the name of a body (Quux Labour); before an acronym it makes a body (Junge QUX).
    """
    pairs = [s for s in spans if s.label == "PERSON" and text.count(" ", s.start, s.end) == 1]
    if not pairs:
        return list(spans)
    full = {last for s in pairs for first, last in [text[s.start : s.end].split(" ")] if is_first_name(first)}
    bodies = {text[s.start : s.end] for s in spans if s.label == "ORG"}
    lower = words_of(text)
    out = []
    for span in spans:
        if span.label == "PERSON" and text.count(" ", span.start, span.end) == 1:
            first, last = text[span.start : span.end].split(" ")
            opens = text[span.start - 1 : span.start] in ("", "\n")
            if opens and first in full and (last in bodies or last.lower() in lower):
                span = span._replace(end=span.start + len(first))  # noqa: PLW2901
            elif not is_first_name(first) and last in full and first.lower() in lower:
                span = span._replace(start=span.end - len(last))  # noqa: PLW2901
            elif _ACRONYM.fullmatch(last) and first[1:].islower() and not is_first_name(first):
                span = span._replace(label="ORG")  # noqa: PLW2901
        out.append(span)
    return out


def without_common_nouns(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without persons of one word that mostly stand like common nouns (for the Quux, in a Quux).

    A noun may follow a name (the Bechdel test). Places are held to it whose name is a word of the text (the
    Hub, a hub). Species (E. coli) are left out too.
    """
    lower = words_of(text)
    lone: Counter[str] = Counter()
    like_nouns: Counter[str] = Counter()
    for start, end, label in spans:
        if label in ("PERSON", "GPE") and (name := text[start:end]).isalpha():
            if label == "GPE" and (name.casefold() not in lower or not _may_be_a_word(name)):
                continue
            lone[name] += 1
            if _DETERMINED.search(text, max(0, start - 24), start) and (
                label == "GPE" or not _GOES_BEFORE.match(text, end)
            ):
                like_nouns[name] += 1
    nouns = {name for name, times in like_nouns.items() if 2 * times >= lone[name]}
    if nouns:
        nouns -= surnames(text, spans)
        nouns -= given_names(text, spans)
    return [
        s
        for s in spans
        if s.label not in ("PERSON", "GPE")
        or not ((name := text[s.start : s.end]) in nouns or (name[1:2] == "." and _SPECIES.fullmatch(name)))
    ]


def persons_by_calling(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, two words after a calling (singer Quux Bar) made a person, whatever they were taken for."""
    labels = gazetteer().labels
    found = {
        name
        for start, end, label in spans
        if label in _SEEN_AS
        and _TWO_NAMES.fullmatch(name := text[start:end])
        and name not in labels
        and name.rpartition(" ")[2] not in HEADS
        and _CALLING_BEFORE.search(text, max(0, start - _LONGEST_CALLING), start)
    }
    return [s._replace(label="PERSON") if text[s.start : s.end] in found else s for s in spans]


def persons_by_deed(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a first name and surname taken for something else made a person, given what the text says.

    One of that surname is one "who" or "himself" there, or "said" something, as organisations do too.
    """
    labels = gazetteer().labels
    found = set()
    for start, end, label in spans:
        if label not in _SEEN_AS:
            continue
        first, _, last = text[start:end].partition(" ")
        if (
            last
            and is_first_name(first)
            and first.casefold() not in PARTICLES
            and _SURNAME.fullmatch(last)
            and last.rpartition(" ")[2] not in HEADS
            and not any(name in labels for name in (text[start:end], first, last))
            and _followed_by(text, last.rpartition(" ")[2], _SELF if label == "ORG" else _DEED)
        ):
            found.add(text[start:end])
    if not found:
        return list(spans)
    return [s._replace(label="PERSON") if text[s.start : s.end] in found else s for s in spans]


def _followed_by(text: str, name: str, what: re.Pattern[str]) -> bool:
    """Whether a word stands somewhere in a text before what a pattern matches."""
    start = text.find(name)
    while start >= 0:
        if what.match(text, start + len(name)) and not text[start - 1 : start].isalnum():
            return True
        start = text.find(name, start + 1)
    return False


def _may_be_a_word(name: str) -> bool:
    """Whether a place is not known as one, or as a word too (Hub), and is not written like US."""
    return name[1:].islower() and (name in AMBIGUOUS or name not in gazetteer().labels)
