"""seedread keeps to its bytes, in a real terminal and beside less."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from terminals import wire
from terminals.session import environment


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with indexed articles."""
    home = tmp_path_factory.mktemp("wire")
    folder = wire.make_articles(home / "articles")
    command = [sys.executable, "-m", "seedread", "index", "--annotate", "--ner-model", "rules", str(folder)]
    subprocess.run(command, env=environment(home), check=True, capture_output=True)
    return home


@pytest.mark.parametrize("size", wire.BUDGET, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_action_keeps_to_its_bytes(home: Path, size: tuple[int, int]) -> None:
    found = wire.measure(wire.seedread(home / "articles"), home, size, idle=1)
    assert set(found) == set(wire.ACTIONS)
    assert not wire.over_budget(found, size)
