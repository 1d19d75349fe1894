"""Every format that is read, as several programs write it: every article is found, and nothing else.

The table "Files of common programs" of docs/formats.md is made here: with SEEDREAD_WRITE_DOCS=1 in the
environment it is rewritten, else it has to match what was found.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from tests.index.made_formats import NO_ARTICLES, SOURCE, Made, every_format

from seedread_index import Archive, Article, SearchRequest
from seedread_index.extract.formats.recognition import recognise

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
TABLE = re.compile(r"(## Files of common programs\n.*?\n\n)(\|.*?\n)\n", re.DOTALL)
FIELDS = ("title", "date", "author", "source", "url")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Made, list[Article]]]:
    """What an archive of the folder holds, by the files that were made."""
    root = tmp_path_factory.mktemp("formats")
    files = {one.name: one for one in every_format()}
    contents = {one.name: one.content for one in files.values()}
    contents |= {name: text.encode() for name, text in NO_ARTICLES.items()}
    for name, content in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    found: dict[str, list[Article]] = defaultdict(list)
    with Archive.open(root, cache_root=tmp_path_factory.mktemp("cache")) as archive:
        archive.sync()
        for article_id in archive.search(SearchRequest("", group=False)).ids():
            article = archive.article(article_id)
            assert article is not None
            found[article.path].append(article)
    return {name: (files[name], found.pop(name, [])) for name in files} | {
        name: (Made(name, "", b"", ()), articles) for name, articles in found.items()
    }


def test_every_article_is_found_and_nothing_else(folder: dict[str, tuple[Made, list[Article]]]) -> None:
    wrong = {
        name: (len(made.stories), [article.title for article in articles])
        for name, (made, articles) in folder.items()
        if {story.phrase for story in made.stories} != {_phrase(article) for article in articles}
        or len(articles) != len(made.stories)
    }
    assert wrong == {}


def _phrase(article: Article) -> str | None:
    said = " ".join(article.text.split())
    match = re.search(r"moved \d+ barrels of herring", said)
    return match[0] if match else None


def test_what_a_file_states_is_what_is_found(folder: dict[str, tuple[Made, list[Article]]]) -> None:
    wrong = []
    for name, (made, articles) in folder.items():
        told = {story.phrase: story for story in made.stories}
        for article in articles:
            story = told.get(_phrase(article) or "")
            if story is None:
                continue
            if not article.title_inferred and article.title != story.title:
                wrong.append((name, "title", article.title))
            if article.date not in {None, story.day}:
                wrong.append((name, "date", str(article.date)))
            if article.author not in {None, story.author}:
                wrong.append((name, "author", str(article.author)))
            if article.source not in {None, SOURCE, "courier.example", "Quay news"}:
                wrong.append((name, "source", str(article.source)))
            if article.origin.url not in {None, story.url}:
                wrong.append((name, "url", str(article.origin.url)))
    assert wrong == []


def test_the_table_of_the_page_is_what_was_found(folder: dict[str, tuple[Made, list[Article]]]) -> None:
    rows = ["| File | As written by | Read as | Articles | Fields found |", "|---|---|---|---|---|"]
    for made, articles in folder.values():
        kind = recognise(made.content, made.name.encode()).format.value
        fields = [field for field in FIELDS if articles and all(_has(article, field) for article in articles)]
        rows.append(f"| `{made.name}` | {made.program} | {kind} | {len(articles)} | {', '.join(fields)} |")
    page = PAGE.read_text(encoding="utf-8")
    written = TABLE.search(page)
    assert written is not None
    if os.environ.get("SEEDREAD_WRITE_DOCS"):
        table = "\n".join(rows) + "\n"
        PAGE.write_text(page[: written.start(2)] + table + page[written.end(2) :], encoding="utf-8")
        return
    assert written[2].splitlines() == rows


def _has(article: Article, field: str) -> bool:
    if field == "title":
        return not article.title_inferred
    return bool(article.origin.url if field == "url" else getattr(article, field))
