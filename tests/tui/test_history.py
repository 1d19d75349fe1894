"""Past queries."""

from __future__ import annotations

import stat
from pathlib import Path

from seedread.userdata.session_state import History


def test_a_query_is_kept_once_and_last(tmp_path: Path) -> None:
    path = tmp_path / "state" / "queries.txt"
    history = History(path)
    for query in ("kremlin", "idlib  syria", "kremlin", "  "):
        if history.note(query):
            history.save(query)
    assert history.queries == ["idlib syria", "kremlin"]
    again = History(path)
    again.load()
    assert again.queries == ["idlib syria", "kremlin"]


def test_the_history_is_private(tmp_path: Path) -> None:
    path = tmp_path / "state" / "queries.txt"
    History(path).save("kremlin")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_earlier_queries_are_found_by_their_words(tmp_path: Path) -> None:
    history = History(tmp_path / "queries.txt")
    for query in ("putin moscow", "idlib", "moscow ankara"):
        history.note(query)
    assert history.holding("MOSCOW") == ["moscow ankara", "putin moscow"]
    assert history.holding("moscow put") == ["putin moscow"]


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    History(blocked / "queries.txt").save("kremlin")
