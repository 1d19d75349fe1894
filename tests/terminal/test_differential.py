"""Whatever happens, a terminal fed by our driver shows what one fed by Textual's own shows."""

from __future__ import annotations

import pytest
from terminals.playing import play, play_reader


@pytest.mark.parametrize("ansi", [True, False], ids=["16 colours", "true colours"])
@pytest.mark.parametrize("seed", range(3))
async def test_random_actions_and_resizes_show_the_same_cells(seed: int, ansi: bool) -> None:
    driver = await play(seed, 40, ansi=ansi)
    assert not driver.difference
    assert driver.compared > 3  # paints of a busy machine are fewer: many keys share one
    assert driver.our_bytes < driver.their_bytes / 2


@pytest.mark.parametrize("seed", range(2))
async def test_random_keys_in_the_reader_show_the_same_cells(seed: int) -> None:
    driver = await play_reader(seed, 40)
    assert not driver.difference
    assert driver.compared > 3  # paints of a busy machine are fewer: many keys share one
    assert driver.our_bytes < driver.their_bytes / 2
