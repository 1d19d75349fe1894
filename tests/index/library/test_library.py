"""The library: what is kept goes with the text of an article, through edits, moves and two sessions."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index import Archive, EngineSettings, Span
from seedread_index.library.archive_library import ArchiveLibrary
from seedread_index.library.journal import parse
from seedread_index.model.errors import SeedreadError
from seedread_index.model.library import LibraryError

FERRY = """The ferry to Lowick is late again

Passengers waited for two hours on the pier at Lowick on Monday, and no boat came before noon.

"Nobody told us a thing," said Ines Farrow, who sells tickets there.
"""
MILL = """A mill burns at Orston

Firemen came to the mill at Orston in the night, and nobody was hurt, said the brigade on Tuesday.
"""


class Desk:
    """A folder of two articles with its archive, opened anew as often as a test wants."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.news = base / "news"
        self.news.mkdir()
        (self.news / "ferry.txt").write_text(FERRY)
        (self.news / "mill.txt").write_text(MILL)

    def open(self, folder: Path | None = None) -> Archive:
        archive = Archive.open(
            folder or self.news,
            EngineSettings(ner_model="rules"),
            cache_root=self.base / "cache",
            data_root=self.base / "data",
        )
        archive.sync()
        return archive

    def id(self, archive: Archive, name: str) -> str:
        return archive.find(name.encode())[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_stars_tags_and_collections_survive_the_cache(desk: Desk) -> None:
    with desk.open() as archive:
        ferry, mill = desk.id(archive, "ferry.txt"), desk.id(archive, "mill.txt")
        library = archive.library()
        assert library.star([ferry]).articles == 1
        library.tag([ferry, mill], "Fire  brigade")
        library.tag([mill], "FIRE BRIGADE")
        library.collect([mill], "Autumn")
    shutil.rmtree(desk.base / "cache")
    with desk.open() as archive:
        library = archive.library()
        assert library.starred() == {ferry}
        assert library.tagged("fire brigade") == {ferry, mill}
        assert library.names("tags") == {"Fire brigade": 2}
        assert library.collected("autumn") == {mill}
        assert library.tag([ferry], "fire BRIGADE", on=False).articles == 1
        assert library.tagged("fire brigade") == {mill}
        assert library.star([mill], on=False).description == "nothing to change"
    mode = stat.S_IMODE((desk.base / "data" / "library.jsonl").stat().st_mode)
    assert mode == 0o600


def test_tags_differ_by_their_marks_and_a_star_stands_for_any(desk: Desk) -> None:
    with desk.open() as archive:
        ferry, mill = desk.id(archive, "ferry.txt"), desk.id(archive, "mill.txt")
        library = archive.library()
        library.tag([ferry], "C++")
        library.tag([mill], "C#")
        library.tag([mill], 'the "great" Café')
        library.tag([ferry], "café")
        assert library.names("tags") == {"C#": 1, "C++": 1, "café": 1, 'the "great" Café': 1}
        for query, found in (
            ("tag:C++", {ferry}),
            ("tag:c#", {mill}),
            ("tag:CAFE", {ferry}),
            ('tag:"the great cafe"', {mill}),
            ("tag:c*", {ferry, mill}),
            ('tag:"the*"', {mill}),
            ("tag:*fé", {ferry, mill}),
            ("tag:c", set()),
        ):
            assert set(archive.search(query).ids()) == found, query


def test_a_note_moves_with_its_words_and_drifts_when_they_change(desk: Desk) -> None:
    with desk.open() as archive:
        ferry = desk.id(archive, "ferry.txt")
        article = archive.article(ferry)
        assert article is not None
        start = article.text.index("Nobody told")
        archive.library().note(ferry, "who should have?", Span(start, start + len("Nobody told us a thing")))
        archive.library().note(ferry, "ask the owners")
    (desk.news / "ferry.txt").write_text(FERRY.replace("Passengers", "It rained in Lowick.\n\nPassengers"))
    with desk.open() as archive:
        library = archive.library()
        (notes,) = library.notes().values()
        article = archive.article(ferry)
        assert article is not None
        place = library.place_of(notes[0], article.text)
        assert place is not None and article.text[place.start : place.end] == "Nobody told us a thing"
        assert library.place_of(notes[1], article.text) is None
    (desk.news / "ferry.txt").write_text(FERRY.replace("Nobody told us", "Someone told me"))
    with desk.open() as archive:
        (notes,) = archive.library().notes().values()
        article = archive.article(ferry)
        assert article is not None
        assert archive.library().place_of(notes[0], article.text) is None
        assert [note.text for note in notes] == ["who should have?", "ask the owners"]


def test_two_sessions_add_notes_at_once_and_none_is_lost(desk: Desk) -> None:
    with desk.open() as one, desk.open() as other:
        ferry = desk.id(one, "ferry.txt")
        assert one.library().notes() == other.library().notes() == {}
        for number in range(5):
            one.library().note(ferry, f"one {number}")
            other.library().note(ferry, f"other {number}")
        texts = [note.text for note in one.library().notes()[ferry]]
        assert texts == [note.text for note in other.library().notes()[ferry]]
        assert texts == [f"{who} {number}" for number in range(5) for who in ("one", "other")]


def test_undo_takes_back_the_last_change_and_then_the_one_before(desk: Desk) -> None:
    with desk.open() as archive:
        ferry, mill = desk.id(archive, "ferry.txt"), desk.id(archive, "mill.txt")
        library = archive.library()
        library.star([ferry])
        library.note(mill, "see the report")
        note = library.notes()[mill][0]
        library.remove_note(note.id)
        for kept in ({ferry, mill}, {ferry}, set()):
            assert library.undo() is not None
            assert set(library.here()) == kept
        assert library.undo() is None
        with pytest.raises(LibraryError, match="no such note"):
            library.remove_note("abc")


def test_a_star_is_there_in_any_archive_that_holds_the_text(desk: Desk) -> None:
    (desk.news / "2020").mkdir()
    (desk.news / "2020" / "ferry.txt").write_text(FERRY.replace("Monday", "Friday"))
    with desk.open() as archive:
        archive.library().star(archive.find(b"2020/ferry.txt"))
    with desk.open(desk.news / "2020") as inner:
        assert inner.library().starred() == {desk.id(inner, "ferry.txt")}
        (desk.news / "2020" / "ferry.txt").write_text(FERRY.replace("Monday", "Sunday"))
        inner.sync()
        assert inner.library().starred() == {desk.id(inner, "ferry.txt")}  # the same file, changed


def test_what_moved_and_changed_is_offered_and_adopted(desk: Desk) -> None:
    with desk.open() as archive:
        ferry = desk.id(archive, "ferry.txt")
        archive.library().star([ferry])
        archive.library().tag([ferry], "boats")
        assert archive.library().adoptable() == {}
    moved = desk.base / "moved"
    desk.news.rename(moved)
    (moved / "ferry.txt").write_text(FERRY.replace("Monday", "Sunday"))
    with desk.open(moved) as archive:
        library = archive.library()
        ferry = desk.id(archive, "ferry.txt")
        assert (library.starred(), list(library.adoptable())) == (frozenset(), [ferry])
        assert library.adopt().articles == 1
        assert library.starred() == library.tagged("boats") == {ferry}
        assert library.adoptable() == {}


def test_a_line_cut_off_or_from_a_later_version_is_kept_and_counts_for_nothing(desk: Desk) -> None:
    path = desk.base / "data" / "library.jsonl"
    with desk.open() as archive:
        ferry, mill = desk.id(archive, "ferry.txt"), desk.id(archive, "mill.txt")
        archive.library().star([ferry])
        with path.open("a") as stream:
            stream.write('{"n": "x", "at": "2030", "do": "dance"}\n{"n": "y", "at"')
        archive.library().star([mill])
        assert archive.library().starred() == {ferry, mill}
        assert archive.library().journal.unreadable == (2, 3)
    lines = path.read_text().splitlines()
    assert lines[1].endswith('"dance"}') and lines[2] == '{"n": "y", "at"'
    assert json.loads(lines[3])["do"] == "star"


@pytest.mark.parametrize(
    "line",
    [
        '{"n": "a", "at": "b", "do": "star", "articles": ["x"]}',
        '{"n": "a", "at": "b", "do": "star", "articles": 3}',
        '{"n": "a", "at": "b", "do": "note", "text": "x", "articles": []}',
        '{"n": "a", "at": "b", "do": "adopt", "moved": [{"from": "x", "to": [1]}]}',
        '{"n": "a", "at": "b", "do": "note", "quote": "x"}',
        '["star"]',
        '"star"',
        "[" * 100_000,
        "\x00",
    ],
)
def test_a_line_that_is_no_change_is_counted_and_harms_nothing(line: str) -> None:
    assert parse(f"\n{line}\n") == ([], (2,))


def test_what_another_program_wrote_is_made_safe_to_show() -> None:
    article = {"hash": "h", "file": "/f", "part": None, "path": "p\x1b[31m", "title": "t\u202e"}
    tag = {"n": "a", "at": "b", "do": "tag", "tag": "x\x1b]0;y\x07", "articles": [article]}
    note = {"n": "c", "at": "d", "do": "note", "text": "one\x1b[2J\ntwo", "articles": [article]}
    (made, noted), unreadable = parse("\n".join(map(json.dumps, (tag, note))))
    assert unreadable == ()
    shown = (made.name, noted.text, made.articles[0].path, made.articles[0].title)
    assert not any(sign in text for text in shown for sign in "\x1b\x07\u202e")
    assert noted.text.count("\n") == 1


def test_an_export_adds_what_another_library_lacks_once(desk: Desk) -> None:
    with desk.open() as archive:
        ferry = desk.id(archive, "ferry.txt")
        library = archive.library()
        library.star([ferry])
        text = "".join(f"{change.line()}\n" for change in library.journal.changes())
        assert library.journal.add(text) == (0, 0)
        (desk.base / "data" / "library.jsonl").unlink()
        assert library.starred() == frozenset()
        assert library.journal.add(text + "rubbish\n") == (1, 1)
        assert library.starred() == {ferry}


def test_what_cannot_be_kept_is_refused(desk: Desk) -> None:
    with desk.open() as archive:
        ferry = desk.id(archive, "ferry.txt")
        library = archive.library()
        refused: tuple[Callable[[], object], ...] = (
            lambda: library.tag([ferry], " - "),
            lambda: library.tag([ferry], "x" * 101),
            lambda: library.star(["0" * 16]),
            lambda: library.star([]),
            lambda: library.note(ferry, " \n"),
            lambda: library.note(ferry, "x", Span(10, 9_999)),
            lambda: library.note(ferry, "x", Span(33, 35)),
        )
        for wrong in refused:
            with pytest.raises(SeedreadError):
                wrong()
        assert library.everything() == ()


def test_a_file_name_that_is_not_utf_8_is_kept_by_its_bytes(desk: Desk) -> None:
    name = b"caf\xe9.txt"
    (desk.news / os.fsdecode(name)).write_text(MILL.replace("mill", "pond"))
    with desk.open() as archive:
        archive.library().star(archive.find(name))
        archive.library().journal._stamp = None  # read again
        (kept,) = archive.library().everything()
        assert os.fsencode(kept.article.file).endswith(name)


def test_a_library_that_cannot_be_read_says_so(desk: Desk) -> None:
    with desk.open() as archive:
        (desk.base / "data").mkdir()
        (desk.base / "data" / "library.jsonl").mkdir()
        library: ArchiveLibrary = archive.library()
        with pytest.raises(LibraryError, match="a folder"):
            library.starred()


def test_a_passage_is_starred_and_goes_with_its_words(desk: Desk) -> None:
    with desk.open() as archive:
        ferry = desk.id(archive, "ferry.txt")
        article = archive.article(ferry)
        assert article is not None
        start = article.text.index("no boat came")
        span = Span(start, start + len("no boat came before noon"))
        change = archive.library().star_passage(ferry, span)
        assert change.description == "starred a passage: The ferry to Lowick is late again"
        assert archive.library().starred() == {ferry}
        assert archive.search("is:starred").ids() == [ferry]
        kept = archive.library().kept([ferry])[ferry]
        assert kept.starred_at is None and kept.notes == ()
        assert [each.quote.text for each in kept.passages if each.quote] == ["no boat came before noon"]
        (desk.news / "ferry.txt").write_text(FERRY.replace("Passengers", "It rains.\n\nPassengers"))
        archive.sync()
        again = archive.article(ferry)
        assert again is not None
        (passage,) = archive.library().kept([ferry])[ferry].passages
        place = archive.library().place_of(passage, again.text)
        assert place is not None and again.text[place.start : place.end] == "no boat came before noon"
        assert archive.library().star_passage(ferry, place).description.startswith("note or star removed")
        assert archive.library().kept([ferry]) == {}
        archive.library().undo()
        assert archive.library().starred() == {ferry}
