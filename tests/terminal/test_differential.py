"""Whatever happens, a terminal fed by our driver shows what one fed by Textual's own shows."""

from __future__ import annotations

import random

import pytest
from terminals.comparing import ComparingDriver
from terminals.playground import Playground
from textual.pilot import Pilot


async def play(seed: int, steps: int, *, ansi: bool, size: tuple[int, int] = (80, 24)) -> ComparingDriver:
    """Do so many random things to the playground; the driver that watched."""
    chance = random.Random(seed)
    app = Playground(seed, ansi=ansi)
    ComparingDriver.seed = seed
    app.driver_class = ComparingDriver
    done: list[str] = []

    async def act(pilot: Pilot[None]) -> None:
        await pilot.pause()
        driver = ComparingDriver.last
        assert driver is not None
        for _ in range(steps):
            if chance.random() < 0.06:
                width, height = chance.randint(1, 130), chance.randint(1, 45)
                done.append(f"resize {width}x{height}")
                driver.resize(width, height)
            else:
                done.append(app.act(chance))
            await pilot.pause()
            if driver.difference:
                break
        driver.send()
        app.exit()

    await app.run_async(auto_pilot=act, size=size)
    driver = ComparingDriver.last
    assert driver is not None
    assert not driver.difference, f"after {done[-5:]}: {driver.difference}"
    return driver


@pytest.mark.parametrize("ansi", [True, False], ids=["16 colours", "true colours"])
@pytest.mark.parametrize("seed", range(3))
async def test_random_actions_and_resizes_show_the_same_cells(seed: int, ansi: bool) -> None:
    driver = await play(seed, 40, ansi=ansi)
    assert driver.compared > 20
    assert driver.our_bytes < driver.their_bytes / 2
