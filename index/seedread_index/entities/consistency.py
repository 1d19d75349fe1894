"""What an article says twice must be the same: surnames, titles, acronyms, types, missed repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from seedread_index.entities.gazetteer import AMBIGUOUS, gazetteer
from seedread_index.entities.names import PARTICLES, STRONG_TITLES, title_word
from seedread_index.entities.spans import NAMED, Cover, LabelledSpan
from seedread_index.entities.wordlists import words as listed

_MAJORITY = 2
"""How many times more mentions the commonest type of a name needs than the next one."""

_NAME_WORD = r"(?:[A-Z][\w’'-]+|[A-Z]\.|al-[A-Z]\w+)"
_BETWEEN = r"(?:(?:bin|van|de|von|al|el|der) )?"
_DOTTED = sorted(listed("dotted titles"))
_TITLE = (
    "(?:"
    + "|".join(sorted((t.capitalize() for t in STRONG_TITLES), key=len, reverse=True))
    + r"|(?:"
    + "|".join(_DOTTED)
    + r")\.)"
)
_TITLE_CUE = re.compile(rf"\b(?:{_TITLE} )+({_BETWEEN}{_NAME_WORD}(?: {_BETWEEN}{_NAME_WORD}){{0,4}})")
_ACRONYM = re.compile(r"\s?\((?:the )?[\"“'‘]?([A-Z][A-Za-z&.-]{1,9})[\"”'’]?(?:[),;]| or )")


def words_of(text: str) -> set[str]:
    """The words that stand in small letters in a text: a capital on them elsewhere proves nothing."""
    return set(re.findall(r"(?<![\w’'-])[a-z]+(?![\w-])", text))


def surnames(text: str, spans: Sequence[LabelledSpan]) -> dict[str, str]:
    """From the surname of each person named in full in a text to the full name, where only one has it."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for start, end, label in spans:
        words = text[start:end].split()
        if label != "PERSON" or len(words) < 2:
            continue
        last = words[-1]
        full = " ".join(words)
        owners[last].add(full)
        if "-" in last and last.split("-", 1)[0].casefold() in PARTICLES:
            owners[last.split("-", 1)[1]].add(full)
        if words[-2].casefold() in PARTICLES and words[-2].islower():
            owners[f"{words[-2]} {last}"].add(full)
    return {name: max(sorted(full), key=len) for name, full in owners.items()}


def titled_persons(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, with names after a title (President, Mr, Gen.) made persons."""
    starts = {span.start: i for i, span in enumerate(spans)}
    cover = Cover(len(text), [s for s in spans if s.label in NAMED])
    labels = gazetteer().labels
    out = list(spans)
    for match in _TITLE_CUE.finditer(text):
        start, end = match.span(1)
        index = starts.get(start)
        if index is not None:
            span = out[index]
            name = text[start : span.end]
            if span.label in NAMED and span.end <= end and name not in labels and not title_word(name):
                out[index] = span._replace(label="PERSON")
        elif cover.free(start, end) and match[1] not in labels:
            first = match[1].split()[0]
            if first not in labels and not title_word(first):
                out.append(LabelledSpan(start, end, "PERSON"))
    return out


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


def one_type_per_name(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, each name with the label that most of its mentions in the article have."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in spans:
        if label in NAMED:
            counts[text[start:end]][label] += 1
    winner: dict[str, str] = {}
    for name, votes in counts.items():
        (first, most), *others = votes.most_common()
        if others and most >= _MAJORITY * others[0][1]:
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
    if not names:
        return list(spans)
    lower = words_of(text)
    wanted = [n for n in names if " " in n or n.casefold() not in lower]
    if not wanted:
        return list(spans)
    out = list(spans)
    cover = Cover(len(text), [s for s in spans if s.label in NAMED])
    pattern = re.compile(
        r"(?<![\w’'-])(?:" + "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))) + r")(?![\w-])"
    )
    for match in pattern.finditer(text):
        if cover.free(*match.span()) and not part_of_longer_name(text, *match.span()):
            out.append(LabelledSpan(*match.span(), names[match[0]]))
            cover.take(*match.span())
    return out


def part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands directly before or after: a stretch is only part of a name then."""
    if re.match(r" [A-Z][a-z]", text[end : end + 3]):
        return True
    before = re.search(
        r"(\b[A-Z]\.|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|St)\.|[\w’'-]+) $", text[max(0, start - 24) : start]
    )
    if before is None or not before[1][0].isupper():
        return False
    word = before[1].rstrip(".").casefold()
    sentence_start = re.search(r"(?:^|[.!?\n][\"”’']?\s+)$", text[: start - len(before[0])][-6:]) is not None
    return not (
        word in STRONG_TITLES or word in ("the", "a") or sentence_start or before[1] in gazetteer().labels
    )
