"""The table of keys in docs/keys.md, the help and the bindings say the same."""

from __future__ import annotations

from pathlib import Path

from textual.binding import Binding

from seedread.actions.chosen_keys import UNBOUND, bindings, keys_of, markdown_table
from seedread.actions.command_table import COMMANDS
from seedread.screens.browse.panes import Articles, ArticleView, Facets
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.panel import PanelScreen
from seedread.widgets.single_line import LineInput

KEYS = Path(__file__).parents[2] / "docs" / "keys.md"


def test_the_documentation_has_the_table_of_keys() -> None:
    block = KEYS.read_text(encoding="utf-8").split("<!-- keys -->")[1].split("<!-- /keys -->")[0]
    assert block.strip() == markdown_table().strip(), "run: make generate"


def test_every_key_of_the_table_is_bound_and_none_else() -> None:
    bound: dict[str, set[str]] = {}
    for holder in (Articles, ArticleView, Facets, PanelScreen, EntitiesScreen, EntityCardScreen, LineInput):
        for binding in holder.BINDINGS:
            assert isinstance(binding, Binding)
            if not binding.system:
                bound.setdefault(str(binding.id), set()).update(binding.key.replace("comma", ",").split(","))
    for command in COMMANDS:
        assert bound.pop(command.name) == (set(keys_of(command, {})) or {UNBOUND})
    assert not bound


def test_bindings_run_the_command_they_are_named_after() -> None:
    for command in COMMANDS:
        for place in command.places:
            actions = {
                binding.action
                for binding in bindings(place)
                if isinstance(binding, Binding) and binding.id == command.name
            }
            assert actions == {f"screen.do({command.name!r})"}
