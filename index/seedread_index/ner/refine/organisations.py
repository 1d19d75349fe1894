"""Organisations by what an article says of them: their kind, acronym and short form, and their whole name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seedread_index.ner.gazetteer import (
    COMPANY_ENDINGS,
    COMPANY_FORMS,
    SMALL_WORDS,
    choice,
    gazetteer,
    is_first_name,
    words,
)
from seedread_index.ner.refine.document_consistency import surnames
from seedread_index.ner.refine.span_boundaries import (
    HEADS,
    ORGANISATION_HEADS,
    OTHER_HEADS,
    PRODUCTS,
    is_wide_place,
)
from seedread_index.ner.spans import NAMED, PLACES, Cover, LabelledSpan

_ACRONYM = re.compile(
    r"(?:['’]s?)?\s?\((?:the |formerly )?[\"“'‘]?([A-Z][\w&.-]{1,11})[\"”'’]?(?:[),;]| or )"
)
_SHORTEST_BLEND = 3
_WITH_CAPITALS_INSIDE = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")
"""Where a second word begins in one that is written together (BlackBerry)."""
_INITIALS_AFTER = re.compile(r" \((?:the )?[\"“]?([A-Z]{3,8})[\"”]?\)")
_POSSESSIVE = re.compile(r"['’]s?$")
_WORDS_BEFORE = re.compile(r"[A-Z][\w’'.-]*(?:,? [\w’'.&-]+)*$")
_WORD = re.compile(r"[^\W_][\w’'.]*")
_LONGEST_EXPANSION = 120
_CODE_OF_STATE = 2
_LONGEST_LIST = 80
_OF_NO_LIST = frozenset(("EVENT", "LAW", "PRODUCT"))
_INITIALS_AT_LEAST = 3
_MANY = 4
"""So many names are a list rather than parts of one."""
_KINDS = choice("kinds of organisations")
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS})(?: called| named)? $")
_KINDS_BEFORE = re.compile(
    rf"\b(?i:{choice('kinds of organisations in the plural')})(?:,? (?:like|such as|including))?"
    r" (?:[A-Z][\w’'&.-]*(?: [A-Z][\w’'&.-]*)?(?:,? and |, ))*$"
)
_IN_LISTS = words("kinds of organisations in the plural") | {"like", "as", "including", "and"}
_KIND_AFTER = re.compile(rf" (?:{_KINDS})\b")
_GOES_ON, _GOES_ON_ALONE = words("heads that go on with of"), words("heads that alone go on with of")
_CAPITALS = r"[A-Z][\w-]+(?: [A-Z][\w-]+){0,3}"
_OF = re.compile(rf" (?:of|for) (?:the )?({_CAPITALS})")
_AND = re.compile(r",? (?:and|&) ([A-Z][a-z-]+(?: [A-Z][a-z-]+)?)(?![\w-]| [A-Z])")
_OFFICE_OF = re.compile(rf"(?:\S+ ){{0,3}}(?:{choice('heads that go on with of')}) (?:of|for) \S")
_OWNER = re.compile(rf"\b((?:{choice('owners in names')}|St\.? [A-Z]\w+)['’]s? (?:[A-Z]\w+ )?)$")
_OWNED = re.compile(rf"['’]s? ((?:[A-Z]\w+ ){{0,2}}(?:{'|'.join(sorted(HEADS))}))\b")
_OWNERS = words("owners in names")
_WITH_POSSESSIVE = {
    name.replace("'", mark): name for name in words("names with a possessive") for mark in "'’"
}


def organisations_by_kind(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with what the article calls a company, newspaper or the like made an organisation."""
    organisations = {
        text[start:end]
        for start, end, label in spans
        if (label in NAMED or label == "PRODUCT")
        and (
            _KIND_BEFORE.search(text[max(0, start - 30) : start])
            or (label == "GPE" and _is_body_in_capitals(text, start, end))
            or (label != "ORG" and _is_listed(text, start))
            or (label in ("PERSON", "PRODUCT") and _KIND_AFTER.match(text, end))
        )
    }
    organisations = organisations and organisations - gazetteer().sure - PRODUCTS - surnames(text, spans)
    return [s._replace(label="ORG") if text[s.start : s.end] in organisations else s for s in spans]


