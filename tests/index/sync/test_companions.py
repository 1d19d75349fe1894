"""Folders that a browser saved beside a page are left out, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.sync.scan.walk import Walk


def walked(root: Path) -> dict[str, str]:
    return {found.relative.decode(): found.reason for found in Walk([root], EngineSettings())}


def save(root: Path, page: str, folder: str, markup: str = "<p>Text</p>") -> None:
    (root / page).write_text(markup)
    (root / folder).mkdir()
    (root / folder / "f.txt").write_text("var a")


@pytest.mark.parametrize("suffix", ["_files", ".files", "-Dateien", "_fichiers", "_archivos", "-filer"])
def test_the_files_of_a_saved_page_are_left_out(tmp_path: Path, suffix: str) -> None:
    save(tmp_path, "Bridge - Hill News.htm", f"Bridge - Hill News{suffix}")
    found = walked(tmp_path)
    assert "saved page Bridge - Hill News.htm" in found[f"Bridge - Hill News{suffix}"]
    assert len(found) == 2


def test_a_folder_that_the_page_takes_its_scripts_from_is_left_out(tmp_path: Path) -> None:
    save(tmp_path, "a.html", "a_soubor", "<script src='./a_soubor/x.js'></script>")
    assert "saved page" in walked(tmp_path)["a_soubor"]


@pytest.mark.parametrize("folder", ["news-2020", "news_archive", "newsfiles", "other_files"])
def test_other_folders_beside_a_page_are_read(tmp_path: Path, folder: str) -> None:
    save(tmp_path, "news.html", folder, f"<a href='{folder}/1.html'>one</a>")
    assert walked(tmp_path) == {"news.html": "", f"{folder}/f.txt": ""}
