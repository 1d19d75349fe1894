"""What a failed request means, in words: what is in the way, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from seedread_index.model.errors import ArchiveError
from seedread_index.server_address import ServerAddress
from seedread_index.text.sanitize import clean_line

LONGEST_REASON = 300
"""Characters of what a server gives as its reason."""


class ServerError(ArchiveError):
    """A server that cannot be asked, or refuses; `status` is its answer's, 0 where there was none."""

    def __init__(self, message: str, hint: str, status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


@contextmanager
def translated(address: ServerAddress, user: str | None) -> Iterator[None]:
    """Raise what goes wrong with a request to a server, asked as a user, as ServerError."""
    from opensearchpy import exceptions

    try:
        yield
    except exceptions.SSLError as error:
        raise _untrusted(error, address) from None
    except exceptions.ConnectionTimeout:
        raise ServerError(
            f"{address.shown_hosts} takes too long to answer",
            "try again; run seedread doctor to check the server",
        ) from None
    except exceptions.ConnectionError as error:
        raise _unreachable(error, address) from None
    except exceptions.TransportError as error:
        raise _refused(error, address, user) from None
    except (exceptions.SerializationError, UnicodeError):
        raise ServerError(
            f"unexpected answer from {address.shown_hosts}",
            "is this the address of an OpenSearch server?",
        ) from None


def _unreachable(error: Exception, address: ServerAddress) -> ServerError:
    """Why no connection was made, or why it ended."""
    said = str(error)
    if "CERTIFICATE_VERIFY" in said or "certificate" in said.lower():
        return _untrusted(error, address)
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
        why, hint = "closed the connection without answering", "try again"
    else:
        why, hint = "cannot be reached", "check the network and the address; seedread doctor checks both"
    return ServerError(f"{address.shown_hosts} {why}", hint)


def _untrusted(error: Exception, address: ServerAddress) -> ServerError:
    """Why a certificate was not accepted."""
    said = str(error)
    settings = f'set ca_file to the certificate of your CA: [servers."{address.hosts[0][0]}"] in the settings'
    if "expired" in said:
        why, hint = "its certificate has expired", "ask the server's administrator to renew it"
    elif "doesn't match" in said or "mismatch" in said or "not valid for" in said:
        why, hint = "its certificate is for another host", "write the host as in the certificate"
    elif "self-signed" in said or "self signed" in said or "unable to get" in said:
        why, hint = "its certificate is signed by an unknown CA", settings
    else:
        why, hint = "its certificate is not valid", settings
    return ServerError(f"{address.shown_hosts} is not trusted: {why}", hint)


def _refused(error: Any, address: ServerAddress, user: str | None) -> ServerError:
    """What the server said, by the status of its answer."""
    status = error.status_code if isinstance(error.status_code, int) else 0
    if status == 401:
        who = f"rejects the password of {user}" if user else "requires a user and a password"
        hint = f'see the settings: [servers."{address.hosts[0][0]}"] user and password_command'
        return ServerError(f"{address.shown_hosts} {who}", hint, status)
    if status == 403:
        who = user or "everyone"
        return ServerError(
            f"{address.shown_hosts} denies access to {who}",
            f"readers need read access to {address.name}-*, indexers write access",
            status,
        )
    if status == 404:
        return ServerError(
            f"no such archive: {address.name} on {address.shown_hosts}",
            "check the name, or publish one: seedread index -C PATH --publish URL --label NAME",
            status,
        )
    if status == 429:
        return ServerError(f"{address.shown_hosts} is overloaded", "try again later", status)
    if status >= 500:
        return ServerError(
            f"{address.shown_hosts} fails ({status})",
            "try again; run seedread doctor to check the server",
            status,
        )
    said = clean_line(f"{error.error} {_reason(error.info)}")[:LONGEST_REASON]
    return ServerError(
        f"{address.shown_hosts} refuses a request ({status} {said})", "see seedread doctor", status
    )


def _reason(info: object) -> str:
    """What the server gives as the reason of an error."""
    error = info.get("error") if isinstance(info, dict) else None
    causes = error.get("root_cause") if isinstance(error, dict) else None
    return str(causes[0].get("reason", "")) if causes else ""
