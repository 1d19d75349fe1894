"""Quotations in an archive: kept with their places, asked by speaker and subject, right after corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.catalogue.database import checksums_of
from seedread_index.catalogue.entities import quotation_store
from seedread_index.model import versions
from seedread_index.model.correction import Correction
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.quotation import Quotation, QuotationKind

from ...conftest import synced

ARTICLES = {
    "2020-03-02_pier.txt": (
        "Pier closed\n\nMayor Petra Olin met the press on Monday.\n\n"
        "“We close the pier until May,” Olin said. “Jonas Rahl knows why.”\n\n"
        "Harbour Trust spokesman Jonas Rahl said the boards were rotten.\n"
    ),
    "2020-03-05_ferry.txt": (
        "Ferry late\n\nJonas Rahl waited for an hour on Thursday.\n\n"
        "“The ferry of Petra Olin is always late,” Rahl said at the landing stage of the old harbour.\n"
    ),
    "2020-03-07_none.txt": "Market day\n\nThe market opened at noon and sold fish and bread.\n",
}


def settings(engine: str = "whoosh") -> EngineSettings:
    """Rules alone; in this process."""
    return EngineSettings(ner_model="rules", processes=1, index_engine=engine)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that no test changes."""
    with made(tmp_path_factory.mktemp("kept")) as archive:
        yield archive


