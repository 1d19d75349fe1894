"""Organisations by what an article says of them: their kind, acronym and short form, and their whole name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seedread_index.ner.first_names import is_first_name
from seedread_index.ner.gazetteer import COMPANY_ENDINGS, choice, gazetteer, words
from seedread_index.ner.refine.document_consistency import surnames
from seedread_index.ner.refine.span_boundaries import HEADS
from seedread_index.ner.spans import NAMED, Cover, LabelledSpan

_ACRONYM = re.compile(r"\s?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&.-]{1,9})[\"”'’]?(?:[),;]| or )")
_KINDS = choice("kinds of organisations")
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS})(?: called| named)? $")
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
            or (label in ("PERSON", "PRODUCT") and _KIND_AFTER.match(text, end))
        )
    }
    organisations = organisations and organisations - gazetteer().sure - surnames(text, spans)
    return [s._replace(label="ORG") if text[s.start : s.end] in organisations else s for s in spans]


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
