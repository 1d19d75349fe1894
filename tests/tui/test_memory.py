"""What was closed is let go: the live objects of the app do not grow with what was opened and left."""

from __future__ import annotations

import gc
from collections import Counter

from textual._styles_cache import StylesCache
from textual.dom import DOMNode
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker

from seedread.screens.help import HelpScreen
from seedread_index.engines.whoosh.snapshot import Snapshot
from seedread_index.model.article import Article
from seedread_index.model.results import Results

from .conftest import Open

WATCHED = (DOMNode, StylesCache, Worker, Article, Results, Snapshot)
ROUNDS = 16


def live() -> Counter[str]:
    """How many objects of the types that have leaked, or hold much, are alive."""
    gc.collect()
    found = [each for each in gc.get_objects() if isinstance(each, (*WATCHED, Strip))]
    return Counter(kind.__name__ for kind in (*WATCHED, Strip) for each in found if isinstance(each, kind))


async def test_screens_searches_and_previews_are_let_go(open_app: Open) -> None:
    """Each round opens help, entities, a card, messages and a prompt, searches, previews and reads."""

    async def once(query: str) -> None:
        await app.press("e", "i", "escape", "escape", "?", "escape", "!", "escape", "f", "escape")
        await app.browse.search.search_for(query)
        await app.press("p", "j", "enter", "n", "escape", "p")

    def is_rid_of_screens() -> bool:
        """Whether what was left is removed, which goes on behind the keys."""
        screens = {node for node in app.app._registry if isinstance(node, Screen)}
        return screens == set(app.app.screen_stack) and app.app.screen is app.browse

    async with open_app() as app:
        await app.press("enter", "escape")
        for number in range(4):
            await once("harbour cranes weather cloth"[: 16 + number])
        await app.until(is_rid_of_screens)
        before = live()
        for number in range(ROUNDS):
            await once(("harbour", "cranes", "weather", "blue cloth")[number % 4])
        await app.until(is_rid_of_screens)
        after = live()
    grown = {name: (before[name], after[name]) for name in after if after[name] > before[name] + ROUNDS // 2}
    assert not {name: counts for name, counts in grown.items() if name != "Strip"}
    assert after["Strip"] <= before["Strip"] + 5 * ROUNDS


async def test_a_panel_that_is_being_left_takes_what_is_still_said(open_app: Open) -> None:
    async with open_app() as app:
        panel = HelpScreen(app.browse.session, app.browse.place, app.browse.handlers)
        app.app.push_screen(panel)
        await app.settle()
        await panel.query("*").remove()
        panel.show_message("late", problem=True)
        panel.filter_text = "late"
        panel.refresh_status()
        await app.settle()
        assert app.app.screen is panel
