"""What the full-text index is called on disk, for those that only ask whether it is there."""

from __future__ import annotations

from pathlib import Path

INDEX_NAME = "articles2"
"""The name of the index in its folder; its number grows when what is stored in it changes."""

CHECKSUMS = "checksums"
"""The file in the index's folder that holds the checksums of the others."""


def has_fulltext(folder: Path) -> bool:
    """Whether an index of today's kind lies in a folder; says nothing of what it holds."""
    return any(folder.glob(f"_{INDEX_NAME}_*.toc"))
