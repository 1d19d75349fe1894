"""What an article calls an app, a song or a star, whom it calls a singer, and what looks alike."""

from __future__ import annotations

import pytest

from seedread_index.ner.annotate import run

from .test_names_refined import refined
from .test_refinement import shown, spans


@pytest.mark.parametrize(
    "text",
    [
        "She opened the free app Quuxet, then slept.",
        "They wrote a tool called Quuxet over the weekend.",
        "Our intranet, called Quuxet, was slow. Now Quuxet is fast.",
        "Quuxet is a lightweight dashboard that anybody can read.",
        "He sent it by Quuxet, a new messaging app.",
        "We read it in our Monday column, the Quuxet. It was short.",
        "They sang the ballad “Quuxet” twice.",
        "Quuxet is a new programming language for ferrymen.",
        "It is Quuxet (QX), a framework for ferrymen.",
        "The Quuxet telescope was late. Quuxet cost a fortune.",
        "The Quuxet documentation platform is new.",
        "The office installed Quuxet on Monday. It writes Quuxet plugins, and Quuxet is quick.",
    ],
)
@pytest.mark.parametrize("label", ["ORG", "GPE", "PERSON"])
def test_what_an_article_calls_a_thing_is_one(text: str, label: str) -> None:
    assert {found for name, found in refined(text, **{label: "Quuxet"}) if name == "Quuxet"} == {"PRODUCT"}


@pytest.mark.parametrize(
    "text",
    [
        "Quuxet, a game developer, moved to the coast.",
        "Quuxet is an app maker in the north.",
        "Quuxet, the owner of the song, paid.",
        "Quuxet, a new messaging app, is old. Quuxet said that it hired two engineers.",
        "They gave the app to Quuxet in June.",
        "On the album Quuxet signed, nobody sang.",
        "The program that we built with Quuxet was a good prototype.",
        "Staff of Quuxet use an app.",
        "They met at Quuxet, the town plans an app.",
    ],
)
def test_who_makes_or_has_a_thing_is_none(text: str) -> None:
    assert ("Quuxet", "ORG") in refined(text, ORG="Quuxet")


def test_a_name_with_many_mentions_may_act_as_a_company_once() -> None:
    text = "Quuxet is a free game. " + "They play Quuxet. " * 12
    assert ("Quuxet", "PRODUCT") in refined(text + "Who wants to be Quuxet CEO?", ORG="Quuxet")
    assert ("Quuxet", "ORG") in refined(text + "Quuxet said no. Quuxet sued. Quuxet hired Max.", ORG="Quuxet")


def test_who_has_a_first_name_and_what_is_known_stay_what_they_are() -> None:
    assert refined("Anna, a new app, is his.", PERSON="Anna") == [("Anna", "PERSON")]
    assert refined("Twitter is an app.", ORG="Twitter") == [("Twitter", "ORG")]


def test_a_group_before_a_noun_is_a_thing_only_where_it_is_often_named() -> None:
    once = "The Quuxian platform is new."
    assert ("Quuxian", "NORP") in refined(once, NORP="Quuxian")
    assert ("Quuxian", "NORP") not in refined(f"{once} Try Quuxian. They left Quuxian.", NORP="Quuxian")


def test_a_star_is_one_in_the_sky_only() -> None:
    assert refined("Beyond our planet the host star QX Quuxae shines.", ORG="QX Quuxae") == [
        ("QX Quuxae", "PRODUCT")
    ]
    assert refined("On stage came film star Quux Barron, late.", ORG="Quux Barron") == [
        ("Quux Barron", "PERSON")
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was sung by singer Quux Barron in May.", "PERSON"),
        ("It was sold by lawyer Quux Barron in May.", "PERSON"),
        ("It was sold by the lawyers of Quux Barron in May.", "ORG"),
        ("It was sold by owner Quux Barron in May.", "ORG"),
    ],
)
def test_two_words_after_a_calling_are_a_person(text: str, label: str) -> None:
    assert refined(text, ORG="Quux Barron") == [("Quux Barron", label)]


