"""Spans of names, one by one: their boundaries, and what their head words say they are.

Articles, titles, possessives, brackets and line breaks stay outside; "… Ministry" is an organisation,
"… River" a place, and some capitalised words are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from seedread_index.ner.gazetteer import (
    GENERATIONS,
    PARTICLES,
    TITLES,
    choice,
    gazetteer,
    is_first_name,
    is_title,
    names_of,
    words,
)
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan, longest_line

_EDGES = " \t\r\u00a0\"'“”‘’«»„()[]{}<>,;:!?*_|/\\-–—•·…"
_LEADING = re.compile(rf"(?:{choice('determiners')})\s+(?=\S)", re.I)
_PREFIX = re.compile(rf"(?:{choice('prefixes')})\s?[-–]\s?(?=\w)", re.I)
_LEFT_BEFORE = re.compile(
    r"[RDI]-(?=[A-Z][a-z])|[a-z]+/(?=[A-Z])|\d+\.\d+ (?=[A-Z])"
    r"|(?:Republican|Democratic|Conservative|Tory|Labour) (?=(?:Senate|Congress|House|Parliament|Cabinet)$)"
)
"""What stands before a name and is no part of it: a senator's party, half of a pair, a price."""
_POSSESSIVE = re.compile(r"\s?['’]\s?s$|(?<=s)['’]$", re.I)
_LEADING_COMPOUND = re.compile(rf"[\w.’'-]+[-–](?:{choice('participles')})\s+(?=\S)")
_COMPOUND = re.compile(rf"[-–](?:{choice('participles')})$")
_CONTRACTION = re.compile(
    r"(?:I['’](?:m|ve|ll|d)|(?:We|You|They|He|She|It|That|This|There|Here|What|Who|Where|How|Let)['’](?:m|ve|ll|d|re|s)"
    r"|(?:Do|Does|Did|Is|Are|Was|Were|Ca|Could|Wo|Would|Should|Have|Has|Had|Ai|Must|Need)n['’]t)(?!\w)\s*"
)
"""A pronoun or verb with what is short for another word: I'm, that's, don't."""
_WORD = re.compile(r"\S+")
_WITH_ARTICLE = re.compile(rf"(?:\S+ ){{0,3}}(?:{choice('names with the article')})\b")
_ABBREVIATIONS = words("abbreviations")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")
"""An abbreviation that lacks its last full stop."""
_LOOSE = re.compile(rf"(?: (?:{choice('loose ends')}))+$")
_TRAILING = re.compile(rf"(?<=\w)[.,]? (?:{choice('captions')}|\d{{1,3}})$")
_NUMBER = re.compile(r" \d")
_STATE_OF = re.compile(r"(?:State|Province|Governorate|Region|Territory) of (?:the )?(?=[A-Z])")
_ALSO_NAMES = words("titles and names")
_CURRENCIES = words("currencies")
_OFFICES = words("offices")
ORGANISATION_HEADS = words("organisations")
"""Last words that make a name an organisation's."""
_PLACE = {
    **dict.fromkeys(words("landscapes"), "LOC"),
    **dict.fromkeys(words("buildings"), "FAC"),
    **dict.fromkeys(words("districts"), "GPE"),
}
_PRODUCTS_OF_COMPANIES = words("products of companies")
_WIDE_PLACES = frozenset(name.replace("_", " ") for name in words("last two words of places"))
OTHER_HEADS = {
    **dict.fromkeys(words("last words of products"), "PRODUCT"),
    **dict.fromkeys(words("last words of events"), "EVENT"),
    **dict.fromkeys(words("last words of laws"), "LAW"),
}
"""Last words that make a name one of something that no list of entities has."""
_FIRST = {
    **dict.fromkeys(words("ships"), "PRODUCT"),
    **dict.fromkeys(words("storms") | words("campaigns"), "EVENT"),
    **dict.fromkeys(words("first words of landscapes"), "LOC"),
    **dict.fromkeys(words("first words of towns"), "GPE"),
}
PRODUCTS = words("products")
"""Products of one word."""
EVENTS = names_of("events")
_OF_EVENTS = re.compile(rf" (?:{'|'.join(sorted(EVENTS))})$")
_CASE = re.compile(r" vs?\. ")
"""What stands between the parties of a law case."""
_SYSTEM = re.compile(r"[A-Za-z]+[a-z]OS")
"""An operating system: macOS, ChromeOS."""
_WRITTEN_TOGETHER = re.compile(
    r"(?!Ma?c|D[aei]|[DL]u|L[ae]|V[ao]n|Fitz|[EA]l|San)(?:[A-Z]+[a-z]+[A-Z]\w*|[A-Z]{3,}[a-z]{2,}\w*)"
)
"""Words of two parts that no place or person is called by (QuuxLab, QUXLab)."""
_BODIES = words("first words of bodies")
_ALSO_SURNAMES = words("last words that are surnames too")
_RUN_SYSTEMS = words("words before System")
HEADS = ORGANISATION_HEADS | _PLACE.keys() | OTHER_HEADS.keys()
"""Last words that say what a name is: none of them ends a person's."""
JOINS = ORGANISATION_HEADS | _PLACE.keys() | words("joins")
"""Words after which "of" or "for" goes on with the name: Bank of …, Ministry for …."""


