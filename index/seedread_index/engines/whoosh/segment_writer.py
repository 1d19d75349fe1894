"""Builds segments of the full-text index: from documents, or from segments that are merged."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, repeat
from typing import Any, NamedTuple

from whoosh.codec import whoosh3
from whoosh.reading import TermNotFound

from seedread_index.engines.document import LANG, AnalyzedDocument, countable
from seedread_index.engines.whoosh.packing import (
    Block,
    Forms,
    no_forms,
    pack_postings,
    read_codes,
    unpack_postings,
)
from seedread_index.engines.whoosh.postings import KEY, Row, schema
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
        noted = codes.written()
        about = pickle.dumps((len(self._ids), self._ids[-1], self._maxweight, noted, 0, 0), 2)
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


class _Field:
    """What was gathered of a field, by term: for each document and form both numbers and how many places, the
    places, and the names of the forms. Terms are many: there is no object of ours for each, which the garbage
    collector would have to look at again and again.
    """

    __slots__ = ("_forms", "_heads", "_names", "_places", "_terms")

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        """The number of each form's term, and its own among the forms of that in the lowest bits."""
        self._heads: list[array[int]] = []
        self._places: list[array[int]] = []
        self._names: list[str] = []

    def add(self, number: int, positions: Mapping[str, Sequence[int]]) -> None:
        """Take in the positions in one document by form."""
        get, heads, places = self._forms.get, self._heads, self._places
        for form, at in positions.items():
            if (code := get(form)) is None:
                code = self._new_form(form)
            term = code >> _FORM_BITS
            heads[term].extend((number, code & _LAST_FORM, len(at)))
            places[term].extend(at)

    def _new_form(self, form: str) -> int:
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
        code = self._forms[form] = number << _FORM_BITS | which
        return code

    def terms(self) -> Iterator[tuple[bytes, TermPostings]]:
        """The terms in order with their postings; each is forgotten when the next one is asked for."""
        self._forms.clear()
        for term in sorted(self._terms):
            if term:
                yield term.encode("utf-8", "replace"), self._postings(term, self._terms[term])

    def _postings(self, term: str, number: int) -> TermPostings:
        heads, places, names = (
            self._heads[number],
            self._places[number],
            tuple(self._names[number].split("\n")),
        )
        self._heads[number] = self._places[number] = _EMPTY
        documents, numbers, often = heads[::3], heads[1::3], heads[2::3]
        if len(names) == 1:
            forms = Forms(() if names == (term,) else names, _EMPTY)
            return TermPostings(documents, array("f", often), places, forms)
        at = array("H", chain.from_iterable(map(repeat, numbers, often)))
        forms = Forms(names, at)
        totals: dict[int, int] = dict.fromkeys(documents, 0)
        if len(totals) == len(documents):
            return TermPostings(documents, array("f", often), places, forms)
        for document, count in zip(documents, often, strict=True):
            totals[document] += count
        _put_in_order(totals.values(), places, at)
        return TermPostings(array("I", totals), array("f", totals.values()), places, forms)


_FORM_BITS = 16
_LAST_FORM = (1 << _FORM_BITS) - 1
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
    """A posting list by the blocks it was written in; those of marks have no positions. The forms of a block
    can be read as long as the file is open."""
    while True:
        count, noted = matcher._blocklength, matcher._compression
        if isinstance(noted, str):
            start, end = matcher._dataoffset, matcher._nextoffset
            codes = read_codes(noted)
            middle = end if codes.size < 0 else start + codes.size
            data = matcher._postfile.get(start, middle - start)
            forms = partial(matcher._postfile.get, middle, end - middle)
            yield unpack_postings(codes, data, count, matcher._maxid, forms)
        else:
            matcher._read_data()
            yield Block(list(accumulate(matcher._data[0])), [1] * count, b"", no_forms)
        matcher._next_block()
        if not matcher.is_active():
            return
