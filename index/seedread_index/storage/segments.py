"""Builds one segment of the full-text index from documents: in memory, then through Whoosh's codec."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from whoosh.codec import whoosh3

from seedread_index.article import Span
from seedread_index.storage.analysis import is_unspaced, plain, stretches, surfaces, terms_of
from seedread_index.storage.document import Document
from seedread_index.storage.postings import (
    ALL,
    HIDDEN,
    KEY,
    LANG,
    PATH,
    SOURCE,
    TITLE,
    Row,
    pack_places,
    schema,
)

_codec: Any = whoosh3.W3Codec
TITLE_GAP = 100
"""Positions between a text and a headline that is not part of it, so that no phrase spans both."""
INFERRED_TERMS = 12
"""How many opening words stand in for a headline in ranking."""

_Places = dict[str, list[int]]


class Cut(NamedTuple):
    """A document cut into terms: places of each term by field, its row, and its words."""

    places: dict[str, _Places]
    row: Row
    words: set[str]


def _place(into: _Places, terms: Sequence[str], position: int) -> int:
    """Note the terms at positions from `position` on; the position after them."""
    for term in terms:
        if (at := into.get(term)) is None:
            into[term] = [position]
        else:
            at.append(position)
        position += 1
    return position


def _place_text(
    text: str, hidden: Sequence[Span], head_end: int
) -> tuple[_Places, _Places, int, int, set[str]]:
    """Places of a text's shown and hidden terms, how many there are, how many before the body, and words."""
    shown: _Places = {}
    away: _Places = {}
    words: set[str] = set()
    position = head = 0
    for start, end, is_hidden in stretches(len(text), hidden):
        found = surfaces(text[start:end])
        before = position
        position = _place(away if is_hidden else shown, terms_of(found), position)
        if not is_hidden:
            words.update(found)
        if start < head_end:
            inside = found if end <= head_end else surfaces(text[start:head_end])
            head = before + len(terms_of(inside))
    return shown, away, position, head, words


def cut(document: Document) -> Cut:
    """A document cut into its terms."""
    shown, away, size, head, words = _place_text(document.text, document.boilerplate, document.head_end)
    title_words = surfaces(document.title)
    title_terms = terms_of(title_words)
    if document.title_inferred:
        title_terms = title_terms[:INFERRED_TERMS]
    elif not document.head_end:
        _place(shown, title_terms, size + TITLE_GAP)
        words.update(title_words)
    places = {ALL: shown, HIDDEN: away, TITLE: {}, SOURCE: {}, PATH: {}}
    _place(places[TITLE], title_terms, 0)
    _place(places[SOURCE], terms_of(surfaces(document.source or "")), 0)
    _place(places[PATH], terms_of(surfaces(document.path)), 0)
    day = document.date.toordinal() if document.date else 0
    return Cut(places, Row(document.id, day, size, head, len(title_terms)), words)


def countable(words: set[str]) -> set[str]:
    """The words worth completing: letters of spaced scripts."""
    return {
        plain(word) for word in words if len(word) > 1 and not word[0].isdigit() and not is_unspaced(word)
    }


class SegmentBuilder:
    """Gathers documents and writes them as one segment."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self._fields: dict[str, dict[str, list[Any]]] = {}
        self._rows: list[bytes] = []
        self.words: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, document: Document) -> None:
        """Take one document in."""
        number = len(self._rows)
        parts = cut(document)
        for name, places in parts.places.items():
            field = self._fields.setdefault(name, {})
            for term, at in places.items():
                if (list_of := field.get(term)) is None:
                    field[term] = [(number, float(len(at)), pack_places(at))]
                else:
                    list_of.append((number, float(len(at)), pack_places(at)))
        for name, mark in ((KEY, document.id), (LANG, document.lang)):
            self._fields.setdefault(name, {}).setdefault(mark, []).append((number, 1.0, b""))
        self._rows.append(parts.row.pack())
        self.words.update(countable(parts.words))

    def write(self, index_name: str) -> Any:
        """Write the segment's files; the segment is not part of the index before it is in its contents."""
        codec = _codec()
        fields = schema()
        segment = codec.new_segment(self._storage, index_name)
        documents = codec.per_document_writer(self._storage, segment)
        column = fields["row"].column_type
        for number, row in enumerate(self._rows):
            documents.start_doc(number)
            documents.add_column_value("row", column, row)
            documents.finish_doc()
        documents.close()
        writer = codec.field_writer(self._storage, segment)
        for name in sorted(self._fields):
            terms = {
                term.encode("utf-8", "replace"): found for term, found in self._fields[name].items() if term
            }
            if not terms:
                continue
            writer.start_field(name, fields[name])
            for term in sorted(terms):
                writer.start_term(term)
                for number, weight, value in terms[term]:
                    writer.add(number, weight, value, None)
                writer.finish_term()
            writer.finish_field()
        writer.close()
        segment.set_doc_count(len(self._rows))
        return segment
