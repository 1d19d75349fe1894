"""The schema of the full-text index: its fields, and the row of facts about each document."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Format

from seedread_index.engines.article_keys import keys_of, plain_keys
from seedread_index.engines.document import ALL, AUTHOR, HIDDEN, LANG, PATH, SECTION, SOURCE, TITLE, URL

KEY = "id"

_ID = 32
"""Bytes of an id at most."""
_ROW = struct.Struct(f"<{_ID}siIHH")


class Row(NamedTuple):
    """Facts of a document: `day` is its date's ordinal or 0; `size` and `title_size` count terms, and `head`
    those before its body."""

    id: str
    day: int
    size: int
    head: int
    title_size: int

    def pack(self) -> bytes:
        """The row as stored."""
        key = self.id.encode()
        if len(key) > _ID:
            raise ValueError(f"an article's id is at most {_ID} bytes long: {self.id!r}")
        return _ROW.pack(key, self.day, self.size, min(self.head, 65535), min(self.title_size, 65535))


def row_size() -> int:
    """Bytes of a packed row."""
    return _ROW.size


class Columns(NamedTuple):
    """The rows of documents by column, `keys` as `keys_of` gives them for the ids."""

    keys: array[int]
    days: array[int]
    sizes: array[int]
    heads: array[int]
    title_sizes: array[int]

    def extend(self, other: Columns) -> None:
        """Add the rows of other documents."""
        for mine, more in zip(self, other, strict=True):
            mine.extend(more)


def empty_columns() -> Columns:
    """Columns to be filled."""
    return Columns(array("Q"), array("i"), array("I"), array("H"), array("H"))


def unpack_rows(pieces: Iterable[bytes]) -> Columns:
    """The rows in a column's pieces."""
    data = b"".join(pieces)
    words, halves = array("I", data), array("H", data)
    if sys.byteorder == "big":
        words.byteswap()
        halves.byteswap()
    row = _ROW.size
    days = array("i", words[_ID // 4 :: row // 4].tobytes())
    sizes = words[_ID // 4 + 1 :: row // 4]
    heads, titles = halves[_ID // 2 + 4 :: row // 2], halves[_ID // 2 + 5 :: row // 2]
    return Columns(_keys(data), days, sizes, heads, titles)


def _keys(data: bytes) -> array[int]:
    """The keys of the rows' ids."""
    count = len(data) // _ROW.size
    digits = bytearray(16 * count)
    for at in range(16):
        digits[at::16] = data[at :: _ROW.size]
    if not any(data[16 :: _ROW.size]) and digits.isascii():
        found = plain_keys(digits.decode())
        if found is not None:
            return found
    cells = (data[start : start + _ID] for start in range(0, len(data), _ROW.size))
    return keys_of([cell.rstrip(b"\0").decode() for cell in cells])


class RowColumn(Column):
    """A column of rows that is read in one go."""

    class Writer(ColumnWriter):
        """Writes rows one after the other."""

        def __init__(self, dbfile: Any) -> None:
            self._dbfile = dbfile
            self._count = 0

        def fill(self, docnum: int) -> None:
            """Write empty rows up to a document."""
            if docnum > self._count:
                self._dbfile.write(bytes(_ROW.size) * (docnum - self._count))
                self._count = docnum

        def add(self, docnum: int, value: bytes) -> None:
            """Write a document's row."""
            self.fill(docnum)
            self._dbfile.write(value)
            self._count = docnum + 1

        def finish(self, doccount: int) -> None:
            """Write what is missing at the end."""
            self.fill(doccount)

    class Reader(ColumnReader):
        """Reads one row or all of them."""

        def __init__(self, dbfile: Any, basepos: int, doccount: int) -> None:
            self._dbfile = dbfile
            self._basepos = basepos
            self._doccount = doccount

        def __len__(self) -> int:
            return self._doccount

        def __getitem__(self, docnum: int) -> bytes:
            data: bytes = self._dbfile.get(self._basepos + docnum * _ROW.size, _ROW.size)
            return data

        def load(self) -> list[bytes]:
            """Every row's bytes in one piece."""
            return [bytes(self._dbfile.get(self._basepos, self._doccount * _ROW.size))]

    def writer(self, dbfile: Any) -> RowColumn.Writer:
        """A writer on an open file."""
        return self.Writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> RowColumn.Reader:  # noqa: ARG002
        """A reader of a part of an open file."""
        return self.Reader(dbfile, basepos, doccount)

    def default_value(self, reverse: bool = False) -> bytes:  # noqa: ARG002
        """What a document without a row has."""
        return bytes(_ROW.size)


class PositionsFormat(Format):
    """Postings that hold the positions of a term in each document, one after the other; the frequencies tell
    where one document's end. The segment writer packs them, not Whoosh."""


_NO_ANALYZER: Any = None
"""Whoosh would cut texts into terms with it; documents come to it as terms already."""


class TermsField(FieldType):
    """A field of terms with their positions."""

    def __init__(self) -> None:
        super().__init__(PositionsFormat(), _NO_ANALYZER)


class KeywordField(FieldType):
    """A field of one term a document, without positions."""

    def __init__(self) -> None:
        super().__init__(Existence(), _NO_ANALYZER)


class RowField(FieldType):
    """The row of a document, in a column alone."""

    indexed = False

    def __init__(self) -> None:
        self.format = self.analyzer = None
        self.column_type = RowColumn()


def schema() -> Schema:
    """The fields of the index."""
    terms = {name: TermsField() for name in (ALL, TITLE, HIDDEN, SOURCE, AUTHOR, SECTION, PATH, URL)}
    marks = {name: KeywordField() for name in (LANG, KEY)}
    return Schema(**terms, **marks, row=RowField())
