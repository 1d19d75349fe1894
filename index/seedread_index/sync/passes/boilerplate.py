"""Boilerplate that an archive repeats, found after a sync: paragraphs at the edges of many articles."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected_articles import as_read, put_read_again
from seedread_index.catalogue.repetitions import (
    boilerplate,
    group_count,
    queue_segmentation,
    repeated,
    set_boilerplate,
    to_segment,
)
from seedread_index.catalogue.work_queue import portions

LEAST_GROUPS, SHARE_OF_GROUPS = 4, 0.001
"""In so many groups of near-duplicates at least a paragraph must stand to be boilerplate, and in such a share
of them."""
_BATCH = 200
_BYTES = 2_000_000


def mark_repetition(catalogue: Catalogue, stopped: Callable[[], bool]) -> int:
    """Find the paragraphs that the archive repeats and mark them; how many articles were segmented again.

    Of an article that the user corrected, what was read of it is laid out; its corrections follow.
    """
    with catalogue.transaction():
        now = repeated(catalogue, max(LEAST_GROUPS, SHARE_OF_GROUPS * group_count(catalogue)))
        set_boilerplate(catalogue, boilerplate(catalogue), now)
    waiting = to_segment(catalogue)
    if not waiting:
        return 0
    from seedread_index.extract.repeated_edges import with_repetition

    segmented = 0
    for numbers in portions(catalogue, waiting, _BATCH, _BYTES):
        if stopped():
            break
        articles = catalogue.by_number(numbers)
        corrected = as_read(catalogue, articles)
        with catalogue.transaction():
            for number in numbers:
                article = corrected.get(number, articles[number])
                again = with_repetition(article, now)
                changed = again is not article
                if changed and number in corrected:
                    put_read_again(catalogue, number, again)
                queue_segmentation(catalogue, number, again if changed and number not in corrected else None)
                segmented += changed
            catalogue.bump()
    return segmented
