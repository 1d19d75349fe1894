"""Web archives (WARC, ARC, WET, HAR): every page of text or HTML that was fetched is an article."""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import BlocksFile, Source
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
_LARGEST_RECORD = _LARGEST_PAGE + (1 << 16)
_LONGEST_HEADER = 1 << 16
_BETWEEN = 64
"""Bytes that are kept of what is passed over, in which the next record may begin."""
_ARCHIVED = FieldPlace("url", Where.HEADER, "WARC-Target-URI")
_REQUESTED = FieldPlace("url", Where.KEY, "request.url")
_BLOCK = 1 << 18
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/1\.\d\r?\n[A-Za-z-]+:)")
_IS_NEXT = re.compile(rb"(?:\r?\n)*(?:WARC/1\.\d\r?\n|\Z)")
_LENGTH = re.compile(rb"^(content-length:[ \t]*)(-?\d{1,18})[ \t]*(?=\r?$)", re.IGNORECASE | re.MULTILINE)


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
        whole = _WholeRecords(source.stream())
        archive = _Pages(ArchiveIterator(BlocksFile(iter(whole)), arc2warc=True), limit)
        for pages, page in enumerate(archive, 1):  # noqa: B007  # counted
            yield page
        damage = archive.damage or whole.damage
    except (*HOSTILE, ArchiveLoadFailed) as error:
        damage = f"is a damaged web archive ({type(error).__name__}); the pages before that are read"
    if damage:
        return broken(damage)
    return Found() if pages else empty("is a web archive without pages; skipped")


class _WholeRecords:
    """The bytes of an archive, its records as long as they say; `damage` says what is no record.

    A record that says another length than it has would take others with it: it ends where the next one
    begins. Of one larger than a page may be the rest is passed over.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._bytes = bytearray()
        self._ended = False
        self.damage = ""

    def __iter__(self) -> Iterator[bytes]:
        if not self._has(6) or not self._bytes.startswith((b"WARC/1", b"\r\nWARC", b"\nWARC")):
            while self._bytes:  # an ARC file, which has no such headers
                yield self._take(len(self._bytes))
                self._has(1)
            return
        while True:
            while self._has(2) and self._bytes.startswith((b"\r\n", b"\n")):
                self._take(1 + self._bytes.startswith(b"\r"))
            if not self._bytes.strip():
                return
            yield from self._record()

    def _record(self) -> Iterator[bytes]:
        self._has(_LONGEST_HEADER)
        end = _HEADER_END.search(self._bytes, 0, _LONGEST_HEADER)
        start = end.end() if end else 0
        length = _LENGTH.search(self._bytes, 0, start)
        if length is None or not self._bytes.startswith(b"WARC/1"):
            self.damage = "is a damaged web archive; data between its records is not read"
            self._skip()
            return
        size = int(length[2])
        if not self._ends_at(start, size):
            size = self._size(start, size)
        yield _LENGTH.sub(rb"\g<1>%d" % size, self._take(start), count=1)
        yield self._take(size) + b"\r\n\r\n"
        if size == _LARGEST_RECORD:
            self._skip()

    def _ends_at(self, start: int, size: int) -> bool:
        """Whether a record whose content begins at `start` has the size that it says."""
        if not 0 <= size <= _LARGEST_RECORD:
            return False
        there = self._has(start + size + _BETWEEN)
        return (there or start + size <= len(self._bytes)) and bool(_IS_NEXT.match(self._bytes, start + size))

    def _size(self, start: int, said: int) -> int:
        """The size of a record that is not as it says: up to where the next one begins."""
        found = self._next(start)
        size = min(len(self._bytes) - start, _LARGEST_RECORD) if found is None else max(0, found - start)
        if found is None and self._ended and start + said > len(self._bytes):
            self.damage = "is a web archive that ends within a record; read as far as possible"
        return said if 0 <= said < size and _HEADER_END.match(self._bytes, start + said) else size

    def _next(self, start: int) -> int | None:
        """Where the first record behind `start` begins, as far as the largest one may reach."""
        at = max(0, start - 4)
        while (found := _NEXT.search(self._bytes, at)) is None:
            at = max(at, len(self._bytes) - _BETWEEN)
            if len(self._bytes) - start > _LARGEST_RECORD or not self._has(len(self._bytes) + _BLOCK):
                if self._ended and (found := _NEXT.search(self._bytes, at)):
                    break
                return None
        return found.start()

    def _skip(self) -> None:
        """Pass over what is no record, or too much of one."""
        while (found := _NEXT.search(self._bytes)) is None and not self._ended:
            self._take(max(0, len(self._bytes) - _BETWEEN))
            self._has(_BLOCK)
        self._take(found.end() if found else len(self._bytes))

    def _has(self, size: int) -> bool:
        """Read on until there are so many bytes; whether there are."""
        while len(self._bytes) < size and not self._ended:
            block = self._file.read(_BLOCK)
            self._bytes += block
            self._ended = not block
        return len(self._bytes) >= size

    def _take(self, size: int) -> bytes:
        taken = bytes(self._bytes[:size])
        del self._bytes[:size]
        return taken


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


def page_of_exchange(record: Mapping[str, Any]) -> Draft | None:
    """The page of a request and its response, as a browser records them (HAR); None where there is none."""
    request, response = record["request"], record["response"]
    content = response.get("content") if isinstance(response, dict) else None
    if (
        not isinstance(request, dict)
        or not isinstance(content, dict)
        or response.get("status") != int(_FOUND)
    ):
        return None
    kind, text, address = content.get("mimeType"), content.get("text"), request.get("url")
    if not (isinstance(kind, str) and "html" in kind and isinstance(text, str) and isinstance(address, str)):
        return None
    if content.get("encoding") == "base64":
        try:
            return _draft(base64.b64decode(text), kind, address, _REQUESTED)
        except ValueError:
            return None
    return _draft(text.encode("utf-8", "replace"), kind.partition(";")[0], address, _REQUESTED)


def _draft(content: bytes, kind: str, address: str, stated: FieldPlace = _ARCHIVED) -> Draft | None:
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
        stated,
        FieldPlace("source", Where.HOST),
    )
    source = found.source or host_of(url)
    return replace(found, part=address, part_id=address, url=url, source=source, provenance=provenance)
