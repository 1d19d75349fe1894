"""Copying with the source, programs outside, and long work that can be cancelled."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from textual.message_pump import MessagePump

from seedread.actions.command_table import Place
from seedread.actions.handlers import TypeAhead
from seedread.analysis.counts import sampled_rows
from seedread.screens.browse.sending import quotation
from seedread.terminal import external
from seedread.userdata.session_state import state_root
from seedread.userdata.settings import Settings
from seedread.wording import progress_text, sync_news
from seedread_index.archive import Archive
from seedread_index.model.article import Article, Passage, PassageKind
from seedread_index.model.status import Progress, Stage, SyncReport

from .conftest import TOPICS, Open


async def test_the_paragraph_is_copied_with_its_source(
    open_app: Open, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(seeds) as app:
        written: list[str] = []
        monkeypatch.setattr(app.app._driver, "write", written.append)
        await app.type("Peskov")
        await app.press("enter", "enter", "y")
        [copied] = re.findall(r"\x1b\]52;c;([^\x07]+)\x07", "".join(written))
        text = base64.b64decode(copied).decode()
    assert text.startswith('"A possibility of a meeting at the highest level')
    assert "2020-02-28" in text
    assert "000_f3c12d9c3c59545f.txt, paragraph 2" in text
    assert "Copied" in app.browse.message


async def test_ticked_articles_are_copied_together_into_a_file(open_app: Open) -> None:
    async with open_app(settings=Settings(clipboard="file")) as app:
        await app.press("enter", "x", "x", "y")
        assert "2 paragraphs" in app.browse.message
        assert str(state_root()) in app.browse.message
    kept = (state_root() / "clipboard.txt").read_text(encoding="utf-8")
    assert kept.count("paragraph") >= 2


async def test_where_the_screen_cannot_be_left_it_is_told(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "o")
        assert app.browse.problem
        assert "cannot run other programs" in app.browse.message


TRAP = "https://bank.example@evil.example/"
"""An address that seems to lead to the bank."""


@pytest.fixture
def linked(tmp_path: Path, own_cache: Path) -> Path:
    """A folder of an article with an address, and of one whose address is a trap."""
    folder = tmp_path / "linked"
    folder.mkdir()
    for name, address in (("good", "https://example.org/a?b=1"), ("trap", TRAP)):
        (folder / f"{name}.json").write_text(
            json.dumps({"title": f"A {name} page", "text": " ".join(TOPICS), "url": address})
        )
    with Archive.open(folder) as archive:
        archive.sync()
    return folder


async def test_the_address_is_shown_and_then_opened(
    open_app: Open, linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(external, "start_program", started.append)
    monkeypatch.setattr(external, "opener_command", lambda *_: ["xdg-open"])
    async with open_app(linked) as app:
        await app.type("good")
        await app.press("enter", "o")
        assert any("https://example.org/a?b=1" in line for line in app.shown()) and not started
        await app.press("escape")
        assert not started
        await app.press("o", "enter")
        assert started == [["xdg-open", "https://example.org/a?b=1"]]
        assert app.browse.message == "Opened https://example.org/a?b=1"


async def test_over_ssh_the_address_is_copied_and_shown(
    open_app: Open, linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "here there")
    shown: list[str] = []
    monkeypatch.setattr(external, "show_hyperlink", lambda address, _: shown.append(address))
    monkeypatch.setattr("textual.app.App.suspend", lambda _: nullcontext())
    async with open_app(linked, settings=Settings(clipboard="file")) as app:
        await app.type("good")
        await app.press("enter", "o")
        assert shown == ["https://example.org/a?b=1"]
        assert "Saved the address to" in app.browse.message
    assert (state_root() / "clipboard.txt").read_text(encoding="utf-8") == shown[0]


async def test_an_address_that_hides_where_it_leads_is_not_opened(
    open_app: Open, linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(external, "start_program", started.append)
    monkeypatch.setattr(external, "opener_command", lambda *_: ["xdg-open"])
    async with open_app(linked) as app:
        await app.type("trap")
        assert app.browse.session.archive.articles(app.results.ids())[0].origin.url == TRAP
        await app.press("enter", "o")
        assert "not a web address" in app.browse.message
        assert not started


async def test_tab_completes_the_query(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("krem")
        await app.press("tab")
        assert "kremlin" in app.browse.input.value.lower()
        assert app.results.total == 2


async def test_tab_shows_its_candidates_and_which_of_them_is_in_the_line(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("bri")
        await app.press("tab")
        first = app.browse.input.value
        below = app.shown()[2]
        assert below.startswith(" " * len("Search ") + f"[{first}]")
        candidates = below.replace("[", "").replace("]", "").split()
        assert len(candidates) > 1
        await app.press("tab")
        assert app.browse.input.value == candidates[1]
        assert f"[{candidates[1]}]" in app.shown()[2]
        assert f"[{first}]" not in app.shown()[2]
        await app.type("x")
        assert candidates[0] not in app.shown()[2]
        await app.press("backspace", "backspace", "tab", "enter")
        assert "[" not in app.shown()[2]


async def test_a_query_of_more_than_words_is_explained_on_a_line_that_stays(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        assert "Harbour talks" in app.shown()[2]
        await app.type(" -brewery")
        said = "harbour, without brewery"
        assert app.shown()[2].strip() == said
        assert said not in app.shown()[-2]
        await app.type(" (")
        assert app.shown()[2].strip() == said
        await app.press("ctrl+u")
        assert "Harbour talks" in app.shown()[2]


async def test_tab_completes_what_a_field_holds(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("path:")
        await app.press("tab")
        first = app.browse.input.value
        assert first.startswith('path:"') and first.endswith('.txt"')
        assert app.results.total == 1
        await app.press("tab")
        assert app.browse.input.value != first


async def test_a_filter_narrows_and_is_taken_off(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "f", "f")
        await app.type("date:2021-03")
        await app.press("enter")
        assert app.results.total == 1
        await app.press("F")
        assert app.results.total == 12


async def test_a_filter_survives_an_open_quote(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f", "f")
        await app.type("date:2021-03")
        await app.press("enter", "S")
        await app.type('"harbour')
        assert app.results.total == 1


async def test_the_order_changes(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "s")
        assert app.browse.search.sort == "date"
        await app.press("colon")
        await app.type("sort path")
        await app.press("enter")
        await app.settle()
        headers = app.browse.session.archive.headers(app.results.ids()[:3])
        assert [header.path for header in headers] == ["00.txt", "01.txt", "02.txt"]


async def test_the_query_is_told_in_words(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour OR weather")
        await app.press("enter", "colon")
        await app.type("explain")
        await app.press("enter")
        assert "harbour" in app.browse.message
        assert " or " in app.browse.message.lower()


def test_progress_and_reports_are_told_in_words() -> None:
    assert progress_text(Progress(Stage.READ, 3, 10)) == "reading 3 of 10"
    assert progress_text(Progress(Stage.WALK, 0, None)) == "scanning folders"
    assert (
        sync_news(SyncReport(added=2, skipped=1), ":files")
        == "2 articles added, 1 skipped (:files lists them)"
    )
    assert sync_news(SyncReport(changed=1, removed=3), ":files") == "1 article changed, 3 removed"
    assert sync_news(SyncReport(), ":files") == ""


DATED = (
    "Mayor opens the new bridge\nShare this article\n"
    "date 2020-02-28 The mayor opened the bridge on Friday. Share it\nBoats passed under it.\n"
)


def dated_article() -> Article:
    def passage(words: str, kind: PassageKind) -> Passage:
        at = DATED.index(words)
        return Passage(at, at + len(words), kind)

    passages = (
        passage("Mayor opens the new bridge", PassageKind.TITLE),
        passage("Share this article", PassageKind.BOILERPLATE),
        passage("date 2020-02-28", PassageKind.DATE),
        passage("The mayor opened the bridge on Friday.", PassageKind.BODY),
        passage("Share it", PassageKind.BOILERPLATE),
        passage("Boats passed under it.", PassageKind.BODY),
    )
    return Article(
        id="1",
        path="bridge.txt",
        path_bytes=b"bridge.txt",
        part=None,
        title="Mayor opens the new bridge",
        title_inferred=False,
        date=dt.date(2020, 2, 28),
        date_from="text",
        source=None,
        lang="en",
        text=DATED,
        passages=passages,
    )


@pytest.mark.parametrize("words", ["Mayor opens", "Share this", "date 2020", "mayor opened", "Share it"])
def test_nothing_is_quoted_that_the_reader_hides(words: str) -> None:
    text = quotation(dated_article(), DATED.index(words), folded=True)
    assert text.startswith("The mayor opened the bridge on Friday.\n\nMayor opens the new bridge")
    assert text.endswith("paragraph 3\n")


def test_what_is_unfolded_is_quoted() -> None:
    article = dated_article()
    assert quotation(article, DATED.index("Share this"), folded=False).startswith("Share this article\n")
    text = quotation(article, DATED.index("mayor opened"), folded=False)
    assert text.startswith("date 2020-02-28 The mayor opened the bridge on Friday. Share it\n")


def test_what_stands_before_is_quoted_where_all_that_follows_is_hidden() -> None:
    article = dated_article()
    cut = replace(article, text=DATED.replace("Boats passed under it.\n", ""), passages=article.passages[:-1])
    assert quotation(cut, len(cut.text) - 1, folded=True).startswith(
        "The mayor opened the bridge on Friday.\n"
    )
    bare = replace(article, text="Share this article", passages=(Passage(0, 18, PassageKind.BOILERPLATE),))
    assert quotation(bare, 0, folded=True).startswith("Mayor opens the new bridge\n")


def test_a_quotation_names_title_date_file_and_paragraph(seeds_archive: Archive) -> None:
    [article_id] = seeds_archive.search("Peskov").ids()
    article = seeds_archive.article(article_id)
    assert article is not None
    text = quotation(article, article.text.index("Peskov"), folded=True)
    assert text.split("\n")[0].endswith("Russian news agencies.")
    assert "paragraph 2" in text


async def test_a_key_waits_for_the_one_before_as_long_as_that_takes_but_not_for_a_closed_screen() -> None:
    served: list[object] = []

    async def serve(key: object) -> None:
        served.append(key)

    class Busy(MessagePump):
        """Takes what is to be called later, and never comes to it."""

        open = True

        @property
        def is_running(self) -> bool:
            return self.open

        def call_later(self, *_: object, **__: object) -> bool:
            return self.open

    pump = Busy()
    key = Key("f1", None)
    ahead = TypeAhead(serve, lambda: [pump, pump], lambda: True)
    for _ in range(3):
        await ahead.take(key)
    assert len(served) == 1
    pump.open = False
    await ahead.deliver_next()
    assert len(served) == 2


async def test_what_the_filter_hides_is_told(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "f", "f")
        await app.type("date:1999")
        await app.press("enter", "S")
        await app.type("harbour")
        assert "12 without the filter" in app.shown()[-2]


async def test_what_the_message_offers_is_taken_by_one_key(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbuor cranes")
        assert "did you mean harbour? (F3)" in app.shown()[-2]
        await app.press("f3")
        assert app.browse.input.value == app.browse.search.query_text == "harbour cranes"
        assert app.browse.place is Place.INPUT
        assert app.results.total == 12
        await app.press("enter", "semicolon")
        assert app.browse.message == "No suggestion to accept"
        await app.press("left_parenthesis")
        assert app.browse.search.query_text == "harbuor cranes"


async def test_an_offer_keeps_the_filter_and_leaves_the_article(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        await app.type("filter date:2021-03")
        await app.press("enter", "slash")
        await app.type("harbour and talks")
        assert "1 article · did you mean AND, in capitals? (F3)" in app.shown()[-2]
        await app.press("enter", "enter")
        assert app.place() is Place.READER
        await app.press("semicolon")
        assert app.place() is Place.LIST
        assert app.browse.search.query_text == "harbour AND talks"
        assert (app.browse.search.filter_text, app.results.total) == ("date:2021-03", 1)


async def test_boilerplate_that_is_found_is_unfolded_at_the_hit_and_folded_again(
    open_app: Open, own_cache: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "appeals"
    folder.mkdir()
    for number in range(6):
        text = f"Harbour {number}\n\n{TOPICS[number]}\n\nPlease donate to our newsletter fund today.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    archive = Archive.open([folder])
    archive.sync()
    archive.close()
    async with open_app(folder) as app:
        await app.type("newsletter")
        assert "6 articles have it in boilerplate only (F3)" in app.shown()[-2]
        await app.press("f3")
        assert app.results.total == 6
        await app.press("enter", "enter")
        assert any("newsletter fund" in line for line in app.shown())
        assert app.browse.reader.boilerplate_shown
        await app.press("S")
        await app.type("harbour")
        await app.press("enter", "enter")
        assert not app.browse.reader.boilerplate_shown


async def test_control_characters_of_a_query_reach_the_screen_as_signs(open_app: Open) -> None:
    async with open_app() as app:
        app.browse.notify_user("a \x1b]52;c;eA==\x07 title [bold]x[/bold] [/]")
        await app.settle()
        line = app.shown()[-2]
        assert "\x1b" not in line
        assert "[bold]x[/bold] [/]" in line


async def test_a_sample_is_ticked_and_is_the_one_of_the_command_line(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon", *"sample", "space", *"4", "space", *"7", "enter")
        chosen = app.browse.sending.ticked
        ids = app.results.ids()
        assert chosen == {ids[row] for row in sampled_rows(len(ids), 4, 7)}
        assert "Ticked a sample of 4 of 12 results" in app.browse.message
        await app.press("colon", *"sample", "enter", *"100", "enter")
        assert app.browse.sending.ticked == set(ids)
        await app.press("colon", *"sample", "enter", *"none", "enter")
        assert "a number" in app.browse.message.lower()
        assert app.browse.sending.ticked == set(ids)
