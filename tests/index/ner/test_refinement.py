"""Each step of refinement on its own: what it changes, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from seedread_index.model.article import Passage, PassageKind
from seedread_index.ner.annotate import by_rules, join_wrapped, prepare, refine
from seedread_index.ner.gazetteer import gazetteer
from seedread_index.ner.refine import (
    document_consistency,
    no_names,
    organisations,
    places,
    repeats,
    span_boundaries,
)
from seedread_index.ner.refine.span_boundaries import trim
from seedread_index.ner.spans import LabelledSpan, disjoint


def spans(text: str, **named: str) -> list[LabelledSpan]:
    """Spans for the first place of each name: label="the name" or label="one|another"."""
    found = [
        LabelledSpan(text.index(name), text.index(name) + len(name), label)
        for label, names in named.items()
        for name in names.split("|")
    ]
    return sorted(found)


def shown(text: str, found: Iterable[LabelledSpan]) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.label) for s in sorted(found)]


@pytest.mark.parametrize(
    ("label", "given", "left"),
    [
        ("ORG", "the Security Council", "Security Council"),
        ("GPE", "Syria's", "Syria"),
        ("GPE", "Syria’s", "Syria"),
        ("PERSON", "President Vladimir Putin", "Vladimir Putin"),
        ("PERSON", "Gen. Joseph L. Votel", "Joseph L. Votel"),
        ("PERSON", "U.S. Secretary of State John Kerry", "John Kerry"),
        ("PERSON", "former Prime Minister Boris Johnson", "Boris Johnson"),
        ("PERSON", "Russian opposition leader Alexei Navalny", "Alexei Navalny"),
        ("PERSON", "Stephen King", "Stephen King"),
        ("ORG", "I'm", None),
        ("ORG", "That’s", None),
        ("ORG", "Don't", None),
        ("PERSON", "I’m Rosa Lind", "Rosa Lind"),
        ("ORG", "Let's Encrypt", "Let's Encrypt"),
        ("PERSON", "I'Anson", "I'Anson"),
        ("PERSON", "Martin Luther King Jr.", "Martin Luther King Jr."),
        ("PERSON", "Bashar al-Assad", "Bashar al-Assad"),
        ("PERSON", "al-Assad", "al-Assad"),
        ("PERSON", "Ahmed Mohamed Image", "Ahmed Mohamed"),
        ("NORP", "Pro-Turkish", "Turkish"),
        ("NORP", "Russian-backed", "Russian"),
        ("ORG", '"Reuters"', "Reuters"),
        ("GPE", "Washington D.C.", "Washington D.C."),
        ("ORG", "Acme Inc.", "Acme Inc."),
        ("ORG", "Prosecutor General's Office", "Prosecutor General's Office"),
        ("ORG", "U.S. Dollar", "U.S."),
        ("ORG", "Acme Mining <ACM.L>", "Acme Mining"),
        ("ORG", "AcmeX.", "AcmeX"),
        ("ORG", "Quux University of the", "Quux University"),
        ("ORG", "Non-Aligned Movement", "Non-Aligned Movement"),
        ("FAC", "Route 66", "Route 66"),
        ("PERSON", "محمد", "محمد"),
        ("ORG", "the state", None),
        ("PERSON", "Gen", None),
        ("ORG", "the", None),
    ],
)
def test_a_span_is_cut_to_the_name(label: str, given: str, left: str | None) -> None:
    text = f"It was {given} who said so."
    start = text.index(given)
    found = trim(text, [LabelledSpan(start, start + len(given), label)])
    assert [text[s.start : s.end] for s in found] == ([left] if left else [])


def test_an_abbreviation_gets_its_last_full_stop_back() -> None:
    text = "He moved to Washington D.C. It rained."
    assert shown(text, trim(text, spans(text, GPE="Washington D.C"))) == [("Washington D.C.", "GPE")]


def test_a_newspaper_keeps_its_article_where_it_stands_inside_a_sentence() -> None:
    inside = "He wrote for The Moscow Times then."
    assert shown(inside, trim(inside, spans(inside, ORG="Moscow Times"))) == [("The Moscow Times", "ORG")]
    opening = "It rained. The Guardian said so."
    assert shown(opening, trim(opening, spans(opening, ORG="The Guardian"))) == [("Guardian", "ORG")]
    both = "The Guardian said so. He reads The Guardian daily."
    assert shown(both, trim(both, spans(both, ORG="The Guardian"))) == [("The Guardian", "ORG")]


def test_the_gazetteer_adds_and_puts_right() -> None:
    text = "Turkey and the Middle East met French officials in Damascus."
    found = gazetteer().apply(text, spans(text, ORG="Turkey"))
    assert shown(text, found) == [
        ("Turkey", "GPE"),
        ("Middle East", "LOC"),
        ("French", "NORP"),
        ("Damascus", "GPE"),
    ]


def test_the_gazetteer_leaves_longer_names_and_persons_alone() -> None:
    text = "The Bank of England praised Jordan in Paris Hilton's house."
    found = gazetteer().apply(text, spans(text, ORG="Bank of England", PERSON="Jordan"))
    assert shown(text, found) == [("Bank of England", "ORG"), ("Jordan", "PERSON")]


def test_a_long_name_that_the_gazetteer_knows_takes_the_place_of_its_pieces() -> None:
    text = "It was the Islamic State of Iraq and the Levant."
    found = gazetteer().apply(text, spans(text, ORG="Islamic State of Iraq", LOC="Levant"))
    assert shown(text, disjoint(found)) == [("Islamic State of Iraq and the Levant", "ORG")]


def test_the_gazetteer_knows_curved_apostrophes_and_no_country_as_a_people() -> None:
    text = "He went from N’Djamena to the Philippines and Laos."
    assert shown(text, gazetteer().apply(text, [])) == [
        ("N’Djamena", "GPE"),
        ("Philippines", "GPE"),
        ("Laos", "GPE"),
    ]


def test_a_surname_is_a_person_once_the_full_name_is_known() -> None:
    text = "Dmitry Peskov spoke. Later Peskov left, and al-Assad followed Bashar al-Assad; Assad smiled."
    given = [*spans(text, PERSON="Dmitry Peskov|Bashar al-Assad"), LabelledSpan(27, 33, "ORG")]
    found = repeats.missed_repeats(text, document_consistency.surnames_as_persons(text, given))
    assert ("Peskov", "PERSON") in shown(text, found)
    assert ("al-Assad", "PERSON") in shown(text, found)
    assert ("Assad", "PERSON") in shown(text, found)


def test_an_acronym_in_brackets_is_what_its_expansion_is() -> None:
    text = "The Recovery Trust Fund (RTF) paid. RTF staff left (ABC)."
    found = organisations.acronyms_as_expansions(text, spans(text, ORG="Recovery Trust Fund"))
    assert shown(text, found) == [("Recovery Trust Fund", "ORG"), ("RTF", "ORG"), ("RTF", "ORG")]


def test_a_name_has_the_type_of_most_of_its_mentions() -> None:
    text = "Idlib fell. Idlib burned. Idlib rose."
    given = [LabelledSpan(0, 5, "GPE"), LabelledSpan(12, 17, "GPE"), LabelledSpan(26, 31, "ORG")]
    assert {s.label for s in document_consistency.one_type_per_name(text, given)} == {"GPE"}
    assert [s.label for s in document_consistency.one_type_per_name(text, given[1:])] == ["GPE", "ORG"]


def test_of_repeats_that_overlap_the_first_is_taken_and_of_two_that_begin_together_the_longest() -> None:
    text = "Ann Lee Roe. Lee Roe Bay. pro-Lee Roe Bay, Anti-Lee, Co-Lee, x’Lee, Leeward, Lee-on, Roe Bay"
    names = ["Ann Lee", "Lee Roe", "Lee", "Roe Bay"]
    found = [(start, name) for start, name in repeats.places_of(text, names)]
    assert found == [
        (0, "Ann Lee"),
        (13, "Lee Roe"),
        (30, "Lee Roe"),
        (48, "Lee"),
        (text.rindex("Roe Bay"), "Roe Bay"),
    ]


def test_missed_repeats_are_added_unless_the_word_is_an_ordinary_one() -> None:
    text = "Quux paid. He asked Quux twice. Reading is fun; reading Reading Weekly is not."
    given = [LabelledSpan(0, 4, "ORG"), LabelledSpan(32, 39, "GPE")]
    found = shown(text, repeats.missed_repeats(text, given))
    assert found.count(("Quux", "ORG")) == 2
    assert found.count(("Reading", "GPE")) == 1


def test_the_last_word_of_a_name_decides() -> None:
    text = "Defence Ministry, Tigris River and Baghdad Airport; Rivers Smith."
    found = span_boundaries.by_head_word(
        text, spans(text, PERSON="Defence Ministry|Tigris River|Rivers Smith", ORG="Baghdad Airport")
    )
    assert shown(text, found) == [
        ("Defence Ministry", "ORG"),
        ("Tigris River", "LOC"),
        ("Baghdad Airport", "FAC"),
        ("Rivers Smith", "PERSON"),
    ]


def test_the_first_word_of_ships_storms_and_places_decides() -> None:
    text = "HMS Ocean, Cyclone Anna, Operation Quux, Lake Keller, Tell Quux and Tell Keller Bank."
    given = spans(
        text, FAC="HMS Ocean", PERSON="Cyclone Anna|Operation Quux|Lake Keller|Tell Quux|Tell Keller Bank"
    )
    assert [label for _, label in shown(text, span_boundaries.by_head_word(text, given))] == [
        "PRODUCT",
        "EVENT",
        "EVENT",
        "LOC",
        "GPE",
        "ORG",
    ]


def test_events_and_laws_are_no_organisations() -> None:
    text = "The Acme Cup and the Clean Quux Act."
    assert shown(text, span_boundaries.by_head_word(text, spans(text, ORG="Acme Cup|Clean Quux Act"))) == [
        ("Acme Cup", "EVENT"),
        ("Clean Quux Act", "LAW"),
    ]


def test_what_the_article_calls_a_company_is_one_everywhere() -> None:
    text = "The airline Anna Air grew. A shop called Max Quux closed. Rosa Keller restaurant. Anna Air paid."
    given = spans(text, PERSON="Max Quux|Rosa Keller", GPE="Anna Air")
    given.append(LabelledSpan(len(text) - 14, len(text) - 6, "PERSON"))
    found = organisations.organisations_by_kind(text, sorted(given))
    assert {label for _, label in shown(text, found)} == {"ORG"}


def test_a_country_or_a_person_named_in_full_beside_such_a_word_stays() -> None:
    text = "Anna Keller spoke. The newspaper Keller read and the company France liked."
    given = spans(text, PERSON="Anna Keller", GPE="France")
    given.append(LabelledSpan(35, 41, "PERSON"))
    assert organisations.organisations_by_kind(text, sorted(given)) == sorted(given)


def test_a_ship_or_storm_is_no_person_later_on_either() -> None:
    text = "Hurricane Anna came. HMS Rosa left. Anna and Rosa went."
    given = spans(text, EVENT="Hurricane Anna", PRODUCT="HMS Rosa")
    given += [LabelledSpan(36, 40, "PERSON"), LabelledSpan(45, 49, "PERSON")]
    assert shown(text, document_consistency.lone_ships_and_storms(text, given))[2:] == [
        ("Anna", "EVENT"),
        ("Rosa", "PRODUCT"),
    ]


def test_what_is_in_is_a_place_unless_it_is_a_person_named_in_full() -> None:
    text = "Anna Keller was born in Al Quux, near Berger. Max Berger lost faith in Keller."
    given = spans(text, PERSON="Anna Keller|Al Quux|Max Berger")
    given += [LabelledSpan(38, 44, "PERSON"), LabelledSpan(71, 77, "PERSON")]
    found = shown(text, places.places_by_preposition(text, sorted(given)))
    assert [name for name, label in found if label == "GPE"] == ["Al Quux"]


def test_a_company_is_found_again_without_its_legal_form_and_a_person_after_a_prefix() -> None:
    text = "Quux Group A/S bought it. Later Quux sold it. Anna Keller met a pro-Keller crowd."
    found = repeats.missed_repeats(text, spans(text, ORG="Quux Group A/S", PERSON="Anna Keller"))
    assert ("Quux", "ORG") in shown(text, found)
    assert ("Keller", "PERSON") in shown(text, found)


def test_capitalised_words_that_are_no_names_go() -> None:
    text = "Share this. Moscow Today."
    assert shown(text, no_names.without_stop_words(text, spans(text, ORG="Share", GPE="Moscow"))) == [
        ("Moscow", "GPE")
    ]


def test_of_spans_that_overlap_the_longer_stays() -> None:
    given = [LabelledSpan(0, 5, "ORG"), LabelledSpan(3, 12, "PERSON"), LabelledSpan(12, 14, "GPE")]
    assert disjoint(given) == [LabelledSpan(3, 12, "PERSON"), LabelledSpan(12, 14, "GPE")]


WRAPPED = """\
The ministers of the six countries that signed the treaty met in the
capital on Monday to discuss how the border between the two northern
provinces might be opened again after the long winter, officials of the
foreign ministry told reporters who had waited for hours.

