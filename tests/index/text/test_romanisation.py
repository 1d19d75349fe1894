"""Names in other letters and spellings: what they share, and what keeps them apart."""

from __future__ import annotations

import pytest

from seedread_index.text.romanisation import fold_letters, fold_spelling, in_latin


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Zelenskyy Zelenskiy Zelenskij Зеленский",
        "Gaddafi Qadhafi Gadhafi Qaddafi Kadhafi Kadafi",
        "Laden Ladin",
        "Osama Usama",
        "Navalny Navalnyy Nawalny",
    ],
)
def test_romanisations_of_a_name_have_one_fold(spellings: str) -> None:
    assert len({fold_spelling(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("names", ["Hansen Hanson", "Clark Clarke", "Allan Allen", "Boris Ben"])
def test_other_names_have_other_folds(names: str) -> None:
    one, other = names.split()
    assert fold_spelling(one) != fold_spelling(other)


def test_letters_of_other_scripts_are_latin_ones() -> None:
    assert in_latin("Жуков") == "zhukov"
    assert in_latin("Şimşek") == "simsek"
    assert in_latin("Γιώργος") == "giorgos"
    assert fold_letters("Дональд") == fold_letters("Donald")
