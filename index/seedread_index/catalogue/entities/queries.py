"""Questions about entities that SQL answers: lists, cards, co-mentions, names that resolve to ids."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from seedread_index.catalogue.entities.schema import (
    among,
    count_entities,
    entities_by_article,
    mentioning,
)
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.entity import (
    FILTER_CHARACTERS,
    FILTER_WORDS,
    AliasShare,
    CoMention,
    Entity,
    EntityCard,
    Relation,
    by_month,
    fold_name,
)

_AT_ONCE = 500
_COLUMNS = "e.number, e.id, e.name, e.type, e.articles, e.mentions, e.first, e.last, e.country"
_ORDERS = {
    "count": "e.mentions DESC, e.articles DESC, e.name, e.id",
    "articles": "e.articles DESC, e.mentions DESC, e.name, e.id",
    "name": "e.folded, e.type, e.id",
    "first": "e.first IS NULL, e.first DESC, e.mentions DESC, e.id",
    "rising": "coalesce(r.recent, 0) - e.articles * :share DESC, e.mentions DESC, e.id",
}
_RECENT_DAYS = 30
_PORTION = 60
"""How many entities are looked at first for the most frequent ones."""
_ON_CARD = 20
"""How many co-mentions a card holds."""


def listed(
    connection: sqlite3.Connection,
    types: Sequence[EntityType] | None,
    filter: str,
    sort: str,
    limit: int | None,
) -> list[Entity]:
    """Entities that articles mention, filtered and sorted; no name has more words than a filter takes."""
    words = list(dict.fromkeys(fold_name(filter).split()))
    if len(words) > FILTER_WORDS or len(filter) > FILTER_CHARACTERS:
        return []
    kinds = ",".join(f"'{kind.value}'" for kind in (NAMED_TYPES if types is None else types))
    where = f"e.mentions > 0 AND e.hidden = 0 AND e.type IN ({kinds})"
    values: dict[str, Any] = {"limit": -1 if limit is None else limit}
    join = ""
    for index, word in enumerate(words):
        where += (
            f" AND e.number IN (SELECT a.entity FROM names n JOIN aliases a ON a.name = n.number "
            f"WHERE instr(n.folded, :word{index}) UNION SELECT number FROM entities WHERE "
            f"instr(folded, :word{index}))"
        )
        values[f"word{index}"] = word
    if sort == "rising":
        since, share = _recent(connection)
        values |= {"since": since, "share": share}
        join = (
            "LEFT JOIN (SELECT n.entity AS entity, count(DISTINCT a.article) AS recent FROM articles "
            "JOIN article_names a ON a.article = articles.number JOIN names n ON n.number = a.head "
            "WHERE articles.date >= :since AND a.counted > 0 GROUP BY n.entity) r ON r.entity = e.number"
        )
    order = _ORDERS.get(sort, _ORDERS["count"])
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entities e {join} WHERE {where} ORDER BY {order} LIMIT :limit", values
    ).fetchall()
    return _entities(connection, rows)


def one(connection: sqlite3.Connection, entity_id: str) -> Entity | None:
    """One entity by its id, or by one that it had before."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entities e WHERE id = ?", (current_id(connection, entity_id),)
    ).fetchall()
    return _entities(connection, rows)[0] if rows else None


def current_id(connection: sqlite3.Connection, entity_id: str) -> str:
    """The id that an entity has now."""
    seen: set[str] = set()
    while entity_id not in seen:
        seen.add(entity_id)
        alive = connection.execute(
            "SELECT 1 FROM names JOIN entities ON entities.number = names.entity WHERE entities.id = "
            "? LIMIT 1",
            (entity_id,),
        ).fetchone()
        row = connection.execute("SELECT new FROM entity_moves WHERE old = ?", (entity_id,)).fetchone()
        if alive or row is None:
            break
        entity_id = row[0]
    return entity_id


def articles_of(connection: sqlite3.Connection, entity_ids: Iterable[str]) -> set[int]:
    """Numbers of the articles that mention any of the entities where it counts."""
    return {a for n in numbers_of(connection, entity_ids) for a in mentioning(connection, n)}


