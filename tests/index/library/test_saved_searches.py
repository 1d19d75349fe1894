"""Saved searches: a file that may be edited by hand, and what is new in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.library.saved_searches import SavedSearches
from seedread_index.model.library import LibraryError


@pytest.fixture
def saved(tmp_path: Path) -> SavedSearches:
    return SavedSearches.of(tmp_path / "data")


def test_searches_are_added_renamed_and_removed(saved: SavedSearches) -> None:
    assert saved.all() == ()
    saved.add("Grain", '"grain export"  Odesa')
    saved.add("ships", "ship OR boat")
    assert [(each.name, each.query) for each in saved.all()] == [
        ("Grain", '"grain export" Odesa'),
        ("ships", "ship OR boat"),
    ]
    assert saved.named("GRAIN").query == '"grain export" Odesa'
    assert saved.rename("grain", "Corn").name == "Corn"
    assert saved.remove("ships").query == "ship OR boat"
    assert [each.name for each in saved.all()] == ["Corn"]
    saved.remove("corn")
    assert saved.all() == ()


def test_what_a_hand_wrote_beside_stays(saved: SavedSearches) -> None:
    saved.path.parent.mkdir()
    saved.path.write_text(
        '# mine\n[[search]]\nname = "one"\n# why\nquery = "a b"\n\n# of the second\n'
        "[[search]]\nname = 'two'\nquery = '''c\nd'''\n# at the end\n"
    )
    saved.add("three", "e")
    saved.rename("one", "first")
    saved.remove("two")
    text = saved.path.read_text()
    for comment in ("# mine", "# why", "# of the second", "# at the end"):
        assert text.count(comment) == 1
    assert [(each.name, each.query) for each in saved.all()] == [("first", "a b"), ("three", "e")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[search]]\nname = "x"\n', "line 1 of .* needs a name and a query"),
        ('\n[[search]]\nname = "x"\nquery = 3\n', "line 2 of"),
        ("[search]\n", "start with"),
        ("[[search]\n", "line 1 of the file of saved searches"),
    ],
)
def test_a_wrong_file_is_named_by_its_line(saved: SavedSearches, content: str, message: str) -> None:
    saved.path.parent.mkdir()
    saved.path.write_text(content)
    with pytest.raises(LibraryError, match=message):
        saved.all()
    with pytest.raises(LibraryError, match=message):
        saved.add("new", "query")
    assert saved.path.read_text() == content


def test_a_name_is_taken_once(saved: SavedSearches) -> None:
    saved.add("Grain", "grain")
    saved.add("ships", "ship")
    refused: tuple[Callable[[], object], ...] = (
        lambda: saved.add("GRAIN ", "other"),
        lambda: saved.rename("ships", "grain"),
        lambda: saved.add("empty", " "),
        lambda: saved.add("...", "query"),
        lambda: saved.remove("nosuch"),
    )
    for wrong in refused:
        with pytest.raises(LibraryError):
            wrong()
    assert len(saved.all()) == 2


def test_names_that_differ_by_their_marks_are_different(saved: SavedSearches) -> None:
    saved.add("C++", "a")
    saved.add("C#", "b")
    saved.add("the deal", "c")
    saved.add("Deal", "d")
    assert [each.query for each in saved.all()] == ["a", "b", "c", "d"]
    assert saved.named("DEAL").query == "d"
