"""The query fields of what is kept: is:starred, is:read, tag:, collection:, note:."""

from __future__ import annotations

from collections.abc import Callable, Set

from seedread_index.library.archive_library import ArchiveLibrary
from seedread_index.text.stems import term_of
from seedread_index.text.tokenizer import surface_forms


def ids_by_field(library: ArchiveLibrary, read: Callable[[], Set[str]], field: str, value: str) -> Set[str]:
    """The ids of the articles that match a field; of `is` the values are starred and read."""
    match field, value:
        case "is", "starred":
            return library.starred()
        case "is", _:
            return read()
        case "tag", _:
            return library.tagged(value)
        case "collection", _:
            return library.collected(value)
        case _:
            return _noted(library, value)


def _noted(library: ArchiveLibrary, words: str) -> Set[str]:
    """The articles with a note that holds all of some words, each in any form."""
    wanted = set(map(term_of, surface_forms(words)))
    return {
        article_id
        for article_id, notes in library.notes().items()
        if any(wanted <= set(map(term_of, surface_forms(note.text))) for note in notes)
    }
