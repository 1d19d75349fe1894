"""The mentions and quotations of an archive on a server; implements `search.sources.EntitySource`."""

from __future__ import annotations

from collections.abc import Sequence

from seedread_index.catalogue.entities.quotation_store import StoredQuotation
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.articles import ServerArticles
from seedread_index.engines.opensearch.documents import mention_of
from seedread_index.engines.opensearch.entities import ServerEntities
from seedread_index.engines.opensearch.index import Query, SharedIndex
from seedread_index.engines.opensearch.queries import among
from seedread_index.linking.shared_names import Name
from seedread_index.model.article import Mention, Span

_MOST_QUOTED = 10_000
"""Articles, the newest, in which quotations are looked for."""


class ServerMentions(ServerEntities):
    """Entities, and where articles name and quote them; from any thread."""

    by_names = True

    def __init__(self, index: SharedIndex, articles: ServerArticles) -> None:
        super().__init__(index)
        self._articles = articles

    def mentions(self, article: int) -> tuple[Mention, ...]:
        """The mentions in an article, by their place in its text."""
        key = f"{article:016x}"
        found = self._articles.article(key)
        if found is None:
            return ()
        shared = self._articles.names(key).mentions
        entity_of = self.of_names(str(each.name) for each in shared if each.name is not None)
        return tuple(
            mention_of(each, found.text, entity_of.get(str(each.name)) if each.name else None)
            for each in shared
        )

    def quotations(self, article: int) -> list[StoredQuotation]:
        """The quotations of an article in the order of its text."""
        shared = self._articles.names(f"{article:016x}").quotations
        names = {str(name) for q in shared for name in (q.named, q.for_whom, *q.about) if name is not None}
        entity_of = self.of_names(names)
        known = self.stored(list(set(entity_of.values())))

        def entity(name: Name | None) -> str | None:
            return entity_of.get(str(name)) if name is not None else None

        found = []
        for q in shared:
            speaker = entity(q.named)
            about = dict.fromkeys(each for each in map(entity, q.about) if each is not None)
            found.append(
                StoredQuotation(
                    *(q.span, q.kind, q.cue, q.speaker, q.confidence, speaker),
                    known[speaker]["name"] if speaker is not None else None,
                    entity(q.for_whom),
                    tuple(sorted(about, key=lambda each: (-known[each]["mentions"], each))),
                )
            )
        return found

    def quotation_spans(
        self, by: Sequence[str] | None = None, about: Sequence[str] | None = None
    ) -> dict[int, set[Span]]:
        """Where the quotations by some entities and about others stand, in the newest articles that have
        some; None: whoever."""
        filters: list[Query] = []
        if by is not None:
            filters.append(among(layout.SAID, self.names_of(by)))
        if about is not None:
            filters.append(among(layout.ABOUT, self.names_of(about)))
        body = {
            "query": {"bool": {"filter": filters or [{"exists": {"field": layout.SAID}}]}},
            "size": _MOST_QUOTED,
            "sort": [{layout.DAY: "desc"}, {layout.KEY: "asc"}],
            "_source": [f"{layout.ARTICLE}.quotations", f"{layout.ARTICLE}.names"],
        }
        speakers = None if by is None else set(self.names_of(by))
        subjects = None if about is None else set(self.names_of(about))
        found: dict[int, set[Span]] = {}
        for hit in self._index.search(body)["hits"]["hits"]:
            stored = hit["_source"][layout.ARTICLE]
            names = stored["names"]
            for span, *_, named, for_whom, inside in stored["quotations"]:
                who = {names[each] for each in (named, for_whom) if each is not None}
                whom = {names[each] for each in inside}
                if (speakers is None or who & speakers) and (subjects is None or whom & subjects):
                    found.setdefault(int(hit["_id"], 16), set()).add(Span(*span))
        return found

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
