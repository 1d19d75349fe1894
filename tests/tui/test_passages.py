"""Passages in the reader: selected by sentences, starred, noted on, marked in the text, drifted."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.style import Style

from seedread.screens.library.library_screen import PassageScreen
from seedread.userdata.settings import Settings
from seedread.widgets.reader.selection import sentence_at
from seedread_index.archive import Archive
from seedread_index.model.article import PassageKind, Span

from .conftest import Open, Running

TEXT = """The ferry to Lowick is late again

2021-03-05

Passengers waited for two hours on the pier. No boat came before noon! Mr. Hale sold tickets all the same.

"Nobody told us a thing," said Ines Farrow, who sells tea there. She has a stall by the pier.

A second boat is to come in May.
"""


@pytest.fixture
def ferry(tmp_path: Path, own_cache: Path) -> Path:
    """A folder of one article, synced."""
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "ferry.txt").write_text(TEXT)
    with Archive.open(folder) as archive:
        archive.sync()
    return folder


async def read(app: Running) -> None:
    """Open the article at the hit of what is typed."""
    await app.type("boat noon")
    await app.press("enter", "enter")
    assert app.browse.is_reading


def selected(app: Running) -> str:
    """The text that is selected."""
    span = app.browse.selection
    return app.article.text[span.start : span.end] if span is not None else ""


async def kept_spans(app: Running) -> list[str]:
    """The text of the passages that are marked, once they are located."""
    await app.until(lambda: bool(app.browse.passages.passages or app.browse.passages.drifted))
    await app.settle()
    return [app.article.text[span.start : span.end] for span in app.browse.reader.kept]


@pytest.mark.parametrize(
    ("text", "offset", "wanted"),
    [
        ("One came. Two went.", 3, "One came."),
        ("One came. Two went.", 10, "Two went."),
        ("Mr. Hale sold tickets. He left.", 1, "Mr. Hale sold tickets."),
        ("J. S. Bach came. He left.", 3, "J. S. Bach came."),
        ("“Why?” he asked. Nobody knew.", 2, "“Why?” he asked."),
        ("漁師は待つ。船は来ない。", 8, "船は来ない。"),
        ("It cost 3.5 million… and more. So.", 2, "It cost 3.5 million… and more."),
        ("no end", 99, "no end"),
    ],
)
def test_the_sentence_at_a_place(text: str, offset: int, wanted: str) -> None:
    span = sentence_at(text, Span(0, len(text)), offset)
    assert text[span.start : span.end] == wanted


async def test_a_selection_grows_by_sentences_and_is_starred_and_unstarred(
    open_app: Open, ferry: Path
) -> None:
    async with open_app(ferry) as app:
        await read(app)
        await app.press("V")
        assert selected(app) == "No boat came before noon!"
        await app.press("j")
        assert selected(app).endswith("Mr. Hale sold tickets all the same.")
        await app.press("k", "k")
        assert selected(app).startswith("Passengers waited")
        await app.press("space")
        assert selected(app).endswith("tickets all the same.")
        await app.press("q")
        assert app.browse.is_reading and not selected(app)
        await app.press("V", "B")
        assert app.browse.message.startswith("Starred a passage: ")
        assert await kept_spans(app) == ["No boat came before noon!"]
        assert app.browse.keeping.signs[app.article.id] == "★"
        await app.press("q", "slash")
        app.browse.input.value = "is:starred"
        await app.press("enter", "enter")
        assert await kept_spans(app) == ["No boat came before noon!"]
        await app.press("g", "A", "V", "B")
        assert app.browse.message.startswith("Note or star removed")
        await app.until(lambda: not app.browse.reader.kept)
        await app.press("U")
        assert await kept_spans(app) == ["No boat came before noon!"]


async def test_what_the_header_shows_is_no_part_of_a_selection(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Peskov")
        await app.press("enter", "enter", "V", "k", "k", "k")
        start = next(each.start for each in app.article.passages if each.kind is PassageKind.BODY)
        assert app.browse.selection is not None and app.browse.selection.start == start
        await app.press("B", "A")
        assert await kept_spans(app) and not app.browse.reader.boilerplate_shown


async def test_the_selection_is_copied_and_noted_on(open_app: Open, ferry: Path) -> None:
    async with open_app(ferry, settings=Settings(glyphs="unicode", clipboard="file")) as app:
        await read(app)
        await app.press("V", "y")
        assert "the selection" in app.browse.message and not selected(app)
        copied = Path(app.browse.message.split(" to ")[1]).read_text()
        assert copied.startswith(
            "No boat came before noon!\n\nThe ferry to Lowick is late again, 2021-03-05\n"
        )
        await app.press("V", "a")
        await app.type("who says so?")
        await app.press("enter")
        assert await kept_spans(app) == ["No boat came before noon!"]
        await app.press("A")
        assert app.browse.message == "who says so?"
        await app.press("enter")
        assert isinstance(app.screen(), PassageScreen)
        await app.until(lambda: any("who says so?" in line for line in app.shown()))
        row = next(n for n, line in enumerate(app.panel.lines.lines) if "who says so?" in line.text)
        app.panel.lines.cursor = row
        await app.press("X")
        await app.until(lambda: any("no longer has a note or star" in line for line in app.shown()))
        await app.press("q")
        await app.until(lambda: not app.browse.reader.kept)


async def test_kept_passages_are_drawn_with_a_style_of_their_own(open_app: Open, ferry: Path) -> None:
    async with open_app(ferry) as app:
        await read(app)
        await app.press("V", "B", "H", "H", "g")
        await kept_spans(app)
        reader = app.browse.reader
        drawn = [segment for row in range(reader.size.height) for segment in reader.render_line(row)]

        def style(words: str) -> Style:
            return next(each.style or Style() for each in drawn if words in each.text)

        assert style("came before").underline and style("came before").italic
        assert not style("sold tickets").underline and not style("sold tickets").italic


async def test_a_note_is_found_below_a_new_paragraph_and_said_to_have_drifted(
    open_app: Open, ferry: Path
) -> None:
    with Archive.open(ferry) as archive:
        (wanted,) = archive.find(b"ferry.txt")
        article = archive.article(wanted)
        assert article is not None
        start = article.text.index("A second boat")
        archive.library().note(
            wanted, "check this", Span(start, start + len("A second boat is to come in May."))
        )
        (ferry / "ferry.txt").write_text(TEXT.replace("Passengers", "Lowick is an island.\n\nPassengers"))
        archive.sync()
    async with open_app(ferry) as app:
        await read(app)
        assert await kept_spans(app) == ["A second boat is to come in May."]
    (ferry / "ferry.txt").write_text(
        TEXT.replace("A second boat is to come in May", "Nothing more is planned")
    )
    with Archive.open(ferry) as archive:
        archive.sync()
    async with open_app(ferry) as app:
        await read(app)
        assert await kept_spans(app) == []
        said = "1 note has drifted: its passage changed; i shows it"
        await app.until(lambda: said in [each.text for each in app.browse.session.messages])
