"""What an article and known first names say of a name: ranks, datelines, no addresses."""

from __future__ import annotations

import pytest

from seedread_index.model.article import Passage, PassageKind
from seedread_index.ner.annotate import prepare, refine, run
from seedread_index.ner.spans import LabelledSpan

from .test_refinement import shown, spans


def refined(text: str, **named: str) -> list[tuple[str, str]]:
    """The names after all steps, from the first place of each given one."""
    return shown(text, run(text, spans(text, **named)))


@pytest.mark.parametrize(
    ("name", "label", "left"),
    [
        (
            "Abu Dhabi Crown Prince Khaled bin Quux al-Zaabi",
            "ORG",
            [("Abu Dhabi", "GPE"), ("Khaled bin Quux al-Zaabi", "PERSON")],
        ),
        ("Saudi Crown Prince Khaled bin Quux", "ORG", [("Saudi", "NORP"), ("Khaled bin Quux", "PERSON")]),
        ("Brigadier Anna Keller", "ORG", [("Anna Keller", "PERSON")]),
        ("Senator Qwyx", "GPE", [("Qwyx", "PERSON")]),
        ("King Khaled University", "ORG", [("King Khaled University", "ORG")]),
        ("General Quux", "ORG", [("General Quux", "ORG")]),
        ("Gen Q", "ORG", [("Gen Q", "ORG")]),
        ("Uncle Max Keller", "PERSON", [("Max Keller", "PERSON")]),
    ],
)
def test_a_rank_is_no_part_of_a_name(name: str, label: str, left: list[tuple[str, str]]) -> None:
    assert refined(f"They say that {name} came.", **{label: name}) == left


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("Anna Keller](https", ["Anna Keller"]),
        ("Anna Keller - star", ["Anna Keller"]),
        ("Anna Keller • Quux News", ["Anna Keller"]),
        ("Acme Corp / Quux Corp", ["Acme Corp", "Quux Corp"]),
        ("Quux Board (QB", ["Quux Board"]),
        ("x%22%0D%0A%09%20width", []),
        ("hi))Quux", []),
        ("QUUX_HOME", []),
        ("Quux Foundation and the Keller Institute", ["Quux Foundation", "Keller Institute"]),
        ("Quux Food and Drug Administration", ["Quux Food and Drug Administration"]),
        ("Peoples Bank and Trust Company", ["Peoples Bank and Trust Company"]),
        ("al - Quux Brigades", ["al - Quux Brigades"]),
        ("Oslo-based Quux Corp", ["Oslo", "Quux Corp"]),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(given: str, left: list[str]) -> None:
    text = f"Then there was {given} again."
    assert [name for name, _ in refined(text, ORG=given)] == left


def test_no_name_begins_ends_or_lies_in_an_address() -> None:
    text = "See https://quux.example/Anna_Keller, mail Keller@Quux.example or @AnnaKel. Anna Keller said so."
    given = [LabelledSpan(text.index("Anna_K"), text.index(", mail"), "PERSON")]
    given += spans(text, ORG="Quux", PERSON="Keller@")
    given.append(LabelledSpan(text.rindex("Anna K"), text.rindex(" said"), "PERSON"))
    assert shown(text, run(text, given)) == [("Anna Keller", "PERSON")]


def test_a_word_of_another_script_is_no_name_in_a_text_with_capitals() -> None:
    text = "They told us so: हमने किया. Nobody had heard of it before, or so they said then."
    assert refined(text, ORG="हमने") == []


def test_a_common_noun_is_no_name_but_as_the_short_form_of_one() -> None:
    text = "The Agency spoke of our Church, and of the Quux Council; the Council was silent."
    last = LabelledSpan(text.rindex("Council"), text.rindex(" was"), "ORG")
    assert shown(text, run(text, [*spans(text, ORG="Agency|Church|Quux Council"), last])) == [
        ("Quux Council", "ORG"),
        ("Council", "ORG"),
    ]
    text = "The Explorer saw it. An explorer is a browser."
    assert refined(text, PERSON="Explorer") == []


@pytest.mark.parametrize(
    ("sentence", "given", "whole"),
    [
        ("She joined the U.S. Department of Quux.", "U.S. Department", "U.S. Department of Quux"),
        (
            "The Department of Fish and Water Services paid.",
            "Department of Fish",
            "Department of Fish and Water Services",
        ),
        ("The Ministry of Fish and Anna left.", "Ministry of Fish", "Ministry of Fish"),
        ("She was at King's College then.", "College", "King's College"),
        ("The Russia's Quux Ministry said.", "Quux Ministry", "Quux Ministry"),
        ("He ate at McDonald's today.", "McDonald", "McDonald's"),
        ("The Church of Quux said so.", "Church", "Church of Quux"),
    ],
)
def test_organisations_are_whole(sentence: str, given: str, whole: str) -> None:
    assert (whole, "ORG") in refined(sentence, ORG=given)


