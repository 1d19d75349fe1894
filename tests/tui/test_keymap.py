"""The key map: nothing means two things in one place and every key is documented."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from seedread.actions.chosen_keys import bindings, canonical, hint, keys_of, markdown_table, reachable, shown
from seedread.actions.command_table import BY_NAME, COMMANDS, Place


@pytest.mark.parametrize("place", list(Place))
def test_no_key_means_two_things_in_one_place(place: Place) -> None:
    own = [command for command in reachable(place) if place in command.places]
    keys = [key for command in own for key in keys_of(command, {})]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", [place for place in Place if place not in (Place.INPUT, Place.ANYWHERE)])
def test_a_key_of_a_place_hides_no_other_anywhere(place: Place) -> None:
    owner: dict[str, str] = {}
    for command in reachable(place):
        for key in keys_of(command, {}):
            assert owner.setdefault(key, command.name) == command.name


def test_no_key_needs_alt_or_one_that_does_not_arrive() -> None:
    lost = {"ctrl+enter", "shift+enter", "ctrl+tab", "ctrl+b", "ctrl+a", "ctrl+s", "ctrl+q"}
    for command in COMMANDS:
        for key in keys_of(command, {}):
            assert "alt" not in key
            assert key not in lost


def test_escape_is_never_the_only_way() -> None:
    for command in COMMANDS:
        assert set(keys_of(command, {})) != {"escape"}


def test_names_are_unique_and_every_command_is_described() -> None:
    assert len(BY_NAME) == len(COMMANDS)
    for command in COMMANDS:
        assert command.description
        assert command.tooltip


@pytest.mark.parametrize("place", list(Place))
def test_every_binding_has_id_description_tooltip_and_group(place: Place) -> None:
    for binding in bindings(place):
        assert isinstance(binding, Binding)
        assert binding.id
        assert binding.description
        if not binding.system:
            assert binding.tooltip
            assert binding.group is not None


def test_the_printed_table_holds_every_command() -> None:
    table = markdown_table()
    for command in COMMANDS:
        assert f"`{command.name}`" in table


@pytest.mark.parametrize(
    ("key", "spelling"), [("question_mark", "?"), ("full_stop", "."), (" ", "space"), ("Ctrl+f", "ctrl+f")]
)
def test_a_key_has_one_spelling(key: str, spelling: str) -> None:
    assert canonical(key) == spelling


def test_keys_are_shown_as_people_write_them() -> None:
    assert [shown(key) for key in ("ctrl+f", "space", "pagedown", "f1")] == ["Ctrl-F", "Space", "PgDn", "F1"]


def test_keys_without_room_are_left_out_but_the_way_back_is_not() -> None:
    pairs = [("follow", "open"), ("sort", "sort"), ("merge", "merge"), ("help", "help"), ("back", "back")]
    assert hint(pairs, {}) == "Enter open  s sort  M merge  ? help  q back"
    assert hint(pairs, {}, room=43) == hint(pairs, {})
    assert hint(pairs, {}, room=42) == "Enter open  s sort  ? help  q back"
    assert hint(pairs, {}, room=3) == "? help  q back"
