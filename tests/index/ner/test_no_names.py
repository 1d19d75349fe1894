"""What is written like a name and is none, and what looks alike and is one."""

from __future__ import annotations

import re

import pytest

from seedread_index.ner.annotate import run
from seedread_index.ner.refine.span_boundaries import by_head_word
from seedread_index.ner.spans import LabelledSpan

from .test_names_refined import refined
from .test_refinement import shown, spans


@pytest.mark.parametrize(
    "name", ["Welsh", "Quuxians", "Quux Islanders", "Anglo-Korean", "Peronist", "Far Eastern"]
)
def test_a_group_that_ends_like_one_stays_one(name: str) -> None:
    assert refined(f"Nobody asked {name} voters.", NORP=name) == [(name, "NORP")]


def test_a_plural_is_a_group_where_many_are_spoken_of() -> None:
    assert refined("She asked many Quuxtars.", NORP="Quuxtars") == [("Quuxtars", "NORP")]
    assert refined("He bought Quuxtars again.", NORP="Quuxtars") == []


@pytest.mark.parametrize(
    ("sentence", "given", "left"),
    [
        ("It was a Quuxolex, she said.", "Quuxolex", []),
        ("They met in Quuxgorsk, she said.", "Quuxgorsk", [("Quuxgorsk", "GPE")]),
        ("They took degrees in Quuxistics and law.", "Quuxistics", []),
        ("British Quuxnook helicopters came.", "British Quuxnook", [("British", "NORP")]),
        ("His aunt, Anna Quux, came.", "Anna Quux", [("Anna Quux", "PERSON")]),
        ("The owner of QuuxFish paid.", "QuuxFish", [("QuuxFish", "ORG")]),
        ("They live in Yemen now.", "Yemen", [("Yemen", "GPE")]),
    ],
)
def test_what_does_not_look_like_a_group_is_none(
    sentence: str, given: str, left: list[tuple[str, str]]
) -> None:
    assert refined(sentence, NORP=given) == left


def test_a_false_group_is_what_the_article_says_elsewhere() -> None:
    text = "Quuxgorsk is old. A Quuxgorsk paper said so."
    found = refined(text, GPE="Quuxgorsk", NORP="Quuxgorsk paper")
    assert ("Quuxgorsk", "GPE") in found


@pytest.mark.parametrize(
    "text",
    [
        "The hospital lacks sterile water units (SWU), and every ward wants SWU now.",
        "The user-made article (UMA) is the new fashion. They print UMA daily.",
        "The guest experience (GX) matters. They measure the GX.",
        "The town wants a ZQX, and soon. Without a ZQX the school stays dark.",
        "The town wants a ZQX or two. Without a ZQX of its own the school stays dark.",
        "The SWU (sterile water unit) of the school is late.",
        "Sterile Water Units (SWU) are late. The sterile water units came by ship, and SWU crews as well.",
        "The Chief Water Officer (CWO) left. The clerks say the CWO earns little.",
    ],
)
def test_an_acronym_of_common_words_is_no_name(text: str) -> None:
    acronym = next(
        word.strip("().,s") for word in text.split() if word.strip("().,s").isupper() and len(word) > 2
    )
    assert refined(text, ORG=acronym) == []


def test_an_acronym_with_a_plural_is_no_name() -> None:
    text = "Then SWUs are late, and the SWU of the school was lost."
    found = spans(text, ORG="SWUs|SWU of")
    assert shown(text, run(text, [found[0], found[1]._replace(end=found[1].start + 3)])) == []


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("The Sterile Water Union (SWU) struck. The SWU wants pay.", "SWU"),
        ("The sterile water union (SWU) struck. The SWU wants pay.", "SWU"),
        ("A SWU spokesman called. The SWU wants pay, and a SWU strike is near.", "SWU"),
        ("The Quux Water League (QWL) met. He wants a QWL that listens.", "QWL"),
        ("A BBC that the young watch is a BBC for all.", "BBC"),
        ("The clean rivers act helped SWU (and others).", "SWU"),
    ],
)
def test_an_acronym_of_a_name_stays_one(text: str, acronym: str) -> None:
    assert (acronym, "ORG") in refined(text, ORG=acronym)


def test_a_heavenly_body_is_neither_place_nor_organisation_in_an_article_about_the_sky() -> None:
    text = "The planet is nearer to the Sun than Mars, astronomers said."
    assert refined(text, ORG="Sun", GPE="Mars") == []
    text = "The Sun printed the letter, and Mars sold fewer sweets."
    assert refined(text, ORG="Sun|Mars") == [("Sun", "ORG"), ("Mars", "ORG")]


