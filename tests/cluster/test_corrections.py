"""A reader's own corrections of entities: a server corrected says what an archive here corrected says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedread.app import SeedreadApp
from seedread.cli.main import run
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive
from seedread_index.model.article import EntityType
from seedread_index.model.correction import ArticleCorrection, Correction
from seedread_index.model.entity import Entity
from seedread_index.model.errors import ArchiveError, CorrectionError
from seedread_index.model.results import SearchRequest
from seedread_index.model.status import LinkReport
from seedread_index.shared_archive import SharedArchive, publish

from ..tui.conftest import Running
from .nodes import Cluster
from .shared import emptied, found, linked

PERSON, PLACE, ORG, GROUP = EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.GROUP
_PEOPLE = ("Anna Roe", "Peter Marsh", "Maria Lopez", "Ann Roe", "John Smith", "Vladimir Putin")
_PLACES = ("Paris", "Ankara", "Geneva", "Turkey")
_BODIES = ("United Nations (UN)", "World Bank", "European Union", "Acme Inc")


def written(folder: Path, count: int) -> None:
    """Articles in which the same few people, places and bodies meet in many ways."""
    folder.mkdir()
    for number in range(count):
        one, two = _PEOPLE[number % 6], _PEOPLE[(number // 6 + number + 1) % 6]
        place, body = _PLACES[number % 4], _BODIES[(number // 4) % 4]
        alone = f"The talks were led by {two.split()[1]}. " if number % 3 else ""
        alone += "The UN agreed. " if "UN" in body and number % 8 else ""
        (folder / f"a{number:03}.txt").write_text(
            f"Talks on grain number {number}\n\n2021-{number % 9 + 1:02}-{number % 27 + 1:02}\n\n"
            f"{one} said in {place} that the grain deal of day {number} would hold. "
            f'"We will sign it with {two} on day {number}," {one.split()[1]} said. '
            f"The Turkish minister met the {body}, and {two} welcomed the talks.\n\n{alone}"
            f'"It is good for {place}," said {two}. {one} left.\n'
        )


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive on this machine, synced."""
    folder = tmp_path_factory.mktemp("corrected")
    written(folder / "news", 48)
    with Archive.open(folder / "news", cache_root=folder / "c", data_root=folder / "d") as archive:
        archive.sync()
        yield archive


@pytest.fixture(scope="module")
def url(here: Archive, cluster: Cluster) -> str:
    """The address of the same archive, published and linked."""
    return linked(here, cluster, "corrected")


@pytest.fixture(scope="module")
def there(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedArchive]:
    """A reader of that archive."""
    with SharedArchive.at(url, data_root=tmp_path_factory.mktemp("own")) as reader:
        yield reader


def listed(archive: Archive, **asked: object) -> list[Entity]:
    """Entities without what a server does not keep."""
    return archive.entities(**asked)  # type: ignore[arg-type]


def facets(archive: Archive, query: str) -> list[object]:
    """The names in what a query finds, with their counts."""
    counted = archive.facets(archive.search(SearchRequest(query, group=False)))
    return [counted.people, counted.places, counted.orgs, counted.groups]


def marked(archive: Archive, path: str) -> list[object]:
    """The mentions and quotations of an article."""
    (article,) = archive.articles(archive.find(path.encode()))
    quoted = [(q.text, q.speaker, q.for_whom, q.mentions) for q in archive.quotations([article.id])]
    return [*article.mentions, *quoted]


