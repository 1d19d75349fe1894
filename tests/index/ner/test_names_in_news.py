"""What news writes that no name is, or that another name is: headings, line-ups, states, parties, films."""

from __future__ import annotations

import pytest

from seedread_index.linking.clustering import Form, cluster
from seedread_index.linking.keys import display_name, is_known_body, key_of, short_forms
from seedread_index.model.article import EntityType
from seedread_index.ner.annotate import by_rules, run
from seedread_index.ner.spans import LabelledSpan

from .test_link import heads
from .test_names_refined import refined
from .test_refinement import shown, spans

PLACE, ORG = EntityType.PLACE, EntityType.ORG


def names(text: str, lang: str) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in by_rules(text, (), lang)]


@pytest.mark.parametrize("label", ["PERSON", "ORG"])
@pytest.mark.parametrize("name", ["Oscars", "Six Nations", "Wimbledon"])
def test_a_contest_is_an_event_and_a_place_stays_one(name: str, label: str) -> None:
    assert refined(f"She thought of the {name} again.", **{label: name}) == [(name, "EVENT")]
    assert ("Wimbledon", "GPE") in refined("They live in Wimbledon.", GPE="Wimbledon")


def test_a_contest_with_its_sponsor_is_an_event_and_a_case_is_none() -> None:
    assert refined("He won the QXB Six Nations.", ORG="QXB Six Nations") == [("QXB Six Nations", "EVENT")]
    assert ("Quux v. Quux University", "ORG") not in refined(
        "They cited Quux v. Quux University then.", ORG="Quux v. Quux University"
    )


def test_one_oscar_is_no_person_where_there_are_oscars() -> None:
    assert refined("An Oscar is heavy, said the Oscars hosts.", PERSON="Oscar") == []
    assert refined("Oscar Quux won. Oscars are heavy.", PERSON="Oscar Quux") == [("Oscar Quux", "PERSON")]


def test_parties_and_peoples_are_no_persons() -> None:
    assert refined("Nobody asked the Lib Dems.", PERSON="Lib Dems") == [("Lib Dems", "ORG")]
    assert refined("Nobody asked the Whigs.", PERSON="Whigs") == [("Whigs", "NORP")]
    assert key_of(ORG, "Lib Dem") == key_of(ORG, "Liberal Democrats")


@pytest.mark.parametrize("heading", ["Enjoy French films", "Popular French films"])
def test_a_word_of_a_heading_is_no_part_of_a_people(heading: str) -> None:
    text = f"{heading}\nThey enjoy what is popular."
    assert refined(text, NORP=heading.removesuffix(" films")) == [("French", "NORP")]


def test_words_of_number_and_comparison_are_no_part_of_a_people() -> None:
    assert refined("Other Than Mexicans came.", NORP="Other Than Mexicans") == [("Mexicans", "NORP")]


def test_an_adjective_of_a_writer_is_no_people() -> None:
    assert refined("It was an Orwellian plan.", NORP="Orwellian") == []
    assert refined("A pan-African and un-American plan.", NORP="pan-African") == [
        ("African", "NORP"),
        ("American", "NORP"),
    ]


def test_a_word_of_a_heading_is_no_first_name() -> None:
    text = "Mogul Quuxson backs a band\nAnna Quuxson, the media mogul, backs it."
    given = sorted([*spans(text, PERSON="Mogul Quuxson"), *spans(text, PERSON="Anna Quuxson")])
    assert shown(text, run(text, given))[0] == ("Quuxson", "PERSON")
    text = "Keller Quuxpart at odds\nAnna Keller met them. Nobody asked the Quuxpart."
    given = [*spans(text, PERSON="Keller Quuxpart"), *spans(text, PERSON="Anna Keller")]
    body = text.rindex("Quuxpart")
    found = run(text, sorted([*given, LabelledSpan(body, body + len("Quuxpart"), "ORG")]))
    assert shown(text, found)[0] == ("Keller", "PERSON")
    text = "Keller Ally at odds\nAnna Keller met her ally."
    given = sorted([*spans(text, PERSON="Keller Ally"), *spans(text, PERSON="Anna Keller")])
    assert shown(text, run(text, given))[0] == ("Keller", "PERSON")
    assert refined("The Junge QXP marched.", PERSON="Junge QXP") == [("Junge QXP", "ORG")]


