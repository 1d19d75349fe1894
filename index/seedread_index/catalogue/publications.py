"""What of the articles a server has, what has changed since, and their names as it takes them."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.stored_mentions import StoredMention, shown
from seedread_index.linking.shared_names import Name, Names, SharedMention, SharedQuotation, Use
from seedread_index.model.article import Span

_TABLE = """CREATE TABLE IF NOT EXISTS published(
    target TEXT NOT NULL,
    article TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY(target, article)
) WITHOUT ROWID"""
_STATES = (
    "SELECT a.number, a.id, a.checksum, t.checksum, m.mentions, l.id, "
    "EXISTS (SELECT 1 FROM articles o WHERE o.leader = a.number), "
    "(SELECT group_concat(c.path, char(0)) FROM copies c WHERE c.article = a.number), p.signature "
    "FROM articles a JOIN texts t ON t.article = a.number "
    "LEFT JOIN mention_sets m ON m.article = a.number LEFT JOIN articles l ON l.number = a.leader "
    "LEFT JOIN published p ON p.target = ? AND p.article = a.id "
)
_GONE = (
    "SELECT article FROM published WHERE target = ? AND article NOT IN (SELECT id FROM articles) "
    "ORDER BY article"
)
_USES = (
    "SELECT u.article, h.type, h.block, h.key, n.text, n.key, u.counted FROM names n "
    "JOIN article_names u ON n.number = u.name JOIN names h ON h.number = u.head WHERE u.article"
)
_QUOTATIONS = (
    "SELECT article, start, end, kind, cue_start, cue_end, speaker_start, speaker_end, confidence, named, "
    "for_whom FROM quotations WHERE article"
)
_ROWS = 500


class Unpublished(NamedTuple):
    """An article that the server does not have as it is now: its number, its id, and a sign of its state."""

    number: int
    id: str
    signature: bytes


class Publications:
    """What of a catalogue one server has, under one label; call the writing methods inside transactions."""

    def __init__(self, catalogue: Catalogue, target: str) -> None:
        self._catalogue = catalogue
        self._target = target
        with catalogue.transaction():
            catalogue.connection().execute(_TABLE)

    def changed(self) -> array[int]:
        """The numbers of the articles that are new, or not as they were published."""
        quoted = self._quotation_signs("")
        found = array("q")
        rows = self._catalogue.connection().execute(f"{_STATES} ORDER BY a.number", (self._target,))
        while some := rows.fetchmany(_ROWS):
            for number, _, *state, known in some:
                if _signature(number, *state, quoted.get(number, 0)) != known:
                    found.append(number)
        return found

    def states(self, numbers: Sequence[int]) -> list[Unpublished]:
        """Articles by their numbers, at most some hundreds, as they are now; gone ones are left out."""
        some = f"({','.join(map(str, numbers))})"
        quoted = self._quotation_signs(f"WHERE article IN {some}")
        rows = self._catalogue.connection().execute(
            f"{_STATES} WHERE a.number IN {some} ORDER BY a.number", (self._target,)
        )
        return [
            Unpublished(number, identity, _signature(number, *state, quoted.get(number, 0)))
            for number, identity, *state, _ in rows.fetchall()
        ]

    def gone(self) -> list[str]:
        """The ids of published articles that are here no longer."""
        return [row[0] for row in self._catalogue.connection().execute(_GONE, (self._target,))]

    def known(self) -> int:
        """How many articles are published."""
        counted = "SELECT count(*) FROM published WHERE target = ?"
        return int(self._catalogue.connection().execute(counted, (self._target,)).fetchone()[0])

    def clear(self) -> None:
        """Note that the server has nothing."""
        with self._catalogue.transaction():
            self._catalogue.connection().execute("DELETE FROM published WHERE target = ?", (self._target,))

    def note(self, published: Iterable[Unpublished]) -> None:
        """Note that the server has articles."""
        self._catalogue.connection().executemany(
            "INSERT OR REPLACE INTO published VALUES(?, ?, ?)",
            [(self._target, each.id, each.signature) for each in published],
        )

    def forget(self, ids: Iterable[str]) -> None:
        """Note that the server has articles no longer."""
        self._catalogue.connection().executemany(
            "DELETE FROM published WHERE target = ? AND article = ?", [(self._target, each) for each in ids]
        )

    def _quotation_signs(self, where: str) -> dict[int, int]:
        """A number for each article with quotations that changes when these do."""
        rows = self._catalogue.connection().execute(
            "SELECT article, count(*) * 1000003 + sum(start * 31 + end * 17 + coalesce(named, 0) * 7 "
            "+ coalesce(for_whom, 0) * 3 + coalesce(speaker_start, 0)) "
            f"FROM quotations {where} GROUP BY article"
        )
        return dict(rows.fetchall())


def _signature(number: int, *state: Any) -> bytes:
    """A hash of what is published of an article."""
    hashed = hashlib.blake2b(str(number).encode(), digest_size=12)
    for value in state:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(4, "big") + data)
    return hashed.digest()


def representatives(catalogue: Catalogue) -> dict[str, str]:
    """Near-duplicates: from an article's id to its group's representative's, that one's own included."""
    pairs = catalogue.groups()
    return pairs | {representative: representative for representative in pairs.values()}


def names_of(catalogue: Catalogue, numbers: Sequence[int]) -> dict[int, Names]:
    """The names of articles as linking inside them left these; corrections of entities play no part.

    A mention that the user left out is not among them.
    """
    uses: defaultdict[int, list[Use]] = defaultdict(list)
    for article, kind, block, key, text, own, counted in catalogue.among(_USES, numbers):
        uses[article].append(Use(Name(kind, block, key), text, own, counted))
    spans: dict[int, list[StoredMention]] = {
        article: shown(stored)
        for article, stored in catalogue.among(
            "SELECT article, mentions FROM mention_sets WHERE article", numbers
        )
    }
    quotations = catalogue.among(_QUOTATIONS, numbers)
    about: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for article, start, end, name in catalogue.among(
        "SELECT article, start, end, name FROM quotation_names WHERE article", numbers
    ):
        about[article, start, end].append(name)
    wanted = {each.name for mentions in spans.values() for each in mentions if each.name is not None}
    wanted |= {each for row in quotations for each in row[9:11] if each is not None}
    wanted |= {each for found in about.values() for each in found}
    known = {
        number: Name(kind, block, key)
        for number, kind, block, key in catalogue.among(
            "SELECT number, type, block, key FROM names WHERE number", wanted
        )
    }
    quoted: defaultdict[int, list[SharedQuotation]] = defaultdict(list)
    for row in sorted(quotations, key=lambda each: each[:3]):
        quoted[row[0]].append(_quotation(row, known, about[row[0], row[1], row[2]]))
    return {
        number: Names(
            uses[number],
            [
                SharedMention(each.start, each.end, each.label, known.get(each.name) if each.name else None)
                for each in spans.get(number, ())
            ],
            quoted[number],
        )
        for number in numbers
    }


def _quotation(row: tuple[Any, ...], known: dict[int, Name], about: Sequence[int]) -> SharedQuotation:
    _, start, end, kind, cue_start, cue_end, speaker_start, speaker_end, confidence, named, for_whom = row
    return SharedQuotation(
        span=Span(start, end),
        kind=kind,
        cue=Span(cue_start, cue_end) if cue_start is not None else None,
        speaker=Span(speaker_start, speaker_end) if speaker_start is not None else None,
        confidence=confidence,
        named=known.get(named) if named is not None else None,
        for_whom=known.get(for_whom) if for_whom is not None else None,
        about=tuple(dict.fromkeys(known[each] for each in about if each in known)),
    )
