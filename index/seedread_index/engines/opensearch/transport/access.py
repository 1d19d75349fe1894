"""Credentials for a server, from the settings; the password comes from a command and is stored nowhere."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from seedread_index.model.engine_settings import ServerSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.server_address import ServerAddress

_PATIENCE = 60.0
_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class Access:
    """How to log in to a server: the user, the password, and a file of the CA certificates to trust.

    `ca_file` is None for the certificates of the system. `repr` leaves the password out.
    """

    user: str | None = None
    password: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return f"Access(user={self.user!r}, ca_file={self.ca_file!r})"


def access_of(address: ServerAddress, servers: Mapping[str, ServerSettings]) -> Access:
    """How to log in to a server, by its first host that the settings know. Raises ArchiveError."""
    known = next((servers[host] for host, _ in address.hosts if host in servers), None)
    if known is None:
        return Access()
    password = _password(known.password_command) if known.password_command else None
    return Access(known.user or None, password, known.ca_file or None)


def _password(command: str) -> str:
    """The first line that a command prints; its output is never shown, not even in errors."""
    hint = "check password_command in the settings, in the table [servers]"
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
    except (OSError, ValueError, IndexError) as error:
        why = getattr(error, "strerror", None) or "it cannot be read"
        raise ArchiveError(f"cannot run password_command: {why}", hint) from None
    except subprocess.TimeoutExpired:
        raise ArchiveError(f"password_command took more than {_PATIENCE:.0f} s", hint) from None
    if done.returncode:
        raise ArchiveError(f"password_command failed (exit status {done.returncode})", hint)
    first = done.stdout[:_LONGEST].decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if not first:
        raise ArchiveError("password_command printed nothing", hint)
    return first
