"""A small archive of plain news, synced once, and the app over a copy of its index."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual._context import visible_screen_stack
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from seedread.actions.command_table import Place
from seedread.app import SeedreadApp
from seedread.screens.browse.background_work import Work, WorkUpdate
from seedread.screens.browse.screen import BrowseScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.panel import PanelScreen
from seedread.userdata.settings import Settings
from seedread_index.model.article import Article, Mention, Span
from seedread_index.model.results import Results

from ..conftest import synced as synced_archive

TOWNS = ("Bamako", "Lagos", "Nairobi", "Dakar", "Accra", "Kigali")
TOPICS = (
    "Fishermen want deeper water near the old pier and cheaper diesel for their boats.",
    "A school of music opens with forty pupils, two pianos and a borrowed drum.",
    "The railway buys wagons for copper, and drivers ask for longer breaks at night.",
    "Farmers count locusts in millet fields while traders wait for the price to rise.",
    "A court hears the case of a bridge that was paid for twice and never finished.",
    "Nurses at the clinic keep vaccines cold with ice from the brewery next door.",
    "The museum shows bronze masks that a collector has kept in a cellar for decades.",
    "Engineers test a pump that lifts river water by the heat of the afternoon sun.",
    "Football players refuse to train until last season's wages have been paid.",
    "Bakers bake with cassava because wheat has become too dear for small shops.",
    "A satellite dish brings lessons to villages that no road reaches in the rains.",
    "Weavers sell blue cloth by telephone and send it by the evening bus.",
)


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve made-up articles: a headline, a date and four paragraphs each."""
    folder = tmp_path_factory.mktemp("news")
    for number, topic in enumerate(TOPICS):
        town, other = TOWNS[number % 6], TOWNS[(number + 1) % 6]
        following = TOPICS[(number + 5) % len(TOPICS)].lower()
        pages = [
            f"Harbour talks number {number} open in {town}",
            f"2021-{number + 1:02}-15",
            f"{topic} That was said in {town}, where the harbour was built long ago.",
            f"A delegation from {other} travelled to {town}: {following}",
            f"{' '.join(sorted(topic.split()))} The weather was fair.",
            f"In {other} the harbour has {number + 3} cranes. {' '.join(reversed(topic.split()))}",
        ]
        (folder / f"{number:02}.txt").write_text("\n\n".join(pages) + "\n", encoding="utf-8")
    return folder


