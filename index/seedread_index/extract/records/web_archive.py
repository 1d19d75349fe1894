"""Web archives (WARC, ARC, WET): every page of text or HTML that was fetched is an article."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, broken, empty, not_installed
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.values import address_of, host_of
from seedread_index.extract.web.page import read_markup

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]  # warcio has no types

_TYPES = ("response", "resource", "conversion")
_LARGEST_PAGE = 16 << 20
_MOST_RECORDS = 1_000_000
_FOUND = "200"


def read_web_archive(source: Source, limit: int) -> Drafts:
    """Read at most `limit` bytes of an archive's pages, one after the other.

    An address is what identifies a page: the last record of it takes the place of those before it.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # no types
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # no types
    except ImportError:
        return not_installed("reading web archives")
    damage, pages = "", 0
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    try:
        archive = _Pages(ArchiveIterator(source.stream(), arc2warc=True), limit)
        for pages, page in enumerate(archive, 1):  # noqa: B007  # counted
            yield page
        damage = archive.damage
    except (*HOSTILE, ArchiveLoadFailed) as error:
        damage = f"is a damaged web archive ({type(error).__name__}); the pages before that are read"
    if damage:
        return broken(damage)
    return Found() if pages else empty("is a web archive without pages; nothing to do")


class _Pages:
    """The pages of an archive; `damage` says why it was not read to its end."""

    def __init__(self, records: Iterable[ArcWarcRecord], limit: int) -> None:
        self._records = records
        self._left = limit
        self.damage = ""

    def __iter__(self) -> Iterator[Draft]:
        records = iter(self._records)
        for number in itertools.count():
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
                if record is None:
                    return
                if number >= _MOST_RECORDS or self._left <= 0:
                    self.damage = (
                        "is a web archive larger than max_inflated_size; the pages before that are read"
                    )
                    return
                pages = list(_page(record, min(self._left, _LARGEST_PAGE)))
            for page, size in pages:
                self._left -= size
                yield page


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
    provenance = (
        *found.provenance,
        FieldPlace("url", Where.HEADER, "WARC-Target-URI"),
        FieldPlace("source", Where.HOST),
    )
    source = found.source or host_of(url)
    return replace(found, part=address, part_id=address, url=url, source=source, provenance=provenance)
