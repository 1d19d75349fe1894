"""The desk in the reader: concordance, timeline, comparison, changed words and names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedread.__main__ import main
from seedread.actions.handlers import Call
from seedread.screens.desk.comparison import ComparisonScreen
from seedread.screens.desk.concordance import ConcordanceScreen
from seedread.screens.desk.names import NamesScreen
from seedread.screens.desk.timeline import TimelineScreen
from seedread.screens.desk.word_diff import WordDiffScreen
from seedread.screens.related import RelatedScreen
from seedread.widgets.bar_list import BarLine
from seedread.widgets.diff_list import DiffLine
from seedread_index.archive import Archive
from seedread_index.model.results import SearchRequest

from .conftest import TOPICS, Open, Running


async def loaded(app: Running, first: str) -> list[str]:
    """The rows of the panel, once they are there."""
    await app.until(lambda: any(first in line.text for line in app.panel.lines.lines))
    return [line.text for line in app.panel.lines.lines]


def unit_of(screen: TimelineScreen) -> str:
    """The unit that is shown (a call, since type checkers believe that attributes stay)."""
    return screen.unit


async def test_the_concordance_of_a_query_is_that_of_kwic(open_app: Open, tmp_path: Path) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "c")
        screen = app.screen()
        assert isinstance(screen, ConcordanceScreen)
        rows = await loaded(app, "harbour")
        spans = sum(len(hit.spans) for hit in app.browse.session.archive.hits(app.results))
        assert len(rows) == spans > app.results.total
        shown = [line for line in app.shown()[1:-1] if "arbour" in line]
        assert len({line.casefold().index("harbour", 25) for line in shown}) == 1
        await app.press("s")
        assert screen.sort == "left"
        await app.press("s")
        words = [line.right.casefold().split()[0] for line in screen._shown]
        assert words == sorted(words) and screen.sort == "right"
        await app.press("w")
        await app.type(str(tmp_path / "lines.csv"))
        await app.press("enter")
        written = (tmp_path / "lines.csv").read_text().splitlines()
        assert len(written) == spans + 1 and written[0] == "path,date,left,hit,right,start,end,id"
        place = screen._shown[2]
        await app.press("j", "j", "enter")
        assert app.article.id == place.id
        assert app.browse.reader.shows(place.start)


async def test_what_is_shown_is_what_the_commands_print(
    open_app: Open, news: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def printed(*words: str) -> str:
        capfd.readouterr()
        assert main([words[0], "-C", str(news), "--no-sync", *words[1:]]) == 0
        return capfd.readouterr().out

    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "c")
        screen = app.screen()
        assert isinstance(screen, ConcordanceScreen)
        await loaded(app, "harbour")
        for sort, ending, option in (("right", ".csv", "--csv"), ("left", ".jsonl", "--jsonl")):
            screen.call_command(Call("sort", argument=sort))
            screen.call_command(Call("export", argument=str(tmp_path / f"lines{ending}")))
            await app.settle()
            kwic = printed("kwic", "harbour", "--width", "40", "--sort", sort, option)
            assert (tmp_path / f"lines{ending}").read_text() == kwic
        await app.press("q", "D")
        timeline = app.screen()
        assert isinstance(timeline, TimelineScreen)
        await loaded(app, "2021-01")
        for unit in ("month", "year"):
            rows = [(line.text, line.counts[0]) for line in timeline.lines.lines if isinstance(line, BarLine)]
            counted = [
                json.loads(row) for row in printed("count", "harbour", "--by", unit, "--jsonl").splitlines()
            ]
            assert rows == [(row[unit], row["articles"]) for row in counted]
            await app.press("-")


async def test_collocates_are_one_key_away_and_lead_to_their_lines(open_app: Open, tmp_path: Path) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "c")
        screen = app.screen()
        assert isinstance(screen, ConcordanceScreen)
        await loaded(app, "harbour")
        await app.press("c")
        assert screen.collocates_shown and screen.collocates
        archive = app.browse.session.archive
        wanted = [each.word for each in archive.collocates(archive.search(app.browse.search.request))]
        assert [record["word"] for record in screen.collocates] == wanted
        await app.press("w")
        await app.type(str(tmp_path / "words.jsonl"))
        await app.press("enter")
        assert len((tmp_path / "words.jsonl").read_text().splitlines()) == len(wanted)
        await app.press("enter")
        assert not screen.collocates_shown
        assert screen.filter_text == wanted[0]
        texts = [f"{line.left}{line.hit}{line.right}" for line in screen.contexts]
        assert [line.text for line in screen.lines.lines] == [t for t in texts if wanted[0] in t.casefold()]


async def test_a_concordance_is_not_written_among_the_articles_nor_without_a_form(
    open_app: Open, news: Path
) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "c")
        await loaded(app, "harbour")
        for name, said in ((news / "x.csv", "is inside the archive"), ("/tmp/x.txt", "does not end in")):
            await app.press("w")
            await app.type(str(name))
            await app.press("enter")
            assert said in app.panel.message and app.panel.problem
    assert not (news / "x.csv").exists()


async def test_a_timeline_narrows_the_search_to_a_period(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("harbour")
        await app.press("enter", "D")
        screen = app.screen()
        assert isinstance(screen, TimelineScreen)
        rows = await loaded(app, "2021-01")
        assert unit_of(screen) == "month" and rows == [f"2021-{month:02}" for month in range(1, 13)]
        assert all("█" in line for line in app.shown()[1:13])
        await app.press("j", "j", "+")
        assert unit_of(screen) == "day" and screen.lines.line is not None
        assert str(screen.lines.line.target).startswith("2021-03")
        await app.press("-", "-")
        assert [(line.text, line.counts) for line in screen.lines.lines if isinstance(line, BarLine)] == [
            ("2021", (12,))
        ]
        await app.press("-")
        assert "coarser than years" in screen.message
        await app.press("+", "j", "j", "enter")
        assert (app.browse.search.query_text, app.browse.search.filter_text) == ("harbour", "date:2021-03")
        assert app.results.total == 1
        await app.press("D")
        assert isinstance(app.screen(), TimelineScreen)
        assert await loaded(app, "2021") == ["2021-03-15"]
        await app.press("enter", "(")
        assert app.browse.search.filter_text == "date:2021-03"


async def test_a_comparison_is_set_algebra_and_stands_over_time(open_app: Open) -> None:
    async with open_app() as app:
        await app.type("Lagos")
        await app.press("enter", "=")
        await app.type("Nairobi")
        await app.press("enter")
        screen = app.screen()
        assert isinstance(screen, ComparisonScreen)
        await loaded(app, "only Lagos")
        archive = app.browse.session.archive

        def ids(query: str) -> set[str]:
            return set(archive.search(SearchRequest(query, group=False)).ids())

        a, b = ids("Lagos"), ids("Nairobi")
        assert [set(part.ids) for part in screen.parts] == [a - b, a & b, b - a]
        assert all(screen.parts[number].ids for number in range(3))
        for part in screen.parts:
            assert ids(part.query) == set(part.ids)
        await app.press("D")
        periods = [line for line in screen.lines.lines if isinstance(line, BarLine)]
        sums = [sum(line.counts[number] for line in periods) for number in range(3)]
        assert sums == [len(part.ids) for part in screen.parts]
        await app.press("D", "j", "enter")
        assert set(app.results.ids()) == a & b


async def test_names_of_the_results_are_ticked_to_filter_by(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "E")
        screen = app.screen()
        assert isinstance(screen, NamesScreen)
        await app.until(lambda: bool(screen.counts))
        facets = app.browse.session.archive.facets(app.results, 500)
        every = {each.id: each.articles for each in (*facets.people, *facets.places, *facets.orgs)}
        assert {entity.id: count for entity, count in screen.counts}.items() >= every.items()
        await app.press("x", "x")
        assert "2 ticked" in screen.title_left
        ticked = {entity.id for entity in screen.ticked}
        await app.press("asterisk")
        both = set(app.browse.session.archive.articles_of(sorted(ticked), together=True))
        assert set(app.results.ids()) == both and app.browse.search.filter_text


async def test_names_of_the_article_count_its_own_text(open_app: Open, seeds: Path) -> None:
    async with open_app(seeds) as app:
        await app.press("enter", "enter", "E")
        screen = app.screen()
        assert isinstance(screen, NamesScreen) and "in this article" in screen.title_left
        await app.until(lambda: bool(screen.counts))
        entity, count = screen.counts[0]
        mentions = [each for each in app.article.mentions if each.entity == entity.id]
        assert 0 < count <= len(mentions)
        await app.press("asterisk")
        assert entity.name in app.browse.search.query_text


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story, and the same one with a word changed, one dropped and a sentence added."""
    folder = tmp_path_factory.mktemp("twice")
    story = [f"{topic} The harbour master wrote it down in his book." for topic in TOPICS]
    (folder / "a.txt").write_text("Pier closed\n\n2021-01-05\n\n" + "\n\n".join(story) + "\n")
    story[2] = story[2].replace("copper", "silver")
    story[5] = story[5].replace("vaccines ", "")
    story[7] = f"{story[7]} Nobody objected."
    (folder / "b.txt").write_text("Pier closed\n\n2021-01-06\n\n" + "\n\n".join(story) + "\n")
    return folder