def test_initials_in_a_line_up_are_persons() -> None:
    text = "England: C Quuxson, G Bartley, H Keller, L Mootz, J Ruddel."
    given = spans(text, ORG="C Quuxson", PERSON="G Bartley", GPE="H Keller", LOC="L Mootz")
    assert {label for _, label in shown(text, run(text, sorted(given)))[1:]} == {"PERSON"}
    assert refined("He saw the X Quuxtor again.", ORG="X Quuxtor") == [("X Quuxtor", "ORG")]


def test_letters_of_honour_are_no_part_of_a_person() -> None:
    assert refined("They asked Anna Quux QC.", ORG="Anna Quux QC") == [("Anna Quux", "PERSON")]


def test_who_died_and_a_first_name_is_a_person() -> None:
    text = "Anna Quuxter dies at home. Quuxter, 91, was born in May."
    assert ("Anna Quuxter", "PERSON") in refined(text, ORG="Anna Quuxter")
    text = "They heard Democrat Zephra Quuxter speak."
    assert ("Zephra Quuxter", "PERSON") in refined(text, ORG="Zephra Quuxter")


def test_persons_and_bodies_that_a_hyphen_or_comma_joins_are_two() -> None:
    assert refined("The Anna Quux-Max Keller film is out.", PERSON="Anna Quux-Max Keller") == [
        ("Anna Quux", "PERSON"),
        ("Max Keller", "PERSON"),
    ]
    text = "Quux Watch, Justice Department at odds. The Quux Watch sued. The Justice Department slept."
    assert shown(text, run(text, spans(text, ORG="Quux Watch, Justice Department")))[:2] == [
        ("Quux Watch", "ORG"),
        ("Justice Department", "ORG"),
    ]


def test_a_company_that_was_taken_for_a_place_is_one() -> None:
    text = "The Quuxalat founder wept. Quuxalat shares fell."
    assert {label for _, label in refined(text, GPE="Quuxalat")} == {"ORG"}
    text = "The Quuxalat founder wept. He was born in Quuxalat."
    assert {label for _, label in refined(text, GPE="Quuxalat")} == {"GPE"}


def test_a_magazine_with_its_article_is_no_place() -> None:
    text = "She told The Atlantic so. The Atlantic printed it."
    assert ("The Atlantic", "ORG") in refined(text, LOC="The Atlantic")


@pytest.mark.parametrize(
    "text",
    [
        "The Quuxator, starring Anna Keller, is a film.",
        "He made the movie The Quuxator long ago.",
        "She starred in Quuxator as a film star.",
        "The Quuxator TV show is a drama.",
    ],
)
def test_what_has_stars_is_a_film(text: str) -> None:
    assert ("Quuxator", "ORG") not in refined(text, ORG="Quuxator")


def test_an_acronym_after_super_is_no_body() -> None:
    assert refined("A super QXC paid and the ads are out.", ORG="QXC") == []


@pytest.mark.parametrize(
    ("short", "long"),
    [("Ariz.", "Arizona"), ("N.Y.", "New York"), ("D.C.", "Washington"), ("NSW", "New South Wales")],
)
def test_a_state_is_one_however_short(short: str, long: str) -> None:
    assert key_of(PLACE, short) == key_of(PLACE, long)
    assert display_name(PLACE, key_of(PLACE, short)) == long


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("R-Wis", ("Wis", "GPE")),
        ("radical/FBI", ("FBI", "ORG")),
        ("1.90 Quux Corp", ("Quux Corp", "ORG")),
        ("Republican Congress", ("Congress", "ORG")),
        ("Republican Party", ("Republican Party", "ORG")),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(given: str, left: tuple[str, str]) -> None:
    assert refined(f"They asked {given} again.", **{left[1]: given})[-1] == left


