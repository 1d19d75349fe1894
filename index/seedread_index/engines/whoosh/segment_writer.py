"""Builds segments of the full-text index: from documents, or from segments that are merged."""

from __future__ import annotations

import pickle
import struct
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import md5
from itertools import chain, repeat, starmap
from typing import Any

from whoosh.codec import whoosh3
from whoosh.filedb import filetables

from seedread_index.engines.document import LANG, AnalyzedDocument, countable
from seedread_index.engines.whoosh.postings import NO_FORMS, Forms, TermPostings, pack_postings
from seedread_index.engines.whoosh.schema import KEY, Row, schema
from seedread_index.text.stems import TERMS

_codec: Any = whoosh3.W3Codec
_postings_writer: Any = whoosh3.W3PostingsWriter
_term_info: Any = whoosh3.W3TermInfo
_hash_writer: Any = filetables.OrderedHashWriter
_LENGTHS = struct.Struct("!ii")
_POINTER = struct.Struct("!Iq")
_FIELD = struct.Struct("!H")
_FREE = (0, 0)
_BLOCK_SIZE = struct.Struct("!i")
_INFO = struct.Struct("!BfIBBfIIqi")
"""What is noted of a term: no postings here; the sum of its frequencies, how many documents, no lengths of
fields, the highest frequency, the first and the last document; where its postings are, and their bytes."""


class _Codec(_codec):  # type: ignore[misc]
    """Whoosh's codec with another way to keep postings."""


class _MarksWriter(_postings_writer):  # type: ignore[misc]
    """Writes the postings of a mark, which has no places, as Whoosh does."""

    def take(self, documents: array[int]) -> None:
        """Take all documents of the mark that was started."""
        self._ids, self._weights, self._maxweight = documents, array("f", (1.0,)) * len(documents), 1.0


class _TermIndex(_hash_writer):  # type: ignore[misc]
    """Whoosh's index of terms, written in fewer steps."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.lastkey = b""
        self._end: int = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        """Add what is noted of a term; terms ascend."""
        if key <= self.lastkey:
            raise ValueError(f"terms must ascend: {self.lastkey!r}, {key!r}")
        self.lastkey = key
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self.buckets[hashed & 255].append((hashed, self._end))
        self.index.append(self._end)
        self._end += self.dbfile.write(_LENGTHS.pack(len(key), len(value)) + key + value)

    def _write_hashes(self) -> None:
        end = self._end
        for entries in self.buckets:
            slots = [_FREE] * (2 * len(entries))
            self.directory.append((end, len(slots)))
            for entry in entries:
                slot = (entry[0] >> 8) % len(slots)
                while slots[slot] is not _FREE:
                    slot = (slot + 1) % len(slots)
                slots[slot] = entry
            end += self.dbfile.write(b"".join(starmap(_POINTER.pack, slots)))


class _TermsWriter:
    """Writes the terms of a segment and their postings, each as one of Whoosh's blocks.

    Where there are places we pack the arrays: they are read many times faster than compressed pickles.
    """

    def __init__(self, storage: Any, segment: Any) -> None:
        self._index = _TermIndex(segment.create_file(storage, _codec.TERMS_EXT))
        self._file = segment.create_file(storage, _codec.POSTS_EXT)
        self._end: int = self._file.tell()
        self._numbers: dict[str, int] = {}
        self._index.extras["fieldmap"] = self._numbers

    def start_of(self, name: str) -> bytes:
        """What the keys of a field's terms begin with."""
        return _FIELD.pack(self._numbers.setdefault(name, len(self._numbers)))

    def add(self, key: bytes, postings: TermPostings) -> None:
        """Write a term's postings and what is noted of it."""
        ids, often = postings.documents, postings.frequencies
        codes, data = pack_postings(*postings)
        most = float(max(often))
        about = pickle.dumps((len(ids), ids[-1], most, codes.written(), 0, 0), 2)
        head = whoosh3.WHOOSH3_HEADER_MAGIC + _BLOCK_SIZE.pack(-len(about) - len(data))
        size = self._file.write(head + about + data)
        self._index.add(
            key, _INFO.pack(0, sum(often), len(ids), 0, 0, most, ids[0], ids[-1], self._end, size)
        )
        self._end += size

    def add_mark(self, key: bytes, documents: array[int], field: Any) -> None:
        """Write the documents of a mark."""
        writer = _MarksWriter(self._file, len(documents))
        writer.start_postings(field.format, _term_info())
        writer.take(documents)
        self._index.add(key, writer.finish_postings().to_bytes())
        self._end = self._file.tell()

    def close(self) -> None:
        """Close the files."""
        self._index.close()
        self._file.close()


class SegmentWriter:
    """Writes the files of one segment, rows first and then each field's terms in order."""

    def __init__(self, storage: Any, index_name: str) -> None:
        codec = _Codec()
        self._fields = schema()
        self.segment = codec.new_segment(storage, index_name)
        self._documents = codec.per_document_writer(storage, self.segment)
        self._terms = _TermsWriter(storage, self.segment)
        self._count = 0

    def rows(self, rows: Iterable[bytes]) -> None:
        """Write the documents' rows."""
        column = self._fields["row"].column_type
        for row in rows:
            self._documents.start_doc(self._count)
            self._documents.add_column_value("row", column, row)
            self._documents.finish_doc()
            self._count += 1
        self._documents.close()

    def field(self, name: str, terms: Iterable[tuple[bytes, TermPostings]]) -> None:
        """Write a field; terms ascend."""
        start = b""
        for term, postings in terms:
            start = start or self._terms.start_of(name)
            if postings.positions:
                self._terms.add(start + term, postings)
            else:
                self._terms.add_mark(start + term, postings.documents, self._fields[name])

    def finish(self) -> Any:
        """Close the files; the segment is no part of the index before it is in its contents."""
        self._terms.close()
        self.segment.set_doc_count(self._count)
        return self.segment


