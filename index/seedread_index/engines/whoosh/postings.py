"""What lies in the full-text index: its fields, how postings are packed, and one row of facts a document."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from operator import sub
from typing import Any, NamedTuple

from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Format

from seedread_index.engines.article_keys import keys_of, plain_keys
from seedread_index.engines.document import ALL, AUTHOR, HIDDEN, LANG, PATH, SOURCE, TITLE, URL
from seedread_index.text.stems import is_form

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


def unpack_positions(data: bytes | memoryview, count: int) -> array[int]:
    """Positions, `count` of them."""
    positions = array("H" if len(data) == 2 * count else "I")
    positions.frombytes(data)
    return positions


class Forms(NamedTuple):
    """Which form of a word stands at each position of its term: the place of its name among `names`.

    Without names the only form is the term itself; with one name it stands everywhere, and `at` is empty.
    """

    names: tuple[str, ...]
    at: array[int]

    def selecting(self, term: str, form: str) -> array[int] | bool:
        """For each position 1 where an exact term's form stands; True where all are, False where none is."""
        if not self.names:
            return is_form(term, form)
        met = [is_form(name, form) for name in self.names]
        if all(met) or not any(met):
            return met[0]
        if self.at.typecode == "B":
            table = bytes(map(int, met)).ljust(256, b"\0")
            return array("B", self.at.tobytes().translate(table))
        return array("B", map(met.__getitem__, self.at))


_ITSELF = Forms((), array("B"))
_NONE, _ONE = "-", "1"
"""Where the forms of a term have no numbers: there are no names, or one."""
_WITHOUT_FORMS = 2
"""Codes of a block of the first analysis (`model.versions`)."""


class Block(NamedTuple):
    """Postings as they are read: documents, frequencies, the bytes of the positions, and the forms there."""

    documents: list[int]
    frequencies: Sequence[int]
    positions: bytes | memoryview
    forms: Forms


def pack_postings(
    documents: Sequence[int], frequencies: Sequence[float], positions: array[int], forms: Forms = _ITSELF
) -> tuple[str, bytes]:
    """The type codes of the arrays that documents (as steps from one to the next), frequencies, positions and
    forms are kept in, and the bytes of all of them and of the names of the forms."""
    steps = _narrow(array("I", map(sub, documents, chain((0,), documents))))
    often = _narrow(array("I", map(int, frequencies)))
    places = array("H", positions) if max(positions) < 65536 else positions
    at = _narrow(forms.at) if forms.at else forms.at
    kind = at.typecode if at else _ONE if forms.names else _NONE
    pieces = (steps, often, places, at)
    names = "\n".join(forms.names).encode("utf-8", "surrogatepass")
    codes = steps.typecode + often.typecode + places.typecode + kind
    return codes, b"".join((*(each.tobytes() for each in pieces), names))


def unpack_postings(codes: str, data: bytes, count: int, final: int) -> Block:
    """Postings of `count` documents up to `final`. Raises EOFError where these are not what was packed."""
    steps, often = array(codes[0]), array(codes[1])
    first = count * steps.itemsize
    last = first + count * often.itemsize
    steps.frombytes(data[:first])
    often.frombytes(data[first:last])
    documents, total = list(accumulate(steps)), sum(often)
    if len(codes) == _WITHOUT_FORMS:
        codes += ("H" if len(data) - last == 2 * total else "I") + _NONE
    end = last + total * array(codes[2]).itemsize
    if documents[-1] != final or len(data) < end or (codes[3] == _NONE and len(data) > end):
        raise EOFError("the postings of a term are damaged")
    return Block(
        documents, often.tolist(), memoryview(data)[last:end], _unpack_forms(codes[3], data[end:], total)
    )


def _unpack_forms(kind: str, data: bytes, total: int) -> Forms:
    """The forms at so many positions."""
    if kind == _NONE:
        return _ITSELF
    at = array("B") if kind == _ONE else array(kind)
    size = 0 if kind == _ONE else total * at.itemsize
    if len(data) <= size:
        raise EOFError("the forms of a term are damaged")
    at.frombytes(data[:size])
    return Forms(tuple(data[size:].decode("utf-8", "surrogatepass").split("\n")), at)


def _narrow(numbers: array[int]) -> array[int]:
    """Numbers in the narrowest array that holds them."""
    most = max(numbers)
    return numbers if most > 65535 else array("B" if most < 256 else "H", numbers)


class Positions(Format):
    """Postings that hold the positions of a term in each document, one after the other; the frequencies tell
    where one document's end. The segment writer packs them, not Whoosh."""


_NO_ANALYZER: Any = None
"""Whoosh would cut texts into terms with it; documents come to it as terms already."""


class TermsField(FieldType):
    """A field of terms with their positions."""

    def __init__(self) -> None:
        super().__init__(Positions(), _NO_ANALYZER)


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
    terms = {name: TermsField() for name in (ALL, TITLE, HIDDEN, SOURCE, AUTHOR, PATH, URL)}
    marks = {name: KeywordField() for name in (LANG, KEY)}
    return Schema(**terms, **marks, row=RowField())
