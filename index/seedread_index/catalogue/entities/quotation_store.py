"""Quotations in the catalogue's database: where they stand, whose they are, and what is yet to be read.

A speaker is kept as a name of the article, so that what linking and corrections make of names holds for
quotations at once. The tables belong to those of entities (`schema`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.stored_mentions import shown
from seedread_index.model.article import Mention, Span
from seedread_index.model.quotation import FoundQuotation

TABLES = (
    """CREATE TABLE IF NOT EXISTS quotations(
        article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        kind TEXT NOT NULL,
        cue_start INTEGER,
        cue_end INTEGER,
        speaker_start INTEGER,
        speaker_end INTEGER,
        named INTEGER REFERENCES names(number),
        for_whom INTEGER REFERENCES names(number),
        confidence REAL NOT NULL,
        PRIMARY KEY(article, start, end)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS quotations_named ON quotations(named, article) WHERE named IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS quotations_for ON quotations(for_whom) WHERE for_whom IS NOT NULL",
    # The names inside quotations, by their fullest form in the article.
    """CREATE TABLE IF NOT EXISTS quotation_names(
        name INTEGER NOT NULL REFERENCES names(number),
        article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        PRIMARY KEY(name, article, start, end)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS quotation_names_article ON quotation_names(article)",
    # The articles to be read; `older` ones, of which there may be many, are left to the background.
    """CREATE TABLE IF NOT EXISTS unquoted_articles(
        article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
        older INTEGER NOT NULL
    )""",
    # Names that were linked again may be other speakers.
    """CREATE TRIGGER IF NOT EXISTS linked_anew AFTER UPDATE OF linked ON mention_sets
    WHEN NEW.linked = 1 AND OLD.linked = 0 BEGIN
        INSERT OR REPLACE INTO unquoted_articles VALUES(NEW.article, 0);
    END""",
)
DROPPED = ("quotations", "quotation_names", "unquoted_articles")

_RULES = "quotation_rules"
"""The note in a catalogue of the rules that its quotations are of."""
_PRESENT = "SELECT 1 FROM sqlite_master WHERE name = 'unquoted_articles'"
_SELECT = (
    "SELECT q.article, q.start, q.end, q.kind, q.cue_start, q.cue_end, q.speaker_start, q.speaker_end, "
    "q.confidence, e.id, e.name, e.hidden, f.id, f.hidden FROM quotations q "
    "LEFT JOIN names n ON n.number = q.named LEFT JOIN entities e ON e.number = n.entity "
    "LEFT JOIN names o ON o.number = q.for_whom LEFT JOIN entities f ON f.number = o.entity"
)
_BY, _FOR = (
    "SELECT q.article, q.start, q.end FROM names n CROSS JOIN quotations q "
    f"ON q.{column} = n.number WHERE n.entity"
    for column in ("named", "for_whom")
)
_ABOUT = (
    "SELECT m.article, m.start, m.end FROM names n CROSS JOIN quotation_names m ON m.name = n.number "
    "WHERE n.entity"
)

Key = tuple[int, int, int]
"""A quotation: the number of its article, and its span."""


class LinkedMention(NamedTuple):
    """A mention as it is stored, with the number of the name that is its fullest form; None: no entity."""

    mention: Mention
    name: int | None


class StoredQuotation(NamedTuple):
    """A quotation as it is stored, with what linking and corrections make of its names now."""

    span: Span
    kind: str
    cue: Span | None
    speaker: Span | None
    confidence: float
    entity: str | None
    name: str | None
    for_whom: str | None
    mentions: tuple[str, ...]


class QuotationStore:
    """The quotations of one catalogue; reads from any thread, writes inside its transactions."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._present = False

    # -- writing -----------------------------------------------------------------------------------------

    def note_rules(self, rules: int) -> None:
        """Have every article read again where its quotations are of other rules, or of none."""
        if self._catalogue.meta(_RULES) != rules:
            self._catalogue.connection().execute(
                "INSERT OR IGNORE INTO unquoted_articles SELECT article, 1 FROM mention_sets WHERE linked = 1"
            )
            self._catalogue.set_meta(_RULES, rules)

    def pending(self, *, older: bool) -> list[int]:
        """Numbers of the articles whose names were linked since they were read for quotations, newest first.

        `older` has those as well whose quotations are of other rules, or were never looked for.
        """
        rows = self._catalogue.connection().execute(
            "SELECT u.article FROM unquoted_articles u CROSS JOIN articles a ON a.number = u.article "
            "WHERE u.older <= ? ORDER BY a.date DESC, a.path, a.id",
            (older,),
        )
        return [row[0] for row in rows.fetchall()]

    def count_pending(self, rules: int) -> int:
        """How many articles are yet to be read for quotations, by these rules."""
        known = self._ready() and self._catalogue.meta(_RULES) == rules
        table = "unquoted_articles" if known else "articles"
        return int(self._catalogue.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def linked_mentions(self, article: int, text: str) -> list[LinkedMention]:
        """The mentions of an article; `entity` of each is the number of its name, in digits."""
        row = (
            self._catalogue.connection()
            .execute("SELECT mentions FROM mention_sets WHERE article = ?", (article,))
            .fetchone()
        )
        return [
            LinkedMention(
                Mention(start, end, text[start:end], label, None if name is None else str(name)), name
            )
            for start, end, label, name, _ in (shown(row[0]) if row else ())
        ]

    def put(self, article: int, found: Iterable[FoundQuotation], mentions: Sequence[LinkedMention]) -> None:
        """Store the quotations of an article in the place of those that it had."""
        connection = self._catalogue.connection()
        connection.execute("DELETE FROM quotations WHERE article = ?", (article,))
        connection.execute("DELETE FROM quotation_names WHERE article = ?", (article,))
        rows = list(found)
        connection.executemany(
            "INSERT OR IGNORE INTO quotations VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    article,
                    q.start,
                    q.end,
                    q.kind.value,
                    *(q.cue or (None, None)),
                    *(q.speaker or (None, None)),
                    mentions[q.named].name if q.named is not None else None,
                    mentions[q.for_whom].name if q.for_whom is not None else None,
                    q.confidence,
                )
                for q in rows
            ],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO quotation_names VALUES(?, ?, ?, ?)",
            [
                (each.name, article, q.start, q.end)
                for q in rows
                for each in mentions
                if each.name is not None and q.start <= each.mention.start < q.end
            ],
        )
        connection.execute("DELETE FROM unquoted_articles WHERE article = ?", (article,))

    # -- reading -----------------------------------------------------------------------------------------

    def keys(self, by: Sequence[int] | None, about: Sequence[int] | None) -> set[Key]:
        """The quotations that any of some entities (by their numbers) say, or that are said for them, and
        that mention any of others; None: whoever says or is mentioned."""
        if not self._ready():
            return set()
        found: set[Key] | None = None
        if by is not None:
            found = {*self._among(_BY, by), *self._among(_FOR, by)}
        if about is not None:
            mentioned = set(self._among(_ABOUT, about))
            found = mentioned if found is None else found & mentioned
        if found is None:
            found = set(self._catalogue.connection().execute("SELECT article, start, end FROM quotations"))
        return found

    def articles(self) -> set[int]:
        """Numbers of the articles that have quotations."""
        if not self._ready():
            return set()
        rows = self._catalogue.connection().execute("SELECT DISTINCT article FROM quotations")
        return {row[0] for row in rows.fetchall()}

    def of_article(self, article: int) -> list[StoredQuotation]:
        """The quotations of an article in the order of its text."""
        if not self._ready():
            return []
        connection = self._catalogue.connection()
        rows = connection.execute(f"{_SELECT} WHERE q.article = ? ORDER BY q.start, q.end", (article,))
        names: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)
        for start, end, identity in connection.execute(
            "SELECT m.start, m.end, e.id FROM quotation_names m CROSS JOIN names n ON n.number = m.name "
            "CROSS JOIN entities e ON e.number = n.entity WHERE m.article = ? AND e.hidden = 0 "
            "ORDER BY e.mentions DESC, e.id",
            (article,),
        ).fetchall():
            names[start, end][identity] = None
        return [_stored(row, tuple(names[row[1], row[2]])) for row in rows.fetchall()]

    # -- inside ------------------------------------------------------------------------------------------

    def _among(self, select: str, entities: Sequence[int]) -> list[Key]:
        return [(row[0], row[1], row[2]) for row in self._catalogue.among(select, entities)]

    def _ready(self) -> bool:
        """Whether the tables are there: an index of an earlier version has them from its next sync on."""
        if not self._present:
            self._present = self._catalogue.connection().execute(_PRESENT).fetchone() is not None
        return self._present


def _stored(row: tuple[Any, ...], mentions: tuple[str, ...]) -> StoredQuotation:
    (_, start, end, kind, cue_start, cue_end, speaker_start, speaker_end, confidence, *names) = row
    entity, name, hidden, for_whom, for_hidden = names
    return StoredQuotation(
        span=Span(start, end),
        kind=kind,
        cue=Span(cue_start, cue_end) if cue_start is not None else None,
        speaker=Span(speaker_start, speaker_end) if speaker_start is not None else None,
        confidence=confidence,
        entity=None if hidden else entity,
        name=None if hidden else name,
        for_whom=None if for_hidden else for_whom,
        mentions=mentions,
    )
