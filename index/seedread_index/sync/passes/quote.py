"""The pass that finds quotations in linked articles, newest first; the model has no part in it."""

from __future__ import annotations

from collections.abc import Callable

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.quotation_store import QuotationStore
from seedread_index.model import versions
from seedread_index.model.status import Progress, ProgressCallback, Stage

_BATCH = 200
"""Articles a commit: about half a second of work."""


def quote_pending(
    catalogue: Catalogue,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    older: bool,
) -> int:
    """Find the quotations of the articles whose names were linked since; how many articles were read.

    `older` has those of earlier rules, or of an index from before there were quotations, read again as well:
    many at once, for the background. Each batch is committed, so that a later run goes on from there.
    """
    store = QuotationStore(catalogue)
    with catalogue.transaction():
        store.note_rules(versions.QUOTATION_RULES)
        waiting = store.pending(older=older)
    if not waiting:
        return 0
    from seedread_index.quotes import find_quotations

    done = 0
    for start in range(0, len(waiting), _BATCH):
        if cancelled():
            break
        with catalogue.transaction():
            for number, article in catalogue.by_number(waiting[start : start + _BATCH]).items():
                text = article.flowing_text
                mentions = store.linked_mentions(number, text)
                found = find_quotations(
                    text, article.passages, [each.mention for each in mentions], article.lang
                )
                store.put(number, found, mentions)
                done += 1
            catalogue.bump()
        if progress:
            progress(Progress(Stage.QUOTE, done, len(waiting), done))
    return done
