"""One commit of the full-text index, open for reading: rows, postings and positions."""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import wraps
from itertools import accumulate, chain, compress, repeat
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from seedread_index.engines.index_files import Check
from seedread_index.engines.whoosh.files import translate_damage
from seedread_index.engines.whoosh.postings import (
    Block,
    matcher_of,
    raw_matcher,
    read_blocks,
    term_info,
    unpack_positions,
)
from seedread_index.engines.whoosh.schema import Columns, empty_columns, unpack_rows
from seedread_index.text.stems import EXACT, JOINED, TERMS

_MOST_TERMS = 2000
"""Terms whose places in the segments are kept."""
_MOST_READ = 8
"""Terms whose postings are kept as they were read."""


class Postings(NamedTuple):
    """The documents that have a term, ascending, and how often each has it."""

    documents: list[int]
    frequencies: list[int]


class Positions(NamedTuple):
    """The positions of a term, those of documents[i] at every[starts[i]:starts[i + 1]]."""

    documents: list[int]
    starts: list[int]
    every: array[int]


_P = ParamSpec("_P")
_R = TypeVar("_R")


def _confirmed(
    method: Callable[Concatenate[Snapshot, _P], _R],
) -> Callable[Concatenate[Snapshot, _P], _R]:
    """A method whose errors are those of damage where a check of the files confirms it."""

    @wraps(method)
    def checked(self: Snapshot, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with translate_damage(self._check):
            return method(self, *args, **kwargs)

    return checked


class Snapshot:
    """A commit of the index; documents have numbers, deleted ones among them until they are merged away.

    `known` keeps the columns of segments, which never change, from one commit to the next.
    """

    def __init__(self, reader: Any, check: Check = list, known: dict[str, Columns] | None = None) -> None:
        self._reader = reader
        self._check = check
        self._lock = threading.Lock()
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers()) if reader is not None else []
        self._terms: dict[tuple[str, str], list[tuple[Any, int, Any]]] = {}
        self._read: dict[tuple[str, str], list[tuple[Block, int]]] = {}
        self.columns = empty_columns()
        self.deleted: set[int] = set()
        try:
            self._load({} if known is None else known)
        except BaseException:
            self.close()
            raise

    def _load(self, known: dict[str, Columns]) -> None:
        loaded: dict[str, Columns] = {}
        for leaf, base in self._leaves:
            if leaf.doc_count_all():
                name = str(leaf.segment().segment_id())
                if (columns := known.get(name)) is None:
                    if not leaf.has_column("row"):  # Whoosh would give empty rows in its place
                        raise FileNotFoundError("the rows of a segment are missing")
                    columns = unpack_rows(leaf.column_reader("row", translate=False).load())
                loaded[name] = columns
                self.columns.extend(columns)
            if len(self.columns.keys) != base + leaf.doc_count_all():
                raise EOFError("the rows of a segment are truncated")
            if leaf.has_deletions():
                self.deleted.update(base + number for number in leaf.segment().deleted_docs())
        known.clear()
        known.update(loaded)

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()

    @_confirmed
    def read_through(self) -> None:
        """Look up every term, and read each field's last, which lies at the end of its file."""
        with self._lock:
            for leaf, _ in self._leaves:
                for name in leaf.indexed_field_names():
                    term = None
                    for term in leaf.lexicon(name):
                        leaf.doc_frequency(name, term)
                    if term is not None:
                        for _ in read_blocks(raw_matcher(leaf, name, term)):
                            pass

    def count(self) -> int:
        """How many documents there are."""
        return len(self.columns.keys) - len(self.deleted)

    def segments(self) -> int:
        """How many segments the index is in."""
        return len(self._leaves)

    @_confirmed
    def frequency(self, field: str, term: str) -> int:
        """In how many documents a term stands at most, deleted ones included."""
        with self._lock:
            return sum(info.doc_frequency() for _, _, info in self._found(field, _stem_of(term)))

    @_confirmed
    def postings(self, field: str, term: str) -> Postings:
        """The documents that have a term in a field."""
        documents: list[int] = []
        frequencies: list[int] = []
        with self._lock:
            for block, base in self._blocks(field, term):
                numbers, often = block.documents, block.frequencies
                if _is_form(term):
                    numbers, often, _ = _selected(block, term)
                documents += [number + base for number in numbers] if base else numbers
                frequencies += often
        return Postings(documents, frequencies)

    @_confirmed
    def having(self, field: str, term: str) -> list[int]:
        """The documents that have a term in a field, whatever else is known of it."""
        documents: list[int] = []
        with self._lock:
            for block, base in self._blocks(field, term):
                numbers = _selected(block, term)[0] if _is_form(term) else block.documents
                documents += [number + base for number in numbers] if base else numbers
        return documents

    @_confirmed
    def positions(self, field: str, term: str, wanted: Set[int] | None = None) -> Positions:
        """The positions of a term, at least those in the wanted documents; in all of them by default."""
        documents: list[int] = []
        frequencies: list[int] = []
        every = array("H")
        with self._lock:
            for block, base in self._blocks(field, term):
                numbers, often = block.documents, block.frequencies
                if wanted is not None and wanted.isdisjoint(
                    [number + base for number in numbers] if base else numbers
                ):
                    continue
                here = unpack_positions(block.positions, sum(often))
                if _is_form(term):
                    numbers, often, flags = _selected(block, term)
                    if flags is not True:
                        here = array(here.typecode, compress(here, flags) if flags else ())
                documents += [number + base for number in numbers] if base else numbers
                frequencies += often
                every = _joined(every, here) if every else here
        return Positions(documents, list(accumulate(frequencies, initial=0)), every)

    @_confirmed
    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first `limit` terms of a field that start with a prefix."""
        key = prefix.encode("utf-8", "replace")
        found: set[str] = set()
        with self._lock:
            for leaf, _ in self._leaves:
                for count, term in enumerate(leaf.expand_prefix(field, key)):
                    if count >= limit:
                        break
                    found.add(term.decode("utf-8", "replace"))
        return sorted(found)[:limit]

    def _blocks(self, field: str, term: str) -> list[tuple[Block, int]]:
        """The postings of a term, or of that whose form an exact one is, each block with its segment's base;
        the last ones are kept, since a form is asked for beside its term."""
        key = (field, _stem_of(term))
        if (found := self._read.pop(key, None)) is None:
            found = [
                (block, base)
                for leaf, base, info in self._found(*key)
                for block in read_blocks(matcher_of(leaf, *key, info))
            ]
            if len(self._read) >= _MOST_READ:
                del self._read[next(iter(self._read))]
        self._read[key] = found
        return found

    def _found(self, field: str, term: str) -> list[tuple[Any, int, Any]]:
        """The segments that have a term, their bases, and what each notes of it; looked up once, since a
        query asks for the frequency of a term before its postings and positions."""
        if (found := self._terms.get((field, term))) is None:
            key = term.encode("utf-8", "replace")
            infos = ((leaf, base, term_info(leaf, field, key)) for leaf, base in self._leaves)
            found = [each for each in infos if each[2] is not None]
            if len(self._terms) >= _MOST_TERMS:
                self._terms.clear()
            self._terms[field, term] = found
        return found


def _is_form(term: str) -> bool:
    """Whether a term stands where one form of a word does."""
    return term[:1] == EXACT or term[:1] == JOINED


def _stem_of(term: str) -> str:
    """The term that all forms of a word share, of that of one form."""
    return TERMS[term[1:]] if _is_form(term) else term


def _selected(block: Block, term: str) -> tuple[list[int], Sequence[int], Sequence[int] | bool]:
    """The documents of a block in which a term's form stands, how often it does, and for each position
    whether it is that; True where all are."""
    flags = block.forms().selecting(_stem_of(term), term.removeprefix(EXACT))
    if flags is True:
        return block.documents, block.frequencies, True
    if flags is False:
        return [], [], False
    owners = chain.from_iterable(map(repeat, block.documents, block.frequencies))
    often = Counter(compress(owners, flags))
    return list(often), list(often.values()), flags


def _joined(first: array[int], second: array[int]) -> array[int]:
    """The numbers of both."""
    if first.typecode != second.typecode:
        first, second = array("I", first), array("I", second)
    first.extend(second)
    return first
