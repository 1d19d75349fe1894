"""Whatever is asked is answered, or refused with a QueryError, however short the time is."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from seedread_index.model.article import Article, EntityType
from seedread_index.model.deadline import Deadline, unlimited
from seedread_index.model.entity import Entity
from seedread_index.model.errors import QueryError
from seedread_index.search import searcher

from .conftest import Shelf

WORDS = [
    "harbour",
    "grain",
    "border",
    "the",
    "of",
    "vote",
    "voter",
    "Łódź",
    "中国人",
    "U.S.",
    "o'brien",
    "x-ray",
]
MARKS = [
    "",
    "",
    "",
    "*",
    "?",
    "~",
    "~2",
    "~1000",
    '"',
    "(",
    ")",
    ":",
    "-",
    "!",
    "+",
    "\0",
    "\ud800",
    "[",
    "%",
]
JOINTS = [
    " ",
    " ",
    " AND ",
    " OR ",
    " NOT ",
    " NEAR/3 ",
    " NEAR/1000 ",
    " -",
    " (",
    ") ",
    ' "',
    '" ',
    "*",
    "",
]
FIELDS = [
    "",
    "",
    "",
    "title:",
    "body:",
    "source:",
    "author:",
    "path:",
    "url:",
    "lang:",
    "date:",
    "since:",
    "person:",
    "entity:",
    "in:boilerplate ",
]
HARD = [
    '"' + "the " * 200 + '"~1000',
    '"' + "the " * 900 + '"',
    " NEAR/1000 ".join(["the", "of"] * 50),
    "(" * 39 + "the NEAR/5 of" + ") NEAR/1000 grain" * 39,
    "NOT (" * 39 + "the" + ")" * 39,
    '"th* of vo* gr* bo* ha*"~1000',
    " ".join(word + "~2" for word in ("harbor", "grian", "bordr", "vtoe")),
    "vo" + "*t" * 900,
    'entity:"' + "*a" * 900 + 'an"',
    " OR ".join(["the", "of", "grain"] * 40),
    "-".join(["the"] * 900),
    "中" * 3900,
    "e" + "\u0301" * 3800,
    "-the " * 120,
]


def made(chance: random.Random) -> str:
    """A query of words, fields, operators and marks in any order; half of them without what may be wrong."""
    wild = chance.random() < 0.5
    pieces = []
    for _ in range(chance.randint(1, 9)):
        word = chance.choice(WORDS)[: chance.randint(3, 9)]
        if wild:
            word = chance.choice(FIELDS) + chance.choice(MARKS) + word + chance.choice(MARKS)
        pieces += [word, chance.choice(JOINTS if wild else JOINTS[:7])]
    return "".join(pieces[:-1])


def asked(shelf: Shelf, query: str, options: dict[str, bool | str]) -> tuple[set[str], bool] | None:
    """What is found and whether that is all; None where the query is refused."""
    shelf.searcher.complete(query, len(query))
    try:
        results = shelf.search(query, group=False, **options)
    except QueryError as error:
        assert error.message
        assert error.hint
        return None
    for hit in shelf.searcher.hits(results):
        text = shelf.catalogue.kept[hit.id].text
        assert all(0 <= start < end <= len(text) for start, end in hit.spans)
    shelf.searcher.explain(results)
    return set(results.ids()), results.partial


@pytest.fixture
def filled(shelf: Shelf, article: Callable[..., Article]) -> Shelf:
    """Articles of few words, and a person."""
    chance = random.Random(5)
    shelf.mentions.named.append(Entity("ana", "Ana Lima", EntityType.PERSON, 12, 12, ("Lima",)))
    shelf.put(
        *(
            article(
                f"{at:02}", "Ana Lima: " + " ".join(chance.choices(WORDS, k=60)), title=chance.choice(WORDS)
            )
            for at in range(12)
        )
    )
    return shelf


@pytest.mark.parametrize("options", [{}, {"typing": True}, {"match": "any"}], ids=["run", "typing", "any"])
def test_every_query_is_answered_and_in_less_time_with_nothing_wrong(
    filled: Shelf, options: dict[str, bool | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    answered = 0
    monkeypatch.setattr(searcher, "Deadline", lambda *_: unlimited())
    for query in [*HARD, *(made(chance) for _ in range(250))]:
        whole = asked(filled, query, options)
        with monkeypatch.context() as hurried:
            ticks = itertools.count()
            looks = chance.randint(1, 40)
            hurried.setattr(searcher, "Deadline", lambda *_: Deadline(looks, lambda: float(next(ticks))))  # noqa: B023
            part = asked(filled, query, options)
        if whole is None:
            assert part is None
        elif part is not None:
            found, partial = part
            assert found <= whole[0] if partial else found == whole[0]
            answered += 1
    assert answered > 40
