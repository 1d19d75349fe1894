"""What the screens look like; the pictures are in __snapshots__ and were looked at by eye."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from seedread.app import SeedreadApp
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.entities.navigation import CoMentionsScreen
from seedread.userdata.settings import THEMES, Settings

from .conftest import Running

SMALL, LARGE = (80, 24), (120, 40)
Scene = Callable[..., Awaitable[None]]
Compare = Callable[..., bool]


async def start(app: Running) -> None:
    pass


async def results(app: Running) -> None:
    await app.type("Kremlin")
    await app.press("enter")


async def nothing(app: Running) -> None:
    await app.type("Kremlin zzzqq")
    await app.press("enter")


async def bad_query(app: Running) -> None:
    await app.type('Kremlin "tensions')
    await app.press("enter")


async def hit(app: Running) -> None:
    await results(app)
    await app.press("enter", "n")


async def name(app: Running) -> None:
    await hit(app)
    await app.press("right_square_bracket", "T")


async def preview(app: Running) -> None:
    await results(app)
    await app.press("p", "x")


async def zen(app: Running) -> None:
    await hit(app)
    await app.press("z")


async def facets(app: Running) -> None:
    await app.type("Kremlin OR Friday")
    await app.press("enter", "f")
    await app.press("j", "enter", "right_square_bracket")


async def candidates(app: Running) -> None:
    await app.type("Kre")
    await app.press("tab")


async def help_screen(app: Running) -> None:
    await results(app)
    await app.press("question_mark")


async def syntax(app: Running) -> None:
    await app.press("f1")


async def entities(app: Running) -> None:
    await app.press("enter", "e")
    await app.until(lambda: isinstance(app.app.screen, EntitiesScreen) and app.app.screen.entity is not None)
    await app.press("j", "x")


async def card(app: Running) -> None:
    await app.press("enter", "e")
    await app.until(lambda: app.entities.entity is not None)
    await app.press("i")
    await app.until(lambda: isinstance(app.app.screen, EntityCardScreen) and app.app.screen.card is not None)
    await app.settle()


async def company(app: Running) -> None:
    await card(app)
    await app.press("C")
    await app.until(
        lambda: isinstance(app.app.screen, CoMentionsScreen) and app.app.screen.entity is not None
    )
    await app.settle()


async def information(app: Running) -> None:
    await results(app)
    await app.press("i")
    await app.until(lambda: any("recognised by" in line.text for line in app.panel.lines.lines))
    await app.settle()


async def command_line(app: Running) -> None:
    await results(app)
    await app.press("colon")
    await app.type("ne")
    await app.press("tab")


SCENES = (
    start,
    results,
    nothing,
    bad_query,
    hit,
    name,
    preview,
    zen,
    facets,
    candidates,
    help_screen,
    syntax,
    entities,
    card,
    company,
    information,
    command_line,
)


@pytest.fixture
def compare(
    own_cache: Path, no_child: None, snap_compare: Callable[..., bool], make_running: type[Running]
) -> Compare:
    """Compares a scene with its picture."""

    def compared(
        folder: Path,
        scene: Scene,
        size: tuple[int, int],
        theme: str,
        glyphs: Literal["unicode", "ascii"] = "unicode",
    ) -> bool:
        app = SeedreadApp([folder], settings=Settings(theme=theme, glyphs=glyphs))

        async def play(pilot: Pilot[int]) -> None:
            running = make_running(app, pilot)
            await running.started()
            await scene(running)
            await running.settle()
            for line in running.shown():
                assert cell_len(line) <= size[0]

        return snap_compare(app, terminal_size=size, run_before=play)

    return compared


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_small_and_dark(compare: Compare, seeds: Path, scene: Scene) -> None:
    assert compare(seeds, scene, SMALL, "dark")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_large_and_light(compare: Compare, seeds: Path, scene: Scene) -> None:
    assert compare(seeds, scene, LARGE, "light")


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_in_every_theme(compare: Compare, seeds: Path, theme: str) -> None:
    assert compare(seeds, hit, SMALL, theme)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_wide_right_to_left_and_combined_characters_keep_their_columns(
    compare: Compare, world: Path, size: tuple[int, int], theme: str
) -> None:
    async def opened(app: Running) -> None:
        await app.press("enter", "p", "x")

    assert compare(world, opened, size, theme)


def test_without_unicode_only_ascii_is_drawn(compare: Compare, seeds: Path) -> None:
    async def drawn(app: Running) -> None:
        await preview(app)
        article = app.article.text
        for line in app.shown():
            assert all(character.isascii() or character in article for character in line.strip()), line

    assert compare(seeds, drawn, SMALL, "dark", glyphs="ascii")
