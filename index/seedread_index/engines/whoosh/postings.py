"""The format of a term's postings: how documents, frequencies, positions and forms are packed and read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain
from operator import sub
from typing import Any, NamedTuple

from whoosh.reading import TermNotFound

from seedread_index.text.stems import is_form


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


NO_FORMS = Forms((), array("B"))


class TermPostings(NamedTuple):
    """A term's documents, its frequency in each, and all its positions one after the other with the form of
    the word at each."""

    documents: array[int]
    frequencies: Sequence[int]
    positions: array[int]
    forms: Forms = NO_FORMS


_NONE, _ONE = "-", "1"
"""Where the forms of a term have no numbers: there are no names, or one."""
_WITHOUT_FORMS = 2
"""Codes of a block of the first analysis (`model.versions`)."""


class Codes(NamedTuple):
    """How the postings of a block are packed: the types of the arrays, and how many bytes stand before those
    of the forms, which are read only where they are asked for; -1 where there are none."""

    types: str
    size: int

    def written(self) -> str:
        """The codes as a block notes them."""
        return f"{self.types}{self.size}"


def read_codes(noted: str) -> Codes:
    """The codes that a block notes."""
    if len(noted) == _WITHOUT_FORMS:
        return Codes(noted, -1)
    return Codes(noted[:4], int(noted[4:]))


class Block(NamedTuple):
    """Postings as they are read: documents, frequencies, the bytes of the positions, and what reads the forms
    there."""

    documents: list[int]
    frequencies: Sequence[int]
    positions: bytes | memoryview
    forms: Callable[[], Forms]


def pack_postings(
    documents: Sequence[int], frequencies: Sequence[int], positions: array[int], forms: Forms = NO_FORMS
) -> tuple[Codes, bytes]:
    """How documents (as steps from one to the next), frequencies, positions and forms are packed, and the
    bytes of all of them and of the names of the forms."""
    several = len(documents) > 1
    steps = _narrow(array("I", map(sub, documents, chain((0,), documents)) if several else documents))
    often = _narrow(array("I", frequencies))
    places = array("H", positions) if max(positions) < 65536 else positions
    types = steps.typecode + often.typecode + places.typecode
    packed = steps.tobytes() + often.tobytes() + places.tobytes()
    if not forms.names:
        return Codes(types + _NONE, -1), packed
    at = array("B" if len(forms.names) < 256 else "H", forms.at)
    names = "\n".join(forms.names).encode("utf-8", "surrogatepass")
    return Codes(types + (at.typecode if at else _ONE), len(packed)), packed + at.tobytes() + names


def unpack_postings(
    codes: Codes, data: bytes, count: int, final: int, forms: Callable[[], bytes] = bytes
) -> Block:
    """Postings of `count` documents up to `final`, whose bytes of forms `forms` gives. Raises EOFError where
    these are not what was packed."""
    steps, often = array(codes.types[0]), array(codes.types[1])
    first = count * steps.itemsize
    last = first + count * often.itemsize
    steps.frombytes(data[:first])
    often.frombytes(data[first:last])
    documents, total, positions = list(accumulate(steps)), sum(often), memoryview(data)[last:]
    if documents[-1] != final or len(positions) not in (2 * total, 4 * total):
        raise EOFError("the postings of a term are damaged")
    kind = codes.types[3:] or _NONE
    return Block(documents, often.tolist(), positions, lambda: _unpack_forms(kind, forms, total))


def no_forms() -> Forms:
    """The forms of a mark."""
    return NO_FORMS


def _unpack_forms(kind: str, read: Callable[[], bytes], total: int) -> Forms:
    """The forms at so many positions."""
    if kind == _NONE:
        return NO_FORMS
    data = read()
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
