"""Shapes that are never a name: what addresses and markup leave, open brackets, two names in one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from seedread_index.ner.gazetteer import COMPANY_ENDINGS, PARTICLES, gazetteer, is_first_name, words
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.refine.span_boundaries import ORGANISATION_HEADS, trim_one
from seedread_index.ner.spans import NAMED, LabelledSpan

_DOMAINS = (
    "com|org|net|gov|edu|info|int|mil|eu|io|tv|news|co|uk|de|fr|it|es|nl|ru|pl|html?|php|aspx?|pdf|jpe?g|png"
)
_ADDRESS = re.compile(
    r"(?:https?|ftps?|file|mailto|data|javascript):\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:{_DOMAINS})/\S*"
    rf"|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_DOMAINS})\b"
    r"|(?<![\w.])@\w+|[^\s%]*%[0-9A-Fa-f]{2}\S*"
)
_ANCHOR = re.compile(rf"://|@\w|%[0-9A-Fa-f]{{2}}|\.(?:{_DOMAINS})\b|www\.|(?:mailto|data|javascript):\S")
"""What every address holds: only the words around it are looked at."""
_MARKUP = re.compile(r"\]\(|[<>|;•*]+|&#\d+;?|&\w+;|: |\s[-–—+»]+\s|\s?(?:\.\.\.|…)\s?")
_CODE = re.compile(r"\w_\w|\w[\[(]\w|\w[\])]\w|\$\w|[{}\\^~=\ufffd]|::|\(\(|\)\)")
_BEYOND = re.compile(r"[\u0590-\u10ff\u1100-\u1dff\u2e80-\uabff\uac00-\ud7ff]")
"""A letter of a script without capitals."""
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_SAMPLE = 2000
_DOING = re.compile(r"([A-Z][a-z]+ing) ([A-Z]\w+)")
"""What a heading says is done with something (Enrolling Acme)."""
_OF_TWO = re.compile(r"([A-Z]\w+(?<!ing)) the [A-Z].* (\w+)")
_PAIR = re.compile(r"([A-Z]\w+) and ([A-Z]\w+)")
_TWO_BODIES = re.compile(r"([A-Z]\w+(?: [A-Z]\w+)*), ([A-Z]\w+(?: [A-Z]\w+)*)")
_TWO_PERSONS = re.compile(r"([A-Z]\w+) ([A-Z]\w+)-([A-Z]\w+) [A-Z]\w+")
_SPACE = re.compile(r"\s")
_SLASH = re.compile(r"\s/\s")
_PAIRED = re.compile(r"([A-Z]\w{3,})/([A-Z]\w{3,})")
_COMMA = re.compile(r", (?:and )?(?=[A-Z])")
_NO_BEGINNINGS = words("words after and inside one name")


@lru_cache(maxsize=1)
def addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Where addresses stand in a text, handles and what is percent-encoded as well."""
    found: list[tuple[int, int]] = []
    end = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < end:
            continue
        start = anchor.start()
        while start > end and not text[start - 1].isspace():
            start -= 1
        space = _SPACE.search(text, anchor.end())
        end = space.start() if space else len(text)
        found += [match.span() for match in _ADDRESS.finditer(text, start, end)]
    return tuple(found)


