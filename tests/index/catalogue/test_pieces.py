"""Long texts are gone through piece by piece, and give the same terms at the same places."""

from __future__ import annotations

import pytest

from seedread_index.engines import document as analyzed_document
from seedread_index.engines.document import Document, analyze
from seedread_index.engines.whoosh.segment_writer import SegmentBuilder
from seedread_index.text import chunks
from seedread_index.text.chunks import count_words, words_in
from seedread_index.text.tokenizer import surface_forms

TEXTS = (
    "The U.S. and the U.N. paid 1,000,000 euros for C++ courses, the minister's office said.\n" * 30,
    "東京の大臣が会見した。雨が降った、と述べた。" * 40,
    "x" * 900,
    "วันนี้ฝนตก ที่กรุงเทพ " * 40,
)


def document(text: str) -> Document:
    return Document("a" * 32, "A title", True, text, (), 0, None, None, "one.txt", "en")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_pieces_has_the_words_of_the_whole(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyze(document(text))
    monkeypatch.setattr(chunks, "PIECE", 50)
    monkeypatch.setattr(analyzed_document, "PIECE", 50)
    parts = list(chunks.pieces(text, 0, len(text)))
    assert [edge for _, edge in parts[:-1]] == [start for start, _ in parts[1:]]
    assert [word for start, end in parts for word in surface_forms(text[start:end])] == surface_forms(text)
    again = analyze(document(text))
    for field, positions in whole.positions.items():
        assert {term: list(at) for term, at in again.positions[field].items()} == positions
    assert again._replace(positions=whole.positions) == whole
    assert words_in(text, 0, len(text)) == count_words(text).total


def test_a_long_text_is_cut_into_pieces() -> None:
    text = "word " * chunks.PIECE
    assert all(end - start <= 2 * chunks.PIECE for start, end in chunks.pieces(text, 0, len(text)))


def test_a_dump_of_data_is_indexed_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzed_document, "PIECE", 50)
    monkeypatch.setattr(analyzed_document, "MOST_TERMS", 10)
    monkeypatch.setattr(analyzed_document, "MOST_POSITIONS", 3)
    found = analyze(document(" ".join(f"word{n % 40} often" for n in range(100))))
    assert len(found.positions["all"]) == 10
    assert list(found.positions["all"]["often"]) == [1, 3, 5]
    builder = SegmentBuilder()
    builder.add(found)
    assert len(builder) == 1
