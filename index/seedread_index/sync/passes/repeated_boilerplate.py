"""Tells boilerplate by its repetition across the archive, after a sync, and lays the articles out again."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected import as_read, put_read_again
from seedread_index.catalogue.repetitions import (
    boilerplate,
    fingerprints_by_group,
    queue_segmentation,
    set_boilerplate,
    to_segment,
)
from seedread_index.catalogue.work_queue import portions
from seedread_index.extract.segmentation.boilerplate.repeated_edges import (
    LEAST_GROUPS,
    repeated,
    with_repetition,
)

_BATCH, _BYTES = 200, 2_000_000


def mark_repetition(catalogue: Catalogue, stopped: Callable[[], bool]) -> int:
    """Find the repeated paragraphs anew and mark them; how many articles were laid out again.

    Of an article that the user corrected, what was read of it is laid out; its corrections follow.
    """
    with catalogue.transaction():
        known = boilerplate(catalogue)
        set_boilerplate(catalogue, known, repeated(fingerprints_by_group(catalogue, LEAST_GROUPS)))
    now = boilerplate(catalogue)
    segmented = 0
    for numbers in portions(catalogue, to_segment(catalogue), _BATCH, _BYTES):
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