def test_an_office_is_no_organisation() -> None:
    assert refined("The Chief Water Officer left.", ORG="Chief Water Officer") == []
    assert refined("She asked the Secretary of Quux.", ORG="Secretary of Quux") == []
    whole = "Office of the Director"
    assert refined(f"It was the {whole} that paid.", ORG=whole) == [(whole, "ORG")]
    assert refined("It was Anna Mayor who paid.", PERSON="Anna Mayor") == [("Anna Mayor", "PERSON")]


@pytest.mark.parametrize(
    ("name", "given", "label"),
    [
        ("Quux Prize", "ORG", "EVENT"),
        ("International Quux Day", "ORG", "EVENT"),
        ("Doris Day", "PERSON", "PERSON"),
        ("Ryder Cup", "PERSON", "EVENT"),
        ("Quux Disease Prevention Policy", "ORG", "LAW"),
        ("Office of Science and Quux Policy", "ORG", "ORG"),
        ("Quux Loan Programme", "ORG", "LAW"),
        ("World Quux Programme", "ORG", "ORG"),
        ("Quux Linux", "GPE", "PRODUCT"),
        ("Steve Linux", "PERSON", "PRODUCT"),
        ("Oslo United", "GPE", "ORG"),
        ("Linux", "PERSON", "PRODUCT"),
        ("Summit", "ORG", "EVENT"),
        ("QuuxOS", "ORG", "PRODUCT"),
        ("QuuxOS Stream", "GPE", "PRODUCT"),
        ("QuuxOS Foundation", "ORG", "ORG"),
        ("QuuxOS Project", "ORG", "ORG"),
        ("SOS", "ORG", "ORG"),
        ("Quux Water System", "ORG", "PRODUCT"),
        ("Quux Health System", "ORG", "ORG"),
        ("Quux Systems", "ORG", "ORG"),
        ("Federal Quux Directory", "ORG", "PRODUCT"),
        ("Cup", "PERSON", "PERSON"),
    ],
)
def test_the_last_word_says_what_a_name_is(name: str, given: str, label: str) -> None:
    (kind,) = {span.label for span in by_head_word(name, [LabelledSpan(0, len(name), given)])}
    assert kind == label


def test_the_acronym_of_a_programme_is_no_organisation_either() -> None:
    text = "The Quux Loan Programme (QLP) is old. They like the QLP."
    assert not [name for name, label in refined(text, ORG="Quux Loan Programme|QLP") if label == "ORG"]


@pytest.mark.parametrize(
    "name",
    [
        "Quux Syndrome",
        "Federal",
        "Generation Z",
        "Gen Z",
        "MAR",
        "Improving Water Use Using Quux Data",
        "Quux One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Council",
    ],
)
def test_diseases_generations_adjectives_and_titles_are_no_names(name: str) -> None:
    assert refined(f"They spoke of {name}, she said.", ORG=name) == []


@pytest.mark.parametrize(
    "name",
    [
        "Federal Quux Council",
        "Center for Quux Disease",
        "Generation Quux",
        "Housing and Water Union of Quux",
        "Sing Quux",
        "18F",
    ],
)
def test_names_that_hold_such_words_are_names(name: str) -> None:
    assert refined(f"They spoke of {name}, she said.", ORG=name) == [(name, "ORG")]


def test_a_person_of_one_word_that_stands_like_a_common_noun_is_none() -> None:
    text = "It was the first Quuxathon. After the Quuxathon, she slept, and Quuxathon songs were sung."
    assert refined(text, PERSON="Quuxathon") == []
    text = "The Quuxel test is hard. Quuxel made it, and Quuxel likes the Quuxel."
    assert refined(text, PERSON="Quuxel") == [("Quuxel", "PERSON")] * 4
    text = "Anna Quuxathon ran. She is the Quuxathon of our street, the Quuxathon that we know."
    assert ("Quuxathon", "PERSON") in refined(text, PERSON="Anna Quuxathon|Quuxathon of")


def test_a_species_is_no_person() -> None:
    assert refined("The growth of Q. coli was slow.", PERSON="Q. coli") == []
    assert refined("The growth of Q. Collins was slow.", PERSON="Q. Collins") == [("Q. Collins", "PERSON")]


