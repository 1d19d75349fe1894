"""Entities as a server keeps them, made of the names that linking put together and corrections moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.index import Query
from seedread_index.engines.opensearch.layout import HEADS, USES
from seedread_index.engines.opensearch.queries import among, constant
from seedread_index.linking import keys
from seedread_index.linking.name_sets import Founded, Key, NameSet, Part, Spelled, founded_on
from seedread_index.linking.shared_names import Name, Use
from seedread_index.model.article import EntityType
from seedread_index.model.entity import fold_name

PARTS = "parts"
"""Spellings of names whose other spellings are of other entities: name, spelling, key, most in an article."""
HIDDEN = "hidden"
"""Whether an entity is left out of lists and highlights; its names stay its own."""
SPELLED = "spelled"
"""How its names are spelled, by name: spelling, key, mentions, most in an article; for who corrects them."""
RECENT_DAYS = 30
"""Days before the newest article in which what is on the rise is counted."""
_LOOKS, _AT_ONCE = 20_000_000, 200
"""Articles times entities that the server looks at for one request, and entities, at most."""
_LEAST_MOST = 20
"""How often at least an article of tomorrow may have a spelling and be counted."""

Counted = TypeVar("Counted", bound=Hashable)
Stored = Mapping[str, Any]
"""An entity as it is given back."""
Shown = Callable[[str], str | None]
"""The name of an entity by its id; None where no article mentions it."""


@dataclass(slots=True)
class Form:
    """What the archive has of a name: articles with it at all and where it counts, first and last day."""

    name: Name
    articles: int = 0
    counted: int = 0
    recent: int = 0
    first: int | None = None
    last: int | None = None
    spellings: Counter[Spelled] = field(default_factory=Counter)
    """Mentions by spelling."""
    most: dict[Spelled, int] = field(default_factory=dict)
    """Mentions by spelling in the article that has most of them."""

    def add(self, use: Use, articles: int) -> None:
        """Take in that so many articles use a spelling in a way."""
        spelled = Spelled(use.text, use.key)
        self._add(spelled, use.counted * articles, use.counted)

    def take_in(self, stored: Iterable[Sequence[Any]]) -> None:
        """Take in spellings as an entity is stored with them."""
        for text, key, mentions, most in stored:
            self._add(Spelled(text, key), mentions, most)

    def _add(self, spelled: Spelled, mentions: int, most: int) -> None:
        self.spellings[spelled] += mentions
        self.most[spelled] = max(self.most.get(spelled, 0), most)


@dataclass(frozen=True, slots=True)
class Tally:
    """In how many articles an entity is mentioned where it counts, the recent ones, first and last day."""

    articles: int = 0
    recent: int = 0
    first: int | None = None
    last: int | None = None


Forms = Mapping[Name, Form]


def spellings_of(names: NameSet, forms: Forms) -> Counter[Spelled]:
    """How often each spelling stands for an entity with these names."""
    found: Counter[Spelled] = Counter()
    for name in names.names:
        found.update(forms[name].spellings)
    for part in names.parts:
        found[part.spelled] += forms[part.name].spellings[part.spelled]
    return found


def shown_name(founded: Key, spellings: Counter[Spelled]) -> str:
    """The name that an entity is shown by: of countries and peoples a fixed one, of others the commonest
    spelling of the key that it was founded on."""
    ranks = [
        (spelled.key == founded[1], count, spelled.text != spelled.text.upper(), spelled.text)
        for spelled, count in spellings.items()
    ]
    fixed = keys.display_name(EntityType(founded[0]), founded[1])
    return fixed or max(ranks, default=(False, 0, False, founded[1]))[3]


def founded_as(stored: Stored) -> Founded:
    """A stored entity before it is corrected."""
    kind, names = EntityType(stored["type"]), names_in(stored)
    every = (*names.names, *(Name(p.name.type, p.name.block, p.spelled.key) for p in names.parts))
    key = founded_on(stored["id"], kind, stored["name"], every)
    return Founded(stored["id"], key, stored["name"], stored["mentions"])


def as_asked(names: NameSet, forms: Forms) -> dict[str, Any]:
    """The names of an entity as it is stored with them."""
    return {
        HEADS: sorted(map(str, names.names)),
        PARTS: sorted(_part(part, forms[part.name]) for part in names.parts),
    }


def stored_entity(
    founded: Founded, names: NameSet, forms: Forms, tally: Tally, *, shown: Shown, hidden: bool = False
) -> dict[str, Any]:
    """An entity as it is given back; `shown` names the country of a people."""
    kind, key = EntityType(founded.founded_on[0]), founded.founded_on[1]
    spellings = spellings_of(names, forms)
    shares: Counter[str] = Counter()
    for spelled, count in spellings.items():
        shares[spelled.text] += count
    related = []
    if country := keys.country_of(kind, key):
        place = keys.entity_id(EntityType.PLACE, country)
        related = [[place, "demonym", name] for name in [shown(place)] if name]
    return {
        "id": founded.id,
        "name": shown_name(founded.founded_on, spellings) if spellings else founded.shown,
        "type": kind.value,
        "articles": tally.articles,
        "mentions": sum(shares.values()),
        "first": tally.first,
        "last": tally.last,
        "shares": sorted(shares.items(), key=lambda each: (-each[1], each[0])),
        "related": related,
        **({HIDDEN: True} if hidden else {}),
        **as_asked(names, forms),
    }


def _part(part: Part, form: Form) -> list[Any]:
    return [str(part.name), *part.spelled, form.most.get(part.spelled, 0)]


def spelled_as(names: NameSet, forms: Forms) -> dict[str, list[list[Any]]]:
    """The spellings of the names of an entity as it is stored with them."""
    own = {name: list(forms[name].spellings) for name in names.names}
    for part in names.parts:
        own.setdefault(part.name, []).append(part.spelled)
    return {
        str(name): [[*each, forms[name].spellings[each], forms[name].most.get(each, 0)] for each in spellings]
        for name, spellings in own.items()
    }


def entity_document(
    stored: dict[str, Any], rising: float, run: str = "", spelled: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The document of an entity: what it is found by, and what is given back; a hidden one is not found."""
    spellings = {fold_name(text) for text, _ in stored["shares"]} | {fold_name(stored["name"])}
    return {
        **{name: stored[name] for name in ("id", "type", "name", "articles", "first", "last")},
        "mentions": 0 if stored.get(HIDDEN) else stored["mentions"],
        HEADS: names_of(stored),
        "folded": fold_name(stored["name"]),
        "spellings": sorted(layout.keyword(each) for each in spellings),
        "rising": rising,
        "run": run,
        "entity": stored,
        **({SPELLED: spelled} if spelled else {}),
    }


