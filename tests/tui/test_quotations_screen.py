"""Who says what, in the app: the next quotation, the screen of quotations, the card of who is quoted."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.quotations import QuotationsScreen
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive

from .conftest import TOPICS, Open, Running

FILLER = "".join(f"{topic} The harbour master wrote it down in his book.\n\n" for topic in TOPICS)


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles in which two people are quoted."""
    folder = tmp_path_factory.mktemp("quoted")
    (folder / "2021-01-05_pier.txt").write_text(
        f"Pier closed\n\nMayor Petra Olin came.\n\n{FILLER}“We close the pier until May,” Olin said.\n\n"
        f"{FILLER}Jonas Rahl said the boards were rotten.\n\n{TOPICS[0]} {TOPICS[1]}\n"
    )
    (folder / "2021-03-09_ferry.txt").write_text(
        "Ferry late\n\nJonas Rahl waited.\n\n“The ferry is always late,” Rahl said.\n"
    )
    return folder


async def open_pier(app: Running) -> None:
    """Open the older of the two articles."""
    await app.press("enter", "j", "enter")
    await app.until(lambda: app.browse.is_reading and app.browse.reading.article is not None)


async def screen_of(app: Running) -> QuotationsScreen:
    """The screen of quotations, with its rows."""
    screen = app.screen()
    assert isinstance(screen, QuotationsScreen)
    await app.until(lambda: bool(screen.quotations))
    return screen


async def test_what_was_not_searched_yet_stands_beside_the_keys(
    open_app: Open, quoted: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(quoted) as archive:
        archive.sync()
    monkeypatch.setattr(Archive, "unquoted", lambda _: 7)
    async with open_app(quoted) as app:
        await app.press("enter", "W")
        await screen_of(app)
        await app.settle()
        assert app.shown()[0].endswith("7 articles not searched yet")
        assert "Enter open  s sort" in app.shown()[-1]


async def test_the_next_quotation_and_its_speaker(open_app: Open, quoted: Path, own_cache: Path) -> None:
    with Archive.open(quoted) as archive:
        archive.sync()
    async with open_app(quoted, size=(80, 12)) as app:
        await open_pier(app)
        await app.press('"')
        assert app.browse.message == "Petra Olin, said  direct quotation"
        assert any("We close the pier" in line for line in app.shown())
        await app.press('"')
        assert app.browse.message == "Jonas Rahl, said  indirect quotation"
        await app.press('"')
        assert app.browse.message == "No further quotation"
        await app.press("W")
        screen = await screen_of(app)
        assert len(screen.quotations) == 2 and "in this article" in screen.title_left


async def test_the_screen_of_quotations(open_app: Open, quoted: Path, own_cache: Path) -> None:
    with Archive.open(quoted) as archive:
        archive.sync()
    async with open_app(quoted, size=(80, 12), settings=Settings(clipboard="file")) as app:
        await app.press("enter", "W")
        screen = await screen_of(app)
        assert screen.title_right == "3, by date"
        rows = [line.text for line in screen.lines.lines]
        assert rows == [
            "2021-03-09  Jonas Rahl: “The ferry is always late,”",
            "2021-01-05  Petra Olin: “We close the pier until May,”",
            "2021-01-05  Jonas Rahl: the boards were rotten",
        ]
        await app.press("s")
        assert screen.sort == "speaker"
        assert [line.text.split("  ")[1][:5] for line in screen.lines.lines] == ["Jonas", "Jonas", "Petra"]
        await app.press(":", *"sort", "space", *"nonsense", "enter")
        assert screen.message == "Unknown order nonsense: choose one of date, speaker, source"
        assert screen.sort == "speaker"
        await app.press("G", "y")
        kept = Path(screen.message.rpartition(" to ")[2])
        assert await asyncio.to_thread(kept.read_text) == (
            "“We close the pier until May,”\n\nPetra Olin\nPier closed, 2021-01-05\n"
            "2021-01-05_pier.txt, paragraph 15\n"
        )
        await app.press("enter")
        await app.until(lambda: app.browse.is_reading)
        await app.until(lambda: any("We close the pier" in line for line in app.shown()))


async def test_the_card_lists_what_an_entity_says(open_app: Open, quoted: Path, own_cache: Path) -> None:
    with Archive.open(quoted) as archive:
        archive.sync()
        rahl = archive.resolve("Jonas Rahl")[0]
    async with open_app(quoted, size=(80, 30)) as app:
        card = EntityCardScreen(app.browse.session, rahl)
        app.app.push_screen(card)
        await app.until(lambda: card.card is not None)
        await app.settle()
        texts = [line.text for line in card.lines.lines]
        at = texts.index("Quotations")
        assert texts[at + 1] == "  “The ferry is always late,”"
        assert texts[at + 2].startswith("  2021-03-09")
        assert texts[at + 3] == "  the boards were rotten"
        await app.press("W")
        screen = await screen_of(app)
        assert len(screen.quotations) == 2 and "by Jonas Rahl" in screen.title_left
