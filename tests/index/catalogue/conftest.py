"""A catalogue in a folder of its own, and articles to put into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import root_numbers
from seedread_index.catalogue.upsert import ScannedFile, Upserted, take
from seedread_index.model.article import Article, Passage, PassageKind, article_id


def article_of(path: str, text: str, *, part: str | None = None, date: str | None = None) -> Article:
    """An article as reading would give it: all of it body."""
    return Article(
        id=article_id(path.encode(), part),
        path=path,
        path_bytes=path.encode(),
        part=part,
        title=text.split("\n", maxsplit=1)[0][:60],
        title_inferred=True,
        date=dt.date.fromisoformat(date) if date else None,
        date_from="text" if date else None,
        source=None,
        lang="en",
        text=text,
        passages=(Passage(0, len(text), PassageKind.BODY),),
    )


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """A function that makes an article of a path and a text."""
    return article_of


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue that may be written."""
    opened = Catalogue.open(tmp_path / "cache" / "catalogue.db", writable=True)
    yield opened
    opened.close()


Put = Callable[..., Upserted]


@pytest.fixture
def put(catalogue: Catalogue) -> Put:
    """A function that stores a file with one article, or with those given."""

    def store(
        path: str, text: str = "", *, date: str | None = None, articles: list[Article] | None = None
    ) -> Upserted:
        with catalogue.transaction():
            (root,) = root_numbers(catalogue, [b"/news"])
            taken = take(
                catalogue,
                ScannedFile(
                    root=root,
                    relative=path.encode(),
                    shown=path,
                    size=len(text),
                    changed_ns=1,
                    hash=text.encode()[:16],
                ),
                [article_of(path, text, date=date)] if articles is None else articles,
            )
            catalogue.bump()
        return taken

    return store
