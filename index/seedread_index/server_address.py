"""The address of a shared archive: opensearch+https://host[:port][,host…]/name."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from seedread_index.model.errors import ArchiveError

SCHEMES = ("opensearch+https", "opensearch+http")
_FORM = "write opensearch+https://HOST/NAME, such as opensearch+https://search.example.org/wire"
_PORT = 9200
_NAME = re.compile(r"[a-z0-9][a-z0-9_\-]{0,99}")
_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")


def is_address(text: str) -> bool:
    """Whether a text is the address of a shared archive, not a folder."""
    return text.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES))


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where an archive is: the hosts of one cluster with their ports, and its name there."""

    secure: bool
    hosts: tuple[tuple[str, int], ...]
    name: str

    @classmethod
    def parse(cls, text: str) -> ServerAddress:
        """Parse an address.

        Raises ArchiveError for text that is not an address, for a user or password in it, and for another
        machine without TLS.
        """
        scheme, _, rest = text.partition(":")
        places, slash, name = rest.strip("/").partition("/")  # a path has one slash for the two
        if scheme.lower() not in SCHEMES or not places:
            raise ArchiveError("not the address of a shared archive", _FORM)
        if "@" in places:
            raise ArchiveError(
                "an address cannot contain a user name or password",
                "remove them, and put them in the table [servers] of the settings",
            )
        if not slash or not _NAME.fullmatch(name):
            raise ArchiveError(
                f"not the name of a shared archive: {name!r}" if name else "the address names no archive",
                f"a name has lower-case letters, digits, - and _; {_FORM}",
            )
        made = cls(scheme.lower() == SCHEMES[0], tuple(map(_place, places.split(","))), name)
        if not made.secure:
            for host, _ in made.hosts:
                if not _is_loopback(host):
                    raise ArchiveError(
                        f"{host} is another machine: without TLS, others could read and change everything",
                        "write opensearch+https://; opensearch+http:// is for this machine only (127.0.0.1)",
                    )
        return made

    def __str__(self) -> str:
        scheme = SCHEMES[0] if self.secure else SCHEMES[1]
        return f"{scheme}://{self.shown_hosts}/{self.name}"

    @property
    def shown_hosts(self) -> str:
        """The hosts as written in the address."""
        return ",".join(f"{host}:{port}" for host, port in self.hosts)


def _place(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    if not colon:
        host, port = text, str(_PORT)
    number = int(port) if port.isdecimal() and len(port) < 6 else 0
    if not _HOST.fullmatch(host) or not 0 < number < 65536:
        raise ArchiveError(f"{text!r} is not a host and port", _FORM)
    return host.lower(), number


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
