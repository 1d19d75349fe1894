"""The query language: what people write, what they get wrong, and what is thrown at it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seedread_index.engines.document import document_of
from seedread_index.engines.whoosh.fulltext import open_fulltext
from seedread_index.model.article import Article, EntityType
from seedread_index.model.entity import Entity
from seedread_index.model.errors import QueryError
from seedread_index.search.opened import LocalIndex
from seedread_index.search.query.parser import parse
from seedread_index.search.query.periods import parse_period
from seedread_index.search.searcher import Searcher

from .conftest import MemoryCatalogue, MemoryMentions, Shelf, an_article

TODAY = dt.date(2020, 3, 4)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Some articles to ask; they are not changed."""
    articles = [
        an_article(
            "ports", "The harbour opened. Grain ships left the harbour for the ministry.", title="Ports"
        ),
        an_article("grain", "A ministry of grain. The minister spoke of white ships.", date="2020-02-28"),
        an_article(
            "code", "They write C++ and C# at AT&T, said O'Brien of the U.S. office: 3.14 or 1,000,000."
        ),
        an_article("news", "A quoted phrase, and other news of June.", source="The Daily Post", lang="fr"),
        an_article(
            "signed",
            "Boats came.",
            author="Chloé O’Dell, Sam Roe and Ann Wu",
            section="World News, Co-operation",
            url="https://www.a.bay.example.org/world/2021/05/%C3%A9t%C3%A9-la_mer.html?page=2&q=x",
        ),
        an_article("boil", "Plain words here.", boilerplate="Please donate to our newsletter."),
        an_article("erdo", "President Erdoğan met Recep Tayyip Erdogan's ministers.", date="2019-12-31"),
    ]
    catalogue = MemoryCatalogue({article.id: article for article in articles}, commits=1)
    named = [
        Entity("e1", "Recep Tayyip Erdogan", EntityType.PERSON, 1, 2, ("Erdoğan",)),
        Entity("e2", "Ministry", EntityType.ORG, 1, 1, ("ministry",)),
    ]
    mentions = MemoryMentions(catalogue, named)
    fulltext = open_fulltext(tmp_path_factory.mktemp("library") / "fulltext", writable=True)
    fulltext.apply(map(document_of, articles))
    fulltext.commit()
    searcher = Searcher(catalogue, mentions, LocalIndex(catalogue, mentions, fulltext), lambda: 0.0)
    yield Shelf(catalogue, mentions, fulltext, searcher)
    searcher.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", "ports"),
        ("HARBOUR", "ports"),
        ("ministry grain", "grain ports"),
        ("ministry AND minister", "grain"),
        ("harbour OR minister", "erdo grain ports"),
        ("grain -harbour", "grain"),
        ("grain NOT harbour", "grain"),
        ("NOT grain", "boil code erdo news signed"),
        ("grain (harbour OR spoke)", "grain ports"),
        ("harbour OR minister spoke", "grain"),
        ("harbour AND opened OR minister AND spoke", "grain ports"),
        ("and", "code news"),
        ("not", ""),
        ('"grain ships"', "ports"),
        ('"ships grain"', ""),
        ('"ministry ships"~5', "ports"),
        ('"ministry ships"~1', ""),
        ('"ships ministry"~7', "grain ports"),
        ('-"grain ships" grain', "grain"),
        ("mini*", "erdo grain ports"),
        ("m?nistry", None),
        ("mi?istry", "grain ports"),
        ("harbuor~", "ports"),
        ("minsitry~", "grain ports"),
        ("mnstry~2", "grain ports"),
        ("title:ports", "ports"),
        ("title:harbour", ""),
        ("body:ports", ""),
        ("body:harbour", "ports"),
        ("title:(ports OR code)", "ports"),
        ("source:post", "news"),
        ('source:"daily post"', "news"),
        ("author:chloe", "signed"),
        ("AUTHOR:ROE boats", "signed"),
        ('byline:"sam roe"', "signed"),
        ('author:"roe sam"', ""),
        ("author:o'dell", "signed"),
        ("author:odell", "signed"),
        ("source:daily-post", "news"),
        ("author:(wu OR nobody)", "signed"),
        ("author:chl*", "signed"),
        ("url:example*", "signed"),
        ("boats -author:wu", ""),
        ("author:boats", ""),
        ("section:world", "signed"),
        ('category:"world news"', "signed"),
        ("section:cooperation", "signed"),
        ("section:wor*", "signed"),
        ("section:boats", ""),
        ("boats -section:world", ""),
        ("news", "news"),
        ("wu", ""),
        ("url:bay.example.org", "signed"),
        ("url:www.a.bay.example.org/world", "signed"),
        ("url:HTTPS://www.a.bay.example.org/world/2021/05/été-la_mer.html?page=2&q=x", "signed"),
        ("url:https://www.a.bay.example.org/world/2021/05/%C3%A9t%C3%A9-la_mer.html?page=2&q=x", "signed"),
        ("url:ete-la-mer", "signed"),
        ("url:world/2021/06", ""),
        ("url:bay.exam*", "signed"),
        ('link:"example.org world"', "signed"),
        ("url:org.example", ""),
        ("inurl:html?page=2", "signed"),
        ("url:boats", ""),
        ("example", ""),
        ("lang:fr", "news"),
        ("path:grain", "grain"),
        ("path:gra*", "grain"),
        ("path:grain.*", "grain"),
        ("path:*/grain.txt", "grain"),
        ("path:gr*.txt", "grain"),
        ("path:gr*/nowhere/*.txt", ""),
        ("url:*.org/world/*", "signed"),
        ("url:example*/2021", "signed"),
        ("date:2020", "grain"),
        ("date:2020-02", "grain"),
        ("date:2020-02-28", "grain"),
        ("date:2019..2020-01", "erdo"),
        ("date:>2019", "grain"),
        ("date:<2020-02-28", "erdo"),
        ("date:2020 ministry", "grain"),
        ('date:"february 2020"', "grain"),
        ("date:20200228", "grain"),
        ("date:2020-02-28T09:30:00Z", "grain"),
        ("date:2019-2020", "erdo grain"),
        ('date:"december 2019 to 1 january 2020"', "erdo"),
        ("date:2019–2020", "erdo grain"),
        ("date:[2019 TO 2020-01]", "erdo"),
        ("date:[ 2020-01 TO * ] ministry", "grain"),
        ("date:{* TO 2019}", "erdo"),
        ("date:(2018 OR 2019)", "erdo"),
        ("year:2020", "grain"),
        ("ministry [2019 TO 2020]", ""),
        ("C#", "code"),
        ("c++", "code"),
        ("U.S.", "code"),
        ("US", "code"),
        ("O'Brien", "code"),
        ("O’Brien", "code"),
        ("brien", "code"),
        ("AT&T", "code"),
        ("3.14", "code"),
        ("1,000,000", "code"),
        ("1000000", "code"),
        ("office:", "code"),
        ("title:foo", ""),
        ("unknown:grain", ""),
        ("'; DROP TABLE harbour;--", ""),
        ("who spoke?", ""),
        ("spoke?", "grain"),
        ("harbours?", ""),
        ("ships left harbou?", "ports"),
        ("Erdogan", "erdo"),
        ("Erdoğan", "erdo"),
        ("Erdog\u0306an", "erdo"),
        ("ＥＲＤＯＧＡＮ", "erdo"),
        ("person:erdogan", "erdo"),
        ('person:"Recep Tayyip Erdoğan"', "erdo"),
        ("entity:ministry", "grain ports"),
        ("org:erdogan", ""),
        ("person:erdogan -date:2019", ""),
        ("donate", ""),
        ("“grain ships”", "ports"),
        ("june", "news"),
        ("+harbour", "ports"),
        ('"gra* ship*"', "ports"),
        ('"ship* grain"', ""),
        ('"mini*"', "erdo grain ports"),
        ('"ministry shi*"~5', "ports"),
        ('body:"grain shi*"', "ports"),
        ('title:"gra* ship*"', ""),
        ('"**grain** ships"', "ports"),
        ('"gr?in ships"', "ports"),
        ('"gr*n sh?ps"', "ports"),
        ('"gr*n"', "grain ports"),
        ('title:"po*ts"', "ports"),
        ('"grain ships?"', "ports"),
        ('"grain ships left?"', "ports"),
        ('"grain ships lef?"', ""),
        ("grain !harbour", "grain"),
        ('!"grain ships" grain', "grain"),
        ("!(harbour) grain", "grain"),
        ("harbour || minister", "erdo grain ports"),
        ("ministry && minister", "grain"),
        ("ministry NEAR/5 ships", "ports"),
        ("ministry NEAR/1 ships", ""),
        ("ministry w/5 ships", "ports"),
        ("ministry W/1 ships", ""),
        ("ships w/0 grain", "ports"),
        ("ships NEAR ministry", "ports"),
        ("grain NEAR/1 ships NEAR/1 left", "ports"),
        ('"grain ships" NEAR/2 harbour', "ports"),
        ("title:(ports NEAR harbour)", ""),
        ("(ministry OR nobody) NEAR/5 (ships OR boats)", "ports"),
        ("(ministry OR nobody) NEAR/1 (ships OR boats)", ""),
        ("white NEAR/1 (nobody OR (boats OR ships))", "grain"),
        ("minist* NEAR/1 (gra* OR nobody)", "grain"),
        ("ships NEAR/1 (left NEAR/2 harbour)", "ports"),
        ("-(white NEAR/1 (boats OR ships)) ships", "ports"),
        ("near harbour", ""),
        ("NEAR", ""),
        ("SHIPS NEAR MINISTRY", ""),
        ("headline:ports", "ports"),
        ("InTitle:harbour", ""),
        ("site:post", "news"),
        ("filename:grain", "grain"),
        ("people:erdogan", "erdo"),
        ("language:fr", "news"),
        ("lang:French", "news"),
        ("lang:de,fr", "news"),
        ("headline:ports lang:German,English", "ports"),
        ("lang:français", "news"),
        ("lang:klingon", ""),
        ("after:2020", "grain"),
        ("before:2020-02-28", "erdo"),
        ("before:2020", "erdo"),
        ("person:erdo*", "erdo"),
        ('person:"recep t*"', "erdo"),
        ("org:erdo*", ""),
        ("entity:minist??", "grain ports"),
    ],
)
def test_a_query_finds(library: Shelf, query: str, found: str | None) -> None:
    if found is None:
        with pytest.raises(QueryError):
            library.found(query)
    else:
        assert library.found(query) == found.split()


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ('"a', 0),
        ('grain "a', 6),
        ("(a", 0),
        ("a)", 1),
        ("a AND", 2),
        ("OR a", 0),
        ("a OR OR b", 2),
        ("NOT", 0),
        ("a (NOT)", 3),
        ("*", 0),
        ("a ?*", 2),
        ("*foo", 0),
        ("k*", 0),
        ("date:soon", 5),
        ("date:2020-13", 5),
        ("date:2020-02-30", 5),
        ("date:2020..2019", 5),
        ('""', 0),
        ("...", 0),
        ('"a b"~5000', 0),
        ("(" * 100 + "a" + ")" * 100, 40),
        (" ".join(f"ab{n}*" for n in range(40)), 40),
        ("a " * 4000, 4000),
        ("b" * 100_000, 4000),
        ("title:-ports", 6),
        ('ab "g* to"', 3),
        ('"ab * to"', 0),
        ("person:a*", 7),
        ('person:"*"', 7),
        ("ab NEAR person:ab", 3),
        ("ab NEAR (ab AND cd)", 3),
        ("ab NEAR (ab OR title:cd)", 3),
        (f"({' OR '.join('abcdefghi')}) NEAR ({' OR '.join('abcdefghi')})", 44),
        (" ".join(f'"ab{n}* c"' for n in range(40)), 72),
        ("ab NEAR ab~", 3),
        ("path:*orts", 5),
        ("person:ab NEAR ab", 10),
        ("ab NEAR/5000 ab", 3),
        ("ab ||", 3),
        ("before:2019..2020", 7),
        ("date:3/4/2020", 5),
        ("date:15/13/2020", 5),
        ("date:15.2/2020", 5),
        ("before:(2019)", 7),
    ],
)
def test_a_mistake_is_an_error_with_a_place_and_a_hint(query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, today=TODAY)
    assert caught.value.position == position
    assert caught.value.hint


