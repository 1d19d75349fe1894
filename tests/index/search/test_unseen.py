"""A search and its snippets go by what a reader sees, over line breaks and through marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.results import SearchRequest

FERRY = (
    "---\ntitle: Ferry\n---\n"
    "The ferry to [Vigo](https://sea.example/ports/vigo?utm_source=mail&id=1234567890) sails again,"
    " *said* the **harbour**master of the [[Port of Vigo|old port]], who had waited for it all year.\n\n"
    "![the pier at dawn](/img/pier-at-dawn.jpg)\n\nThe captain was glad.\n"
)
WRAPPED = (
    "The council met on Monday evening in the old school to hear what Irene\n"
    "Example had to say about the bridge that was lost when a destruc-\n"
    "tive flood came down the valley, and which would cost no less than the\n"
    "whole of the budget, although no member had been asked about that.\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.md").write_text(FERRY)
    (tmp_path / "in" / "council.txt").write_text(WRAPPED)
    settings = EngineSettings(ner_model="rules")
    archive = Archive.open(
        [tmp_path / "in"], settings=settings, cache_root=tmp_path / "cache", data_root=tmp_path / "data"
    )
    archive.sync()
    yield archive
    archive.close()


QUERIES = (
    '"ferry to Vigo sails again"',
    "harbourmaster",
    '"said the harbourmaster of the old port"',
    "destructive",
    '"what Irene Example had"',
    '"a destructive flood"',
)


@pytest.mark.parametrize("query", QUERIES)
def test_words_and_phrases_are_found_as_they_are_seen(archive: Archive, query: str) -> None:
    results = archive.search(SearchRequest(query))
    assert results.total == 1
    (hit,) = archive.hits(results)
    assert hit.hits == 1
    (snippet,) = hit.snippets
    assert "https" not in snippet.text
    assert "*" not in snippet.text
    marked = [snippet.text[start:end] for start, end in snippet.marks]
    assert " ".join(" ".join(marked).split()) == query.strip('"')


@pytest.mark.parametrize("query", ["utm_source", "dawn", '"destruc tive"'])
def test_what_is_unseen_is_not_found(archive: Archive, query: str) -> None:
    assert archive.search(SearchRequest(query)).total == 0


def test_a_name_runs_over_a_line_break(archive: Archive) -> None:
    names = {entity.name for entity in archive.entities()}
    assert "Irene Example" in names


def test_what_is_unseen_is_stored_with_the_article(archive: Archive) -> None:
    stored = {article.path: article for article in archive.articles(archive.ids())}
    ferry, council = stored["ferry.md"], stored["council.txt"]
    unseen = [ferry.text[start:end] for start, end in ferry.unseen]
    assert unseen[:2] == ["[", "](https://sea.example/ports/vigo?utm_source=mail&id=1234567890)"]
    assert "![the pier at dawn](/img/pier-at-dawn.jpg)" in unseen
    assert [council.text[start:end] for start, end in council.unseen] == ["-\n"]
