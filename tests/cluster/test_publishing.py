"""Publishing to a server and reading there: nothing is lost or there twice, and it equals what is here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedread.cli.main import run
from seedread_index.archive import Archive
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.model.article import EntityType
from seedread_index.model.errors import ArchiveError
from seedread_index.model.results import SearchRequest
from seedread_index.shared_archive import SharedArchive, publish

from .nodes import Cluster
from .shared import emptied, written


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive on this machine, synced."""
    folder = tmp_path_factory.mktemp("wire")
    written(folder / "news", range(40))
    archive = Archive.open(folder / "news", cache_root=folder / "cache", data_root=folder / "data")
    archive.sync()
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def there(
    here: Archive, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SharedArchive]:
    """The same archive, published and linked."""
    url = emptied(cluster, "published")
    report = publish(here, url, "wire-1")
    assert (report.put, report.dropped, report.total) == (40, 0, 40)
    archive = SharedArchive.at(url, data_root=tmp_path_factory.mktemp("data"))
    archive.link()
    yield archive
    archive.close()


def published_by_two(url: str, folder: Path) -> list[Archive]:
    """Two archives of three articles, published to one address by the labels "one" and "two"."""
    archives = []
    for label in ("one", "two"):
        written(folder / label, range(3), label)
        archives.append(Archive.open(folder / label, cache_root=folder / "c", data_root=folder / "d"))
        archives[-1].sync()
        publish(archives[-1], url, label)
    return archives


def paths(archive: Archive, query: str, **options: object) -> list[str]:
    """The paths of what a query finds, sorted."""
    results = archive.search(SearchRequest(query, group=False, **options))  # type: ignore[arg-type]
    return sorted(header.path for header in archive.headers(results.ids()))


@pytest.mark.parametrize(
    "query",
    [
        "grain",
        '"grain deal"',
        "person:Roe",
        "place:Paris grain",
        "org:UN",
        "said:Roe",
        "said:Roe sign",
        "gra*",
        "date:2021-03-05",
        "NOT place:Paris",
        "about:Roe",
        "path:a00*",
    ],
)
def test_a_server_finds_what_is_found_here(here: Archive, there: SharedArchive, query: str) -> None:
    assert paths(there, query) == paths(here, query)


def test_entities_and_cards_are_those_of_here(here: Archive, there: SharedArchive) -> None:
    wanted, found = here.entities(), there.entities()
    assert {each.id: each for each in found} == {each.id: each for each in wanted} != {}
    assert [each.id for each in there.entities(filter="ro")] == [
        each.id for each in here.entities(filter="ro")
    ]
    for entity in wanted:
        card, other = here.card(entity.id), there.card(entity.id)
        assert card is not None and other is not None
        assert (other.entity, other.aliases, other.months) == (card.entity, card.aliases, card.months)
        shared = {each.entity.id: each.articles for each in card.co_mentions}
        assert {each.entity.id: each.articles for each in other.co_mentions} == shared
        assert len(other.latest) == len(card.latest) == entity.articles
    assert there.resolve("Roe") == here.resolve("Roe")
    assert there.entities_called("anna roe", [EntityType.PERSON]) == here.entities_called(
        "anna roe", [EntityType.PERSON]
    )


def test_articles_mentions_and_quotations_are_those_of_here(here: Archive, there: SharedArchive) -> None:
    for path in (b"a000.txt", b"a017.txt"):
        (mine,), (other,) = here.articles(here.find(path)), there.articles(there.find(path))
        for name in ("text", "title", "date", "passages", "mentions", "lang", "path_bytes"):
            assert getattr(other, name) == getattr(mine, name), name
        ours, theirs = list(here.quotations([mine.id])), list(there.quotations([other.id]))
        assert (
            [(q.text, q.speaker, q.kind, q.mentions) for q in theirs]
            == [(q.text, q.speaker, q.kind, q.mentions) for q in ours]
            != []
        )


def test_facets_are_those_of_here(here: Archive, there: SharedArchive) -> None:
    wanted, found = here.facets(here.search("grain")), there.facets(there.search("grain"))
    for name in ("people", "places", "orgs", "groups", "sources", "authors", "years", "languages", "total"):
        assert getattr(found, name) == getattr(wanted, name), name
    assert not found.partial


