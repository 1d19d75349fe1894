"""Builds segments of the full-text index: from documents, or from segments that are merged."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from whoosh.codec import whoosh3
from whoosh.reading import TermNotFound

from seedread_index.engines.document import LANG, AnalyzedDocument, countable
from seedread_index.engines.whoosh.postings import KEY, Row, pack_postings, schema, unpack_postings

_codec: Any = whoosh3.W3Codec
_postings_writer: Any = whoosh3.W3PostingsWriter


class TermPostings(NamedTuple):
    """A term's documents, its frequency in each and all its positions one after the other."""

    documents: array[int]
    frequencies: array[float]
    positions: array[int]


def empty_postings() -> TermPostings:
    """Postings to be filled."""
    return TermPostings(array("I"), array("f"), array("I"))


class _PostingsWriter(_postings_writer):  # type: ignore[misc]
    """Writes a term's postings as one of Whoosh's blocks, the arrays packed by us where there are places:
    they are read many times faster than pickled numbers that were compressed."""

    def take(self, postings: TermPostings) -> None:
        """Take all postings of the term that was started."""
        self._ids, self._weights, self._positions = postings
        self._maxweight = max(postings.frequencies)

    def _write_block(self, last: bool = False) -> None:
        if not self._positions:
            super()._write_block(last)
            return
        codes, data = pack_postings(self._ids, self._weights, self._positions)
        about = pickle.dumps((len(self._ids), self._ids[-1], self._maxweight, codes, 0, 0), 2)
        self._terminfo.add_block(self)
        self._postfile.write(whoosh3.WHOOSH3_HEADER_MAGIC)
        self._postfile.write_int(-len(about) - len(data))
        self._postfile.write(about)
        self._postfile.write(data)
        self._blockcount += 1
        self._new_block()


class _Codec(_codec):  # type: ignore[misc]
    """Whoosh's codec with another way to keep postings."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """A writer of postings on an open file."""
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression)


class SegmentWriter:
    """Writes the files of one segment, rows first and then each field's terms in order."""

    def __init__(self, storage: Any, index_name: str) -> None:
        codec = _Codec()
        self._fields = schema()
        self.segment = codec.new_segment(storage, index_name)
        self._documents = codec.per_document_writer(storage, self.segment)
        self._writer = codec.field_writer(storage, self.segment)
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
        started = False
        for term, postings in terms:
            if not started:
                self._writer.start_field(name, self._fields[name])
                started = True
            self._writer.start_term(term)
            self._writer._postwriter.take(postings)
            self._writer.finish_term()
        if started:
            self._writer.finish_field()

    def finish(self) -> Any:
        """Close the files; the segment is no part of the index before it is in its contents."""
        self._writer.close()
        self.segment.set_doc_count(self._count)
        return self.segment


class SegmentBuilder:
    """Gathers documents and writes them as one segment."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, array[int]]] = {}
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
            field = self._fields.setdefault(name, {})
            for term, at in positions.items():
                # Number, frequency and places of one document after the other, in one array: terms are many.
                if (postings := field.get(term)) is None:
                    field[term] = postings = array("I")
                postings.extend((number, len(at)))
                postings.extend(at)
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
            marks, field = self._marks.get(name), self._fields.get(name, {})
            writer.field(name, _taken(field, _parted) if marks is None else _taken(marks, _marking))
        return writer.finish()


def _taken(
    field: dict[str, array[int]], postings_of: Callable[[array[int]], TermPostings]
) -> Iterator[tuple[bytes, TermPostings]]:
    """The terms of a field in order with their postings; each is forgotten when the next one is asked for."""
    for term in sorted(field):
        if term:
            yield term.encode("utf-8", "replace"), postings_of(field.pop(term))


def _parted(gathered: array[int]) -> TermPostings:
    """Postings as they are written, from numbers, frequencies and places one after the other."""
    if len(gathered) == gathered[1] + 2:
        return TermPostings(gathered[:1], array("f", gathered[1:2]), gathered[2:])
    postings = empty_postings()
    documents, frequencies, positions = postings
    at, end = 0, len(gathered)
    while at < end:
        after = at + 2 + gathered[at + 1]
        documents.append(gathered[at])
        frequencies.append(gathered[at + 1])
        positions.extend(gathered[at + 2 : after])
        at = after
    return postings


def _marking(documents: array[int]) -> TermPostings:
    """The postings of a mark, which has no places."""
    return TermPostings(documents, array("f", (1.0,)) * len(documents), array("I"))


def term_info(reader: Any, field: str, term: bytes) -> Any:
    """What a segment notes of a term, its place among the postings included; None where it has none."""
    try:
        return reader._terms.term_info(field, term)
    except TermNotFound:
        return None


def matcher_of(reader: Any, field: str, term: str | bytes, info: Any) -> Any:
    """A term's posting list as it was written, deleted documents included, by what is noted of it."""
    terms = reader._terms
    form = reader.schema[field].format
    return terms._codec.postings_reader(terms._postfile, info, form, term=(field, term))


def raw_matcher(reader: Any, field: str, term: bytes) -> Any:
    """A segment's posting list as it was written, deleted documents included; None where there is none."""
    info = term_info(reader, field, term)
    return None if info is None else matcher_of(reader, field, term, info)


def read_blocks(matcher: Any) -> Iterator[tuple[list[int], Sequence[int], bytes | memoryview]]:
    """Numbers, frequencies and joined positions of a posting list, by the blocks it was written in."""
    while True:
        count, codes = matcher._blocklength, matcher._compression
        if isinstance(codes, str):
            data = matcher._postfile.get(matcher._dataoffset, matcher._nextoffset - matcher._dataoffset)
            yield unpack_postings(codes, data, count, matcher._maxid)
        else:
            matcher._read_data()
            yield list(accumulate(matcher._data[0])), [1] * count, b""
        matcher._next_block()
        if not matcher.is_active():
            return
