"""Places survive, damaged ones are left aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread.userdata.session_state import SessionState, SessionStore, dumped


def test_a_place_survives(tmp_path: Path) -> None:
    place = SessionState(query="kremlin", article="ab12", offset=400, reading=True, marks={"a": ["ab12", 7]})
    place.remember_offset("ab12", 400)
    SessionStore("digest", tmp_path).save(dumped(place))
    assert SessionStore("digest", tmp_path).load() == place


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"query": 3, "offset": "x"}',
        '{"marks": {"a": 3}}',
        '{"offsets": {"a": "b"}}',
        '{"sort": "up"}',
    ],
)
def test_a_damaged_place_is_a_fresh_one(tmp_path: Path, content: str) -> None:
    SessionStore("digest", tmp_path).save(content or " ")
    assert SessionStore("digest", tmp_path).load() == SessionState()


def test_only_the_latest_offsets_are_kept() -> None:
    place = SessionState()
    for number in range(700):
        place.remember_offset(str(number), number)
    place.remember_offset("300", 1)
    assert len(place.offsets) == 500
    assert place.offsets["300"] == 1
    assert "100" not in place.offsets


def test_read_marks_add_up(tmp_path: Path) -> None:
    store = SessionStore("digest", tmp_path)
    store.want_read(["a", "b"], True)
    store.flush()
    store.want_read(["a"], False)
    store.flush()
    assert SessionStore("digest", tmp_path).load_read() == {"b"}