def test_a_search_with_its_rows_is_one_request(there: SharedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    there.hits(there.search("deal"), 0, 24)
    there._server_reading().server.index._looked = float("inf")  # who publishes is known already
    asked: list[str] = []
    ask = Connection.ask

    def counting(self: Connection, method: str, path: str, *rest: Any, **more: Any) -> Any:
        asked.append(path)
        return ask(self, method, path, *rest, **more)

    monkeypatch.setattr(Connection, "ask", counting)
    hits = there.hits(there.search("Roe minister"), 0, 24)
    assert len(hits) == 24 and all(hit.snippets for hit in hits)
    assert len(asked) == 1, asked
    there._server_reading().server.index._looked = float("-inf")


def test_publishing_twice_sends_nothing_and_changes_reach_readers(cluster: Cluster, tmp_path: Path) -> None:
    url = emptied(cluster, "twice")
    news = tmp_path / "news"
    written(news, range(6))
    with Archive.open(news, cache_root=tmp_path / "c", data_root=tmp_path / "d") as archive:
        archive.sync()
        assert publish(archive, url, "one").put == 6
        assert publish(archive, url, "one").put == 0
        with SharedArchive.at(url) as reader:
            before = reader.generation()
            assert paths(reader, "deal") == [f"a00{n}.txt" for n in range(6)]
            written(news, range(1, 2), "steel")
            (news / "a003.txt").unlink()
            archive.sync()
            report = publish(archive, url, "one")
            assert (report.put, report.dropped, report.total) == (1, 1, 5)
            reader._server_reading().server.index._looked = float("-inf")
            assert reader.generation() > before
            assert paths(reader, "steel") == ["a001.txt"]
            assert paths(reader, "deal") == [f"a00{n}.txt" for n in (0, 1, 2, 4, 5)]
            assert [each.label for each in reader.status().indexers] == ["one"]
        # Another index of the folder, which knows nothing of what was published, takes away what is gone.
        (news / "a005.txt").unlink()
        with Archive.open(news, cache_root=tmp_path / "other", data_root=tmp_path / "d") as again:
            again.sync()
            report = publish(again, url, "one")
            assert (report.dropped, report.total) == (1, 4)


def test_indexers_do_not_touch_each_others_articles(cluster: Cluster, tmp_path: Path) -> None:
    url = emptied(cluster, "labels")
    for label in ("one", "two"):
        written(tmp_path / label, range(3), label)
        with Archive.open(tmp_path / label, cache_root=tmp_path / "c", data_root=tmp_path / "d") as archive:
            archive.sync()
            publish(archive, url, label)
            publish(archive, url, label)
    with SharedArchive.at(url) as reader:
        assert reader.status().articles == 6
        assert (len(paths(reader, "one")), len(paths(reader, "two"))) == (3, 3)


def test_another_layout_is_built_beside_the_old_one_and_takes_its_place(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = emptied(cluster, "layouts")
    archives = published_by_two(url, tmp_path)
    reader = SharedArchive.at(url)
    assert reader.search("deal").total == 6
    monkeypatch.setattr("seedread_index.model.versions.SERVED", 99)
    fresh = layout.articles_index("layouts")
    publish(archives[0], url, "one")
    assert fresh not in cluster.ask("GET", "_alias/layouts-articles")
    assert reader.search("deal").total == 6  # as before, until all have published
    with pytest.raises(ArchiveError, match="another version of seedread"):
        SharedArchive.at(url).status()
    publish(archives[1], url, "two")
    assert list(cluster.ask("GET", "_alias/layouts-articles")) == [fresh]
    assert reader.search("talks").total == 6  # a reader goes on, on the new one
    with SharedArchive.at(url) as later:
        assert later.search("deal").total == 6
    for each in (reader, *archives):
        each.close()


def test_an_indexer_that_is_given_up_takes_its_articles_with_it_and_is_not_waited_for(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = emptied(cluster, "retired")
    archives = published_by_two(url, tmp_path)
    monkeypatch.setattr("seedread_index.model.versions.SERVED", 99)
    publish(archives[0], url, "one")
    fresh = layout.articles_index("retired")
    assert fresh not in cluster.ask("GET", "_alias/retired-articles")  # it waits for the other
    assert run(["index", "--unpublish", url, "--label", "two"]) == 0
    assert "3 articles deleted; nothing is published as two" in capsys.readouterr().err
    assert list(cluster.ask("GET", "_alias/retired-articles")) == [fresh]
    with SharedArchive.at(url) as reader:
        assert [each.label for each in reader.status().indexers] == ["one"]
        assert (len(paths(reader, "one")), len(paths(reader, "two"))) == (3, 0)
        with pytest.raises(ArchiveError, match="nothing is published as two") as refused:
            reader.unpublish("two")
        assert refused.value.hint == f"seedread status -C {url} lists the labels"
        assert publish(archives[1], url, "two").put == 3  # all of it again
        assert len(paths(reader, "two")) == 3
        assert (reader.unpublish("one"), reader.unpublish("two")) == (3, 3)
        assert reader.status().articles == 0
    for each in archives:
        each.close()


def test_what_a_server_cannot_do_is_said(there: SharedArchive) -> None:
    for ask in (there.dry_run, there.watch, there.forget, there.repair):
        with pytest.raises(ArchiveError, match="with a shared archive"):
            ask()


@pytest.mark.parametrize(
    "options", [("--sort", "title"), ("--sort", "path", "-n", "3"), ("--since", "2021-03-20")]
)
def test_commands_print_what_they_print_here(
    here: Archive, there: SharedArchive, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    place = ("--cache", str(here.folder.path.parents[1]))
    for archive, more in ((here, place), (there, ())):
        assert (
            run(["list", "-C", str(archive.roots[0]), *more, "--no-sync", "--format", "{path}", *options])
            == 0
        )
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != ""


def test_status_and_doctor_say_who_publishes(
    there: SharedArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["-C", str(there.address)]
    assert run(["status", *place]) == 0
    told = capsys.readouterr().out
    assert "articles    40" in told and "wire-1: 40 articles" in told and "opensearch 2." in told
    assert run(["status", *place, "--json"]) == 0
    (indexer,) = json.loads(capsys.readouterr().out)["indexers"]
    assert (indexer["label"], indexer["waiting"]) == ("wire-1", 0)
    run(["doctor", *place])
    told = capsys.readouterr().out
    assert "answers: opensearch 2." in told and "without TLS, on this machine" in told and "wire-1 (" in told
    assert run(["index", *place]) == 2
    assert "--publish URL" in capsys.readouterr().err


def test_what_the_user_keeps_stays_here_and_follows_the_text(there: SharedArchive) -> None:
    (article,) = there.find(b"a002.txt")
    there.library().star([article])
    assert there.search("is:starred").ids() == [article]
    assert json.dumps(sorted(there.library().starred())) == json.dumps([article])


def test_readers_beside_indexers(cluster: Cluster, tmp_path: Path) -> None:
    url = emptied(cluster, "busy")
    archives = []
    for label in ("one", "two"):
        written(tmp_path / label, range(30), label)
        archives.append(Archive.open(tmp_path / label, cache_root=tmp_path / "c", data_root=tmp_path / "d"))
        archives[-1].sync()
    publish(archives[0], url, "one")
    wrong: list[object] = []

    def read() -> None:
        with SharedArchive.at(url) as reader:
            for query in ("one", "talks", "person:Roe", '"grain deal"', "two"):
                results = reader.search(SearchRequest(query, group=False))
                rows = reader.hits(results, 0, 24)
                if query in ("one", "talks") and (results.total < 30 or len(rows) < 24):
                    wrong.append((query, results.total, len(rows)))

    def write(at: int) -> None:
        publish(archives[at], url, ("one", "two")[at])

    threads = [threading.Thread(target=read) for _ in range(20)]
    threads += [threading.Thread(target=write, args=(at,)) for at in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
    with SharedArchive.at(url) as reader:
        assert (
            reader.search(
                "talks",
            ).total
            == 60
        )
    for archive in archives:
        archive.close()