def compare(here: Archive, there: Archive) -> None:
    """Fail where two archives say different things of their entities."""
    for asked in (
        {},
        {"sort": "name"},
        {"sort": "first"},
        {"sort": "articles"},
        {"limit": 3},
        {"filter": "roe"},
        {"filter": "an"},
        {"types": [PERSON]},
        {"types": [ORG, GROUP]},
    ):
        assert listed(there, **asked) == listed(here, **asked), asked
    entities = here.entities()
    for entity in entities:
        card, other = here.card(entity.id), there.card(entity.id)
        assert card is not None and other is not None
        assert (other.entity, other.aliases, other.months) == (card.entity, card.aliases, card.months)
        shared = {each.entity: each.articles for each in card.co_mentions}
        assert {each.entity: each.articles for each in other.co_mentions} == shared, entity.name
        assert len(other.latest) == entity.articles
        assert found(there, f"entity:{entity.id}") == found(here, f"entity:{entity.id}"), entity
        for asks in ('{}:"{}"', 'said:"{1}"', 'about:"{1}"', 'said:"{1}" sign'):
            query = asks.format(entity.type, entity.name)
            assert found(there, query) == found(here, query), query
        assert set(there.co_mentions(entity.id, -1)) == set(card.co_mentions)
        assert there.entity_pairs(entity_id=entity.id) == here.entity_pairs(entity_id=entity.id)
    for types, least, most in ((None, 1, None), ([PERSON], 1, 3), (None, 4, 12), ([PLACE, ORG], 2, None)):
        pairs = [each.entity_pairs(types=types, least=least, most=most) for each in (here, there)]
        assert pairs[0] == pairs[1], (types, least, most)
    for name in ("Roe", "Anna Roe", "Smith", "Bank", "turkish", "Acme"):
        assert there.resolve(name) == here.resolve(name), name
        assert there.entities_called(name, list(EntityType)) == here.entities_called(name, list(EntityType))
        assert found(there, f'person:"{name}"') == found(here, f'person:"{name}"'), name
    for query in ("grain", "place:Paris", 'person:"Peter Marsh"'):
        assert facets(there, query) == facets(here, query), query
    for number in range(0, 48, 5):
        path = f"a{number:03}.txt"
        assert marked(there, path) == marked(here, path), path
    for start in ("person:pe", "person:ro", "place:an", "org:wo"):
        wanted, completed = ([c.text for c in each.complete(start, len(start))] for each in (here, there))
        assert completed == wanted, start


ALONE = [
    [Correction("merge", "Peter Marsh", PERSON, "John Smith", PERSON)],
    [Correction("merge", "World Bank", ORG, "United Nations", ORG)],
    [Correction("alias", "Roe", PERSON, "Peter Marsh", PERSON)],
    [Correction("alias", "Paris", None, "Geneva", PLACE)],
    [Correction("alias", "Acme Inc", into="World Bank", into_type=ORG)],
    [Correction("split", "Roe", PERSON)],
    [Correction("split", "Anna Roe", PERSON)],
    [Correction("split", "Smith", PERSON)],
    [Correction("split", "UN", ORG)],
    [Correction("retype", "Acme Inc", ORG, to=PERSON)],
    [Correction("retype", "Ankara", PLACE, to=ORG)],
    [Correction("hide", "Maria Lopez", PERSON)],
    [Correction("hide", "Turkey", PLACE)],
]
TOGETHER = [
    [
        Correction("merge", "Ann Roe", PERSON, "Anna Roe", PERSON),
        Correction("retype", "Acme Inc", ORG, to=PERSON),
        Correction("merge", "Acme Inc", PERSON, "John Smith", PERSON),
        Correction("hide", "Geneva", PLACE),
        Correction("split", "Marsh", PERSON),
    ],
    [
        Correction("retype", "Turkey", PLACE, to=ORG),
        Correction("alias", "Smith", PERSON, "Maria Lopez", PERSON),
        Correction("merge", "Maria Lopez", PERSON, "Peter Marsh", PERSON),
        Correction("hide", "World Bank", ORG),
        Correction("split", "Anna Roe", PERSON),
    ],
]


def test_without_corrections_they_are_the_same(here: Archive, there: SharedArchive) -> None:
    compare(here, there)


@pytest.mark.parametrize("corrections", ALONE + TOGETHER, ids=lambda each: "; ".join(map(str, each)))
def test_corrected_they_are_the_same_and_undone_as_before(
    here: Archive, there: SharedArchive, corrections: list[Correction]
) -> None:
    before = here.entities(), there.entities()
    for each in corrections:
        here.correct(each)
        there.correct(each)
    try:
        compare(here, there)
        assert here.entities() != before[0]
    finally:
        for _ in corrections:
            assert here.undo() is not None
            assert there.undo() is not None
    assert (here.entities(), there.entities()) == before
    assert there.undo() is None