A second paragraph begins here and is as long as the first one was so
that it too has to be broken by whoever sent it over the old wire, and
it ends here.
"""


def test_hard_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    joined = join_wrapped(WRAPPED)
    assert len(joined) == len(WRAPPED)
    assert "met in the capital on Monday" in joined
    assert joined.count("\n") == 3
    assert join_wrapped(joined) == joined


@pytest.mark.parametrize(
    "text",
    [
        "One line only.",
        "A long paragraph on one line that goes on for quite a while without any break at all.\nAnother.",
        "- first item\n- second item\n- third item\n- fourth item\n",
        "",
    ],
)
def test_other_line_breaks_stay(text: str) -> None:
    assert join_wrapped(text) == text


def test_capitals_are_lowered_in_headlines_and_datelines_and_offsets_hold() -> None:
    text = "PUTIN MEETS ERDOGAN IN MOSCOW\nMOSCOW (Reuters) - The UN and NATO met. STRASSE DER GROẞEN ÄMTER\n"
    prepared = prepare(text)
    assert len(prepared) == len(text)
    assert prepared.startswith("Putin Meets Erdogan in Moscow\nMoscow (Reuters)")
    assert "The UN and NATO met." in prepared


def test_a_headline_in_capitals_is_written_as_the_article_writes_its_words() -> None:
    body = "The old mining firm QUX said that Anna Keller sees a rough time ahead for the U.S. economy."
    assert prepare(f"KELLER SEES ROUGH TIMES AHEAD FOR QUX\n{body}") == (
        f"Keller sees rough times ahead for QUX\n{body}"
    )
    assert prepare(f"MAX BERGER STAFF WRITER\n{body}") == f"Max Berger Staff Writer\n{body}"


def test_offsets_and_texts_are_of_the_article_not_of_the_prepared_text() -> None:
    text = "PUTIN MEETS ERDOGAN IN MOSCOW\n"
    (moscow,) = [m for m in by_rules(text, (), "en") if m.label == "GPE"]
    assert (moscow.start, moscow.end, moscow.text) == (23, 29, "MOSCOW")


def test_no_mention_runs_over_a_border_of_passages() -> None:
    text = "By Anna Keller Berlin was cold."
    passages = (Passage(0, 14, PassageKind.BYLINE), Passage(14, len(text), PassageKind.BODY))
    (mention, *_) = refine(text, passages, "en", [LabelledSpan(3, 21, "PERSON")])
    assert mention.text == "Anna Keller"


def test_rules_alone_find_people_places_and_dates() -> None:
    text = "French President Emmanuel Macron met Anna Keller of the Acme Group in Idlib on Friday for $2."
    assert [(m.text, m.label) for m in by_rules(text, (), "en")] == [
        ("French", "NORP"),
        ("Emmanuel Macron", "PERSON"),
        ("Anna Keller", "PERSON"),
        ("Acme Group", "ORG"),
        ("Idlib", "GPE"),
        ("Friday", "DATE"),
        ("$2", "MONEY"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A's " * 5000,
        "A. " * 5000,
        "Al-" * 5000,
        "The " * 5000,
        "Mr. " * 5000,
        "X of Y " * 5000,
        "(" * 5000 + "Quux " * 100,
        "AAAA " * 5000,
        "A" * 500_000,
        "A." * 5000,
        "A " * 5000,
        "\n" * 5000,
        "Quux ’s" * 2000,
        "\ud800 \x00 \u202e",
    ],
)
def test_strange_texts_are_borne(text: str) -> None:
    for mention in by_rules(text, (), "en"):
        assert mention.text == text[mention.start : mention.end]


def test_in_capitals_rules_take_only_what_they_know() -> None:
    text = "THE MINISTERS OF FRANCE AGREED LAST WEEK\nTHAT NATO AND THE BANK WERE STRONG .\n" * 5
    found = {m.text for m in by_rules(text, (), "en") if m.label in ("GPE", "ORG", "PERSON", "NORP")}
    assert found == {"NATO"}


@pytest.mark.parametrize("text", ['"""" """" """"', "The ’s The ’s", "A. <A <A", "漢漢 漢漢", "U.S U.S."])
def test_strange_spans_are_borne(text: str) -> None:
    for label in ("PERSON", "ORG", "GPE", "EVENT", "DATE"):
        for start in range(len(text)):
            for found in trim(text, [LabelledSpan(start, end, label) for end in range(start, len(text) + 1)]):
                assert text[found.start : found.end].strip()