def test_what_is_listed_among_companies_is_one() -> None:
    text = "Firms such as Quuxar and Zyxxo pay. Startups like Bloxxo pay too."
    assert refined(text, PERSON="Quuxar|Zyxxo", GPE="Bloxxo") == [
        ("Quuxar", "ORG"),
        ("Zyxxo", "ORG"),
        ("Bloxxo", "ORG"),
    ]
    text = "Firms like what Zyxxo says. Her firms in Bloxxo pay."
    assert refined(text, PERSON="Zyxxo", GPE="Bloxxo") == [("Zyxxo", "PERSON"), ("Bloxxo", "GPE")]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("Podcaster Quill Quux", "Quill Quux"),
        ("Whistleblower Anna Quux", "Anna Quux"),
        ("Actor Anna Quux", "Anna Quux"),
        ("Quuxer Wyxx Quux", "Quuxer Wyxx Quux"),
        ("Walter Anna Quux", "Walter Anna Quux"),
    ],
)
def test_a_calling_before_a_name_is_cut_off(given: str, left: str) -> None:
    assert refined(f"Then came {given}, she said.", PERSON=given) == [(left, "PERSON")]


def test_two_letters_after_the_are_no_state() -> None:
    assert refined("She works at the VA in Quuxtown.", GPE="VA") == [("VA", "ORG")]
    assert refined("She lives in Quuxtown, VA, and in the UK.", GPE="VA|UK") == [
        ("VA", "GPE"),
        ("UK", "GPE"),
    ]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("State of Colorado", "Colorado"),
        ("Province of Ontario", "Ontario"),
        ("State of Quux", "State of Quux"),
        ("City of London", "City of London"),
    ],
)
def test_a_state_is_called_by_its_name(given: str, left: str) -> None:
    assert refined(f"It was the {given} that paid.", GPE=given) == [(left, "GPE")]


def test_a_colon_or_an_entity_of_html_ends_a_name() -> None:
    assert refined("See Quux Letter: The Arrival of Zyx.", ORG="Quux Letter: The Arrival of Zyx") == [
        ("Quux Letter", "ORG")
    ]
    assert refined("See Quux &#8211; again.", ORG="Quux &#8211") == [("Quux", "ORG")]
    assert refined("See AT&T again.", ORG="AT&T") == [("AT&T", "ORG")]


def test_a_word_whose_capital_is_the_sentences_is_no_name() -> None:
    assert refined("They burn coal. Coal is cheap, and “Coal is warm,” she said.", ORG="Coal") == []
    assert refined("They ate an apple. Then Apple paid. Apple is rich.", ORG="Apple")[0] == ("Apple", "ORG")
    assert refined("They burn wood. Coal paid, they said.", ORG="Coal") == [("Coal", "ORG")]
    assert refined("The parliament met. Parliament voted.", ORG="Parliament") == [("Parliament", "ORG")]
    assert refined("They may come. They saw Ms. May", PERSON="May") == [("May", "PERSON")]


def test_a_term_that_is_also_written_small_is_no_name() -> None:
    text = "They like Water Use, and water use is what Quux Council, a council, talks of: quux council."
    assert refined(text, ORG="Water Use|Quux Council") == [("Quux Council", "ORG")]
    text = "They like Water Use, and the water that they use."
    assert refined(text, ORG="Water Use") == [("Water Use", "ORG")]


def test_a_place_whose_name_is_a_word_of_the_text_is_none_after_the() -> None:
    text = "They built the Hub, then another hub. In the Hub it was cold."
    assert refined(text, GPE="Hub") == []
    text = "They drove to Hub, a hub of trade. In Hub it was cold."
    assert refined(text, GPE="Hub")[0] == ("Hub", "GPE")
    text = "They asked us to pay for the US, she said."
    assert refined(text, GPE="US") == [("US", "GPE")]


@pytest.mark.parametrize(
    ("text", "label", "person"),
    [
        ("They met Anna Quuxar there. Quuxar, who is old, left.", "ORG", True),
        ("They met Anna Quuxar there. Quuxar himself left.", "PRODUCT", True),
        ("They met Anna Quuxar there. Quuxar said no.", "FAC", True),
        ("They met Anna Quuxar there. Quuxar said no.", "ORG", False),
        ("They met Anna Quuxar there. Quuxar is old.", "GPE", False),
        ("They met Quuxel Quuxar there. Quuxar, who is old, left.", "ORG", False),
    ],
)
def test_a_first_name_with_a_surname_is_the_person_who_says_or_does(
    text: str, label: str, *, person: bool
) -> None:
    name = "Anna Quuxar" if "Anna" in text else "Quuxel Quuxar"
    assert ((name, "PERSON") in refined(text, **{label: name})) == person


