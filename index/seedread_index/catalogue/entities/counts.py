"""Counts, aliases and names of the entities that linking touched, worked out from the articles' names."""

from __future__ import annotations

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.model.entity import fold_name


def count_touched(catalogue: Catalogue) -> int:
    """Count the touched entities again, with their aliases and names; how many have mentions."""
    connection = catalogue.connection()
    connection.execute(
        "INSERT OR IGNORE INTO touched_entities SELECT n.entity FROM dirty_names d "
        "CROSS JOIN names n ON n.number = d.name WHERE n.entity IS NOT NULL"
    )
    connection.execute("DELETE FROM dirty_names")
    connection.execute("DELETE FROM aliases WHERE entity IN (SELECT number FROM touched_entities)")
    connection.execute(
        "INSERT INTO aliases SELECT h.entity, a.name, sum(a.counted), "
        "count(DISTINCT nullif(a.article * (a.counted > 0), 0)) FROM touched_entities t "
        "CROSS JOIN names h ON h.entity = t.number CROSS JOIN article_names a ON a.head = h.number "
        "GROUP BY h.entity, a.name"
    )
    connection.execute(
        "UPDATE entities SET articles = 0, mentions = 0, first = NULL, last = NULL, "
        "mentioned_first = NULL, "
        "mentioned_last = NULL WHERE number IN (SELECT number FROM touched_entities)"
    )
    rows = connection.execute(
        "SELECT count(DISTINCT a.article), sum(a.counted), min(articles.date), max(articles.date), "
        "min(a.first), max(a.last), t.number FROM touched_entities t "
        "CROSS JOIN names h ON h.entity = t.number CROSS JOIN article_names a ON a.head = h.number "
        "CROSS JOIN articles ON articles.number = a.article WHERE a.counted > 0 GROUP BY t.number"
    ).fetchall()
    connection.executemany(
        "UPDATE entities SET articles = ?, mentions = ?, first = ?, last = ?, mentioned_first = ?, "
        "mentioned_last = ? WHERE number = ?",
        rows,
    )
    _name_touched(catalogue)
    return len(rows)


def _name_touched(catalogue: Catalogue) -> None:
    """Show each touched entity by the commonest spelling of the key it was founded on."""
    connection = catalogue.connection()
    rows = connection.execute(
        "SELECT e.number, n.key = e.key, a.mentions, n.text, n.text = upper(n.text) FROM "
        "touched_entities t "
        "JOIN entities e ON e.number = t.number AND e.shown IS NULL JOIN aliases a ON a.entity = "
        "e.number "
        "JOIN names n ON n.number = a.name"
    ).fetchall()
    best: dict[int, tuple[int, int, bool, str]] = {}
    for number, canonical_entity, mentions, text, loud in rows:
        rank = (canonical_entity, mentions, not loud, text)
        best[number] = max(best.get(number, rank), rank)
    connection.executemany(
        "UPDATE entities SET name = ?, folded = ? WHERE number = ?",
        [(rank[3], fold_name(rank[3]), number) for number, rank in best.items()],
    )
