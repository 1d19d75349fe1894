"""Random games: an app is driven at random while a driver compares what two terminals show."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from terminals.comparing import ComparingDriver
from terminals.playground import WORDS, Playground

READER_KEYS = (
    *"jjjkkbgGnnN][JKqpzHeisx",
    *("space", "enter", "enter", "full_stop", "question_mark", "slash", "tab", "ctrl+d", "ctrl+u", "ctrl+l"),
    *("less_than_sign", "plus", "minus", "up", "down", "escape", "pagedown", "pageup", "home", "end"),
)


async def play(seed: int, steps: int, *, ansi: bool, size: tuple[int, int] = (80, 24)) -> ComparingDriver:
    """Do so many random things to the playground; the driver that watched."""
    app = Playground(seed, ansi=ansi)

    async def step(chance: random.Random, _: Pilot[Any]) -> str:
        return app.act(chance)

    return await _game(app, seed, steps, size, step)


async def play_reader(seed: int, steps: int, *, size: tuple[int, int] = (80, 24)) -> ComparingDriver:
    """Press so many random keys in the reader over articles of many scripts; the driver that watched."""
    from seedread.app import SeedreadApp
    from seedread.userdata.settings import Settings
    from seedread_index.model.engine_settings import EngineSettings

    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "articles")
        folder.mkdir()
        for number in range(12):
            paragraphs = [" ".join(chance.choices(WORDS, k=chance.randint(20, 90))) for _ in range(12)]
            (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
        app = SeedreadApp([folder], settings=Settings(engine=EngineSettings(ner_model="rules")))

        async def step(chance: random.Random, pilot: Pilot[Any]) -> str:
            key: str = chance.choice(READER_KEYS)
            await pilot.press(key)
            return key

        return await _game(app, seed, steps, size, step)


async def _game(
    app: App[Any],
    seed: int,
    steps: int,
    size: tuple[int, int],
    step: Callable[[random.Random, Pilot[Any]], Any],
) -> ComparingDriver:
    chance = random.Random(seed)
    ComparingDriver.seed = seed
    app.driver_class = ComparingDriver
    done: list[str] = []

    async def act(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        driver = ComparingDriver.last
        assert driver is not None
        for _ in range(steps):
            if not app.is_running:
                return
            if chance.random() < 0.06:
                width, height = chance.randint(1, 130), chance.randint(1, 45)
                done.append(f"resize {width}x{height}")
                driver.resize(width, height)
            else:
                done.append(await step(chance, pilot))
            await pilot.pause()
            if driver.difference:
                driver.difference = f"after {done[-5:]}: {driver.difference}"
                break
        driver.send()
        app.exit()

    await app.run_async(auto_pilot=act, size=size, mouse=False)
    driver = ComparingDriver.last
    assert driver is not None
    if app.return_code:
        driver.difference = f"after {done[-5:]} the app broke"
    return driver