def test_no_body_is_taken_for_a_person_after_a_calling() -> None:
    assert refined("It named the editor Quux News.", ORG="Quux News") == [("Quux News", "ORG")]


def test_the_word_after_a_product_is_part_of_its_name() -> None:
    text = "They moved to QuuxOS Brook. Then Brook was late, so QuuxOS stayed."
    found = refined(text, ORG="QuuxOS", GPE="Brook")
    assert ("QuuxOS Brook", "PRODUCT") in found
    assert ("Brook", "GPE") not in found
    assert ("Oslo", "GPE") in refined("They sell QuuxOS Oslo has.", ORG="QuuxOS", GPE="Oslo")


@pytest.mark.parametrize(
    ("name", "label", "left"),
    [
        ("QuuxLab", "GPE", "ORG"),
        ("QUXLab", "GPE", "ORG"),
        ("QuuxLab", "PERSON", "PRODUCT"),
        ("McQuux", "PERSON", "PERSON"),
        ("DeQuux", "GPE", "GPE"),
        ("Quux National Park", "ORG", "LOC"),
        ("Quux Space Station", "ORG", "LOC"),
        ("Anna Park", "PERSON", "PERSON"),
        ("Google Maps", "ORG", "PRODUCT"),
        ("Google Watch", "PERSON", "PRODUCT"),
        ("Quux Maps", "ORG", "ORG"),
    ],
)
def test_the_shape_and_last_words_of_a_name_tell_what_it_is(name: str, label: str, left: str) -> None:
    assert refined(f"Later they saw {name} again.", **{label: name}) == [(name, left)]


def test_a_park_with_an_acronym_is_a_place() -> None:
    found = refined("They saw Quux National Park (QNP). Then QNP burned.", ORG="Quux National Park")
    assert ("Quux National Park", "LOC") in found
    assert {label for name, label in found if name == "QNP"} == {"LOC"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The council in Quuxal voted, and Quuxal slept.", "GPE"),
        ("They trust in Quuxal's luck, and Quuxal slept.", "PERSON"),
        ("Quuxal slept. Quuxal ate. They trust in Quuxal more. Quuxal sang.", "PERSON"),
        ("Anna Quuxal slept. The trust in Quuxal grew.", "PERSON"),
    ],
)
def test_what_something_is_often_in_is_a_place(text: str, label: str) -> None:
    given = "Anna Quuxal" if "Anna" in text else "Quuxal"
    assert {found for name, found in refined(text, PERSON=given) if name == "Quuxal"} == {label}


def test_two_names_around_an_article_are_two() -> None:
    text = "It made Keller the Quux Party's head."
    assert refined(text, ORG="Keller the Quux Party") == [("Keller", "ORG"), ("Quux Party", "ORG")]
    other = "They read Reviving the Quux Party again."
    assert refined(other, ORG="Reviving the Quux Party") == [("Reviving the Quux Party", "ORG")]


@pytest.mark.parametrize(
    "text",
    [
        "She has a QWC card [quarter water coupon], and the QWC is blue.",
        "He wants QWC [Quarter-water coupon] and more QWC.",
        "They measure guest water comfort, or GWC, and the GWC is low.",
        "The Quarter Water Coupon is a quarter water coupon, and the QWC (Quarter Water Coupon).",
    ],
)
def test_an_explanation_in_common_words_tells_a_term(text: str) -> None:
    name = "GWC" if "GWC" in text else "QWC"
    assert name not in [found for found, _ in refined(text, ORG=name)]


@pytest.mark.parametrize(
    "text",
    ["He left the QWC (Quarter Water Council) in May.", "He left the QWC [see below] in May."],
)
def test_another_explanation_tells_none(text: str) -> None:
    assert ("QWC", "ORG") in refined(text, ORG="QWC")


