"""Fixtures that every test may use: no user's files are touched, and archives over the seeds are at hand."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedread.userdata.archive_choice import bundled_seeds
from seedread_index.archive import Archive

PROJECT = Path(__file__).parent.parent
SEEDS = bundled_seeds()
_XDG = ("CACHE", "CONFIG", "DATA", "STATE")
_FOREIGN = (
    "SEEDREAD_ARCHIVE",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "PAGER",
    "VISUAL",
    "EDITOR",
    "TMUX",
)


@pytest.fixture(autouse=True)
def no_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own and none of the caller's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in _XDG:
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two bundled articles."""
    return SEEDS


@pytest.fixture(scope="session")
def seeds_gold() -> dict[str, Any]:
    """The hand annotation of the two seeds."""
    gold: dict[str, Any] = json.loads((PROJECT / "tests/data/seeds_gold.json").read_text(encoding="utf-8"))
    return gold


@pytest.fixture(scope="session")
def needs_program() -> Callable[[str], str]:
    """The path of a program; skips the test where it is missing, fails it in CI."""

    def find(name: str) -> str:
        if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            return found
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing, and in CI no test is skipped")
        pytest.skip(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The seeds, synced with rules alone; read it, do not change it."""
    root = tmp_path_factory.mktemp("seeds-archive")
    archive = Archive.open([SEEDS], cache_root=root / "cache", data_root=root / "data")
    archive.sync()
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def annotated_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The seeds with the entity model run over them; read it, do not change it."""
    pytest.importorskip("spacy", reason="the entity engine is not installed", exc_type=ImportError)
    root = tmp_path_factory.mktemp("annotated-archive")
    archive = Archive.open([SEEDS], cache_root=root / "cache", data_root=root / "data")
    archive.sync()
    archive.annotate()
    yield archive
    archive.close()


def make_folder(root: Path, texts: dict[str, str]) -> Path:
    """Write texts by file name under a folder."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def folder_of() -> Callable[[Path, dict[str, str]], Path]:
    """A function that writes texts by file name under a folder."""
    return make_folder
