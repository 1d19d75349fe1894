"""Everything that the index relies on of Whoosh; benchmarks/whoosh_contract.py runs it on another version."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh import reading
from whoosh.codec import whoosh3
from whoosh.filedb import filestore, filetables, structfile
from whoosh.lang import porter2

from seedread_index.engines.article_keys import keys_of
from seedread_index.engines.document import ALL
from seedread_index.engines.whoosh.commit import Commit, merge
from seedread_index.engines.whoosh.pinned_storage import open_reader
from seedread_index.engines.whoosh.postings import TermPostings, raw_matcher, read_blocks, unpack_positions
from seedread_index.engines.whoosh.schema import KEY, Row, schema, unpack_rows
from seedread_index.engines.whoosh.segment_writer import SegmentWriter, _TermIndex
from seedread_index.text.stems import stem

NAME = "contract"
storage_at: Any = filestore.FileStorage


def postings(documents: list[int], frequencies: list[int]) -> TermPostings:
    positions = [at for frequency in frequencies for at in range(frequency)]
    return TermPostings(array("I", documents), array("I", frequencies), array("I", positions))


def segment(folder: Path, keys: list[str], terms: dict[bytes, TermPostings]) -> Any:
    """A segment of documents with these ids and postings."""
    writer = SegmentWriter(storage_at(str(folder)), NAME)
    writer.rows(Row(key, 1, 2, 0, 0).pack() for key in keys)
    writer.field(ALL, sorted(terms.items()))
    marks = {
        key.encode(): TermPostings(array("I", [at]), array("I", [1]), array("I"))
        for at, key in enumerate(keys)
    }
    writer.field(KEY, sorted(marks.items()))
    return writer.finish()


TERMS = {
    b"common": postings(list(range(1300)), [1 + at % 3 for at in range(1300)]),
    b"once": postings(list(range(0, 1300, 2)), [1] * 650),
    b"rare": postings([7], [2]),
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Any]:
    """An index of 1,300 documents in one segment: two terms are frequent and one is rare."""
    made: Any = whoosh_index.create_in(str(tmp_path), schema(), indexname=NAME)
    with Commit(made, NAME) as commit:
        commit.add(segment(tmp_path, [f"{at:04}" for at in range(1300)], TERMS))
    yield made
    made.close()


def test_postings_are_read_as_they_were_written(index: Any) -> None:
    reader = open_reader(index)
    for term, written in TERMS.items():
        ((ids, frequencies, values, _),) = read_blocks(raw_matcher(reader, ALL, term))
        assert ids == list(written.documents)
        assert frequencies == list(written.frequencies)
        assert unpack_positions(values, sum(frequencies)) == written.positions
        assert len(ids) == reader.doc_frequency(ALL, term)
    assert raw_matcher(reader, ALL, b"nowhere") is None
    reader.close()


def test_marks_are_read_by_whoosh_itself_too(index: Any) -> None:
    reader = open_reader(index)
    matcher = reader.postings(KEY, b"0042")
    assert matcher.id() == 42
    ((ids, frequencies, values, _),) = read_blocks(raw_matcher(reader, KEY, b"0042"))
    assert (ids, list(frequencies), values) == ([42], [1], b"")
    reader.close()


def test_rows_are_read_in_one_go(index: Any) -> None:
    reader = open_reader(index)
    ((leaf, base),) = reader.leaf_readers()
    rows = unpack_rows(leaf.column_reader("row", translate=False).load())
    assert base == 0
    assert rows.keys[:2] == keys_of(["0000", "0001"])
    assert len(rows.keys) == leaf.doc_count_all() == 1300
    reader.close()


def test_terms_ascend_and_start_with_a_prefix(index: Any) -> None:
    reader = open_reader(index)
    ((leaf, _),) = reader.leaf_readers()
    assert list(leaf.lexicon(ALL)) == [b"common", b"once", b"rare"]
    assert list(leaf.expand_prefix(ALL, b"on")) == [b"once"]
    assert set(leaf.indexed_field_names()) == {ALL, KEY}
    reader.close()


def test_deletions_are_seen_after_the_commit_and_leave_postings(index: Any) -> None:
    with Commit(index, NAME) as commit:
        commit.delete(["0007", "never"])
    reader = open_reader(index)
    ((leaf, _),) = reader.leaf_readers()
    assert [number for number in range(10) if leaf.is_deleted(number)] == [7]
    assert leaf.doc_count() == 1299
    ids = [number for block, *_ in read_blocks(raw_matcher(leaf, ALL, b"rare")) for number in block]
    assert ids == [7]
    reader.close()


def test_a_commit_replaces_the_contents_and_cleans_up(index: Any, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}_0123456789abcdef.trm").write_bytes(b"left over")
    before = index.latest_generation()
    with Commit(index, NAME) as commit:
        commit.add(segment(tmp_path, ["new"], {b"rare": postings([0], [1])}))
    assert index.latest_generation() == before + 1
    again: Any = whoosh_index.open_dir(str(tmp_path), indexname=NAME)
    assert again.doc_count() == 1301
    assert not list(tmp_path.glob("*0123456789abcdef*"))
    assert len(list(tmp_path.glob("_*.toc"))) == 1
    again.close()


def test_a_commit_that_fails_changes_nothing(index: Any) -> None:
    before = index.latest_generation()
    with pytest.raises(ZeroDivisionError), Commit(index, NAME) as commit:
        commit.delete(["0001"])
        raise ZeroDivisionError
    assert index.latest_generation() == before
    with Commit(index, NAME):
        pass


def test_merging_drops_the_deleted_and_numbers_anew(index: Any, tmp_path: Path) -> None:
    with Commit(index, NAME) as commit:
        commit.delete([f"{at:04}" for at in range(1000)])
        commit.add(segment(tmp_path, ["a", "b"], {b"common": postings([1], [2])}))
    found = index._read_toc()
    merged = merge(index.storage, NAME, found.segments)
    assert merged.doc_count_all() == 302
    segment_reader: Any = reading.SegmentReader
    reader = segment_reader(index.storage, schema(), merged)
    rows = unpack_rows(reader.column_reader("row", translate=False).load())
    assert rows.keys[-3:] == keys_of(["1299", "a", "b"])
    ids = [number for block, *_ in read_blocks(raw_matcher(reader, ALL, b"common")) for number in block]
    assert ids == [*range(300), 301]
    assert raw_matcher(reader, ALL, b"rare") is None
    reader.close()


def test_an_index_that_is_not_there_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(whoosh_index.EmptyIndexError):
        whoosh_index.open_dir(str(tmp_path), indexname=NAME)


def test_stems_are_porter2s() -> None:
    slow: Any = porter2.stem
    words = ["running", "policies", "government", "news", "generally"]
    assert [slow(word) for word in words] == ["run", "polici", "govern", "news", "general"]
    starts = [
        "",
        "s",
        "by",
        "yell",
        "hop",
        "bed",
        "gener",
        "commun",
        "rational",
        "sky",
        "say",
        "feel",
        "pull",
    ]
    ends = ["", "s", "ied", "ies", "us", "sses", "ed", "eed", "ing", "edly", "eedly", "ingly", "y", "l", "e"]
    ends += [end for end, _, _ in (*porter2.s2_triples, *porter2.s3_triples)]
    ends += [*porter2.s4_delete_list, "sion", "tion"]
    words = [f"{start}{one}{other}" for start in starts for one in ends for other in ends]
    words += [*porter2.exceptional_forms, *porter2.exceptional_early_exit_post_1a]
    for word in filter(None, words):
        assert stem(word) == slow(word)


def test_terms_are_indexed_as_whoosh_does(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    writer: Any = filetables.OrderedHashWriter
    for path, kind in ((ours, _TermIndex), (theirs, writer)):
        index = kind(structfile.StructFile(path.open("wb")))
        index.extras["fieldmap"] = {ALL: 0}
        for number in range(3000):
            index.add(b"%06d" % number, bytes(number % 40))
        index.close()
    assert ours.read_bytes() == theirs.read_bytes()


def test_the_codec_is_the_one_that_is_written_with() -> None:
    codec: Any = whoosh3.W3Codec
    assert codec().new_segment(None, NAME).indexname == NAME