def test_what_does_not_fit_is_reported_as_here(here: Archive, there: SharedArchive) -> None:
    for each in (
        Correction("merge", "Nobody Atall", PERSON, "John Smith", PERSON),
        Correction("split", "Nowhere", PLACE),
        Correction("hide", "Peter Marsh"),
    ):
        assert there.correct(each) == here.correct(each)
    with pytest.raises(CorrectionError, match="exists already"):
        there.correct(Correction("hide", "Peter Marsh"))
    for _ in range(3):
        here.undo()
        there.undo()


def test_what_indexers_do_is_refused(there: SharedArchive) -> None:
    (article, *_) = there.ids()
    with pytest.raises(ArchiveError, match="cannot correct the articles"):
        there.correct(ArticleCorrection("title", (article,), "Another"))
    with pytest.raises(ArchiveError, match="cannot add names to"):
        there.correct(Correction("add", "Black Cube", ORG))
    assert there.undo() is None


def test_a_file_that_another_process_changes_is_seen(url: str, tmp_path: Path) -> None:
    with SharedArchive.at(url, data_root=tmp_path) as one, SharedArchive.at(url, data_root=tmp_path) as two:
        named = {each.name for each in two.entities()}
        assert "Peter Marsh" in named
        generation = two.generation()
        one.correct(Correction("hide", "Peter Marsh", PERSON))
        assert {each.name for each in two.entities()} == named - {"Peter Marsh"}
        assert two.generation() > generation
        one.folder.corrections.write_text("not a table")
        assert "line 1" in two.corrections_problem()
        assert {each.name for each in two.entities()} == named - {"Peter Marsh"}
    with SharedArchive.at(url, data_root=tmp_path / "else") as stranger:
        assert {each.name for each in stranger.entities()} == named


# -- shared by editors -------------------------------------------------------------------------------


@pytest.fixture
def shelf(here: Archive, cluster: Cluster) -> Iterator[str]:
    """The address of another copy of the archive, whose linker applies what is shared."""
    address = emptied(cluster, "edited")
    publish(here, address, "one")
    yield address


def link(address: str) -> LinkReport:
    with SharedArchive.at(address) as linker:
        return linker.link()


@pytest.mark.parametrize("corrections", [*TOGETHER, ALONE[2]], ids=lambda each: "; ".join(map(str, each)))
def test_what_an_editor_shares_is_seen_by_all_readers(
    here: Archive, shelf: str, tmp_path: Path, corrections: list[Correction]
) -> None:
    entities = link(shelf).entities
    with SharedArchive.at(shelf, data_root=tmp_path / "editor") as editor:
        assert editor.share_corrections() == 0
        for each in corrections:
            here.correct(each)
            editor.correct(each)
        try:
            for _ in range(2):
                assert editor.share_corrections() == len(corrections)
            report = link(shelf)
            assert (report.corrections, report.problems) == (len(corrections), ())
            with SharedArchive.at(shelf, data_root=tmp_path / "reader") as reader:
                compare(here, reader)
            with SharedArchive.at(shelf, data_root=tmp_path / "editor") as again:
                compare(here, again)  # the editor's own corrections lie over the same ones
        finally:
            for _ in corrections:
                here.undo()
                editor.undo()
        assert (editor.share_corrections(), editor.share_corrections(withdraw=True)) == (0, len(corrections))
        assert editor.share_corrections(withdraw=True) == 0
        assert link(shelf) == LinkReport(entities)
    with SharedArchive.at(shelf, data_root=tmp_path / "reader") as reader:
        compare(here, reader)


