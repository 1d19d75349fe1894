"""The reader on an archive on a server: the same screens and keys, and what is said without the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedread.app import SeedreadApp
from seedread.userdata.settings import Settings
from seedread_index.archive import Archive
from seedread_index.shared_archive import SharedArchive, publish

from ..tui.conftest import Running
from .nodes import Cluster
from .shared import emptied, written


@pytest.fixture(scope="module")
def url(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive of a dozen articles."""
    address, folder = emptied(cluster, "read"), tmp_path_factory.mktemp("read")
    written(folder / "news", range(12))
    with Archive.open(folder / "news", cache_root=folder / "c", data_root=folder / "d") as archive:
        archive.sync()
        publish(archive, address, "one")
    with SharedArchive.at(address) as reader:
        reader.link()
    yield address


async def test_the_app_reads_an_archive_on_a_server(url: str) -> None:
    app = SeedreadApp([Path(url)], settings=Settings(glyphs="unicode"))
    async with app.run_test(size=(100, 30)) as pilot:
        running = Running(app, pilot)
        await running.started()
        assert running.results.total == 12
        await running.until(lambda: "1 indexer, newest" in "\n".join(running.shown()))
        await running.type("grain")
        await running.press("enter")
        assert running.results.total == 12
        await running.press("enter")
        assert "grain deal" in running.article.text
        assert {mention.text for mention in running.article.mentions} >= {"Anna Roe", "Turkey"}
        await running.press("i")
        await running.until(lambda: "is with the indexer one" in "\n".join(running.shown()))
        await running.press("escape")
        await running.press("B")  # starred, on this machine
        await running.press("escape", "e")
        assert "Anna Roe" in "\n".join(running.shown())
        await running.press("escape", "R")
        await running.settle()
    with SharedArchive.at(url) as again:
        assert len(again.library().starred()) == 1


async def test_the_app_says_when_the_server_is_gone() -> None:
    app = SeedreadApp([Path("opensearch+http://127.0.0.1:9/none")], settings=Settings(glyphs="unicode"))
    async with app.run_test(size=(100, 30)) as pilot:
        running = Running(app, pilot)
        await running.until(lambda: "refuses the connection" in "\n".join(running.shown()))
