"""Values for completion that only the archive, the library or the settings know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from itertools import islice

from seedread.cli.context import Context
from seedread.cli.open_archive import open_archive
from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.errors import SeedreadError

_MOST = 200


def values(context: Context, kind: str, word: str) -> list[str]:
    """The values of a kind that start with a word, case aside; none where they cannot be read.

    The index is read as it is.
    """
    if kind == "settings":
        return _starting(word, _settings())
    context.options.no_sync = True
    context.messages.quiet = True
    try:
        with open_archive(context) as archive:
            if archive.generation() == 0 and kind in _INDEXED:
                return []
            return list(islice(_KINDS[kind](archive, word), _MOST))
    except SeedreadError:
        return []


def _settings() -> list[str]:
    from seedread.userdata.settings import Settings

    own = [each.name for each in fields(Settings) if each.name not in {"engine", "keys"}]
    return sorted(own) + sorted(f"engine.{each.name}" for each in fields(EngineSettings))


def _starting(word: str, names: Iterable[str]) -> list[str]:
    wanted = word.casefold()
    return [shown for shown in map(safe, names) if shown.casefold().startswith(wanted)]


def _entities(archive: Archive, word: str) -> list[str]:
    found = archive.entities(filter=word, limit=_MOST)
    return _starting(word, dict.fromkeys(entity.name for entity in found))


def _sources(archive: Archive, word: str) -> list[str]:
    facets = archive.facets(archive.search(""), _MOST)
    return _starting(word, (facet.label for facet in facets.sources))


def _query(archive: Archive, word: str) -> list[str]:
    found = archive.complete(word, len(word), 20)
    return [safe(word[: each.start] + each.text) for each in found]


_KINDS: dict[str, Callable[[Archive, str], Iterable[str]]] = {
    "entities": _entities,
    "sources": _sources,
    "query": _query,
    "tags": lambda archive, word: _starting(word, archive.library().names("tags")),
    "collections": lambda archive, word: _starting(word, archive.library().names("collections")),
    "saved": lambda archive, word: _starting(word, (each.name for each in archive.saved_searches().all())),
}
_INDEXED = frozenset({"entities", "sources", "query"})
KINDS = (*_KINDS, "settings")
"""What values there are."""
