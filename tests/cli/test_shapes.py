"""The JSON of every command has the shapes of docs/contract.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run
from .shape_checks import ARTICLE, ENTITY, EXPLANATION, HIT, RESULTS, STATUS, assert_shape


def test_search_as_json_lines(on_seeds: Run) -> None:
    rows = on_seeds("search", "Kremlin", "--jsonl").rows
    assert len(rows) == 2
    for row in rows:
        assert_shape(row, HIT)


def test_search_as_one_document(on_seeds: Run) -> None:
    found = on_seeds("search", "Kremlin", "--json").document
    assert_shape(found, RESULTS)
    assert (found["query"], found["total"], len(found["hits"])) == ("Kremlin", 2, 2)
    assert found["explained"]


def test_show_as_json_and_as_json_lines(on_seeds: Run, seeds: Path) -> None:
    path = seeds / "000_f3c12d9c3c59545f.txt"
    shown = on_seeds("show", str(path), "--json").document
    assert_shape(shown, ARTICLE)
    assert shown["path"] == path.name
    assert bytes.fromhex(shown["path_hex"]) == path.name.encode()
    assert shown["text"] == path.read_text(encoding="utf-8")
    for mention in shown["mentions"]:
        assert shown["text"][mention["start"] : mention["end"]] == mention["text"]
    assert on_seeds("show", str(path), "--jsonl").rows == [shown]


def test_show_with_reasons(on_seeds: Run, seeds: Path) -> None:
    path = seeds / "000_f3c12d9c3c59545f.txt"
    shown = on_seeds("show", str(path), "--explain", "--json").document
    assert_shape(shown, EXPLANATION)
    assert (shown["file"], shown["format"]) == ("read", "text")
    date = next(field for field in shown["fields"] if field["field"] == "date")
    assert (date["value"], date["from"]) == ("2020-02-28", "text")
    assert all(passage["why"] for passage in shown["passages"])
    assert on_seeds("show", str(path), "--explain", "--jsonl").rows == [shown]


def test_show_all_as_json_lines(on_seeds: Run) -> None:
    rows = on_seeds("show", "--all", "--jsonl").rows
    assert [row["path"][:3] for row in rows] == ["000", "003"]
    for row in rows:
        assert_shape(row, ARTICLE)


def test_entities_as_json_lines_and_as_one_document(on_seeds: Run) -> None:
    rows = on_seeds("entities", "--jsonl").rows
    assert len(rows) > 5
    for row in rows:
        assert_shape(row, ENTITY)
    document = on_seeds("entities", "--json").document
    assert document == {"schema": 1, "total": len(rows), "entities": rows}


def test_status(on_seeds: Run, seeds: Path) -> None:
    status = on_seeds("status", "--json").document
    assert_shape(status, STATUS)
    assert status["folders"] == [str(seeds)]
    assert status["articles"] == status["searchable"] == 2
    assert status["writer"] is None
    assert on_seeds("status", "--jsonl").rows == [status]


def test_status_of_skipped_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    status = run("status", "--json", "-C", str(tmp_path)).document
    assert_shape(status, STATUS)
    assert {skipped["path"]: skipped["status"] for skipped in status["skipped"]} == {
        "empty.txt": "empty",
        "picture.txt": "binary",
    }


@pytest.mark.parametrize(
    ("arguments", "inner"),
    [
        (["list"], "articles"),
        (["kwic", "Kremlin"], "lines"),
        (["quotes"], "quotes"),
        (["count", "Kremlin"], "counts"),
        (["keys"], "keys"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_one_document_holds_the_json_lines(on_seeds: Run, arguments: list[str], inner: str) -> None:
    rows = on_seeds(*arguments, "--jsonl").rows
    document = on_seeds(*arguments, "--json").document
    assert rows
    assert document[inner] == rows
    assert all(row["schema"] == 1 for row in [document, *rows])
