"""Linking: inside an article, across the archive, and the same whatever came first."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest

from seedread_index.catalogue.article_rows import seal_metadata
from seedread_index.linking import clustering, within_article
from seedread_index.linking.clustering import Form, cluster
from seedread_index.linking.keys import key_of, subsumes
from seedread_index.model.article import EntityType, Mention

from .conftest import Shelf

PERSON, PLACE, ORG, GROUP = EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.GROUP


def heads(*names: tuple[str, str]) -> list[str | None]:
    """The fullest form of each (text, label) of one article, in its order."""
    mentions = [Mention(10 * i, 10 * i + 5, text, label) for i, (text, label) in enumerate(names)]
    return [pair[1].text if pair else None for pair in within_article.canonical_names(mentions)]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PLACE, "U.S.", "United States of America"),
        (PLACE, "the UK", "Britain"),
        (PLACE, "Türkiye", "Turkey"),
        (GROUP, "Russians", "Russian"),
        (GROUP, "Turks", "Turkish"),
        (GROUP, "Muslims", "Muslim"),
        (GROUP, "Kurds", "Kurdish"),
        (PERSON, "Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        (PERSON, "Bashar Al-Assad", "Bashar al Assad"),
        (PERSON, "J.K. Rowling", "J. K. Rowling"),
        (PERSON, "JK Rowling", "J. K. Rowling"),
        (PERSON, "A.J. Keller", "A. J. Keller"),
        (PERSON, "George H.W. Bush", "George H. W. Bush"),
        (ORG, "The Moscow Times", "Moscow Times"),
        (ORG, "Acme Inc.", "Acme"),
        (ORG, "U.S. Central Command", "United States Central Command"),
        (ORG, "Ministry of Defence", "Defense Ministry"),
        (ORG, "Ministry of Foreign Affairs", "Foreign Ministry"),
        (ORG, "US Treasury Department", "U.S. Department of the Treasury"),
        (ORG, "UN", "United Nations"),
        (ORG, "UN Security Council", "United Nations Security Council"),
        (ORG, "Lib Dems", "Liberal Democrats"),
        (GROUP, "Republicans", "Republican"),
        (GROUP, "Tories", "Tory"),
        (PLACE, "Kiev", "Kyiv"),
        (PLACE, "Raqqah", "Raqqa"),
    ],
)
def test_spellings_of_one_name_have_one_key(kind: EntityType, one: str, other: str) -> None:
    assert key_of(kind, one) == key_of(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PLACE, "North Korea", "South Korea"),
        (PLACE, "Niger", "Nigeria"),
        (GROUP, "Iraqi", "Iranian"),
        (PERSON, "George W. Bush", "George H. W. Bush"),
        (ORG, "United Nations", "United Nations Security Council"),
        (ORG, "Ministry of Defence", "Department of Defence"),
        (GROUP, "Swiss", "Swis"),
    ],
)
def test_other_names_have_other_keys(kind: EntityType, one: str, other: str) -> None:
    assert key_of(kind, one) != key_of(kind, other)


def test_a_surname_is_the_first_person_named_in_full() -> None:
    assert heads(
        ("Bill Clinton", "PERSON"),
        ("Clinton", "PERSON"),
        ("Hillary Clinton", "PERSON"),
        ("Clinton", "PERSON"),
        ("Hillary", "PERSON"),
    ) == [
        "Bill Clinton",
        "Bill Clinton",
        "Hillary Clinton",
        "Bill Clinton",
        "Hillary Clinton",
    ]


def test_a_middle_name_that_one_person_has_is_that_person() -> None:
    assert heads(("Hugo Chávez Frías", "PERSON"), ("Chávez", "PERSON"))[1] == "Hugo Chávez Frías"
    assert heads(("Ana Luz Keller", "PERSON"), ("Luz Berger", "PERSON"), ("Luz", "PERSON"))[2] == "Luz"


def test_a_surname_before_the_full_name_is_that_person_too() -> None:
    assert heads(("Assad", "PERSON"), ("Bashar al-Assad", "PERSON")) == ["Bashar al-Assad"] * 2


def test_a_type_is_part_of_the_name() -> None:
    assert heads(("Paris Hilton", "PERSON"), ("Hilton", "ORG"))[1] == "Hilton"


def test_an_acronym_is_the_one_organisation_with_its_initials() -> None:
    assert heads(("Syria Recovery Trust Fund", "ORG"), ("SRTF", "ORG"), ("ABC", "ORG"))[1:] == [
        "Syria Recovery Trust Fund",
        "ABC",
    ]


def test_an_acronym_in_other_letters_is_the_organisation_right_before_it() -> None:
    mentions = [
        Mention(0, 22, "Georgian Quux Federation", "ORG"),
        Mention(24, 27, "GFQ", "ORG"),
        Mention(40, 43, "GFQ", "ORG"),
        Mention(50, 60, "Anna Bank", "ORG"),
        Mention(62, 65, "XYZ", "ORG"),
    ]
    assert [pair[1].text for pair in within_article.canonical_names(mentions) if pair] == [
        *["Georgian Quux Federation"] * 3,
        "Anna Bank",
        "XYZ",
    ]


def test_an_organisation_goes_by_its_last_words_and_without_group() -> None:
    assert heads(("Quux Security Council", "ORG"), ("Council", "ORG"), ("Security Council", "ORG")) == (
        ["Quux Security Council"] * 3
    )
    assert heads(("Acme Group", "ORG"), ("Acme", "ORG")) == ["Acme Group"] * 2
    assert heads(("Acme Bank", "ORG"), ("Acme", "ORG"))[1] == "Acme"
    assert heads(("Quux Council", "ORG"), ("Acme Council", "ORG"), ("Council", "ORG"))[2] is None


def test_a_short_form_means_nothing_in_other_articles() -> None:
    assert cluster(ORG, [Form("council", 5, {"security council": 3})])["council"] == "council"


def test_father_and_son_are_two() -> None:
    assert heads(
        ("Max Keller", "PERSON"),
        ("Max Keller Jr.", "PERSON"),
        ("Keller", "PERSON"),
        ("Keller Jr.", "PERSON"),
    ) == ["Max Keller", "Max Keller Jr.", "Max Keller", "Max Keller Jr."]
    assert heads(("Max Keller Jr.", "PERSON"), ("Keller", "PERSON")) == ["Max Keller Jr."] * 2
    forms = [Form("max keller", 9), Form("max keller jr", 2), Form("keller", 3), Form("keller jr", 2)]
    assert cluster(PERSON, forms) == {
        "max keller": "max keller",
        "max keller jr": "max keller jr",
        "keller": "max keller",
        "keller jr": "max keller jr",
    }


def test_a_particle_that_opens_a_name_as_a_word_of_its_own_is_a_first_name() -> None:
    forms = [Form("boris johnson", 9), Form(key_of(PERSON, "Ben Johnson"), 1), Form("johnson", 4)]
    found = cluster(PERSON, forms)
    assert found["ben johnson"] == "ben johnson"
    assert found["johnson"] == "boris johnson"
    assert heads(("Boris Johnson", "PERSON"), ("Ben Johnson", "PERSON"))[1] == "Ben Johnson"
    assert key_of(PERSON, "al-Assad") == key_of(PERSON, "Assad")
    assert key_of(PERSON, "van Gogh") == key_of(PERSON, "Gogh")


def test_a_surname_with_a_particle_is_the_person_who_has_it() -> None:
    assert heads(("Vincent van Quux", "PERSON"), ("Van Quux", "PERSON")) == ["Vincent van Quux"] * 2
    forms = [Form("vincent van quux", 2), Form("van quux", 1), Form("theo quux", 1)]
    assert cluster(PERSON, forms)["van quux"] == "vincent van quux"


def test_an_initial_is_the_one_person_it_can_mean() -> None:
    assert heads(("Boris Keller", "PERSON"), ("B. Keller", "PERSON"), ("A. Keller", "PERSON")) == [
        *["Boris Keller"] * 2,
        "A. Keller",
    ]
    assert (
        heads(("Boris Keller", "PERSON"), ("Bo Keller", "PERSON"), ("B. Keller", "PERSON"))[2] == "B. Keller"
    )
    forms = [
        Form("boris keller", 3),
        Form("b keller", 1),
        Form("j k keller", 1),
        Form("joanne kathleen keller", 1),
    ]
    found = cluster(PERSON, forms)
    assert found["b keller"] == "boris keller"
    assert found["j k keller"] == "joanne kathleen keller"
    assert cluster(PERSON, [*forms, Form("bo keller", 2)])["b keller"] == "b keller"


def test_a_name_that_two_longer_ones_hold_is_neither_of_them() -> None:
    assert (
        heads(("Max Otto Keller", "PERSON"), ("Max Emil Keller", "PERSON"), ("Max Keller", "PERSON"))[2]
        == "Max Keller"
    )


def test_spellings_of_one_person_are_one() -> None:
    keys = [key_of(PERSON, f"Volodymyr {surname}") for surname in ("Quuxensky", "Quuxenskyy", "Quuxenskiy")]
    forms = [*(Form(key, 2) for key in keys), Form("quuxenskiy", 1)]
    found = cluster(PERSON, forms)
    assert len(set(found.values())) == 1
    forms = [Form(key_of(PERSON, "Muammar Qaddafi"), 2), Form(key_of(PERSON, "Moammar Gadhafi"), 1)]
    assert len(set(cluster(PERSON, forms).values())) == 1
    forms = [Form(key_of(PERSON, "Osama bin Laden"), 2), Form(key_of(PERSON, "Usama Bin Ladin"), 1)]
    assert len(set(cluster(PERSON, forms).values())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "John Smyth"),
        ("Anna Reid", "Anna Reed"),
        ("Boris Quuxov", "Ben Quuxov"),
        ("Max Hansen", "Max Hanson"),
        ("Olga Quuxova", "Oleg Quuxov"),
    ],
)
def test_names_that_sound_alike_are_two_persons(one: str, other: str) -> None:
    forms = [Form(key_of(PERSON, one), 5), Form(key_of(PERSON, other), 1)]
    assert len(set(cluster(PERSON, forms).values())) == len(forms)


def test_a_surname_in_other_letters_is_the_one_person_of_the_article() -> None:
    assert heads(("Muammar Gadhafi", "PERSON"), ("Qaddafi", "PERSON"))[1] == "Muammar Gadhafi"
    assert heads(("John Smith", "PERSON"), ("Smyth", "PERSON"))[1] == "Smyth"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The Quux Mining Company Ltd (QM) paid.", "QM"),
        ("The Office of Quuxications (Ofqux) said so.", "Ofqux"),
        ("The Quux Board of Trade's (QBT) boss left.", "QBT"),
        ('The World Quux Fund (the "WQF") paid.', "WQF"),
    ],
)
def test_a_text_explains_short_names_in_brackets(text: str, short: str) -> None:
    start, at = text.index("The ") + 4, text.index(short)
    end = min(each for each in (text.find(" ("), text.find("'s (")) if each > 0)
    mentions = [Mention(start, end, text[start:end], "ORG"), Mention(at, at + len(short), short, "ORG")]
    pairs = within_article.canonical_names(mentions, (), text)
    assert [pair[1].text for pair in pairs if pair] == [text[start:end]] * 2


def test_dates_belong_to_no_entity() -> None:
    assert heads(("Friday", "DATE"), ("$2", "MONEY")) == [None, None]


@pytest.mark.parametrize(
    ("longer", "shorter", "is_so"),
    [
        ("recep tayyip erdogan", "tayyip erdogan", True),
        ("bashar al assad", "bashar assad", True),
        ("george w bush", "george bush", True),
        ("george h w bush", "george w bush", False),
        ("hillary clinton", "bill clinton", False),
        ("vladimir putin", "putin", False),
    ],
)
def test_a_fuller_name_subsumes_a_shorter_one(longer: str, shorter: str, is_so: bool) -> None:
    assert subsumes(longer, shorter) is is_so


def test_a_lone_surname_goes_to_the_dominant_full_name_only() -> None:
    assert (
        cluster(PERSON, [Form("vladimir putin", 9), Form("lyudmila putin", 1), Form("putin", 3)])["putin"]
        == "vladimir putin"
    )
    assert (
        cluster(PERSON, [Form("bill clinton", 3), Form("hillary clinton", 3), Form("clinton", 9)])["clinton"]
        == "clinton"
    )
    assert cluster(PERSON, [Form("vladimir putin", 1), Form("putin", 3)])["putin"] == "putin"


def test_an_acronym_goes_to_the_expansion_it_mostly_had() -> None:
    assert cluster(ORG, [Form("un", 5, {"united nations": 3})])["un"] == "united nations"
    assert cluster(ORG, [Form("aba", 5, {"bar association": 2, "bankers association": 2})])["aba"] == "aba"


def test_expansions_that_are_longer_or_in_the_plural_vote_together() -> None:
    counts = {"quux service board": 1, "quux services board": 2, "quux services board of trade": 1}
    assert cluster(ORG, [Form("qsb", 9, counts)])["qsb"] == "quux services board"
    assert cluster(ORG, [Form("qsb", 9, {**counts, "quay safety bureau": 2})])["qsb"] == "qsb"


def test_an_agency_goes_without_its_country_where_its_name_is_long_enough() -> None:
    long = "Quux and Fish Quality Agency"
    assert key_of(ORG, f"U.S. {long}") == key_of(ORG, f"United States {long}") == key_of(ORG, long)
    for short in ("Supreme Court", "Quux Party", "National Quux Weather Service", "House of Representatives"):
        assert key_of(ORG, f"U.S. {short}") != key_of(ORG, short)


def test_a_king_is_no_person_with_his_first_name() -> None:
    assert heads(("Richard Keller", "PERSON"), ("Richard III", "PERSON"))[1] == "Richard III"
    assert heads(("Richard Keller", "PERSON"), ("Richard", "PERSON"))[1] == "Richard Keller"
    assert heads(("Max Keller Jr", "PERSON"), ("Keller Jr", "PERSON"))[1] == "Max Keller Jr"


def test_a_surname_after_a_first_name_of_other_letters_has_several_spellings() -> None:
    for one, other in (
        ("Hosni Tumarnel", "Hosni Toumarnel"),
        ("Bachar Tumel", "Bashar Tumel"),
        ("Abdulla Tumel", "Abdullah Tumel"),
    ):
        forms = [Form(key_of(PERSON, one), 2), Form(key_of(PERSON, other), 2)]
        assert len(set(cluster(PERSON, forms).values())) == 1
    for one, other in (("Max Tumarnel", "Max Toumarnel"), ("Hosni Tumarnel", "Anwar Tumarnel")):
        forms = [Form(key_of(PERSON, one), 2), Form(key_of(PERSON, other), 2)]
        assert len(set(cluster(PERSON, forms).values())) == len(forms)


def test_a_frequent_name_is_not_the_end_of_a_rare_longer_one() -> None:
    quux = [("Quuxel", "ORG")] * 5
    assert heads(("Lorries Beat Quuxel", "ORG"), *quux)[1] == "Quuxel"
    assert heads(("Calm Quuxel", "ORG"), *quux[:2])[1] == "Calm Quuxel"
    assert heads(("Quux Court", "ORG"), *[("Court", "ORG")] * 5)[1] == "Quux Court"
    assert heads(("J. Quuxel", "ORG"), *quux)[1] == "J. Quuxel"


def test_a_noun_that_could_be_two_bodies_is_no_entity() -> None:
    both = [("Quux Council", "ORG"), ("Digital Council", "ORG")]
    assert heads(*both, ("Council", "ORG"))[2] is None
    assert heads(*both[:1], ("Council", "ORG"))[1] == "Quux Council"
    assert heads(*both, ("Senate", "ORG"))[2] == "Senate"


def test_a_frequent_end_with_an_article_is_a_short_form() -> None:
    names = ["Free Quuxancy", *["Quuxancy"] * 5]
    text = ", the ".join(names)
    starts = [text.index(names[0]), *(m.start() for m in re.finditer("(?<=the )Quuxancy", text))]
    mentions = [
        Mention(start, start + len(name), name, "ORG") for start, name in zip(starts, names, strict=True)
    ]
    pairs = within_article.canonical_names(mentions, (), text)
    assert {pair[1].text for pair in pairs if pair} == {"Free Quuxancy"}


def test_clusters_do_not_hang_on_the_order_of_forms() -> None:
    forms = [
        Form("recep tayyip erdogan", 4),
        Form("tayyip erdogan", 6),
        Form("recep erdogan", 1),
        Form("erdogan", 9),
        Form("emine erdogan", 1),
    ]
    results = [cluster(PERSON, order) for order in itertools.permutations(forms)]
    assert all(result == results[0] for result in results)
    assert results[0]["recep erdogan"] == results[0]["tayyip erdogan"] == results[0]["erdogan"]
    assert results[0]["emine erdogan"] == "emine erdogan"


ARTICLES = {
    "a": "President Recep Tayyip Erdogan spoke in Ankara. Erdogan left for Syria.",
    "b": "Tayyip Erdogan met Anna Keller of the World Trade Union (WTU). The WTU paid.",
    "c": "In Ankara, President Erdogan said the WTU had lied. The U.S. was silent.",
    "d": "Recep Tayyip Erdogan met Americans from the United States in Rome.",
    "e": "Anna Keller wrote to Erdogan. Mr. Keller, her brother Max Keller, did not.",
}


def state(shelf: Shelf) -> list[tuple[object, ...]]:
    return [
        (e.id, e.name, e.type, e.articles, e.mentions, e.aliases, e.related)
        for e in shelf.store.entities(types=list(EntityType))
    ]


def test_the_same_archive_gives_the_same_entities_in_any_order(new_shelf: Callable[[], Shelf]) -> None:
    states = []
    for order in ("abcde", "edcba", "cadbe"):
        shelf = new_shelf()
        for name in order:
            shelf.put(name, ARTICLES[name])
            shelf.link()
        states.append(state(shelf))
    at_once = new_shelf()
    for name, text in ARTICLES.items():
        at_once.put(name, text)
    at_once.link()
    assert states[0] == states[1] == states[2] == state(at_once)
    (erdogan,) = at_once.store.resolve("Erdogan", [PERSON])
    assert at_once.entity(erdogan).name == "Recep Tayyip Erdogan"
    (union,) = at_once.store.resolve("WTU")
    assert at_once.entity(union).name == "World Trade Union"
    assert at_once.entity(union).articles == 2


def test_what_comes_and_goes_leaves_no_trace(new_shelf: Callable[[], Shelf]) -> None:
    changed, plain = new_shelf(), new_shelf()
    for name in "ad":
        changed.put(name, ARTICLES[name])
        plain.put(name, ARTICLES[name])
    plain.link()
    for name in "bce":
        changed.put(name, ARTICLES[name])
    changed.link()
    for name in "bce":
        changed.drop(name)
    changed.link()
    assert state(changed) == state(plain)


def typed(shelf: Shelf, name: str, label: str) -> None:
    """An article in which "Quux Keller" has a label."""
    text = f"Quux Keller met them in {name}."
    number = shelf.put(name, text)
    with shelf.catalogue.transaction():
        shelf.store.put(number, (Mention(0, 11, "Quux Keller", label),), "a test", instead=True)


def test_persons_who_are_spelled_alike_are_offered(shelf: Shelf) -> None:
    for name, text in {
        "a": "President Mohammed Quux spoke in Rome.",
        "b": "President Muhammad Quux spoke in Rome.",
        "c": "President Max Quux spoke in Rome.",
        "d": "President Ben Smith spoke. President Ben Smyth did not.",
    }.items():
        shelf.put(name, text)
    shelf.link()

    def offered(name: str) -> list[str]:
        (identity,) = shelf.store.resolve(name, [PERSON])
        return [other.name for other in shelf.card(identity).spelled_alike]

    assert offered("Mohammed Quux") == ["Muhammad Quux"]
    assert offered("Max Quux") == []
    assert offered("Ben Smyth") == ["Ben Smith"]


def test_a_name_under_two_types_follows_the_majority_of_articles(new_shelf: Callable[[], Shelf]) -> None:
    states = []
    for order in ("abcd", "dcba"):
        shelf = new_shelf()
        for name in order:
            typed(shelf, name, "ORG" if name == "d" else "PERSON")
            shelf.link()
        states.append(state(shelf))
        (found,) = shelf.store.resolve("Quux Keller")
        assert (shelf.entity(found).type, shelf.entity(found).articles) == (PERSON, 4)
        shelf.drop("a")
        shelf.link()
        assert {(e.type, e.articles) for e in shelf.store.entities()} == {(PERSON, 2), (ORG, 1)}
    assert states[0] == states[1]


def test_ids_stay_when_unrelated_articles_come(shelf: Shelf) -> None:
    shelf.put("a", ARTICLES["a"])
    shelf.link()
    before = {e.name: e.id for e in shelf.store.entities()}
    for index in range(5):
        shelf.put(f"other{index}", f"Anna Keller told Max Berger of Quux Group number {index} in Oslo.")
    shelf.link()
    after = {e.name: e.id for e in shelf.store.entities()}
    assert before.items() <= after.items()


def test_an_id_that_an_entity_had_leads_to_it(shelf: Shelf) -> None:
    shelf.put("b", ARTICLES["b"])
    shelf.link()
    (old,) = shelf.store.resolve("Tayyip Erdogan")
    shelf.put("a", ARTICLES["a"])
    shelf.put("d", ARTICLES["d"])
    shelf.link()
    found = shelf.store.entity(old)
    assert found is not None
    assert found.name == "Recep Tayyip Erdogan"
    assert shelf.store.articles_of([old]) == shelf.store.articles_of([found.id])


def test_a_changed_date_moves_the_days_of_an_entity(shelf: Shelf) -> None:
    number = shelf.put("a", ARTICLES["a"], date="2020-01-01")
    shelf.link()
    with shelf.catalogue.transaction():
        shelf.catalogue.connection().execute(
            "UPDATE articles SET date = '2021-05-05' WHERE number = ?", (number,)
        )
        seal_metadata(shelf.catalogue.connection(), [number])
    shelf.link()
    assert {str(e.first) for e in shelf.store.entities()} == {"2021-05-05"}


def test_a_name_whose_key_is_another_than_was_stored_gets_the_one_of_today(shelf: Shelf) -> None:
    shelf.put("one", "Anna Keller came to Oslo.")
    shelf.link()
    connection = shelf.catalogue.connection()
    before = connection.execute("SELECT text, key, block FROM names ORDER BY text").fetchall()
    connection.execute("UPDATE names SET key = 'other', block = 'other'")
    connection.execute("UPDATE mention_sets SET linked = 0")
    shelf.link()
    assert connection.execute("SELECT text, key, block FROM names ORDER BY text").fetchall() == before


def test_a_large_block_is_linked_without_each_name_being_held_against_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[str] = []

    def noted(longer: str, shorter: str) -> bool:
        compared.append(longer)
        return subsumes(longer, shorter)

    monkeypatch.setattr(clustering, "subsumes", noted)
    forms = [Form(f"first{number} keller", 1) for number in range(200)]
    found = cluster(PERSON, [*forms, Form("first7 maria keller", 3), Form("keller", 1)])
    assert (found["first7 keller"], found["first8 keller"]) == ("first7 maria keller", "first8 keller")
    assert compared == ["first7 maria keller"]


def test_the_list_is_filtered_and_sorted(shelf: Shelf) -> None:
    for index in range(4):
        shelf.put(f"old{index}", f"Anna Keller came to Oslo, number {index}.", date=f"2019-0{index + 1}-01")
    for index in range(3):
        shelf.put(f"new{index}", f"Max Berger came to Oslo, number {index}.", date=f"2020-06-0{index + 1}")
    shelf.link()

    def names(**asked: Any) -> list[str]:
        return [e.name for e in shelf.store.entities(**asked)]

    assert names() == ["Oslo", "Anna Keller", "Max Berger"]
    assert names(sort="name") == ["Anna Keller", "Max Berger", "Oslo"]
    assert names(sort="first") == ["Max Berger", "Oslo", "Anna Keller"]
    assert names(sort="rising")[0] == "Max Berger"
    assert names(filter="kELL") == ["Anna Keller"]
    assert names(types=[PLACE], limit=1) == ["Oslo"]
    assert names(filter="100%") == []


def test_a_reader_before_the_first_write_sees_nothing(shelf: Shelf) -> None:
    from seedread_index.catalogue.catalogue import Catalogue
    from seedread_index.catalogue.entities.mentions import MentionStore

    shelf.catalogue.connection().execute("DELETE FROM meta WHERE key = 'entity_tables'")
    reader = Catalogue.open(shelf.catalogue.path)
    store = MentionStore(reader)
    assert store.entities() == []
    assert store.resolve("Putin") == []
    assert store.mentions(1) == ()
    reader.close()
