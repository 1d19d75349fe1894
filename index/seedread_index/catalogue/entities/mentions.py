"""Mentions, the raw spans they came from, and the entities they belong to, in the catalogue's database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities import queries, similar_names
from seedread_index.catalogue.entities.quotation_store import QuotationStore, StoredQuotation
from seedread_index.catalogue.entities.schema import among, ensure, present
from seedread_index.catalogue.entities.stored_mentions import StoredMention, encoded, has_left_out, shown
from seedread_index.model.article import EntityType, Mention, Span
from seedread_index.model.entity import CoMention, Entity, EntityCard, Months, by_month

_NOTHING: tuple[str | None, EntityType | None, int] = (None, None, 0)
_AT_ONCE = 500
_MOST_ALIKE = 5
"""Persons of a similar name on a card at most."""


class MentionStore:
    """The mentions and entities of one catalogue; reads from any thread, writes inside its transactions."""

    by_names = False
    """An index on this machine is told which articles have the quotations that are asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._present = False
        self._quotations = QuotationStore(catalogue)
        if catalogue.writable:
            with catalogue.transaction():
                ensure(catalogue.connection())
            self._present = True

    # -- mentions ----------------------------------------------------------------------------------------

    def put(
        self, article: int, mentions: Iterable[Mention], fingerprint: str, *, instead: bool = False
    ) -> None:
        """Store the mentions of an article as found by the engine of that fingerprint; not yet linked.

        What rules found does not take the place of what a model found, unless it is to be `instead` of it.
        """
        data = encoded(StoredMention(m.start, m.end, m.label) for m in mentions)
        self.catalogue.connection().execute(
            "INSERT INTO mention_sets(article, engine, linked, mentions) VALUES(?1, ?2, 0, ?3) "
            "ON CONFLICT(article) DO UPDATE SET engine = excluded.engine, linked = 0, "
            "mentions = excluded.mentions WHERE ?4 OR ?2 NOT LIKE 'rules%' OR engine LIKE 'rules%'",
            (article, fingerprint, data, instead),
        )

    def fingerprint(self, article: int) -> str | None:
        """The fingerprint of the engine that found the mentions of an article; None where none did."""
        row = (
            self.catalogue.connection()
            .execute("SELECT engine FROM mention_sets WHERE article = ?", (article,))
            .fetchone()
        )
        return row[0] if row else None

    def mentions(self, article: int, _of: Collection[str] | None = None) -> tuple[Mention, ...]:
        """The mentions of an article with the ids of their entities; those of hidden entities left out."""
        if not self._ready():
            return ()
        connection = self.catalogue.connection()
        row = connection.execute("SELECT mentions FROM mention_sets WHERE article = ?", (article,)).fetchone()
        found = self.catalogue.by_number([article]) if row else {}
        if article not in found:
            return ()
        text = found[article].text
        entries = shown(row[0])
        entities = self._entities_of_names({each.name for each in entries if each.name is not None})
        result = []
        for start, end, label, name, _ in entries:
            identity, kind, hidden = _NOTHING if name is None else entities.get(name, _NOTHING)
            if not hidden:
                result.append(Mention(start, end, text[start:end], label, identity).of_type(kind))
        return tuple(result)

    def relink(self, article: int, *, without_choices: bool) -> None:
        """Have an article linked again where the user left out some mention, or `without_choices` as well."""
        connection = self.catalogue.connection()
        row = connection.execute("SELECT mentions FROM mention_sets WHERE article = ?", (article,)).fetchone()
        if row and (without_choices or has_left_out(row[0])):
            connection.execute("UPDATE mention_sets SET linked = 0 WHERE article = ?", (article,))

    def annotated(self, *, rules_suffice: bool = False) -> int:
        """How many articles a model has read; where there is none, how many have mentions by rules."""
        if not self._ready():
            return 0
        row = (
            self.catalogue.connection()
            .execute(
                "SELECT count(*) FROM mention_sets WHERE ? OR engine NOT LIKE 'rules%'", (rules_suffice,)
            )
            .fetchone()
        )
        return int(row[0])

    def pending(self, fingerprint: str, *, spare_models: bool = False) -> list[int]:
        """Numbers of the articles whose mentions are not of that fingerprint, newest first, then undated.

        `spare_models` leaves out those that any model has read: rules are no improvement on them.
        """
        rows = self.catalogue.connection().execute(
            "SELECT number FROM articles LEFT JOIN mention_sets ON article = number WHERE engine IS NOT ? "
            "AND (NOT ? OR engine IS NULL OR engine LIKE 'rules%') ORDER BY date DESC, path, id",
            (fingerprint, spare_models),
        )
        return [row[0] for row in rows.fetchall()]

    def model_spans(self, content_hash: str, fingerprint: str) -> list[tuple[int, int, str]] | None:
        """The raw spans that a model gave for a text, None where it has not read it."""
        row = (
            self.catalogue.connection()
            .execute(
                "SELECT spans FROM model_spans WHERE content_hash = ? AND engine = ?",
                (content_hash, fingerprint),
            )
            .fetchone()
        )
        return [(start, end, label) for start, end, label in json.loads(row[0])] if row else None

    def put_model_spans(
        self, content_hash: str, fingerprint: str, spans: Iterable[tuple[int, int, str]]
    ) -> None:
        """Keep the raw spans of a model for a text."""
        self.catalogue.connection().execute(
            "INSERT OR REPLACE INTO model_spans VALUES(?, ?, ?)",
            (content_hash, fingerprint, json.dumps([list(span) for span in spans], separators=(",", ":"))),
        )

    # -- entities ----------------------------------------------------------------------------------------

    def entities(
        self,
        *,
        types: Sequence[EntityType] | None = None,
        filter: str = "",
        sort: str = "count",
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities that articles mention; sort: count, name, first (newest first seen) or rising.

        `types` None means person, place, org and group; `filter` is found inside any alias, folded.
        """
        if not self._ready():
            return []
        return queries.listed(self.catalogue.connection(), types, filter, sort, limit)

    def entity(self, entity_id: str) -> Entity | None:
        """One entity, also by an id that it had before."""
        return queries.one(self.catalogue.connection(), entity_id) if self._ready() else None

    def articles_of(self, entity_ids: Iterable[str]) -> set[int]:
        """Numbers of the articles that mention any of the entities outside boilerplate and credits."""
        return queries.articles_of(self.catalogue.connection(), entity_ids) if self._ready() else set()

    def resolve(self, name: str, types: Sequence[EntityType] | None = None) -> list[str]:
        """Ids of the entities that go by a name, most mentioned first; by a part of it where none has it."""
        return queries.resolve(self.catalogue.connection(), name, types) if self._ready() else []

    def called(self, name: str, types: Sequence[EntityType]) -> list[Entity]:
        """Entities of these types that go by a name in full, most mentioned first."""
        return queries.called(self.catalogue.connection(), name, types) if self._ready() else []

    def months(self, entity_ids: Iterable[str]) -> dict[str, Months]:
        """The dated articles that mention entities, by month, by the ids of the entities."""
        connection = self.catalogue.connection()
        numbers = {each: sorted(self.articles_of([each])) for each in entity_ids}
        select = "SELECT date FROM articles WHERE number"
        return {
            each: by_month(row[0] for row in among(connection, select, articles))
            for each, articles in numbers.items()
        }

    def card(self, entity_id: str) -> EntityCard | None:
        """Everything that an entity's card shows."""
        connection = self.catalogue.connection()
        card = queries.card(connection, entity_id) if self._ready() else None
        if card is None or card.entity.type is not EntityType.PERSON:
            return card
        others = similar_names.spelled_alike(connection, card.entity.id)[:_MOST_ALIKE]
        return replace(card, spelled_alike=tuple(filter(None, map(self.entity, others))))

    def co_mentions(self, entity_id: str, limit: int = 50) -> list[CoMention]:
        """Entities that share articles with one, most first."""
        if not self._ready():
            return []
        return queries.co_mentions(self.catalogue.connection(), entity_id, limit)

    def entities_by_article(self) -> tuple[list[tuple[str, str]], Iterator[tuple[int, Sequence[int]]]]:
        """The entities that are not hidden, each by id and type, and for each article with some of them its
        number and which of these it mentions where it counts, each once; for facets."""
        return queries.by_article(self.catalogue.connection()) if self._ready() else ([], iter(()))

    # -- quotations --------------------------------------------------------------------------------------

    def quotations(self, article: int) -> list[StoredQuotation]:
        """The quotations of an article in the order of its text."""
        return self._quotations.of_article(article)

    def quotation_spans(
        self, by: Sequence[str] | None = None, about: Sequence[str] | None = None
    ) -> dict[int, set[Span]]:
        """Where the quotations stand, by the number of their article, that any of some entities say (or that
        are said for them) and that mention any of others; None: whoever says or is mentioned."""
        connection = self.catalogue.connection()
        numbers = [None if ids is None else queries.numbers_of(connection, ids) for ids in (by, about)]
        found: defaultdict[int, set[Span]] = defaultdict(set)
        for article, start, end in self._quotations.keys(*numbers):
            found[article].add(Span(start, end))
        return found

    def quoted_articles(self) -> set[int]:
        """Numbers of the articles that have quotations."""
        return self._quotations.articles()

    def unquoted(self, rules: int) -> int:
        """How many articles are yet to be read for quotations, by these rules."""
        return self._quotations.count_pending(rules)

    def conflicts(self) -> list[str]:
        """What of the user's corrections does not fit this archive or contradicts itself, in words."""
        return list(json.loads(self.catalogue.meta("mending_conflicts") or "[]"))

    # -- inside ------------------------------------------------------------------------------------------

    def _ready(self) -> bool:
        """Whether the tables are there: a reader may be older than the first write."""
        if not self._present:
            self._present = present(self.catalogue.connection())
        return self._present

    def _entities_of_names(self, numbers: set[int]) -> dict[int, tuple[str | None, EntityType | None, int]]:
        rows: list[tuple[int, str, str, int]] = []
        wanted = sorted(numbers)
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            rows += (
                self.catalogue.connection()
                .execute(
                    "SELECT names.number, entities.id, entities.type, hidden FROM names JOIN entities "
                    f"ON entities.number = names.entity WHERE names.number IN ({','.join('?' * len(chunk))})",
                    chunk,
                )
                .fetchall()
            )
        return {number: (identity, EntityType(kind), hidden) for number, identity, kind, hidden in rows}
