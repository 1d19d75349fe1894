"""The saved searches: a plain TOML file of the user's, which may be edited by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from seedread_index.files.user_files import (
    UserFileError,
    exclusively,
    parse_toml,
    read_text,
    sweep,
    write_file,
)
from seedread_index.library.journal import checked_name, label_key, now
from seedread_index.model.library import LibraryError, SavedSearch

HEADER = """\
# Saved searches, made in seedread or by hand. Each is a table [[search]] with a name and a query;
# `added` is when it was saved (ISO 8601, UTC). seedread alert NAME prints what is new.
"""
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*search[ \t]*\]\][ \t]*(?:#.*)?\r?$", re.M)
_FIELDS = ("name", "query", "added")
_LONGEST_QUERY = 20_000


class SavedSearches:
    """The file of saved searches; what the user wrote besides them stays as it is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, data_root: Path) -> SavedSearches:
        """Those in the user's data folder."""
        return cls(data_root / "saved.toml")

    def all(self) -> tuple[SavedSearch, ...]:
        """Every saved search, in the order of the file. Raises LibraryError with the line that is wrong."""
        return tuple(search for search, _ in self._tables(self._text()))

    def named(self, name: str) -> SavedSearch:
        """The saved search of a name, case and accents aside. Raises LibraryError where there is none."""
        return _found(self.all(), name)

    def add(self, name: str, query: str) -> SavedSearch:
        """Save a query under a new name. Raises LibraryError."""
        made = checked_name(name, "saved search")
        words = " ".join(query.split())
        if not words:
            raise LibraryError("the query of a saved search is empty", "give a query")
        if len(words) > _LONGEST_QUERY:
            raise LibraryError(f"a saved query has at most {_LONGEST_QUERY:,} characters", "shorten it")
        return self.restore(SavedSearch(made, words, now()))

    def restore(self, search: SavedSearch) -> SavedSearch:
        """Put a saved search into the file, as one that was removed. Raises LibraryError."""
        with self._changing() as text:
            for known, _ in self._tables(text):
                if label_key(known.name) == label_key(search.name):
                    raise LibraryError(
                        f"a saved search {known.name} exists already: {known.query}",
                        "choose another name, or remove that one: seedread saved --remove NAME",
                    )
            before = text or HEADER
            self._write(before + ("" if before.endswith("\n") else "\n") + "\n" + _written(search))
        return search

    def remove(self, name: str) -> SavedSearch:
        """Take a saved search out of the file. Raises LibraryError where there is none of that name."""
        with self._changing() as text:
            tables = self._tables(text)
            search = _found([each for each, _ in tables], name)
            start, end = next(place for each, place in tables if each == search)
            lines = text.split("\n")
            kept = _comments(lines[start:end])
            if start and not lines[start - 1].strip() and not kept:
                start -= 1
            self._write("\n".join(lines[:start] + kept + lines[end:]))
        return search

    def rename(self, old: str, new: str) -> SavedSearch:
        """Give a saved search another name. Raises LibraryError."""
        with self._changing() as text:
            tables = self._tables(text)
            search = _found([each for each, _ in tables], old)
            made = SavedSearch(checked_name(new, "saved search"), search.query, search.added)
            if any(label_key(each.name) == label_key(made.name) for each, _ in tables if each != search):
                raise LibraryError(f"a saved search {made.name} exists already", "choose another name")
            start, end = next(place for each, place in tables if each == search)
            lines = text.split("\n")
            own = [*_written(made).rstrip("\n").split("\n"), *_comments(lines[start:end])]
            self._write("\n".join([*lines[:start], *own, *lines[end:]]))
        return made

    @contextmanager
    def _changing(self) -> Iterator[str]:
        """The text of the file, which no other session changes meanwhile."""
        try:
            with exclusively(self.path):
                yield self._text()
        except OSError as problem:
            raise LibraryError(
                f"the saved searches cannot be written to {self.path}: {problem.strerror}",
                "free some space, or check the permissions of the folder",
            ) from problem

    def _text(self) -> str:
        sweep(self.path)
        try:
            return read_text(self.path)
        except FileNotFoundError:
            return ""
        except UserFileError as problem:
            raise _wrong(problem, self.path) from problem

    def _tables(self, text: str) -> list[tuple[SavedSearch, tuple[int, int]]]:
        """The searches in a text, each with its lines: the first, and the one behind its last."""
        try:
            tables = parse_toml(text).get("search", [])
        except UserFileError as problem:
            raise _wrong(problem, self.path) from problem
        starts = [text.count("\n", 0, match.start()) for match in _TABLE.finditer(text)]
        if not isinstance(tables, list) or len(tables) != len(starts):
            raise LibraryError(
                f"saved searches are tables that start with [[search]]: {self.path}", "fix the file"
            )
        lines = text.split("\n")
        ends = [*starts[1:], len(lines)][: len(starts)]
        found = []
        for table, start, end in zip(tables, starts, ends, strict=True):
            own = len("\n".join(lines[start:end]).rstrip().split("\n"))
            found.append((self._search(table, start + 1), (start, start + own)))
        return found

    def _search(self, table: dict[str, Any], line: int) -> SavedSearch:
        for key, value in table.items():
            if key not in _FIELDS or not isinstance(value, str):
                raise LibraryError(
                    f"line {line} of {self.path}: unknown key {key} = {value!r}",
                    'write name = "…" and query = "…"',
                )
        if not table.get("name") or not table.get("query"):
            raise LibraryError(
                f"line {line} of {self.path}: a saved search needs a name and a query",
                'write name = "…" and query = "…"',
            )
        return SavedSearch(checked_name(table["name"], "saved search"), table["query"], table.get("added"))

    def _write(self, text: str) -> None:
        write_file(self.path, text.encode("utf-8", "replace"))


def _comments(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.lstrip().startswith("#")]


def _found(searches: Sequence[SavedSearch], name: str) -> SavedSearch:
    for each in searches:
        if label_key(each.name) == label_key(name):
            return each
    raise LibraryError(f"no such saved search: {name}", "seedread saved lists them")


def _written(search: SavedSearch) -> str:
    values = {"name": search.name, "query": search.query, "added": search.added}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    return "\n".join(["[[search]]", *lines]).replace("\x7f", "\\u007f") + "\n"


def _wrong(problem: UserFileError, path: Path) -> LibraryError:
    where = f"line {problem.line} of the" if problem.line else "the"
    return LibraryError(f"{where} file of saved searches {problem.message}", f"{problem.hint}: {path}")
