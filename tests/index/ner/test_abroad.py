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


def persons(text: str, lang: str) -> list[str]:
    return [name for name, label in names(text, lang) if label == "PERSON"]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "Im Weißen Haus sprach die Gewerkschaft der Polizei, die Angaben der Regierung fehlten.", []),
        ("de", "Hunderte von Millionen Menschen sahen die Freilassung der Geiseln.", []),
        ("de", "Dort sprach Floridas Gouverneur Ron Quuxwood über Steuern.", ["Ron Quuxwood"]),
        ("de", "Das weiß Trainer Quuxing genau.", ["Quuxing"]),
        ("de", "Es sei zu spät, so Quuxing am Abend.", ["Quuxing"]),
        ("de", "Das sagte Anna Quux der Presse.", ["Anna Quux"]),
        ("es", "Lo dijo Quuxez ayer, según la Revolución Siria.", ["Quuxez"]),
        ("es", "El presidente ruso Quuxov habló.", ["Quuxov"]),
        ("es", "Fue en la calle Simón Quux de ayer.", []),
        ("es", "La feria de Marina de Quux abre hoy.", []),
        ("fr", "La réponse d’Emmanuel Quux, a dit un passant.", ["Emmanuel Quux"]),
        ("it", "Ne parla Mario Quux (1901-1950) nel libro.", ["Mario Quux"]),
        ("nl", "Volgens Jan van den Quux is het laat.", ["Jan van den Quux"]),
        ("pt", "O Banco João Quux abriu hoje.", []),
        ("pl", "Spotkał Donalda Quuxa w mieście. Quuxowi podano list.", ["Donalda Quuxa", "Quuxowi"]),
        ("pl", "Przewodniczący Rady Quuxowskiej milczał.", []),
        ("ru", "Вчера Владимир Квукс встретил гостей, и Квукса спросили.", ["Владимир Квукс", "Квукса"]),
        ("ru", "Там был Дональд Квукс, и он молчал.", ["Дональд Квукс"]),
        ("ru", "Об этом заявил Детский фонд вчера.", []),
        ("cs", "Přišel pozdě, řekl Ďuro Kvukso.", ["Ďuro Kvukso"]),
        ("tr", "Dün gelen Ömer Öztürk konuştu.", ["Ömer Öztürk"]),
        ("pl", "Przyszedł Łukasz Świętoquux i usiadł.", ["Łukasz Świętoquux"]),
        ("el", "Χθες ήρθε ο Γιώργος Κουξ στην πόλη.", ["Γιώργος Κουξ"]),
        ("es", "Vino el entrenador del Real Quux.", []),
        ("nl", "Het was Denver Nuggets dat won.", []),
    ],
)
def test_a_person_has_a_first_name_a_title_or_a_verb_of_saying(
    lang: str, text: str, found: list[str]
) -> None:
    assert persons(text, lang) == found


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("es", "Habló el Ministerio de Quux y Quax.", "Ministerio de Quux y Quax"),
        ("pl", "Napisała Komisja Quuxowa i tyle.", "Komisja Quuxowa"),
        ("fr", "Selon la QXZ, rien.", "QXZ"),
    ],
)
def test_an_organisation_has_a_word_that_says_so_or_is_an_acronym(lang: str, text: str, found: str) -> None:
    assert (found, "ORG") in names(text, lang)


def test_words_in_capitals_and_numerals_are_no_acronyms() -> None:
    assert names("Hoy dice GRANDE FERIA DE QUUX y nada del siglo XIX.", "es") == []


def test_an_acronym_stands_apart_from_the_person_after_it() -> None:
    assert names("Lo dijo el presidente QXZ Pedro Quux ayer.", "es") == [
        ("QXZ", "ORG"),
        ("Pedro Quux", "PERSON"),
    ]


def test_a_place_in_a_longer_name_is_not_marked() -> None:
    assert names("El club Nuevo México ganó en México.", "es") == [("México", "GPE")]


@pytest.mark.parametrize(
    ("lang", "text", "place", "everyday"),
    [
        ("de", "Er kam nach Brüssel.", "Brüssel", "Brussels"),
        ("ru", "Он был в России вчера.", "России", "Russia"),
        ("pl", "Był w Brukseli wczoraj.", "Brukseli", None),
        ("tr", "Dün Brüksel yolunda kaldı.", "Brüksel", "Brussels"),
    ],
)
def test_cities_and_declined_countries_are_places(
    lang: str, text: str, place: str, everyday: str | None
) -> None:
    assert names(text, lang) == [(place, "GPE")]
    if everyday:
        assert key_of(EntityType.PLACE, place) == key_of(EntityType.PLACE, everyday)


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