def first_words_as_whole(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a lone person who is the first word of a body or park (Quux of Quux Airways) made that."""
    label_of = {
        name.split(" ", 1)[0]: label
        for start, end, label in spans
        if (label == "ORG" or label in PLACES)
        and " " in (name := text[start:end])
        and (name.rpartition(" ")[2] in ORGANISATION_HEADS or is_wide_place(name))
    }
    lone = {text[s.start : s.end] for s in spans if s.label == "PERSON"} & label_of.keys()
    lone = {name for name in lone if not is_first_name(name)} - surnames(text, spans) if lone else lone
    return [
        s._replace(label=label_of[name])
        if s.label == "PERSON" and (name := text[s.start : s.end]) in lone
        else s
        for s in spans
    ]


def _is_listed(text: str, start: int) -> bool:
    """Whether a name stands in a list of companies or the like (firms such as Acme and …)."""
    before = text[max(0, start - _LONGEST_LIST) : start]
    last = before.rstrip().rpartition(" ")[2]
    return (last in _IN_LISTS or last[-1:] == ",") and _KINDS_BEFORE.search(before) is not None


def _is_body_in_capitals(text: str, start: int, end: int) -> bool:
    """Whether a place is two letters after "the" (the VA): states are written so without it."""
    return (
        end - start == _CODE_OF_STATE
        and text[start:end].isupper()
        and text[max(0, start - 4) : start].lower() == "the "
        and text[start:end] not in gazetteer().labels
        and text[start:end] != "DC"
    )


def whole(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, organisations that were cut at "of", "and" or a possessive made whole."""
    out = []
    labels = gazetteer().labels
    for index, span in enumerate(spans):
        start, end, label = span
        if label in NAMED:
            name = text[start:end]
            if text[end : end + 2] in ("'s", "’s") and f"{name}{text[end : end + 2]}" in _WITH_POSSESSIVE:
                out.append(LabelledSpan(start, end + 2, "ORG"))
                continue
            if name.rsplit(" ", 1)[-1] in _OWNERS and (owned := _OWNED.match(text, end)):
                out.append(LabelledSpan(start, owned.end(), "ORG"))
                continue
            if label == "ORG":
                end = _end_of_organisation(
                    text, span, spans[index + 1] if index + 1 < len(spans) else None, labels
                )
                before = spans[index - 1].end if index else 0
                if name.rsplit(" ", 1)[-1] in HEADS and (
                    owner := _OWNER.search(text, max(before, start - 24), start)
                ):
                    start = owner.start(1)
        out.append(LabelledSpan(start, end, label))
    return out


def _end_of_organisation(
    text: str, span: LabelledSpan, following: LabelledSpan | None, labels: Mapping[str, str]
) -> int:
    """Where an organisation's name ends, with what "of" and "and" join to it."""
    start, end, _ = span
    name = text[start:end]
    head = name.rsplit(" ", 1)[-1]
    if (
        " of " not in name
        and (head in _GOES_ON or name in _GOES_ON_ALONE)
        and (joined := _OF.match(text, end))
    ):
        end = joined.end()
    if _OFFICE_OF.match(text, start, end) and (more := _AND.match(text, end)):
        first, last = more[1].split()[0], more[1].split()[-1]
        own = last in _GOES_ON or last in _GOES_ON_ALONE or more[1] in labels or is_first_name(first)
        if not own and (following is None or following.start >= more.end() or following.label == "ORG"):
            end = more.end()
    return end


def explained(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, an organisation (or a law …) made as long as the acronym in brackets after it says.

    Every capitalised word before the bracket must give a letter: the text itself tells where the name begins.
    """
    found: list[LabelledSpan] = []
    for match in _INITIALS_AFTER.finditer(text):
        end = match.start()
        if owner := _POSSESSIVE.search(text, max(0, end - 2), end):
            end = owner.start()
        start = _start_of_expansion(text, end, match[1])
        if start is None:
            continue
        inside = [s for s in spans if s.start < end and start < s.end and s.label in NAMED]
        head = text[start:end].rsplit(maxsplit=1)[-1]
        label = "LOC" if is_wide_place(text[start:end]) else OTHER_HEADS.get(head, "ORG")
        known = any(s.label == "ORG" for s in inside) or head in ORGANISATION_HEADS or label != "ORG"
        if known and all(start <= s.start and s.end <= end for s in inside) and len(inside) < _MANY:
            found.append(LabelledSpan(start, end, label))
            found.append(LabelledSpan(match.start(1), match.end(1), label))
    if not found:
        return list(spans)
    kept = [s for s in spans if not any(f.start < s.end and s.start < f.end for f in found)]
    return sorted([*kept, *found])


def _start_of_expansion(text: str, end: int, acronym: str) -> int | None:
    """Where the words begin whose initials an acronym has, None where they are others."""
    offset = max(0, end - _LONGEST_EXPANSION)
    words = _WORDS_BEFORE.search(text, offset, end)
    if words is None:
        return None
    left = list(acronym.casefold())
    for word in reversed(list(_WORD.finditer(text, words.start(), end))):
        initial = word[0][0].casefold()
        if left and initial == left[-1]:
            left.pop()
        elif word[0][0].isupper() or word[0] not in SMALL_WORDS:
            return None
        if not left:
            return word.start() if word[0][0].isupper() else None
    return None


def acronyms(text: str, spans: Sequence[LabelledSpan]) -> dict[str, LabelledSpan]:
    """From the acronym in "Long Name (ABC)" to the span of its expansion.

    What has an acronym is an organisation, or an event; of places only those of the gazetteer stay places.
    Of events, laws and products (Quux Loan Programme) the initials will do, without a bracket.
    """
    found: dict[str, LabelledSpan] = {}
    initials: dict[str, LabelledSpan] = {}
    labels = gazetteer().labels
    for span in spans:
        if span.label not in ("ORG", "FAC", "GPE", "LOC", "NORP", "EVENT", "LAW", "PRODUCT"):
            continue
        match = _ACRONYM.match(text, span.end)
        name = text[span.start : span.end]
        head = name.rsplit(" ", 1)[-1]
        other = span.label in _OF_NO_LIST and head in OTHER_HEADS
        if other and name.count(" ") >= _INITIALS_AT_LEAST - 1:
            initials["".join(word[0] for word in re.findall(r"\w+", name) if word not in SMALL_WORDS)] = span
        if match and fits(match[1], name):
            kept = span.label in ("ORG", "EVENT") or name in labels or is_wide_place(name)
            kept = kept or (span.label in _OF_NO_LIST and head not in ORGANISATION_HEADS)
            found.setdefault(match[1], span if kept else span._replace(label="ORG"))
    return initials | found


def fits(acronym: str, expansion: str) -> bool:
    """Whether a text can explain a short name so: its letters are, in order, those that words begin with.

    The legal form of a company counts for nothing. One with small letters (Ofcom) has letters of the words in
    order, and the first of all.
    """
    parted = _WITH_CAPITALS_INSIDE.sub(" ", expansion)
    if parted != expansion and fits(acronym, parted):
        return True
    words = [word for word in re.findall(r"\w+", expansion.casefold()) if word not in COMPANY_FORMS]
    letters = [c for c in acronym.casefold() if c.isalnum()]
    if len(letters) < 2 or len(words) < 2:
        return False
    position = 0
    for letter in (word[0] for word in words):
        if position < len(letters) and letter == letters[position]:
            position += 1
    if position >= max(2, len(letters) - 1):
        return True
    if sum(c.islower() for c in acronym) < 2:
        return False
    rest = iter("".join(words))
    return letters[0] == words[0][0] and len(letters) > _SHORTEST_BLEND and all(c in rest for c in letters)


def acronyms_as_expansions(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with every acronym that the article explains given the label of its expansion."""
    pairs = acronyms(text, spans)
    if not pairs:
        return list(spans)
    expansions = {(span.start, span.end): span for span in pairs.values()}
    out = [
        span._replace(label=pairs[name].label)
        if (name := text[span.start : span.end]) in pairs and span.label in NAMED
        else expansions.get((span.start, span.end), span)
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