class _Field(dict[str, int]):
    """What was gathered of a field. By form its number; by that the number of its term, and its own among the
    forms of that. By term, for each document and form both numbers and how many places, the places, and the
    names of the forms. Terms are many: there is no object of ours for each, which the garbage collector would
    have to look at again and again.
    """

    __slots__ = ("_heads", "_names", "_places", "_term_of", "_terms", "_which")

    def __init__(self) -> None:
        super().__init__()
        self._terms: dict[str, int] = {}
        self._term_of: list[int] = []
        self._which: list[int] = []
        self._heads: list[array[int]] = []
        self._places: list[array[int]] = []
        self._names: list[str] = []

    def add(self, number: int, positions: Mapping[str, Sequence[int]]) -> None:
        """Take in the positions in one document by form."""
        forms = list(map(self.__getitem__, positions))
        terms = list(map(self._term_of.__getitem__, forms))
        heads = zip(repeat(number), map(self._which.__getitem__, forms), map(len, positions.values()))
        deque(map(array.extend, map(self._heads.__getitem__, terms), heads), 0)
        deque(map(array.extend, map(self._places.__getitem__, terms), positions.values()), 0)

    def __missing__(self, form: str) -> int:
        term = TERMS[form]
        if (number := self._terms.get(term)) is None:
            number = self._terms[term] = len(self._heads)
            self._heads.append(array("I"))
            self._places.append(array("I"))
            self._names.append(form)
            which = 0
        else:
            which = self._names[number].count("\n") + 1
            self._names[number] += "\n" + form
        self._term_of.append(number)
        self._which.append(which)
        self[form] = found = len(self)
        return found

    def terms(self) -> Iterator[tuple[bytes, TermPostings]]:
        """The terms in order with their postings; each is forgotten when the next one is asked for."""
        self.clear()
        for term in sorted(self._terms):
            if term:
                yield term.encode("utf-8", "replace"), self._postings(term, self._terms[term])

    def _postings(self, term: str, number: int) -> TermPostings:
        heads, places, names = self._heads[number], self._places[number], self._names[number]
        self._heads[number] = self._places[number] = _EMPTY
        documents, often = heads[::3], heads[2::3]
        if "\n" not in names:
            return TermPostings(
                documents, often, places, NO_FORMS if names == term else Forms((names,), _EMPTY)
            )
        at = array("H", chain.from_iterable(map(repeat, heads[1::3], often)))
        forms = Forms(tuple(names.split("\n")), at)
        totals: dict[int, int] = dict.fromkeys(documents, 0)
        if len(totals) == len(documents):
            return TermPostings(documents, often, places, forms)
        for document, count in zip(documents, often, strict=True):
            totals[document] += count
        _put_in_order(totals.values(), places, at)
        return TermPostings(array("I", totals), array("I", totals.values()), places, forms)


_EMPTY = array("I")


def _put_in_order(often: Iterable[int], places: array[int], forms: array[int]) -> None:
    """Put the places of each document in order, with the forms there."""
    start = 0
    for count in often:
        end = start + count
        if count > 1 and forms[start] != forms[end - 1]:
            pairs = sorted(zip(places[start:end], forms[start:end], strict=True))
            places[start:end] = array("I", [place for place, _ in pairs])
            forms[start:end] = array("H", [form for _, form in pairs])
        start = end


class SegmentBuilder:
    """Gathers documents and writes them as one segment."""

    def __init__(self) -> None:
        self._fields: dict[str, _Field] = {}
        self._marks: dict[str, dict[str, array[int]]] = {KEY: {}, LANG: {}}
        self._rows: list[bytes] = []
        self._words: Counter[str] = Counter()
        self.size = 0
        """Positions gathered so far: what the memory goes by."""

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, parts: AnalyzedDocument) -> None:
        """Take one document in."""
        number = len(self._rows)
        for name, positions in parts.positions.items():
            if (field := self._fields.get(name)) is None:
                field = self._fields[name] = _Field()
            field.add(number, positions)
        for name, mark in ((KEY, parts.id), (LANG, parts.lang)):
            self._marks[name].setdefault(mark, array("I")).append(number)
        row = Row(parts.id, parts.day, parts.size, parts.head, parts.title_size)
        self._rows.append(row.pack())
        self._words.update(parts.words)
        self.size += parts.size + 200

    def words(self) -> Counter[str]:
        """The words worth completing and in how many of the documents they are."""
        return countable(self._words)

    def write(self, storage: Any, index_name: str) -> Any:
        """Write the segment; what was gathered goes with it."""
        writer = SegmentWriter(storage, index_name)
        writer.rows(self._rows)
        for name in sorted(self._fields.keys() | self._marks.keys()):
            marks = self._marks.get(name)
            writer.field(name, self._fields.pop(name).terms() if marks is None else _marked(marks))
        return writer.finish()


def _marked(gathered: dict[str, array[int]]) -> Iterator[tuple[bytes, TermPostings]]:
    """The marks of documents in order with their postings."""
    for mark in sorted(gathered):
        if mark:
            yield mark.encode("utf-8", "replace"), _marking(gathered.pop(mark))


def _marking(documents: array[int]) -> TermPostings:
    """The postings of a mark, which has no places."""
    return TermPostings(documents, _EMPTY, _EMPTY)
