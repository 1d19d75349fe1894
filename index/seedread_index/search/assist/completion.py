"""Completes the word, field or name at the cursor of a query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from seedread_index.engines.query_ast import DATE_FIELDS, ENTITY_FIELDS, FIELDS, IN, QUOTATION_FIELDS
from seedread_index.model.article import EntityType, authors_of
from seedread_index.model.deadline import Deadline
from seedread_index.search.facets import quoted
from seedread_index.search.query.boilerplate import BOILERPLATE
from seedread_index.search.query.kept import STATES
from seedread_index.search.query.lexer import BEFORE, OTHER_NAMES, plain_quotes, sound
from seedread_index.text.folding import folded
from seedread_index.text.stems import JOINED
from seedread_index.text.word_lists import code_of

if TYPE_CHECKING:
    from seedread_index.engines.base import Vocabulary
    from seedread_index.model.article import Header
    from seedread_index.search.sources import EntitySource

_LAST = re.compile(r'(?:^|(?<=[\s(\-+!]))(?![\-+!])(?:([a-z]+):)?("?)([^\s"()]*|(?<=")[^"]*)$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of `start`..`end` of the query; `kind` is word, field or an entity's type, and
    `articles` how many articles have it (0 for a field)."""

    text: str
    start: int
    end: int
    kind: str
    articles: int = 0


def complete(
    text: str,
    cursor: int,
    limit: int,
    vocabulary: Vocabulary,
    mentions: EntitySource,
    *,
    deadline: Deadline,
) -> list[Completion]:
    """Completions at `cursor`, best first: fields and names before words; those found before the deadline."""
    cursor = max(0, min(cursor, len(text)))
    match = _LAST.search(sound(text[:cursor]))
    if match is None:
        return []
    field, quote, typed = (match[1] or "").lower(), match[2], match[3]
    if field and field not in FIELDS:
        field = ""
    start = match.start(2)
    found: list[Completion] = []
    if not field and not quote and typed:
        found += [
            Completion(f"{name}:", start, cursor, "field")
            for name in FIELDS
            if name.startswith(typed.lower())
        ]
    if field == "is":
        states = (state for state in STATES if state.startswith(typed.lower()))
        found += [Completion(quote + state, start, cursor, field) for state in states]
    if field == IN and BOILERPLATE.startswith(typed.lower()):
        found.append(Completion(quote + BOILERPLATE, start, cursor, field))
    if field in (*ENTITY_FIELDS, *QUOTATION_FIELDS) or (not field and len(typed) > 1):
        found += _names(field, typed, (start, cursor), limit, mentions)
    begun = folded(typed)
    if (
        field in ("", "title", "body")
        and len(begun) > 1
        and not begun.startswith(JOINED)
        and not deadline.over()
    ):
        seen = {completion.text.lower() for completion in found}
        for word, articles in vocabulary.starting(begun, limit):
            if word not in seen:
                found.append(Completion(quote + word, start, cursor, "word", articles))
    return found[:limit]


def _names(
    field: str, typed: str, place: tuple[int, int], limit: int, mentions: EntitySource
) -> list[Completion]:
    types = [EntityType(field)] if field in ENTITY_FIELDS and field != "entity" else None
    wanted = folded(typed)
    found = []
    for entity in mentions.entities(types=types, filter=typed, sort="count", limit=limit * 4):
        names = folded(entity.name).split()
        if wanted and not any(
            folded(entity.name).startswith(wanted) or name.startswith(wanted) for name in names
        ):
            continue
        prefix = "" if field else "entity:"
        found.append(Completion(prefix + quoted(entity.name), *place, str(entity.type), entity.articles))
    return found[: limit if field else 3]


_FIELDS = ("source", "author", "section", "path", "url", "lang", *DATE_FIELDS)
_NAMES = (*_FIELDS, BEFORE, *(name for name, field in OTHER_NAMES.items() if field in _FIELDS))
_LAST_VALUE = re.compile(
    rf"(?:^|(?<=[\s(\-+!]))({'|'.join(_NAMES)}):(?:\"([^\"]*)|([^\s\"()]*))$", re.IGNORECASE
)
_SCHEME = re.compile(r"^[a-z]+://", re.IGNORECASE)
_EDGE = re.compile(r"[\s/_.\-]+")


class FieldQuery(NamedTuple):
    """A field of which a value is begun, what is typed of it, and the stretch of the query that it is."""

    field: str
    typed: str
    start: int
    end: int


