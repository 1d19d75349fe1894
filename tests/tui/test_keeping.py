"""What is kept in the reader: stars, tags, notes, collections, saved searches, the library, exports, undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedread.export import title_in_words
from seedread.screens.information import InformationScreen
from seedread.screens.library.library_screen import LibraryScreen
from seedread.screens.prompt import PromptScreen
from seedread.screens.related import RelatedScreen
from seedread_index.archive_folder import default_data_root

from .conftest import Open, Running


def library_lines() -> list[dict[str, object]]:
    path = default_data_root() / "library.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_a_star_shows_in_the_row_and_is_undone(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "B")
        assert app.browse.message.startswith("Starred: ")
        assert any("★" in line for line in app.shown())
        assert app.browse.keeping.kept[app.results.ids(0, 1)[0]].starred_at
        await app.press("B")
        assert not any("★" in line for line in app.shown())
        await app.press("B", "U")
        assert app.browse.message.startswith("Undone: starred")
        assert not any("★" in line for line in app.shown())


async def test_ticked_articles_are_tagged_together_and_kept_over_a_restart(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "x", "x", "t")
        await app.type("Grain deal")
        await app.press("enter")
        assert app.browse.message == "Tagged Grain deal: 2 articles"
        assert sum("#Grain deal" in line for line in app.shown()) == 2
    async with open_app() as app:
        await app.until(lambda: len(app.browse.keeping.kept) == 2)
        await app.press("enter", "t")
        await app.type("-gr")
        await app.press("tab", "enter")
        assert app.browse.message.startswith("Tag Grain deal removed")
        assert len(app.browse.keeping.kept) == 1


async def test_a_note_is_on_the_paragraph_and_shows_in_the_information(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Peskov")
        await app.press("enter", "enter", "a")
        assert isinstance(app.app.screen, PromptScreen)
        shown = [line.strip() for line in app.shown()]
        assert any(line.startswith('On the paragraph “"A possibility of a meeting') for line in shown)
        assert "Kept in your library on this machine, never in the article's file" in shown
        await app.press("escape", "V", "a")
        assert any(line.strip().startswith("On the selection “") for line in app.shown())
        await app.press("escape", "V", "a")
        await app.type("who told him?")
        await app.press("enter")
        (line,) = library_lines()
        quote = line["quote"]
        assert isinstance(quote, dict) and str(quote["text"]).startswith('"A possibility of a meeting')
        await app.press("i")
        assert isinstance(app.app.screen, InformationScreen)
        await app.until(lambda: any("who told him?" in line for line in app.shown()))
        await app.press("q", "q")
        assert any("1 note" in line for line in app.shown())


async def test_the_library_opens_what_is_kept_and_takes_it_away(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "P")
        await app.type("port")
        await app.press("enter")
        assert app.browse.message.startswith("Saved port")
        await app.press("B", "&")
        await app.type("Autumn")
        await app.press("enter", "L")
        screen = app.app.screen
        assert isinstance(screen, LibraryScreen)
        await app.until(lambda: any("Collection Autumn" in line for line in app.shown()))
        shown = app.shown()
        assert any("port  harbour" in line for line in shown)
        assert any(line.strip().startswith("Starred") for line in shown)
        at = next(i for i, line in enumerate(screen.lines.lines) if line.text == "Starred")
        screen.lines.cursor = at + 1
        await app.press("X")
        await app.until(lambda: not any(line.strip().startswith("Starred") for line in app.shown()))
        screen.lines.cursor = 1
        await app.press("enter")
        assert app.browse.search.query_text == "harbour"


async def test_an_empty_library_says_how_to_begin(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "L")
        await app.until(lambda: any("Nothing here yet" in line for line in app.shown()))


async def export_to(app: Running, file: Path) -> None:
    """Export what is chosen, to a file that is typed."""
    await app.press("w")
    await app.type(str(file))
    await app.press("enter")


async def test_results_are_exported_by_the_ending_of_the_file(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "found.md"
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        await export_to(app, file)
        total = app.results.total
        assert app.browse.message == f"Exported {total} articles to {file}"
        await app.press("x")
        await export_to(app, tmp_path / "one.bib")
        assert "Exported 1 article to" in app.browse.message
    text = file.read_text()
    assert text.startswith("# harbour") and text.count("\n## ") == total
    assert (tmp_path / "one.bib").read_text().startswith("@")


async def test_an_export_replaces_a_file_only_if_told_so(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("my own text")
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        await export_to(app, file)
        assert any("mine.md exists; replace it? (y or n)" in line for line in app.shown())
        await app.press("n", "enter")
        assert app.browse.message == "Nothing written"
        assert file.read_text() == "my own text"
        await export_to(app, file)
        await app.press("y", "enter")
        assert "Exported" in app.browse.message
    assert file.read_text().startswith("# harbour")


async def test_an_export_of_an_unknown_kind_and_a_search_without_a_name_are_refused(
    open_app: Open, tmp_path: Path
) -> None:
    file = tmp_path / "found.pdf"
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        await export_to(app, file)
        assert app.browse.problem and app.browse.message.endswith(
            "write .pdf files: use .md .html .csv .jsonl .json .ris .bib .docx"
        )
        await app.press("P", "enter")
        assert app.browse.message == "Not saved: the search needs a name"
    assert not file.exists()


async def test_the_library_opens_on_the_first_thing_kept(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "B", "L")
        await app.until(lambda: any("Starred" in line for line in app.shown()))
        screen = app.screen()
        assert screen.lines.line.target is not None  # type: ignore[attr-defined]
        assert screen.lines.cursor == 1  # type: ignore[attr-defined]


async def test_an_export_never_goes_among_the_articles(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter")
        await export_to(app, seeds / "x.md")
        assert app.browse.problem
        assert "is inside the archive" in app.browse.message
    assert not (seeds / "x.md").exists()


async def test_related_articles_are_listed_with_what_they_share(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter")
        first = app.results.ids(0, 1)[0]
        await app.press("r")
        await app.until(lambda: any("shares " in line for line in app.shown()))
        screen = app.app.screen
        assert isinstance(screen, RelatedScreen)
        wanted = screen.lines.lines[0].target
        assert wanted != first
        await app.press("enter")
        assert app.article.id == wanted


async def test_a_search_is_saved_with_its_filter(open_app: Open) -> None:
    async with open_app() as app:
        await app.browse.search.search_for("harbour", filter="date:2021")
        await app.press("escape", "P")
        await app.type("port")
        await app.press("enter")
        archive = app.browse.session.archive
        (saved,) = archive.count_saved()
        assert saved.search.query == "(harbour) (date:2021)"
        assert (saved.total, saved.new) == (archive.search("harbour date:2021").total, 0)


async def test_undo_takes_back_what_this_session_did_and_nothing_else(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "B", "P")
        await app.type("port")
        await app.press("enter")
        archive = app.browse.session.archive
        other = app.results.ids(1, 2)
        archive.library().tag(other, "of another session")
        await app.press("L")
        screen = app.app.screen
        assert isinstance(screen, LibraryScreen)
        await app.until(lambda: any("port  harbour" in line for line in app.shown()))
        screen.lines.cursor = 1
        await app.press("X")
        await app.until(lambda: not archive.saved_searches().all())
        await app.press("U")
        assert [each.name for each in archive.saved_searches().all()] == ["port"]
        await app.press("U", "U")
        assert archive.saved_searches().all() == ()
        assert archive.library().starred() == frozenset()
        assert archive.library().tagged("of another session") == set(other)


async def test_a_section_of_the_library_lists_its_articles_and_is_exported(
    open_app: Open, tmp_path: Path
) -> None:
    file = tmp_path / "starred.md"
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "x", "x", "B", "&")
        await app.type("Autumn")
        await app.press("enter", "P")
        await app.type("port")
        await app.press("enter", "L")
        await app.until(lambda: any("Collection Autumn" in line for line in app.shown()))
        heads = {line.text: at for at, line in enumerate(app.panel.lines.lines) if line.kind == "head"}
        app.panel.lines.cursor = heads["Saved searches"]
        await app.press("enter")
        assert app.panel.message == "Select one of the lines below"
        app.panel.lines.cursor = heads["Starred"]
        await export_to(app, file)
        assert f"Exported 2 articles to {file}" in app.panel.message
        await app.press("enter")
        assert app.browse.input.value == "is:starred" and app.results.total == 2
        await app.press("q")
        app.panel.lines.cursor = heads["Collection Autumn"]
        await app.press("enter")
        assert app.browse.input.value == 'collection:"Autumn"' and app.results.total == 2
    text = file.read_text()
    assert text.startswith("# Starred articles\n") and text.count("\n## ") == 2


async def test_an_export_asks_before_tags_and_notes_go_with_it(open_app: Open, tmp_path: Path) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "x", "x", "t")
        await app.type("secret")
        await app.press("enter", "X", "X")
        for answer, told in (("y", True), ("n", False)):
            file = tmp_path / f"{answer}.md"
            await export_to(app, file)
            assert any("Include your own tags (on 2)? (y or n)" in line for line in app.shown())
            await app.press(answer, "enter")
            assert "Exported" in app.browse.message
            assert ("secret" in file.read_text()) is told
        await export_to(app, tmp_path / "left.md")
        await app.press("escape")
        assert app.browse.message == "Nothing written" and not (tmp_path / "left.md").exists()
        await export_to(app, tmp_path / "cited.ris")  # citations have neither
        assert "Exported" in app.browse.message


async def test_a_tag_with_quotation_marks_is_found_from_the_library(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "t")
        await app.type('the "big" deal')
        await app.press("enter", "L")
        await app.until(lambda: any("big" in line for line in app.shown()))
        app.panel.lines.cursor = next(
            n for n, line in enumerate(app.panel.lines.lines) if line.kind == "head" and "big" in line.text
        )
        await app.press("enter")
        assert app.browse.input.value == 'tag:"the big deal"' and app.results.total == 1


@pytest.mark.parametrize(
    ("explained", "title"),
    [
        ("is starred", "Starred articles"),
        ("is starred, is tagged grain", "Starred articles, is tagged grain"),
        ("is tagged grain, deal", "Articles tagged grain, deal"),
        ("is in the collection Grain deal", "Articles in the collection Grain deal"),
        ("mentions Vladimir Putin", "Articles that mention Vladimir Putin"),
        ("has a note with check", "Articles that have a note with check"),
        ("putin and syria", "putin and syria"),
        ("", "Articles"),
    ],
)
def test_a_dossier_is_called_by_its_query_in_words(explained: str, title: str) -> None:
    assert title_in_words(explained) == title


async def test_a_dossier_of_a_saved_search_has_its_name(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "port.md"
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "P")
        await app.type("Ports in autumn")
        await app.press("enter")
        await export_to(app, file)
        assert "Exported" in app.browse.message
    assert file.read_text().startswith("# Ports in autumn\n\nQuery: harbour")
