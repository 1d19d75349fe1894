"""Completes sources, paths, languages and dates: what the fields of an archive's articles hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from seedread_index.engines.query_ast import DATE_FIELDS
from seedread_index.search.assist.completion import Completion
from seedread_index.search.facets import quoted
from seedread_index.search.query.lexer import BEFORE, OTHER_NAMES, plain_quotes, sound
from seedread_index.text.folding import folded
from seedread_index.text.languages import code_of

if TYPE_CHECKING:
    from seedread_index.catalogue.article_rows import Header

_FIELDS = ("source", "path", "lang", *DATE_FIELDS)
_NAMES = (*_FIELDS, BEFORE, *(name for name, field in OTHER_NAMES.items() if field in _FIELDS))
_LAST = re.compile(rf"(?:^|(?<=[\s(\-+!]))({'|'.join(_NAMES)}):(?:\"([^\"]*)|([^\s\"()]*))$", re.IGNORECASE)
_EDGE = re.compile(r"[\s/_.\-]+")


class FieldQuery(NamedTuple):
    """A field of which a value is begun, what is typed of it, and the stretch of the query that it is."""

    field: str
    typed: str
    start: int
    end: int


def asked(text: str, cursor: int) -> FieldQuery | None:
    """The value that stands before the cursor of a query, where it is one of these fields'."""
    cursor = max(0, min(cursor, len(text)))
    match = _LAST.search(plain_quotes(sound(text[:cursor])))
    if match is None:
        return None
    name = match[1].lower()
    return FieldQuery(OTHER_NAMES.get(name, name), match[2] or match[3] or "", match.end(1) + 1, cursor)


class Values:
    """The values of one commit and how many articles have each."""

    def __init__(self, generation: int, headers: Iterable[Header]) -> None:
        self.generation = generation
        self._sources: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._years: Counter[str] = Counter()
        self._months: Counter[str] = Counter()
        self._folders: Counter[str] = Counter()
        self._files: list[str] = []
        for header in headers:
            self._languages[header.lang] += 1
            if header.source:
                self._sources[header.source] += 1
            if header.date:
                self._years[f"{header.date.year:04}"] += 1
                self._months[f"{header.date.year:04}-{header.date.month:02}"] += 1
            self._files.append(header.path)
            at = header.path.find("/", 1)
            while at >= 0:
                self._folders[header.path[:at]] += 1
                at = header.path.find("/", at + 1)

    def complete(self, asked: FieldQuery, limit: int) -> list[Completion]:
        """The values that go on as what is typed, those of most articles first; dates the newest first."""
        if asked.field == "lang":
            found = _most(self._languages, _starting(self._languages, code_of(asked.typed)))
        elif asked.field == "source":
            found = _most(self._sources, _with_word(self._sources, asked.typed))
        elif asked.field == "path":
            folders = _most(self._folders, _with_word(self._folders, asked.typed))
            found = [*folders, *((path, 1) for path in _with_word(sorted(self._files), asked.typed))]
        else:
            dates = self._months if len(asked.typed) > 3 else self._years
            found = [(date, dates[date]) for date in sorted(_starting(dates, asked.typed), reverse=True)]
        return [
            Completion(_written(text, asked.field), asked.start, asked.end, asked.field, articles)
            for text, articles in found[:limit]
        ]


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
