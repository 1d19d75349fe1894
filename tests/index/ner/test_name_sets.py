"""Corrections of the entities of a shared archive, as moves of names and spellings between them."""

from __future__ import annotations

import pytest

from seedread_index.linking import keys
from seedread_index.linking.name_sets import Founded, NameSet, NameSets, Spelled, apart_id, founded_on
from seedread_index.linking.shared_names import Name
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE


def name_of(kind: EntityType, text: str) -> Name:
    key = keys.key_of(kind, text)
    return Name(kind.value, keys.block_of(kind, key), key)


def id_of(kind: EntityType, text: str) -> str:
    return keys.entity_id(kind, keys.key_of(kind, text))


def sets_of(*corrections: Correction) -> NameSets:
    """Anna Roe, whom articles call Roe as well, Peter Marsh, and two bodies."""
    sets = NameSets(corrections)
    for kind, text, short, mentions in (
        (PERSON, "Anna Roe", "Roe", 9),
        (PERSON, "Peter Marsh", "Marsh", 7),
        (ORG, "World Bank", "Bank", 5),
        (ORG, "Turkey", "", 1),
        (PLACE, "Turkey", "", 3),
    ):
        name, key = name_of(kind, text), keys.key_of(kind, text)
        spelled = [Spelled(each, keys.key_of(kind, each)) for each in (text, short) if each]
        founded = Founded(keys.entity_id(kind, key), (kind.value, key), text, mentions)
        sets.add(founded, NameSet(frozenset([name]), frozenset()), {name: spelled})
    return sets


def spelled(sets: NameSets) -> dict[str, set[str]]:
    """What the entities have that have anything: whole names by their keys, spellings as they are."""
    return {
        identity: {name.key for name in names.names} | {part.spelled.text for part in names.parts}
        for identity, names in sets.sets().items()
        if names.names or names.parts
    }


ANNA, PETER, BANK = id_of(PERSON, "Anna Roe"), id_of(PERSON, "Peter Marsh"), id_of(ORG, "World Bank")


def test_a_merge_joins_the_names() -> None:
    sets = sets_of(Correction("merge", "Anna Roe", PERSON, "Peter Marsh", PERSON))
    assert sets.apply() == []
    assert spelled(sets)[PETER] == {"anna roe", "peter marsh"}
    assert ANNA not in spelled(sets)


def test_an_alias_takes_one_spelling_out_of_a_name() -> None:
    sets = sets_of(Correction("alias", "ROE", PERSON, "Peter Marsh", PERSON))
    assert sets.apply() == []
    assert spelled(sets)[PETER] == {"peter marsh", "Roe"}
    assert spelled(sets)[ANNA] == {"Anna Roe"}


def test_the_spelling_of_a_whole_name_takes_its_short_forms_along() -> None:
    sets = sets_of(Correction("split", "Anna Roe", PERSON))
    assert sets.apply() == []
    assert spelled(sets)[apart_id(PERSON, "anna roe")] == {"anna roe"}
    assert ANNA not in spelled(sets)


def test_short_forms_that_are_split_off_stay_when_their_name_moves() -> None:
    sets = sets_of(
        Correction("alias", "Anna Roe", PERSON, "Peter Marsh", PERSON), Correction("split", "Roe", PERSON)
    )
    assert sets.apply() == []
    assert spelled(sets)[apart_id(PERSON, "roe")] == {"Roe"}
    assert spelled(sets)[PETER] == {"peter marsh", "Anna Roe"}


def test_what_was_split_off_is_found_by_its_spelling_and_moves_on() -> None:
    sets = sets_of(
        Correction("split", "Roe", PERSON), Correction("merge", "Roe", PERSON, "Peter Marsh", PERSON)
    )
    assert sets.apply() == []
    assert spelled(sets)[PETER] == {"peter marsh", "Roe"}


def test_what_comes_together_again_is_whole() -> None:
    sets = sets_of(Correction("split", "Roe", PERSON), Correction("merge", "Roe", PERSON, "Anna Roe", PERSON))
    assert sets.apply() == []
    assert spelled(sets)[ANNA] == {"anna roe"}


def test_another_type_is_another_entity_founded_on_the_same_key() -> None:
    sets = sets_of(Correction("retype", "World Bank", ORG, to=PERSON), Correction("hide", "World Bank"))
    assert sets.apply() == []
    person = id_of(PERSON, "World Bank")
    assert sets.entities[person].founded_on == ("person", "world bank")
    assert spelled(sets)[person] == {"world bank"}
    assert sets.hidden == {person}
    assert BANK not in spelled(sets)


@pytest.mark.parametrize(
    ("correction", "problem"),
    [
        (Correction("merge", "Nobody", PERSON, "Anna Roe", PERSON), "no article mentions Nobody as person"),
        (Correction("merge", "Anna Roe", PERSON, "Nobody", PERSON), "no article mentions Nobody"),
        (Correction("split", "Nobody"), "no article contains Nobody"),
        (Correction("hide", "Turkey"), "the name of several entities"),
        (Correction("add", "Black Cube", ORG), "indexers find the names"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_is_reported(correction: Correction, problem: str) -> None:
    sets = sets_of(correction)
    before = spelled(sets)
    (told,) = sets.apply()
    assert problem in told
    assert spelled(sets) == before


def test_an_entity_that_was_split_off_is_known_by_its_key_again() -> None:
    roe = name_of(PERSON, "Roe")
    assert founded_on(apart_id(PERSON, "roe"), PERSON, "Roe", [roe]) == ("person", "roe")
    assert founded_on(ANNA, PERSON, "Roe", [roe, name_of(PERSON, "Anna Roe")]) == ("person", "anna roe")
    assert founded_on("?", PERSON, "Anna Roe", [roe]) == ("person", "anna roe")