@pytest.mark.parametrize("width", [80, 140])
async def test_what_changed_between_near_duplicates(
    open_app: Open, twice: Path, own_cache: Path, width: int
) -> None:
    with Archive.open(twice) as archive:
        archive.sync()
        old, new = archive.find(b"a.txt")[0], archive.find(b"b.txt")[0]
    async with open_app(twice, size=(width, 24)) as app:
        await app.browse.navigation.open_article(old, "")
        await app.press("r")
        screen = app.screen()
        assert isinstance(screen, RelatedScreen)
        rows = await loaded(app, "Pier closed")
        assert rows[0] == "Near-duplicates" and screen.lines.lines[1].target == new
        await app.press("j", "=")
        diff = app.screen()
        assert isinstance(diff, WordDiffScreen)
        await app.until(lambda: diff.diff is not None)
        lines = [line for line in diff.lines.lines if isinstance(line, DiffLine)]
        marked = {"old": set[str](), "new": set[str]()}
        for line in lines:
            for stretch in (line.old, line.new):
                for span in stretch.changed if stretch is not None else ():
                    marked[stretch.look].add(stretch.text[span.start : span.end])  # type: ignore[union-attr]
        assert marked == {
            "old": {"2021-01-05", "copper,", "vaccines"},
            "new": {"2021-01-06", "silver,", "Nobody", "objected."},
        }
        assert any(line.old and line.new for line in lines) == (width >= 100)
        await app.press("n", "n")
        assert diff.lines.line is not None and "railway" in diff.lines.line.text
        await app.press("enter")
        assert app.article.id in (old, new)
