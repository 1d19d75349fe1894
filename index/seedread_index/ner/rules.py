"""Names found without a model: by capitals, titles, head words and the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.linking.name_keys import PARTICLES, STRONG_TITLES, title_word
from seedread_index.ner import international, quantities
from seedread_index.ner.gazetteer import gazetteer
from seedread_index.ner.head_words import JOINS
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.spans import Cover, LabelledSpan, disjoint
from seedread_index.ner.word_lists import words as listed

_CAPITAL = (
    r"(?:[A-Z\u00c0-\u00de][\w’']*\w(?:-[A-Z\u00c0-\u00de]\w+){0,3}"
    r"|(?:al|el|ul|ad|ar)-[A-Z]\w+|[A-Z]\.(?:[A-Z]\.)*|[A-Z](?!\w)|(?<=\b)&(?= [A-Z]))"
)
_JOINER = (
    r"(?:(?:(?:of|for)(?: the)?|de|del|van|von|der|den|bin|bint|ibn|al|el|da|di|la|le|du|dos) "
    rf"(?={_CAPITAL}))"
)
_TITLE = rf"(?:(?:{'|'.join(sorted(listed('dotted titles')))}|St)\. )"
_CHAIN = re.compile(rf"(?<![\w’'@#/.]){_TITLE}?{_CAPITAL}(?: {_JOINER}?{_CAPITAL}){{0,11}}")
"""Up to twelve capitalised words in a row: no name is longer."""
_OF = re.compile(r"(?<![\w’'-])([\w’'-]+) (?:of|for) (?:the )?")
_OWNER = re.compile(r"(.+?)['’]s? (?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s?$")
_ACRONYM = re.compile(r"^[A-Z][A-Z&]{1,6}$")
_CLAUSE_START = re.compile(r"(?:^|\n|[.!?:][\"”’')\]]*\s|[\"“]|[-–—•*]\s)\s*$")
_WORD = re.compile(r"[\w’'-]+")
_UPPER = re.compile(r"[A-Z\u00c0-\u00de]")


def find(text: str, lowered: Sequence[tuple[int, int]] = (), lang: str = "en") -> list[LabelledSpan]:
    """Every span that the rules see in a text, disjoint and in order.

    `lowered` are words of lines that were written in capitals throughout: there every word looks like a name,
    and only what other steps know is taken. What a lone capitalised word names is guessed in English only.
    """
    spans = [*quantities.find(text), *international.countries(text, lang)]
    lower = words_of(text)
    taken = Cover(len(text), spans)
    for start, end in lowered:
        taken.take(start, end)
    for match in _CHAIN.finditer(text):
        names = _names(text, match.start(), match.end(), lower, lang)
        spans.extend(span for span in names if taken.free(span.start, span.end))
    return disjoint(spans)


def _names(text: str, start: int, end: int, lower: set[str], lang: str) -> list[LabelledSpan]:
    """The names in a chain of capitalised words: cut at known names and titles, then each part judged."""
    labels = gazetteer().labels
    start = _after_function_words(text, start, end, international.function_words(lang))
    if start >= end:
        return []
    if (owner := _OWNER.match(text[start:end])) and (owner[1] in labels or " " not in owner[1]):
        first = _names(text, start, start + len(owner[1]), lower, lang)
        return first + _names(text, start + owner.end(), end, lower, lang)
    if (joint := _OF.search(text[start:end])) and joint[1] not in JOINS:
        first = _names(text, start, start + joint.end(1), lower, lang)
        return first + _names(text, start + joint.end(), end, lower, lang)
    chain = _POSSESSIVE.sub("", text[start:end])
    end = start + len(chain)
    if chain in labels:
        return [LabelledSpan(start, end, labels[chain])]
    words = chain.split()
    if len(words) > 1 and labels.get(words[0]) in ("NORP", "GPE") and title_word(words[1]):
        rest = text.index(words[1], start + len(words[0]))
        first = [LabelledSpan(start, start + len(words[0]), labels[words[0]])]
        return first + _names(text, rest, end, lower, lang)
    label = _judge(text, start, words, lower, lang)
    return [LabelledSpan(start, end, label)] if label else []


def _after_function_words(text: str, start: int, end: int, function_words: frozenset[str]) -> int:
    """Where a chain goes on after words that only begin the sentence ("But the Kremlin")."""
    while start < end and (first := _WORD.match(text, start, end)) and first[0] in function_words:
        following = _UPPER.search(text, first.end(), end)
        start = following.start() if following else end
    return start


def _judge(text: str, start: int, words: list[str], lower: set[str], lang: str) -> str | None:
    """The label of a chain of capitalised words, None where it is probably no name."""
    if len(words) == 1:
        if len(words[0].rstrip(".")) < 2:
            return None
        if _ACRONYM.match(words[0]):
            return "ORG"
        if lang != "en":
            return None
        word = words[0].casefold()
        opens = _CLAUSE_START.search(text[max(0, start - 6) : start])
        return None if word in lower or opens or title_word(words[0]) else "ORG"
    if words[0].rstrip(".").casefold() in STRONG_TITLES:
        return "PERSON"
    if "of" in words or "for" in words or "&" in words:
        return "ORG"
    if lang != "en" and (international.hold_country(words, lang) or _is_plain(words[0].casefold(), lower)):
        return "ORG"
    return "PERSON" if len(words) <= 4 else "ORG"


def _is_plain(word: str, lower: set[str]) -> bool:
    """Whether a word is no name: it stands in small letters elsewhere in the text."""
    return word in lower and word not in PARTICLES
