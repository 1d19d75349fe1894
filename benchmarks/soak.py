"""The differential test at length: `soak.py [MINUTES] [FIRST SEED]`, ten minutes by default."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("tests/terminal", "tui", "index")]

from terminals.playing import play, play_reader  # noqa: E402

SIZES = ((80, 24), (200, 50), (120, 40), (20, 5), (300, 100))


def main(minutes: float, seed: int) -> int:
    """Play random games until the time is up; 1 where a terminal of ours showed something else."""
    end, wrong, games = time.monotonic() + minutes * 60, 0, 0
    while time.monotonic() < end:
        size = SIZES[seed % len(SIZES)]
        game = (
            play_reader(seed, 60, size=size)
            if seed % 4 == 3
            else play(seed, 60, ansi=seed % 2 == 0, size=size)
        )
        driver = asyncio.run(game)
        games += 1
        if driver.difference:
            wrong += 1
            print(f"seed {seed}: {driver.difference}", flush=True)
        seed += 1
    print(f"{games} games, {wrong} differences: {'ok' if not wrong else 'BROKEN'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    _minutes, _seed = (*sys.argv[1:3], *("10", "1000")[len(sys.argv) - 1 :])
    sys.exit(main(float(_minutes), int(_seed)))
