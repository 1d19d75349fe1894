"""Lets go of what was worked out from texts that are gone."""

from __future__ import annotations

from seedread_index.storage.catalogue import Catalogue


def prune_spans(catalogue: Catalogue) -> int:
    """Delete the model's spans of texts that are gone; how many. Call it inside a transaction."""
    cursor = catalogue.connection().execute(
        "DELETE FROM model_spans WHERE content_hash NOT IN (SELECT content_hash FROM articles)"
    )
    return cursor.rowcount