@pytest.mark.parametrize(
    "query", ['"a', "(grain", "grain AND", "grain OR", "grain -", "grain NOT", "date:20", "*", "("]
)
def test_what_is_open_is_forgiven_while_typing(library: Shelf, query: str) -> None:
    library.found(query, typing=True)


def test_the_last_word_completes_while_typing_and_only_then(library: Shelf) -> None:
    assert library.found("harb", typing=True) == ["ports"]
    assert library.found("grain harb", typing=True) == ["ports"]
    assert library.found("path:gr*.tx", typing=True) == ["grain"]
    assert library.found("grain NEAR/1 (nobody OR shi", typing=True) == ["ports"]
    assert library.found('"grain shi', typing=True) == ["ports"]
    assert library.found("harb") == []
    assert library.found("harb ", typing=True) == []


def test_words_are_joined_by_or_for_match_any(library: Shelf) -> None:
    assert library.found("harbour minister", match="any") == ["erdo", "grain", "ports"]
    assert library.found("what of the harbour", match="any") == ["ports"]
    assert library.found("the", match="any") != []
    assert library.found("harbour minister -grain", match="any") == ["erdo"]
    assert library.found('THE HARBOUR AND "NOT GRAIN', match="any") == ["ports"]
    assert library.found("the opening of harbours?", match="any") == ["ports"]
    assert library.found("harb?ur", match="any") == ["ports"]


