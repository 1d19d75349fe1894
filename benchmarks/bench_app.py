"""Times the whole app: an article of 10 MB beside one of 10 KB, and all results of an archive beside a few.

python benchmarks/bench_app.py DATA [--megabytes 10] [--count 5000] [--archive FOLDER]
The archive is made of DATA by scale_archive.py, into the folder where one is named, or lies there already.
Articles are read and opened in processes of their own; a time is the least of some, in seconds of the
processor.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from scale_archive import make

from seedread.app import SeedreadApp
from seedread.screens.browse.background_work import Work, WorkUpdate
from seedread.screens.browse.screen import BrowseScreen
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive
from seedread_index.archive_folder import INDEX_ENGINES, ArchiveFolder, engine_named
from seedread_index.model.engine_settings import EngineSettings

SENTENCE = (
    "The mayor opened the new bridge over the river, and Maria Lopez of Acme came from Geneva to see it. "
)
OPEN_SECONDS = 0.5
MEMORY_TIMES = 12
FRAME_SECONDS = 1 / 30
SMALL = 10_000
FEW, ALL = "date:2018-01-01", ""


def without_child() -> None:
    """Let no child process change the archive that is measured."""
    Work.start = _started  # type: ignore[method-assign]  # put in its place
    Work.poll = _polled  # type: ignore[method-assign, assignment]  # likewise


def _started(self: Work) -> bool:
    self.syncing = False
    return True


def _polled(_self: Work, _shown: int | None) -> WorkUpdate:
    return WorkUpdate()


def resident() -> int:
    """Bytes of this process in memory at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def least(action: Callable[[], Awaitable[object]], times: int = 3) -> float:
    """The least of some durations."""
    found = []
    for _ in range(times):
        before = time.process_time()
        await action()
        found.append(time.process_time() - before)
    return min(found)


async def read(folder: Path, query: str) -> dict[str, float]:
    """Seconds to open the article of a folder at its first hit, for END, a page and a hit; its memory."""
    app = SeedreadApp([folder], settings=Settings(engine=EngineSettings(ner_model="rules")))
    async with app.run_test(size=(80, 48)) as pilot:
        while not app.browse.session_place.restored:
            await pilot.pause(0.01)
        browse = app.browse
        await browse.search.search_for(query)
        await pilot.pause()
        before = resident()

        async def opened() -> None:
            await browse.reading.show_row(0)
            browse.focus_on(browse.reader)
            await pilot.pause()

        async def pressed(key: str) -> None:
            await pilot.press(key)
            await pilot.pause()

        figures = {"open": await least(opened, 1)}
        figures["memory"] = (resident() - before) / len(
            browse.reading.article.text if browse.reading.article else " "
        )
        figures["again"] = await least(opened)
        for name, key in (("end", "G"), ("page", "pageup"), ("start", "g"), ("hit", "n"), ("name", "]")):
            figures[name] = await least(lambda key=key: pressed(key), 1)  # type: ignore[misc]
        return figures


def measured(size: int) -> dict[str, float]:
    """The figures of an article of so many bytes, synced and then read in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="seedread-app-") as scratch:
        folder = Path(scratch, "articles")
        folder.mkdir()
        paragraph = SENTENCE * 3 + "\n\n"
        text = "Bridge opens\n\n" + paragraph * (size // len(paragraph)) + "The aqueduct is next.\n"
        (folder / "large.txt").write_text(text, encoding="utf-8")
        homes = {
            f"XDG_{name}_HOME": str(Path(scratch, name)) for name in ("CACHE", "CONFIG", "DATA", "STATE")
        }
        env = {**os.environ, **homes}
        program = [sys.executable, __file__]
        subprocess.run([*program, "--sync", str(folder)], check=True, env=env)
        done = subprocess.run(
            [*program, "--read", str(folder)], check=True, env=env, capture_output=True, text=True
        )
        found: dict[str, float] = json.loads(done.stdout)
        return found


async def listed(folder: Path) -> dict[str, tuple[int, float, float]]:
    """For few results and for all: how many, seconds from the wish to the rows, and of them the app's own."""
    figures = {}
    app = SeedreadApp([folder], settings=Settings())
    files = ArchiveFolder(folder, folder / "corrections.toml")
    app.browse = BrowseScreen(app.session_on(Archive((folder,), files, EngineSettings())))
    async with app.run_test(size=(80, 48)) as pilot:
        while not app.browse.session_place.restored:
            await pilot.pause(0.01)
        browse = app.browse
        archive = browse.session.archive
        for name, query in (("few", FEW), ("all", ALL)):

            async def asked(query: str = query) -> None:
                await browse.search.search_for(query)
                await pilot.pause()

            async def searched(query: str = query) -> None:
                results = await asyncio.to_thread(archive.search, query)
                await asyncio.to_thread(archive.hits, results, 0, 60)

            await asked()
            whole, engine = await least(asked, 7), await least(searched, 7)
            figures[name] = (
                browse.search.results.total if browse.search.results else 0,
                whole,
                whole - engine,
            )
    return figures


def main(data: Path, megabytes: int, count: int, archive: Path) -> int:
    """Print figures against their targets; 1 when one is missed."""
    missed = 0

    def line(words: str, good: bool) -> None:
        nonlocal missed
        missed += not good
        print(f"{words}  {'ok' if good else 'BELOW target'}", flush=True)

    small, large = measured(SMALL), measured(megabytes * 1_000_000)
    times = " ".join(f"{name} {large[name] * 1000:.0f}" for name in large if name != "memory")
    line(
        f"{megabytes} MB in the app: ms {times}; opening 10 KB takes {small['open'] * 1000:.1f} ms;"
        f" memory {large['memory']:.1f}x the text",
        large["open"] <= OPEN_SECONDS
        and max(large["end"], large["page"]) <= OPEN_SECONDS / 2
        and large["memory"] <= MEMORY_TIMES,
    )
    make(data, count, archive, engine_named(INDEX_ENGINES[0]))
    without_child()
    found = asyncio.run(listed(archive))
    (few, short, own), (many, long, all_own) = found["few"], found["all"]
    line(
        f"first rows of {many:,} results in the app: {long * 1000:.1f} ms,"
        f" of {few}: {short * 1000:.1f} ms; the app's share {all_own * 1000:.1f} and {own * 1000:.1f}",
        long - short <= FRAME_SECONDS,
    )
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sync"]:
        Archive.open([Path(sys.argv[2])], EngineSettings(ner_model="rules")).sync()
    elif sys.argv[1:2] == ["--read"]:
        without_child()
        print(json.dumps(asyncio.run(read(Path(sys.argv[2]), "bridge"))))
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("data", type=Path)
        parser.add_argument("--megabytes", type=int, default=10)
        parser.add_argument("--count", type=int, default=5_000)
        parser.add_argument("--archive", type=Path, help="build into this folder, or use what lies there")
        options = parser.parse_args()
        with tempfile.TemporaryDirectory(prefix="seedread-bench-") as scratch:
            place = options.archive or Path(scratch)
            sys.exit(main(options.data, options.megabytes, options.count, place))
