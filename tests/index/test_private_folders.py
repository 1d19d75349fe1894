"""Folders that only their owner may look into."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from seedread_index.files.user_files import make_private_folder


def test_every_folder_made_is_the_owners_alone_and_those_there_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path / "data" / "seedread" / "archives")
    modes = [stat.S_IMODE((tmp_path / each).stat().st_mode) for each in ("data", "data/seedread/archives")]
    assert modes == [0o700, 0o700]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(OSError, match="exists"):
        make_private_folder(tmp_path / "data")