def numbers_of(connection: sqlite3.Connection, entity_ids: Iterable[str]) -> list[int]:
    """The numbers of entities, also by ids that they had before; unknown ones are left out."""
    select = "SELECT number FROM entities WHERE id = ?"
    rows = (connection.execute(select, (current_id(connection, each),)).fetchone() for each in entity_ids)
    return [row[0] for row in rows if row]


def resolve(connection: sqlite3.Connection, name: str, types: Sequence[EntityType] | None) -> list[str]:
    """Ids of the entities that go by a name, most mentioned first."""
    folded = fold_name(name)
    kinds = f"AND e.type IN ({','.join(repr(kind.value) for kind in types)})" if types else ""
    for condition, value in (
        ("n.folded = ?", folded),
        ("instr(' ' || n.folded || ' ', ?)", f" {folded} "),
    ):
        rows = connection.execute(
            "SELECT e.id, sum(a.mentions) FROM names n JOIN aliases a ON a.name = n.number "
            f"JOIN entities e ON e.number = a.entity WHERE {condition} AND e.hidden = 0 {kinds} "
            "GROUP BY e.number ORDER BY 2 DESC, e.mentions DESC, e.id",
            (value,),
        ).fetchall()
        if rows:
            return [row[0] for row in rows]
    return []


def called(connection: sqlite3.Connection, name: str, types: Sequence[EntityType]) -> list[Entity]:
    """Entities that articles mention and that are shown by a name or have it as a spelling, most mentioned
    first; case and diacritics aside."""
    folded = fold_name(name)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entities e WHERE e.number IN (SELECT a.entity FROM names n "
        "CROSS JOIN aliases a ON a.name = n.number WHERE n.folded = ?1 "
        "UNION SELECT number FROM entities WHERE folded = ?1) "
        "AND e.mentions > 0 AND e.hidden = 0 "
        f"AND e.type IN ({','.join(repr(kind.value) for kind in types)}) ORDER BY {_ORDERS['count']}",
        (folded,),
    ).fetchall()
    return _entities(connection, rows)


def card(connection: sqlite3.Connection, entity_id: str) -> EntityCard | None:
    """Everything that an entity's card shows."""
    entity = one(connection, entity_id)
    if entity is None:
        return None
    number, mentioned_first, mentioned_last = connection.execute(
        "SELECT number, mentioned_first, mentioned_last FROM entities WHERE id = ?", (entity.id,)
    ).fetchone()
    shares = connection.execute(
        "SELECT n.text, sum(a.mentions) FROM aliases a JOIN names n ON n.number = a.name WHERE a.entity = ? "
        "AND a.mentions > 0 GROUP BY n.text ORDER BY 2 DESC, n.text",
        (number,),
    ).fetchall()
    articles = mentioning(connection, number)
    rows = sorted(
        among(connection, "SELECT id, date, path FROM articles WHERE number", articles),
        key=lambda row: (row[2], row[0]),
    )
    rows.sort(key=lambda row: row[1] or "", reverse=True)
    return EntityCard(
        entity=entity,
        aliases=tuple(AliasShare(text, count) for text, count in shares),
        months=by_month(date for _, date, _ in rows),
        co_mentions=tuple(_most_shared(connection, number, articles, _ON_CARD)),
        latest=tuple(row[0] for row in rows),
        mentioned_first=_date(mentioned_first),
        mentioned_last=_date(mentioned_last),
    )


def co_mentions(connection: sqlite3.Connection, entity_id: str, limit: int) -> list[CoMention]:
    """Entities that share articles with one, most first; a negative limit means all."""
    row = connection.execute(
        "SELECT number FROM entities WHERE id = ?", (current_id(connection, entity_id),)
    ).fetchone()
    if row is None:
        return []
    return _most_shared(connection, row[0], mentioning(connection, row[0]), limit)


