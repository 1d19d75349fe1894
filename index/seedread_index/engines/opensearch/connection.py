"""Asks a server, and puts into words what it refuses and what is in the way."""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from seedread_index.model.errors import ArchiveError
from seedread_index.model.installation import install_command
from seedread_index.server_address import ServerAddress
from seedread_index.text.sanitize import clean_line

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

TIMEOUT = 20.0
"""Seconds for a server to answer a reader."""
LONG = 120.0
"""Seconds for what an indexer asks."""
_TRIES = 8
"""Times that an indexer asks a server that has too much to do, each after a wait twice as long."""
_FIRST_WAIT = 0.5
_BUSY = (429, 503)
_GOOD, _MISSING, _CONFLICT = 300, 404, 409
_TOLD = "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*._id"
_LONGEST_REASON = 300


class ServerError(ArchiveError):
    """A server that cannot be asked, or refuses; `status` is its answer's, 0 where there was none."""

    def __init__(self, message: str, hint: str, status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is entered: who, with what, and the file of authorities whose certificates are good.

    `ca_file` is None for those of the system. The password is shown nowhere.
    """

    user: str | None = None
    password: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return f"Access(user={self.user!r}, ca_file={self.ca_file!r})"


def require() -> None:
    """Raise ArchiveError where opensearch-py is not installed."""
    if find_spec("opensearchpy") is None:
        raise ArchiveError("archives on a server need the extra server", install_command("server"))


Action = tuple[dict[str, Any], dict[str, Any] | None]
"""A line of a bulk request, such as {"index": {"_id": …}}, and its document; None where it has none."""


@dataclass(slots=True)
class Outcome:
    """What became of a bulk request: why some documents were refused, in words, and the ids of those that
    were to be made and were there."""

    refused: list[str] = field(default_factory=list)
    there: set[str] = field(default_factory=set)

    def note(self, action: Action, result: dict[str, Any]) -> None:
        """Take note of what the server said of an action; what was to be deleted and is not there is well."""
        status = result["status"]
        if status == _CONFLICT and "create" in action[0]:
            self.there.add(result["_id"])
        elif status >= _GOOD and not (status == _MISSING and action[1] is None):
            why = result.get("error") or {}
            said = clean_line(f"{why.get('type', '')}: {why.get('reason', '')}")
            self.refused.append(said[:_LONGEST_REASON])


class Connection:
    """A server's cluster; from any thread. Every method raises ServerError."""

    def __init__(self, address: ServerAddress, access: Access = Access()) -> None:
        require()
        self.address = address
        self._access = access
        self._client = _client(address, access)

    def close(self) -> None:
        """Close what is open to the server."""
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: dict[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        missing: Any = None,
    ) -> Any:
        """What the server answers; `missing` where it has no such thing, if that is given."""
        asked = {**(params or {}), "request_timeout": timeout}
        try:
            with self._errors():
                return self._client.transport.perform_request(method, path, params=asked, body=body)
        except ServerError as error:
            if error.status == 404 and missing is not None:
                return missing
            raise

    def patiently(
        self, method: str, path: str, body: Any = None, params: dict[str, Any] | None = None
    ) -> Any:
        """What the server answers, asked again and again while it has too much to do; for indexers."""
        wait = _FIRST_WAIT
        for left in range(_TRIES, 0, -1):
            try:
                return self.ask(method, path, body, params, timeout=LONG)
            except ServerError as error:
                if left == 1 or error.status not in (*_BUSY, 0):
                    raise
            time.sleep(wait)
            wait *= 2
        raise AssertionError("unreachable")

    def bulk(self, index: str, actions: Iterable[Action]) -> Outcome:
        """Have documents put or deleted; those that the server has too much to do for are sent again."""
        left = list(actions)
        outcome = Outcome()
        wait = _FIRST_WAIT
        for tries in range(_TRIES, 0, -1):
            if not left:
                break
            lines = "".join(f"{json.dumps(line)}\n" for action in left for line in action if line is not None)
            answer = self.patiently("POST", f"/{index}/_bulk", lines, {"filter_path": _TOLD})
            if not answer.get("errors"):
                break
            again = []
            for action, item in zip(left, answer["items"], strict=True):
                (result,) = item.values()
                if result["status"] in _BUSY and tries > 1:
                    again.append(action)
                else:
                    outcome.note(action, result)
            left = again
            if left:
                time.sleep(wait)
                wait *= 2
        return outcome

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from opensearchpy import exceptions

        try:
            yield
        except exceptions.SSLError as error:
            raise self._untrusted(error) from None
        except exceptions.ConnectionTimeout:
            raise ServerError(
                f"{self._where} takes too long to answer", "try again; seedread doctor looks at the server"
            ) from None
        except exceptions.ConnectionError as error:
            raise self._unreachable(error) from None
        except exceptions.TransportError as error:
            raise self._refused(error) from None
        except (exceptions.SerializationError, UnicodeError):
            raise ServerError(
                f"what {self._where} answers cannot be read", "is this the address of an OpenSearch server?"
            ) from None

    @property
    def _where(self) -> str:
        return self.address.shown_hosts

    def _unreachable(self, error: Exception) -> ServerError:
        """Why no connection was made, or why it ended."""
        said = str(error)
        if "CERTIFICATE_VERIFY" in said or "certificate" in said.lower():
            return self._untrusted(error)
        if "Connection refused" in said:
            why, hint = "refuses the connection", "is it running, and is the port right?"
        elif "resolve" in said or "Name or service" in said or "getaddrinfo" in said:
            why, hint = "is an unknown host", "check the name in the address"
        elif "SSL" in said or "WRONG_VERSION" in said:
            why, hint = "does not speak TLS there", "check the port and the scheme of the address"
        elif any(
            part in said
            for part in (
                "RemoteDisconnected",
                "reset by peer",
                "BrokenPipe",
                "IncompleteRead",
                "Connection aborted",
            )
        ):
            why, hint = "ended the connection before its answer", "try again"
        else:
            why, hint = "cannot be reached", "check the network and the address; seedread doctor checks both"
        return ServerError(f"{self._where} {why}", hint)

    def _untrusted(self, error: Exception) -> ServerError:
        """Why a certificate was not accepted."""
        said = str(error)
        settings = (
            f'name the file of your authority in the settings: [servers."{self.address.hosts[0][0]}"] ca_file'
        )
        if "expired" in said:
            why, hint = "its certificate has expired", "tell whoever runs the server"
        elif "doesn't match" in said or "mismatch" in said or "not valid for" in said:
            why, hint = "its certificate is for another host", "write the host as in the certificate"
        elif "self-signed" in said or "self signed" in said or "unable to get" in said:
            why, hint = "its certificate is of an unknown authority", settings
        else:
            why, hint = "its certificate is not valid", settings
        return ServerError(f"{self._where} is not trusted: {why}", hint)

    def _refused(self, error: Any) -> ServerError:
        """What the server said, by the status of its answer."""
        status = error.status_code if isinstance(error.status_code, int) else 0
        if status == 401:
            who = (
                f"refuses the password of {self._access.user}"
                if self._access.user
                else "wants a user and a password"
            )
            hint = f'see the settings: [servers."{self.address.hosts[0][0]}"] user and password_command'
            return ServerError(f"{self._where} {who}", hint, status)
        if status == 403:
            who = self._access.user or "everyone"
            return ServerError(
                f"{self._where} does not let {who} do this",
                f"a reader needs the right to read {self.address.name}-*, an indexer to write there",
                status,
            )
        if status == 404:
            return ServerError(
                f"no such archive: {self.address.name} on {self._where}",
                "check the name, or publish one: seedread index -C PATH --publish URL --label NAME",
                status,
            )
        if status == 429:
            return ServerError(f"{self._where} has too much to do", "try again in a while", status)
        if status >= 500:
            return ServerError(
                f"{self._where} fails ({status})", "try again; seedread doctor looks at the server", status
            )
        said = clean_line(f"{error.error} {_reason(error.info)}")[:_LONGEST_REASON]
        return ServerError(
            f"{self._where} refuses a request ({status} {said})", "see seedread doctor", status
        )


def _reason(info: object) -> str:
    """What the server gives as the reason of an error."""
    told = info.get("error") if isinstance(info, dict) else None
    causes = told.get("root_cause") if isinstance(told, dict) else None
    return str(causes[0].get("reason", "")) if causes else ""


def _client(address: ServerAddress, access: Access) -> OpenSearch:
    from opensearchpy import OpenSearch

    for name in ("opensearch", "opensearchpy.trace"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    secured: dict[str, Any] = {}
    if address.secure:
        try:
            context = ssl.create_default_context(cafile=access.ca_file)
        except (OSError, ssl.SSLError) as error:
            why = getattr(error, "strerror", None) or "it holds no certificates"
            raise ServerError(
                f"the file of authorities {access.ca_file} cannot be used: {why}",
                "check ca_file in the settings",
            ) from None
        secured = {"ssl_context": context}
    if access.user:
        secured["http_auth"] = (access.user, access.password or "")
    return OpenSearch(
        hosts=[{"host": host.strip("[]"), "port": port} for host, port in address.hosts],
        scheme="https" if address.secure else "http",
        use_ssl=address.secure,
        http_compress=True,
        retry_on_timeout=len(address.hosts) > 1,
        max_retries=max(2, len(address.hosts)),
        retry_on_status=(502, 504),
        maxsize=4,
        **secured,
    )