@pytest.mark.parametrize(
    "query", ["what left the harbours?", "What left the Harbours?!", "is this harbours?"]
)
def test_the_mark_of_a_question_is_no_wildcard(shelf: Shelf, article: Make, query: str) -> None:
    shelf.put(article("a", "What is this that left the harbour?"), article("b", "What left? This is a port."))
    assert shelf.found(query) == ["a"]
    assert shelf.found("this harbours?") == []


def test_us_and_may_are_never_left_out(library: Shelf) -> None:
    assert library.found("US may", match="any") == ["code"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-28", "2020-02-28", "2020-02-28"),
        ("2020-02..", "2020-02-01", None),
        ("last-week", "2020-02-24", "2020-03-01"),
        ("15/02/2019", "2019-02-15", "2019-02-15"),
        ("2/15/2019", "2019-02-15", "2019-02-15"),
        (">=15.2.2019", "2019-02-15", None),
        ("3.3.2019", "2019-03-03", "2019-03-03"),
        ("3.4.2019", "2019-04-03", "2019-04-03"),
        ("..2020", None, "2020-12-31"),
        (">2020", "2021-01-01", None),
        (">=2020-02", "2020-02-01", None),
        ("<2020", None, "2019-12-31"),
        ("<=2020", None, "2020-12-31"),
        ("today", "2020-03-04", "2020-03-04"),
        ("yesterday", "2020-03-03", "2020-03-03"),
        ("last week", "2020-02-24", "2020-03-01"),
        ("this week", "2020-03-02", "2020-03-08"),
        ("last month", "2020-02-01", "2020-02-29"),
        ("last year", "2019-01-01", "2019-12-31"),
        ("last 7 days", "2020-02-26", "2020-03-04"),
        ("2 months ago", "2020-01-04", "2020-01-04"),
        ("March 2020", "2020-03-01", "2020-03-31"),
        ("5 March 2020", "2020-03-05", "2020-03-05"),
        ("March 5, 2020", "2020-03-05", "2020-03-05"),
        ("202002", "2020-02-01", "2020-02-29"),
        ("2/2020", "2020-02-01", "2020-02-29"),
        ("02.2020", "2020-02-01", "2020-02-29"),
        ("2020-Q1", "2020-01-01", "2020-03-31"),
        ("Q4 2019", "2019-10-01", "2019-12-31"),
        ("2010s", "2010-01-01", "2019-12-31"),
        ("2010s..2020-01", "2010-01-01", "2020-01-31"),
        ("2020*", "2020-01-01", "2020-12-31"),
        ("2020-02-*", "2020-02-01", "2020-02-29"),
        ("2019-12-30/2020-02-01", "2019-12-30", "2020-02-01"),
        ("7d..", "2020-02-26", None),
        (">=2w", "2020-02-19", None),
        ("3m", "2019-12-04", "2019-12-04"),
        ("1y..today", "2019-03-04", "2020-03-04"),
    ],
)
def test_periods_are_read(text: str, first: str | None, last: str | None) -> None:
    read = parse_period(text, TODAY)
    assert [day and day.isoformat() for day in read] == [first, last]


