"""The screen of files: what was left out and why, what is a copy of what, and numbers that add up."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from seedread.actions.command_table import Place
from seedread.screens import files
from seedread.screens.files import FilesScreen
from seedread_index.archive import Archive
from seedread_index.model.status import FileReport, Skipped, SkipStatus

from .conftest import Open, Running

TEXT = "Ferry leaves\n\n2021-03-05\n\nThe ferry left the harbour at noon on Monday, the office said.\n"
HOSTILE = "odd\x1b]0;name\x07\n\u202e.py"


@pytest.fixture
def mixed(tmp_path: Path, own_cache: Path) -> Path:
    """A synced folder of an article, a copy of it, one cut short, and four files that are no articles."""
    folder = tmp_path / "mixed"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT)
    (folder / "more" / "b.txt").write_text(TEXT)
    (folder / "cut.txt.gz").write_bytes(gzip.compress((TEXT + "The crane fell. " * 40).encode())[:-30])
    (folder / "fetch.py").write_text("import os\n")
    (folder / HOSTILE).write_text("import os\n")
    (folder / "empty.txt").write_text("")
    (folder / "p.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    with Archive.open(folder) as archive:
        archive.sync()
    return folder


async def open_files(app: Running) -> FilesScreen:
    await app.press("enter", "colon")
    await app.type("file")
    await app.press("tab", "enter")
    screen = app.screen()
    assert isinstance(screen, FilesScreen)
    await app.until(lambda: any(line.target for line in screen.lines.lines))
    return screen


async def filter_by(app: Running, words: str) -> None:
    await app.press("slash")
    await app.type(words)
    await app.press("enter")


async def test_what_was_left_out_and_why_with_numbers_that_add_up(open_app: Open, mixed: Path) -> None:
    async with open_app(mixed, size=(80, 30)) as app:
        screen = await open_files(app)
        shown = app.shown()
        assert "7 files found = 2 read + 1 copy + 4 skipped" in shown[1]
        text = "\n".join(shown)
        for words in ("Skipped by a rule", "program source", "    fetch.py", "ZIP archive; unpack it"):
            assert words in text
        heads = [line.text for line in screen.lines.lines if line.kind == "head"]
        assert heads == [
            "Partly read",
            "Not readable as text",
            "Skipped by a rule",
            "No text",
            "Copies",
        ]
        assert sum(int(line.right) for line in screen.lines.lines if line.kind == "head") == 1 + 1 + 4
        assert not any(character in text for character in "\x1b\x07\u202e")
        assert screen.lines.line is not None and screen.lines.line.text.strip() == "cut.txt.gz"


async def test_a_filter_finds_names_rules_and_reasons(open_app: Open, mixed: Path) -> None:
    async with open_app(mixed) as app:
        screen = await open_files(app)
        for words, found in (
            ("fetch.py", ["fetch.py"]),
            ("unpack zip", ["p.zip"]),
            ("COPIES", ["more/b.txt"]),
        ):
            await filter_by(app, words)
            assert [line.text.strip() for line in screen.lines.lines if line.target] == found
            assert [line.kind for line in screen.lines.lines].count("head") == 1
            await app.press("q")
        await filter_by(app, "nothing has this")
        assert "No file or reason contains" in "\n".join(app.shown())
        await app.press("q", "q")
        assert app.screen() is app.browse


async def test_enter_opens_the_article_of_a_copy_and_never_a_file(open_app: Open, mixed: Path) -> None:
    async with open_app(mixed) as app:
        screen = await open_files(app)
        await filter_by(app, "p.zip")
        await app.press("G", "enter")
        assert app.screen() is screen
        assert "No article came from this file: is a ZIP archive; unpack it" in screen.message
        await app.press("q")
        await filter_by(app, "copies")
        await app.press("G", "enter")
        assert app.screen() is app.browse
        assert app.place() is Place.READER
        assert app.browse.reading.article is not None
        assert app.browse.reading.article.path == "a.txt"


async def test_a_narrow_screen_shows_whole_reasons(open_app: Open, mixed: Path) -> None:
    async with open_app(mixed, size=(26, 10)) as app:
        screen = await open_files(app)
        assert all(len(line.text) <= 26 for line in screen.lines.lines)
        reasons = " ".join(" ".join(line.text for line in screen.lines.lines if line.kind == "dim").split())
        assert "is program source; list it in the setting include to read it" in reasons
        await app.pilot.resize_terminal(70, 10)
        await app.settle()
        assert any("; list it in the setting include to read it" in line.text for line in screen.lines.lines)


async def test_it_follows_the_index_without_fetching_twice_at_once(
    open_app: Open, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_REST", 0)
    async with open_app(mixed) as app:
        screen = await open_files(app)
        (mixed / "late.py").write_text("import sys\n")
        with Archive.open(mixed) as archive:
            archive.sync()
        entered, go_on = threading.Event(), threading.Event()
        fetches = []
        fetch = app.browse.session.archive.files

        def held() -> FileReport:
            fetches.append(1)
            entered.set()
            assert go_on.wait(30)
            return fetch()

        monkeypatch.setattr(app.browse.session.archive, "files", held)
        screen.reload()
        await app.until(entered.is_set)
        for _ in range(5):
            screen.reload()
        go_on.set()
        await app.settle()
        assert len(fetches) == 1
        assert "8 files found = 2 read + 1 copy + 5 skipped" in app.shown()[1]
        assert screen.lines.line is not None and screen.lines.line.text.strip() == "cut.txt.gz"


async def test_what_is_tried_again_comes_first(
    open_app: Open, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = Skipped("slow.txt", b"slow.txt", SkipStatus.RETRY, "was not read for want of memory")
    async with open_app(mixed) as app:
        files_of = app.browse.session.archive.files
        monkeypatch.setattr(
            app.browse.session.archive,
            "files",
            lambda: FileReport(files_of().counts, (*files_of().left_out, again), files_of().in_part),
        )
        screen = await open_files(app)
        assert next(line.text for line in screen.lines.lines if line.kind == "head").startswith("Retried")
        assert screen.lines.line is not None and screen.lines.line.target == again


async def test_an_archive_that_is_read_whole_says_so(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        await app.type("files")
        await app.press("enter")
        await app.until(lambda: "Every file was read" in "\n".join(app.shown()))
        assert "12 files found = 12 read + 0 copies + 0 skipped" in app.shown()[1]
