"""What is written like a name and is none: acronyms of terms, offices, heavenly bodies, and false groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedread_index.ner.gazetteer import NOUN, SMALL_WORDS, choice, gazetteer, is_first_name, words
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.refine.span_boundaries import ORGANISATION_HEADS
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan

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
    r" ?[.,;:)]| (?:is|was|that|which|who|to|for|in|on|with|by|at|from|as|can|will|may|must|should)\b"
)
_OF = re.compile(r" (?:of|for|to) ")
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
_ENGLISH = frozenset(("the", "and", "are"))
_LONGEST_PERSON = 3
_NUMBER = re.compile(rf"(?:{choice('words of number')}) ")
_NUMBERED = re.compile(r"[A-Z]{2,4} ?\d{3,}")
"""A bill, a star, a flight."""
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ic|ean)")
_NOUN_AFTER = re.compile(f" {NOUN}")
_MEMBER = re.compile(r"[A-Z][a-z]+(?:ist|ite|crat)")
_PREPOSITION = re.compile(
    r"\b(?:by|including|for|from|into|like|of|on|onto|through|to|use[ds]?|using|via|with) $"
)
_CLAUSE_BEFORE = re.compile(r"(?:^|[\n.!?:;,]\s+|\b(?:and|because|if|that|when|why) )$")
_VERB_AFTER = re.compile(r" (?:and the|are|can|does|has|is|lets|makes|was|will)\b")
_BEFORE_ANOTHER = re.compile(f"[ -](?:{NOUN}|[A-Z])|[-/]")
_OF_THE_SKY = words("words of the sky")
_OFFICES = words("last words of offices")


def _names(heading: str) -> frozenset[str]:
    """The names of a list that joins their words by "_"."""
    return frozenset(name.replace("_", " ") for name in words(heading))


_BODIES = _names("heavenly bodies")
_DISEASES = words("last words of diseases")
_MOST_WORDS = 12
_WORDS_OF_TITLE = 4
"""So many more words after a first one in -ing are a title: Improving … Using … Data."""
_NAMES_IN_ING = words("names in -ing")
_NOT_NAMES = _names("no names")
_OTHER_GROUPS = _names("further groups")


def groups(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, what was taken for a group and does not look like one relabelled, or left out."""
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
        elif span.label == "NORP" and (number := _NUMBER.match(text, span.start, span.end)):
            out.append(span._replace(start=number.end()))
        else:
            out.append(span)
    return out


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
