"""A catalogue to link in, articles to put into it, and the models, each loaded once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.catalogue.files import root_numbers
from seedread_index.catalogue.upsert import ScannedFile, remove, take
from seedread_index.model.article import Article, Passage, PassageKind, article_id
from seedread_index.model.entity import Entity, EntityCard
from seedread_index.ner.annotate import by_rules
from seedread_index.ner.spacy.pipeline import Model, load_model
from seedread_index.sync.fingerprint import rules_fingerprint
from seedread_index.sync.passes.link import link_pending


def article_of(
    name: str, text: str, *, date: str | None = None, boilerplate_from: int | None = None, lang: str = "en"
) -> Article:
    """An article, all of it body but for a boilerplate tail; an empty line parts paragraphs."""
    cut = len(text) if boilerplate_from is None else boilerplate_from
    ends = [match.start() for match in re.finditer("\n\n", text[:cut])]
    starts = [0, *(end + 2 for end in ends)]
    passages = [
        Passage(start, end, PassageKind.BODY) for start, end in zip(starts, [*ends, cut], strict=True)
    ]
    if cut < len(text):
        passages.append(Passage(cut, len(text), PassageKind.BOILERPLATE))
    return Article(
        id=article_id(name.encode(), None),
        path=name,
        path_bytes=name.encode(),
        part=None,
        title=text[:40] or name,
        title_inferred=True,
        date=dt.date.fromisoformat(date) if date else None,
        date_from="text" if date else None,
        source=None,
        lang=lang,
        text=text,
        passages=tuple(passages),
    )


class Shelf:
    """A catalogue with the mentions of its articles, found by rules and linked on demand."""

    def __init__(self, path: Path) -> None:
        self.catalogue = Catalogue.open(path, writable=True)
        self.store = MentionStore(self.catalogue)

    def put(self, name: str, text: str, **details: object) -> int:
        """Store an article and the mentions that rules find; its number."""
        article = article_of(name, text, **details)  # type: ignore[arg-type]
        with self.catalogue.transaction():
            (root,) = root_numbers(self.catalogue, [b"/news"])
            taken = take(
                self.catalogue,
                ScannedFile(root, name.encode(), name, len(text), 1, name.encode()),
                [article],
            )
            if article.id not in taken.written:  # an exact copy of another
                return self.catalogue.numbers([article.id])[article.id]
            number = taken.written[article.id]
            self.store.put(number, by_rules(text, article.passages, article.lang), rules_fingerprint())
        return number

    def drop(self, name: str) -> None:
        """Remove an article."""
        with self.catalogue.transaction():
            (file,) = (
                self.catalogue.connection()
                .execute("SELECT number FROM files WHERE relative = ?", (name.encode(),))
                .fetchone()
            )
            remove(self.catalogue, file)

    def link(self, corrections_file: Path | None = None) -> int:
        """Link what is new."""
        return link_pending(self.catalogue, corrections_file)

    def entity(self, identity: str) -> Entity:
        """An entity that is there."""
        found = self.store.entity(identity)
        assert found is not None
        return found

    def card(self, identity: str) -> EntityCard:
        """The card of an entity that is there."""
        found = self.store.card(identity)
        assert found is not None
        return found

    def names(self, number: int) -> dict[str, str]:
        """Each linked mention's text in an article, and the name of its entity."""
        found = {}
        for mention in self.store.mentions(number):
            entity = self.store.entity(mention.entity) if mention.entity else None
            if entity is not None:
                found[mention.text] = entity.name
        return found


@pytest.fixture
def new_shelf(tmp_path: Path) -> Iterator[Callable[[], Shelf]]:
    """A function that makes an empty shelf."""
    made: list[Shelf] = []

    def make() -> Shelf:
        made.append(Shelf(tmp_path / f"cache{len(made)}" / "catalogue.db"))
        return made[-1]

    yield make
    for shelf in made:
        shelf.catalogue.close()


@pytest.fixture
def shelf(new_shelf: Callable[[], Shelf]) -> Shelf:
    """An empty shelf."""
    return new_shelf()


@pytest.fixture(scope="session")
def model() -> Model:
    """The medium model, loaded once."""
    pytest.importorskip("spacy", reason="the entity engine is not installed", exc_type=ImportError)
    return load_model("md")
