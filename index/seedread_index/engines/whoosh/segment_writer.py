"""Builds segments of the full-text index: from documents, or from segments that are merged."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, repeat
from typing import Any, NamedTuple

from whoosh.codec import whoosh3
from whoosh.reading import TermNotFound

from seedread_index.engines.document import LANG, AnalyzedDocument, countable
from seedread_index.engines.whoosh.postings import (
    KEY,
    Block,
    Forms,
    Row,
    pack_postings,
    schema,
    unpack_postings,
)
from seedread_index.text.stems import TERMS

_codec: Any = whoosh3.W3Codec
_postings_writer: Any = whoosh3.W3PostingsWriter


class TermPostings(NamedTuple):
    """A term's documents, its frequency in each, and all its positions one after the other with the form of
    the word at each."""

    documents: array[int]
    frequencies: array[float]
    positions: array[int]
    forms: Forms = Forms((), array("B"))


class _PostingsWriter(_postings_writer):  # type: ignore[misc]
    """Writes a term's postings as one of Whoosh's blocks, the arrays packed by us where there are places:
    they are read many times faster than pickled numbers that were compressed."""

    def take(self, postings: TermPostings) -> None:
        """Take all postings of the term that was started."""
        self._ids, self._weights, self._positions, self._forms = postings
        self._maxweight = max(postings.frequencies)

    def _write_block(self, last: bool = False) -> None:
        if not self._positions:
            super()._write_block(last)
            return
        codes, data = pack_postings(self._ids, self._weights, self._positions, self._forms)
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
            for form, at in positions.items():
                # Number, frequency and places of one document after the other, in one array: forms are many.
                if (postings := field.get(form)) is None:
                    field[form] = postings = array("I")
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
            writer.field(name, _terms(field) if marks is None else _marked(marks))
        return writer.finish()


def _terms(gathered: dict[str, array[int]]) -> Iterator[tuple[bytes, TermPostings]]:
    """The terms of a field in order with their postings, gathered by form, and forgotten once they are asked
    for."""
    forms_of: dict[str, list[str]] = {}
    for form in gathered:
        if term := TERMS[form]:
            forms_of.setdefault(term, []).append(form)
    for term in sorted(forms_of):
        forms = sorted(forms_of.pop(term))
        postings = postings_of_forms(term, [(form, _parted(gathered.pop(form))) for form in forms])
        yield term.encode("utf-8", "replace"), postings


def _marked(gathered: dict[str, array[int]]) -> Iterator[tuple[bytes, TermPostings]]:
    """The same for marks."""
    for mark in sorted(gathered):
        if mark:
            yield mark.encode("utf-8", "replace"), _marking(gathered.pop(mark))


def _parted(gathered: array[int]) -> TermPostings:
    """Postings from numbers, frequencies and places one after the other."""
    if len(gathered) == gathered[1] + 2:
        return TermPostings(gathered[:1], array("f", gathered[1:2]), gathered[2:])
    documents, frequencies, positions = array("I"), array("f"), array("I")
    at, end = 0, len(gathered)
    while at < end:
        after = at + 2 + gathered[at + 1]
        documents.append(gathered[at])
        frequencies.append(gathered[at + 1])
        positions.extend(gathered[at + 2 : after])
        at = after
    return TermPostings(documents, frequencies, positions)


_PLACE, _FORM = 40, 16
"""Bits up to which a key of a position has its place, and those of its form."""


def postings_of_forms(term: str, each: Sequence[tuple[str, TermPostings]]) -> TermPostings:
    """The postings of a term from those of its forms."""
    if len(each) == 1:
        ((form, only),) = each
        return only if form == term else only._replace(forms=Forms((form,), array("B")))
    keys: list[int] = []
    for number, (_, postings) in enumerate(each):
        owners = chain.from_iterable(map(repeat, postings.documents, map(int, postings.frequencies)))
        keys += [
            owner << _PLACE + _FORM | place << _FORM | number
            for owner, place in zip(owners, postings.positions, strict=True)
        ]
    keys.sort()
    often = Counter([key >> _PLACE + _FORM for key in keys])
    lowest = (1 << _PLACE) - 1
    return TermPostings(
        array("I", often),
        array("f", often.values()),
        array("I", [key >> _FORM & lowest for key in keys]),
        Forms(tuple(form for form, _ in each), array("H", [key & 0xFFFF for key in keys])),
    )


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


def read_blocks(matcher: Any) -> Iterator[Block]:
    """A posting list by the blocks it was written in; those of marks have no positions."""
    while True:
        count, codes = matcher._blocklength, matcher._compression
        if isinstance(codes, str):
            data = matcher._postfile.get(matcher._dataoffset, matcher._nextoffset - matcher._dataoffset)
            yield unpack_postings(codes, data, count, matcher._maxid)
        else:
            matcher._read_data()
            yield Block(list(accumulate(matcher._data[0])), [1] * count, b"", Forms((), array("B")))
        matcher._next_block()
        if not matcher.is_active():
            return
