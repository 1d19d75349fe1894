"""Draw the screenshot of the README: the bundled seeds, searched and opened, as an SVG of Textual's own."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
SIZE = (100, 30)
_WEB_FONT = re.compile(r',\s*url\("https?://[^)]*\)\s*format\("[^"]*"\)')


async def draw(target: Path) -> None:
    """Open the seeds in the reader at the second hit and save what the screen shows."""
    from seedread.app import SeedreadApp
    from seedread.userdata.settings import Settings
    from seedread_index.archive import Archive

    archive = Archive.open([SEEDS])
    archive.sync()
    archive.annotate()
    archive.close()
    app = SeedreadApp([SEEDS], settings=Settings(theme="dark"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"Kremlin")
        for key in ("enter", "enter", "n", "]"):
            await _settled(pilot)
            await pilot.press(key)
        await _settled(pilot)
        while app.browse.background.activity:
            await pilot.pause(0.05)
        target.parent.mkdir(parents=True, exist_ok=True)
        drawn = app.export_screenshot(title="seedread seeds/")
        target.write_text(_WEB_FONT.sub("", drawn), encoding="utf-8")


async def _settled(pilot: object) -> None:
    """Wait until searches and paints have come to rest."""
    from textual.pilot import Pilot

    assert isinstance(pilot, Pilot)
    for _ in range(20):
        await pilot.pause(0.05)


def main() -> int:
    """Draw into the file named, with caches and settings of its own."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshot.svg")
    with tempfile.TemporaryDirectory() as home:
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = f"{home}/{kind.lower()}"
        asyncio.run(draw(target))
    return 0


if __name__ == "__main__":
    sys.exit(main())
