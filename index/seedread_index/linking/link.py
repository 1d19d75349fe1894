"""Which mentions speak of the same: inside an article, then across the archive in whatever order."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from seedread_index.linking.name_keys import core, fold, generation, person_key, subsumes
from seedread_index.model.article import EntityType, Mention
from seedread_index.ner.gazetteer import gazetteer
from seedread_index.ner.word_lists import words

LINKED = frozenset({EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.GROUP, EntityType.EVENT})
"""Types whose mentions belong to entities."""

DOMINANT = 0.75
"""The share of articles that a full name needs to own its lone surname, an expansion to own its acronym."""

_COMPANY = words("company forms")
_GROUP = _COMPANY | {"group", "holding", "holdings"}
_SMALL = words("small words")


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


@lru_cache(maxsize=100_000)
def entity_id(kind: EntityType, key: str) -> str:
    """The id of the entity that was founded on a key."""
    return hashlib.sha256(f"{kind}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=100_000)
def key_of(kind: EntityType, text: str) -> str:
    """The key of a name: folded; countries, peoples and companies by their one everyday form."""
    key = fold(text)
    book = gazetteer()
    if kind is EntityType.PLACE:
        return fold(book.country_of_name.get(key, "")) or key
    if kind is EntityType.GROUP:
        country = book.country_of_demonym.get(key)
        if country is not None:
            return fold(book.people_of_country[country])
        return book.groups.get(key, key)
    if kind is EntityType.ORG:
        words = key.split()
        while len(words) > 1 and words[-1] in _COMPANY:
            words.pop()
        if len(words) > 1 and words[0] in ("us", "uk", "usa"):
            words[:1] = fold(book.country_of_name[words[0]]).split()
        return " ".join(words)
    if kind is EntityType.PERSON:
        return person_key(text)
    return key


def display_name(kind: EntityType, key: str) -> str | None:
    """The name that a key is shown by whatever the articles write: countries and peoples; None for others."""
    book = gazetteer()
    if kind is EntityType.PLACE:
        return book.country_of_name.get(key)
    if kind is EntityType.GROUP and (country := book.country_of_demonym.get(key)) is not None:
        return book.people_of_country[country]
    return None


def country_of(kind: EntityType, key: str) -> str | None:
    """The key of the country that a group is named after, None where it is of no one country."""
    country = gazetteer().country_of_demonym.get(key) if kind is EntityType.GROUP else None
    return fold(country) if country else None


def heads(
    mentions: Sequence[Mention], apart: Container[tuple[EntityType | None, str]] = ()
) -> list[tuple[Name, Name] | None]:
    """For each mention of an article its own name and the fullest form of it there; None: no entity.

    Spellings in `apart` (type or None, folded) stand for themselves.
    """
    names = [Name(m.type, m.text, key_of(m.type, m.text)) if m.type in LINKED else None for m in mentions]
    persons = _PersonsOfArticle(names)
    expansions = _expansions_of_article(mentions, names)
    result: list[tuple[Name, Name] | None] = []
    for name in names:
        if name is None:
            result.append(None)
        elif apart and ((None, fold(name.text)) in apart or (name.type, fold(name.text)) in apart):
            result.append((name, name))
        elif name.type is EntityType.PERSON:
            result.append((name, persons.head(name)))
        else:
            result.append((name, expansions.get((name.type, name.key), name)))
    return result


class _PersonsOfArticle:
    """The persons whom an article names in full, to find the one a shorter name means."""

    def __init__(self, names: Sequence[Name | None]) -> None:
        full: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        for name in names:
            if name is not None and name.type is EntityType.PERSON and len(core(name.key)) > 1:
                full[core(name.key)[-1]].setdefault(name.key, name)
        self.canonical_name: dict[str, Name] = {}
        self._by_other_name: defaultdict[str, set[Name]] = defaultdict(set)
        for same in full.values():
            for key, name in same.items():
                longer = [n for n in same.values() if n.key != key and subsumes(n.key, key)]
                head = max(longer, key=lambda n: (len(core(n.key)), n.key), default=name)
                self.canonical_name[key] = head
                for word in core(key)[:-1]:
                    self._by_other_name[word].add(head)
        self._by_surname: dict[str, Name] = {}
        fathers = {core(key)[-1] for key in self.canonical_name if not generation(key)}
        for name in names:
            if name is None or name.type is not EntityType.PERSON or name.key not in self.canonical_name:
                continue
            surname, which = core(name.key)[-1], generation(name.key)
            self._by_surname.setdefault(f"{surname} {which}".strip(), self.canonical_name[name.key])
            if surname not in fathers:
                self._by_surname.setdefault(surname, self.canonical_name[name.key])

    def head(self, name: Name) -> Name:
        """The fullest form of a person's name.

        A lone surname is the first person of that name: who comes later is named in full for that reason, and
        a son is called Jr. where his father is named too.
        """
        words = core(name.key)
        if len(words) > 1:
            return self.canonical_name.get(name.key, name)
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


def short_forms(key: str) -> set[str]:
    """What an organisation is called for short: its last words (Council), its name without "Group"."""
    words = key.split()
    forms = {" ".join(words[start:]) for start in range(1, len(words)) if words[start] not in _SMALL}
    return forms | ({words[0]} if all(word in _GROUP for word in words[1:]) else set())


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: two to seven capitals, full stops allowed."""
    letters = text.replace(".", "").replace("&", "")
    return (
        2 <= len(letters) <= 7 and letters.isalpha() and sum(c.isupper() for c in letters) >= len(letters) - 1
    )


def initials(key: str) -> set[str]:
    """The acronyms that a folded name of several words can have: with and without its small words."""
    words = key.split()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)}


def block_of(kind: EntityType, key: str) -> str:
    """The block of a key: only keys of one type and block can be linked across articles."""
    return core(key)[-1] if kind is EntityType.PERSON else key


def cluster(kind: EntityType, forms: Iterable[Form]) -> dict[str, str]:
    """From each key of one block to the key that founds its entity; the order of the forms plays no part."""
    ordered = sorted(forms, key=lambda form: form.key)
    if kind is EntityType.PERSON:
        return _cluster_persons(ordered)
    result = {}
    for form in ordered:
        # An acronym means the same in other articles; "Council" for the Security Council does not.
        counts = {k: n for k, n in form.expansions.items() if f" {form.key} " not in f" {k} "}
        best = max(sorted(counts), key=lambda k: counts[k], default=form.key)
        dominant = counts and counts[best] >= DOMINANT * sum(counts.values())
        result[form.key] = best if dominant else form.key
    return result


def _cluster_persons(forms: Sequence[Form]) -> dict[str, str]:
    full = [form for form in forms if len(core(form.key)) > 1]
    owner = {form.key: _fullest(form, full) for form in full}
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
            dominant = [head for head, n in own.items() if n >= 2 and n >= DOMINANT * sum(own.values())]
            result[form.key] = canonical[dominant[0]] if dominant else form.key
    first: dict[str, str] = {}
    for key, found in result.items():
        if len(core(key)) == 1 and found == key:
            result[key] = first.setdefault(generation(key), key)
    return result


def _fullest(form: Form, full: Sequence[Form]) -> str:
    """The key of the fullest form of a name in its block; of several that differ the dominant one."""
    same = [f for f in full if core(f.key) == core(form.key) and generation(f.key) == generation(form.key)]
    base = max(same, key=lambda f: (len(f.key.split()), f.key))
    longer = [f for f in full if len(core(f.key)) > len(core(form.key)) and subsumes(f.key, form.key)]
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
    return best.key if total and best.articles >= DOMINANT * total else base.key
