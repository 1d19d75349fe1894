"""EPUB books: the chapters in reading order, read in memory and never unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, broken, empty, not_installed
from seedread_index.extract.formats.plain_html import text_of
from seedread_index.extract.segmentation.dates import metadata_date

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_LARGEST_PART = 16 << 20
_BOMB_RATIO = 250
_MOST_PARTS = 3000
_DC = "{http://purl.org/dc/elements/1.1/}"


class _Refused(Exception):
    """A book that is not read, with the reason as its message."""


def read_book(data: bytes, limit: int) -> Found:
    """Read an EPUB of at most `limit` bytes of chapters."""
    if not data:
        return broken("is empty where an EPUB should be")
    try:
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
    except ImportError:
        return not_installed("reading EPUB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(_Book(archive, limit))
    except _Refused as refused:
        return broken(str(refused))
    except (*HOSTILE, zipfile.BadZipFile, zipfile.LargeZipFile, etree.LxmlError) as error:
        return broken(f"is a damaged EPUB ({type(error).__name__}); fetch it again")


class _Book:
    """The members of a book, read one by one within bounds."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self._archive = archive
        self._left = limit

    def member(self, name: str) -> bytes:
        """The content of a member; raises _Refused for a bomb, KeyError for one that is not there."""
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise _Refused("is encrypted; save a copy without protection")
        most = min(self._left, _LARGEST_PART)
        with self._archive.open(entry) as file:
            content = file.read(most + 1)
        packed = max(entry.compress_size, 1)
        if len(content) > most or (len(content) > 1 << 20 and len(content) > _BOMB_RATIO * packed):
            raise _Refused("has a chapter that inflates beyond all measure; it is not read")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element:
        """A member as XML, without entities, external files or a network."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = etree.fromstring(self.member(name), parser)
        if root is None:
            raise _Refused(f"has a damaged {name}")
        return root


def _read(book: _Book) -> Found:
    try:
        container = book.xml("META-INF/container.xml")
    except KeyError:
        raise _Refused("is a zip file but no EPUB: it has no container.xml") from None
    path = next((el.get("full-path") for el in container.iter() if _local(el) == "rootfile"), None)
    try:
        package = book.xml(path or "")
    except KeyError:
        raise _Refused("is an EPUB whose contents file is missing") from None
    folder = posixpath.dirname(path or "")
    items = {el.get("id"): el for el in package.iter() if _local(el) == "item"}
    chapters: list[str] = []
    missing = 0
    spine = [el.get("idref") for el in package.iter() if _local(el) == "itemref"][:_MOST_PARTS]
    for item in (items[idref] for idref in spine if idref in items):
        if "html" not in (item.get("media-type") or "html"):
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        try:
            decoded = decode(book.member(name))
        except KeyError:
            missing += 1
            continue
        chapters.append(text_of(_without_entities(decoded.text)) if decoded else "")
    text = "\n\n".join(chapter for chapter in chapters if chapter)
    if not text:
        return (
            broken("is an EPUB without its chapters")
            if missing
            else empty("is an EPUB without text; nothing to do")
        )
    draft = Draft(
        text,
        title=_dc(package, "title"),
        date=metadata_date(_dc(package, "date")),
        author=_dc(package, "creator"),
        source=_dc(package, "publisher"),
        lang=_dc(package, "language"),
    )
    return (
        broken(f"lacks {missing} of its chapters; the others are read", draft) if missing else Found((draft,))
    )


def _without_entities(markup: str) -> str:
    """A chapter without a DTD of its own."""
    return re.sub(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?[^>]*>", "", markup, count=1, flags=re.IGNORECASE)


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _dc(package: _Element, name: str) -> str | None:
    found = package.find(f".//{_DC}{name}")
    return " ".join(found.itertext()).strip() or None if found is not None else None
