"""Exact words, and the forms and spellings that a word stands for without quotes; with every local engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.engines.base import Engine
from seedread_index.model.article import Article
from seedread_index.model.errors import QueryError
from seedread_index.model.results import OtherForms
from seedread_index.text.compounds import joined_whole
from seedread_index.text.stems import FORMS, TERMS, term_of
from seedread_index.text.tokenizer import Located, cut

from .conftest import Shelf, an_article
from .test_engines import ENGINES, NAMES

TEXTS = {
    "governance": "Good governance of the town, the council said.",
    "government": "The government of the country; governments fall.",
    "govern": "They govern us, and U.S. troops are here. IT is new.",
    "us": "It told us so. The US talks of the council began.",
    "jets": "Two F-16s met a MiG-29; nine 747s in the 1990s.",
    "jet": "One F-16 and MIG29s.",
    "apart": "A co-operation council in Sana'a sent an e-mail; Shi'ite-led re-signed. We're I'll it's.",
    "whole": "The cooperation council in Sanaa, an email; Shiite-led. He resigned; were ill its.",
    "broken": "The fire bri-\ngade said that inter-\nna-\ntional aid and a well-\nknown man of"
    " Saint-\nEtienne came.",
    "women": "Women and children saw wolves after two crises, they went home.",
    "woman": "The woman, a child and a wolf in a crisis go.",
    "persian": "علی کتاب را",
    "arabic": "المستشفى فاطمة علي كتاب",
    "numbers": "1'000 francs, 12\u202f500\u00a0000 euros, 1999\u00a02000 and mother-in-law\u00a0to be.",
    "number": "1,000 and 12500000.",
    "digits": "٢٠٢٠ ١٬٥٠٠ ٣٫٥ ۱۴۰۱ २०१९",
    "hebrew": "דובר צה\u05f4ל הודיע",
    "abbreviated": "J. K. Ellis, who has a Ph.D. in law, read J. R. R. Tolkien. Plan B. A town",
    "acronyms": "JK Ellis PhD read JRR Tolkien.",
    "titled": "The harbours were closed for days.",
}


@pytest.fixture(scope="module", params=ENGINES, ids=NAMES)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The texts, in an engine."""
    engine: Engine = request.param
    made = Shelf.of(tmp_path_factory.mktemp(engine.name), engine)
    made.put(
        *(an_article(key, text, title="Harbour strikes" * (key == "titled")) for key, text in TEXTS.items())
    )
    yield made
    made.searcher.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("governance", "govern governance government"),
        ('"governance"', "governance"),
        ("=governance", "governance"),
        ('"Governance"', "governance"),
        ('"governments"', "government"),
        ('"govern"', "govern"),
        ('"good governance of"', "governance"),
        ('"good government"', ""),
        ('"govern*"', "govern governance government"),
        ('"good govern* of"', "governance"),
        ('"governance council"~4', "governance"),
        ('"government council"~4', ""),
        ("=governance NEAR/4 councils", "governance"),
        ("govern*", "govern governance government"),
        ('-"governance" council', "apart us whole"),
        ("us", "govern us"),
        ("=us", "govern us"),
        ("=US", "govern us"),
        ('"the US talks"', "us"),
        ("=It", "apart govern us"),
        ("=IT", "govern"),
        ("it", "apart govern us"),
        ("its", "whole"),
        ('title:"harbour"', "titled"),
        ('title:"harbours"', ""),
        ("title:harbours", "titled"),
        ('body:"harbours"', "titled"),
        ('body:"harbour"', ""),
        ("=título", ""),
    ],
)
def test_exact_words_are_found_as_they_are_written(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.found(query) == found.split()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *(
            (query, "jet jets")
            for query in (
                "F-16",
                "F16",
                "F-16s",
                "F16s",
                "f-16*",
                "F16*",
                "mig29*",
                "MiG-29",
                "MIG29",
            )
        ),
        ('"F-16"', "jet"),
        ("747", "jets"),
        ("1990", ""),
        *(
            (query, "apart whole")
            for query in (
                *("cooperation", "co-operation", "Sanaa", "Sana'a", "email", "e-mail", "Shiite", "Shi'ite"),
                *("Shi'ite-led", "Shiite-led", "cooperating"),
            )
        ),
        *(
            (query, "apart whole")
            for query in ("cooperat*", "coop?ration", "re:/co+per.+/", "emai*", "shii?e*")
        ),
        ("body:cooperat*", "apart whole"),
        ('"cooperat*"', "apart whole"),
        ("Shiitele*", "apart whole"),
        ('"cooperation"', "whole"),
        ('"co-operation"', "apart"),
        ('"resigned"', "whole"),
        ('"its"', "whole"),
        ("were", "titled whole"),
        ("ill", "whole"),
        *((query, "broken") for query in ("brigade", "brigades", "international", '"brigade"')),
        ('"fire brigade said"', "broken"),
        ('"that international aid"', "broken"),
        ('"fire bri-\ngade said that"', "broken"),
        ('"the fire bri-\n  gade"', "broken"),
        ('"F-16*"', "jet jets"),
        ('"two F-16*"', "jets"),
        ('"=https://a.example.org?q=1"', ""),
        ("=https://a.example.org/?q=1", ""),
        ("well-known", "broken"),
        ("wellknown", "broken"),
        ("Saint-Etienne", "broken"),
        ("SaintEtienne", ""),
        *(
            (query, "woman women")
            for query in ("woman", "women", "wolf", "crisis", "child", "crises", "gone")
        ),
        ('"women"', "women"),
        ('"woman"', "woman"),
        ("المستشفي", "arabic"),
        ("فاطمه", "arabic"),
        ("علي", "arabic persian"),
        ("کتاب", "arabic persian"),
        ('"كتاب"', "arabic persian"),
        *((query, "number numbers") for query in ("1000", "1,000", "1'000", "12500000", "12,500,000")),
        *((query, "") for query in ("500000", "12500", "19992000")),
        ('"1000"', "number"),
        ('"12 500 000 euros"', "numbers"),
        ("motherinlaw", "numbers"),
        *((query, "digits") for query in ("2020", "٢٠٢٠", "1500", "1,500", '"3.5"', "1401", "2019", "=2020")),
        ('צה"ל', "hebrew"),
        ('"דובר צה"ל" הודיע', "hebrew"),
        ("צה״ל", "hebrew"),
        ("F-16 NEAR/1 (two OR one)", "jet jets"),
        *(
            (query, "abbreviated acronyms")
            for query in ("phd", "PhD", "Ph.D", "Ph.D.", "ph.d.", "JK Ellis", "J.K. Ellis")
        ),
        *((query, "abbreviated acronyms") for query in ("jk NEAR/1 ellis", "jrr", "J.R.R. Tolkien", "jrr*")),
        ('"PhD"', "acronyms"),
        *((query, "") for query in ("jr", "rr", "ba")),
        ("cooperation NEAR/1 council", "apart whole"),
        ("co-operation NEAR/1 council", "apart whole"),
    ],
)
def test_spellings_of_a_word_find_each_other(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.found(query) == found.split()


@pytest.mark.parametrize(
    ("query", "identity", "marked"),
    [
        ('"governance"', "governance", ["governance"]),
        ("=US", "us", ["US"]),
        ("us", "us", ["us", "US"]),
        ("cooperation", "apart", ["co-operation"]),
        ("cooperat*", "apart", ["co-operation"]),
        ("re:/coop.*n/", "apart", ["co-operation"]),
        ("body:cooperat*", "apart", ["co-operation"]),
        ("sanaa", "apart", ["Sana'a"]),
        ("F16", "jets", ["F-16s"]),
        ("phd", "abbreviated", ["Ph.D"]),
        ("jk", "abbreviated", ["J. K"]),
        ("jrr", "abbreviated", ["J. R. R"]),
        ("1,500", "digits", ["١٬٥٠٠"]),
        ("1000", "numbers", ["1'000"]),
        ("12500000", "numbers", ["12\u202f500\u00a0000"]),
        ("title:1000 OR 1000", "numbers", ["1'000"]),
        ("brigade", "broken", ["bri-\ngade"]),
        ('"fire brigade said"', "broken", ["fire bri-\ngade said"]),
        ('body:"brigade"', "broken", ["bri-\ngade"]),
        ('"that international aid"', "broken", ["that inter-\nna-\ntional aid"]),
        ("woman", "women", ["Women"]),
        ("go", "women", ["went"]),
        ("re:/wom[ae]n/", "women", ["Women"]),
        ("کتاب", "arabic", ["كتاب"]),
    ],
)
def test_what_is_found_is_marked(shelf: Shelf, query: str, identity: str, marked: list[str]) -> None:
    assert shelf.marked(query, identity) == marked


def test_articles_with_the_very_form_come_first(
    shelf_in: Callable[..., Shelf], tmp_path: Path, article: Callable[..., Article]
) -> None:
    for engine in ENGINES:
        many = shelf_in(tmp_path / engine.name, engine)
        others = [article(f"b{at}", "governments governing " * 9, title="Government") for at in range(4)]
        exact = [article(f"a{at}", "word " * 50 + "governance " + "word " * 400) for at in range(3)]
        many.put(*others, *exact)
        assert many.search("governance", group=False).ids()[:3] == ["a0", "a1", "a2"]
        assert many.search("Governance date:..2030 OR governance", group=False).total == 7


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("F-16s", "several"),
        ("F-16", "one"),
        ("F16", "joined"),
        ("co-operation", "hyphen"),
        ("cooperation", "whole"),
    ],
)
def test_the_very_form_of_a_word_with_a_hyphen_comes_first(
    shelf_in: Callable[..., Shelf],
    tmp_path: Path,
    article: Callable[..., Article],
    query: str,
    first: str,
) -> None:
    texts = {
        "several": "Two F-16s over the town " + "and more words " * 9,
        "one": "One F-16 over the town " + "and more words " * 9,
        "joined": "An F16 over the town " + "and more words " * 9,
        "hyphen": "The co-operation of towns " + "and more words " * 9,
        "whole": "The cooperation of towns " + "and more words " * 9,
    }
    for engine in ENGINES:
        shelf = shelf_in(tmp_path / engine.name, engine)
        shelf.put(*(article(key, text) for key, text in texts.items()))
        assert shelf.search(query, group=False).ids()[0] == first


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ('"governance"', OtherForms(2, "governance")),
        ("=governance", OtherForms(2, "governance")),
        ('"council" "governance"', None),
        ('title:"harbours"', OtherForms(1, "title:harbours")),
        ('"good governments"', OtherForms(1, "good-governments")),
        ('"government council"~4 said', OtherForms(1, "(government NEAR/4 council) said")),
        ('"gover* of"', None),
        ("governance", None),
        ('source:"governance"', None),
        ("", None),
    ],
)
def test_what_other_forms_would_give_is_told(shelf: Shelf, query: str, more: OtherForms | None) -> None:
    results = shelf.search(query)
    assert shelf.searcher.other_forms(results) == more
    if more:
        assert shelf.search(more.query).total == results.total + more.articles
        assert shelf.searcher.offers(results)[-1].query == more.query


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("re:/governments?/", "government"),
        ("re:/govern(ance|ments?)/", "governance government"),
        ("RE:/Gov.*/", "govern governance government"),
        ("re:/overnance/", ""),
        (r"re:/\d+s/", "jets"),
        ("title:re:/h.*rs?/", "titled"),
        ("title:re:/harbours/", ""),
        (r"re:/a\/b/", ""),
        ('re:/women|wolf/ -"children"', "woman"),
    ],
)
def test_regular_expressions_meet_whole_words(shelf: Shelf, query: str, found: str) -> None:
    assert shelf.found(query) == found.split()


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("a re:/b(c/", 9),
        ("re:/b{2,99}/", 5),
        ("re:/abc", 0),
        ("re://", 0),
        (f"re:/{'a' * 201}/", 4),
        ("person:re:/ann/", 7),
        ("re:/[/", 5),
    ],
)
def test_a_wrong_regular_expression_is_refused_with_its_place(
    shelf: Shelf, query: str, position: int
) -> None:
    with pytest.raises(QueryError) as raised:
        shelf.search(query)
    assert raised.value.hint
    assert abs((raised.value.position or 0) - position) <= 1