def made(folder: Path, engine: str = "whoosh") -> Archive:
    """The archive of ARTICLES, synced."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return synced([corpus], folder, settings(engine))


def entity(archive: Archive, name: str) -> str:
    """The id of the entity of that name."""
    return archive.resolve(name)[0]


def texts(found: Iterator[Quotation]) -> list[str]:
    return [quotation.text for quotation in found]


def paths(archive: Archive, query: str) -> list[str]:
    """The articles that meet a query."""
    results = archive.search(query)
    return sorted(header.path for header in archive.headers(results.ids()))


def test_what_is_kept_of_a_quotation(kept: Archive) -> None:
    """Its words are those of the article, its speaker an entity, and who is mentioned in it."""
    newest, first, second, third = kept.quotations()
    article = kept.article(first.article)
    assert article is not None
    assert first.text == article.text[first.start : first.end] == "“We close the pier until May,”"
    assert (first.kind, first.cue, first.for_whom, first.mentions) == (QuotationKind.DIRECT, "said", None, ())
    assert first.speaker is not None
    assert article.text[first.speaker.start : first.speaker.end] == first.speaker.text == "Olin"
    assert (first.speaker.entity, first.speaker.name) == (entity(kept, "Petra Olin"), "Petra Olin")
    assert second.mentions == (entity(kept, "Jonas Rahl"),)
    assert (third.kind, third.text) == (QuotationKind.INDIRECT, "the boards were rotten")
    assert third.for_whom == entity(kept, "Harbour Trust")
    assert str(newest.date) == "2020-03-05" and newest.title == "Ferry late"


def test_by_and_about(kept: Archive) -> None:
    """Whoever says it or has it said, and who is mentioned in it."""
    olin, rahl, trust = (entity(kept, name) for name in ("Petra Olin", "Jonas Rahl", "Harbour Trust"))
    assert len(texts(kept.quotations(by=[olin]))) == len(texts(kept.quotations(by=[rahl]))) == 2
    assert texts(kept.quotations(by=[trust])) == ["the boards were rotten"]
    assert texts(kept.quotations(about=[rahl])) == ["“Jonas Rahl knows why.”"]
    assert texts(kept.quotations(by=[rahl], about=[olin])) == ["“The ferry of Petra Olin is always late,”"]
    assert texts(kept.quotations(by=[])) == []


def test_the_quotations_of_one_article_cost_no_look_at_others(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader asks for them at every step."""
    monkeypatch.setattr(quotation_store.QuotationStore, "keys", None)
    monkeypatch.setattr(quotation_store.QuotationStore, "articles", None)
    (article,) = kept.find(b"2020-03-05_ferry.txt")
    assert texts(kept.quotations([article])) == ["“The ferry of Petra Olin is always late,”"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_said_and_about_in_queries(tmp_path: Path, engine: str) -> None:
    """Both engines find the articles; words inside are words of the quotation."""
    with made(tmp_path, engine) as archive:
        pier, ferry = "2020-03-02_pier.txt", "2020-03-05_ferry.txt"
        assert paths(archive, "said:olin") == [pier]
        assert paths(archive, "said:rahl") == [pier, ferry]
        assert paths(archive, "said:rahl landing") == [ferry]
        assert paths(archive, 'said:"rahl: landing"') == []
        assert paths(archive, 'said:"rahl: late"') == [ferry]
        assert paths(archive, 'said:"rahl: rotten OR late"') == [pier, ferry]
        assert paths(archive, "about:olin") == [ferry]
        assert paths(archive, "NOT said:rahl") == ["2020-03-07_none.txt"]
        assert paths(archive, "said:nobody") == []


def test_the_query_in_words_and_its_places(kept: Archive) -> None:
    """The places are the quotations, or the words inside them."""
    results = kept.search('said:"rahl: late"')
    assert results.explained == "quotes rahl, with late in the quotation"
    assert kept.search("about:xyz").explained == "has a quotation about xyz (no such name)"
    (hit,) = kept.hits(results)
    article = kept.article(hit.id)
    assert article is not None and [article.text[a:b] for a, b in hit.spans] == ["late"]
    (hit,) = kept.hits(kept.search("said:olin"))
    article = kept.article(hit.id)
    assert article is not None
    assert [article.text[a:b] for a, b in hit.spans] == [
        "“We close the pier until May,”",
        "“Jonas Rahl knows why.”",
    ]
    assert texts(kept.quotations(kept.search('said:"rahl: late"'))) == [
        "“The ferry of Petra Olin is always late,”"
    ]
    why = kept.explain(kept.search("said:olin zebra"))
    assert [(term.term, term.articles) for term in why.terms] == [("said:olin", 1), ("zebra", 0)]


def test_a_merge_holds_for_quotations_at_once(tmp_path: Path) -> None:
    """And so does taking it back; hidden entities speak no more."""
    with made(tmp_path) as archive:
        archive.correct(Correction("merge", "Petra Olin", into="Jonas Rahl"))
        assert len(texts(archive.quotations(by=[entity(archive, "Jonas Rahl")]))) == 4
        assert {q.speaker.name for q in archive.quotations() if q.speaker} == {"Jonas Rahl"}
        archive.undo()
        assert len(texts(archive.quotations(by=[entity(archive, "Jonas Rahl")]))) == 2
        archive.correct(Correction("hide", "Jonas Rahl"))
        assert {q.speaker and q.speaker.name for q in archive.quotations()} == {"Petra Olin", None}


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One new article costs one; articles that are gone take their quotations along."""
    with made(tmp_path) as archive:
        read: list[int] = []
        put = quotation_store.QuotationStore.put

        def noted(self: quotation_store.QuotationStore, article: int, *rest: object) -> None:
            read.append(article)
            put(self, article, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(quotation_store.QuotationStore, "put", noted)
        corpus = tmp_path / "corpus"
        (corpus / "new.txt").write_text("Fog\n\nThe fog came.\n\n“I see nothing at all,” said Tom Berg.\n")
        archive.sync()
        assert len(read) == 1
        (corpus / "2020-03-05_ferry.txt").unlink()
        archive.sync()
        assert len(read) == 1
        assert "“I see nothing at all,”" in texts(archive.quotations())
        assert len(texts(archive.quotations())) == 4


def test_an_archive_of_an_earlier_version_is_left_to_the_background(tmp_path: Path) -> None:
    """Nothing is found until then, and what is missing is counted; a sync alone reads nothing again."""
    with made(tmp_path) as archive:
        catalogue = archive.folder.catalogue
    checksums_of(catalogue).remove()
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        for table in quotation_store.DROPPED:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP TRIGGER linked_anew")
        connection.execute("DELETE FROM meta WHERE key = 'quotation_rules'")
        connection.execute("UPDATE meta SET value = 2 WHERE key = 'entity_tables'")
    with Archive.open(
        tmp_path / "corpus", settings(), cache_root=tmp_path / "cache", data_root=tmp_path / "data"
    ) as archive:
        assert texts(archive.quotations()) == paths(archive, "said:olin") == []
        assert archive.unquoted() == 3
        archive.sync()
        assert texts(archive.quotations()) == []
        archive.annotate()
        assert archive.unquoted() == 0
        assert len(texts(archive.quotations())) == 4


def test_new_rules_read_everything_again_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found before is shown until then."""
    with made(tmp_path) as archive:
        monkeypatch.setattr(versions, "QUOTATION_RULES", versions.QUOTATION_RULES + 1)
        assert archive.unquoted() == 3
        archive.sync()
        assert len(texts(archive.quotations())) == 4
        archive.annotate()
        assert archive.unquoted() == 0