PIECES = st.sampled_from(
    [
        *(
            "AND",
            "OR",
            "NOT",
            "-",
            "+",
            "(",
            ")",
            '"',
            '"~5',
            "~",
            "*",
            "?",
            ":",
            "^2",
            "[a TO z]",
            "te*",
            "gra?n",
        ),
        *(
            "title:",
            "body:",
            "date:",
            "since:",
            "person:",
            "source:",
            "lang:",
            "path:",
            "harbour",
            "grain ships",
        ),
        *("2020-02", "..", ">2020", "last week", "C#", "U.S.", "中国", "\u0301", "\x00", "\ud800", "ß", " "),
    ]
)
QUERIES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=24).map(" ".join), st.lists(PIECES).map("".join)
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, typing=st.booleans(), match=st.sampled_from(["all", "any"]))
@example(query="te?" * 30, typing=False, match="all")
@example(query='"' + "grain " * 300 + '"~900', typing=False, match="all")
@example(query="-" * 500 + "a", typing=False, match="all")
@example(query="[a TO z]", typing=False, match="all")
def test_no_query_raises_anything_else_or_hangs(library: Shelf, query: str, typing: bool, match: str) -> None:
    begun = time.thread_time()
    try:
        results = library.search(query, typing=typing, match=match)
    except QueryError as error:
        assert 0 <= error.position <= len(query)
        assert error.message
    else:
        for hit in library.searcher.hits(results, snippets=2):
            text = library.catalogue.kept[hit.id].text
            assert hit.hits == len(hit.spans)
            assert all(0 <= start < end <= len(text) for start, end in hit.spans)
            for snippet in hit.snippets:
                assert text[snippet.start : snippet.end].split() == snippet.text.split()
                assert bool(snippet.marks) == bool(hit.spans)
        library.searcher.explain(results)
    assert time.thread_time() - begun < 60


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=QUERIES, cursor=st.integers(-2, 80))
def test_completing_never_raises(library: Shelf, text: str, cursor: int) -> None:
    for completion in library.searcher.complete(text, cursor):
        assert 0 <= completion.start <= completion.end <= len(text)


