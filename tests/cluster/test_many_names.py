"""An archive of many names on a server: pairs, facets and hundreds of corrections, as in the one here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedread.cli.main import run
from seedread_index.archive import Archive
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.entities import cards
from seedread_index.engines.opensearch.entities.document import SPELLED
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.errors import CorrectionError, QueryError
from seedread_index.model.results import SearchRequest
from seedread_index.shared_archive import SharedArchive

from .nodes import Cluster
from .shared import PLACES, found, linked

PERSON, PLACE, ORG = EntityType.PERSON, EntityType.PLACE, EntityType.ORG
_STARTS, _ENDS = (
    ("Bar", "Cor", "Dal", "Fen", "Gar", "Hol", "Kel", "Lam"),
    ("ner", "ton", "by", "well", "ford"),
)
_FIRST = ("Anna", "Peter", "Maria", "John", "Susan", "Robert", "Helen", "Martin")


def somebody(chance: random.Random) -> str:
    """One of some hundreds of people, some of whom share their surnames."""
    rank = min(int(chance.paretovariate(0.6)), 319)
    return f"{_FIRST[rank % 8]} {_STARTS[rank // 8 % 8]}{_ENDS[rank // 64]}"


def written(folder: Path, count: int) -> None:
    """Articles in which a few of many people meet."""
    folder.mkdir()
    for number in range(count):
        chance = random.Random(number)
        people = [somebody(chance) for _ in range(7)]
        said = "".join(
            f"{each} said in {chance.choice(PLACES)} that bridge {chance.randrange(999)} was safe. "
            f"Later {each.split()[1]} left.\n\n"
            for each in people
        )
        (folder / f"a{number:03}.txt").write_text(
            f"Talks on bridge number {number}\n\n2021-{number % 9 + 1:02}-{number % 27 + 1:02}\n\n{said}"
        )


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive on this machine, synced."""
    folder = tmp_path_factory.mktemp("many")
    written(folder / "news", 150)
    with Archive.open(folder / "news", cache_root=folder / "c", data_root=folder / "d") as archive:
        archive.sync()
        yield archive


@pytest.fixture(scope="module")
def url(here: Archive, cluster: Cluster) -> str:
    """The address of the same archive, published and linked."""
    return linked(here, cluster, "many")


@pytest.fixture
def there(url: str, tmp_path: Path) -> Iterator[SharedArchive]:
    """A reader of that archive."""
    with SharedArchive.at(url, data_root=tmp_path) as reader:
        yield reader


def corrections(archive: Archive, count: int) -> list[Correction]:
    """So many corrections of all kinds, of entities and spellings of an archive, none of them twice."""
    chance = random.Random(count)
    people = archive.entities(types=[PERSON])
    made: dict[str, Correction] = {}
    while len(made) < count:
        one, other = chance.sample(people, 2)
        do = chance.choice(("merge", "alias", "split", "retype", "hide"))
        surname = chance.choice([each for each in one.aliases if " " not in each] or [one.name])
        each = {
            "merge": Correction("merge", one.name, PERSON, other.name, PERSON),
            "alias": Correction("alias", surname, PERSON, other.name, PERSON),
            "split": Correction("split", surname, PERSON),
            "retype": Correction("retype", one.name, PERSON, to=chance.choice((PLACE, ORG))),
            "hide": Correction("hide", one.name, PERSON),
        }[do]
        made.setdefault(f"{do} {each.name}", each)
    return list(made.values())


def write(path: Path, made: list[Correction]) -> int:
    """Write corrections to a user's file, but those that contradict earlier ones; how many are written."""
    file, written = CorrectionsFile(path), 0
    for each in made:
        try:
            file.add(each)
        except CorrectionError:
            continue
        written += 1
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save()
    return written


