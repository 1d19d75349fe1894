"""The tools that an assistant calls; every text in an answer is the archive's, cleaned when it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import Field

from seedread.analysis.counts import count_by
from seedread.cli.commands.show import locate
from seedread.cli.output import desk_shapes, json_shapes
from seedread.cli.parser import UsageError
from seedread.cli.selection import explain_no_results, period, within
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES, Article, EntityType
from seedread_index.model.entity import FILTER_CHARACTERS, FILTER_WORDS
from seedread_index.model.results import Results, SearchRequest

Answer = dict[str, Any]
Query = Annotated[
    str,
    Field(
        max_length=2000,
        description='Words are joined by AND, in any form; also "exact words", OR, NOT, (…), word*, '
        "person:NAME, place:, org:, said:NAME, about:NAME, source:, title:, date:2020-02, since:, before:. "
        "Empty: every article, newest first.",
    ),
]
Day = Annotated[str, Field(max_length=100, description='A date: 2020, 2020-02, 2020-02-28 or "last week"')]
ArticleName = Annotated[str, Field(max_length=5000, description="The id of an article, or its path")]
EntityName = Annotated[
    str,
    Field(max_length=FILTER_CHARACTERS, description="A name in any known spelling, or the id of one"),
]
Start = Annotated[int, Field(ge=0, description="How many to skip, for the next page")]
_HITS, _ROWS, _CHARACTERS, _PASSAGE = 50, 200, 40_000, 12_000


class ArchiveTools:
    """Questions to one archive. Methods raise SeedreadError, whose words are for the caller."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def status(self) -> Answer:
        """Show how many articles there are, their folders, and when the index last changed."""
        shape = json_shapes.status(self._archive.status())
        kept = ("folders", "articles", "searchable", "annotated", "engine", "changed_at", "files")
        return {"schema": json_shapes.SCHEMA} | {name: shape[name] for name in kept}

    def search(
        self,
        query: Query,
        *,
        limit: Annotated[int, Field(ge=1, le=_HITS)] = 10,
        start: Start = 0,
        snippets: Annotated[int, Field(ge=0, le=5, description="Snippets per article")] = 1,
        sort: Literal["relevance", "date", "title", "path"] = "relevance",
        match: Annotated[Literal["all", "any"], Field(description="Match all words, or any of them")] = "all",
        since: Day = "",
        until: Day = "",
    ) -> Answer:
        """Find articles: id, title, date, source and snippets; near-duplicates are grouped (`variants`).
        `partial` means that time ran out: the articles listed match, but there may be more."""
        first, last = _period(since, until)
        results = self._archive.search(SearchRequest(query, match=match, sort=sort, since=first, until=last))
        ids = results.ids(start, start + limit)
        found = self._archive.hits(results, start, start + len(ids), snippets=snippets)
        shape = json_shapes.results(results, None, [json_shapes.hit(hit) for hit in found])
        return shape | self._reasons(results)

    def count(
        self,
        query: Query,
        by: Annotated[
            Literal["", "year", "month", "day", "source", "author", "lang"], Field(description="Group by")
        ] = "",
        since: Day = "",
        until: Day = "",
    ) -> Answer:
        """Count matching articles, in total or per group; near-duplicates count separately."""
        results = self._search(query, since, until)
        shape: Answer = {
            "schema": json_shapes.SCHEMA,
            "query": results.query,
            "partial": results.partial,
            "articles": results.total,
        }
        if by:
            counts = count_by(self._archive, results.each_id(), by).most_common(_ROWS)
            shape["counts"] = [{by: name, "articles": articles} for name, articles in counts]
        return shape | self._reasons(results)

    def facets(
        self,
        query: Query,
        most: Annotated[int, Field(ge=1, le=_ROWS, description="Values per facet")] = 20,
        since: Day = "",
        until: Day = "",
    ) -> Answer:
        """Count the people, places, organisations, groups, sources, authors, years and languages of all
        articles that match, most frequent first."""
        results = self._search(query, since, until)
        shape = json_shapes.facets(self._archive.facets(results, most), results.query)
        return shape | self._reasons(results)

    def show_article(
        self,
        article: ArticleName,
        start: Annotated[int, Field(ge=0, description="Offset of the first character")] = 0,
        characters: Annotated[int, Field(ge=1, le=_CHARACTERS)] = _PASSAGE,
        mentions: Annotated[bool, Field(description="Also list the names in it, with offsets")] = False,
    ) -> Answer:
        """Show an article: metadata and verbatim text. Offsets count Unicode characters of the whole text.
        `passages` mark headline, byline, body and boilerplate; continue at `next_start`."""
        found = self._article(article)
        end = min(start + characters, len(found.text))
        shape = json_shapes.article(found)
        for name in ("path_hex", *["mentions"] * (not mentions)):
            del shape[name]
        for name in ("passages", *["mentions"] * mentions):
            shape[name] = [each for each in shape[name] if each["start"] < end and each["end"] > start]
        shape["text"] = found.text[start:end]
        return shape | {
            "start": start,
            "end": end,
            "total_characters": len(found.text),
            "next_start": end if end < len(found.text) else None,
        }

    def list_entities(
        self,
        name: Annotated[
            str,
            Field(max_length=FILTER_CHARACTERS, description="Only names and aliases that contain this"),
        ] = "",
        type: Annotated[
            Literal["", "person", "place", "org", "group", "event"], Field(description="Only this type")
        ] = "",
        sort: Literal["count", "name", "first", "last"] = "count",
        limit: Annotated[int, Field(ge=1, le=_ROWS)] = 50,
        start: Start = 0,
    ) -> Answer:
        """List people, places, organisations and groups, those in most articles first."""
        if len(name.split()) > FILTER_WORDS:
            raise UsageError(f"a name has at most {FILTER_WORDS} words", "use fewer")
        found = self._archive.entities(
            types=[EntityType(type)] if type else NAMED_TYPES, filter=name, sort=sort, limit=start + limit + 1
        )
        shapes = [json_shapes.entity(each) for each in found[start : start + limit]]
        more = start + limit if len(found) > start + limit else None
        return {"schema": json_shapes.SCHEMA, "entities": shapes, "next_start": more}

    def entity_card(self, name: EntityName) -> Answer:
        """Show who or what a name is: spellings, articles per month, who it appears with, latest articles."""
        (first, *others) = self._entities(name)
        card = self._archive.card(first)
        if card is None:
            raise UsageError(f"no such name: {safe(name)}", "list_entities finds names")
        also = (self._archive.entity(other) for other in others[:_HITS])
        namesakes = [{"id": each.id, "name": each.name, "type": each.type.value} for each in also if each]
        return desk_shapes.card(card) | {"other_entities_of_that_name": namesakes}

    def quotations(
        self,
        *,
        by: Annotated[
            str, Field(max_length=FILTER_CHARACTERS, description="Only quotations by this name")
        ] = "",
        about: Annotated[
            str, Field(max_length=FILTER_CHARACTERS, description="Only quotations that mention this name")
        ] = "",
        query: Query = "",
        since: Day = "",
        until: Day = "",
        limit: Annotated[int, Field(ge=1, le=_ROWS)] = 20,
        start: Start = 0,
    ) -> Answer:
        """List quotations, verbatim with speaker, article and offsets, newest first."""
        speakers = self._entities(by) if by else None
        subjects = self._entities(about) if about else None
        partial = False
        results: Results | None = None
        if query:
            results = self._search(query, since, until, sort="date")
            partial = results.partial
        allowed = _period(since, until)
        found = (
            each
            for each in self._archive.quotations(results, by=speakers, about=subjects)
            if query or within(each.date, allowed)
        )
        page = list(islice(found, start, start + limit + 1))
        answer: Answer = {
            "schema": json_shapes.SCHEMA,
            "partial": partial,
            "quotes": [desk_shapes.quotation(each) for each in page[:limit]],
            "next_start": start + limit if len(page) > limit else None,
            "articles_not_read_for_quotations": self._archive.unquoted(),
        }
        return answer | (self._reasons(results) if results is not None else {})

    def related_articles(
        self, article: ArticleName, limit: Annotated[int, Field(ge=1, le=_HITS)] = 10
    ) -> Answer:
        """Find articles that share rare words and names with an article; `because` lists what they share."""
        hits = []
        for each in self._archive.related(self._article(article).id, limit):
            because = {"words": list(each.words), "entities": list(each.entities)}
            hits.append(json_shapes.hit(each.hit) | {"because": because})
        return {"schema": json_shapes.SCHEMA, "total": len(hits), "hits": hits}

    def _search(
        self, query: str, since: str, until: str, *, sort: Literal["relevance", "date"] = "relevance"
    ) -> Results:
        first, last = _period(since, until)
        return self._archive.search(SearchRequest(query, sort=sort, group=False, since=first, until=last))

    def _reasons(self, results: Results) -> Answer:
        """Why there are no results, in sentences."""
        return {} if results.total else {"why": list(explain_no_results(self._archive, results))}

    def _article(self, name: str) -> Article:
        found = locate(self._archive, [name])
        if len(found.ids) > 1:
            raise UsageError(f"{safe(name)} contains {len(found.ids):,} articles", "give the id of one")
        article = self._archive.article(found.ids[0]) if found.ids else None
        if article is None:
            raise UsageError(found.missing[0] if found.missing else f"no such article: {safe(name)}")
        return article

    def _entities(self, name: str) -> Sequence[str]:
        """The ids of the entities that a name or id stands for. Raises UsageError where there are none."""
        if (entity := self._archive.entity(name)) is not None:
            return [entity.id]
        if len(name.split()) <= FILTER_WORDS and (found := self._archive.resolve(name)):
            return found
        raise UsageError(f"no such name: {safe(name[:100])}", "list_entities finds names")


def _period(since: str, until: str) -> tuple[dt.date | None, dt.date | None]:
    return period(since or None, until or None, ("since", "until"))
