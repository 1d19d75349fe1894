"""Articles by sixty-four bits: what engines and doc values know them by, in arrays."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Sequence


def keys_of(ids: Sequence[str]) -> array[int]:
    """Sixty-four bits for each article's id: its own, where it is 16 lower hexadecimal digits, as all are
    that a catalogue gives, else a hash of it."""
    found = plain_keys("".join(ids)) if all(map((16).__eq__, map(len, ids))) else None
    if found is not None:
        return found
    return _numbers(b"".join(map(_key, ids)))


def _key(article_id: str) -> bytes:
    if len(article_id) == 16 and (found := plain_keys(article_id)) is not None:
        return found[0].to_bytes(8, "big")
    return hashlib.blake2b(article_id.encode("utf-8", "replace"), digest_size=8).digest()


def plain_keys(digits: str) -> array[int] | None:
    """The numbers that ids of 16 lower hexadecimal digits are, one after the other; None if they are not."""
    try:
        raw = bytes.fromhex(digits)
    except ValueError:
        return None
    return _numbers(raw) if raw.hex() == digits else None


def _numbers(raw: bytes) -> array[int]:
    found = array("Q", raw)
    if sys.byteorder == "little":
        found.byteswap()
    return found
