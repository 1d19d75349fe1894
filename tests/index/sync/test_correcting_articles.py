"""Corrections of an article's fields and passages: applied at once, kept in the user's file, taken back."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.catalogue.database import checksums_of
from seedread_index.linking.article_corrections import find_quote, quote_of
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import Article, Passage, PassageKind, Span
from seedread_index.model.correction import ArticleCorrection
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import CorrectionError
from seedread_index.sync.passes.correct_articles import ArticleCorrector, with_kind

PIER = """The old pier closes

5 March 2021

Wardens shut the old pier at Larkmouth on Friday after a storm had loosened its planks.

Anna Keller, who runs the ferry, said that the boats will leave from the new quay until May.

Subscribe to the letter of Conrad Whitby and never miss a tide table or a weather report again.

The council of Larkmouth meets on Monday to decide what is to become of the wooden pier.
"""
MILL = """A mill burns

Firemen came to the mill at Orston in the night, and nobody was hurt, said Paul Reeve of the brigade.

The owners want to build it again before the winter, with a roof of slate and without the wheel.
"""
PLEA = "Subscribe to the letter of Conrad Whitby"


def span_of(text: str, words: str) -> Span:
    """The paragraph that holds some words."""
    at = text.index(words)
    return Span(text.rfind("\n", 0, at) + 1, text.index("\n", at))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "pier.txt").write_text(PIER)
    (folder / "mill.txt").write_text(MILL)
    return folder


@pytest.fixture
def archive(tmp_path: Path, news: Path) -> Iterator[Archive]:
    with Archive.open(
        news,
        EngineSettings(ner_model="rules"),
        cache_root=tmp_path / "cache",
        data_root=tmp_path / "data",
    ) as opened:
        opened.sync()
        yield opened


def at(archive: Archive, path: str) -> Article:
    """The article of a file."""
    article = archive.article(archive.find(path.encode())[0])
    assert article is not None
    return article


def entities(archive: Archive) -> set[str]:
    return {entity.name for entity in archive.entities()}


def field(article: Article, do: str, value: str | None) -> ArticleCorrection:
    return ArticleCorrection(do, (article.id,), value)  # type: ignore[arg-type]


def test_fields_change_at_once_and_back(archive: Archive) -> None:
    before = at(archive, "pier.txt")
    assert (before.title, before.date) == ("The old pier closes", dt.date(2021, 3, 5))
    order = archive.ids()
    archive.correct(
        field(before, "title", "  Planks  adrift "),
        field(before, "date", "1999-12-31"),
        field(before, "source", "Larkmouth Echo"),
        field(before, "author", "Ida Brook"),
    )
    now = at(archive, "pier.txt")
    assert (now.title, now.title_inferred, now.date) == ("Planks adrift", False, dt.date(1999, 12, 31))
    assert (now.source, now.author, now.text) == ("Larkmouth Echo", "Ida Brook", before.text)
    origins = (now.date_from, now.origin.title_from, now.origin.source_from, now.origin.author_from)
    assert origins == ("correction",) * 4
    found = {"title:planks", "adrift", "date:1999", 'source:"Larkmouth Echo"'}
    assert all(archive.search(query).ids() == [now.id] for query in found)
    assert archive.search("title:closes").total == 0
    assert archive.search("closes").total == 1
    for _ in range(4):
        assert archive.undo() is not None
    after = at(archive, "pier.txt")
    assert (after.title, after.date, after.date_from) == (before.title, before.date, before.date_from)
    assert (after.source, after.author, after.origin) == (before.source, before.author, before.origin)
    assert after.passages == before.passages
    assert archive.search("date:1999").total == archive.search("adrift").total == 0
    assert archive.ids() == order


def test_a_date_moves_an_article_in_the_order(archive: Archive) -> None:
    mill, pier = at(archive, "mill.txt"), at(archive, "pier.txt")
    assert archive.ids() == [pier.id, mill.id]
    archive.correct(field(mill, "date", "2022-01-02"))
    assert archive.ids() == list(archive.search("").ids()) == [mill.id, pier.id]
    archive.correct(field(pier, "date", None))
    assert at(archive, "pier.txt").date is None
    assert archive.search("date:2021").total == 0


def test_a_cleared_title_has_the_opening_sentence_stand_in(archive: Archive) -> None:
    pier = at(archive, "pier.txt")
    archive.correct(field(pier, "title", None))
    now = at(archive, "pier.txt")
    assert now.title_inferred
    assert now.origin.title_from == "correction"
    assert now.of_kind(PassageKind.TITLE) == ()
    assert now.title.startswith("The old pier closes")


def test_a_passage_leaves_the_search_the_count_and_the_names(archive: Archive) -> None:
    pier = at(archive, "pier.txt")
    assert archive.search("tide").ids() == [pier.id]
    assert "Conrad Whitby" in entities(archive)
    words = archive.headers([pier.id])[0].words
    plea = span_of(pier.text, PLEA)
    archive.correct(ArticleCorrection("boilerplate", (pier.id,), span=plea))
    now = at(archive, "pier.txt")
    assert Passage(plea.start, plea.end, PassageKind.BOILERPLATE) in now.passages
    assert archive.search("tide").total == 0
    assert archive.search("in:boilerplate tide").total <= 1
    assert "Conrad Whitby" not in entities(archive)
    assert "Anna Keller" in entities(archive)
    assert archive.headers([pier.id])[0].words < words
    explanation = next(archive.explain_articles([pier.id]), None)
    assert explanation is not None
    assert [each.start for each in explanation.passages if each.why == "corrected by you"] == [plea.start]
    archive.correct(ArticleCorrection("body", (pier.id,), span=plea))
    assert archive.search("tide").ids() == [pier.id]
    assert "Conrad Whitby" in entities(archive)
    archive.undo()
    assert archive.search("tide").total == 0
    archive.undo()
    assert at(archive, "pier.txt").passages == pier.passages


def test_what_is_left_of_the_body_tells_near_duplicates(archive: Archive, news: Path) -> None:
    extra = " ".join(f"tide{n} comes at {n} and goes at {n + 6}" for n in range(80))
    (news / "long.txt").write_text(MILL + f"\nTables: {extra}.\n")
    (news / "short.txt").write_text(MILL + "\nPrinted at Orston.\n")
    archive.sync()
    (news / "mill.txt").unlink()
    archive.sync()
    assert archive.search("firemen").total == 2
    long = at(archive, "long.txt")
    archive.correct(ArticleCorrection("boilerplate", (long.id,), span=span_of(long.text, "Tables:")))
    archive.sync()
    assert archive.search("firemen").total == 1


def test_corrections_hold_through_a_rebuild_a_change_and_a_new_cache(
    archive: Archive, news: Path, tmp_path: Path
) -> None:
    pier = at(archive, "pier.txt")
    archive.correct(
        field(pier, "title", "Planks adrift"),
        ArticleCorrection("boilerplate", (pier.id,), span=span_of(pier.text, PLEA)),
    )
    archive.sync(rebuild=True)
    assert at(archive, "pier.txt").title == "Planks adrift"
    assert archive.search("tide").total == 0
    assert archive.search("title:adrift").total == 1
    (news / "pier.txt").write_text("\n" + PIER.replace("on Friday", "late on Friday"))
    archive.sync()
    assert "late on Friday" in at(archive, "pier.txt").text
    assert archive.search("title:adrift").total == archive.search("late").total == 1
    assert archive.search("tide").total == 0
    assert [each.problem for each in archive.article_corrections()] == ["", ""]
    with Archive.open(
        news, archive.settings, cache_root=tmp_path / "elsewhere", data_root=tmp_path / "data"
    ) as moved:
        moved.sync()
        assert at(moved, "pier.txt").title == "Planks adrift"
        assert moved.search("tide").total == 0
        assert "Conrad Whitby" not in entities(moved)


def test_many_files_at_once_are_corrected_as_they_come(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pier = at(archive, "pier.txt")
    archive.correct(field(pier, "title", "Planks adrift"))
    for number in range(410):
        (tmp_path / "news" / f"{number:03}.txt").write_text(MILL.replace("Orston", f"Orston {number}"))
    monkeypatch.setattr(ArticleCorrector, "catch_up", lambda _: 0)
    with Archive.open(
        tmp_path / "news", archive.settings, cache_root=tmp_path / "fresh", data_root=tmp_path / "data"
    ) as fresh:
        fresh.sync()
        assert at(fresh, "pier.txt").title == "Planks adrift"
        assert fresh.search("title:adrift").total == 1


def test_a_passage_that_changed_is_reported_and_left_alone(archive: Archive, news: Path) -> None:
    pier = at(archive, "pier.txt")
    archive.correct(ArticleCorrection("boilerplate", (pier.id,), span=span_of(pier.text, PLEA)))
    (news / "pier.txt").write_text(PIER.replace("tide table", "tide list"))
    archive.sync()
    assert archive.search("tide").total == 1
    (listed,) = archive.article_corrections()
    assert listed.problem == "pier.txt: the article no longer has this passage"
    (news / "pier.txt").unlink()
    archive.sync()
    (listed,) = archive.article_corrections()
    assert listed.problem == "pier.txt: no such article in this archive"


def test_what_is_taken_out_of_the_file_by_hand_is_taken_back(archive: Archive) -> None:
    pier = at(archive, "pier.txt")
    archive.correct(field(pier, "title", "Planks adrift"))
    archive.folder.corrections.write_text("")
    archive.sync()
    assert at(archive, "pier.txt").title == "The old pier closes"
    archive.folder.corrections.write_text(
        '[[correction]]\ndo = "title"\narticles = ["pier.txt"]\nvalue = "Adrift"\n'
    )
    archive.sync()
    assert at(archive, "pier.txt").title == "Adrift"
    archive.folder.corrections.write_text("[[correction")
    archive.sync(rebuild=True)
    assert archive.corrections_problem()


def test_undo_takes_the_last_of_either_kind_or_of_an_article(archive: Archive) -> None:
    from seedread_index.model.correction import Correction

    pier, mill = at(archive, "pier.txt"), at(archive, "mill.txt")
    archive.correct(field(pier, "source", "Echo"))
    archive.correct(Correction("hide", "Anna Keller"))
    archive.correct(field(mill, "source", "Post"))
    undone = archive.undo([pier.id])
    assert undone is not None
    assert undone.correction == "set the source of pier.txt to Echo"
    assert archive.undo([pier.id]) is None
    assert at(archive, "mill.txt").source == "Post"
    assert [str(each) for each in _file(archive).every] == [
        "hid Anna Keller",
        "set the source of mill.txt to Post",
    ]
    archive.undo()
    archive.undo()
    assert "Anna Keller" in entities(archive)
    assert archive.undo() is None


def _file(archive: Archive) -> CorrectionsFile:
    return CorrectionsFile.load(archive.folder.corrections)


def test_one_correction_of_several_articles_is_one_to_undo(archive: Archive) -> None:
    pier, mill = at(archive, "pier.txt"), at(archive, "mill.txt")
    archive.correct(ArticleCorrection("source", (pier.id, mill.id), "Echo"))
    assert {at(archive, path).source for path in ("pier.txt", "mill.txt")} == {"Echo"}
    archive.undo([mill.id])
    assert {at(archive, path).source for path in ("pier.txt", "mill.txt")} == {None}


def test_the_same_value_again_and_the_value_before(archive: Archive) -> None:
    pier = at(archive, "pier.txt")
    for value in ("One", "Two", "One"):
        archive.correct(field(pier, "source", value))
    assert at(archive, "pier.txt").source == "One"
    with pytest.raises(CorrectionError, match="exists already"):
        archive.correct(field(pier, "source", "One"))
    archive.undo()
    assert at(archive, "pier.txt").source == "Two"


def test_an_exact_copy_keeps_the_correction_when_the_article_goes(archive: Archive, news: Path) -> None:
    (news / "a.txt").write_text(PIER)
    archive.sync()
    assert at(archive, "a.txt").id == at(archive, "pier.txt").id
    archive.correct(field(at(archive, "a.txt"), "title", "Planks adrift"))
    archive.sync(rebuild=True)
    assert at(archive, "a.txt").id == at(archive, "pier.txt").id
    for gone, left in (("pier.txt", "a.txt"), ("a.txt", "pier.txt")):
        (news / left).write_text(PIER)
        (news / gone).unlink()
        archive.sync()
        assert at(archive, left).title == "Planks adrift"
        archive.sync(rebuild=True)
        assert at(archive, left).title == "Planks adrift"


def test_the_part_of_a_file_is_corrected_alone(archive: Archive, news: Path) -> None:
    rows = [{"title": f"Row {n}", "text": f"The {n} boats left the quay at noon. " * 5} for n in (1, 2)]
    (news / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    archive.sync()
    first, second = archive.articles(archive.find(b"rows.jsonl"))
    archive.correct(field(second, "source", "Echo"))
    rows.insert(0, {"title": "Row 0", "text": "Before them came a barge. " * 6})
    (news / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    archive.sync(rebuild=True)
    sources = {each.title: each.source for each in archive.articles(archive.find(b"rows.jsonl"))}
    assert sources == {"Row 0": None, first.title: None, second.title: "Echo"}


def test_repeated_boilerplate_is_found_in_what_was_read(archive: Archive, news: Path) -> None:
    tail = "\nThe lamp of the lighthouse at Orlin burns with the oil of two small islands.\n"
    (news / "pier.txt").write_text(PIER + tail)
    archive.sync()
    assert at(archive, "pier.txt").passages[-1].kind is PassageKind.BODY
    for number in range(8):
        report = (
            f"The {number} boats of harbour {number} sailed at {number} in the wind of the morning tide.\n"
        )
        (news / f"{number}.txt").write_text(f"Boats {number}\n\n{report}{tail}")
    archive.sync()
    pier = at(archive, "pier.txt")
    last = pier.passages[-1]
    assert last.kind is PassageKind.BOILERPLATE
    archive.correct(ArticleCorrection("body", (pier.id,), span=Span(last.start, last.end)))
    assert at(archive, "pier.txt").passages[-1].kind is PassageKind.BODY
    for number in range(7):
        (news / f"{number}.txt").unlink()
    archive.sync()
    assert at(archive, "pier.txt").passages[-1].kind is PassageKind.BODY
    archive.undo()
    assert at(archive, "pier.txt").passages[-1].kind is PassageKind.BODY
    assert archive.check() == ()


@pytest.mark.parametrize(
    ("do", "value", "span", "message"),
    [
        ("date", "yesterday", None, "yesterday is not a date"),
        ("date", "2021-02-30", None, "2021-02-30 is not a date"),
        ("title", " \n ", None, "the title is empty"),
        ("source", "x" * 201, None, "the source has 201 characters"),
        ("body", None, Span(0, 10_000), "0..10000 is not in the text, which has"),
        ("body", None, Span(9, 9), "9..9 is not in the text"),
        ("body", None, Span(19, 21), "19..21 is only white space"),
        ("body", None, None, "a passage belongs to one article"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    archive: Archive, do: str, value: str | None, span: Span | None, message: str
) -> None:
    pier = at(archive, "pier.txt")
    wrong = ArticleCorrection(do, (pier.id,), value, span)  # type: ignore[arg-type]
    with pytest.raises(CorrectionError, match=message):
        archive.correct(field(pier, "source", "Echo"), wrong)
    assert at(archive, "pier.txt").source is None
    assert not archive.folder.corrections.exists()


def test_an_article_that_is_not_there_is_refused(archive: Archive) -> None:
    with pytest.raises(CorrectionError, match="no such article: 00ff"):
        archive.correct(ArticleCorrection("title", ("00ff",), "X"))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('do = "title"\nvalue = "X"', "line 1: title needs articles"),
        ('do = "title"\narticles = ["a"]\nvalue = 3', "line 1: value must be a string"),
        ('do = "title"\narticles = [3]', "line 1: the articles of title are paths"),
        ('do = "title"\narticles = ["a"]\ntext = "X"', "line 1: title has no field text"),
        ('do = "date"\narticles = ["a"]\nvalue = "soon"', "line 1: soon is not a date"),
        ('do = "body"\narticles = ["a"]', "line 1: body needs text"),
        ('do = "body"\narticles = ["a"]\ntext = "x"\nstart = true', "line 1: body needs start, a number"),
        ('do = "colour"\narticles = ["a"]', "'colour' is not one of merge"),
    ],
)
def test_a_table_that_is_wrong_names_its_line(tmp_path: Path, table: str, message: str) -> None:
    file = tmp_path / "corrections.toml"
    file.write_text(f"[[correction]]\n{table}\n")
    with pytest.raises(CorrectionError, match=message):
        CorrectionsFile.load(file)


def test_a_long_passage_is_kept_by_its_beginning_and_a_hash(archive: Archive, news: Path) -> None:
    long = "All rights of this long notice are kept by nobody at all. " * 60
    (news / "long.txt").write_text(f"{MILL}\n{long.strip()}\n")
    archive.sync()
    article = at(archive, "long.txt")
    span = span_of(article.text, "All rights of")
    archive.correct(ArticleCorrection("boilerplate", (article.id,), span=span))
    assert archive.folder.corrections.stat().st_size < 5_000
    assert archive.search("rights notice").total == 0
    (news / "long.txt").write_text(f"{MILL}\n{long.strip()} Not quite.\n")
    archive.sync()
    assert [each.problem for each in archive.article_corrections()] == [""]
    (news / "long.txt").write_text(f"{MILL}\n{long.strip()[:-9]} by some.\n")
    archive.sync()
    assert "no longer has" in archive.article_corrections()[0].problem


def test_a_quote_is_found_by_its_surroundings_or_not_at_all() -> None:
    text = "one two. Share. three four. Share. five"
    second = text.rindex("Share.")
    quote = quote_of(text, second, second + 6)
    for now, place in ((text, second), ("Share. " + text, second + 7), ("Share.", 0)):
        found, problem = find_quote(now, quote)
        assert problem == ""
        assert found is not None
        assert found.start == place
    assert find_quote("a Share. b Share. c", quote) == (None, "the article has this passage 2 times now")
    assert find_quote("nothing", quote)[0] is None
    often = find_quote("Share. " * 5000, quote_of("Share. " * 5000, 7, 13))
    assert often == (Span(7, 13), "")
    assert "1000 times" in find_quote("x" + "Share. " * 5000, quote)[1]


def test_passages_are_parted_where_a_correction_ends() -> None:
    text = "Title\n\nalpha beta gamma\ndelta"
    body, title = PassageKind.BODY, PassageKind.TITLE
    passages = (Passage(0, 5, title), Passage(7, 23, body))
    wanted = Span(13, 29)
    parted = with_kind(text, passages, wanted, PassageKind.BOILERPLATE)
    assert [(text[each.start : each.end], each.kind.value) for each in parted] == [
        ("Title", "title"),
        ("alpha", "body"),
        ("beta gamma", "boilerplate"),
        ("delta", "boilerplate"),
    ]


def test_headline_and_date_in_the_paragraph_stay_unless_they_are_all_of_it() -> None:
    text = "Title March 5, 2021 alpha beta"
    body, title, date = PassageKind.BODY, PassageKind.TITLE, PassageKind.DATE
    passages = (Passage(0, 5, title), Passage(6, 19, date), Passage(20, 30, body))
    boilerplate = PassageKind.BOILERPLATE
    kinds = [each.kind for each in with_kind(text, passages, Span(0, 30), boilerplate)]
    assert kinds == [title, date, boilerplate]
    kinds = [each.kind for each in with_kind(text, passages, Span(0, 19), boilerplate)]
    assert kinds == [boilerplate, boilerplate, body]


def test_a_catalogue_of_the_version_before_is_brought_up(archive: Archive) -> None:
    pier = at(archive, "pier.txt")
    archive._close_files()
    with closing(sqlite3.connect(archive.folder.catalogue)) as catalogue, catalogue:
        catalogue.execute("DROP TABLE corrected")
        catalogue.execute("PRAGMA user_version = 8")
    checksums_of(archive.folder.catalogue).remove()
    assert at(archive, "pier.txt").title == pier.title
    archive.correct(field(pier, "title", "Planks adrift"))
    assert at(archive, "pier.txt").title == "Planks adrift"
