"""The walk finds what is to be read, says why the rest is left out, and never opens what blocks."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import ArchiveError
from seedread_index.model.status import SyncReport
from seedread_index.sync.scan.walk import Found, Walk

Sync = Callable[..., SyncReport]
Reporter = Callable[[], dict[str, str]]


def walked(root: Path, **settings: object) -> dict[str, Found]:
    found = list(Walk([root], EngineSettings(**settings)))  # type: ignore[arg-type]
    by_path = {os.fsdecode(each.relative): each for each in found}
    assert len(by_path) == len(found)
    return by_path


def read(found: dict[str, Found]) -> set[str]:
    return {path for path, each in found.items() if each.status is None}


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("A story.\n", encoding="utf-8")


def test_files_of_any_name_are_read_and_tool_folders_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "noending", "b.bak", "c.part", ".hidden.txt", "new\nline", "deep/er/d.txt")
    make(tmp_path, ".git/x", "node_modules/x.txt", "__pycache__/x", ".venv/x.txt", ".DS_Store", "__MACOSX/x")
    found = walked(tmp_path)
    assert read(found) == {
        "a.txt",
        "noending",
        "b.bak",
        "c.part",
        ".hidden.txt",
        "new\nline",
        "deep/er/d.txt",
    }
    left = {".git", "node_modules", "__pycache__", ".venv", ".DS_Store", "__MACOSX"}
    assert set(found) - read(found) == left
    assert all(found[path].reason for path in left)


def test_excludes_are_gitignore_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.log", "drafts/b.txt", "keep.log")
    assert read(walked(tmp_path, exclude=("*.log", "!keep.log", "drafts/"))) == {"a.txt", "keep.log"}


def test_names_that_are_not_text_are_walked(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"A story.\n")
    (found,) = Walk([tmp_path], EngineSettings())
    assert (found.relative, found.path) == (b"caf\xe9.txt", path)


def test_links_are_followed_once_and_never_in_loops(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "real/up").symlink_to("..")
    (tmp_path / "real/self").symlink_to("self")
    (tmp_path / "again").symlink_to("real")
    (tmp_path / "file.txt").symlink_to("real/a.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    found = walked(tmp_path)
    assert read(found) == {"real/a.txt", "file.txt"}
    assert "read under another name" in found["again"].reason
    assert found["real/self"].reason == "a circular link"
    assert "does not exist" in found["gone.txt"].reason


def test_links_lead_out_of_the_root_only_where_it_is_allowed(tmp_path: Path) -> None:
    make(tmp_path, "root/a.txt", "outside/b.txt")
    (tmp_path / "root/out").symlink_to(tmp_path / "outside")
    (tmp_path / "root/system").symlink_to("/proc/self")
    assert read(walked(tmp_path / "root")) == {"a.txt"}
    found = walked(tmp_path / "root", follow_links_outside=True)
    assert read(found) == {"a.txt", "out/b.txt"}
    assert "system" in found["system"].reason


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.txt"))
        (tmp_path / "zero.txt").symlink_to("/dev/zero")
        found = walked(tmp_path)
    assert read(found) == set()
    assert "named pipe" in found["pipe.txt"].reason


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "open/a.txt", "shut/b.txt")
    scandir = os.scandir

    def refuse(path: bytes) -> object:
        if path.endswith(b"/shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = walked(tmp_path)
    assert read(found) == {"open/a.txt"}
    assert found["shut"].unknown
    assert "Permission denied" in found["shut"].reason


def test_what_lay_in_a_folder_that_fails_is_not_taken_for_gone(
    news: Path, run_sync: Sync, stored: Reporter, reasons: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(news, "open/a.txt")
    (news / "shut").mkdir()
    (news / "shut/b.txt").write_text("Another story.\n", encoding="utf-8")
    run_sync()
    scandir = os.scandir

    def fail(path: bytes | str) -> object:
        if path == os.fsencode(news / "shut"):
            raise OSError(5, "Input/output error", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    assert run_sync().removed == 0
    assert set(stored()) == {"open/a.txt", "shut/b.txt"}
    assert "Input/output error" in reasons()["shut"]


def test_a_root_that_vanishes_is_an_error_and_loses_nothing(
    news: Path, run_sync: Sync, stored: Reporter
) -> None:
    make(news, "a.txt")
    run_sync()
    news.rename(news.parent / "elsewhere")
    with pytest.raises(ArchiveError, match="cannot be read"):
        run_sync()
    assert set(stored()) == {"a.txt"}


def test_paths_of_any_depth_are_no_crash(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(22):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = walked(tmp_path)
    assert any("longer than the system" in each.reason for each in found.values())