def test_letters_inside_words_explain_an_acronym() -> None:
    text = "They used QuuxBerry Messenger (QBM). Nobody liked QBM."
    found = refined(text, ORG="QBM", PERSON="QuuxBerry Messenger")
    assert {label for name, label in found if name == "QBM"} == {"PRODUCT"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("They slept in the small town of Quuxal on Monday.", "GPE"),
        ("They slept in a valley called Quuxal on Monday.", "GPE"),
        ("They slept on the island of Quuxal on Monday.", "GPE"),
        ("They spoke of Quuxal on Monday.", "PERSON"),
        ("They slept in a house called Quuxal on Monday.", "PERSON"),
    ],
)
def test_what_an_article_calls_a_town_is_a_place(text: str, label: str) -> None:
    assert ("Quuxal", label) in refined(text, PERSON="Quuxal")


def test_a_body_of_a_town_is_none() -> None:
    assert refined("The town of Quux University slept.", ORG="Quux University") == [
        ("Quux University", "ORG")
    ]


def test_a_unit_after_a_number_is_no_name() -> None:
    text = "The file (40 QB) is here, and the other (7 QB, 2 pages) is gone."
    assert "QB" not in [name for name, _ in refined(text, ORG="QB")]
    assert ("QB", "ORG") in refined("In 2014 the QB met. In 2015 QB countries met and slept.", ORG="QB")


def test_a_master_of_something_is_no_organisation() -> None:
    assert refined("He is now Quux Master there.", ORG="Quux Master") == []


@pytest.mark.parametrize(
    ("text", "is_group"),
    [
        ("They moved to Quuxist. It is built with Quuxist.", False),
        ("They gave it to a Quuxist. It was the Quuxist who slept.", True),
        ("They came from Quuxist circles and spoke of Quuxist ideas.", True),
        ("Quuxist voters slept, and they moved to Quuxist papers too.", True),
        ("They said that Quuxist is fast.", False),
        ("They said that every Quuxist is fast.", True),
    ],
)
def test_a_member_of_a_group_needs_an_article(text: str, is_group: bool) -> None:
    assert (("Quuxist", "NORP") in refined(text, NORP="Quuxist")) is is_group


@pytest.mark.parametrize(
    ("text", "whole", "label"),
    [
        ("They flew with Quuxal Airways. Later Quuxal was late.", "Quuxal Airways", "ORG"),
        ("They saw Quuxal National Park. Later Quuxal burned.", "Quuxal National Park", "LOC"),
        ("They saw Quuxal Street. Later Quuxal slept.", "Quuxal Street", "PERSON"),
        ("They saw Anna Quuxal and Quuxal Airways. Later Quuxal slept.", "Quuxal Airways", "PERSON"),
    ],
)
def test_the_first_word_of_a_body_or_park_stands_for_it(text: str, whole: str, label: str) -> None:
    given = [*spans(text, ORG=whole), *spans(text[text.index("Later") :], PERSON="Quuxal")]
    shift = text.index("Later")
    given = [given[0], given[1]._replace(start=given[1].start + shift, end=given[1].end + shift)]
    given += spans(text, PERSON="Anna Quuxal") if "Anna" in text else []
    assert shown(text, run(text, sorted(given)))[-1] == ("Quuxal", label)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("They asked the airlines Acme and Quuxal.", "ORG"),
        ("They asked two banks, and Quuxal slept.", "PERSON"),
    ],
)
def test_a_name_right_after_companies_is_one(text: str, label: str) -> None:
    assert ("Quuxal", label) in refined(text, PERSON="Quuxal")


def test_a_word_of_number_is_no_part_of_a_name() -> None:
    assert refined("They saw Several Quux Boards there.", ORG="Several Quux Boards") == [
        ("Quux Boards", "ORG")
    ]


def test_a_castle_may_be_a_surname() -> None:
    assert refined("They saw Anna Castle again.", PERSON="Anna Castle") == [("Anna Castle", "PERSON")]
    assert refined("They saw Quux Castle again.", PERSON="Quux Castle") == [("Quux Castle", "FAC")]
