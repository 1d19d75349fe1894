"""Files of many articles are read article by article, and what was read is kept."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow  # type: ignore[import-untyped]  # pyarrow has no types
import pytest
from pyarrow import parquet

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.extract.decoding import source
from seedread_index.extract.decoding.source import UNSURE, DraftStream, Source
from seedread_index.extract.extractor import FileReading, drafts_in, read_bytes, read_file
from seedread_index.extract.formats.mail import mailbox
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus, SyncReport
from seedread_index.sync.ingest.reading_jobs import FileJob, Outcome
from seedread_index.sync.ingest.worker import outcomes

Sync = Callable[..., SyncReport]
COUNT = 60


def text(number: int) -> str:
    return f"The ferry number {number} left the harbour at noon, its captain told the town council on Monday."


def as_json(number: int) -> str:
    return json.dumps({"id": number, "title": f"Ferry {number}", "text": text(number)}) + "\n"


def as_message(number: int) -> str:
    head = f"From a@b.example Tue Mar  5 10:00:00 2024\nFrom: a@b.example\nSubject: Ferry {number}\n"
    return (
        f"{head}Date: Tue, 5 Mar 2024 10:00:00 +0000\nMessage-ID: <{number}@b.example>\n\n{text(number)}\n\n"
    )


def as_page(number: int) -> str:
    page = f"<html><head><title>Ferry {number}</title></head><body><p>{text(number)}</p></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://b.example/{number}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return f"{head}{http}\r\n\r\n"


def as_document(number: int) -> str:
    head = f"{number + 1} of {COUNT} DOCUMENTS\n\nThe Wire\n\nMarch 5, 2024 Tuesday\n\nFerry {number}\n\n"
    return f"{head}LENGTH: 16 words\n\n{text(number)}\n\nLOAD-DATE: March 5, 2024\n\n\n"


def as_item(number: int) -> str:
    inside = f"<title>Ferry {number}</title><guid>{number}</guid><description>{text(number)}</description>"
    return f"<item>{inside}</item>"


def as_note(number: int) -> str:
    data = "<resource><data encoding='base64'>" + "QUJD" * 300 + "</data></resource>"
    return f"<note><title>Ferry {number}</title><content>{text(number)}</content>{data}</note>"


def table() -> str:
    made = io.StringIO()
    csv.writer(made).writerows(
        [("id", "title", "text"), *((number, f"Ferry {number}", text(number)) for number in range(COUNT))]
    )
    return made.getvalue()


def joined(record: Callable[[int], str]) -> str:
    return "".join(map(record, range(COUNT)))


def as_element(number: int) -> str:
    inside = f"<headline>Ferry {number}</headline><id>{number}</id><body><p>{text(number)}</p></body>"
    return f"<article>{inside}<day>2024-03-05</day></article>"


def wrapped(*keys: str) -> str:
    """The articles in a list within objects, with fields of the wrapper around it."""
    value: object = [json.loads(as_json(number)) for number in range(COUNT)]
    for key in reversed(keys):
        value = {"status": "ok", "source": "The Wire", key: value, "next": None}
    return json.dumps(value)


FORMS = {
    "articles.json": wrapped("articles"),
    "docs.json": wrapped("response", "docs"),
    "by_id.json": json.dumps({f"n{number}": json.loads(as_json(number)) for number in range(COUNT)}),
    "news.xml": f"<?xml version='1.0'?><r><source>Wire</source><list>{joined(as_element)}</list></r>",
    "a.jsonl": joined(as_json),
    "a.json": "[" + ",\n".join(as_json(number) for number in range(COUNT)) + "]",
    "a.csv": table(),
    "a.mbox": joined(as_message),
    "a.warc": joined(as_page),
    "a.txt": joined(as_document),
    "a.xml": f"<rss><channel><title>The Wire</title>{joined(as_item)}</channel></rss>",
    "a.enex": f"<?xml version='1.0' encoding='UTF-8'?><en-export>{joined(as_note)}</en-export>",
}


class Counted(io.BytesIO):
    """A file that counts what was read of it."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def streamed(data: bytes, name: str, *, head: int = 1000) -> tuple[Counted, DraftStream]:
    """Drafts of a file of which only the head is held."""
    file = Counted(data)
    return file, drafts_in(Source(file, len(data), head), name.encode(), EngineSettings())


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file here is a large one."""
    monkeypatch.setattr(source, "_BLOCK", 500)
    monkeypatch.setattr("seedread_index.extract.records.json_stream._BLOCK", 500)


@pytest.mark.parametrize("name", FORMS)
def test_a_large_file_gives_what_a_small_one_does(name: str) -> None:
    data = FORMS[name].encode()
    _, stream = streamed(data, name)
    drafts = list(stream)
    whole = list(drafts_in(Source.of(data), name.encode(), EngineSettings()))
    assert [draft.title for draft in drafts] == [f"Ferry {number}" for number in range(COUNT)]
    assert drafts == whole
    assert stream.found.status is None
    assert len({draft.part_id for draft in drafts}) == COUNT


@pytest.mark.parametrize("name", [name for name in FORMS if name not in {"a.xml", "a.enex", "news.xml"}])
def test_the_first_article_comes_before_the_last_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedread_index.extract.records.identity._FIRST", 2)
    for looked_at in ("nested._SOME", "nested.SAMPLE", "table.SAMPLE", "json._FIRST_MEMBERS"):
        monkeypatch.setattr(f"seedread_index.extract.records.{looked_at}", 2)
    monkeypatch.setattr("seedread_index.extract.records.json_stream._BLOCK", 500)
    monkeypatch.setattr("seedread_index.extract.records.exports.pieces._BLOCK", 500)
    monkeypatch.setattr(mailbox, "_LONGEST_SEAM", 300)
    monkeypatch.setattr("io.DEFAULT_BUFFER_SIZE", 500)
    for size in ("_BLOCK", "_LONGEST_HEADER"):
        monkeypatch.setattr(f"seedread_index.extract.records.web_archive.{size}", 500)
    file, stream = streamed(FORMS[name].encode(), name)
    next(iter(stream))
    assert file.count < len(FORMS[name]) * 0.8


@pytest.mark.parametrize("name", FORMS)
def test_a_compressed_file_is_inflated_while_it_is_read(name: str) -> None:
    data = gzip.compress(FORMS[name].encode())
    assert len(read_bytes(data, f"{name}.gz".encode(), EngineSettings()).articles) == COUNT


def test_what_was_read_before_damage_is_kept() -> None:
    data = gzip.compress(FORMS["a.jsonl"].encode())
    reading = read_bytes(data[: len(data) // 2], b"a.jsonl.gz", EngineSettings())
    assert 2 < len(reading.articles) < COUNT
    assert (reading.status, "is truncated" in reading.reason) == (SkipStatus.BROKEN, True)
    cut = FORMS["a.json"][: len(FORMS["a.json"]) // 2].encode()
    _, stream = streamed(cut, "a.json")
    assert 2 < len(list(stream)) < COUNT
    assert "is not valid JSON after" in stream.found.reason


def test_what_was_read_before_a_limit_is_kept() -> None:
    data = gzip.compress(FORMS["a.jsonl"].encode())
    limit = len(FORMS["a.jsonl"]) // 40
    reading = read_bytes(data, b"a.jsonl.gz", EngineSettings(max_inflated_size=limit))
    assert 2 < len(reading.articles) < COUNT
    assert "raise that" in reading.reason


def test_the_limit_of_size_is_of_what_has_to_be_held(tmp_path: Path) -> None:
    def read(name: str) -> FileReading:
        path = tmp_path / name
        path.write_text(FORMS.get(name, FORMS["a.json"] if name.endswith("json") else text(1) * 40))
        return read_file(bytes(path), name.encode(), EngineSettings(max_file_size=path.stat().st_size // 3))

    assert len(read("a.jsonl").articles) == COUNT
    assert read("b.txt").articles == ()
    assert "raise max_file_size" in read("b.txt").reason
    small = EngineSettings(max_file_size=10)
    assert "raise max_file_size" in read_file(bytes(tmp_path / "a.jsonl"), b"a.jsonl", small).reason


def test_a_line_too_long_to_be_held_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source.lines_of, "__defaults__", (1000,))
    lines = [as_json(0), json.dumps({"title": "Long", "text": "word " * 1000}) + "\n", as_json(1)]
    _, stream = streamed("".join(lines).encode(), "a.jsonl", head=200)
    assert [draft.title for draft in stream] == ["Ferry 0", "Ferry 1"]
    assert stream.found.reason == "has 1 line longer than 32 MiB; the others are read"
    _, stream = streamed("".join([*lines, "{oops\n", *lines[1:2]]).encode(), "a.jsonl", head=200)
    assert len(list(stream)) == 2
    lost = "has 1 line that is not valid JSON and 2 lines longer than 32 MiB; the others are read"
    assert stream.found.reason == lost


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("padding", range(4))
def test_a_head_of_one_line_is_whole(encoding: str, padding: int) -> None:
    first = json.dumps({"title": f"港{'x' * padding}", "text": text(0)}, ensure_ascii=False)
    data = "\n".join([first, *(as_json(number).strip() for number in range(1, 40))]).encode(encoding)
    head = len(first.encode(encoding)) + 60
    decoded = Source(io.BytesIO(data), len(data), head).decoded()
    assert decoded is not None and decoded.text.lstrip("\ufeff").rstrip() == first
    assert len(list(streamed(data, "a.jsonl", head=head)[1])) == 40


def test_what_stands_around_a_large_list_of_json_is_read_too() -> None:
    rest = {"status": "ok", "more": [{"title": "Ferry 99", "text": text(99)}]}
    data = json.dumps({"articles": [json.loads(as_json(number)) for number in range(COUNT)]} | rest)
    _, stream = streamed(data.encode(), "a.json")
    assert [draft.title for draft in stream][-2:] == ["Ferry 59", "Ferry 99"]
    assert stream.found.status is None
    article = {"title": "Long", "related": [{"title": "Ferry 1", "text": text(1)}], "text": text(2) * 50}
    _, stream = streamed(json.dumps(article).encode(), "a.json")
    assert "Long" in [draft.title for draft in stream]


@pytest.mark.parametrize("name", ["docs.json", "news.xml", "a.csv"])
def test_what_was_read_before_a_fault_of_the_first_records_is_kept(name: str) -> None:
    good = FORMS[name][: len(FORMS[name]) // 3]
    bad = {"a.csv": '9,"x' + "y" * (17 << 20)}.get(name, "")
    _, stream = streamed((good + bad).encode(), name)
    assert 2 < len(list(stream)) < COUNT / 2
    assert stream.found.status is SkipStatus.BROKEN


def test_a_notebook_is_none_of_articles_however_large() -> None:
    cells = [{"cell_type": "markdown", "source": [text(number) * 3]} for number in range(COUNT)]
    _, stream = streamed(json.dumps({"cells": cells, "nbformat": 4}).encode(), "a.json")
    assert (list(stream), "notebook" in stream.found.reason) == ([], True)


def test_a_table_of_parquet_is_read_from_the_disk(tmp_path: Path) -> None:
    rows = {"title": [f"Ferry {n}" for n in range(2500)], "text": [f"{n} {text(n)}" for n in range(2500)]}
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table(rows), path, compression="none")
    size = path.stat().st_size
    settings = EngineSettings(max_file_size=size // 3)
    head = size // 4
    with path.open("rb") as file:
        stream = drafts_in(Source(file, settings.max_file_size, head, on_disk=file), b"a.parquet", settings)
        assert next(iter(stream)).title == "Ferry 0"
        assert sum(1 for _ in stream) == 2499
    assert stream.found.status is None
    parts = list(taken(FileJob(bytes(path), b"a.parquet", enrich=False)))
    assert sum(len(part.articles) for part in parts) == 2500
    assert (parts[-1].status, parts[-1].hash) == (None, source.hash_of(path.read_bytes()))


def test_of_a_message_without_end_the_start_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LONGEST_MESSAGE", 5000)
    monkeypatch.setattr(mailbox, "_LONGEST_SEAM", 300)
    endless = as_message(1).strip() + " and on" * 5000 + "\n\n"
    _, stream = streamed((as_message(0) + endless + as_message(2)).encode(), "a.mbox")
    assert [draft.title for draft in stream] == ["Ferry 0", "Ferry 1", "Ferry 2"]
    assert "longer than" in stream.found.reason
    _, stream = streamed(endless.encode(), "a.mbox")
    assert [len(draft.text) < 5000 for draft in stream] == [True]
    assert "longer than" in stream.found.reason


def test_records_of_one_id_are_told_apart_by_their_texts() -> None:
    lines = [as_json(number) for number in range(300)]
    lines += [json.dumps({"id": 7, "title": "Again", "text": text(number)}) + "\n" for number in (400, 401)]
    _, stream = streamed("".join(lines).encode(), "a.jsonl")
    before = [draft.part_id for draft in stream]
    assert len(set(before)) == len(before) == 302
    _, stream = streamed("".join([*lines, as_json(500)]).encode(), "a.jsonl")
    assert [draft.part_id for draft in stream][:302] == before


def taken(job: FileJob, settings: EngineSettings | None = None) -> Iterator[Outcome]:
    """All parts of what becomes of a file."""
    reading = outcomes(job, settings or EngineSettings())
    while True:
        try:
            yield next(reading)
        except StopIteration as end:
            yield end.value
            return


def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "HEAD", 1000)
    monkeypatch.setattr(source.Source.__init__, "__defaults__", (1000,))
    path = tmp_path / "a.jsonl"
    path.write_text(FORMS["a.jsonl"])
    still = list(taken(FileJob(bytes(path), b"a.jsonl")))[-1]
    assert still.hash == source.hash_of(path.read_bytes())
    reading = outcomes(FileJob(bytes(path), b"a.jsonl"), EngineSettings(file_time_limit=1e-6))
    first = next(reading)
    with path.open("a") as file:
        file.write(as_json(99))
    rest = []
    with pytest.raises(StopIteration) as end:
        while True:
            rest.append(next(reading))
    last: Outcome = end.value.value
    assert (last.hash, last.changed_ns) == (None, UNSURE)
    assert sum(len(each.articles) for each in (first, *rest, last)) == COUNT


def test_articles_that_are_as_they_were_are_told_part_by_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedread_index.sync.ingest.worker._PART", 1000)
    path = tmp_path / "a.jsonl"
    path.write_text(FORMS["a.jsonl"])
    read = [one for part in taken(FileJob(bytes(path), b"a.jsonl")) for one in part.articles]
    parts = {one.article.id: one.draft for one in read}
    again = list(taken(FileJob(bytes(path), b"a.jsonl", parts=parts)))
    assert sum(len(part.kept) for part in again) == COUNT
    assert max(len(part.kept) for part in again) < COUNT / 2


def test_the_first_parts_of_a_file_are_small_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedread_index.sync.ingest.worker._PART", 5000)
    monkeypatch.setattr("seedread_index.sync.ingest.worker._PART_SECONDS", 60)
    path = tmp_path / "a.jsonl"
    path.write_text(FORMS["a.jsonl"])
    sizes = [len(part.articles) for part in taken(FileJob(bytes(path), b"a.jsonl", enrich=False))]
    assert (sum(sizes[:2]), max(sizes[:2]) < COUNT / 4, sizes[2]) == (20, True, COUNT - 20)


def test_the_last_page_of_an_address_takes_the_place_of_others(
    news: Path, cache: Path, run_sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedread_index.sync.ingest.ingest._FIRST", 1)
    page = as_page(1)
    newer = page.replace("left the harbour", "came  to harbour")
    (news / "a.warc").write_text(page + "".join(map(as_page, range(2, 250))) + newer, newline="")

    def shown() -> tuple[str, int]:
        catalogue = Catalogue.open(cache / "catalogue.db")
        try:
            found = {one.title: one.text for one in catalogue.articles(catalogue.ids())}
            return found["Ferry 1"], len(found)
        finally:
            catalogue.close()

    run_sync()
    assert ("came to harbour" in shown()[0], shown()[1]) == (True, 249)
    with (news / "a.warc").open("a", newline="") as file:
        file.write(as_page(250))
    run_sync()
    assert ("came to harbour" in shown()[0], shown()[1]) == (True, 250)


def test_a_large_file_beside_texts_is_no_table_of_metadata(
    news: Path, run_sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seedread_index.sync.scan import metadata_tables

    monkeypatch.setattr(metadata_tables, "_HEAD", 2000)
    read: list[int] = []
    bytes_of = metadata_tables._content

    def watched(path: bytes, most: int) -> bytes:
        read.append(most)
        return bytes_of(path, most)

    monkeypatch.setattr(metadata_tables, "_content", watched)
    (news / "a.jsonl").write_text(FORMS["a.jsonl"])
    (news / "b.txt").write_text(text(1000))
    assert run_sync().added == COUNT + 1
    assert read == [2001]


def test_a_value_too_long_to_be_held_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedread_index.extract.records.json_stream.LONGEST_LINE", 1 << 20)
    long = json.dumps({"title": "Long", "text": "word " * 1_000_000})
    _, stream = streamed(f"[{as_json(0)},{long}]".encode(), "a.json")
    assert [draft.title for draft in stream] == ["Ferry 0"]
    assert stream.found.reason.endswith("MiB after 1 article, which is read; save it as JSON lines")


def test_xml_beyond_memory_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> None:
        raise MemoryError

    monkeypatch.setattr("seedread_index.extract.records.xml.tree_of", full)
    reading = read_bytes(
        b"<?xml version='1.0'?><r><text>The ferry left.</text></r>", b"a.xml", EngineSettings()
    )
    assert "memory" in reading.reason
