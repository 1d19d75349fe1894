"""The catalogue gives back what was put in, folds exact copies and tells when it changed."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seedread_index.catalogue import work_queue
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.schema import verify
from seedread_index.catalogue.upsert import Upserted
from seedread_index.model.article import Article, article_id
from seedread_index.model.errors import ArchiveError

Put = Callable[..., Upserted]


def test_an_article_comes_back_as_it_was_put_in(
    catalogue: Catalogue, put: Put, make_article: Callable[..., Article]
) -> None:
    text = "Ministers met in Geneva.\n\nNothing was signed – “yet” 😀.\n"
    put("a/one.txt", text, date="2020-02-28")
    article = catalogue.article(article_id(b"a/one.txt", None))
    expected = make_article("a/one.txt", text, date="2020-02-28")
    assert article is not None
    for name in expected.__slots__:
        assert getattr(article, name) == getattr(expected, name), name


def test_ids_are_newest_first_undated_last_then_by_path(catalogue: Catalogue, put: Put) -> None:
    put("c.txt", "no date")
    put("b.txt", "older", date="2019-01-01")
    put("z.txt", "newest", date="2021-01-01")
    put("a.txt", "no date either")
    paths = [header.path for header in catalogue.headers(catalogue.ids())]
    assert paths == ["z.txt", "b.txt", "a.txt", "c.txt"]


def test_exact_copies_are_one_article_with_their_paths(catalogue: Catalogue, put: Put) -> None:
    put("one.txt", "The same words.")
    put("two.txt", "The same words.")
    assert len(catalogue.ids()) == 1
    article = catalogue.article(catalogue.ids()[0])
    assert article is not None
    assert (article.path, article.copies) == ("one.txt", ("two.txt",))
    assert catalogue.find(b"two.txt") == catalogue.ids()
    assert catalogue.article(article_id(b"two.txt", None)) is not None


def test_a_copy_takes_the_place_of_an_article_that_changes(catalogue: Catalogue, put: Put) -> None:
    put("one.txt", "The same words.")
    number = catalogue.numbers(catalogue.ids())[catalogue.ids()[0]]
    put("two.txt", "The same words.")
    put("one.txt", "Other words now.")
    by_path = {header.path: header for header in catalogue.headers(catalogue.ids())}
    assert set(by_path) == {"one.txt", "two.txt"}
    assert by_path["two.txt"].number == number
    assert by_path["two.txt"].id == article_id(b"two.txt", None)
    assert by_path["one.txt"].title == "Other words now."


def test_a_file_is_found_by_its_path_below_a_root_and_in_full(catalogue: Catalogue, put: Put) -> None:
    put("a/one.txt", "Some words.")
    assert catalogue.find(b"a/one.txt") == catalogue.find(b"/news/a/one.txt") == catalogue.ids()
    assert catalogue.find(b"/news/a") == catalogue.find(b"one.txt") == []


def test_the_generation_grows_with_each_change_and_other_readers_see_it(
    catalogue: Catalogue, put: Put
) -> None:
    reader = Catalogue.open(catalogue.path)
    before = reader.generation()
    put("one.txt", "Some words.")
    assert reader.generation() == catalogue.generation() > before
    assert len(reader.ids()) == 1
    reader.close()


def test_a_reader_is_not_stopped_by_a_writer_in_the_middle_of_a_transaction(
    catalogue: Catalogue, put: Put
) -> None:
    put("one.txt", "Some words.")
    reader = Catalogue.open(catalogue.path)
    before = reader.generation()
    with catalogue.transaction():
        catalogue.bump()
        assert reader.generation() == before
        assert len(reader.ids()) == 1
    assert reader.generation() == before + 1
    reader.close()


def test_a_transaction_that_fails_leaves_nothing(catalogue: Catalogue) -> None:
    def fail() -> None:
        with catalogue.transaction():
            catalogue.set_meta("a", 1)
            with catalogue.transaction():
                catalogue.set_meta("b", 2)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (catalogue.meta("a"), catalogue.meta("b")) == (None, None)


def test_every_thread_may_read(catalogue: Catalogue, put: Put) -> None:
    put("one.txt", "Some words.")
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(len(catalogue.ids()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 8


def test_a_reader_cannot_write(catalogue: Catalogue) -> None:
    reader = Catalogue.open(catalogue.path)
    with pytest.raises(ArchiveError):
        reader.set_meta("a", 1)
    reader.close()


def test_the_cache_is_its_owners_alone(catalogue: Catalogue) -> None:
    assert stat.S_IMODE(catalogue.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(catalogue.path.stat().st_mode) == 0o600


def test_a_reader_of_nothing_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        Catalogue.open(tmp_path / "catalogue.db")
    assert caught.value.hint


def test_a_catalogue_that_grows_while_it_is_opened_is_not_taken_for_damaged(
    catalogue: Catalogue, put: Put
) -> None:
    connection = catalogue.connection()

    class Growing:
        """A connection beside which another process commits whenever its pages are counted."""

        def execute(self, sql: str) -> object:
            if sql == "PRAGMA page_count":
                put("big.txt", "Many words. " * 20_000)
            return connection.execute(sql)

    verify(catalogue.path, Growing())  # type: ignore[arg-type]


def test_the_same_text_of_two_days_is_two_articles(catalogue: Catalogue, put: Put) -> None:
    put("monday.txt", "The ferry is late.", date="2021-03-01")
    put("tuesday.txt", "The ferry is late.", date="2021-03-02")
    put("copy.txt", "The ferry is late.", date="2021-03-02")
    paths = [header.path for header in catalogue.headers(catalogue.ids())]
    assert paths == ["tuesday.txt", "monday.txt"]


def test_closing_ends_what_another_thread_is_just_asking(catalogue: Catalogue, put: Put) -> None:
    """A connection closed while another thread ran a statement on it crashed the process."""
    put("one.txt", "Ministers met in Geneva.")
    begun = threading.Event()
    raised: list[BaseException] = []

    def ask() -> None:
        connection = catalogue.connection()
        connection.create_function("note", 0, begun.set)
        endless = "WITH RECURSIVE n(x) AS (SELECT note() UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"
        try:
            connection.execute(endless).fetchall()
        except ArchiveError as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert begun.wait(60)
    catalogue.close()
    thread.join(60)
    assert not thread.is_alive()
    assert [str(error) for error in raised] == ["the archive is closed"]


def test_rows_that_a_closed_catalogue_still_owes_are_refused(catalogue: Catalogue, put: Put) -> None:
    for number in range(3):
        put(f"{number}.txt", f"Ministers met in Geneva {number} times.")
    taken: list[object] = []
    first, closed = threading.Event(), threading.Event()

    def ask() -> None:
        rows = iter(catalogue.connection().execute("SELECT id FROM articles"))
        taken.append(next(rows))
        first.set()
        assert closed.wait(60)
        with pytest.raises(ArchiveError, match="the archive is closed"):
            next(rows)
        taken.append("refused")

    thread = threading.Thread(target=ask)
    thread.start()
    assert first.wait(60)
    catalogue.close()
    closed.set()
    thread.join(60)
    assert taken[1:] == ["refused"]


def test_articles_are_studied_beside_those_that_were_stored_with_them(
    catalogue: Catalogue, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_queue, "_NEIGHBOURS", 2)
    for number, day in enumerate(("04", "01", "03", "02"), 1):
        put(f"{number}.txt", f"Article {number} of the harbour.", date=f"2024-03-{day}")
    assert [number for number, _ in work_queue.unenriched(catalogue)] == [4, 3, 2, 1]
    monkeypatch.setattr(work_queue, "_NEIGHBOURS", 100)
    assert [number for number, _ in work_queue.unenriched(catalogue)] == [1, 3, 4, 2]