def names_in(stored: Stored) -> NameSet:
    """The names of a stored entity."""
    parts = (Part(Name.parse(each[0]), Spelled(*each[1:3])) for each in stored.get(PARTS, ()))
    return NameSet(frozenset(map(Name.parse, stored[HEADS])), frozenset(parts))


def names_of(stored: Stored) -> list[str]:
    """The names that a stored entity has, as a whole or a spelling of."""
    return [*stored[HEADS], *dict.fromkeys(part[0] for part in stored.get(PARTS, ()))]


class Owners:
    """Which entities some names are of."""

    def __init__(self) -> None:
        self.whole: dict[str, str] = {}
        self.parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """The entities of names of which spellings are of several, by spelling."""

    def add(self, identity: str, stored: Stored, among: Set[str]) -> None:
        """Take in the names of an entity, as far as they are among some."""
        self.whole |= {each: identity for each in stored[HEADS] if each in among}
        for name, text, *_ in stored.get(PARTS, ()):
            if name in among:
                self.parts[name][text] = identity

    def of(self, name: Name | None, text: str) -> str | None:
        """The entity that a spelling of a name means; None where that is not linked yet."""
        if name is None:
            return None
        return self.whole.get(str(name)) or self.parts.get(str(name), {}).get(" ".join(text.split()))

    def every(self, name: str) -> set[str]:
        """The entities that a name may mean."""
        return {self.whole[name]} if name in self.whole else set(self.parts.get(name, {}).values())


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Entities in the place of those that the server has by these ids."""

    documents: Mapping[str, Mapping[str, Any]]
    """As the server keeps entities, those included that no name is left of."""
    names: frozenset[str] = frozenset()
    """The names as articles keep them that are of these entities, or a spelling of which is."""
    problems: tuple[str, ...] = ()
    holders: Mapping[str, Sequence[Stored]] = field(default_factory=dict)
    """The entities by the names that they have, or have a spelling of."""

    @classmethod
    def of(
        cls, documents: Mapping[str, Mapping[str, Any]], names: frozenset[str], problems: tuple[str, ...]
    ) -> Self:
        """An overlay of documents."""
        holders: defaultdict[str, list[Stored]] = defaultdict(list)
        for each in documents.values():
            for name in each[HEADS]:
                holders[name].append(each["entity"])
        return cls(documents, names, problems, holders)

    def stored(self) -> Iterator[Stored]:
        """The entities."""
        return (each["entity"] for each in self.documents.values())

    def having(self, names: Iterable[str]) -> Iterator[Stored]:
        """The entities that have any of some names, or a spelling of it."""
        found = {each["id"]: each for name in names for each in self.holders.get(name, ())}
        return iter(found.values())


def mentioning(entities: Iterable[Stored]) -> Query:
    """The articles that mention any of some entities where it counts, worth nothing."""
    names: dict[str, None] = {}
    uses: dict[str, None] = {}
    for stored in entities:
        names |= dict.fromkeys(stored[HEADS])
        for name, text, key, most in stored.get(PARTS, ()):
            counts = range(1, max(most, _LEAST_MOST) + 1)
            of_name = Name.parse(name)
            uses |= dict.fromkeys(layout.keyword(str(Use(of_name, text, key, each))) for each in counts)
    if not uses:
        return among(HEADS, list(names))
    either = [{"terms": {field: list(values)}} for field, values in ((HEADS, names), (USES, uses)) if values]
    return constant({"bool": {"should": either, "minimum_should_match": 1}})


def tallied(filters: Mapping[str, Query], recent: Query) -> Query:
    """The aggregation of the articles of entities, from the query of each and that of recent articles."""
    days = {each: {each: {"field": layout.DAY}} for each in ("min", "max")}
    dated = {"filter": {"range": {layout.DAY: {"gt": 0}}}, "aggs": days}
    return {"filters": {"filters": dict(filters)}, "aggs": {"dated": dated, "recent": {"filter": recent}}}


def together(mentions: Mapping[Counted, int]) -> Iterator[list[Counted]]:
    """What is counted by one request each, from how often it is mentioned: the server looks at each article
    of any of them for each of them, so what is in many articles goes with few others."""
    batch: list[Counted] = []
    articles = 0
    for each in sorted(mentions, key=mentions.__getitem__, reverse=True):
        articles += mentions[each]
        if batch and ((len(batch) + 1) * articles > _LOOKS or len(batch) == _AT_ONCE):
            yield batch
            batch, articles = [], mentions[each]
        batch.append(each)
    if batch:
        yield batch


def tally(bucket: Mapping[str, Any]) -> Tally:
    """What the server answers to `tallied` for one entity."""
    first, last = (bucket["dated"][each]["value"] for each in ("min", "max"))
    return Tally(
        int(bucket["doc_count"]),
        int(bucket["recent"]["doc_count"]),
        None if first is None else int(first),
        None if last is None else int(last),
    )
