"""Entities in the catalogue: counted, found by name, and gone with their articles."""

from __future__ import annotations

import random

from seedread_index.model.article import EntityType

from .conftest import Shelf

TALKS = (
    "Russian President Vladimir Putin met Bashar al-Assad in Moscow. Putin told Assad that Turkey was near."
)
REPLY = "Prime Minister Recep Tayyip Erdogan of Turkey answered Vladimir Putin. Erdogan said so in Ankara."


def test_a_surname_is_the_person_named_in_full(shelf: Shelf) -> None:
    number = shelf.put("a", TALKS)
    shelf.link()
    names = shelf.names(number)
    assert names["Putin"] == names["Vladimir Putin"] == "Vladimir Putin"
    assert names["Assad"] == "Bashar al-Assad"


def test_counts_are_over_articles_and_mentions(shelf: Shelf) -> None:
    shelf.put("a", TALKS, date="2020-01-05")
    shelf.put("b", REPLY, date="2020-03-01")
    shelf.link()
    putin = next(e for e in shelf.store.entities() if e.name == "Vladimir Putin")
    assert (putin.articles, putin.mentions) == (2, 3)
    assert (str(putin.first), str(putin.last)) == ("2020-01-05", "2020-03-01")
    assert putin.aliases == ("Putin",)


def test_boilerplate_keeps_its_mentions_but_counts_for_nothing(shelf: Shelf) -> None:
    text = "Nothing happened today.\nSupport our work in Moscow."
    number = shelf.put("a", text, boilerplate_from=text.index("Support"))
    shelf.link()
    assert shelf.names(number) == {"Moscow": "Moscow"}
    assert shelf.store.entities() == []


def test_a_removed_article_takes_its_counts_along(shelf: Shelf) -> None:
    shelf.put("a", TALKS)
    shelf.put("b", REPLY)
    shelf.link()
    shelf.drop("b")
    shelf.link()
    names = {e.name: e.mentions for e in shelf.store.entities()}
    assert names["Vladimir Putin"] == 2
    assert "Ankara" not in names
    assert shelf.store.resolve("Erdogan") == []


def test_a_name_resolves_through_its_aliases(shelf: Shelf) -> None:
    shelf.put("a", TALKS)
    shelf.link()
    (assad,) = shelf.store.resolve("ASSAD", [EntityType.PERSON])
    assert shelf.entity(assad).name == "Bashar al-Assad"
    assert shelf.store.resolve("Assad", [EntityType.PLACE]) == []
    assert shelf.store.resolve("bashar") == [assad]


def test_a_name_of_any_length_and_signs_is_looked_up(shelf: Shelf) -> None:
    shelf.put("a", TALKS)
    shelf.link()
    for name in ("\ufdfa" * 3990, "ba_har", "b%r", "b*r"):
        assert shelf.store.resolve(name) == []
    assert shelf.store.entities(filter="\ufdfa" * 3990) == []


def test_a_demonym_is_related_to_its_country(shelf: Shelf) -> None:
    shelf.put("a", "The Russian army left Russia for good.")
    shelf.link()
    (russian,) = shelf.store.resolve("Russian", [EntityType.GROUP])
    (russia,) = shelf.store.resolve("Russia", [EntityType.PLACE])
    assert [(r.id, r.kind) for r in shelf.entity(russian).related] == [(russia, "demonym")]


def test_a_card_tells_of_months_and_company(shelf: Shelf) -> None:
    shelf.put("a", TALKS, date="2020-01-05")
    shelf.put("b", REPLY, date="2020-03-01")
    shelf.link()
    (putin,) = shelf.store.resolve("Putin")
    card = shelf.card(putin)
    assert card.months == (((2020, 1), 1), ((2020, 3), 1))
    assert shelf.store.months([putin, "person:nobody"]) == {putin: card.months, "person:nobody": ()}
    assert [(a.text, a.mentions) for a in card.aliases] == [("Vladimir Putin", 2), ("Putin", 1)]
    assert card.co_mentions[0].entity.name == "Turkey"
    assert card.co_mentions[0].articles == 2
    assert card.latest == tuple(shelf.catalogue.ids())
    assert shelf.catalogue.counts() == (2, 2)
    shelf.put("c", REPLY)
    assert shelf.catalogue.counts() == (3, 2)


def test_company_is_counted_by_articles_and_the_most_shared_comes_first(shelf: Shelf) -> None:
    chance = random.Random(7)
    places = ["France", "Turkey", "Russia", "Japan", "Brazil", "Egypt", "Kenya", "Peru"]
    for index in range(30):
        named = chance.sample(places, chance.randint(1, 4))
        told = " ".join(f"The talks reached {place} late." for place in ["Chile", *named, named[0]])
        shelf.put(f"a{index}", f"{told} They had {index + 20} rounds.")
    shelf.link()
    (chile,) = shelf.store.resolve("Chile")
    company = shelf.store.co_mentions(chile)
    shared = {
        each.entity.name: len(shelf.store.articles_of([chile]) & shelf.store.articles_of([each.entity.id]))
        for each in company
    }
    assert shared.keys() == set(places)
    assert [each.articles for each in company] == sorted(shared.values(), reverse=True)
    assert {each.entity.name: each.articles for each in company} == shared
    for limit in (0, 1, 3):
        assert shelf.store.co_mentions(chile, limit) == company[:limit]
