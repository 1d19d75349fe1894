"""What became of every file: `status`, `status --files` and `index --dry-run` agree."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

TEXT = "Ferry leaves\n\nThe ferry left the harbour at noon on Monday, the office said."


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of an article, its copy, two records in one file, and three files that are no articles."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT)
    records = [{"title": f"Story {n}", "text": f"The crane of day {n} fell in the port."} for n in range(2)]
    (folder / "d.jsonl").write_text("\n".join(map(json.dumps, records)))
    (folder / "fetch.py").write_text("import os\n")
    (folder / "empty.txt").write_text("")
    (folder / "p.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    return folder


def test_the_files_of_a_status_add_up(run: Run, mixed: Path) -> None:
    status = json.loads(run("status", "-C", str(mixed), "--json").out)
    assert status["files"] == {"seen": 6, "read": 2, "copies": 1, "left_out": 3}
    assert sum(each["count"] for each in status["left_out"]) == 3
    assert status["metadata_table"] is None
    assert "6: 2 read, 1 copies, 3 left out" in run("status", "-C", str(mixed)).out


def test_files_that_gave_nothing_and_copies_are_listed(run: Run, mixed: Path) -> None:
    lines = map(json.loads, run("status", "-C", str(mixed), "--files", "--jsonl").out.splitlines())
    rows = {row["path"]: row for row in lines}
    assert set(rows) == {"b.txt", "empty.txt", "fetch.py", "p.zip"}
    assert (rows["b.txt"]["rule"], rows["b.txt"]["copy_of"]) == ("copy", "a.txt")
    assert "program source" in rows["fetch.py"]["reason"]
    assert "unpack it" in rows["p.zip"]["reason"]


def test_a_file_that_is_read_in_part_is_listed_and_counts_as_read(run: Run, mixed: Path) -> None:
    cut = gzip.compress((TEXT + " The crane fell." * 40).encode())[:-30]
    (mixed / "cut.txt.gz").write_bytes(cut)
    rows = [
        json.loads(line) for line in run("status", "-C", str(mixed), "--files", "--jsonl").out.splitlines()
    ]
    assert [row["rule"] for row in rows if row["path"] == "cut.txt.gz"] == ["broken"]
    counts = json.loads(run("status", "-C", str(mixed), "--json").out)["files"]
    assert counts == {"seen": 7, "read": 3, "copies": 1, "left_out": 3}
    assert len(rows) == 1 + counts["copies"] + counts["left_out"]


def test_a_dry_run_says_what_each_file_is_read_as_and_writes_nothing(run: Run, mixed: Path) -> None:
    lines = map(json.loads, run("index", "-C", str(mixed), "--dry-run", "--jsonl").out.splitlines())
    rows = {row["path"]: row for row in lines}
    assert (rows["a.txt"]["format"], rows["a.txt"]["articles"], rows["a.txt"]["reason"]) == ("text", 1, None)
    assert (rows["d.jsonl"]["format"], rows["d.jsonl"]["articles"]) == ("json_lines", 2)
    assert (rows["fetch.py"]["articles"], "program" in rows["fetch.py"]["reason"]) == (0, True)
    assert json.loads(run("status", "-C", str(mixed), "--no-sync", "--json").out)["articles"] == 0
