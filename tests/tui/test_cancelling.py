"""Ctrl-C quits only where the key before it was Ctrl-C too."""

from __future__ import annotations

import pytest

from .conftest import Open


@pytest.mark.parametrize("between", [["3"], ["f12"], ["j"]])
async def test_any_key_between_takes_back_the_first(open_app: Open, between: list[str]) -> None:
    async with open_app() as app:
        app.browse.focus_on(app.browse.articles)
        await app.press("ctrl+c")
        assert app.browse.cancelling
        await app.press(*between)
        assert not app.browse.cancelling


async def test_typing_in_the_search_line_takes_it_back(open_app: Open) -> None:
    async with open_app() as app:
        app.browse.input.focus()
        await app.press("ctrl+c", "x", "ctrl+c")
        assert app.app.return_value is None
