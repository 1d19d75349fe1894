"""Help, messages, entities, cards, co-mentions, information, and the `:` line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from seedread.actions.chosen_keys import keys_of, reachable
from seedread.actions.command_table import COMMANDS, Place
from seedread.actions.handlers import Call, command, handlers_of
from seedread.screens.entities.card_screen import EntityCardScreen
from seedread.screens.entities.list_screen import EntitiesScreen
from seedread.screens.entities.navigation import CoMentionsScreen
from seedread.screens.global_commands import runnable, split
from seedread.screens.help import IN_WORDS, LOOKS, HelpScreen, MessagesScreen
from seedread.screens.information import InformationScreen
from seedread.screens.prompt import PromptScreen
from seedread.widgets.reader.reader import Reader
from seedread.widgets.rendering.cells import UNICODE, Glyphs, legend
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.entity import Entity, EntityCard
from seedread_index.model.errors import SeedreadError

from .conftest import Open

ONLY_SOME_PANELS = {
    *("follow", "co-mentions", "sort", "copy", "take-away", "export", "next-hit", "previous-hit"),
    *("concordance", "timeline", "finer", "coarser", "compare", "search-selection"),
}


async def test_every_key_that_help_shows_does_something(open_app: Open) -> None:
    async with open_app() as app:
        browse, session = app.browse, app.browse.session
        screens = {
            Place.LIST: browse,
            Place.READER: browse,
            Place.INPUT: browse,
            Place.PANEL: HelpScreen(session, Place.LIST, browse.handlers),
            Place.ENTITIES: EntitiesScreen(session),
            Place.CARD: EntityCardScreen(session, "person:nobody"),
        }
        for place, screen in screens.items():
            for each in reachable(place):
                if place is not Place.PANEL or each.name not in ONLY_SOME_PANELS:
                    assert each.name in screen.handlers, (place, each.name)


def test_no_handler_is_without_a_command() -> None:
    with pytest.raises(KeyError):
        command("no-such-command")


def test_a_subclass_and_a_later_object_handle_a_command_in_their_own_way() -> None:
    class General:
        @command("help", "sort")
        def run(self, call: Call) -> None:
            raise NotImplementedError

    class Special(General):
        def run(self, call: Call) -> None:
            assert call == Call("sort", 3)

    handlers = handlers_of(Special())
    assert sorted(handlers) == ["help", "sort"]
    handlers["sort"](Call("sort", 3))


async def test_help_tells_the_keys_of_the_place_and_can_be_searched(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "question_mark")
        assert isinstance(app.app.screen, HelpScreen)
        assert "Help: list" in app.shown()[0]
        await app.press("slash")
        await app.type("unread")
        await app.press("enter")
        shown = "\n".join(app.shown())
        assert "Next unread article" in shown
        assert "External" not in shown
        await app.press("q", "q")
        assert app.screen() is app.browse
        await app.press("colon", *"help", "space", *"unread", "enter")
        shown = "\n".join(app.shown())
        assert "Next unread article" in shown and "Filter: unread" in shown
        assert "External" not in shown
        await app.press("q", "q")
        assert app.screen() is app.browse


async def test_messages_keep_what_was_said(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "s", "exclamation_mark")
        assert isinstance(app.app.screen, MessagesScreen)
        assert any("Sorted by date" in line for line in app.shown())


async def test_every_command_runs_by_its_name_and_a_beginning_is_enough(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        assert isinstance(app.app.screen, PromptScreen)
        await app.type("last")
        await app.press("enter")
        assert app.browse.articles.cursor == 11
        await app.press("colon")
        await app.type("sort ti")
        await app.press("enter")
        assert app.browse.search.sort == "title"
    assert split("next-h") == ("next-hit", "")
    assert split("q") == split("q!") == ("quit", "")
    for name in runnable():
        assert split(f"{name} argument") == (name, "argument")


async def test_a_wrong_name_is_told_with_what_was_meant(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        await app.type("entitees")
        await app.press("enter")
        assert "did you mean entities" in app.browse.message
    with pytest.raises(SeedreadError):
        split("nonsense")


async def test_tab_completes_a_command(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        await app.type("zen")
        await app.press("ctrl+u")
        await app.type("mess")
        await app.press("tab", "enter")
        assert isinstance(app.app.screen, MessagesScreen)


async def test_the_way_from_a_name_to_its_card_its_company_and_its_articles(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds) as app:
        await app.type("Kremlin")
        await app.press("enter", "enter", "right_square_bracket")
        while not app.mention.text.endswith("Putin"):
            await app.press("right_square_bracket")
        await app.press("enter")
        assert isinstance(app.app.screen, EntityCardScreen)
        await app.until(lambda: any(line.strip().startswith("Vladimir Putin ") for line in app.shown()))
        card = "\n".join(app.shown())
        assert "2 articles" in card
        assert "Latest sentences" in card
        await app.press("C")
        assert isinstance(app.app.screen, CoMentionsScreen)
        await app.until(lambda: any("Turkey" in line for line in app.shown()))
        assert "Enter card  * articles with both" in app.shown()[-1]
        await app.press("asterisk")
        assert app.screen() is app.browse
        assert app.browse.search.query_text.startswith('person:"Vladimir Putin" ')
        assert app.results.total == 2
        assert app.browse.place is Place.LIST
        await app.press("left_parenthesis")
        assert app.browse.search.query_text == "Kremlin"
        assert app.place() is Place.READER
        await app.press("right_parenthesis")
        assert app.browse.search.query_text.startswith("person:")


async def test_star_searches_for_the_name_and_hash_leaves_it_out(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.type("Peskov")
        await app.press("enter", "enter", "right_square_bracket")
        name = app.mention.text
        await app.press("asterisk")
        assert app.results.total >= 1
        assert name.split()[-1] in app.browse.search.query_text
        await app.press("enter", "right_square_bracket", "number_sign")
        assert " -" in app.browse.search.query_text
        assert app.results.total == 0


async def test_entities_are_listed_filtered_and_sorted(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        assert isinstance(app.app.screen, EntitiesScreen)
        await app.until(lambda: app.entities.entity is not None)
        counts = [entity.mentions for entity in app.app.screen.entities.values()]
        assert counts == sorted(counts, reverse=True)
        await app.press("slash")
        await app.type("erdogan")
        await app.press("enter")
        assert [entity.name for entity in app.app.screen.entities.values()] == ["Recep Tayyip Erdogan"]
        await app.press("q", "colon")
        await app.type("sort name")
        await app.press("enter")
        await app.until(lambda: app.entities.sort == "name")
        await app.settle()
        names = [entity.name for entity in app.app.screen.entities.values()]
        assert names == sorted(names, key=str.casefold)


async def test_a_correction_is_made_shown_and_taken_back(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        screen = app.entities
        await app.until(lambda: screen.entity is not None)
        before = {entity.name for entity in screen.entities.values()}
        assert {"Syrian", "Turkish"} <= before
        await app.press("slash")
        await app.type("Syrian")
        await app.press("enter", "X")
        await app.until(lambda: "Hid " in screen.message and screen.message.endswith("; U undoes"))
        await app.press("q")
        await app.until(lambda: bool(screen.entities) and "Syrian" not in names_of(screen))
        await app.press("U")
        await app.until(lambda: "Syrian" in names_of(screen))
        assert screen.message.startswith("Undone: ")


def names_of(screen: EntitiesScreen) -> set[str]:
    return {entity.name for entity in screen.entities.values()}


async def test_enter_opens_the_card_of_a_name_wherever_it_stands_and_asterisk_finds_its_articles(
    open_app: Open, seeds: Path
) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "enter", "right_square_bracket", "enter")
        assert isinstance(app.screen(), EntityCardScreen)
        await app.press("q", "q")
        for key, hint in (("e", "Enter card  * articles"), ("E", "Enter card  * articles")):
            await app.press(key)
            await app.until(lambda: app.panel.lines.line is not None and bool(app.panel.lines.line.target))
            assert hint in app.shown()[-1]
            await app.press("enter")
            assert isinstance(app.screen(), EntityCardScreen)
            await app.press("C")
            await app.until(lambda: isinstance(app.panel.lines.line and app.panel.lines.line.target, Entity))
            await app.press("enter")
            assert isinstance(app.screen(), EntityCardScreen)
            await app.press("q", "q", "q", "asterisk")
            assert app.screen() is app.browse and app.browse.input.value
            await app.press("q", "q")
            assert app.screen() is app.browse and not app.browse.input.value


async def test_the_hints_tell_the_two_lists_of_names_apart(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "enter", "right_square_bracket", "enter", "q", "q")
        assert "e all names  E names here" in app.shown()[-1]
        await app.press("e")
        assert app.shown()[0].strip().startswith("Names in all articles")
        await app.press("q", "E")
        assert app.shown()[0].strip().startswith("Names in these results")


async def test_a_message_leaves_the_keys_of_a_panel_in_view(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        await app.until(lambda: app.entities.entity is not None)
        await app.press("s")
        assert app.shown()[-1].startswith("Sorted by ") and app.shown()[-1].count("q back") == 1
        await app.press("slash")
        await app.type("putin")
        await app.press("enter")
        assert app.shown()[-1].startswith("Filter: putin   Enter card") and "q back" in app.shown()[-1]


async def test_help_explains_every_sign(open_app: Open) -> None:
    plain = {"caret", "dot", "dash", "done", "undone"}  # a separator says nothing by itself
    assert {each.name for each in fields(Glyphs) if not each.metadata} == plain
    assert set(LOOKS) == {"mark", *NAMED_TYPES}
    async with open_app() as app:
        await app.press("enter", "question_mark")
        told = [" ".join(line.text.split()) for line in app.panel.lines.lines]
        for sign, meaning in (*legend(UNICODE), *IN_WORDS, *LOOKS.items()):
            assert f"{'hit' if sign == 'mark' else sign} {meaning}" in told


async def test_ticked_entities_are_merged(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        screen = app.entities
        await app.until(lambda: screen.entity is not None)
        rows = [line.text.split("  ")[0] for line in screen.lines.lines]
        for name in ("Moscow", "Ankara"):
            screen.lines.cursor = rows.index(name)
            await app.press("x")
        assert "2 ticked" in app.shown()[0]
        await app.press("M", "enter")  # the name that is mentioned more stands there already
        await app.until(lambda: "Ankara" not in {entity.name for entity in screen.entities.values()})
        assert "Ankara" in screen.message
        assert not screen.lines.ticked
        assert "ticked" not in app.shown()[0]


async def test_one_undo_takes_back_all_that_one_key_press_corrected(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "e")
        screen = app.entities
        await app.until(lambda: screen.entity is not None)
        before = names_of(screen)
        await app.press("x", "x", "X")
        await app.until(lambda: len(names_of(screen)) == len(before) - 2)
        await app.press("U")
        await app.until(lambda: names_of(screen) == before)
        await app.press("U")
        await app.until(lambda: "Nothing to undo" in screen.message)


async def test_help_tells_everything_in_a_narrow_terminal_too(open_app: Open) -> None:
    async with open_app(size=(60, 24)) as app:
        await app.press("f1")
        told = " ".join(" ".join(line.text for line in app.panel.lines.lines).split())
        assert "within five words" in told
        assert all(len(line.text) <= 60 for line in app.panel.lines.lines)


async def test_information_tells_the_file_and_the_inferred_title(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "i")
        assert isinstance(app.app.screen, InformationScreen)
        shown = "\n".join(app.shown())
        assert "the opening sentence is shown" in shown
        assert ".txt" in shown


async def test_information_tells_why_the_article_is_as_it_is(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "i")
        lines = app.panel.lines
        await app.until(lambda: any("recognised by" in line.text for line in lines.lines))
        told = " ".join(" ".join(line.text for line in lines.lines).split())
        assert "from the opening sentence; the file has no headline" in told
        assert "text that no rule removes" in told


async def test_enter_in_the_information_corrects_a_field_and_u_takes_it_back(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "i")
        before = app.app.screen
        assert isinstance(before, InformationScreen)
        title = app.results.ids()[0]
        row = next(n for n, line in enumerate(app.panel.lines.lines) if line.target == "source")
        assert "none" in app.panel.lines.lines[row].text
        await app.press(*["j"] * row, "enter")
        assert isinstance(app.app.screen, PromptScreen)
        await app.type("Pier Gazette")
        await app.press("enter")
        await app.until(lambda: any("Pier Gazette" in line.text for line in app.panel.lines.lines))
        article = app.browse.session.archive.article(title)
        assert article is not None
        assert article.source == "Pier Gazette"
        await app.press("U")
        await app.until(lambda: not any("Pier Gazette" in line.text for line in app.panel.lines.lines))
        await app.press("g", "j", "enter")
        assert app.panel.message == "Enter corrects the title, date, source and author"


async def test_a_wrong_date_is_told_and_an_empty_answer_changes_nothing(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "i")
        row = next(n for n, line in enumerate(app.panel.lines.lines) if line.target == "date")
        await app.press(*["j"] * row, "enter", "ctrl+u")
        await app.type("soon")
        await app.press("enter")
        await app.until(lambda: "oon is not a date" in app.panel.message)
        await app.press("enter", "ctrl+u", "enter")
        assert app.panel.message == "Type none to clear the date"
        await app.press("enter", "ctrl+u")
        await app.type("none")
        await app.press("enter")
        await app.until(lambda: any(line.text == "date          none" for line in app.panel.lines.lines))


async def test_a_field_of_all_ticked_articles_is_corrected_together(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "x", "x", "i")
        row = next(n for n, line in enumerate(app.panel.lines.lines) if line.target == "source")
        await app.press(*["j"] * row, "enter")
        await app.type("Pier Gazette")
        await app.press("enter")
        archive = app.browse.session.archive
        await app.until(lambda: archive.search('source:"Pier Gazette"').total == 2)
        await app.press("U")
        await app.until(lambda: archive.search('source:"Pier Gazette"').total == 0)


async def test_tilde_makes_boilerplate_of_a_paragraph_and_body_again(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("delegation")
        await app.press("enter", "enter")
        paragraph, article = app.hit, app.article
        kind = next(each.kind for each in article.passages if each.start <= paragraph.start < each.end)
        assert kind == "body"

        def now() -> set[str]:
            return {
                each.kind.value for each in app.article.passages if each.start <= paragraph.start < each.end
            }

        await app.press("tilde")
        await app.until(lambda: now() == {"boilerplate"})
        assert app.browse.session.archive.search("delegation").total == 11
        await app.press("full_stop")
        await app.press("tilde")
        await app.until(lambda: now() == {"body"})
        await app.press("U", "U")
        await app.until(lambda: app.browse.session.archive.undo() is None)
        assert app.browse.session.archive.search("delegation").total == 12


async def test_a_count_is_for_motions_and_a_mark_brings_back(open_app: Open) -> None:
    async with open_app(size=(60, 12)) as app:
        await app.press("enter", "enter", "4", "j")
        there = app.browse.reader.top_offset
        assert there > 0
        await app.press("m", "a", "g")
        assert app.browse.reader.top_offset == 0
        await app.press("apostrophe", "a")
        assert app.browse.reader.top_offset == there


async def test_find_walks_the_article_only(open_app: Open) -> None:
    async with open_app() as app:
        await app.press("enter", "enter", "slash")
        await app.type("harbour")
        await app.press("enter")
        count = app.browse.reader.hit_count
        assert count == app.article.text.lower().count("harbour")
        await app.press("slash", "ctrl+u", "enter")
        assert not app.browse.reader.find


def test_a_remapped_key_is_in_the_help() -> None:
    from seedread.userdata.settings import KeyChoice

    chosen = {"next-hit": KeyChoice(("f4",), 1)}
    [command] = [command for command in COMMANDS if command.name == "next-hit"]
    assert keys_of(command, chosen) == ("f4",)


async def test_a_remapped_key_works_and_the_default_does_not(open_app: Open) -> None:
    from seedread.userdata.settings import KeyChoice, Settings

    settings = Settings(keys={"down": KeyChoice(("f4",), 1)})
    async with open_app(settings=settings) as app:
        await app.press("enter", "f4")
        assert app.browse.articles.cursor == 1
        await app.press("j")
        assert app.browse.articles.cursor == 1


async def test_a_folder_is_opened_and_a_wrong_path_is_told(
    open_app: Open, seeds: Path, tmp_path: Path
) -> None:
    async with open_app() as app:
        await app.press("enter", "colon")
        await app.type(f"open {tmp_path}/nowhere")
        await app.press("enter")
        await app.until(lambda: "nowhere" in app.browse.message)
        before = app.browse
        await app.press("colon")
        await app.type(f"open {seeds}")
        await app.press("enter")
        await app.until(lambda: app.browse is not before and app.browse.search.results is not None)
        assert app.results.total == 2


async def test_a_card_lists_persons_who_are_spelled_alike(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (Entity(name, name, EntityType.PERSON, 1, 1) for name in ("Mohammed Quux", "Muhammad Quux"))
    card = EntityCard(one, (), (), (), (), spelled_alike=(other,))
    async with open_app() as app:
        monkeypatch.setattr(app.browse.session.archive, "card", lambda _id: card)
        screen = EntityCardScreen(app.browse.session, one.id)
        app.app.push_screen(screen)
        await app.until(lambda: any(line.text == "Spelled alike" for line in screen.lines.lines))
        lines = [line.text for line in screen.lines.lines]
        assert lines[lines.index("Spelled alike") + 1].strip().startswith(f"{other.name}  ")


async def test_a_name_is_added_and_another_left_out_by_the_names_of_the_commands(open_app: Open) -> None:
    async with open_app() as app:
        reader = app.browse.reader
        await app.type("masks")
        await app.press("enter", "enter")
        await app.press("colon", *"add-name", "enter", *"bronze m", "tab")
        prompt = app.app.screen
        assert isinstance(prompt, PromptScreen)
        await app.until(lambda: prompt.line.value == "bronze masks")
        await app.press("enter", *"org", "enter")
        await app.until(lambda: "bronze masks" in mentioned(reader, EntityType.ORG))
        await app.press("colon", *"no-name", "enter")
        await app.until(lambda: "No name selected" in app.browse.message)
        await app.press("right_square_bracket")
        left_out = app.mention
        await app.press("colon", *"no-name", "enter")
        await app.until(lambda: left_out not in app.article.mentions)
        assert left_out.text in {each.text for each in app.article.mentions}
        await app.press("2", "U")
        await app.until(lambda: "bronze masks" not in mentioned(reader, EntityType.ORG))
        assert left_out.start in {each.start for each in app.article.mentions}


def mentioned(reader: Reader, kind: EntityType) -> list[str]:
    """What the shown article mentions of a type."""
    return [each.text for each in reader.article.mentions if each.type is kind] if reader.article else []
