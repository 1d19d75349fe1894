"""Tells boilerplate by its repetition across the archive, after a sync, and lays the articles out again."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.reading.repetition import LEAST_GROUPS, repeated, with_repetition
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.edges import (
    boilerplate,
    edges_by_group,
    lay,
    set_boilerplate,
    to_lay,
)
from seedread_index.storage.pending import portions

_BATCH, _BYTES = 200, 2_000_000


def mark_repetition(catalogue: Catalogue, stopped: Callable[[], bool]) -> int:
    """Find the repeated paragraphs anew and mark them; how many articles were laid out again."""
    with catalogue.transaction():
        known = boilerplate(catalogue)
        set_boilerplate(catalogue, known, repeated(edges_by_group(catalogue, LEAST_GROUPS)))
    now = boilerplate(catalogue)
    laid = 0
    for numbers in portions(catalogue, to_lay(catalogue), _BATCH, _BYTES):
        if stopped():
            break
        articles = catalogue.by_number(numbers)
        with catalogue.transaction():
            for number in numbers:
                article = articles[number]
                again = with_repetition(article, now)
                lay(catalogue, number, None if again is article else again)
                laid += again is not article
            catalogue.bump()
    return laid
