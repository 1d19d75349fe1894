"""Which archive a command works on, and the archives that were opened before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from seedread.userdata import archive_choice
from seedread.userdata.archive_choice import Origin, choose


def test_named_paths_come_first_then_the_environment_then_the_seeds(tmp_path: Path) -> None:
    environ = {"SEEDREAD_ARCHIVE": f"/a{os.pathsep}/b"}
    assert choose(["x"], environ=environ) == archive_choice.Source((Path("x"),), Origin.NAMED)
    assert choose([], environ=environ) == archive_choice.Source((Path("/a"), Path("/b")), Origin.ENVIRONMENT)
    assert choose([], environ={}).origin is Origin.SEEDS


def test_the_last_archive_opened_comes_before_the_seeds(tmp_path: Path) -> None:
    archive_choice.remember([tmp_path])
    assert choose([], environ={}) == archive_choice.Source((tmp_path.resolve(),), Origin.LAST)


def test_a_last_archive_that_is_gone_gives_way_to_the_one_before(tmp_path: Path) -> None:
    for name in ("old", "gone"):
        (tmp_path / name).mkdir()
        archive_choice.remember([tmp_path / name])
    (tmp_path / "gone").rmdir()
    assert choose([], environ={}).roots == ((tmp_path / "old").resolve(),)


def test_remembered_archives_are_the_users_own_and_each_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    archive_choice.remember([tmp_path / "a"])
    archive_choice.remember([tmp_path])
    archive_choice.remember([tmp_path / "a" / "..", tmp_path / "a"])
    archive_choice.remember([tmp_path / "a"])
    names = [[root.name for root in roots] for roots in archive_choice.recent()]
    assert len(names) == 3
    assert names[0] == ["a"]
    state = Path(os.environ["XDG_STATE_HOME"]) / "seedread"
    assert stat.S_IMODE((state / "archives.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert [entry.name for entry in state.iterdir()] == ["archives.json"]


def test_a_name_that_is_not_unicode_is_remembered(tmp_path: Path) -> None:
    strange = tmp_path / os.fsdecode(b"caf\xe9")
    strange.mkdir()
    archive_choice.remember([strange])
    assert archive_choice.recent()[0] == (strange.resolve(),)


@pytest.mark.parametrize("content", ["", "{", "null", '{"a": 1}', '[1, [], [2], ["/a", 3]]'])
def test_a_damaged_list_counts_as_empty(content: str) -> None:
    archive_choice.remember([Path("/")])
    (Path(os.environ["XDG_STATE_HOME"]) / "seedread" / "archives.json").write_text(content)
    assert archive_choice.recent() == []


def test_a_state_folder_that_cannot_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    archive_choice.remember([tmp_path])
    assert archive_choice.recent() == []


def test_the_seeds_are_the_checkouts_own_where_none_are_packaged(seeds: Path) -> None:
    assert archive_choice.bundled_seeds() == seeds


def test_the_seeds_of_a_wheel_are_found_beside_its_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    assert archive_choice.bundled_seeds() == tmp_path / "seeds"
