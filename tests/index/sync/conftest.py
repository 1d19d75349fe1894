"""Folders of articles and their syncs, all in scratch folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.archive_folder import ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SyncReport
from seedread_index.sync.sync import sync

Sync = Callable[..., SyncReport]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """An empty folder for articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The archive's cache folder, not there yet."""
    return tmp_path / "cache" / "archive"


@pytest.fixture
def files(cache: Path) -> ArchiveFolder:
    """The archive's files."""
    return ArchiveFolder(cache, cache.with_name("corrections.toml"))


@pytest.fixture
def run_sync(news: Path, files: ArchiveFolder) -> Sync:
    """A function that syncs the folder of articles, or the roots given."""

    def run(*roots: Path, settings: EngineSettings | None = None, rebuild: bool = False) -> SyncReport:
        return sync(roots or (news,), files, settings or EngineSettings(), rebuild=rebuild)

    return run


@pytest.fixture
def stored(cache: Path) -> Callable[[], dict[str, str]]:
    """A function that tells the stored articles: text by path."""

    def read() -> dict[str, str]:
        catalogue = Catalogue.open(cache / "catalogue.db")
        try:
            return {article.path: article.text for article in catalogue.articles(catalogue.ids())}
        finally:
            catalogue.close()

    return read


@pytest.fixture
def reasons(cache: Path) -> Callable[[], dict[str, str]]:
    """A function that tells what was skipped: reason by path."""

    def read() -> dict[str, str]:
        catalogue = Catalogue.open(cache / "catalogue.db")
        try:
            return {skipped.path: skipped.reason for skipped in catalogue.skipped()}
        finally:
            catalogue.close()

    return read
