"""The public API: what docs/api.md shows works as it stands, and importing the package costs nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import seedread_index

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
_IMPORTS = """
import sys
import seedread_index
assert not [name for name in sys.modules if name.startswith("seedread_index.")]
from seedread_index import Archive, SearchRequest, errors
heavy = ("sqlite3", "whoosh", "spacy", "numpy", "platformdirs", "asyncio")
print([name for name in heavy if name in sys.modules])
"""


def test_every_block_of_the_page_runs(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(seeds.parent)
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    out = capsys.readouterr().out
    assert len(blocks) == PAGE.read_text(encoding="utf-8").count("```python") > 5
    assert "2 articles added, 0 files skipped" in out
    assert "hid " in out and " ()\n" in out


def test_every_public_name_is_there_and_imported_when_asked_for() -> None:
    assert all(getattr(seedread_index, name) is not None for name in seedread_index.__all__)
    assert set(seedread_index.__all__) <= set(dir(seedread_index))
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = seedread_index.nothing_such


def test_importing_the_api_imports_nothing_heavy() -> None:
    ended = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
