"""EPUB books: the chapters in reading order, read in memory and never unpacked to disk."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Draft, Found, broken, empty
from seedread_index.extract.formats.plain_html import text_of
from seedread_index.extract.formats.zipped import Package, Refused, local, read_package
from seedread_index.extract.segmentation.dates import metadata_date

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_LARGEST_PART = 16 << 20
_MOST_PARTS = 3000
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_book(data: bytes, limit: int) -> Found:
    """Read an EPUB of at most `limit` bytes of chapters."""
    if not data:
        return broken("is empty where an EPUB should be")
    return read_package(data, limit, "EPUB", _read, largest=_LARGEST_PART, part="chapter")


def _read(book: Package) -> Found:
    try:
        container = book.xml("META-INF/container.xml")
    except KeyError:
        raise Refused("is a zip file but no EPUB: it has no container.xml") from None
    path = next((el.get("full-path") for el in container.iter() if local(el) == "rootfile"), None)
    try:
        package = book.xml(path or "")
    except KeyError:
        raise Refused("is an EPUB whose contents file is missing") from None
    folder = posixpath.dirname(path or "")
    items = {el.get("id"): el for el in package.iter() if local(el) == "item"}
    chapters: list[str] = []
    missing = 0
    spine = [el.get("idref") for el in package.iter() if local(el) == "itemref"][:_MOST_PARTS]
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


def _dc(package: _Element, name: str) -> str | None:
    found = package.find(f".//{_DC}{name}")
    return " ".join(found.itertext()).strip() or None if found is not None else None