def test_a_private_correction_lies_over_those_that_are_shared(
    here: Archive, shelf: str, tmp_path: Path
) -> None:
    both = [
        Correction("alias", "Roe", PERSON, "Peter Marsh", PERSON),
        Correction("hide", "Turkey", PLACE),
        Correction("merge", "Peter Marsh", PERSON, "John Smith", PERSON),
        Correction("split", "Smith", PERSON),
    ]
    with SharedArchive.at(shelf, data_root=tmp_path / "editor") as editor:
        editor.correct(*both[:2])
        editor.share_corrections()
    link(shelf)
    here.correct(*both)
    try:
        with SharedArchive.at(shelf, data_root=tmp_path / "reader") as reader:
            reader.correct(*both[2:])
            compare(here, reader)
    finally:
        for _ in both:
            here.undo()


def test_what_is_shared_and_does_not_fit_is_reported_by_the_linker(shelf: str, tmp_path: Path) -> None:
    with SharedArchive.at(shelf, data_root=tmp_path) as editor:
        link(shelf)
        assert editor.correct(Correction("split", "Nowhere", PLACE)).problems
        editor.share_corrections()
    (problem,) = link(shelf).problems
    assert "split off Nowhere (place)): no article contains Nowhere" in problem


def test_the_command_line_corrects_undoes_and_shares(
    shelf: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "editor"))
    link(shelf)

    def told(*words: str, code: int = 0) -> str:
        assert run(["entities", *words, "-C", shelf]) == code, capsys.readouterr().err
        printed = capsys.readouterr()
        return printed.err + printed.out

    people = ("--type", "person", "--format", "{name} {articles}")
    before = told(*people)
    assert "Peter Marsh 15" in before
    assert "merged Peter Marsh" in told("--merge", "Peter Marsh", "John Smith")
    merged = told(*people)
    assert "Peter Marsh" not in merged
    assert "John Smith" in merged
    assert "split off UN" in told("--split", "UN")
    assert "added the spelling Roe" in told("--alias", "Roe", "Maria Lopez")
    assert "undone: added the spelling Roe" in told("--undo")
    assert "changed the type of Ankara" in told("--retype", "Ankara", "org")
    assert "hid Turkey" in told("--hide", "Turkey", "--type", "place")
    assert "cannot add names" in told("--add", "Black Cube", "org", code=3)
    assert "no such name: Nobody" in told("--hide", "Nobody", code=1)
    named = told("--format", "{type} {name}")
    assert "org Ankara" in named and "org UN" in named and "place Turkey" not in named
    assert run(["search", 'person:"Peter Marsh"', "-C", shelf, "--format", "{path}"]) == 0
    assert len(capsys.readouterr().out.split()) > 15
    assert "4 corrections shared" in told("--share")
    assert run(["index", "--link", shelf]) == 0
    assert "4 shared corrections applied" in capsys.readouterr().err
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "reader"))
    assert told("--format", "{type} {name}") == named
    assert "nothing to undo" in told("--undo", code=1)
    assert "no corrections to share" in told("--share", code=1)
    assert "4 corrections no longer shared" in told("--unshare")


async def test_the_app_corrects_for_its_reader_alone(
    shelf: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "reader"))
    link(shelf)
    app = SeedreadApp([Path(shelf)], settings=Settings(glyphs="unicode"))
    async with app.run_test(size=(100, 30)) as pilot:
        running = Running(app, pilot)
        await running.started()
        await running.press("escape", "e")
        before = list(running.entities.entities.values())
        first = running.entities.entity
        assert first is not None
        await running.press("X")
        await running.until(lambda: first.id not in running.entities.entities)
        await running.press("U")
        await running.until(lambda: list(running.entities.entities.values()) == before)
        merged = running.entities.entity
        assert merged is not None
        await running.press("M")
        await running.type("Maria Lopez")
        await running.press("enter")
        await running.until(lambda: merged.id not in running.entities.entities)
        await running.press("q", "/")
        await running.type("grain")
        await running.press("enter", "enter")
        named = {mention.entity for mention in running.article.mentions}
        assert merged.id not in named
        await running.press("U")
        await running.until(lambda: merged.id in {each.entity for each in running.article.mentions})
