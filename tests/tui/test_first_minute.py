"""A newcomer is shown the next step until it was taken, and every key and empty list says what to do."""

from __future__ import annotations

from pathlib import Path

from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.help import HelpScreen
from seedread.userdata.archive_choice import archive_name, bundled_seeds
from seedread.userdata.session_state import Step, load_steps
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive
from seedread_index.model.article import NAMED_TYPES

from .conftest import Open


async def test_each_step_is_advised_until_it_was_taken(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        assert "Enter goes to them" in app.shown()[-1]
        await app.type("Kremlin")
        assert "Enter goes to them" not in app.shown()[-1]
        await app.press("enter")
        assert app.shown()[-1].startswith("Enter opens the article at its first hit")
        await app.press("enter")
        assert app.shown()[-1].startswith("] goes to the next name, Enter shows who it is")
        await app.press("right_square_bracket", "enter")
        assert isinstance(app.app.screen, EntityCardScreen)
        await app.press("q")
        assert "next hit" in app.shown()[-1]
        await app.press("q")
        assert "open" in app.shown()[-1] and "first hit" not in app.shown()[-1]
        app.browse.session_place.save_now()
    assert load_steps() == {"search", "open", "card"}
    async with open_app(seeds) as app:
        assert "replaces it, → edits it  Enter results" in app.shown()[-1]
        await app.press("right")
        assert "syntax" in app.shown()[-1]


async def test_a_question_mark_in_the_empty_query_line_asks_for_help(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("question_mark")
        assert isinstance(app.app.screen, HelpScreen)
        await app.press("q")
        await app.type("wh?")
        assert app.browse.input.value == "wh?"


async def test_the_hint_offers_no_results_where_there_are_none(open_app: Open) -> None:
    async with open_app(settings=Settings(glyphs="unicode", private=True)) as app:
        for step in Step:
            app.browse.learn(step)
        await app.type("harbour")
        assert app.shown()[-1].startswith("Enter results")
        await app.type(" zzzqq")
        assert app.shown()[-1].startswith("Tab complete")


async def test_help_on_the_list_begins_with_its_keys_and_in_the_query_line_with_queries(
    open_app: Open,
) -> None:
    async with open_app() as app:
        await app.press("f1")
        assert app.shown()[1].strip() == "How to write a query"
        await app.press("q", "enter", "question_mark")
        assert app.shown()[1].strip() == "Search"
        assert any(line.text == "How to write a query" for line in app.panel.lines.lines)
        await app.press("q", "L", "question_mark")
        assert app.shown()[0].strip() == "Help"


async def test_wide_help_continues_a_long_explanation_where_it_began(open_app: Open) -> None:
    async with open_app(size=(120, 40)) as app:
        await app.press("enter", "question_mark")
        shown = app.shown()
        at = next(at for at, row in enumerate(shown) if "how they were found" in row)
        assert shown[at + 1].index("corrects a field") == shown[at].index("File, date, source")


async def test_a_key_without_a_command_says_so_and_q_then_asks_once_more(open_app: Open) -> None:
    async with open_app() as app:
        ended: list[object] = []
        app.app.exit = lambda *_: ended.append(1)  # type: ignore[method-assign]
        await app.press("enter", "Z")
        assert app.browse.message == "No command on Z (? lists keys)"
        await app.press("q")
        assert app.browse.message == "Press q again to quit" and not ended
        await app.press("q")
        assert ended
        ended.clear()
        await app.press("Z", "j", "q")
        assert ended
        await app.press("e", "Z")
        assert app.entities.message == "No command on Z (? lists keys)"


async def test_a_key_that_works_elsewhere_says_where(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "a")
        assert app.browse.message == "a (Note) works in the text (? lists keys)"
        await app.press("M")
        assert app.browse.message == "M (Merge) works in the list of names (? lists keys)"
        await app.press("L", "f")
        assert app.panel.message == "f (Facets) works in the results (? lists keys)"
        await app.press("s")  # a key of some panels, but not of this one
        assert app.panel.message == "s (Sort) works in the results (? lists keys)"
        await app.press(":", *"sort", "enter")
        assert app.panel.message == ":sort does nothing here"


async def test_a_command_that_needs_a_name_says_how_to_get_one_and_q_then_asks(open_app: Open) -> None:
    async with open_app() as app:
        ended: list[object] = []
        app.app.exit = lambda *_: ended.append(1)  # type: ignore[method-assign]
        await app.press("enter", "C")
        assert app.browse.message == "No name selected: open an article; ] goes to one"
        await app.press("q")
        assert app.browse.message == "Press q again to quit" and not ended


async def test_a_key_typed_as_a_command_is_answered_with_its_command(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", ":", "e", "enter")
        assert app.browse.message == "Unknown command e: did you mean entities?"
        await app.press(":", *"next", "enter")
        assert app.browse.message == "Unknown command next: did you mean next-hit, next-facet or next-unread?"


async def test_ticks_say_what_can_be_done_with_them(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "x")
        assert app.browse.message == "1 ticked: t tags  B stars  & collects  w exports them"
        await app.press("x")
        assert app.browse.message == "2 ticked"
        await app.press("X", "X")
        assert app.browse.message == "None ticked"


async def test_a_mark_that_is_gone_to_leaves_no_question_behind(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "m", "b", "apostrophe")
        assert app.browse.message == "Go to mark (letter):"
        await app.press("b")
        assert app.browse.message == ""


async def test_the_question_of_a_comparison_names_the_query_and_shows_an_example(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "equals_sign")
        assert any("Compare harbour with another query, such as person:name" in row for row in app.shown())


async def test_the_preview_opens_by_itself_where_the_results_leave_room(open_app: Open) -> None:
    async with open_app() as app:
        assert not app.browse.room
        await app.type("masks")
        assert not app.browse.room  # nothing moves under the hands of who types
        await app.press("enter")
        assert app.browse.room and app.browse.reader.display
        assert app.article.id == app.results.ids()[0]
        await app.press("p")
        assert not app.browse.reader.display
        await app.press("p")
        assert app.browse.reader.display
        await app.press("slash", "ctrl+u")
        await app.press("enter")
        assert not app.browse.room


async def test_the_header_names_the_archive(open_app: Open, news: Path) -> None:
    async with open_app() as app:
        await app.until(lambda: "12 articles" in app.shown()[0])
        assert app.shown()[0].startswith(f"{news.name} · 12 articles")
    assert archive_name([bundled_seeds()]) == "example articles"
    assert archive_name([Path("/a/one"), Path("/a/two"), Path("/a/three")]) == "one and 2 more"


async def test_an_archive_without_dates_says_so(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "undated"
    folder.mkdir()
    for number, word in enumerate(("cranes", "diesel")):
        (folder / f"{number}.txt").write_text(f"The harbour buys {word} from abroad.\n" * 3, encoding="utf-8")
    with Archive.open([folder]) as archive:
        archive.sync()
    async with open_app(folder) as app:
        await app.until(lambda: "2 articles, none dated" in app.shown()[-2])
        await app.type("date:2020")
        await app.press("enter")
        await app.until(lambda: "no article has a date" in app.shown()[-2])


async def test_an_empty_list_says_what_was_looked_for_and_what_to_do(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbuor")
        await app.press("enter")
        shown = [line.strip() for line in app.shown()]
        assert "No results for harbuor" in shown
        assert "Did you mean harbour? (F3)" in shown


async def test_the_legend_counts_the_names_of_the_article(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "enter", "T")
        people = sum(mention.type == "person" for mention in app.article.mentions)
        assert f"[p person {people}]" in app.shown()[-2]
        await app.press("p")
        assert f" p person {people} " in app.shown()[-2]
        assert app.browse.types_shown == frozenset(NAMED_TYPES) - {"person"}


async def test_full_screen_text_stands_in_the_middle(open_app: Open) -> None:
    async with open_app(size=(120, 30)) as app:
        await app.press("enter", "enter", "z")
        assert app.browse.reader.inset == (120 - app.browse.measure) // 2
        assert all(line.startswith(" " * 18) or not line.strip() for line in app.shown())


async def test_a_card_stands_over_the_lower_part_of_a_narrow_screen(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        assert "Search Kremlin" in app.shown()[1]


async def test_a_card_stands_beside_the_article_on_a_wide_one(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds, size=(120, 40)) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket", "enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        beside = app.browse.cells_beside_text
        assert app.app.screen.query_one("#sheet").outer_size.width == beside
        assert any("Kremlin" in line[beside:] for line in app.shown())


async def test_a_card_stands_in_the_room_right_of_the_text_where_there_is_enough(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds, size=(200, 50)) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket")
        before = app.shown()
        await app.press("enter")
        await app.until(lambda: "Latest sentences" in "\n".join(app.shown()))
        free = app.browse.cells_after_text
        assert app.app.screen.query_one("#sheet").outer_size.width == free >= 36
        text = [line[: 199 - free].rstrip() for line in before[2:-2]]
        assert [line[: 199 - free].rstrip() for line in app.shown()[2:-2]] == text  # list and text as before