def as_names(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without addresses and markup; one that holds two names parted."""
    taken = addresses(text)
    starts = [start for start, _ in taken]
    out: list[LabelledSpan] = []
    for span in spans:
        if span.label not in NAMED:
            out.append(span)
            continue
        name = text[span.start : span.end]
        if not name.isascii() and _BEYOND.search(name) and not _uncased(text[:_SAMPLE]):
            continue
        if span.label == "PERSON" and _TWO_CAPITALS.fullmatch(name):
            continue
        for piece in _outside(span, taken, starts):
            out.extend(_names(text, piece))
    return out


@lru_cache(maxsize=1)
def _uncased(text: str) -> bool:
    """Whether most letters of a text are of a script without capitals: else no name has such a letter."""
    letters = list(filter(str.isalpha, text))
    return 2 * sum(c.lower() == c.upper() for c in letters) > len(letters)


def _outside(
    span: LabelledSpan, taken: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[LabelledSpan]:
    """What of a span lies outside addresses: itself, what is before, or nothing."""
    at = bisect_right(starts, span.start) - 1
    if at >= 0 and span.start < taken[at][1]:
        return
    if at + 1 < len(starts) and starts[at + 1] < span.end:
        span = span._replace(end=starts[at + 1])
    yield span


def _names(text: str, span: LabelledSpan) -> list[LabelledSpan]:
    """The names in a span: several where a slash or "and" parts them, one at most elsewhere."""
    name = text[span.start : span.end]
    if _plain(name):
        return [span]
    if _CODE.search(name):
        return []
    found: list[LabelledSpan] = []
    for start, end in _parts(text, name, span.label):
        piece = _whole_brackets(text, span.start + start, span.start + end)
        trimmed = trim_one(text, LabelledSpan(*piece, span.label))
        if trimmed is not None:
            found.append(_judged(text, trimmed) if end < len(name) else trimmed)
    return found


def _judged(text: str, span: LabelledSpan) -> LabelledSpan:
    """A piece that was cut off before something else: a person where it begins with a first name."""
    each = text[span.start : span.end].split()
    personal = len(each) in (2, 3) and is_first_name(each[0]) and each[-1] not in ORGANISATION_HEADS
    return span._replace(label="PERSON") if personal and span.label == "ORG" else span


def _plain(name: str) -> bool:
    """Whether nothing in a name can part it: most have letters and spaces only."""
    return (
        " and " not in name
        and " the " not in name
        and "ing " not in name
        and name.replace(" ", "").replace("-", "").isalpha()
        and " - " not in name
        and (name.count("-") != 1 or name.count(" ") != 2)
    )


def _parts(text: str, name: str, label: str) -> list[tuple[int, int]]:
    """The parts of a name that are names of their own; of what markup parts the first alone."""
    if (cut := _first_markup(name)) is not None:
        return [(0, cut)] if cut else []
    if _SLASH.search(name):
        return _between(name, _SLASH)
    if (pair := _PAIRED.fullmatch(name)) and _stands_alone(text, pair[2], f"{pair[1]}/"):
        return [pair.span(1), pair.span(2)]
    if (
        label == "ORG"
        and ", " in name
        and all(" " in each and each.rsplit(" ", 1)[-1] in ORGANISATION_HEADS for each in _COMMA.split(name))
    ):
        return _between(name, _COMMA)
    if joined := _joined(text, name, label):
        return joined
    if label == "ORG" and (pair := _PAIR.fullmatch(name)) and _stands_alone(text, pair[2], pair[1]):
        return [pair.span(1), pair.span(2)]
    if (
        label == "ORG"
        and (two := _OF_TWO.fullmatch(name))
        and two[2] in ORGANISATION_HEADS
        and two[1].lower() not in words_of(text)
    ):
        return [two.span(1), (two.end(1) + len(" the "), len(name))]
    doing = _DOING.fullmatch(name)
    if doing and doing[1] not in gazetteer().labels and _stands_alone(text, doing[2], doing[1]):
        return [doing.span(2)]
    for match in re.finditer(r" and (?:the )?", name):
        if _two(name[: match.start()], name[match.end() :], label, the=match[0].endswith("the ")):
            return [(0, match.start()), (match.end(), len(name))]
    return [(0, len(name))]


def _joined(text: str, name: str, label: str) -> list[tuple[int, int]]:
    """Two persons whom a hyphen joins, or two bodies that a comma does and that stand alone elsewhere."""
    two = _TWO_PERSONS.fullmatch(name)
    if two and is_first_name(two[1]) and is_first_name(two[3]) and two[2].casefold() not in PARTICLES:
        return [(0, two.end(2)), (two.start(3), len(name))]
    bodies = _TWO_BODIES.fullmatch(name) if label == "ORG" else None
    if (
        bodies
        and bodies[2].rsplit(" ", 1)[-1].casefold() not in COMPANY_ENDINGS
        and _stands_alone(text, bodies[2], f"{bodies[1]},")
        and _stands_alone(text, bodies[1], bodies[2])
    ):
        return [bodies.span(1), bodies.span(2)]
    return []


def _stands_alone(text: str, name: str, before: str) -> bool:
    """Whether the last word of a name is a name of its own elsewhere in a text."""
    alone = re.compile(rf"(?<!{re.escape(before)} )(?<! and )(?<![\w/-]){re.escape(name)}(?![\w/-])")
    return name != before and alone.search(text) is not None


def _first_markup(name: str) -> int | None:
    for match in _MARKUP.finditer(name):
        before = name[: match.start()].rpartition(" ")[2].casefold()
        if match[0] == " - " and (before in PARTICLES or before in ("al", "el")):
            continue
        return match.start()
    return None


def _between(name: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    edges = [0, *(edge for match in separator.finditer(name) for edge in match.span()), len(name)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _two(one: str, other: str, label: str, *, the: bool) -> bool:
    """Whether what stands before and after "and" are two names rather than one."""
    first, second = one.split(), other.split()
    if not first or not second or not second[0][:1].isupper():
        return False
    if label == "PERSON":
        return len(second) > 1 and is_first_name(second[0]) and is_first_name(first[0])
    if first[-1] not in ORGANISATION_HEADS or len(first) < 2:
        return False
    if second[0] in _NO_BEGINNINGS:
        return False
    return the or (
        len(second) > 1 and second[-1] in ORGANISATION_HEADS and second[0] not in ORGANISATION_HEADS
    )


def _whole_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch up to a bracket that stays open in it, from after one that was opened before it."""
    piece = text[start:end]
    for opening, closing in ("()", "[]"):
        if (at := piece.rfind(opening)) >= 0 and closing not in piece[at:]:
            return start, start + at
        if (at := piece.find(closing)) >= 0 and opening not in piece[:at]:
            return (start + at + 1, end) if piece[at + 1 :].strip() else (start, start + at)
    if piece.count('"') == 1:
        at = piece.index('"')
        return (start, start + at) if at > len(piece) // 2 else (start + at + 1, end)
    return start, end


def outside_addresses(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans of names that neither begin nor end nor lie in an address."""
    taken = addresses(text)
    if not taken:
        return list(spans)
    starts = [start for start, _ in taken]
    return [
        span
        for span in spans
        if span.label not in NAMED
        or ((at := bisect_right(starts, span.end - 1) - 1) < 0 or taken[at][1] <= span.start)
    ]
