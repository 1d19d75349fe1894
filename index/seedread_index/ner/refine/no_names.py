"""What is written like a name and is none: acronyms of terms, offices, heavenly bodies, common nouns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from seedread_index.ner.gazetteer import NOUN, SMALL_WORDS, choice, gazetteer, names_of, words
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.refine.span_boundaries import EVENTS, HEADS, ORGANISATION_HEADS
from seedread_index.ner.spans import NAMED, LabelledSpan

_IN_BRACKETS = re.compile(r" [(\[][\"“]?([A-Z][A-Z&]{1,6})s?[\"”]?(?=[)\];,])")
_EXPLANATION = re.compile(r"s?(?: [a-z]+)? [(\[]([A-Za-z][a-z-]*(?:[ -][A-Za-z][a-z-]*){1,6})[)\]]")
"""What a bracket says after an acronym, or after the noun that it stands before: BPL cards [below …]."""
_OR = re.compile(r",? or ([A-Z][A-Z&]{1,6})s?\b")
_WORDS_BEFORE = re.compile(r"[A-Za-z][\w’'-]*(?: [A-Za-z&][\w’'-]*){0,9}$")
_LONGEST_EXPANSION = 100
_LONGEST_ACRONYM = 8
_PLURAL = re.compile(r"([A-Z]{2,6})s")
_COUNTED_BEFORE = re.compile(r"\d[ \u00a0]$|\b(?:[Aa]n?|[Ee]ach|[Ee]very|[Aa]ny|[Aa]nother|[Yy]our|[Mm]y) $")
_NO_NOUN_AFTER = re.compile(
    rf" ?[.,;:)]| (?:{choice('words that no noun begins with')}|which|can|may|must|should)\b"
)
_OF = re.compile(r" (?:of|for|to) ")
_PARTS = re.compile(r"[ –-]")
_ENGLISH = frozenset(("the", "and", "are"))
_NUMBERED = re.compile(r"[A-Z]{2,4} ?\d{3,}")
"""A bill, a star, a flight."""
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ic|ean)")
_NOUN_AFTER = re.compile(f" {NOUN}")
_OF_THE_SKY = words("words of the sky")
_OFFICES = words("last words of offices")
_BODIES = names_of("heavenly bodies")
_DISEASES = words("last words of diseases")
_MOST_WORDS = 12
_WORDS_OF_TITLE = 4
"""So many more words after a first one in -ing are a title: Improving … Using … Data."""
_NAMES_IN_ING = words("names in -ing")
_NOT_NAMES = names_of("no names")
_DETERMINER = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[Mm]y|[Yy]our|[Tt]h(?:is|at|ese|ose)) $"
)
_OPENS = re.compile(r"(?:^|\n|[.!?:][\"”’')\]]*\s|[\"“]|[-–—•*]\s)\s*$")
_DOTTED = re.compile(rf"\b(?:{choice('dotted titles')}|[A-Z])\. $")
_MOSTLY_NAMES = 4
"""So many times more capitals than small letters make a term a name."""
_BARE = words("bare nouns")
_SUPER = re.compile(r"\b[Ss]uper $")


def without_terms(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without offices, heavenly bodies, and acronyms that stand for common words."""
    terms = common_acronyms(text, spans) | _adjectives(text, spans)
    sky: bool | None = None
    out = []
    for span in spans:
        if span.label in NAMED:
            name = text[span.start : span.end]
            if (
                name in terms
                or _is_office(name, span.label)
                or (name[-1].isdigit() and _NUMBERED.fullmatch(name))
            ):
                continue
            if f"{name}s" in EVENTS and f"{name}s" in text and not re.search(rf"\b{name} [A-Z]", text):
                continue
            if name in _BODIES:
                sky = not _OF_THE_SKY.isdisjoint(words_of(text)) if sky is None else sky
                if sky:
                    continue
        out.append(span)
    return out


