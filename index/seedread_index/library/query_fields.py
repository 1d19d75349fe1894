"""The query fields of what is kept: is:starred, is:read, tag:, note:."""

from __future__ import annotations

from collections.abc import Callable, Set

from seedread_index.library.archive_library import ArchiveLibrary
from seedread_index.text.folding import folded


def ids_by_field(library: ArchiveLibrary, read: Callable[[], Set[str]], field: str, value: str) -> Set[str]:
    """The ids of the articles that meet a field; of `is` the values are starred and read."""
    match field, value:
        case "is", "starred":
            return library.starred()
        case "is", _:
            return read()
        case "tag", _:
            return library.tagged(value)
        case _:
            return _noted(library, value)


def _noted(library: ArchiveLibrary, words: str) -> Set[str]:
    """The articles with a note that holds all of some words, or their beginnings, case and accents aside."""
    wanted = folded(words).split()
    return {
        article_id
        for article_id, notes in library.notes().items()
        if any(all(f" {word}" in f" {folded(note.text)}" for word in wanted) for note in notes)
    }