def test_a_regular_expression_may_be_open_while_it_is_typed(shelf: Shelf) -> None:
    shelf.search("re:/govern(", typing=True)


def test_a_regular_expression_that_backtracks_without_end_is_refused(
    shelf_in: Callable[..., Shelf], tmp_path: Path, article: Callable[..., Article]
) -> None:
    small = shelf_in(tmp_path)
    small.put(article("a", "a" * 60))
    with pytest.raises(QueryError, match="too long"):
        small.search("re:/(a|aa|a.)*[bc]/")


def test_clitics_are_no_parts_of_a_word() -> None:
    for parts in (["I", "ll"], ["we", "re"], ["don", "t"], ["l", "homme"], ["he", "d"]):
        assert joined_whole(parts, ["'"]) == ""
    assert joined_whole(["Sa", "d"], ["'"]) == "sad"
    assert joined_whole(["2020", "21"], ["-"]) == joined_whole(["and", "or"], ["/"]) == ""
    assert joined_whole(["F", "16"], [" "]) == ""


@pytest.mark.parametrize(
    ("word", "form", "term"),
    [
        ("Women's", "women", "woman"),
        ("U.S.", "US", "us"),
        ("IT'S", "IT", "it"),
        ("1,000", "1000", "1000"),
        ("A", "a", "a"),
        ("ones", "ones", "one"),
        ("its", "its", "its"),
        ("16s", "16s", "16"),
        ("1990s", "1990s", "1990s"),
    ],
)
def test_forms_and_terms_of_words(word: str, form: str, term: str) -> None:
    assert (FORMS[word], TERMS[FORMS[word]]) == (form, term)


def test_a_compound_stands_at_its_first_word_and_goes_on_at_the_others() -> None:
    compounds = cut("the bri-\ngade of a-b-c").compounds
    assert next(each.places() for each in compounds) == [(1, "brigade"), (2, "+brigade")]
    assert [each.form for each in compounds[1:]] == ["-ab", "-bc", "-abc"]
    assert cut("中国-a b-c").compounds[0].first == 3
    assert term_of("-cooperation") == term_of("cooperate")
    located = Located("the bri-\ngade")
    assert (located.span(located.compounds[0].first).start, located.span(2).end) == (4, 13)
