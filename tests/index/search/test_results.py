"""What comes back of a search: order, groups, snippets, explanations, facets, completions."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedread_index.engines.rows import BestFirst
from seedread_index.engines.whoosh.snapshot import Snapshot
from seedread_index.model.article import Article, EntityType, Span
from seedread_index.model.entity import Entity
from seedread_index.model.errors import QueryError, SeedreadError
from seedread_index.model.results import Match, Row
from seedread_index.search.assist.did_you_mean import distance

from .conftest import Shelf

Make = Callable[..., Article]
FILLER = "Nothing of note was said about it in the weeks before. " * 12


def test_a_rare_word_outweighs_several_that_nearly_every_article_has(shelf: Shelf, article: Make) -> None:
    between = " ".join(["and"] * 9)
    words = ("ministry", "harbour", "grain", "ships", "minister", "port")
    common = f" {between} ".join(words)
    shelf.put(*(article(f"{number}", common) for number in range(9)))
    shelf.put(article("rare", "saffron" + f" {between}" * 5))
    assert shelf.search(" ".join((*words, "saffron")), match="any").ids()[0] == "rare"


def test_equal_scores_go_to_the_newer_article(shelf: Shelf, article: Make) -> None:
    for identity, date in (("a", "2019-01-01"), ("b", "2020-01-01"), ("c", ""), ("d", "2018-01-01")):
        shelf.put(article(identity, "the harbour opened", date=date))
    assert list(shelf.search("harbour").ids()) == ["b", "a", "d", "c"]


def test_a_word_in_the_headline_counts_for_more(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("body", "Ships left the harbour at noon.", title="A day at sea"),
        article("head", "Ships left the pier at noon, sea.", title="A harbour day"),
    )
    assert list(shelf.search("harbour").ids()) == ["head", "body"]


@pytest.mark.parametrize(("sort", "order"), [("date", "b a c"), ("title", "c b a"), ("path", "a b c")])
def test_results_are_sorted_as_asked(shelf: Shelf, article: Make, sort: str, order: str) -> None:
    shelf.put(
        article("a", "the harbour opened", title="Zebras", date="2019-01-01"),
        article("b", "the harbour", title="“Apples”", date="2020-01-01"),
        article("c", "harbour harbour", title="Ändern"),
    )
    assert list(shelf.search("harbour", sort=sort).ids()) == order.split()


def test_near_duplicates_stand_under_the_best_of_them(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "the harbour opened"), article("b", "the harbour opened today again"))
    shelf.put(article("c", "a harbour elsewhere"))
    shelf.catalogue.representatives = {"b": "a"}
    shelf.catalogue.commits += 1
    results = shelf.search("harbour")
    assert sorted(results.ids()) == ["a", "c"]
    assert results.total == 2
    assert results.variants("a") == ("b",)
    assert shelf.searcher.hits(results, 0, 2)[list(results.ids()).index("a")].variants == ("b",)
    assert list(shelf.search("today").ids()) == ["b"]
    assert shelf.search("harbour", group=False).total == 3


def test_ids_one_after_another_are_those_of_the_list_and_asked_for_some_at_a_time(
    shelf: Shelf, article: Make
) -> None:
    shelf.put(*(article(f"{number:02}", f"harbour {number}") for number in range(30)))
    results = shelf.search("harbour")
    assert list(results.each_id()) == results.ids()

    class Many:
        exact = True

        def __init__(self) -> None:
            self.asked: list[int] = []

        def __len__(self) -> int:
            return 1_000_000

        def rows(self, start: int, stop: int) -> list[Row]:
            self.asked += [start, stop]
            return [Row(str(number)) for number in range(start, stop)]

        def position_of(self, article_id: str) -> int | None:
            return int(article_id)

        def count_among(self, ids: Iterable[str]) -> int:
            return len(set(ids))

    many = Many()
    assert next(replace(results, rows=many).each_id()) == "0"
    assert many.asked[0] == 0 and many.asked[-1] <= 1000


def test_only_the_rows_asked_for_are_made(shelf: Shelf, article: Make) -> None:
    shelf.put(*(article(f"{number:02}", f"harbour {number}") for number in range(30)))
    results = shelf.search("harbour")
    assert [hit.id for hit in shelf.searcher.hits(results, 5, 8)] == list(results.ids()[5:8])
    assert shelf.searcher.hits(results, 40, 50) == []


def test_a_snippet_shows_the_hit_far_into_a_long_paragraph(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", FILLER + "Then the harbour opened. " + FILLER))
    (hit,) = shelf.searcher.hits(shelf.search("harbour"))
    (snippet,) = hit.snippets
    assert snippet.text.startswith("Then the harbour opened.")
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["harbour"]
    assert len(snippet.text) <= 260


def test_a_snippet_shows_more_of_the_words_rather_than_fewer(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour. " + FILLER + "Grain left the harbour. " + FILLER))
    (hit,) = shelf.searcher.hits(shelf.search("harbour grain"))
    assert "Grain left the harbour" in hit.snippets[0].text
    assert hit.hits == 3


def test_a_snippet_of_the_body_leaves_the_headline_out(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Ships left the harbour at noon.", title="A day at sea"))
    (hit,) = shelf.searcher.hits(shelf.search("harbour"))
    assert hit.snippets[0].text == "Ships left the harbour at noon."
    (hit,) = shelf.searcher.hits(shelf.search("sea"))
    assert hit.snippets[0].text.startswith("A day at sea")
    assert hit.snippets[0].marks == (Span(9, 12),)


def test_several_snippets_are_apart_and_in_the_order_of_the_text(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", ("The harbour opened. " + FILLER) * 4))
    (hit,) = shelf.searcher.hits(shelf.search("harbour"), snippets=3)
    assert len(hit.snippets) == 3
    assert all(left.end <= right.start for left, right in zip(hit.snippets, hit.snippets[1:], strict=False))


def test_phrases_and_near_words_are_marked_only_where_they_stand_so(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Grain ships. White ships and grain. Grain of the ships. " + FILLER + "grain"))
    assert shelf.marked('"grain ships"', "a") == ["Grain ships"]
    assert shelf.marked('"grain ships"~2', "a") == ["Grain", "ships", "ships", "grain", "Grain", "ships"]
    assert len(shelf.marked("grain", "a")) == 4


def test_the_places_in_a_title_are_marked_wherever_the_title_is_from(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("a", "Ships.", title="Harbours of Émile Zola, and a harbour"),
        replace(article("b", "The harbour opened."), title="News of the harbour", title_inferred=False),
    )
    shelf.mentions.named = [Entity("e", "Émile Zola", EntityType.PERSON, 1, 1, ())]

    def titles(query: str) -> dict[str, list[str]]:
        hits = shelf.searcher.hits(shelf.search(query))
        return {hit.id: [hit.title[start:end] for start, end in hit.title_marks] for hit in hits}

    assert titles("harbour") == {"a": ["Harbours", "harbour"], "b": ["harbour"]}
    assert titles("emile title:zola") == {"a": ["Émile", "Zola"]}
    assert titles("body:harbour") == {"b": []}
    assert titles("body:ships -grain") == {"a": []}
    assert titles("") == {"a": [], "b": []}
    shelf.mentions.named = [Entity("o", "Ola", EntityType.PERSON, 1, 1, ())]
    shelf.put(article("c", "Ola spoke.", title="Olafs and Ola"))
    assert titles("person:ola")["c"] == ["Ola"]


def test_what_a_query_excludes_is_not_marked(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "harbour grain"))
    assert shelf.marked("harbour -wheat", "a") == ["harbour"]
    assert shelf.marked("harbour OR (grain -wheat)", "a") == ["harbour", "grain"]


def test_marks_keep_within_the_field(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour opened.", title="Harbour news"))
    assert shelf.marked("title:harbour", "a") == ["Harbour"]
    assert shelf.marked("body:harbour", "a") == ["harbour"]
    assert shelf.searcher.matches(shelf.search("harbour", group=False), "a").spans == (
        Span(0, 7),
        Span(18, 25),
    )


def test_boilerplate_is_neither_found_nor_marked_nor_shown(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour opened.", boilerplate="Donate to the harbour fund."))
    assert shelf.marked("harbour", "a") == ["harbour"]
    (hit,) = shelf.searcher.hits(shelf.search("harbour"))
    assert "Donate" not in hit.snippets[0].text
    results = shelf.search("donate")
    assert results.total == 0
    assert shelf.searcher.explain(results).only_in_boilerplate == 1
    assert shelf.found('"opened donate"') == []


def test_few_results_are_explained(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("a", "The harbour and the ministry.", date="2020-01-01"),
        article("b", "The ministry.", date="2019-01-01"),
    )
    explanation = shelf.searcher.explain(shelf.search("ministry harbuor"))
    assert [(count.term, count.articles) for count in explanation.terms] == [("ministry", 2), ("harbuor", 0)]
    assert explanation.suggestions == ("harbour",)
    assert shelf.searcher.explain(shelf.search("ministry date:2018")).hidden_by_filter == 2
    assert shelf.searcher.explain(shelf.search("ministry -harbour")).hidden_by_filter == 1


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("goverment", ("government",)),
        ("covid19", ()),
        ("climatechange", ('"climate change"',)),
        ('"climate chnge"', ('"climate change"',)),
        ('"e mail"', ("email",)),
        ("e-mail", ()),
        ("title:weather", ()),
        ("lang:whether", ()),
        ("weath*", ()),
        ("harbour", ()),
    ],
)
def test_what_was_meant_is_suggested(shelf: Shelf, article: Make, query: str, meant: tuple[str, ...]) -> None:
    text = "The government and governments of COVID-19, climate change, email, weather or whether."
    shelf.put(article("a", text), article("b", text, title="Leather"))
    assert shelf.searcher.explain(shelf.search(query)).suggestions == meant


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("titel:flood", (("titel", "title"),)),
        ("-languag:fr", (("languag", "language"),)),
        ("language:xx title:flood before:2020", ()),
        ("https://example.org/titel noon:12 zebra:x", (("zebra", ""),)),
        ('zebra:"two words" 10:30', (("zebra", ""),)),
    ],
)
def test_a_word_like_a_field_is_told(shelf: Shelf, query: str, fields: tuple[tuple[str, str], ...]) -> None:
    assert shelf.searcher.explain(shelf.search(query)).fields == fields


@pytest.mark.parametrize(
    ("query", "kind", "offered"),
    [
        ("goverment talks", "spelling", "government talks"),
        ('talks (goverment "weather")', "spelling", 'talks (government "weather")'),
        ('"climate chnge" talks', "spelling", '"climate change" talks'),
        ('talks person:"barrack obama"', "spelling", 'talks person:"Barack Obama"'),
        ("titel:talks storm", "field", "title:talks storm"),
        ("storm and talks or weather", "operator", "storm AND talks OR weather"),
        ("donate", "boilerplate", "donate in:boilerplate"),
        ("donate OR -weather", "boilerplate", "donate OR -weather in:boilerplate"),
    ],
)
def test_what_was_meant_is_offered_as_a_query_that_finds_it(
    shelf: Shelf, article: Make, query: str, kind: str, offered: str
) -> None:
    text = "The talks of the government on climate change and the weather; Barack Obama spoke."
    shelf.put(article("a", text, title="Talks by storm", boilerplate="Please donate."))
    shelf.mentions.named = [Entity("e", "Barack Obama", EntityType.PERSON, 1, 1, ("Obama",))]
    results = shelf.search(query)
    offers = [each for each in shelf.searcher.offers(results) if each.kind == kind]
    assert [each.query for each in offers] == [offered]
    assert shelf.found(offered) == ["a"]


def test_nothing_is_offered_beside_a_query_that_is_as_it_should_be(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Harbour or pier, and not: noon."))
    for query in (
        "harbour",
        "harbour AND pier",
        "and harbour",
        "harbour or",
        "not harbour",
        '"pier and not"',
    ):
        assert shelf.searcher.offers(shelf.search(query)) == ()


def test_a_filter_narrows_and_its_brackets_are_its_own(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Harbour grain."), article("b", "Harbour ships."), article("c", "Grain."))
    for query, filter, found in (
        ("harbour", "ships OR wheat", ["b"]),
        ('"harbour', "grain", ["a"]),
        ("", "grain", ["a", "c"]),
        ("grain OR ships", "harbour", ["a", "b"]),
    ):
        assert sorted(shelf.search(query, filter=filter, typing=True).ids()) == found
    said = shelf.search("harbour grain", filter="date:2020-02-01 -ships").explained
    assert said == "harbour, grain, dated 2020-02-01, without ships"


def test_in_boilerplate_finds_what_only_boilerplate_has_and_marks_it_there(
    shelf: Shelf, article: Make
) -> None:
    shelf.put(
        article("a", "The harbour opened.", boilerplate="Please donate to the harbour fund."),
        article("b", "They donate money.", boilerplate="Please donate."),
        article("c", "The harbour."),
    )
    assert shelf.found("donate in:boilerplate") == ["a"]
    assert shelf.marked("donate in:boilerplate", "a") == ["donate"]
    assert shelf.marked('in:boilerplate "harbour fund"', "a") == ["harbour fund"]
    assert shelf.found("in:boilerplate harbour") == []
    assert shelf.found("harbour -(in:boilerplate donate)") == ["c"]
    assert shelf.found("money OR (in:boilerplate donate)") == ["a", "b"]
    results = shelf.search("in:boilerplate please")
    assert results.explained == "please in boilerplate only"
    (hit,) = shelf.searcher.hits(shelf.search("in:boilerplate fund"))
    assert "harbour fund" in hit.snippets[0].text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("in:boilerplate", "needs a word to find"),
        ("in:boilerplate source:post", "needs a word to find"),
        ("donate -in:boilerplate", "needs a word to find"),
        ("donate in:title", "in: takes boilerplate"),
    ],
)
def test_in_boilerplate_that_means_nothing_is_refused_but_not_while_typing(
    shelf: Shelf, article: Make, query: str, message: str
) -> None:
    shelf.put(article("a", "They donate.", source="Post"))
    with pytest.raises(QueryError, match=message):
        shelf.search(query)
    assert shelf.search(query, typing=True).ids() == ["a"]


def test_a_name_that_no_article_has_is_suggested_as_it_is_spelt(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Barack Obama spoke."))
    shelf.mentions.named = [Entity("e", "Barack Obama", EntityType.PERSON, 1, 1, ("Obama",))]
    for query in ('person:"Barak Obama"', "entity:obma", 'grain person:"barrack obama"'):
        assert shelf.searcher.explain(shelf.search(query)).suggestions == ("Barack Obama",)
    assert shelf.searcher.explain(shelf.search("person:nobody")).suggestions == ()


def test_what_is_only_missing_from_boilerplate_is_not_said_to_be_in_it(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour."), article("b", "The ministry.", boilerplate="Please donate."))
    for query, count in (
        ("grain OR -harbour -ministry", 0),
        ("donate -grain", 1),
        ("donate OR -ministry", 1),
    ):
        assert shelf.searcher.explain(shelf.search(query)).only_in_boilerplate == count


def test_words_of_a_phrase_that_go_on_are_marked(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour ministry opened, a harbour minister spoke; harbour ships."))
    assert shelf.marked('"harbour minis*"', "a") == ["harbour ministry", "harbour minister"]
    assert shelf.marked("opened NEAR/0 ministry", "a") == ["ministry", "opened"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("harbour grain", "harbour and grain"),
        ("harbour OR grain", "harbour or grain"),
        ("harbour -grain", "harbour, without grain"),
        ("harbour or grain", 'harbour and "or" and grain'),
        ("harbour -person:nobody", "harbour, does not mention nobody"),
        ("harbour -date:2020-02-01", "harbour, not dated 2020-02-01"),
        ("harbour ships place:nowhere", "harbour, ships, mentions nowhere (no such name)"),
        ('"grain ships"', 'the phrase "grain ships"'),
        ('"grain ships"~3', '"grain ships" with at most 3 words between'),
        ('"grain" NEAR/3 "ships"', '"grain ships" with at most 3 words between'),
        ("harbour (grain OR ships)", "harbour and (grain or ships)"),
        ("date:2020-02", "dated 2020-02-01 to 2020-02-29"),
        ("title:grain lang:fr", "grain in the title, in the language fr"),
        ('author:"ann roe"', 'the phrase "ann roe" among the authors'),
        ("url:bay.example/a?b=1", "bay.example/a?b=1 in the address"),
        ("har*", "words like har*"),
        ("harbour zebra:x", "harbour and zebra:x; unknown field zebra:"),
        ("", ""),
    ],
)
def test_a_query_is_said_in_words(shelf: Shelf, query: str, said: str) -> None:
    assert shelf.search(query).explained == said


def test_names_follow_their_aliases_and_are_marked(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "Mr Erdoğan spoke."), article("b", "President Erdogan met them. Erdogan left."))
    shelf.put(article("c", "Nobody spoke."))
    shelf.mentions.named = [Entity("e", "Erdogan", EntityType.PERSON, 2, 3, ("Erdoğan",))]
    assert shelf.found("person:erdogan") == ["a", "b"]
    assert shelf.marked("person:erdogan", "b") == ["Erdogan", "Erdogan"]
    assert shelf.found("person:erdogan spoke") == ["a"]
    assert shelf.found("place:erdogan") == []


def test_what_is_left_out_completes_as_well(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour."))
    shelf.mentions.named = [Entity("e", "Save the Children (UK)", EntityType.ORG, 1, 1, ())]
    for query in ("-harb", "grain !harb", "+harb"):
        assert [each.text for each in shelf.searcher.complete(query, len(query))] == ["harbour"]
    for query in ("in:", "in:boil", "donate in:bo"):
        assert [each.text for each in shelf.searcher.complete(query, len(query))] == ["boilerplate"]
    (name,) = shelf.searcher.complete("-org:save", 9)
    assert (name.text, name.start, name.end) == ('"Save the Children (UK)"', 5, 9)


def test_names_fields_and_words_complete(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "The harbour and the harbours. Erdogan spoke."))
    shelf.mentions.named = [Entity("e", "Recep Tayyip Erdogan", EntityType.PERSON, 1, 1, ("Erdogan",))]
    texts = [(each.text, each.kind) for each in shelf.searcher.complete("grain har", 9)]
    assert texts == [("harbour", "word"), ("harbours", "word")]
    assert [each.text for each in shelf.searcher.complete("tit", 3)] == ["title:"]
    (name, *_) = shelf.searcher.complete("person:erd", 10)
    assert (name.text, name.start, name.end, name.kind) == ('"Recep Tayyip Erdogan"', 7, 10, "person")
    assert shelf.searcher.complete("grain ", 6) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("source:dai", ['"The Daily"']),
        ("source:", ['"The Daily"', '"of days"']),
        ("grain -source:the", ['"The Daily"']),
        ("site:“the d", ['"The Daily"']),
        ("author:ro", ['"Ann Roe"', '"Roe, Ann"']),
        ("byline:", ['"Ann Roe"', '"Bo Li"', '"Roe, Ann"']),
        ("-author:l", ['"Bo Li"']),
        ("section:bus", ['"World Business"']),
        ("category:", ["World", '"World Business"']),
        ("url:", ['"bay.example"', '"bay.example/world"', '"bay.example/1"', '"bay.example/world/2"']),
        ("url:https://bay.example/w", ['"bay.example/world"', '"bay.example/world/2"']),
        ("url:wor", ['"bay.example/world"', '"bay.example/world/2"']),
        ("lang:", ["fr", "en"]),
        ("language:eng", []),
        ("lang:English", ["en"]),
        ("path:2020", ['"news/2020"', '"news/2020/a.txt"', '"news/2020/b (1).txt"']),
        ("path:ne", ["news", '"news/2020"', '"news/2020/a.txt"', '"news/2020/b (1).txt"']),
        ("path:b", ['"news/2020/b (1).txt"']),
        ("date:", ["2020", "2019"]),
        ("since:2020-", ["2020-05", "2020-01"]),
        ("until:201", ["2019"]),
        ("date:x", []),
    ],
)
def test_what_fields_hold_completes(shelf: Shelf, article: Make, typed: str, offered: list[str]) -> None:
    shelf.put(
        article(
            "a",
            "harbour",
            date="2020-01-01",
            source="The Daily",
            lang="fr",
            path="news/2020/a.txt",
            author="Ann Roe and Bo Li",
            url="https://bay.example/1",
            section="World",
        ),
        article(
            "b",
            "harbour",
            date="2020-05-01",
            source="The Daily",
            path="news/2020/b (1).txt",
            author="Ann Roe",
            url="https://bay.example/world/2",
            section="World Business",
        ),
        article("c", "harbour", date="2019-05-01", source="“of days”", lang="fr", author="Roe, Ann"),
    )
    found = shelf.searcher.complete(typed, len(typed))
    assert [each.text.replace(" of days ", "of days") for each in found] == offered
    for each in found:
        query = f"{typed[: each.start]}{each.text}".replace("grain -", "")
        assert shelf.search(query, group=False).total >= each.articles > 0


def test_values_offered_follow_the_archive(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "harbour", lang="fr"))
    assert [each.text for each in shelf.searcher.complete("lang:", 5)] == ["fr"]
    shelf.put(article("b", "harbour", lang="en"))
    assert {each.text for each in shelf.searcher.complete("lang:", 5)} == {"fr", "en"}


def test_a_facet_whose_name_has_quotes_narrows_to_it(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "harbour", source='The “Daily" Post'), article("b", "harbour"))
    (facet,) = shelf.searcher.facets(shelf.search("harbour")).sources
    assert shelf.found(f"harbour {facet.query}") == ["a"]


def test_facets_count_what_was_found(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("a", "harbour", date="2020-01-01", source="The Daily", lang="en"),
        article("b", "harbour", date="2020-05-01", source="The Daily", lang="fr", author="Ann Roe, Bo Li"),
        article("c", "harbour", date="2019-05-01", lang="fr", author="Bo Li"),
        article("d", "elsewhere", date="2018-05-01"),
    )
    facets = shelf.searcher.facets(shelf.search("harbour"))
    assert [(each.label, each.articles) for each in facets.years] == [("2020", 2), ("2019", 1)]
    assert [(each.label, each.articles, each.query) for each in facets.sources] == [
        ("The Daily", 2, 'source:"The Daily"')
    ]
    assert [(each.label, each.articles) for each in facets.languages] == [("fr", 2), ("en", 1)]
    assert [(each.label, each.articles, each.query) for each in facets.authors] == [
        ("Bo Li", 2, 'author:"Bo Li"'),
        ("Ann Roe", 1, 'author:"Ann Roe"'),
    ]
    for facet in (*facets.years, *facets.sources, *facets.authors, *facets.languages):
        assert len(shelf.found(f"harbour {facet.query}")) == facet.articles


def test_a_search_that_runs_while_all_is_closed_leaves_no_file_open(
    shelf: Shelf, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(article("a", "harbour"))
    opened: list[Snapshot] = []
    snapshot = shelf.fulltext.snapshot

    def close_first() -> Snapshot:
        shelf.searcher.close()
        opened.append(snapshot())
        return opened[-1]

    monkeypatch.setattr(shelf.fulltext, "snapshot", close_first)
    assert shelf.found("harbour") == ["a"]
    assert [each._reader.is_closed for each in opened] == [True]


def test_results_outlive_the_commit_that_they_came_from(shelf: Shelf, article: Make) -> None:
    shelf.put(article("a", "harbour"), article("b", "harbour too"))
    results = shelf.search("harbour")
    shelf.drop("a")
    assert [hit.id for hit in shelf.searcher.hits(results)] == ["b"]
    assert shelf.found("harbour") == ["b"]


def test_many_threads_search_while_articles_come(shelf: Shelf, article: Make) -> None:
    shelf.put(*(article(f"{number:02}", f"harbour grain number{number}") for number in range(10)))
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        last = 0
        while not done.is_set():
            try:
                found = shelf.search('harbour "harbour grain"')
                shelf.searcher.hits(found, 0, 3)
            except (SeedreadError, OSError, ValueError, LookupError, RuntimeError) as error:
                wrong.append(error)
                return
            if found.total < last or len(set(found.ids())) != found.total:
                wrong.append(found.total)
            last = found.total

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10, 30):
        shelf.put(article(f"{number:02}", f"harbour grain number{number}"))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(shelf.found("harbour")) == 30


@pytest.mark.parametrize(
    ("left", "right", "away"),
    [
        ("grain", "grain", 0),
        ("grain", "grian", 1),
        ("grain", "gran", 1),
        ("ab", "ba", 1),
        ("abc", "ca", 3),
        ("a", "xyz", 3),
    ],
)
def test_mistakes_are_counted_and_a_swap_is_one(left: str, right: str, away: int) -> None:
    assert min(distance(left, right, 3), 3) == away


@pytest.mark.parametrize("query", ["", "harbour", "harbour opened", "harbour OR pier"])
@pytest.mark.parametrize("match", ["all", "any"])
def test_a_period_counts_before_rows_are_counted_and_grouped(
    shelf: Shelf, article: Make, query: str, match: Match
) -> None:
    for identity, date in (("a", "2019-06-01"), ("b", "2020-01-01"), ("c", "2020-02-01"), ("d", "")):
        shelf.put(article(identity, "the harbour opened", date=date))
    shelf.catalogue.representatives = {"b": "a", "c": "a"}
    shelf.catalogue.commits += 1
    first, last = dt.date(2020, 1, 1), dt.date(2020, 1, 31)
    assert shelf.found(query, match=match, since=first, group=False) == ["b", "c"]
    assert shelf.found(query, match=match, until=last, group=False) == ["a", "b"]
    results = shelf.search(query, match=match, since=first, until=last)
    assert (results.ids(), results.total, results.variants("b")) == (["b"], 1, ())
    assert results.explained.endswith("dated 2020-01-01 to 2020-01-31")
    assert shelf.searcher.explain(results).hidden_by_filter == (3 if query else 0)


@given(
    st.lists(st.integers(0, 9).map(float), max_size=1500), st.integers(-1600, 1600), st.integers(-1600, 1600)
)
def test_rows_are_in_order_wherever_they_are_looked_at(values: list[float], at: int, until: int) -> None:
    scores = dict(enumerate(values))
    order = sorted(scores, key=lambda rank: (-scores[rank], rank))
    assert BestFirst(scores)[at:until] == order[at:until]
    assert BestFirst(scores)[::-3] == order[::-3]
    assert list(BestFirst(scores)) == order
    if -len(order) <= at < len(order):
        assert BestFirst(scores)[at] == order[at]


def test_a_snippet_has_one_blank_for_the_white_space_of_wrapped_lines(shelf: Shelf, article: Make) -> None:
    text = "Boats left\n    the   harbour\n\t for users of    the\u00a0 pier."
    shelf.put(article("a", text))
    (hit,) = shelf.searcher.hits(shelf.search('"the harbour"'))
    (snippet,) = hit.snippets
    assert snippet.text == "Boats left the harbour for users of the pier."
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["the harbour"]
    assert text[snippet.start : snippet.end] == text
