"""Turns a parsed query into a plan: patterns, misspellings and unfinished words become terms of the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from seedread_index.engines.base import AllOf, AnyOf, Entities, Kept, Plan, Quotations, Terms, Without
from seedread_index.engines.query_ast import (
    And,
    BoilerplateMarker,
    Fuzzy,
    InBoilerplate,
    KeptAs,
    Named,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Quoted,
    Regex,
    Word,
)
from seedread_index.model.article import EntityType
from seedread_index.model.deadline import Deadline
from seedread_index.search.assist.did_you_mean import near_words
from seedread_index.search.query.boilerplate import only_in_boilerplate
from seedread_index.search.query.expressions import compiled, met
from seedread_index.search.query.leaves import EXACT_FIELDS
from seedread_index.search.query.parser import parse
from seedread_index.text.folding import folded
from seedread_index.text.stems import FUNCTION_WORDS, GOING_ON, JOINED, exact_term, term_of
from seedread_index.text.tokenizer import QueryWord, is_unspaced

if TYPE_CHECKING:
    from seedread_index.engines.base import IndexReader
    from seedread_index.search.quotations import QuotationFinder
    from seedread_index.search.sources import EntitySource

COMPLETIONS = 3
"""How many of the most frequent completions of an unfinished word are searched with it."""
MOST_EXPANSIONS = 200
"""How many words a pattern stands for at most; the most frequent are taken."""
_MOST_WAYS = 8
"""Ways in which ends of lines may break the words of a phrase that are looked for."""
_FULLTEXT_FIELDS = {None: "all", "body": "all"}


KeptFinder = Callable[[str, str], Iterable[str]]
"""The ids of articles by a field of what is kept of them, and its value."""


class Planner:
    """Resolves queries against one commit of the index; a plan made past the deadline lacks words."""

    def __init__(
        self,
        reader: IndexReader,
        mentions: EntitySource,
        deadline: Deadline,
        quotations: QuotationFinder | None = None,
        kept: KeptFinder | None = None,
    ) -> None:
        self._kept = kept
        self._quotations = quotations
        self._reader = reader
        self._vocabulary = reader.vocabulary
        self._mentions = mentions
        self._deadline = deadline

    def plan(self, node: Node) -> Plan:
        """The plan of a parsed query."""
        match node:
            case And(parts):
                return AllOf(tuple(map(self.plan, parts)))
            case Or(parts):
                return AnyOf(tuple(map(self.plan, parts)))
            case Not(part):
                return Without(self.plan(part))
            case InBoilerplate(part):
                return only_in_boilerplate(self.plan(part)) or AnyOf(())
            case Word():
                return self._word(node)
            case Phrase(field, text, words, slop, completing):
                leaf = Terms(field, self._slots(field, words, completing), slop, f'"{text}"')
                return self._with_broken(leaf, words) if slop is None else leaf
            case Pattern():
                return self._pattern(node)
            case Regex():
                return self._regex(node)
            case Fuzzy(field, text, distance):
                found = near_words(self._vocabulary, text, distance, MOST_EXPANSIONS, self._deadline)
                terms = frozenset([term_of(text), *(term_of(word) for word, _ in found)])
                return Terms(field, (terms,), None, f"{text}~")
            case Named() | Quoted() | KeptAs():
                return self._by_name(node)
            case BoilerplateMarker():
                return AnyOf(())  # the parser leaves none
            case _:
                return node

    def _word(self, node: Word) -> Plan:
        """A word in any of its forms, or one of them; with marks inside it, also without them."""
        field, words = node.field, node.words
        slots = self._slots(field, words, node.completing)
        leaf = Terms(field, slots, None, node.text, form=_form(field, words))
        if node.joined is None:
            return self._with_broken(leaf, words)
        slots = self._slots(field, (node.joined,), node.completing)
        form = _form(field, (node.joined,)) if leaf.form else ()
        whole = Terms(field, slots, None, node.text, form=form)
        return AnyOf((leaf, whole), node.text)

    def _with_broken(self, leaf: Terms, words: Sequence[QueryWord]) -> Plan:
        """A phrase of exact words, also where the ends of lines break one that is not the last."""
        if len(words) < 2 or len(leaf.slots) != len(words):
            return leaf
        ways: list[tuple[frozenset[str], ...]] = [()]
        for index, (slot, word) in enumerate(zip(leaf.slots, words, strict=True)):
            ways = [(*way, slot) for way in ways]
            going_on = frozenset([GOING_ON + word.surface_form])
            if index == len(words) - 1 or not word.exact:
                continue
            if self._reader.count(Terms(None, (going_on,), None, leaf.written), self._deadline):
                longer = [(*way, going_on) for way in ways]
                ways += [*longer, *((*way, going_on) for way in longer)]
            ways = ways[:_MOST_WAYS]
        each = tuple(replace(leaf, slots=way) for way in ways)
        return AnyOf(each, leaf.written) if len(each) > 1 else leaf

    def _pattern(self, node: Pattern) -> Terms:
        """The words that a pattern matches, the most frequent of them where they are many."""
        if self._deadline.over():
            return Terms(node.field, (), None, node.glob)
        terms, count = self._matching(node.field, node.prefix, node.glob)
        return Terms(node.field, (terms,), None, node.glob, count if count > MOST_EXPANSIONS else 0)

    def _regex(self, node: Regex) -> Terms:
        """The words that a regular expression matches, the most frequent of them where they are many."""
        said = f"re:/{node.pattern}/"
        expression = compiled(node.pattern, node.position)
        found = met(expression, self._vocabulary, MOST_EXPANSIONS, self._deadline)
        terms = frozenset(map(_one_form, found.words))
        return Terms(node.field, (terms,), None, said, found.total if found.total > MOST_EXPANSIONS else 0)

    def _kept_as(self, field: str, value: str) -> Kept:
        return Kept(field, value, tuple(sorted(self._kept(field, value))) if self._kept is not None else ())

    def _by_name(self, node: Named | Quoted | KeptAs) -> Plan:
        if isinstance(node, KeptAs):
            unread = (node.field, node.value) == ("is", "unread")
            return Without(self._kept_as("is", "read")) if unread else self._kept_as(node.field, node.value)
        if isinstance(node, Named):
            return self._named(node.field, node.name)
        inside = self.plan(parse(node.words)) if node.words else None
        if self._quotations is None:
            return Quotations(node.field, node.name, (), inside, ())
        entities = [] if self._deadline.over() else self._mentions.resolve(node.name)
        return self._quotations.plan(node.field, node.name, entities, inside, self._deadline)

    def _named(self, field: str, name: str) -> Plan:
        types = None if field == "entity" else [EntityType(field)]
        if self._deadline.over():
            return Entities((), name)
        if "*" in name or "?" in name:
            return Entities(tuple(self._like(name, types)), name)
        return Entities(tuple(self._mentions.resolve(name, types)), name)

    def _like(self, pattern: str, types: list[EntityType] | None) -> list[str]:
        """Ids of the entities most mentioned of those whose name, or a word of it, matches a pattern."""
        glob = folded(pattern).replace("[", "[[]")
        fixed = max(re.split(r"[*?]+", pattern), key=len).strip()
        if len(fixed) < 2:
            return []
        return [
            entity.id
            for entity in self._mentions.entities(types=types, filter=fixed, sort="count")
            if any(
                fnmatchcase(name, glob) or any(fnmatchcase(word, glob) for word in name.split())
                for name in map(folded, (entity.name, *entity.aliases))
            )
        ][:MOST_EXPANSIONS]

    def _slots(
        self, field: str | None, words: tuple[QueryWord, ...], completing: bool
    ) -> tuple[frozenset[str], ...]:
        """One slot for each term in turn."""
        slots: list[frozenset[str]] = []
        for index, word in enumerate(words):
            last = index == len(words) - 1
            if self._deadline.over():
                return ()
            if not word.terms:
                glob = word.surface_form
                slots.append(self._matching(field, re.split(r"[*?]", glob, maxsplit=1)[0], glob)[0])
                continue
            if last and word.open:
                slots.append(self._unspaced(field, word.surface_form))
                continue
            slots += [frozenset([term]) for term in ((word.exact,) if word.exact else word.terms)]
            if not last and not word.open and is_unspaced(word.surface_form):
                slots.append(frozenset([word.surface_form[-1]]))
            if last and completing and len(word.surface_form) > 1 and not is_unspaced(word.surface_form):
                slots[-1] |= self._completions(field, word.surface_form, exact=bool(word.exact))
        return tuple(slots)

    def _completions(self, field: str | None, prefix: str, *, exact: bool) -> frozenset[str]:
        if field not in EXACT_FIELDS:
            return frozenset(self._reader.terms(field or "all", prefix, COMPLETIONS))
        if exact:
            return frozenset(exact_term(word) for word, _ in self._vocabulary.starting(prefix, COMPLETIONS))
        return frozenset(term_of(word) for word, _ in self._words(prefix, f"{prefix}*", COMPLETIONS))

    def _unspaced(self, field: str | None, character: str) -> frozenset[str]:
        name = _FULLTEXT_FIELDS.get(field, field or "all")
        return frozenset([character, *self._reader.terms(name, character, 2000)])

    def _matching(self, field: str | None, prefix: str, glob: str) -> tuple[frozenset[str], int]:
        """The terms of the words that a pattern matches, exact ones if the field has them, and how many."""
        most = MOST_EXPANSIONS + 1
        if is_unspaced(prefix) or field not in EXACT_FIELDS:
            terms = self._reader.terms(_FULLTEXT_FIELDS.get(field, field or "all"), prefix, most)
            terms = [term for term in terms if glob == f"{prefix}*" or fnmatchcase(term, glob)]
            if glob == f"{prefix}*" and (term := term_of(prefix)) not in terms:
                terms.insert(0, term)  # of a word that is longer than its stem
            return frozenset(terms[:MOST_EXPANSIONS]), len(terms)
        found = self._words(prefix, glob, most)
        if glob.strip("?") == prefix:
            found += self._vocabulary.known([prefix])
        return frozenset(_one_form(word) for word, _ in found[:MOST_EXPANSIONS]), len(found)

    def _words(self, prefix: str, glob: str, most: int) -> list[tuple[str, int]]:
        """The words that a pattern matches, also those that a mark joins, the most frequent first."""
        found: list[tuple[str, int]] = []
        for mark in ("", JOINED):
            if glob == f"{prefix}*":
                found += self._vocabulary.starting(mark + prefix, most)
            else:
                found += self._vocabulary.matching(mark + prefix, mark + glob, most)
        return sorted(found, key=lambda each: (-each[1], each[0]))[:most]


def _one_form(word: str) -> str:
    """The term of one form of a word of the vocabulary."""
    return word if word.startswith(JOINED) else exact_term(word)


def _form(field: str | None, words: Sequence[QueryWord]) -> tuple[str, ...]:
    """The exact terms of a word in any form, or of its parts; none where it has no form but the one."""
    forms = [word.form.lower() for word in words]
    if field not in EXACT_FIELDS or not all(forms) or any(word.exact for word in words):
        return ()
    if len(forms) == 1 and forms[0] in FUNCTION_WORDS:
        return ()
    return tuple(form if form in FUNCTION_WORDS else exact_term(form) for form in forms)
