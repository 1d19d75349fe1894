"""Why an article is what it is: its file is read again, and compared with what is stored."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.model.article import PassageKind
from seedread_index.model.correction import ArticleCorrection
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.explanation import ArticleExplanation, ExplainedField, FileState

TEXT = (
    "Old harbour crane falls\n\nMarch 3, 2025\n\nBy Jane Doe\n\n"
    "The crane of quay {n} fell into the harbour at noon on Monday, the port office said on the day.\n\n"
    "Nobody was hurt when crane {n} fell, and the harbour is open again, said the same office later.\n\n"
)
Opened = Callable[..., Archive]


@pytest.fixture
def opened(news: Path, tmp_path: Path) -> Iterator[Opened]:
    """A function that opens the archive of the folder and syncs it."""
    archives: list[Archive] = []

    def open_archive(settings: EngineSettings | None = None) -> Archive:
        archive = Archive.open(news, settings, cache_root=tmp_path / "cache", data_root=tmp_path / "data")
        archive.sync()
        archives.append(archive)
        return archive

    yield open_archive
    for archive in archives:
        archive.close()


def explained(archive: Archive, name: str) -> ArticleExplanation:
    """The explanation of the only article of a file."""
    (article_id,) = archive.find(name.encode())
    found = next(archive.explain_articles([article_id]), None)
    assert found is not None
    return found


def field(found: ArticleExplanation, name: str) -> ExplainedField:
    (one,) = [each for each in found.fields if each.name == name]
    return one


def test_an_unknown_article_has_no_explanation(opened: Opened) -> None:
    assert list(opened().explain_articles(["abc"])) == []


def test_several_articles_are_explained_in_the_order_asked(news: Path, opened: Opened) -> None:
    for n in range(4):
        (news / f"{n}.txt").write_text(TEXT.format(n=n))
    archive = opened()
    (news / "2.txt").unlink()
    ids = [archive.find(f"{n}.txt".encode())[0] for n in (3, 2, 0, 1)]
    found = list(archive.explain_articles(ids))
    assert [each.article.id for each in found] == ids
    assert [each.state.value for each in found] == ["read", "gone", "read", "read"]


def test_an_explanation_that_nobody_waits_for_ends(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    assert list(archive.explain_articles(archive.ids(), cancelled=lambda: True)) == []


def test_a_text_says_what_it_was_read_as_and_why(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    found = explained(opened(), "a.txt")
    assert (found.state, found.format, found.note) == (FileState.READ, "text", "")
    assert found.recognised_by == "no sign of another format"
    assert field(found, "title").sources == ("from the text (the headline in the text)",)
    assert field(found, "author").chosen is not None
    assert field(found, "url").chosen is None
    assert [p.why for p in found.passages][:2] == [
        "the line above the text that is most like a headline",
        "a line with only a date",
    ]


def test_the_table_beats_the_text_and_both_are_told(news: Path, opened: Opened) -> None:
    for n in (1, 2):
        (news / f"{n}.txt").write_text(TEXT.format(n=n))
    table = [{"file": f"{n}.txt", "headline": f"Crane {n}", "published": "2025-03-01"} for n in (1, 2)]
    (news / "meta.jsonl").write_text("\n".join(map(json.dumps, table)))
    found = explained(opened(), "2.txt")
    assert field(found, "title").sources == (
        "from the metadata table (column headline)",
        "the metadata table overrides the text (the headline in the text): Old harbour crane falls",
    )
    date = field(found, "date")
    assert date.chosen is not None
    assert (date.chosen.value, date.chosen.origin) == ("2025-03-01", "table")
    assert [other.value for other in date.others] == ["2025-03-03"]


def test_a_table_outside_is_named_too(news: Path, opened: Opened, tmp_path: Path) -> None:
    (news / "1.txt").write_text(TEXT.format(n=1))
    (tmp_path / "meta.csv").write_text("file,title,note\n1.txt,Crane one,x\n")
    found = explained(opened(EngineSettings(metadata="../meta.csv")), "1.txt")
    assert "column title" in field(found, "title").sources[0]


def test_a_day_in_the_path_counts_after_that_of_the_text(news: Path, opened: Opened) -> None:
    (news / "2025-02-01-crane.txt").write_text(TEXT.format(n=1))
    (news / "2025-02-01-quay.txt").write_text(TEXT.format(n=2).replace("March 3, 2025\n\n", ""))
    archive = opened()
    assert field(explained(archive, "2025-02-01-crane.txt"), "date").sources == (
        "from the text (a line with a date)",
        "the text overrides the path of the file: 2025-02-01",
    )
    assert field(explained(archive, "2025-02-01-quay.txt"), "date").sources == ("from the path of the file",)


def test_a_record_under_any_name_and_packed(news: Path, opened: Opened) -> None:
    record = {"title": "Crane", "body": TEXT.format(n=1), "published": "2025-03-03"}
    (news / "a.txt").write_text(json.dumps(record))
    (news / "b.json.gz").write_bytes(gzip.compress(json.dumps({**record, "title": "Quay"}).encode()))
    archive = opened()
    found = explained(archive, "a.txt")
    assert (found.format, found.recognised_by) == ("json", "its text, which is JSON")
    assert field(found, "date").sources[0] == "from the metadata (key published)"
    found = explained(archive, "b.json.gz")
    assert (found.format, found.read_as) == ("json", "JSON, compressed")


def test_an_article_among_many_in_a_file(news: Path, opened: Opened) -> None:
    rows = [{"id": f"x{n}", "title": f"Crane {n}", "text": TEXT.format(n=n)} for n in range(3)]
    (news / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    archive = opened()
    titles = set()
    for article_id in archive.ids():
        found = next(archive.explain_articles([article_id]), None)
        assert found is not None
        assert found.state is FileState.READ
        titles.add(found.article.title)
    assert titles == {"Crane 0", "Crane 1", "Crane 2"}


def test_boilerplate_by_repetition_says_so(news: Path, opened: Opened) -> None:
    line = "Harbour Gazette has the tide tables of every quay on the coast for you, day by day."
    for n, word in enumerate(("crane", "ferry", "tunnel", "bridge", "market", "library")):
        body = [f"The {word} {verb} in {word} street of town {n}, it was said." for verb in ("fell", "rose")]
        (news / f"{n}.txt").write_text("\n\n".join([f"The {word} of the town", *body, line]))
    found = explained(opened(), "3.txt")
    last = found.passages[-1]
    assert last.kind is PassageKind.BOILERPLATE
    assert last.why == "also at the start or end of other articles in the archive"


def test_a_file_that_is_gone_shows_what_is_stored(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    (news / "a.txt").unlink()
    found = explained(archive, "a.txt")
    assert found.state is FileState.GONE
    assert found.note.startswith("is gone")
    assert field(found, "title").sources == ("from the text",)
    assert {passage.why for passage in found.passages} == {None}


def test_a_file_that_changed_is_explained_as_it_is_now(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    (news / "a.txt").write_text(TEXT.format(n=1).replace("Old harbour crane", "New ferry"))
    found = explained(archive, "a.txt")
    assert found.state is FileState.CHANGED
    assert found.note.startswith("has changed")
    assert found.article.title == "New ferry falls"
    assert field(found, "title").sources[0] == "from the text (the headline in the text)"


def test_a_file_that_cannot_be_read_any_more_says_why(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    (news / "a.txt").write_bytes(b"\x7fELF" + bytes(400))
    found = explained(archive, "a.txt")
    assert found.state is FileState.UNREADABLE
    assert found.note
    assert len(found.passages) == 5


def test_the_limits_of_a_sync_hold(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    archive.settings = EngineSettings(max_file_size=10)
    found = explained(archive, "a.txt")
    assert found.state is FileState.UNREADABLE
    assert "max_file_size" in found.note


def test_names_in_a_hostile_file_are_made_harmless(news: Path, opened: Opened) -> None:
    record = {"title": "Crane \x1b[31mred", "text": TEXT.format(n=1), "published\u202e date\n": "2025-03-03"}
    (news / "a.json").write_text(json.dumps(record))
    found = explained(opened(), "a.json")
    sources = " ".join(source for each in found.fields for source in each.sources)
    values = " ".join(each.chosen.value for each in found.fields if each.chosen)
    assert not set(sources + values) & {"\x1b", "\u202e", "\n"}


def test_a_corrected_field_comes_from_you(news: Path, opened: Opened) -> None:
    (news / "a.txt").write_text(TEXT.format(n=1))
    archive = opened()
    ids = tuple(archive.ids())
    archive.correct(ArticleCorrection("title", ids, "Crane of the year"))
    archive.correct(ArticleCorrection("author", ids, None))
    found = explained(archive, "a.txt")
    assert field(found, "title").sources == (
        "from you",
        "you override the text (the headline in the text): Old harbour crane falls",
    )
    assert field(found, "author").sources == ("from you", "you override the text (the byline): Jane Doe")


def test_the_form_of_a_text_is_told(news: Path, opened: Opened) -> None:
    menu = ["Home", "Politics", "Sport", "Culture", "Weather", "Login", "Subscribe", "Search", "Opinion"]
    (news / "page.txt").write_text("\n".join([*menu, TEXT.format(n=1).replace("\n\n", "\n"), *menu]))
    rows = [
        "The crane of the old quay fell into the harbour at noon",
        "on the first day, and no one was hurt by it at all.",
    ]
    (news / "wrapped.txt").write_text("\n\n".join("\n".join(rows * 6) for _ in range(4)))
    archive = opened()
    assert explained(archive, "page.txt").read_as == "plain text, a whole page"
    assert explained(archive, "wrapped.txt").read_as == "plain text, wrapped lines"


def test_metadata_beats_the_text_and_both_are_told(news: Path, opened: Opened) -> None:
    record = {"title": "Crane of the year", "text": TEXT.format(n=1), "published": "2025-02-01"}
    (news / "a.json").write_text(json.dumps(record))
    found = explained(opened(), "a.json")
    assert field(found, "title").sources == (
        "from the metadata (key title)",
        "the metadata overrides the text (the headline in the text): Old harbour crane falls",
    )
    assert field(found, "date").sources == (
        "from the metadata (key published)",
        "the metadata overrides the text (a line with a date): 2025-03-03",
    )