@pytest.mark.parametrize(
    ("sentence", "given", "whole"),
    [
        (
            "The Quux Association for Counsel and Therapy (QACT) paid.",
            "Quux Association for Counsel",
            "Quux Association for Counsel and Therapy",
        ),
        ("The Fish and Quux Bureau (FQB) paid.", "Quux Bureau", "Fish and Quux Bureau"),
        ("He saw the Quux Operation Centre (QOC).", "Quux Operation Centre", "Quux Operation Centre"),
        ("He met Max of the Quux Bank (QXZ).", "Quux Bank", "Quux Bank"),
    ],
)
def test_an_acronym_in_brackets_tells_how_long_a_name_is(sentence: str, given: str, whole: str) -> None:
    found = refined(sentence, ORG=given)
    assert [name for name, label in found if label == "ORG" and given in name] == [whole]


def test_what_has_an_acronym_is_an_organisation() -> None:
    text = "He works at the Quux Research Museum (QRM); the QRM is closed."
    assert refined(text, FAC="Quux Research Museum") == [
        ("Quux Research Museum", "ORG"),
        *[("QRM", "ORG")] * 2,
    ]


def test_datelines_have_places_and_agencies() -> None:
    for opening in ("Quuxtown, Norway (IPX) -", "Quuxtown, N.M. (IPX) _", "Quuxtown _"):
        found = refined(f"{opening} The king came.\n")
        assert found[0] == ("Quuxtown", "GPE")
        assert (("IPX", "ORG") in found) == ("IPX" in opening)
    assert refined("Cairo: The king came.")[0] == ("Cairo", "GPE")
    assert refined("Quuxtown: The king came.") == []
    assert prepare("BAGHDAD _ The king came.")[:8] == "Baghdad "


def test_a_given_name_alone_is_the_person_named_in_full() -> None:
    text = "Olga Quux left. Olga said that Xi Quuxing wrote. Xi agreed."
    found = refined(text, PERSON="Olga Quux|Xi Quuxing", GPE="Olga said")
    text = text.replace("Olga said", "Olga, said")
    assert found.count(("Xi", "PERSON")) == 1
    found = shown(
        text,
        run(
            text,
            [
                *spans(text, PERSON="Olga Quux"),
                LabelledSpan(text.index("Olga,"), text.index(", said"), "GPE"),
            ],
        ),
    )
    assert found.count(("Olga", "PERSON")) == 1
    assert refined("Quux Analytics paid. Quux said so.", PERSON="Quux Analytics") == [
        ("Quux Analytics", "PERSON")
    ]


def test_persons_are_whole() -> None:
    text = "Then Khaled bin Quux al-Zaabi met Volodymyr Quuxenko there."
    given = spans(text, PERSON="Khaled bin Quux|Quuxenko", GPE="Volodymyr")
    assert shown(text, run(text, given)) == [
        ("Khaled bin Quux al-Zaabi", "PERSON"),
        ("Volodymyr Quuxenko", "PERSON"),
    ]
    text = "In Paris Anna Quux spoke."
    assert refined(text, PERSON="Anna Quux", GPE="Paris")[0] == ("Paris", "GPE")


def test_a_calling_before_a_first_name_is_no_part_of_a_name() -> None:
    assert refined("So said Biologist Anna Quux.", PERSON="Biologist Anna Quux") == [("Anna Quux", "PERSON")]
    text = "A podcaster came. Podcaster Anna Quux spoke."
    assert refined(text, PERSON="Podcaster Anna Quux") == [("Anna Quux", "PERSON")]
    assert refined("So said Quuxine Anna Berg.", PERSON="Quuxine Anna Berg") == [
        ("Quuxine Anna Berg", "PERSON")
    ]


def test_two_names_that_and_joins_are_two_where_one_stands_alone() -> None:
    text = "Of Quuxit and ZedCo they say that ZedCo is old."
    assert refined(text, ORG="Quuxit and ZedCo")[:2] == [("Quuxit", "ORG"), ("ZedCo", "ORG")]
    text = "Enrolling Quuxit. For years Quuxit was free."
    assert refined(text, ORG="Enrolling Quuxit")[0] == ("Quuxit", "ORG")
    text = "Marks and Quuxer sells shoes."
    assert refined(text, ORG="Marks and Quuxer") == [("Marks and Quuxer", "ORG")]


def test_two_capitals_and_a_word_of_two_scripts_are_no_persons() -> None:
    text = "They saw MK there, and हा COVID again, or so they said to all of us then."
    assert refined(text, PERSON="MK|हा COVID") == []


def test_a_city_taken_for_a_person_is_a_place_but_where_a_person_has_its_name() -> None:
    assert refined("He spoke of Aleppo again.", PERSON="Aleppo") == [("Aleppo", "GPE")]
    assert refined("He spoke of Mr. Houston again.", PERSON="Houston") == [("Houston", "PERSON")]
    assert ("Houston", "PERSON") in refined("Sam Houston spoke. So Houston left.", PERSON="Sam Houston")


def test_a_name_in_capitals_is_the_same_name() -> None:
    text = "KELLER IN OSLO, or so. Anna Keller spoke."
    assert refined(text, PERSON="Anna Keller")[0] == ("KELLER", "PERSON")


def test_all_steps_leave_a_mention_inside_its_passage() -> None:
    text = "Senator Qwyx\n\nOslo"
    found = refine(
        text,
        (Passage(0, 12, PassageKind.BODY), Passage(14, 18, PassageKind.BODY)),
        "en",
        [LabelledSpan(0, 18, "ORG")],
    )
    assert [m.text for m in found] == ["Qwyx", "Oslo"]