def test_a_city_is_no_country_of_another_language() -> None:
    assert key_of(PLACE, "Albany") != key_of(PLACE, "Albania")
    assert key_of(PLACE, "Granada") != key_of(PLACE, "Grenada")


def test_an_acronym_of_another_nation_is_not_what_everybody_means() -> None:
    counts = {"namibian quux corporation": 1}
    assert cluster(ORG, [Form("nqc", 6, counts)])["nqc"] == "nqc"
    assert cluster(ORG, [Form("nqc", 2, counts)])["nqc"] == "namibian quux corporation"
    assert (
        cluster(ORG, [Form("nqc", 6, {"national quux corporation": 1})])["nqc"] == "national quux corporation"
    )


def test_a_short_name_is_the_body_that_all_articles_mean() -> None:
    assert cluster(ORG, [Form("quux", 9, {"quux party": 2})])["quux"] == "quux party"
    assert cluster(ORG, [Form("quux", 9, {"quux party": 1})])["quux"] == "quux"
    assert cluster(ORG, [Form("quux", 9, {"quux party": 2, "quux university": 1})])["quux"] == "quux"
    assert cluster(ORG, [Form("senate", 9, {"united states senate": 2})])["senate"] == "united states senate"
    counts = {"united states senate": 2, "french senate": 1}
    assert cluster(ORG, [Form("senate", 9, counts)])["senate"] == "senate"


def test_a_party_that_is_spelt_otherwise_is_another() -> None:
    assert key_of(ORG, "Labor Party") != key_of(ORG, "Labour Party")
    assert key_of(ORG, "Labor Department") == key_of(ORG, "Labour Department")


def test_a_house_is_not_the_white_house() -> None:
    assert heads(("White House", "ORG"), ("House", "ORG"))[1] == "House"
    assert heads(("House of Representatives", "ORG"), ("House", "ORG"))[1] == "House of Representatives"
    assert "quux" in short_forms("quux party")


def test_a_party_is_not_short_for_another() -> None:
    assert is_known_body(key_of(ORG, "Democratic Party"))
    assert heads(("Rise of Islamic State", "ORG"), ("ISIS", "ORG"))[1] == "ISIS"
    assert heads(("Liberal Democratic Party", "ORG"), ("Democratic Party", "ORG"))[1] == "Democratic Party"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das war Hanna Kerns Rettungsplan. Kern schwieg.", ["Hanna Kern", "Kern"]),
        ("Er las einen Roman Noli lang.", []),
        ("Das sagte Sergio Llull von Real gestern.", ["Sergio Llull"]),
        ("Da kam Dante Exum zu Boden.", ["Dante Exum"]),
        ("Das Julius Kern-Institut warnt.", []),
        ("Die Idee von Hanna Kern Forschung half.", ["Hanna Kern"]),
        ("Das sagt Ernährungsberaterin Hanna Kern.", ["Hanna Kern"]),
        ("Das schrieb Karl von Bismarck.", ["Karl von Bismarck"]),
    ],
)
def test_german_nouns_are_no_part_of_a_person(text: str, found: list[str]) -> None:
    assert [name for name, label in names(text, "de") if label == "PERSON"] == found


def test_two_persons_side_by_side_are_two() -> None:
    assert names("Parla Giorgia Meloni da Donald Trump oggi.", "it") == [
        ("Giorgia Meloni", "PERSON"),
        ("Donald Trump", "PERSON"),
    ]
    assert names("Zięć Donalda Trumpa Jared Kushner milczy.", "pl")[-1] == ("Jared Kushner", "PERSON")


def test_the_particles_of_a_surname_stay_together() -> None:
    text = "Ursula von der Quuxen came. Nobody asked von der Quuxen."
    assert refined(text, PERSON="Ursula von der Quuxen")[1] == ("von der Quuxen", "PERSON")
