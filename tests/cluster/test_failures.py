"""A node of three that is killed costs nothing: neither what was published nor those who read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import SearchRequest
from seedread_index.model.status import Progress
from seedread_index.shared_archive import SharedArchive, publish

from .nodes import Cluster
from .shared import emptied, written


@pytest.mark.parametrize("killed", [1, 0])
def test_a_node_is_killed_while_articles_are_published_and_searched(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: int
) -> None:
    if cluster.foreign:
        pytest.skip("nodes that somebody else started are not killed")
    monkeypatch.setattr("seedread_index.sync.shared.publish._AT_ONCE", 20)
    url = emptied(cluster, f"killed{killed}")
    written(tmp_path / "news", range(120))
    archive = Archive.open(tmp_path / "news", cache_root=tmp_path / "c", data_root=tmp_path / "d")
    archive.sync()
    done, problems, answers = threading.Event(), list[str](), list[int]()

    def read() -> None:
        with SharedArchive.at(url) as reader:
            while not done.is_set():
                try:
                    answers.append(reader.search(SearchRequest("deal", group=False)).total)
                except SeedreadError as error:
                    problems.append(error.message)

    readers = [threading.Thread(target=read) for _ in range(3)]

    def watch(progress: Progress) -> None:
        """Begin to read once there is something, and kill a node in the middle."""
        if progress.done == 20:
            for each in readers:
                each.start()
        if progress.done == 60:
            cluster.kill(killed)

    try:
        report = publish(archive, url, "one", watch)
    finally:
        done.set()
        for each in readers:
            each.join()
    assert (report.put, report.total, report.interrupted) == (120, 120, False)
    assert not problems
    assert len(answers) > 3
    with SharedArchive.at(url) as reader:
        results = reader.search(SearchRequest("deal", group=False))
        assert results.total == 120
        assert len(set(results.ids())) == 120
        assert len(reader.hits(results, 0, 24)) == 24
    assert publish(archive, url, "one").put == 0
    cluster.run(cluster.nodes[killed])
    cluster.wait("green", f"killed{killed}-*")
    with SharedArchive.at(url) as reader:
        assert reader.search(SearchRequest("deal", group=False)).total == 120
    archive.close()


def test_when_all_nodes_are_gone_a_reader_says_so() -> None:
    with (
        SharedArchive.at("opensearch+http://127.0.0.1:9,127.0.0.1:1/none") as reader,
        pytest.raises(SeedreadError, match="refuses the connection"),
    ):
        reader.search("deal")
