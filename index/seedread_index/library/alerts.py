"""Alerts: which articles of a saved search are new since it was looked at last, archive by archive.

What was seen is kept by id and by the hash of the text, so that neither a changed article nor one that was
moved is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seedread_index.catalogue.files import PlacedArticles
from seedread_index.files.user_files import UserFileError, exclusively, read_bytes, write_file
from seedread_index.library.journal import now
from seedread_index.model.entity import fold_name
from seedread_index.model.library import LibraryError, SavedSearch

_MAX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was seen of a saved search: the moment (ISO 8601, UTC), ids and hashes of texts."""

    at: str
    ids: frozenset[str]
    hashes: frozenset[str]


class Alerts:
    """What was seen of the saved searches in one archive: a file of JSON in the user's data folder."""

    def __init__(self, path: Path, articles: PlacedArticles) -> None:
        self._path = path
        self._articles = articles

    def baseline(self, search: SavedSearch) -> Baseline | None:
        """What was seen of a saved search; None where it was never looked at in this archive.

        Raises LibraryError for a file that cannot be read.
        """
        entry = self._load().get(_key(search))
        if not isinstance(entry, dict):
            return None
        try:
            return Baseline(str(entry["at"]), frozenset(entry["ids"]), frozenset(entry["hashes"]))
        except (KeyError, TypeError) as problem:
            raise self._damaged() from problem

    def new(self, ids: Iterable[str], baseline: Baseline) -> list[str]:
        """Those of some articles that were not seen, in their order."""
        wanted = list(ids)
        unknown = [each for each in wanted if each not in baseline.ids]
        places = self._articles.places(unknown)
        return [each for each in unknown if each in places and places[each].hash not in baseline.hashes]

    def see(self, search: SavedSearch, ids: Iterable[str], baseline: Baseline | None = None) -> None:
        """Note that articles were seen, beside those of `baseline`. Raises LibraryError."""
        places = self._articles.places(ids)
        known = baseline or Baseline("", frozenset(), frozenset())
        entry = {
            "at": now()[:19] + "Z",
            "ids": sorted(known.ids | places.keys()),
            "hashes": sorted(known.hashes | {place.hash for place in places.values()}),
        }
        with self._changing() as every:
            every[_key(search)] = entry

    def forget(self, search: SavedSearch) -> None:
        """Forget what was seen of a saved search. Raises LibraryError."""
        with self._changing() as every:
            every.pop(_key(search), None)

    def _load(self) -> dict[str, Any]:
        try:
            loaded = json.loads(read_bytes(self._path, _MAX_BYTES))
        except FileNotFoundError:
            return {}
        except UserFileError as problem:
            raise LibraryError(
                f"the file of alerts {problem.message}", f"{problem.hint}: {self._path}"
            ) from problem
        except (ValueError, RecursionError) as problem:
            raise self._damaged() from problem
        if not isinstance(loaded, dict):
            raise self._damaged()
        return loaded

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Any]]:
        """What the file holds, to be changed and written while no other session does."""
        try:
            with exclusively(self._path):
                every = self._load()
                before = dict(every)
                yield every
                if every != before:
                    write_file(self._path, json.dumps(every, separators=(",", ":")).encode())
        except OSError as problem:
            raise LibraryError(
                f"what alerts have shown cannot be saved in {self._path}: {problem.strerror}",
                "free some space, or check the permissions of the folder",
            ) from problem

    def _damaged(self) -> LibraryError:
        return LibraryError(
            f"the file of alerts is damaged: {self._path}",
            "remove it; the next alert of each search then starts from the current results",
        )


def _key(search: SavedSearch) -> str:
    """What a search goes by in every archive, whatever it is called now; its name where a hand wrote it."""
    return search.added or fold_name(search.name)
