"""What is said when a server cannot be asked: each failure by name, no secret in it, TLS always checked."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.archive_reader import ArchiveReader
from seedread_index.engines.opensearch.articles import ServerArticles
from seedread_index.engines.opensearch.entities.mentions import ServerMentions
from seedread_index.engines.opensearch.transport.access import Access, access_of
from seedread_index.engines.opensearch.transport.connection import Connection
from seedread_index.engines.opensearch.transport.refusals import ServerError
from seedread_index.model.engine_settings import ServerSettings
from seedread_index.model.errors import ArchiveError, archive_options
from seedread_index.server_address import ServerAddress, is_address
from seedread_index.shared_archive import SharedArchive, open_archive, publish
from seedread_index.sync.shared.shared_corrections import shared

SECRET = "open-sesame-7"
Serve = Callable[..., int]


_AUTHORITY = """[ca]
default_ca = here
[here]
database = {folder}/index.txt
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = any
[any]
commonName = supplied
"""


class Server(ThreadingHTTPServer):
    """Answers every request with one status, or cuts the connection; keeps what it was sent."""

    daemon_threads = True

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body = status, body
        self.authorisations: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        self.server.authorisations.append(self.headers.get("Authorization", ""))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.server.status:
            self.connection.close()
            return
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_HEAD = _answer

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """A function that starts a server, with TLS where a certificate is given."""
    running: list[Server] = []

    def start(status: int, body: bytes = b"{}", certificate: Path | None = None) -> Server:
        server = Server(status, body)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, certificate.with_suffix(".key"))
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return server

    yield start
    for each in running:
        each.shutdown()
        each.server_close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that makes a certificate for a host, which is its own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificates")

    def make(host: str, first: str = "20250101000000Z", last: str = "20450101000000Z") -> Path:
        made = folder / f"{host}{last}.pem"
        asked, names = made.with_suffix(".csr"), folder / "names.txt"
        names.write_text(f"subjectAltName=DNS:{host}\n")
        for name in ("index.txt", "index.txt.attr"):
            (folder / name).write_text("")
        (folder / "serial").write_text("01\n")
        (folder / "ca.cnf").write_text(_AUTHORITY.format(folder=folder))
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        key = ("-keyout", str(made.with_suffix(".key")))
        for command in (
            ("req", "-new", *curve, *key, "-subj", f"/CN={host}", "-out", str(asked)),
            (
                *(
                    "ca",
                    "-batch",
                    "-notext",
                    "-config",
                    str(folder / "ca.cnf"),
                    "-selfsign",
                    "-in",
                    str(asked),
                ),
                *("-keyfile", str(made.with_suffix(".key")), "-extfile", str(names), "-out", str(made)),
                *("-startdate", first, "-enddate", last),
            ),
        ):
            subprocess.run(["openssl", *command], check=True, capture_output=True)
        return made

    return make


def asked(
    server: Server, *, secure: bool = False, access: Access | None = None, host: str = "127.0.0.1"
) -> Connection:
    """A connection to a server of this module."""
    scheme = "opensearch+https" if secure else "opensearch+http"
    return Connection(
        ServerAddress.parse(f"{scheme}://{host}:{server.server_address[1]}/wire"), access or Access()
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "rejects the password of reader"),
        (403, "denies access to reader"),
        (404, "no such archive: wire"),
        (429, "is overloaded"),
        (500, "fails (500)"),
        (400, "refuses a request (400"),
        (0, "closed the connection without answering"),
    ],
)
def test_what_a_server_refuses_is_said_without_the_password(
    serve: Callable[..., Server], status: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    server = serve(status)
    connection = asked(server, access=Access("reader", SECRET))
    with pytest.raises(ServerError) as caught:
        connection.ask("GET", "/wire-articles/_mapping")
    connection.close()
    assert said in caught.value.message
    assert caught.value.hint
    assert any(each.startswith("Basic ") for each in server.authorisations)
    shown = "".join(
        (repr(caught.value), caught.value.hint, repr(caught.value.__cause__), *capfd.readouterr())
    )
    assert SECRET not in shown
    assert SECRET not in repr(Access("reader", SECRET))


def test_nothing_there_and_no_such_host_are_said(serve: Callable[..., Server]) -> None:
    server = serve(200)
    connection = asked(server)
    server.shutdown()
    server.server_close()
    with pytest.raises(ServerError, match="refuses the connection"):
        connection.ask("GET", "/")
    away = Connection(ServerAddress.parse("opensearch+https://no-such-host.invalid/wire"))
    with pytest.raises(ServerError, match="is an unknown host"):
        away.ask("GET", "/")


def _publish(folder: Path, address: str) -> None:
    folder.joinpath("a.txt").write_text("Grain talks\n\nAnna Roe met the board of the mill in Ankara.\n")
    with Archive.open(folder) as archive:
        publish(archive, address, "wire-1")


def _link(_folder: Path, address: str) -> None:
    SharedArchive.at(address).link()


@pytest.mark.parametrize("send", [_publish, _link])
def test_an_indexer_does_not_wait_for_a_server_that_is_not_there(
    serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, send: Callable[..., object]
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("it waits"))
    server = serve(200)
    address = f"opensearch+http://127.0.0.1:{server.server_address[1]}/wire"
    server.shutdown()
    server.server_close()
    with pytest.raises(ServerError, match="refuses the connection"):
        send(tmp_path, address)


@pytest.mark.parametrize(("status", "there"), [(401, False), (403, True), (429, True), (503, True)])
def test_a_server_that_is_there_is_reached(serve: Callable[..., Server], status: int, there: bool) -> None:
    connection = asked(serve(status))
    if there:
        connection.reach()
    else:
        with pytest.raises(ServerError, match="requires a user"):
            connection.reach()


def test_a_slow_server_is_not_waited_for_without_end() -> None:
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        connection = Connection(ServerAddress.parse(f"opensearch+http://127.0.0.1:{port}/wire"))
        with pytest.raises(ServerError, match="takes too long to answer"):
            connection.ask("GET", "/", timeout=0.05)


def test_what_is_no_server_of_this_kind_is_said(serve: Callable[..., Server]) -> None:
    with pytest.raises(ServerError, match="unexpected answer from"):
        asked(serve(200, b"<html>")).ask("GET", "/")
    plain = asked(serve(200), secure=True)
    with pytest.raises(ServerError, match=r"does not speak TLS there|not trusted"):
        plain.ask("GET", "/")


def test_a_certificate_of_a_named_authority_is_good_and_any_other_is_not(
    serve: Callable[..., Server], certificate: Callable[..., Path]
) -> None:
    good = certificate("localhost")
    server = serve(200, b'{"fine": true}', good)
    named = Access(ca_file=str(good))
    assert asked(server, secure=True, access=named, host="localhost").ask("GET", "/") == {"fine": True}
    with pytest.raises(ServerError, match="unknown CA"):
        asked(server, secure=True, host="localhost").ask("GET", "/")
    with pytest.raises(ServerError, match="for another host"):
        asked(server, secure=True, access=named, host="127.0.0.1").ask("GET", "/")


def test_an_expired_certificate_is_refused(
    serve: Callable[..., Server], certificate: Callable[..., Path]
) -> None:
    old = certificate("localhost", "20240101000000Z", "20240201000000Z")
    server = serve(200, b"{}", old)
    with pytest.raises(ServerError, match="has expired"):
        asked(server, secure=True, access=Access(ca_file=str(old)), host="localhost").ask("GET", "/")


def test_a_file_of_authorities_that_is_none_is_named(tmp_path: Path) -> None:
    address = ServerAddress.parse("opensearch+https://localhost/wire")
    for name in ("missing.pem", "empty.pem"):
        (tmp_path / "empty.pem").write_text("nothing")
        with pytest.raises(ServerError, match=name):
            Connection(address, Access(ca_file=str(tmp_path / name)))


def test_a_password_comes_from_a_command_and_its_failures_tell_nothing_of_it(tmp_path: Path) -> None:
    address = ServerAddress.parse("opensearch+https://a.example,b.example:9201/wire")
    given = ServerSettings("reader", f"printf '{SECRET}\\nmore'", "/ca.pem")
    access = access_of(address, {"b.example": given})
    assert (access.user, access.password, access.ca_file) == ("reader", SECRET, "/ca.pem")
    assert access_of(address, {"other.example": given}) == Access()
    for command, said in (
        (f"sh -c 'echo {SECRET}; exit 3'", "exit status 3"),
        ("true", "printed nothing"),
        (str(tmp_path / "none"), "cannot run"),
        ("'", "cannot run"),
    ):
        with pytest.raises(ArchiveError, match=said) as caught:
            access_of(address, {"a.example": ServerSettings("reader", command)})
        assert SECRET not in repr(caught.value) + caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("opensearch+http://search.example.org/wire", "without TLS"),
        ("opensearch+http://127.0.0.1,10.0.0.1/wire", "without TLS"),
        (f"opensearch+https://reader:{SECRET}@a.example/wire", "cannot contain a user name or password"),
        ("opensearch+https://a.example", "names no archive"),
        ("opensearch+https://a.example/Wire", "'Wire'"),
        ("opensearch+https://a.example/wire/more", "'wire/more'"),
        ("opensearch+https://a.example:99999/wire", "not a host and port"),
        ("opensearch+https:///wire", "no archive|no address"),
    ],
)
def test_addresses_that_are_none_or_not_safe_are_refused(text: str, said: str) -> None:
    assert is_address(text)
    with pytest.raises(ArchiveError, match=said) as caught:
        ServerAddress.parse(text)
    assert SECRET not in repr(caught.value) + caught.value.hint


def test_addresses_are_read_with_one_slash_too_as_paths_are() -> None:
    address = ServerAddress.parse("opensearch+https://A.example:9201,[::1]/wire-2/")
    assert address.hosts == (("a.example", 9201), ("[::1]", 9200))
    assert str(address) == "opensearch+https://a.example:9201,[::1]:9200/wire-2"
    assert ServerAddress.parse(str(Path(str(address)))) == address
    assert archive_options([Path(str(address))]) == f" -C '{address}'"
    assert not is_address("opensearch") and not is_address("/news/opensearch+https")


def test_an_archive_on_a_server_is_opened_without_asking_it_and_stands_alone() -> None:
    archive = open_archive([Path("opensearch+https://a.example/wire")])
    assert isinstance(archive, SharedArchive)
    assert str(archive.address) == "opensearch+https://a.example:9200/wire"
    archive.close()
    with pytest.raises(ArchiveError, match="combined with others"):
        open_archive([Path("opensearch+https://a.example/wire"), Path()])


def test_what_reads_an_archive_asks_of_a_server_what_it_gives() -> None:
    """The reading half of an archive asks its catalogue and its mentions by these names."""
    source = inspect.getsource(ArchiveReader) + inspect.getsource(Archive)
    methods = re.split(r"\n    def ", source)[1:]
    own = {name for name in vars(SharedArchive) if not name.startswith("__")}
    asked = {"catalogue": ServerArticles, "mentions": ServerMentions}
    seen = 0
    for method in methods:
        if method.partition("(")[0] in own:
            continue
        for kind, name in re.findall(r"\b(catalogue|mentions)\.(\w+)\(", method):
            assert hasattr(asked[kind], name), (method.partition("(")[0], kind, name)
            seen += 1
    assert seen > 5


def test_damaged_corrections_on_a_server_are_named_and_the_others_are_read(
    serve: Callable[..., Server],
) -> None:
    good = {"by": "ann", "at": "2026-01-02", "place": 0, "correction": {"do": "hide", "name": "Rome"}}
    kept: tuple[dict[str, object], ...] = (
        {},
        {**good, "correction": "hide"},
        {**good, "place": None},
        {**good, "correction": {"do": "rm"}},
    )
    hits = [{"_id": str(number), "_source": each} for number, each in enumerate((*kept, good))]
    server = serve(200, json.dumps({"hits": {"total": {"value": len(hits)}, "hits": hits}}).encode())
    found, problems = shared(asked(server))
    assert [str(each) for each in found] == ["hid Rome"]
    whose = [each.partition(":")[0] for each in problems]
    assert whose == [*["a correction that ann shared"] * 2, "a correction that somebody shared"]
