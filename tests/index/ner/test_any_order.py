"""Whatever order articles and corrections come in, the archive ends as one that had them from the start."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities import correction_store, link_store, queries
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.errors import CorrectionError
from seedread_index.sync.passes import link

from .conftest import Shelf

ARTICLES = {
    "a": "Prime Minister Tayyip Rossi met Anna Keller in Rome. Rossi praised the Northern Alliance.",
    "b": "Mr. Tony Rossini said the Northern Pact had failed. Rossini blamed the Northern Alliance.",
    "c": "Anna Keller of the World Trade Union (WTU) wrote to Rossi. The WTU paid the Americans in Rome.",
    "d": "Mr. Max Keller spoke of the WTU. Keller and Anna Keller left the United States for Berlin.",
    "e": "Recep Tayyip Rossi and Tony Rossi came to Berlin. The U.S. was silent, Mr. Rossi said.",
}
NAMES = st.sampled_from(
    (
        "Tayyip Rossi",
        "Rossi",
        "Tony Rossini",
        "Anna Keller",
        "Keller",
        "WTU",
        "World Trade Union",
        "Rome",
        "U.S.",
        "Nobody Known",
    )
)
TYPES = st.sampled_from((None, EntityType.PERSON, EntityType.PLACE, EntityType.ORG))
CORRECTIONS = st.one_of(
    st.fixed_dictionaries(
        {"do": st.sampled_from(("merge", "alias")), "name": NAMES, "type": TYPES, "into": NAMES}
    ),
    st.fixed_dictionaries({"do": st.sampled_from(("split", "hide")), "name": NAMES, "type": TYPES}),
    st.fixed_dictionaries(
        {
            "do": st.just("retype"),
            "name": NAMES,
            "type": TYPES,
            "to": TYPES.filter(lambda kind: kind is not None),
        }
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("add"),
            "name": st.sampled_from(
                ("Northern", "Prime Minister", "Rossi", "World Trade", "in Rome", "Nowhere")
            ),
            "type": TYPES.filter(lambda kind: kind is not None),
        }
    ),
)
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], Path]:
    """Gives files for corrections, none of which is there yet."""
    numbers: Iterator[int] = itertools.count()
    return lambda: tmp_path / f"data{next(numbers)}" / "corrections.toml"


def state(shelf: Shelf) -> tuple[object, ...]:
    """All that a user sees of the entities."""
    entities = [
        (e.id, e.name, e.type, e.articles, e.mentions, e.aliases, e.related, e.first, e.last)
        for e in shelf.store.entities(types=list(EntityType))
    ]
    beside = {
        entity[0]: [(each.entity.id, each.articles) for each in shelf.store.co_mentions(str(entity[0]), -1)]
        for entity in entities
    }
    assert beside == _beside(shelf, [str(entity[0]) for entity in entities])
    return entities, beside, sorted(shelf.store.conflicts())


def _beside(shelf: Shelf, ids: list[str]) -> dict[str, list[tuple[str, int]]]:
    """The co-mentions of entities, worked out name by name from the articles; the counts of all as well."""
    rows = (
        shelf.catalogue.connection()
        .execute(
            "SELECT DISTINCT a.article, e.id, e.type, e.mentions, e.name FROM article_names a "
            "JOIN names n ON n.number = a.head JOIN entities e ON e.number = n.entity "
            "WHERE a.counted > 0 AND e.hidden = 0"
        )
        .fetchall()
    )
    known, by_article = shelf.store.entities_by_article()
    counted = [(article, known[each][0]) for article, found in by_article for each in found]
    assert sorted(counted) == sorted(row[:2] for row in rows)
    found = {}
    for identity in ids:
        mine = shelf.store.articles_of([identity])
        shared = Counter(row[1:] for row in rows if row[0] in mine and row[1] != identity)
        named = [(each, count) for each, count in shared.items() if each[1] in NAMED_TYPES]
        named.sort(key=lambda item: (-item[1], -item[0][2], item[0][3], item[0][0]))
        found[identity] = [(each[0], count) for each, count in named]
    return found


def filled(new_shelf: Callable[[], Shelf], file: Path, names: str = "abcde") -> Shelf:
    """A shelf with the articles, linked at once."""
    shelf = new_shelf()
    for name in names:
        shelf.put(name, ARTICLES[name])
    shelf.link(file)
    return shelf


def added(corrections_file: CorrectionsFile, correction: dict[str, Any]) -> bool:
    """Whether a correction could be added: one that contradicts an earlier one is refused."""
    try:
        corrections_file.add(Correction(**correction))
    except CorrectionError:
        return False
    return True


@FEW
@given(corrections=st.lists(CORRECTIONS, max_size=6))
@example(
    corrections=[
        {"do": "retype", "name": "U.S.", "type": None, "to": EntityType.ORG},
        {"do": "merge", "name": "U.S.", "type": EntityType.ORG, "into": "Tayyip Rossi"},
    ]
)
def test_corrections_end_as_on_a_fresh_index_and_are_taken_back_one_by_one(
    new_shelf: Callable[[], Shelf], files: Callable[[], Path], corrections: list[dict[str, Any]]
) -> None:
    file = files()
    shelf = filled(new_shelf, file)
    corrections_file = CorrectionsFile.load(file)
    states = [state(shelf)]
    for correction in corrections:
        if not added(corrections_file, correction):
            continue
        corrections_file.save()
        shelf.link(file)
        states.append(state(shelf))
    assert state(filled(new_shelf, file)) == states[-1]
    for before in reversed(states[:-1]):
        assert CorrectionsFile.load(file).corrections
        corrections_file.undo()
        corrections_file.save()
        shelf.link(file)
        assert state(shelf) == before
    assert corrections_file.undo() is None


@FEW
@given(
    order=st.permutations("abcde"),
    linked=st.lists(st.booleans(), min_size=5, max_size=5),
    gone=st.sets(st.sampled_from("abcde"), max_size=3),
    corrections=st.lists(CORRECTIONS, max_size=3),
)
def test_articles_may_come_and_go_in_any_order(  # noqa: PLR0917 - fixtures and choices
    new_shelf: Callable[[], Shelf],
    files: Callable[[], Path],
    corrections: list[dict[str, Any]],
    order: list[str],
    linked: list[bool],
    gone: set[str],
) -> None:
    file = files()
    corrections_file = CorrectionsFile.load(file)
    for correction in corrections:
        added(corrections_file, correction)
    corrections_file.save()
    shelf = new_shelf()
    for name, now in zip(order, linked, strict=True):
        shelf.put(name, ARTICLES[name])
        if now:
            shelf.link(file)
    for name in gone:
        shelf.drop(name)
    shelf.link(file)
    left = "".join(sorted(set("abcde") - gone))
    assert state(shelf) == state(filled(new_shelf, file, left))


def merge(file: Path) -> None:
    """Correct that two persons are one."""
    corrections_file = CorrectionsFile.load(file)
    added(corrections_file, {"do": "merge", "name": "Tony Rossini", "into": "Anna Keller"})
    corrections_file.save()


def test_neither_the_names_kept_at_hand_nor_the_portions_change_anything(
    new_shelf: Callable[[], Shelf], files: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files()
    merge(file)
    whole = state(filled(new_shelf, file))
    for names, at_once, blocks, portion in ((2, 50, 1, 1), (100, 0, 2, 3)):
        monkeypatch.setattr(link_store, "_NAMES_IN_MEMORY", names)
        monkeypatch.setattr(link_store, "_NAMES_AN_ARTICLE", at_once)
        monkeypatch.setattr(link_store, "_NAMES_AT_ONCE", blocks)
        monkeypatch.setattr(correction_store, "_AT_ONCE", blocks)
        monkeypatch.setattr(queries, "_PORTION", portion)
        assert state(filled(new_shelf, file)) == whole
        shelf = filled(new_shelf, file, "abc")
        for name in "de":
            shelf.put(name, ARTICLES[name])
            shelf.link(file)
        assert state(shelf) == whole
        first = shelf.store.entities(types=list(EntityType))[0]
        every = shelf.store.co_mentions(first.id, -1)
        assert [shelf.store.co_mentions(first.id, n) for n in (1, 2, 5)] == [every[:n] for n in (1, 2, 5)]


def stopped_after(catalogue: Catalogue, commits: int) -> Callable[[], AbstractContextManager[None]]:
    """The transactions of a catalogue, of which one beyond so many ends in an interruption."""
    left = itertools.count(commits, -1)
    real = catalogue.transaction

    @contextmanager
    def transaction() -> Iterator[None]:
        outer = not catalogue.connection().in_transaction
        with real():
            yield
            if outer and next(left) <= 0:
                raise KeyboardInterrupt

    return transaction


def test_a_linking_of_many_names_that_is_stopped_anywhere_is_made_good(
    new_shelf: Callable[[], Shelf], files: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files()
    merge(file)
    whole = state(filled(new_shelf, file))
    monkeypatch.setattr(link, "_MANY", 0)
    monkeypatch.setattr(link_store, "_NAMES_AT_ONCE", 3)
    monkeypatch.setattr(correction_store, "_AT_ONCE", 3)
    for commits in itertools.count():
        shelf = filled(new_shelf, file, "abc")
        for name in "de":
            shelf.put(name, ARTICLES[name])
        with monkeypatch.context() as stopped:
            stopped.setattr(shelf.catalogue, "transaction", stopped_after(shelf.catalogue, commits))
            try:
                shelf.link(file)
            except KeyboardInterrupt:
                pass
            else:
                break
        shelf.catalogue.close()  # and with it all that was held for this linking
        shelf.link(file)
        assert state(shelf) == whole
    assert commits > 10
    assert state(shelf) == whole
