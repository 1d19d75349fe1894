"""Every command, wherever it works, by each of its keys, by its `:` name and by keys of the user's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from seedread.actions.chosen_keys import keys_of
from seedread.actions.command_table import COMMANDS, Command, Place
from seedread.actions.handlers import Call
from seedread.screens import global_commands, requests
from seedread.screens.browse.jumps import Jump, Jumps
from seedread.screens.command_screen import CommandScreen
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.global_commands import runnable
from seedread.screens.help import HelpScreen
from seedread.screens.panel import PanelScreen
from seedread.screens.prompt import PromptScreen
from seedread.userdata.settings import KeyChoice, Settings
from seedread_index.model.article import NAMED_TYPES

from .conftest import Open

LETTERS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    "αβγδεζηθλμξπρστφψωΓΔΘΛΞΠΣΦΨΩљњћџђѓєѕіїјўґқңүөһ"
)
INPUT_KEYS = (
    *(f"f{number}" for number in range(2, 13)),
    "insert",
    "shift+home",
    "shift+end",
    "ctrl+t",
    "ctrl+x",
    "ctrl+y",
    "ctrl+n",
)
CHOSEN = {
    command.name: KeyChoice((key,), line)
    for line, (command, key) in enumerate(
        [
            *zip((each for each in COMMANDS if Place.INPUT not in each.places), LETTERS, strict=False),
            *zip((each for each in COMMANDS if Place.INPUT in each.places), INPUT_KEYS, strict=False),
        ],
        start=1,
    )
}
"""A key of the user's own for every command: letters, and in the input line keys that are no text."""
WITHOUT_A_ROOM = {
    Place.PANEL: {
        *(
            "search-selection",
            "follow",
            "co-mentions",
            "sort",
            "copy",
            "take-away",
            "export",
            "next-hit",
            "previous-hit",
        ),
        *("concordance", "timeline", "finer", "coarser", "compare"),
    }
}
"""What only some panels do: open the line, sort, copy, take away, and what charts and comparisons need."""