@given(text=st.text(max_size=40))
def test_a_period_is_read_or_refused(text: str) -> None:
    try:
        first, last = parse_period(text, TODAY)
    except ValueError:
        return
    assert first is None or last is None or first <= last


def test_every_word_of_a_list_of_awkward_queries_is_answered(library: Shelf, tmp_path: Path) -> None:
    awkward = (
        'AND OR NOT NEAR "quoted phrase" (parens) col:term te* te? ^2 ~1 a-b c++ C# node.js U.S. '
        "O'Brien 3.14 "
        "1,000,000 AT&T R&D f(x) [x] {y} -minus +plus title:foo"
    )
    for query in [*awkward.split(), '"quoted phrase"', awkward]:
        for typing in (False, True):
            try:
                library.search(query, typing=typing)
            except QueryError as error:
                assert not typing
                assert error.hint


Make = Callable[..., Article]


def test_scripts_without_spaces_are_found_by_any_piece(shelf: Shelf, article: Make) -> None:
    shelf.put(
        article("zh", "中国人民代表大会在北京举行。"),
        article("ja", "東京で国際会議が開かれた。ｶﾞｽ"),
        article("th", "รัฐบาลไทยประกาศนโยบายใหม่"),
        article("ko", "한국의 대통령이 서울에서 말했다"),
        article("ar", "مُحَمَّد والرئيس أحمد"),
        article("he", "הַשָּׁלוֹם בירושלים"),
        article("ru", "Ёлка и Андрей"),
    )
    for query, found in [
        ("人民代表", "zh"),
        ("北京", "zh"),
        ("人", "zh"),
        ("行", "zh"),
        ("表人", ""),
        ("国際会議", "ja"),
        ("ガス", "ja"),
        ("ประกาศ", "th"),
        ("대통령", "ko"),
        ("محمد", "ar"),
        ("احمد", "ar"),
        ("השלום", "he"),
        ("елка", "ru"),
        ('"东京 北京"', ""),
    ]:
        assert shelf.found(query) == found.split(), query
    assert shelf.found("国") == ["ja", "zh"]
    assert shelf.marked("人民代表", "zh") == ["人民代表"]
    assert shelf.marked("ガス", "ja") == ["ｶﾞｽ"]


@pytest.mark.parametrize("query", ["quixotic]]*voq", "q*", "grain quixotic?*"])
def test_a_pattern_that_cannot_be_read_is_its_words_while_typing(library: Shelf, query: str) -> None:
    assert library.found(query, typing=True) == []


def test_an_address_is_searched_for_as_it_is_written(library: Shelf) -> None:
    assert library.found("https://example.com/harbour?q=1") == []
    address = "a.bay.example.org/world/2021/05/%C3%A9t%C3%A9-la_mer.html"
    assert library.found(f"http://{address}") == library.found(f"url:http://{address}") == ["signed"]
