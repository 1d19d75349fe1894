"""The mentions and quotations of a shared archive; implements `search.sources.EntitySource`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from seedread_index.catalogue.entities.quotation_store import StoredQuotation
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.articles import ServerArticles
from seedread_index.engines.opensearch.documents import article_of, mention_of, names_of
from seedread_index.engines.opensearch.entities.cards import ServerCards
from seedread_index.engines.opensearch.entities.document import HIDDEN, PARTS, Owners, Stored
from seedread_index.engines.opensearch.entities.document import names_of as names_of_entity
from seedread_index.engines.opensearch.entities.overlay import OwnCorrections
from seedread_index.engines.opensearch.index import Query, SharedIndex
from seedread_index.engines.opensearch.queries import among
from seedread_index.linking.shared_names import Name, SharedMention, SharedQuotation
from seedread_index.model.article import EntityType, Mention, Span

_MOST_QUOTED = 10_000
"""Articles, the newest, in which quotations are looked for."""
_PREPARED = 200
_TEXTS = 500
"""Articles whose texts are fetched at once to see how those who are quoted are spelled."""


class ServerMentions(ServerCards):
    """Entities, and where articles name and quote them; from any thread."""

    by_names = True

    def __init__(
        self, index: SharedIndex, articles: ServerArticles, corrections: OwnCorrections | None = None
    ) -> None:
        super().__init__(index, corrections)
        self._articles = articles

    def mentions(self, article: int, of: Collection[str] | None = None) -> tuple[Mention, ...]:
        """The mentions in an article, by their place in its text; those of hidden entities left out.

        With `of` only whether they are of these entities is told, for which no others are asked for.
        """
        key = f"{article:016x}"
        found = self._articles.article(key)
        if found is None:
            return ()
        text, shared = found.flowing_text, self._articles.names(key).mentions
        names = {str(each.name) for each in shared if each.name is not None}
        owners = Owners() if of is not None else self.owners(names)
        for stored in self.stored(list(of or ())).values():
            owners.add(stored["id"], stored, names)
        entities = [owners.of(each.name, text[each.start : each.end]) for each in shared]
        known = self.stored([each for each in dict.fromkeys(entities) if each is not None])
        mentions = []
        for each, entity in zip(shared, entities, strict=True):
            meant = known.get(entity) if entity is not None else None
            if meant is None:
                mentions.append(mention_of(each, found.text, None, None))
            elif not meant.get(HIDDEN):
                mentions.append(mention_of(each, found.text, entity, EntityType(meant["type"])))
        return tuple(mentions)

    def prepare(self, ids: Sequence[str]) -> None:
        """Fetch whom the first of some articles mention, with few requests for all of them."""
        stored = self._articles.stored(ids[:_PREPARED]).values() if len(ids) > 1 else ()
        self.owners({name for each in stored for name in each["names"]})

    def quotations(self, article: int) -> list[StoredQuotation]:
        """The quotations of an article in the order of its text."""
        stored = self._articles.stored([f"{article:016x}"]).get(f"{article:016x}")
        if stored is None:
            return []
        quoted = _Quoted(stored, self.owners(stored["names"]))
        found = [(q, quoted.speakers(q), quoted.subjects(q)) for q in quoted.names.quotations]
        ids = {each for _, speakers, subjects in found for each in (*speakers, *subjects) if each is not None}
        stored_entities = self.stored(sorted(ids))
        known = {each: entity for each, entity in stored_entities.items() if not entity.get(HIDDEN)}
        quotations = []
        for q, speakers, subjects in found:
            speaker, for_whom = (each if each in known else None for each in speakers)
            quotations.append(
                StoredQuotation(
                    *(q.span, q.kind, q.cue, q.speaker, q.confidence, speaker),
                    known[speaker]["name"] if speaker is not None else None,
                    for_whom,
                    tuple(sorted(subjects & known.keys(), key=lambda each: (-known[each]["mentions"], each))),
                )
            )
        return quotations

    def quotation_spans(
        self, by: Sequence[str] | None = None, about: Sequence[str] | None = None
    ) -> dict[int, set[Span]]:
        """Where the quotations by some entities and about others stand, in the newest articles that have
        some; None: whoever."""
        asked = [None if ids is None else self.stored(ids) for ids in (by, about)]
        filters: list[Query] = []
        for field, entities in zip((layout.SAID, layout.ABOUT), asked, strict=True):
            if entities is not None:
                names = [name for each in entities.values() for name in names_of_entity(each)]
                filters.append(among(field, names))
        query: Query = {"bool": {"filter": filters or [{"exists": {"field": layout.SAID}}]}}
        speakers, subjects = asked
        found: dict[int, set[Span]] = {}
        divided = any(each.get(PARTS) for entities in asked for each in (entities or {}).values())
        for key, stored in self._newest(query, texts=divided):
            owners = Owners()
            for each in (*(speakers or {}).values(), *(subjects or {}).values()):
                owners.add(each["id"], each, frozenset(stored["names"]))
            quoted = _Quoted(stored, owners)
            for q in quoted.names.quotations:
                if (speakers is None or speakers.keys() & set(quoted.speakers(q))) and (
                    subjects is None or subjects.keys() & quoted.subjects(q)
                ):
                    found.setdefault(int(key, 16), set()).add(q.span)
        return found

    def quoted(self, field: str, entity_ids: Sequence[str]) -> Query:
        """The query of the articles with quotations by (`said`) or about some entities."""
        entities = self.stored(entity_ids)
        if any(each.get(PARTS) for each in entities.values()):
            ids = list(entities)
            spans = self.quotation_spans(ids) if field == "said" else self.quotation_spans(about=ids)
            return among(layout.KEY, [f"{article:016x}" for article in spans])
        names = [name for each in entities.values() for name in names_of_entity(each)]
        return among(layout.SAID if field == "said" else layout.ABOUT, names)

    def quoted_articles(self) -> set[int]:
        """Numbers of the newest articles that have quotations."""
        return set(self.quotation_spans())

    def unquoted(self, _rules: int) -> int:
        """How many articles are yet to be read for quotations: indexers publish what they have read."""
        return 0

    def annotated(self) -> int:
        """How many articles have names."""
        body = {"query": {"exists": {"field": layout.FORMS}}, "size": 0, "track_total_hits": True}
        return int(self._index.search(body)["hits"]["total"]["value"])

    def _newest(self, query: Query, *, texts: bool) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What is stored of the newest articles that match a query: names, and texts if wanted."""
        fields = ("quotations", "names")
        body: Query = {
            "query": query,
            "size": _TEXTS if texts else _MOST_QUOTED,
            "sort": [{layout.DAY: "desc"}, {layout.KEY: "asc"}],
            "_source": [f"{layout.ARTICLE}.{'*' if texts else each}" for each in fields],
        }
        for _ in range(0, _MOST_QUOTED, body["size"]):
            hits = self._index.search(body)["hits"]["hits"]
            for hit in hits:
                yield hit["_id"], {"mentions": [], **hit["_source"][layout.ARTICLE]}
            if len(hits) < body["size"]:
                return
            body["search_after"] = hits[-1]["sort"]


