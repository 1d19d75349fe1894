"""Through a proxy in front of real nodes: TLS with an authority of one's own, and links that are cut."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings, ServerSettings
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import SearchRequest
from seedread_index.shared_archive import SharedArchive, publish

from ..index.test_server_connection import certificate as certificate  # noqa: PLC0414 - a fixture
from .nodes import Cluster
from .shared import emptied, written


class Proxy:
    """Speaks TLS on a port of its own and hands everything on to a node; can cut what is open."""

    def __init__(self, port: int, made: Path) -> None:
        self._node = port
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(made, made.with_suffix(".key"))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._hand_on, args=(client,), daemon=True).start()

    def _hand_on(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            secured = self._context.wrap_socket(client, server_side=True)
            node = socket.create_connection(("127.0.0.1", self._node))
            self._open += [secured, node]
            threading.Thread(target=_pump, args=(secured, node), daemon=True).start()
            _pump(node, secured)

    def cut(self) -> None:
        """Cut all that is open."""
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def close(self) -> None:
        """Listen no longer, and cut."""
        self._listening.close()
        self.cut()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)


@pytest.fixture(scope="module")
def proxy(cluster: Cluster, certificate: Callable[..., Path]) -> Iterator[tuple[Proxy, Path]]:
    """A proxy before the first node, and the file of its authority."""
    made = certificate("localhost")
    running = Proxy(cluster.nodes[0].http, made)
    yield running, made
    running.close()


def test_an_archive_is_published_and_read_over_tls_and_a_cut_link_is_mended(
    cluster: Cluster, proxy: tuple[Proxy, Path], tmp_path: Path
) -> None:
    emptied(cluster, "secured")
    before, authority = proxy
    url = f"opensearch+https://localhost:{before.port}/secured"
    entered = {"localhost": ServerSettings("reader", "echo sesame", str(authority))}
    settings = EngineSettings(servers=entered)
    written(tmp_path / "news", range(30))
    opened = Archive.open(tmp_path / "news", settings, cache_root=tmp_path / "c", data_root=tmp_path / "d")
    with opened as archive:
        archive.sync()
        assert publish(archive, url, "one").put == 30
    with SharedArchive.at(url, settings) as reader:
        assert reader.search(SearchRequest("deal", group=False)).total == 30
        for _ in range(3):
            before.cut()
            assert reader.search(SearchRequest("deal", group=False)).total == 30
    with SharedArchive.at(url) as stranger, pytest.raises(SeedreadError, match="unknown CA"):
        stranger.search("deal")
    elsewhere = SharedArchive.at(
        url.replace("localhost", "127.0.0.1"), EngineSettings(servers={"127.0.0.1": entered["localhost"]})
    )
    with elsewhere, pytest.raises(SeedreadError, match="another host"):
        elsewhere.search("deal")
