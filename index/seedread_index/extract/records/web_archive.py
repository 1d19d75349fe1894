"""Web archives (WARC, ARC, WET): every page of text or HTML that was fetched is an article."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, broken, empty, not_installed
from seedread_index.extract.reasons import Told, Where
from seedread_index.extract.records.values import address_of, host_of
from seedread_index.extract.web.page import read_markup

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]  # warcio has no types

_TYPES = ("response", "resource", "conversion")
_LARGEST_PAGE = 16 << 20
_MOST_RECORDS = 1_000_000
_FOUND = "200"


def read_web_archive(data: bytes, limit: int) -> Found:
    """Read at most `limit` bytes of an archive's pages; the last record of an address counts."""
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # no types
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # no types
    except ImportError:
        return not_installed("reading web archives")
    drafts: dict[str, Draft] = {}
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            damage = _read(ArchiveIterator(io.BytesIO(data), arc2warc=True), limit, drafts)
    except (*HOSTILE, ArchiveLoadFailed) as error:
        damage = f"is a damaged web archive ({type(error).__name__}); the pages before that are read"
    if damage:
        return broken(damage, *drafts.values())
    return Found(tuple(drafts.values())) if drafts else empty("is a web archive without pages; nothing to do")


def _read(records: Iterable[ArcWarcRecord], limit: int, drafts: dict[str, Draft]) -> str:
    """Take the pages of an archive into `drafts`, by address; why it was not read to its end."""
    left = limit
    for number, record in enumerate(records):
        if number >= _MOST_RECORDS or left <= 0:
            return "is a web archive larger than max_inflated_size; the pages before that are read"
        for page, size in _page(record, min(left, _LARGEST_PAGE)):
            left -= size
            drafts[page.part or ""] = page
    return ""


def _page(record: ArcWarcRecord, most: int) -> Iterator[tuple[Draft, int]]:
    """The article of a record, with the bytes that it took."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    kind = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    if record.rec_type not in _TYPES or address.startswith(("dns:", "metadata:", "urn:")):
        return
    if http is not None and record.rec_type == "response" and http.get_statuscode() != _FOUND:
        return
    kind = kind.lower()
    if not ("html" in kind or kind.startswith("text/plain")) or address.endswith("/robots.txt"):
        return
    content: bytes = record.content_stream().read(most)
    if found := _draft(content, kind, address):
        yield found, len(content)


def _draft(content: bytes, kind: str, address: str) -> Draft | None:
    charset = kind.partition("charset=")[2].strip(" \"';") or None
    decoded = decode(content, declared=charset)
    if decoded is None or not decoded.text.strip():
        return None
    found = Draft(decoded.text)
    if "html" in kind:
        drafts = tuple(read_markup(decoded.text).drafts)
        if not drafts:
            return None
        found = drafts[0]
    url = address_of(address)
    told = (*found.told, Told("url", Where.HEADER, "WARC-Target-URI"), Told("source", Where.HOST))
    source = found.source or host_of(url)
    return replace(found, part=address, part_id=address, url=url, source=source, told=told)
