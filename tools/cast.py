"""Draw fifteen seconds of use as one moving SVG: a search, a hit, a name, its card, the next hit.

usage: python tools/cast.py [FILE]  (default: docs/cast.svg)
Each state of the screen is a picture of Textual's own; a browser shows one after another, without a script.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIZE = (100, 26)
SCENES = (
    ("Krem", 1.0),
    ("lin", 1.5),
    ("enter", 1.5),
    ("enter", 2.0),
    ("[", 1.0),
    ("[", 1.0),
    ("enter", 3.5),
    ("q", 1.5),
    ("n", 2.0),
)
"""What is pressed (or typed, where it is no key's name), and how many seconds the screen then stands."""
_KEYS = frozenset({"enter"})
_WEB_FONT = re.compile(r',\s*url\("https?://[^)]*\)\s*format\("[^"]*"\)')


async def frames() -> list[str]:
    """The screen after each scene, as SVG."""
    from seedread.app import SeedreadApp
    from seedread.userdata.settings import Settings
    from seedread_index.archive import Archive

    seeds = ROOT / "seeds"
    with Archive.open([seeds]) as archive:
        archive.sync()
        archive.annotate()
    app = SeedreadApp([seeds], settings=Settings(theme="dark"))
    taken = []
    async with app.run_test(size=SIZE) as pilot:
        while app.browse.background.activity:
            await pilot.pause(0.05)
        for typed, _ in SCENES:
            await pilot.press(*([typed] if typed in _KEYS else typed))
            for _ in range(20):
                await pilot.pause(0.05)
            taken.append(_WEB_FONT.sub("", app.export_screenshot(title="seedread")))
    return taken


def moving(taken: list[str]) -> str:
    """One SVG that shows frames for as long as their scenes say, again and again."""
    whole = sum(seconds for _, seconds in SCENES)
    box = re.search(r'viewBox="([^"]+)"', taken[0])
    assert box is not None
    rules, parts, start = [], [], 0.0
    for at, (frame, (_, seconds)) in enumerate(zip(taken, SCENES, strict=True)):
        first, last = 100 * start / whole, 100 * (start + seconds) / whole
        hidden = f"0%{{visibility:hidden}}{first:.2f}%" if at else "0%"
        rules.append(
            f"@keyframes s{at}{{{hidden}{{visibility:visible}}{last:.2f}%,100%{{visibility:hidden}}}}"
            f".s{at}{{visibility:hidden;animation:s{at} {whole}s step-end infinite}}"
        )
        parts.append(f'<g class="s{at}">{frame}</g>')
        start += seconds
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}"><style>{"".join(rules)}</style>'
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def main() -> int:
    """Draw into the file named, with caches and settings of its own."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "cast.svg"
    with tempfile.TemporaryDirectory() as home:
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = f"{home}/{kind.lower()}"
        target.write_text(moving(asyncio.run(frames())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
