"""Draw the pictures of the README as SVG: the bundled samples searched and opened, and the card of a name.

usage: python tools/screenshot.py [FOLDER]  (default: docs)
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
_WEB_FONT = re.compile(r',\s*url\("https?://[^)]*\)\s*format\("[^"]*"\)')


PICTURES = {
    "list.svg": ((130, 26), ("enter", "j")),
    "screenshot.svg": ((100, 30), ("enter", "enter", "n", "]")),
    "card.svg": ((100, 26), ("enter", "enter", "[", "[", "enter")),
}
"""By the name of the file, its size and the keys that lead to it from a search for Kremlin."""


async def draw(folder: Path) -> None:
    """Read the seeds with names, and draw each picture in a reader of its own."""
    from seedread.app import SeedreadApp
    from seedread.userdata.session_state import Step, save_step
    from seedread.userdata.settings import Settings
    from seedread_index.archive import Archive

    archive = Archive.open([SEEDS])
    archive.sync()
    archive.annotate()
    archive.close()
    folder.mkdir(parents=True, exist_ok=True)
    home = os.environ["XDG_STATE_HOME"]
    for name, (size, keys) in PICTURES.items():
        os.environ["XDG_STATE_HOME"] = f"{home}/{name}"  # each begins where nothing was read yet
        for step in Step:  # the keys are of more use in a picture than advice
            save_step(step)
        app = SeedreadApp([SEEDS], settings=Settings(theme="dark"))
        async with app.run_test(size=size) as pilot:
            await pilot.press(*"Kremlin")
            for key in keys:
                await _settled(pilot)
                await pilot.press(key)
            await _settled(pilot)
            while app.browse.background.activity:
                await pilot.pause(0.05)
            drawn = app.export_screenshot(title="seedread seeds/")
            (folder / name).write_text(_WEB_FONT.sub("", drawn), encoding="utf-8")


async def _settled(pilot: object) -> None:
    """Wait until searches and paints have come to rest."""
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    for _ in range(20):
        await pilot.pause(0.05)


def main() -> int:
    """Draw into the folder named, with caches and settings of its own."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    with tempfile.TemporaryDirectory() as home:
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = f"{home}/{kind.lower()}"
        asyncio.run(draw(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
