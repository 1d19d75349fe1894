"""Which mentions speak of the same: inside an article, then across the archive in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from seedread_index.linking.keys import (
    core,
    generation,
    initials,
    is_acronym,
    key_of,
    short_forms,
    subsumes,
)
from seedread_index.model.article import EntityType, Mention
from seedread_index.model.entity import LINKED, fold_name


@dataclass(frozen=True, slots=True)
class Weights:
    """From which share on a name that several could own belongs to one of them.

    Chosen by hand. On ner_gum_news (B³ of 619 gold mentions, benchmarks/check_entities.py --vary) a quarter
    of `dominant` changes nothing, and `least_articles` of 1 gives 0.967 instead of 0.965.
    """

    dominant: float = 0.75
    """The share of articles from which a full name owns its lone surname, an expansion its acronym."""
    least_articles: int = 2
    """The articles that a full name needs to own its lone surname."""


WEIGHTS = Weights()


class Name(NamedTuple):
    """A name as it stands in a text, and its key: equal keys of one type are the same entity."""

    type: EntityType
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Form:
    """What the archive knows of a key: articles that use it as their fullest form, and its expansions."""

    key: str
    articles: int
    expansions: Mapping[str, int] = field(default_factory=dict)


def canonical_names(
    mentions: Sequence[Mention], apart: Container[tuple[EntityType | None, str]] = ()
) -> list[tuple[Name, Name] | None]:
    """For each mention of an article its own name and the fullest form of it there; None: no entity.

    Spellings in `apart` (type or None, folded) stand for themselves.
    """
    names = [_named(m.type, m.text) for m in mentions]
    persons = _PersonsOfArticle(names)
    expansions = _expansions_of_article(mentions, names)
    result: list[tuple[Name, Name] | None] = []
    for name in names:
        if name is None:
            result.append(None)
        elif apart and ((None, fold_name(name.text)) in apart or (name.type, fold_name(name.text)) in apart):
            result.append((name, name))
        elif name.type is EntityType.PERSON:
            result.append((name, persons.canonical(name)))
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
                longer = [n for n in same.values() if n.key != key and subsumes(n.key, key)]
                head = max(longer, key=lambda n: (len(core(n.key)), n.key), default=name)
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
        others = self._by_other_name.get(words[0], set())
        return next(iter(others)) if len(others) == 1 else name


def _expansions_of_article(
    mentions: Sequence[Mention], names: Sequence[Name | None]
) -> dict[tuple[EntityType, str], Name]:
    """From each acronym or short form of an organisation in an article to the one it stands for there."""
    named = [n for n in names if n is not None and n.type is EntityType.ORG]
    long = {n.key: n for n in reversed(named) if " " in n.key}
    by_short: defaultdict[str, dict[str, Name]] = defaultdict(dict)
    for name in long.values():
        for form in initials(name.key) | short_forms(name.key):
            by_short[form][name.key] = name
    found: dict[tuple[EntityType, str], Name] = {}
    for name in {n.text: n for n in named if n.key in by_short}.values():
        owners = [owner for key, owner in by_short[name.key].items() if key not in by_short]
        if len(owners) == 1 and (is_acronym(name.text) or name.key in short_forms(owners[0].key)):
            found[name.type, name.key] = owners[0]
    for (one, full), (other, short) in pairwise(zip(mentions, names, strict=True)):
        if other.start - one.end != len(" (") or full is None or short is None:
            continue
        letters = {word[0] for word in full.key.split()}
        if (
            full.type is short.type is EntityType.ORG
            and is_acronym(short.text)
            and len(short.key) > 2
            and letters >= set(short.key)
        ):
            found.setdefault((short.type, short.key), full)
    return found


def cluster(kind: EntityType, forms: Iterable[Form]) -> dict[str, str]:
    """From each key of one block to its entity's key; the order of the forms plays no part."""
    ordered = sorted(forms, key=lambda form: form.key)
    if kind is EntityType.PERSON:
        return _cluster_persons(ordered)
    result = {}
    for form in ordered:
        # An acronym means the same in other articles; "Council" for the Security Council does not.
        counts = {k: n for k, n in form.expansions.items() if f" {form.key} " not in f" {k} "}
        best = max(sorted(counts), key=lambda k: counts[k], default=form.key)
        dominant = counts and counts[best] >= WEIGHTS.dominant * sum(counts.values())
        result[form.key] = best if dominant else form.key
    return result


def _cluster_persons(forms: Sequence[Form]) -> dict[str, str]:
    full = [form for form in forms if len(core(form.key)) > 1]
    same: defaultdict[tuple[tuple[str, ...], str], list[Form]] = defaultdict(list)
    longer: defaultdict[str, list[Form]] = defaultdict(list)
    for form in full:
        words = core(form.key)
        same[words, generation(form.key)].append(form)
        if len(words) > _SHORT:
            for word in dict.fromkeys(words):
                longer[word].append(form)
    owner = {
        form.key: _fullest(form, same[core(form.key), generation(form.key)], longer[core(form.key)[0]])
        for form in full
    }
    for key, top in owner.items():
        while owner[top] != top:
            top = owner[top]  # noqa: PLW2901
        owner[key] = top
    weights: defaultdict[str, int] = defaultdict(int)
    members: defaultdict[str, list[Form]] = defaultdict(list)
    for form in full:
        weights[owner[form.key]] += form.articles
        members[owner[form.key]].append(form)
    canonical = {
        head: max(group, key=lambda f: (f.articles, len(f.key.split()), f.key)).key
        for head, group in members.items()
    }
    result = {key: canonical[head] for key, head in owner.items()}
    for form in forms:
        if form.key not in result:
            which = generation(form.key)
            own = {head: n for head, n in weights.items() if not which or generation(head) == which}
            dominant = [
                head
                for head, n in own.items()
                if n >= WEIGHTS.least_articles and n >= WEIGHTS.dominant * sum(own.values())
            ]
            result[form.key] = canonical[dominant[0]] if dominant else form.key
    first: dict[str, str] = {}
    for key, found in result.items():
        if len(core(key)) == 1 and found == key:
            result[key] = first.setdefault(generation(key), key)
    return result


_SHORT = 2
"""Words of the shortest full name: only a longer one can be a fuller form of another."""


def _fullest(form: Form, same: Sequence[Form], others: Sequence[Form]) -> str:
    """The key of the fullest form of a name in its block; of several that differ the dominant one.

    `same` are the forms of the same words and generation, `others` those that have its first word: a block
    of a common surname is too large for each form to be held against all.
    """
    base = max(same, key=lambda f: (len(f.key.split()), f.key))
    longer = [f for f in others if len(core(f.key)) > len(core(form.key)) and subsumes(f.key, form.key)]
    tops = [
        f
        for f in longer
        if not any(
            g is not f and subsumes(g.key, f.key) and len(core(g.key)) > len(core(f.key)) for g in longer
        )
    ]
    if not tops:
        return base.key
    distinct = {core(f.key) for f in tops}
    if len(distinct) == 1:
        return max(tops, key=lambda f: (len(f.key.split()), f.key)).key
    total = sum(f.articles for f in tops)
    best = max(tops, key=lambda f: (f.articles, f.key))
    return best.key if total and best.articles >= WEIGHTS.dominant * total else base.key
