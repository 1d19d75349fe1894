"""Names in texts that are not in English, found by rules alone."""

from __future__ import annotations

import pytest

from seedread_index.linking.keys import display_name, key_of
from seedread_index.model.article import EntityType
from seedread_index.ner.annotate import by_rules


def names(text: str, lang: str) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in by_rules(text, (), lang)]


@pytest.mark.parametrize(
    ("lang", "text", "country"),
    [
        ("fr", "La presse de Syrie se tait.", "Syrie"),
        ("fr", "Le roi d’Arabie saoudite est venu.", "Arabie saoudite"),
        ("fr", "Le prince d’Arabie Saoudite est venu.", "Arabie Saoudite"),
        ("fr", "Depuis l’Égypte, rien.", "Égypte"),
        ("es", "El presidente de Egipto habló.", "Egipto"),
        ("es", "Lo dijo un portavoz de EE.UU. ayer.", "EE.UU."),
        ("it", "Il governo della Turchia tace.", "Turchia"),
        ("de", "Die Regierung in Ägypten schweigt.", "Ägypten"),
        ("pt", "O governo da Síria caiu.", "Síria"),
        ("nl", "De regering van Duitsland zwijgt.", "Duitsland"),
    ],
)
def test_countries_are_places_in_their_own_language(lang: str, text: str, country: str) -> None:
    assert names(text, lang) == [(country, "GPE")]


def test_a_word_that_is_a_country_elsewhere_is_none_in_english() -> None:
    assert names("We ate hot Chili there.", "en") != [("Chili", "GPE")]
    assert names("On a mangé au Chili hier.", "fr") == [("Chili", "GPE")]


def test_what_a_lone_capitalised_word_names_is_not_guessed() -> None:
    assert names("Hoy la Marcha pide Protestas en la calle.", "es") == []
    assert names("Sie las gestern die Zeitung im Garten.", "de") == []


def test_words_that_begin_a_sentence_are_no_part_of_a_name() -> None:
    assert names("Un Hosni Mubarak cansado habló.", "es") == [("Hosni Mubarak", "PERSON")]
    assert names("Selon Mouammar Kadhafi, non.", "fr") == [("Mouammar Kadhafi", "PERSON")]


def test_a_name_that_holds_a_country_or_a_plain_word_is_no_person() -> None:
    text = "La Revolución Siria llenó la Plaza Tahrir. En Siria la plaza calla."
    assert names(text, "es") == [("Revolución Siria", "ORG"), ("Plaza Tahrir", "ORG"), ("Siria", "GPE")]


def test_a_country_is_one_entity_in_every_language() -> None:
    keys = {
        key_of(EntityType.PLACE, name) for name in ("Syria", "Syrie", "Siria", "Syrien", "Síria", "Syrië")
    }
    assert len(keys) == 1
    assert display_name(EntityType.PLACE, keys.pop()) == "Syria"
    assert key_of(EntityType.PLACE, "Etats-Unis") == key_of(EntityType.PLACE, "United States")


@pytest.mark.parametrize("title", ["Presidente", "Président", "Präsident", "Colonnello"])
def test_titles_are_no_part_of_a_name(title: str) -> None:
    assert names(f"ayer {title} Mubarak, hoy {title} Hosni Mubarak", "es") == [
        ("Mubarak", "PERSON"),
        ("Hosni Mubarak", "PERSON"),
    ]