def trim(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans without what is no part of a name; a span of which nothing is left is dropped."""
    return [trimmed for span in spans if (trimmed := trim_one(text, span)) is not None]


def trim_one(text: str, span: LabelledSpan) -> LabelledSpan | None:
    """One span without what is no part of a name, None if nothing is left of it."""
    start, end, label = span
    start, end = longest_line(text, start, end)
    if (ticker := text.find(" <", start + 1, end)) > 0:
        end = ticker
    before = (-1, -1)
    named = label in NAMED
    while (start, end) != before and start < end:
        before = (start, end)
        start, end = _narrowed(text, *_edges(text, start, end), label)
    if named and start < end:
        start = _skip_lower(text, start, end)
        if label == "PERSON":
            start, end = _person(text, start, end)
        end = _without_currency(text, start, end)
        end = start + len(_LOOSE.sub("", text[start:end]))
        if (
            label == "GPE"
            and (state := _STATE_OF.match(text, start, end))
            and text[state.end() : end] in gazetteer().labels
        ):
            start = state.end()
        end -= len(match[0]) if label != "FAC" and (match := _TRAILING.search(text[start:end])) else 0
        start, end = _edges(text, start, end)
        if text[max(0, start - 4) : start] == "The " and keeps_article(text, start - 4):
            start -= 4
    name = text[start:end]
    if not name or name.casefold() in ("the", "a", "an"):
        return None
    # Letters without case (of Arabic, of Chinese) are neither small nor capital.
    if named and (is_title(name) or not any(c.isalpha() and not c.islower() for c in name)):
        return None
    return LabelledSpan(start, end, label)


def _narrowed(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """A span without one thing at its end or beginning: a possessive, an article, a prefix, a compound."""
    piece, named = text[start:end], label in NAMED
    lead = _CONTRACTION.match(piece) if named else None
    if lead and (lead.end() == len(piece) or piece[:2] in ("I'", "I’")):
        return start + lead.end(), end  # Let's Encrypt is a name
    owner = _POSSESSIVE.search(piece) if label not in ("MONEY", "TIME") else None
    if tail := owner or (_COMPOUND.search(piece) if named else None):
        return start, start + tail.start()
    if (lead := _LEADING.match(piece)) and not (named and keeps_article(text, start)):
        return start + lead.end(), end
    if named and (lead := _LEADING_COMPOUND.match(piece)):
        return start + lead.end(), end
    if named and (label != "ORG" or piece[:1].islower()) and (prefix := _PREFIX.match(piece)):
        return start + prefix.end(), end
    if label in ("ORG", "GPE", "LOC") and (prefix := _LEFT_BEFORE.match(piece)):
        return start + prefix.end(), end
    return start, end


def keeps_article(text: str, start: int) -> bool:
    """Whether "The" at `start` belongs to a name: a newspaper's, or The Hague's.

    A sentence may begin with any "The": there it counts only if the article has it inside a sentence too.
    """
    if not text.startswith("The ", start) or (name := _WITH_ARTICLE.match(text, start + 4)) is None:
        return False
    inside = re.compile(r"[a-z,] The " + re.escape(name[0]))
    return inside.match(text, start - 2) is not None or inside.search(text) is not None


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without spaces and punctuation at its ends; a bracket that closes inside stays."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    last = text[start:end].rsplit(None, 1)[-1:]
    if last and len(last[0]) > 3 and last[0].endswith(".") and last[0] not in _ABBREVIATIONS:
        end -= "." not in last[0][:-1]
    elif last and text[end : end + 1] == "." and _DOTTED.fullmatch(last[0]):
        end += 1
    return start, end


def _skip_lower(text: str, start: int, end: int) -> int:
    """Where a name starts: words in small letters before it are left out, particles (al-, de, van) stay."""
    piece = text[start:end]
    if not any(c.isupper() for c in piece):
        return start
    while match := _WORD.match(text, start, end):
        word = match[0]
        first = re.split(r"[-'’]", word)[0].casefold()
        if not word[0].islower() or first in PARTICLES or any(c.isupper() for c in word):
            break
        start = match.end()
        while start < end and text[start].isspace():
            start += 1
    return start


def _without_currency(text: str, start: int, end: int) -> int:
    """Where a country's name ends that stands before a currency's (U.S. dollars)."""
    head, _, last = text[start:end].rpartition(" ")
    return start + len(head) if last.casefold() in _CURRENCIES and head in gazetteer().labels else end


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    """A person's name without the titles, offices and nationalities before it, and what follows a comma."""
    comma = text.find(",", start, end)
    if comma > start and text[comma + 1 : end].strip().rstrip(".").casefold() not in GENERATIONS:
        end = comma
    if number := _NUMBER.search(text, start, end):
        end = number.start()
    each = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    cut = 0
    for index, (a, b) in enumerate(each[:-1]):
        word = text[a:b].strip(".,").casefold()
        parts = word.split("-")
        if index > cut and word in _ALSO_NAMES and text[a].isupper():
            continue
        if word in TITLES or (len(parts) > 1 and parts[-1] in TITLES):
            cut = index + 1
    if cut == 0:
        labels = gazetteer().labels
        if len(each) > 2 and labels.get(text[each[0][0] : each[0][1]]) in ("NORP",):
            cut = 1
    while 0 < cut < len(each) - 1 and text[slice(*each[cut])].strip(",").casefold() in _OFFICES:
        cut += 1
    if each and cut:
        start = each[cut][0]
    return start, end


def by_head_word(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a name of several words with the label that its last or first word asks for."""
    labels = gazetteer().labels
    out = []
    for span in spans:
        label = span.label
        if label in NAMED:
            name = text[span.start : span.end]
            if name in EVENTS or (label == "ORG" and _OF_EVENTS.search(name)):
                label = label if label in PLACES else "EVENT"
            elif " " not in name:
                label = _by_one_word(name, label)
            elif name not in labels:
                label = "ORG" if name[:4] == "The " and label in PLACES else _by_words(name.split(), label)
        if label != span.label:
            span = span._replace(label=label)  # noqa: PLW2901
        out.append(span)
    return out


def is_wide_place(name: str) -> bool:
    """Whether a name ends as those of parks and the like do: with an acronym it is no organisation either."""
    return " ".join(name.split()[-2:]) in _WIDE_PLACES


def _by_one_word(name: str, label: str) -> str:
    """The label of a name of one word: a known product, or short for a contest, a law and the like."""
    if (name in PRODUCTS and label not in PLACES) or (name.endswith("OS") and _SYSTEM.fullmatch(name)):
        return "PRODUCT"
    if label not in ("ORG", "NORP") and name not in gazetteer().labels and _WRITTEN_TOGETHER.fullmatch(name):
        return "PRODUCT" if label == "PERSON" else "ORG"
    return label if label == "PERSON" else OTHER_HEADS.get(name, label)


def _by_words(each: Sequence[str], label: str) -> str:
    """The label of a name of several words by its last word, or its first."""
    if _CASE.search(" ".join(each)):
        return "LAW"
    head, first = each[-1], each[0]
    if is_wide_place(" ".join(each)):
        return label if label in PLACES else "LOC"
    if head in _PRODUCTS_OF_COMPANIES and gazetteer().labels.get(first) == "ORG":
        return "PRODUCT"
    if head in ORGANISATION_HEADS:
        return "ORG"
    if head in OTHER_HEADS:
        personal = label == "PERSON" and head in _ALSO_SURNAMES and is_first_name(first)
        return label if personal or _goes_on_from_body(each) else OTHER_HEADS[head]
    if head != "Project" and first.endswith("OS") and _SYSTEM.fullmatch(first):
        return "PRODUCT"
    if first in _FIRST and (label not in PLACES or _FIRST[first] not in PLACES):
        return _FIRST[first]
    if label == "PERSON" and head in _ALSO_SURNAMES and is_first_name(first):
        return label
    return _PLACE[head] if head in _PLACE and label not in PLACES else label


def _goes_on_from_body(each: Sequence[str]) -> bool:
    """Whether a body's name ends in the word of something else (Office of … Policy, World Food Programme)."""
    if (each[-1].startswith("Program") and each[0] in _BODIES) or (
        each[-1] == "System" and each[-2] in _RUN_SYSTEMS
    ):
        return True
    return any(
        word in ORGANISATION_HEADS or word in _PLACE
        for word, joint in pairwise(each)
        if joint in ("of", "for", "on", "and", "&")
    )