class Watched:
    """The app with what it asked of the outside: to end, to be suspended, and the wishes of its screens."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.asked: list[str] = []
        monkeypatch.setattr(app.app, "exit", lambda *_: self.asked.append("exit"))
        monkeypatch.setattr(app.app, "action_suspend_process", lambda: self.asked.append("suspend"))
        monkeypatch.setattr(global_commands, "RedrawRequested", self._redrawn)

    def _redrawn(self) -> requests.RedrawRequested:
        self.asked.append("redraw")
        return requests.RedrawRequested()

    def state(self) -> dict[str, object]:
        """All that a command may change."""
        app, browse = self.app.app, self.app.browse
        screen = app.screen
        reader, line = browse.reader, browse.input
        found = {
            "asked": tuple(self.asked),
            "screen": type(screen).__name__,
            "question": screen._label if isinstance(screen, PromptScreen) else "",
            "said": "" if isinstance(screen, PromptScreen) else getattr(screen, "message", ""),
            "focus": app.focused and app.focused.id,
            "theme": app.theme,
            "line": (line.value, line.cursor_position, line.selection),
            "search": (browse.search.query_text, browse.search.filter_text, browse.search.sort),
            "browse": (browse.row, browse.zen, browse.split, browse.preview, browse.is_reading),
            "facets": (browse.facets_shown, browse.facets.cursor, browse.facets_controller.filter_rows),
            "ticked": browse.articles.ticked,
            "read": browse.session.read_ids,
            "reader": tuple(
                getattr(reader, name)
                for name in (
                    *("top_offset", "hit_index", "current_mention", "types_shown"),
                    *("highlight", "boilerplate_shown", "measure", "find"),
                )
            ),
        }
        if isinstance(screen, PanelScreen):
            found["panel"] = (screen.heading, screen.lines.cursor, screen.lines.ticked, screen.filter_text)
        if isinstance(screen, EntitiesScreen):
            found["entities"] = (screen.sort, tuple(screen.entities))
        return found


async def arrange(app: Any, place: Place) -> None:
    """Bring the app into the middle of everything, so that every way is open."""
    while isinstance(app.app.screen, PromptScreen):
        app.app.screen.dismiss(None)
        await app.settle()
    browse = await app.app.to_browse()
    app.app.theme, browse.zen, browse.preview, browse.split = "terminal", False, False, 40
    browse.cancelling, browse._next_key = False, None
    browse.show_facets(shown=False)
    browse.query_line.recall.stop()
    reader = browse.reader
    browse.highlight, reader.boilerplate_shown, browse.measure = True, False, 60
    browse.types_shown = frozenset(NAMED_TYPES)
    browse.focus_on(browse.articles)
    await browse.search.search_for("harbour", filter="date:2021", sort="relevance")
    browse.input.cursor_position = 0
    browse.reading.clear()
    ids = browse.search.results.ids()
    browse.session.read_ids = frozenset(ids[4:7])
    browse.session.place.marks = {}
    browse.session.history.queries = ["cranes", "harbour talks", "weather"]
    browse.sending.set_ticked(frozenset())
    browse.session.archive.library().journal.path.unlink(missing_ok=True)
    await browse.keeping.reload()
    browse.session.steps.clear()
    browse.articles.cursor = 5
    browse.navigation.jumps = Jumps()
    for row in (1, 2):
        browse.navigation.jumps.leave(Jump("harbour", "date:2021", ids[row], None))
    browse.navigation.jumps.back(Jump("harbour", "date:2021", ids[8], None))
    if place is Place.READER:
        await browse.reading.show_row(5)
        browse.focus_on(reader)
        await app.settle()
        reader.hit_index = 2
        while reader.next_mention() and reader.current_mention.start < reader.current_hit.start + 100:
            pass
        reader.goto(len(browse.reading.article.text) // 2)
    elif place is Place.INPUT:
        browse.focus_on(browse.input)
        browse.input.value, browse.input.cursor_position = "harbour talk", len("har")
        await app.settle()
    elif place is Place.FACETS:
        browse.facets_controller._counted = None
        browse.facets_controller.show(Call("facets"))
        await app.settle()
        browse.facets.cursor = facet_row(browse)
    elif place is not Place.LIST:
        await open_panel(app, place)
    await app.settle()


def facet_row(browse: Any) -> int:
    """The row of the second entity that has another below it."""
    rows = browse.facets.lines
    return next(row for row, line in enumerate(rows) if line.look and line.kind == "plain") + 1


async def open_panel(app: Any, place: Place) -> None:
    """Open the help, the entities or a card, its cursor in the middle."""
    browse = app.browse
    if place is Place.PANEL:
        app.app.push_screen(HelpScreen(browse.session, Place.LIST, browse.handlers))
        await app.settle()
    else:
        screen = EntitiesScreen(browse.session)
        app.app.push_screen(screen)
        await app.until(lambda: screen.is_mounted and screen.entity is not None)
        if place is Place.CARD:
            assert screen.entity is not None
            card = EntityCardScreen(browse.session, screen.entity.id)
            app.app.push_screen(card)
            await app.until(lambda: card.card is not None)
    panel = app.app.screen
    await app.settle()
    panel.lines.cursor = 5 if place is not Place.CARD else spelling_row(panel)


def spelling_row(panel: PanelScreen) -> int:
    """The row of a card with its first spelling."""
    return 1 + next(row for row, line in enumerate(panel.lines.lines) if line.text == "Spellings")


async def call(app: Any, name: str, colon: str) -> None:
    """Run a command by its name."""
    await app.press(colon)
    assert isinstance(app.app.screen, PromptScreen)
    app.app.screen.line.value = name
    await app.press("enter")


def commands_of(place: Place) -> list[Command]:
    """What is tried in a place: its own commands, and in the list also those that work anywhere."""
    places = {place, Place.ANYWHERE} if place is Place.LIST else {place}
    left_out = WITHOUT_A_ROOM.get(place, set())
    return [each for each in COMMANDS if places & set(each.places) and each.name not in left_out]


def is_named(command: Command, place: Place) -> bool:
    """Whether a command is called by its name too; what works in the list is, there, for the whole screen."""
    of_list = place in (Place.READER, Place.FACETS) and Place.LIST in command.places
    return command.name in runnable() and place is not Place.INPUT and not of_list


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.ANYWHERE])
async def test_every_command_does_something_by_key_and_the_same_by_name(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    async with open_app(size=(44, 9)) as app:
        # What the background work reports comes when it likes, in the place of what a command says.
        monkeypatch.setattr(app.browse.background, "poll", nothing_new)
        watched = Watched(app, monkeypatch)
        for command in commands_of(place):
            outcomes = []
            for key in command.keys[:1]:  # the others are of the same binding
                outcomes.append(await outcome(watched, place, partial(app.press, key)))
                assert outcomes[-1], f"{key} ({command.name}) in the {place}"
            if is_named(command, place):
                outcomes.append(await outcome(watched, place, partial(call, app, command.name, ":")))
                assert outcomes[-1], f":{command.name} in the {place}"
            if command.name not in ("hide", "split-alias", "toggle-passage"):  # the next one, or back
                for each in outcomes:
                    assert each == outcomes[0], f"{command.name} in the {place}"


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.ANYWHERE])
async def test_every_command_has_the_keys_that_a_user_chose(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    called: list[str] = []
    settings = Settings(glyphs="unicode", keys=CHOSEN)
    async with open_app(size=(44, 9), settings=settings) as app:
        await arrange(app, place)
        monkeypatch.setattr(CommandScreen, "_start", lambda self, call: called.append(call.name))
        for command in commands_of(place):
            [key] = keys_of(command, CHOSEN)
            await app.press(key)
            assert called == [command.name], f"{key} ({command.name})"
            called.clear()


async def nothing_new(generation: int | None) -> bool:
    """What a poll of the background work finds."""
    return False


async def outcome(watched: Watched, place: Place, act: Callable[[], Awaitable[None]]) -> dict[str, object]:
    """What an act changes, from the middle of everything on."""
    await arrange(watched.app, place)
    watched.asked.clear()
    before = watched.state()
    await act()
    after = watched.state()
    return {name: after[name] for name in after if after[name] != before.get(name)}
