"""Sets of words written as they are read: parted by blanks."""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """The words of a listing."""
    return frozenset(listed.split())