def test_hundreds_of_corrections_make_of_it_what_they_make_of_the_one_here(
    here: Archive, there: SharedArchive
) -> None:
    made = corrections(here, 260)
    assert write(here.folder.corrections, made) == write(there.folder.corrections, made) > 150
    try:
        here.sync()
        entities = here.entities()
        assert there.entities() == entities
        for query in ("bridge", "place:Paris", "safe OR left"):
            facets = [each.facets(each.search(SearchRequest(query, group=False))) for each in (here, there)]
            for name in ("people", "places", "orgs"):
                assert getattr(facets[1], name) == getattr(facets[0], name), (query, name)
        for entity in entities[::10]:
            assert found(there, f"entity:{entity.id}") == found(here, f"entity:{entity.id}"), entity
            assert there.co_mentions(entity.id, -1) == here.co_mentions(entity.id, -1), entity
        for number in range(0, 150, 15):
            path = f"a{number:03}.txt".encode()
            (mine,), (other,) = here.articles(here.find(path)), there.articles(there.find(path))
            assert other.mentions == mine.mentions, path
        assert there.entity_pairs(least=2) == here.entity_pairs(least=2)
    finally:
        here.folder.corrections.unlink()
        here.sync()


def test_another_correction_costs_a_few_requests(
    here: Archive, there: SharedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(there.folder.corrections, corrections(here, 200))
    asked: list[str] = []
    index = there._server_reading().server.index
    search = index.search

    def counted(body: object, **more: object) -> object:
        asked.append(str(more.get("index")))
        return search(body, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "search", counted)
    there.entities(limit=1)
    first = len(asked)
    there.correct(Correction("hide", "Geneva", PLACE))
    assert "Geneva" not in {each.name for each in there.entities(types=[PLACE])}
    assert len(asked) - first <= min(first, 6), asked[first:]
    assert first < 20, asked


def test_an_archive_that_an_earlier_version_linked_is_corrected_as_well(
    here: Archive, there: SharedArchive
) -> None:
    place, index = layout.entities_index("many"), there._server_reading().server.index
    hits = index.found(place, {"match_all": {}}, 1_000, _source={"excludes": [SPELLED]})
    documents = [({"index": {"_id": hit["_id"]}}, hit["_source"]) for hit in hits]
    assert not index.connection.bulk(place, documents, refresh=True).refused
    made = corrections(here, 60)
    write(here.folder.corrections, made)
    write(there.folder.corrections, made)
    try:
        here.sync()
        assert there.entities() == here.entities()
    finally:
        here.folder.corrections.unlink()
        here.sync()
        there.link()


def test_the_most_frequent_pairs_are_counted_among_few_entities(
    here: Archive, there: SharedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "_PAIRED", (2, 5, 40))
    for most in (1, 10, 200):
        for types in (None, [PERSON]):
            wanted = here.entity_pairs(types=types, most=most)
            assert there.entity_pairs(types=types, most=most) == wanted, (most, types)
            assert len(wanted) == most
    monkeypatch.setattr(cards, "_MOST_PAIRS", 50)
    with pytest.raises(QueryError, match="more than 50 pairs") as refused:
        there.entity_pairs()
    assert "--least" in refused.value.hint


def test_an_article_is_explained_as_it_was_published(
    there: SharedArchive, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "a003.txt", "--explain", "-C", url]) == 0
    told = capsys.readouterr().out
    assert "a003.txt is with the indexer one; showing what it published" in told
    assert "Talks on bridge number 3" in told and "from the text" in told and "body" in told
    assert run(["show", "a003.txt", "--explain", "--json", "-C", url]) == 0
    assert '"file": "elsewhere"' in capsys.readouterr().out


def test_names_of_files_are_not_printed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["list"], ["search", "bridge"], ["show", "a003.txt"]):
        assert run([*command, "-0", "-C", url]) == 2
        told = capsys.readouterr()
        assert not told.out
        assert "with its indexers" in told.err and "{path}" in told.err


def test_a_person_is_highlighted_without_asking_for_each_article(
    there: SharedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (most, *_) = there.entities(types=[PERSON], limit=1)
    asked: list[str] = []
    connection = there._server_reading().server.index.connection
    ask = connection.ask

    def counted(method: str, path: str, *more: object, **options: object) -> object:
        asked.append(path)
        return ask(method, path, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(connection, "ask", counted)
    hits = there.hits(there.search(f'person:"{most.name}"'), 0, 20)
    assert len(hits) == 20
    assert all(hit.spans for hit in hits)
    assert len(asked) <= 6, asked


def test_the_server_does_not_keep_what_was_sent_for_half_a_day(url: str, cluster: Cluster) -> None:
    settings = cluster.ask("GET", f"{layout.articles_alias('many')}-*/_settings")
    for each in settings.values():
        assert each["settings"]["index"]["soft_deletes"]["retention_lease"]["period"] == "1h"