class _Quoted:
    """Who is quoted and spoken of in one article, where a name of which spellings are of several entities
    means the one that the spelling there is of."""

    def __init__(self, stored: Stored, owners: Owners) -> None:
        self.names = names_of(stored)
        self._owners = owners
        divided = any(name in owners.parts for name in stored["names"])
        self._text = article_of("", stored).flowing_text if divided and "text" in stored else ""

    def speakers(self, quotation: SharedQuotation) -> tuple[str | None, str | None]:
        """The entities that say it, and for which it is said."""
        at = quotation.speaker or quotation.span
        return self._entity(quotation.named, at), self._entity(quotation.for_whom, at)

    def subjects(self, quotation: SharedQuotation) -> set[str]:
        """The entities that are mentioned in it."""
        found = {self._owners.of(name, "") for name in quotation.about if str(name) not in self._owners.parts}
        inside = (m for m in self.names.mentions if quotation.span.start <= m.start < quotation.span.end)
        found |= {self._owners.of(m.name, self._spelled(m)) for m in inside if m.name in quotation.about}
        return {each for each in found if each is not None}

    def _entity(self, name: Name | None, at: Span) -> str | None:
        """The entity of a name that is meant at a place: as it is spelled there, else last before it."""
        if name is None or str(name) not in self._owners.parts:
            return self._owners.of(name, "")
        spelled = [each for each in self.names.mentions if each.name == name]
        here = [each for each in spelled if at.start <= each.start < at.end]
        before = [each for each in spelled if each.start < at.start][-1:]
        nearest = here or before or spelled
        return self._owners.of(name, self._spelled(nearest[0])) if nearest else None

    def _spelled(self, mention: SharedMention) -> str:
        return self._text[mention.start : mention.end]