def field_query_at(text: str, cursor: int) -> FieldQuery | None:
    """The value that stands before the cursor of a query, where it is one of these fields'."""
    cursor = max(0, min(cursor, len(text)))
    match = _LAST_VALUE.search(plain_quotes(sound(text[:cursor])))
    if match is None:
        return None
    name = match[1].lower()
    return FieldQuery(OTHER_NAMES.get(name, name), match[2] or match[3] or "", match.end(1) + 1, cursor)


class FieldValues:
    """The values of one commit and how many articles have each."""

    def __init__(self, generation: int, headers: Iterable[Header]) -> None:
        self.generation = generation
        self._sources: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._years: Counter[str] = Counter()
        self._months: Counter[str] = Counter()
        self._authors: Counter[str] = Counter()
        self._sections: Counter[str] = Counter()
        self._folders: Counter[str] = Counter()
        self._files: list[str] = []
        self._sites: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()
        for header in headers:
            self._languages[header.lang] += 1
            if header.source:
                self._sources[header.source] += 1
            self._authors.update(dict.fromkeys(authors_of(header.author), 1))
            if header.origin.section:
                self._sections[header.origin.section] += 1
            if header.date:
                self._years[f"{header.date.year:04}"] += 1
                self._months[f"{header.date.year:04}-{header.date.month:02}"] += 1
            self._files.append(header.path)
            _count_folders(self._folders, header.path)
            if header.origin.url:
                address = _SCHEME.sub("", header.origin.url)
                self._addresses[address] += 1
                _count_folders(self._sites, address)

    @classmethod
    def of_counts(
        cls,
        generation: int,
        sources: Mapping[str, int],
        authors: Mapping[str, int],
        languages: Mapping[str, int],
        months: Mapping[str, int],
    ) -> FieldValues:
        """The values that were counted elsewhere; of sections, paths and addresses none."""
        made = cls(generation, ())
        made._sources.update(sources)
        made._authors.update(authors)
        made._languages.update(languages)
        made._months.update(months)
        for month, articles in months.items():
            made._years[month[:4]] += articles
        return made

    def complete(self, asked: FieldQuery, limit: int) -> list[Completion]:
        """The values that go on as what is typed, those of most articles first; dates the newest first."""
        if asked.field == "lang":
            found = _most(self._languages, _starting(self._languages, code_of(asked.typed)))
        elif asked.field == "source":
            found = _most(self._sources, _with_word(self._sources, asked.typed))
        elif asked.field == "author":
            found = _most(self._authors, _with_word(self._authors, asked.typed))
        elif asked.field == "section":
            found = _most(self._sections, _with_word(self._sections, asked.typed))
        elif asked.field == "path":
            folders = _most(self._folders, _with_word(self._folders, asked.typed))
            found = [*folders, *((path, 1) for path in _with_word(sorted(self._files), asked.typed))]
        elif asked.field == "url":
            typed = _SCHEME.sub("", asked.typed)
            sites = _most(self._sites, _with_word(self._sites, typed))
            found = [*sites, *_most(self._addresses, _with_word(self._addresses.keys() - self._sites, typed))]
        else:
            dates = self._months if len(asked.typed) > 3 else self._years
            found = [(date, dates[date]) for date in sorted(_starting(dates, asked.typed), reverse=True)]
        return [
            Completion(_written(text, asked.field), asked.start, asked.end, asked.field, articles)
            for text, articles in found[:limit]
        ]


def _count_folders(counts: Counter[str], path: str) -> None:
    """Count each folder that a path lies in; of an address its site is the outermost."""
    at = path.find("/", 1)
    while at >= 0:
        counts[path[:at]] += 1
        at = path.find("/", at + 1)


def _written(value: str, field: str) -> str:
    """A value as it stands after its field and colon."""
    return value if field in DATE_FIELDS or field == BEFORE else quoted(value)


def _most(counts: Counter[str], values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(((value, counts[value]) for value in values), key=lambda each: (-each[1], each[0]))


def _starting(values: Iterable[str], typed: str) -> list[str]:
    return [value for value in values if value.startswith(typed.lower())]


def _with_word(values: Iterable[str], typed: str) -> list[str]:
    """The values that start as typed, and after them those in which a word or folder does."""
    wanted = folded(typed)
    first, second = [], []
    for value in values:
        whole = folded(value)
        if whole.startswith(wanted):
            first.append(value)
        elif wanted in whole and any(whole.startswith(wanted, edge.end()) for edge in _EDGE.finditer(whole)):
            second.append(value)
    return first + second
