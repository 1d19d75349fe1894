"""Documents that are zip files of XML, read member by member within bounds and never unpacked to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from seedread_index.extract.draft import HOSTILE, Found, broken, not_installed

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_BOMB_RATIO = 250


class Refused(Exception):
    """A document that is not read, with the reason as its message."""


class Package:
    """The members of a zip file, at most so many bytes of them; one alone is at most `largest`."""

    def __init__(self, archive: zipfile.ZipFile, limit: int, largest: int, part: str) -> None:
        self._archive = archive
        self._left = limit
        self._largest = largest
        self._part = part
        self.names = frozenset(archive.namelist())

    def member(self, name: str) -> bytes:
        """The content of a member; raises Refused for a bomb, KeyError for one that is not there."""
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise Refused("is encrypted; save a copy without protection")
        most = min(self._left, self._largest)
        with self._archive.open(entry) as file:
            content = file.read(most + 1)
        packed = max(entry.compress_size, 1)
        if len(content) > most or (len(content) > 1 << 20 and len(content) > _BOMB_RATIO * packed):
            raise Refused(f"has a {self._part} that inflates beyond all measure; it is not read")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element:
        """A member as XML, without entities, external files or a network."""
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = etree.fromstring(self.member(name), parser)
        if root is None:
            raise Refused(f"has a damaged {name}")
        return root


def read_package(
    data: bytes, limit: int, kind: str, read: Callable[[Package], Found], *, largest: int, part: str
) -> Found:
    """Read a zipped document with `read`; `kind` and `part` name it and its members in what is reported."""
    try:
        from lxml import etree
    except ImportError:
        return not_installed(f"reading {kind}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read(Package(archive, limit, largest, part))
    except Refused as refused:
        return broken(str(refused))
    except (*HOSTILE, zipfile.BadZipFile, zipfile.LargeZipFile, etree.LxmlError) as error:
        return broken(f"is a damaged {kind} ({type(error).__name__}); fetch it again")


def local(element: _Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
