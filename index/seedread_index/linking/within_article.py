"""Which mentions of one article speak of the same: its shorter names and acronyms, and the fullest forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from seedread_index.linking.keys import (
    abbreviates,
    core,
    generation,
    initials,
    is_acronym,
    is_known_body,
    is_romanised,
    is_surname_of,
    key_of,
    short_forms,
    spelling,
    subsumes,
)
from seedread_index.model.article import EntityType, Mention
from seedread_index.model.entity import LINKED, fold_name
from seedread_index.ner.gazetteer import words
from seedread_index.ner.refine.organisations import fits
from seedread_index.ner.refine.span_boundaries import ORGANISATION_HEADS
from seedread_index.text.romanisation import fold_spelling

_BRACKET = re.compile(r"(?:['’]s?)?\s?\((?:the |formerly )?[\"“'‘]?")
_BARE_NOUNS = frozenset(word.casefold() for word in words("bare nouns"))
_NOUNS = _BARE_NOUNS | frozenset(word.casefold() for word in ORGANISATION_HEADS)


@dataclass(frozen=True, slots=True)
class Weights:
    """When the end of a name is not its short form.

    Chosen by hand. On ner_gum_news B³ is the same for 1 and 4 (benchmarks/check_entities.py).
    """

    rarer: int = 2
    """How many times rarer than its end a name may be."""


WEIGHTS = Weights()
_SHORTEST_SET = 2
"""Letters of an acronym that may come in another order: those of another language."""


class Name(NamedTuple):
    """A name as it stands in a text, and its key: equal keys of one type are the same entity."""

    type: EntityType
    text: str
    key: str


def canonical_names(
    mentions: Sequence[Mention], apart: Container[tuple[EntityType | None, str]] = (), text: str = ""
) -> list[tuple[Name, Name] | None]:
    """For each mention of an article its own name and the fullest form of it there; None: no entity.

    A common noun (the Council) that could be several organisations of the article is no entity.
    Spellings in `apart` (type or None, folded) stand for themselves. `text` is what the mentions stand in: it
    tells which short names it explains in brackets.
    """
    names = [_named(m.type, m.text) for m in mentions]
    persons = _PersonsOfArticle(names)
    expansions, unclear = _expansions_of_article(mentions, names, text)
    result: list[tuple[Name, Name] | None] = []
    for name in names:
        if name is None:
            result.append(None)
        elif apart and ((None, fold_name(name.text)) in apart or (name.type, fold_name(name.text)) in apart):
            result.append((name, name))
        elif name.type is EntityType.PERSON:
            result.append((name, persons.canonical(name)))
        elif name.type is EntityType.ORG and name.key in unclear:
            result.append(None)
        else:
            result.append((name, expansions.get((name.type, name.key), name)))
    return result


def _named(kind: EntityType, text: str) -> Name | None:
    return Name(kind, text, key_of(kind, text)) if kind in LINKED else None


class _PersonsOfArticle:
    """The persons whom an article names in full, to find the one a shorter name means."""

    def __init__(self, names: Sequence[Name | None]) -> None:
        full: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        for name in names:
            if name is not None and name.type is EntityType.PERSON and len(core(name.key)) > 1:
                full[core(name.key)[-1]].setdefault(name.key, name)
        self._canonical: dict[str, Name] = {}
        self._by_other_name: defaultdict[str, set[Name]] = defaultdict(set)
        for same in full.values():
            for key, name in same.items():
                head = self._fullest(name, [n for n in same.values() if n.key != key])
                self._canonical[key] = head
                for word in core(key)[:-1]:
                    self._by_other_name[word].add(head)
        self._by_surname: dict[str, Name] = {}
        fathers = {core(key)[-1] for key in self._canonical if not generation(key)}
        for name in names:
            if name is None or name.type is not EntityType.PERSON or name.key not in self._canonical:
                continue
            surname, which = core(name.key)[-1], generation(name.key)
            self._by_surname.setdefault(f"{surname} {which}".strip(), self._canonical[name.key])
            if surname not in fathers:
                self._by_surname.setdefault(surname, self._canonical[name.key])

    @staticmethod
    def _fullest(name: Name, others: Sequence[Name]) -> Name:
        """The fuller form of a name among others of its surname; itself where they are of several persons."""
        surname_of = [n for n in others if is_surname_of(name.key, n.key)]
        longer = surname_of or [n for n in others if subsumes(n.key, name.key)]
        head = max(longer, key=lambda n: (len(core(n.key)), n.key), default=name)
        if all(n is head or subsumes(head.key, n.key) for n in longer) or surname_of:
            if longer:
                return head
            meant = [n for n in others if abbreviates(name.key, n.key)]
            first = {core(n.key)[0] for n in meant}
            if len(first) == 1:
                return max(meant, key=lambda n: (len(core(n.key)), n.key))
        return name

    def canonical(self, name: Name) -> Name:
        """The fullest form of a person's name.

        A lone surname is the first person of that name: who comes later is named in full for that reason, and
        a son is called Jr. where his father is named too.
        """
        words = core(name.key)
        if len(words) > 1:
            return self._canonical.get(name.key, name)
        if found := self._by_surname.get(f"{words[0]} {generation(name.key)}".strip()):
            return found
        if generation(name.key):
            return name  # A king or a pope: Richard III is no Richard of the article.
        others = self._by_other_name.get(words[0], set())
        if not others:
            alike = fold_spelling(words[0])
            others = {
                head
                for head in self._canonical.values()
                if spelling(head.key)[-1] == alike and (is_romanised(head.key) or is_romanised(name.key))
            }
        return next(iter(others)) if len(others) == 1 else name


def _is_short_form(name: Name, long: str, counts: Mapping[str, int], text: str) -> bool:
    """Whether an organisation is called by the end of a name for short, as "Court", or by its beginning.

    An end that is no common noun (nothing tells "the" Quux) and stands there far more often is a name of its
    own, which a headline put something before (Lorries Beat Quux).
    """
    if name.key not in short_forms(long):
        return False
    before, _, last = long.rpartition(" ")
    return (
        name.key != last
        or last in _NOUNS
        or len(before) == 1
        or WEIGHTS.rarer * counts[long] >= counts[name.key]
        or re.search(rf"\b[Tt]he {re.escape(name.text)}(?![\w-]| [A-Z])", text) is not None
    )


def _expansions_of_article(
    mentions: Sequence[Mention], names: Sequence[Name | None], text: str
) -> tuple[dict[tuple[EntityType, str], Name], set[str]]:
    """From each acronym or short form of an organisation in an article to the one it stands for there.

    And the keys of common nouns that could stand for several.
    """
    named = [n for n in names if n is not None and n.type is EntityType.ORG]
    long = {n.key: n for n in reversed(named) if " " in n.key}
    by_short: defaultdict[str, dict[str, Name]] = defaultdict(dict)
    for name in long.values():
        for form in initials(name.key) | short_forms(name.key):
            by_short[form][name.key] = name
    found: dict[tuple[EntityType, str], Name] = {}
    unclear: set[str] = set()
    counts = Counter(n.key for n in named)
    for name in {n.text: n for n in named if n.key in by_short and not is_known_body(n.key)}.values():
        owners = [owner for key, owner in by_short[name.key].items() if key not in by_short]
        if len(owners) == 1 and (is_acronym(name.text) or _is_short_form(name, owners[0].key, counts, text)):
            found[name.type, name.key] = owners[0]
        elif len(owners) > 1 and name.key in _BARE_NOUNS:
            unclear.add(name.key)
    for (one, full), (other, short) in pairwise(zip(mentions, names, strict=True)):
        if full is None or short is None or not full.type is short.type is EntityType.ORG:
            continue
        gap = text[one.end : other.start]
        if not (_BRACKET.fullmatch(gap) if text else other.start - one.end == len(" (")):
            continue
        letters = {word[0] for word in full.key.split()}
        translated = is_acronym(short.text) and len(short.key) > _SHORTEST_SET and letters >= set(short.key)
        if translated or (" " not in short.key and fits(short.text, full.text)):
            found[short.type, short.key] = full
    return found, unclear