def _adjectives(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """The words in -ic and -ean that stand before nouns only (Magellanic birds), those of groups left out."""
    own: set[str] = set()
    found: set[str] = set()
    for start, end, label in spans:
        if label in NAMED and text[end - 2 : end] in ("ic", "an") and _ADJECTIVE.fullmatch(text, start, end):
            before_noun = label != "NORP" and _NOUN_AFTER.match(text, end) is not None
            (found if before_noun else own).add(text[start:end])
    return found - own - gazetteer().labels.keys()


def _is_office(name: str, label: str) -> bool:
    """Whether a name that is no person's ends as an office does (Chief Water Officer)."""
    if label == "PERSON" or " " not in name:
        return False
    return _OF.split(name)[0].rpartition(" ")[2] in _OFFICES and name not in gazetteer().labels


def common_acronyms(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    """The acronyms among the spans that stand for common nouns, and their plurals.

    The article explains them in small letters (water use plan (WUP)); or one is counted as nouns are: it has
    a plural, or often stands after "a", "every" or "your" without a noun that follows.
    """
    used = Counter(
        name
        for start, end, label in spans
        if label in NAMED
        and end - start < _LONGEST_ACRONYM
        and (name := text[start:end])[:2].isupper()
        and name.isalpha()
        and name not in gazetteer().labels
    )
    if not used or _ENGLISH.isdisjoint(words_of(text)):
        return set()
    found = {m[1] for name in used if (m := _PLURAL.fullmatch(name))}
    explained: set[str] = set()
    for pattern in (_IN_BRACKETS, _OR):
        for match in pattern.finditer(text):
            if match[1] in used:
                common = _stands_for_common_words(text, match.start(), match[1])
                if common or pattern is _IN_BRACKETS:
                    (found if common else explained).add(match[1])
    counted: Counter[str] = Counter()
    for start, end, label in spans:
        if label not in NAMED or (name := text[start:end]) not in used:
            continue
        if _SUPER.search(text, max(0, start - 6), start):
            found.add(name)
        if (after := _EXPLANATION.match(text, end)) and _explains(text, after[1], name):
            found.add(name)
        elif _COUNTED_BEFORE.search(text, max(0, start - 8), start) and _NO_NOUN_AFTER.match(text, end):
            counted[name] += 1
    found |= {name for name, times in counted.items() if 3 * times >= used[name]} - explained
    return found | {f"{name}s" for name in found}


def _explains(text: str, phrase: str, acronym: str) -> bool:
    """Whether a bracket gives an acronym its letters in common words; the first may have a capital."""
    common = phrase[1:].islower() or phrase.lower() in text
    return common and _gives(phrase, acronym) and phrase.rsplit(" ", 1)[-1].title() not in ORGANISATION_HEADS


def _stands_for_common_words(text: str, end: int, acronym: str) -> bool:
    """Whether what stands before a bracket gives an acronym its letters, and is written small in the text."""
    before = _WORDS_BEFORE.search(text, max(0, end - _LONGEST_EXPANSION), end)
    each = before[0].split(" ") if before else []
    for count in range(1, len(each) + 1):
        phrase = " ".join(each[-count:])
        if _gives(phrase, acronym):
            if each[-1].capitalize() in ORGANISATION_HEADS:
                return False
            return phrase.islower() or each[-1] in _OFFICES or phrase.lower() in text
    return False


def _gives(phrase: str, acronym: str) -> bool:
    """Whether the words of a phrase begin with the letters of an acronym; an X may be that of "ex-"."""
    each = [word for word in _PARTS.split(phrase.casefold()) if word]
    wanted = acronym.casefold().replace("&", "")
    return any(
        len(chosen) == len(wanted)
        and all(
            w[0] == letter or (letter == "x" and w[:2] == "ex")
            for w, letter in zip(chosen, wanted, strict=True)
        )
        for chosen in (each, [word for word in each if word not in SMALL_WORDS])
    )


def without_bare_nouns(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without common nouns that a capital makes look like a name (the Agency, our Church).

    One stays where the article has a longer name that ends in it: there it is that name's short form. A word
    that has its capital from the sentences it opens is left out, and so is a term that the article also
    writes small (Water Use).
    """
    lower = words_of(text)
    long_forms: set[str] | None = None
    inside = _inside_sentences(text, spans, lower)
    out = []
    for span in spans:
        name = text[span.start : span.end]
        if span.label not in NAMED:
            pass
        elif " " in name:
            if _is_term(text, name, lower):
                continue
        elif name in _BARE or name.removesuffix("s") in _BARE:
            if long_forms is None:
                long_forms = _last_words(text, spans)
            if name not in long_forms:
                continue
        elif inside.get(name) is False or (
            span.label == "PERSON"
            and name.casefold() in lower
            and _DETERMINER.search(text, max(0, span.start - 8), span.start)
        ):
            continue
        out.append(span)
    return out


def _inside_sentences(text: str, spans: Sequence[LabelledSpan], lower: frozenset[str]) -> dict[str, bool]:
    """Of the names that are words of the text too: whether one of their capitals is their own."""
    labels = gazetteer().labels
    inside: dict[str, bool] = {}
    for start, end, label in spans:
        if label in NAMED and (name := text[start:end]).casefold() in lower and name not in labels:
            opens = _OPENS.search(text, max(0, start - 6), start) is not None
            titled = opens and _DOTTED.search(text, max(0, start - 8), start) is not None
            own = name in ORGANISATION_HEADS or not opens or titled
            inside[name] = inside.get(name, False) or own
    return inside


def _is_term(text: str, name: str, lower: frozenset[str]) -> bool:
    """Whether a name of several words stands in small letters too, and is that of no body or building."""
    small = name.casefold()
    each = small.split()
    return (
        lower.issuperset(each)
        and name.rsplit(" ", 1)[-1] not in HEADS
        and name not in gazetteer().labels
        and _MOSTLY_NAMES * len(re.findall(rf"(?<![\w-]){re.escape(small)}(?![\w-])", text))
        >= text.count(name)
    )


def _last_words(text: str, spans: Sequence[LabelledSpan]) -> set[str]:
    named = (text[s.start : s.end].split() for s in spans if s.label in NAMED)
    return {each[-1] for each in named if len(each) > 1}


def without_stop_words(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without capitalised words that are no names, diseases, measures and titles of articles."""
    return [s for s in spans if s.label not in NAMED or _may_be_name(text[s.start : s.end], s.label)]


def _may_be_name(name: str, label: str) -> bool:
    if " " not in name:
        return name not in _NOT_NAMES and not (label != "ORG" and name[0].isdigit() and name[-2:-1].isdigit())
    before, _, last = name.rpartition(" ")
    if name in _NOT_NAMES or name.count(" ") >= _MOST_WORDS:
        return False
    if last in _DISEASES:
        return " of " in before or " for " in before
    first = name.split(" ", 1)[0]
    return not (first.endswith("ing") and name.count(" ") >= _WORDS_OF_TITLE and first not in _NAMES_IN_ING)