def by_article(
    connection: sqlite3.Connection,
) -> tuple[list[tuple[str, str]], Iterator[tuple[int, Sequence[int]]]]:
    """The entities that are not hidden, by id and type, and which of these each article mentions."""
    known: list[tuple[str, str]] = []
    at: dict[int, int] = {}
    for number, entity_id, kind in connection.execute(
        "SELECT number, id, type FROM entities WHERE hidden = 0"
    ):
        at[number] = len(known)
        known.append((entity_id, kind))
    rows = entities_by_article(connection)
    return known, ((article, sorted(at[each] for each in found if each in at)) for article, found in rows)


def _most_shared(
    connection: sqlite3.Connection, entity: int, articles: Iterable[int], limit: int
) -> list[CoMention]:
    """The entities that most of these articles mention beside one."""
    counts = count_entities(connection, articles)
    counts.pop(entity, None)
    named = f"e.type IN ({','.join(repr(kind.value) for kind in NAMED_TYPES)})"
    rows: list[tuple[Any, ...]] = []
    for shown in _shown_by_count(connection, counts, _COLUMNS, named):
        rows += shown
        if 0 <= limit <= len(rows):
            break
    rows.sort(key=lambda row: (-counts[row[0]], -row[5], row[2], row[1]))
    rows = rows if limit < 0 else rows[:limit]
    return [
        CoMention(each, counts[row[0]]) for each, row in zip(_entities(connection, rows), rows, strict=True)
    ]


def _shown_by_count(
    connection: sqlite3.Connection, counts: Counter[int], columns: str, condition: str
) -> Iterator[list[tuple[Any, ...]]]:
    """Shown entities that match a condition, in portions of falling counts, equal counts together."""
    ordered = counts.most_common()
    start, size = 0, _PORTION
    while start < len(ordered):
        end = min(start + size, len(ordered))
        while end < len(ordered) and ordered[end][1] == ordered[end - 1][1]:
            end += 1
        rows: list[tuple[Any, ...]] = []
        for chunk in range(start, end, _AT_ONCE):
            numbers = [number for number, _ in ordered[chunk : min(chunk + _AT_ONCE, end)]]
            rows += connection.execute(
                f"SELECT {columns} FROM entities e WHERE e.number IN ({','.join('?' * len(numbers))}) "
                f"AND e.hidden = 0 AND {condition}",
                numbers,
            ).fetchall()
        yield rows
        start, size = end, 4 * size


def _entities(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> list[Entity]:
    aliases: dict[int, dict[str, int]] = {}
    relations: dict[str, Relation] = {}
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        marks = ",".join("?" * len(chunk))
        for entity, text, mentions in connection.execute(
            "SELECT a.entity, n.text, sum(a.mentions) FROM aliases a JOIN names n ON n.number = a.name "
            f"WHERE a.entity IN ({marks}) GROUP BY a.entity, n.text ORDER BY 3 DESC, 2",
            [row[0] for row in chunk],
        ).fetchall():
            aliases.setdefault(entity, {})[text] = mentions
        countries = sorted({row[8] for row in chunk if row[8]})
        for identity, name in connection.execute(
            f"SELECT id, name FROM entities WHERE id IN ({','.join('?' * len(countries))}) "
            "AND mentions > 0 AND hidden = 0",
            countries,
        ).fetchall():
            relations[identity] = Relation(identity, "demonym", name)
    return [
        Entity(
            id=identity,
            name=name,
            type=EntityType(kind),
            articles=articles,
            mentions=mentions,
            aliases=tuple(text for text in aliases.get(number, {}) if text != name),
            related=(relations[country],) if country in relations else (),
            first=_date(first),
            last=_date(last),
        )
        for number, identity, name, kind, articles, mentions, first, last, country in rows
    ]


def _recent(connection: sqlite3.Connection) -> tuple[str, float]:
    """The first day of the archive's last month and the share of its dated articles in it."""
    newest, dated = connection.execute("SELECT max(date), count(date) FROM articles").fetchone()
    if not newest:
        return "9999", 0.0
    since = (dt.date.fromisoformat(newest) - dt.timedelta(days=_RECENT_DAYS)).isoformat()
    count = connection.execute("SELECT count(*) FROM articles WHERE date >= ?", (since,)).fetchone()[0]
    return since, count / dated


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
