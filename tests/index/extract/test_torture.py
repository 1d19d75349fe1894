"""A folder of bad inputs is read as its manifest expects, file by file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedread_index.extract.extractor import FileReading, read_file
from seedread_index.model.engine_settings import EngineSettings

BUILDER = Path(__file__).parents[2] / "data" / "make_torture.py"
GROUPS = (
    "01_empty",
    "02_size",
    "03_bytes",
    "04_encodings",
    "05_newlines",
    "06_terminal",
    "07_unicode",
    "08_markup",
    "09_names",
    "14_gz",
    "15_html",
    "16_json",
    "17_eml",
    "18_books",
    "20_dates",
    "21_forms",
)


@pytest.fixture(scope="module")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("torture") / "root"
    script = [sys.executable, str(BUILDER), str(root), "--no-special", "--many", "3", "--deep", "3"]
    subprocess.run(script, check=True, stdout=subprocess.DEVNULL)
    return root


def faults(reading: FileReading, entry: dict[str, Any]) -> Iterator[str]:
    status = entry["status"]
    if status == "article" and not reading.articles:
        yield f"no article: {reading.reason}"
    if status != "article" and str(reading.status) != status:
        yield f"{reading.status} instead of {status}"
    if reading.status is not None and not reading.reason:
        yield "no reason"
    shown = "\n".join(f"{one.title}\n{one.text}\n{one.path}\n{one.source}" for one in reading.articles)
    if reading.articles:
        yield from (f"lacks {text!a}" for text in entry.get("contains", ()) if text not in shown)
    yield from (f"shows {text!a}" for text in (*entry.get("absent", ()), "\x1b", "\u202e") if text in shown)
    first = reading.articles[0] if reading.articles else None
    if "title" in entry and (first is None or first.title != entry["title"]):
        yield f"wrong title {first and first.title!a}"
    if "date" in entry and (first is None or (first.date and first.date.isoformat()) != entry["date"]):
        yield "wrong date"


@pytest.mark.parametrize("group", GROUPS)
def test_every_expectation_of_the_manifest_holds(torture: Path, group: str) -> None:
    found = {}
    read = 0
    for line in (torture / "MANIFEST.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["group"] == group:
            name = bytes.fromhex(entry["path_hex"])
            reading = read_file(bytes(torture) + b"/" + name, name, EngineSettings())
            read += 1
            if wrong := list(faults(reading, entry)):
                found[entry["path"]] = wrong
    assert read
    assert found == {}
