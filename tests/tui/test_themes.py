"""The themes: every text can be read on what lies behind it."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from seedread.themes import ALL, COLOURBLIND, CONTRAST, TERMINAL
from seedread.userdata.settings import THEMES, Settings
from seedread.widgets.single_line import LineInput

from .conftest import Open

READABLE, SHARP = 4.5, 7.0
"""Contrast ratios that WCAG 2.2 asks for: level AA and level AAA."""
FIXED = [theme for theme in ALL if theme is not TERMINAL]
INKS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success")


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Color, other: Color) -> float:
    """The contrast ratio of two colours."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def colour(theme: Theme, name: str) -> Color:
    """A colour of a theme."""
    return Color.parse(getattr(theme, name))


@pytest.mark.parametrize("theme", FIXED, ids=lambda theme: theme.name)
def test_every_ink_is_readable_on_the_background_and_reversed(theme: Theme) -> None:
    least = SHARP if theme is CONTRAST else READABLE
    for name in INKS:
        for behind in ("background", "surface"):
            assert ratio(colour(theme, name), colour(theme, behind)) >= least, f"{name} on {behind}"


@pytest.mark.parametrize("theme", FIXED, ids=lambda theme: theme.name)
def test_dim_text_can_be_read(theme: Theme) -> None:
    ink, behind = colour(theme, "foreground"), colour(theme, "background")
    assert ratio(behind.blend(ink, 0.66), behind) >= READABLE


def test_hits_and_the_current_one_differ_for_every_colour_vision() -> None:
    assert COLOURBLIND.warning != COLOURBLIND.error
    assert ratio(colour(COLOURBLIND, "warning"), colour(COLOURBLIND, "error")) > 1.05


def test_the_settings_offer_every_theme() -> None:
    assert tuple(theme.name for theme in ALL) == THEMES


async def test_hits_and_places_can_be_read_in_a_dark_and_in_a_light_terminal(
    open_app: Open,
) -> None:
    black, green, yellow, cyan, white = 0, 2, 3, 6, 15
    async with open_app(settings=Settings(theme="terminal")) as app:
        articles, facets, reader = app.browse.articles, app.browse.facets, app.browse.reader
        for widget, name in (
            (facets, "facet-list--mark"),
            (facets, "line-list--place"),
            (reader, "reader--place"),
        ):
            style = widget.get_component_rich_style(name, partial=True)
            assert style.color is None or style.color.number not in (green, yellow, cyan), name
            assert style.underline or style.bold
        marks = ((articles, "result-list--mark"), (facets, "line-list--mark"), (reader, "reader--hit"))
        for pane, name in (*marks, (reader, "reader--current")):
            style = pane.get_component_rich_style(name, partial=True)
            assert style.reverse and style.color is not None and style.bgcolor is not None
            ink = white if name == "reader--current" else black
            assert style.bgcolor.number == ink, name


async def test_the_cursor_of_a_line_is_reversed_once_and_so_seen_in_every_terminal(open_app: Open) -> None:
    async with open_app(settings=Settings(theme="terminal")) as app:
        await app.press("enter", "colon")
        for line in (app.browse.input, app.screen().query_one(LineInput)):
            style = line.get_component_rich_style("input--cursor")
            assert style.reverse and style.color is not None and style.bgcolor is not None
            assert style.color.is_default and style.bgcolor.is_default