def test_a_measure_is_no_place() -> None:
    assert refined("It was 42.2C at noon.", GPE="42.2C") == []


def test_initials_of_a_programme_are_no_organisation_without_a_bracket() -> None:
    text = "The Quux Water Programme is old. They like the QWP. Nobody likes the QWC."
    assert [each for each in refined(text, ORG="Quux Water Programme|QWP|QWC") if each[1] == "ORG"] == [
        ("QWC", "ORG")
    ]
    text = "The Quux Water Council is old. They like the QWC."
    assert ("QWC", "ORG") in refined(text, ORG="Quux Water Council|QWC")


@pytest.mark.parametrize(
    ("name", "short", "body"), [("Quux Water Act", "QWA", False), ("Quux Water League", "QWL", True)]
)
def test_an_acronym_of_a_law_is_no_organisation(name: str, short: str, *, body: bool) -> None:
    text = f"They cite the {name} ({short}). The {short}, they say, is old."
    given = LabelledSpan(text.rindex(short), text.rindex(short) + len(short), "ORG")
    assert ((short, "ORG") in shown(text, run(text, [given]))) == body


def test_names_that_a_slash_or_a_comma_joins_are_two() -> None:
    text = "The Quuxar/Zyxxo ticket won. Zyxxo said so."
    assert ("Quuxar", "ORG") in refined(text, ORG="Quuxar/Zyxxo")
    assert refined("The band AC/DC played.", ORG="AC/DC") == [("AC/DC", "ORG")]
    text = "It was the Quux Party, Zyx Party and others."
    assert refined(text, ORG="Quux Party, Zyx Party") == [("Quux Party", "ORG"), ("Zyx Party", "ORG")]
    whole = "Department for Water, Food and Quux Affairs"
    assert refined(f"It was the {whole}.", ORG=whole) == [(whole, "ORG")]


def test_a_person_ends_before_a_number() -> None:
    assert refined("He met Anna Quux 785 miles away.", PERSON="Anna Quux 785 miles") == [
        ("Anna Quux", "PERSON")
    ]


def test_a_ship_of_two_words_is_one_alone_too() -> None:
    text = "The MV Quux Bangdo sailed. They saw Quux Bangdo, she said."
    given = [*spans(text, PRODUCT="MV Quux Bangdo"), *spans(text, GPE="Quux Bangdo, she")]
    given[1] = given[1]._replace(end=given[1].end - len(", she"))
    assert [label for _, label in shown(text, run(text, given))] == ["PRODUCT", "PRODUCT"]


def test_a_word_of_number_is_no_part_of_a_group() -> None:
    assert refined("They asked Multiple Iranian officials.", NORP="Multiple Iranian") == [("Iranian", "NORP")]
    assert refined("They asked African American voters.", NORP="African American") == [
        ("African American", "NORP")
    ]


def test_adjectives_and_numbers_of_bills_are_no_names() -> None:
    assert refined("They saw Quuxanic birds and Quuxanic nests.", ORG="Quuxanic") == []
    text = "They saw Quuxanic birds. Quuxanic, she said, is rich."
    assert refined(text, ORG="Quuxanic") == [("Quuxanic", "ORG")] * 2
    assert refined("They read HR 6819 again.", ORG="HR 6819") == []
    assert refined("They read BBC 4 again.", ORG="BBC 4") != []


def test_a_doubtful_full_name_does_not_make_an_organisation_a_person() -> None:
    text = "Publicly Rips Quuxar: again. " + "They told Quuxar so. " * 25
    given = [LabelledSpan(m.start(), m.end(), "ORG") for m in re.finditer("Quuxar(?= so)", text)]
    full = spans(text, PERSON="Publicly Rips Quuxar")
    assert {label for name, label in shown(text, run(text, [*full, *given])) if name == "Quuxar"} == {"ORG"}
    text = text.replace("Publicly Rips", "Anna")
    given = [LabelledSpan(m.start(), m.end(), "ORG") for m in re.finditer("Quuxar(?= so)", text)]
    full = spans(text, PERSON="Anna Quuxar")
    assert {label for _, label in shown(text, run(text, [*full, *given]))} == {"PERSON"}


def test_a_name_that_is_written_small_once_stays_a_name() -> None:
    text = "Water Use, a firm, pays. " + "He likes Water Use. " * 4 + "It saves water use."
    assert ("Water Use", "ORG") in refined(text, ORG="Water Use")


def test_a_product_is_no_organisation_before_its_store() -> None:
    assert refined("They went to the Xbox store.", ORG="Xbox") == [("Xbox", "PRODUCT")]
