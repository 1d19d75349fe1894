"""Asks a server."""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from seedread_index.engines.opensearch.transport.access import Access
from seedread_index.engines.opensearch.transport.refusals import LONGEST_REASON, ServerError, translated
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
"""Times that an indexer asks a server that is overloaded, each after a wait twice as long."""
_FIRST_WAIT = 0.5
_BUSY = (429, 503)
_GOOD, _UNKNOWN_USER, _MISSING, _CONFLICT = 300, 401, 404, 409
_TOLD = "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*._id"


def require() -> None:
    """Raise ArchiveError where opensearch-py is not installed."""
    if find_spec("opensearchpy") is None:
        raise ArchiveError("shared archives need the extra server", install_command("server"))


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
            self.refused.append(said[:LONGEST_REASON])


class Connection:
    """A server's cluster; from any thread. Every method raises ServerError."""

    def __init__(self, address: ServerAddress, access: Access | None = None) -> None:
        require()
        self.address = address
        self._access = access or Access()
        self._client = _client(address, self._access)

    def close(self) -> None:
        """Close what is open to the server."""
        self._client.close()

    def reach(self) -> None:
        """Ask the server once, so that one that is not there is not waited for. Raises ServerError.

        A server that is overloaded is there; so is one that keeps its name from this user.
        """
        try:
            self.ask("GET", "/")
        except ServerError as error:
            if error.status in (0, _UNKNOWN_USER):
                raise

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
            with translated(self.address, self._access.user):
                return self._client.transport.perform_request(method, path, params=asked, body=body)
        except ServerError as error:
            if error.status == _MISSING and missing is not None:
                return missing
            raise

    def patiently(
        self, method: str, path: str, body: Any = None, params: dict[str, Any] | None = None
    ) -> Any:
        """What the server answers, asked again and again while it is overloaded; for indexers."""
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

    def bulk(self, index: str, actions: Iterable[Action], *, refresh: bool = False) -> Outcome:
        """Have documents put or deleted; those that the server is overloaded for are sent again.

        With `refresh` searches find them as soon as this returns.
        """
        params = {"filter_path": _TOLD, **({"refresh": "true"} if refresh else {})}
        left = list(actions)
        outcome = Outcome()
        wait = _FIRST_WAIT
        for tries in range(_TRIES, 0, -1):
            if not left:
                break
            lines = "".join(f"{json.dumps(line)}\n" for action in left for line in action if line is not None)
            answer = self.patiently("POST", f"/{index}/_bulk", lines, params)
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
            why = getattr(error, "strerror", None) or "it contains no certificates"
            raise ServerError(
                f"cannot use ca_file {access.ca_file}: {why}",
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