WORLD = {
    "cjk.txt": ("港の会議", "2021-05-01", "港についての会議が月曜日に開かれた。漁師たちは深い水を望む。"),
    "rtl.txt": ("محادثات الميناء", "2021-05-02", "اجتمع المسؤولون للحديث عن الميناء. The harbour waits."),
    "emoji.txt": (
        "Harbour 🚢 news 👩\u200d👩\u200d👧",
        "2021-05-03",
        "The 🚢🚢 came; 🇬🇭🇳🇬 flew, e\u0301 too.",
    ),
}
"""Made-up articles in wide, right-to-left and combined characters."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of those articles."""
    folder = tmp_path_factory.mktemp("world")
    for name, text in WORLD.items():
        (folder / name).write_text("\n\n".join(text) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def synced(tmp_path_factory: pytest.TempPathFactory, news: Path, seeds: Path, world: Path) -> Path:
    """A cache folder with the indexes of the folders in it."""
    root = tmp_path_factory.mktemp("synced")
    for folder in (news, seeds, world):
        synced_archive([folder], root).close()
    return root


@dataclass(slots=True)
class Running:
    """The app as a test holds it."""

    app: SeedreadApp
    pilot: Pilot[int]

    @property
    def browse(self) -> BrowseScreen:
        """The browse screen."""
        return self.app.browse

    @property
    def results(self) -> Results:
        """The results that are shown."""
        assert self.browse.search.results is not None
        return self.browse.search.results

    @property
    def article(self) -> Article:
        """The article in the reader."""
        assert self.browse.reading.article is not None
        return self.browse.reading.article

    @property
    def hit(self) -> Span:
        """The current hit in the reader."""
        assert self.browse.reader.current_hit is not None
        return self.browse.reader.current_hit

    @property
    def mention(self) -> Mention:
        """The current name in the reader."""
        assert self.browse.reader.current_mention is not None
        return self.browse.reader.current_mention

    @property
    def panel(self) -> PanelScreen:
        """The panel on top."""
        assert isinstance(self.app.screen, PanelScreen)
        return self.app.screen

    @property
    def entities(self) -> EntitiesScreen:
        """The entities on top."""
        assert isinstance(self.app.screen, EntitiesScreen)
        return self.app.screen

    def screen(self) -> Screen[Any]:
        """The screen on top (a call, since type checkers believe that attributes stay)."""
        return self.app.screen

    def place(self) -> Place:
        """Where the keys go (likewise)."""
        return self.browse.place

    async def started(self) -> None:
        """Wait until the first results are there."""
        await self.until(lambda: self.browse.session_place.restored and not self.browse.background.syncing)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, each after what the one before set going has come to rest."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text at once."""
        await self.pilot.press(*(" " if character == " " else character for character in text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until no search, command or message is under way; only the limit of the test ends that."""
        while True:
            await self._drain()
            if not self._working():
                await self._drain()
                if not self._working():
                    return
            busy = [each for each in self.app.workers if each.group != "commands" and not each.is_finished]
            if not busy:  # a command may be about to ask something, which the test is to answer
                await asyncio.sleep(0.002)
                continue
            with suppress(WorkerCancelled):  # another one took its place
                await self.app.workers.wait_for_complete(busy)

    async def _drain(self) -> None:
        """Wait until keys and messages have gone their way, up from where the keyboard is to the app.

        Textual's own pause ends as soon as the process gets no processor: on a busy machine too early.
        """
        await self.pilot.pause()
        pumps: list[MessagePump] = [*self.app._path_of_keys(), *self.app.screen_stack, self.app]
        for pump in pumps:
            reached = asyncio.Event()
            pump.call_later(reached.set)
            while not reached.is_set() and pump.is_running:
                await asyncio.sleep(0.001)

    def _working(self) -> bool:
        keys = self.app._keys
        if self.app.browse.holds_keys or (keys._at is not None and keys._at.is_running):
            return True
        waiting = len(self.app.screen_stack) > 1 and self.app.screen.is_modal
        return any(
            not worker.is_finished
            for worker in self.app.workers
            if not (waiting and worker.group == "commands")
        )

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition; however busy the machine is, only the limit of the test itself ends that."""
        while not condition():
            await self.pilot.pause(0.01)

    def shown(self) -> list[str]:
        """The screen as text, a line a row."""
        width, height = self.app.size
        # What was not drawn yet is drawn now, which for a card needs the screens below it.
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips][:height] if width else []


Open = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture(autouse=True)
def places_stored_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is stored where a test asks for it, not whenever a busy machine lets two seconds pass."""
    monkeypatch.setattr("seedread.screens.browse.screen._SAVE_EVERY", 86_400.0)


@pytest.fixture
def no_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual guesses from moments without work that a key has been dealt with; `Running.settle` knows it."""

    async def at_once(*_: float) -> None:
        await asyncio.sleep(0)

    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", at_once)


@pytest.fixture
def own_cache(synced: Path, no_machine: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache of this test's own, with the indexes in it."""
    cache = tmp_path / "cache"
    shutil.copytree(synced / "cache", cache / "seedread")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return cache


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child process: the archive stays as it was synced."""
    monkeypatch.setattr(Work, "start", lambda self: setattr(self, "syncing", False))
    monkeypatch.setattr(Work, "poll", lambda self, shown: WorkUpdate(counts=self._archive.counts()))


@pytest.fixture
def open_app(news: Path, own_cache: Path, no_child: None, no_guesses: None) -> Open:
    """Opens the app on the news (or another folder)."""

    @asynccontextmanager
    async def opened(
        *roots: Path, size: tuple[int, int] = (80, 24), settings: Settings | None = None
    ) -> AsyncIterator[Running]:
        app = SeedreadApp(roots or [news], settings=settings or Settings(glyphs="unicode"))
        async with app.run_test(size=size) as pilot:
            running = Running(app, pilot)
            await running.started()
            yield running

    return opened


@pytest.fixture
def make_running() -> type[Running]:
    """Makes what holds the app in a test."""
    return Running
