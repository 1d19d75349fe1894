"""What identifies the articles of a file, and reading one by one up to an error."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from seedread_index.extract.draft import Draft
from seedread_index.model.article import SeenIds

_FIRST, _FIRST_CHARACTERS = 200, 2_000_000
"""By so many records, or code points of their texts, it is told what identifies the records of a file."""

_Item = TypeVar("_Item")


class UpTo(Generic[_Item]):
    """What is read one by one up to one of these errors, which is kept: what came before it is not lost."""

    def __init__(self, items: Iterable[_Item], *errors: type[BaseException]) -> None:
        self._items = items
        self._errors = errors
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[_Item]:
        try:
            yield from self._items
        except self._errors as error:
            self.error = error


def identified(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The parts of a file with identities that stay when others come before them or go.

    Each record's own id where the first records all have one and all differ, else its address, else a hash of
    its text. What has the same as one before it is told apart by the hash.
    """
    waiting = iter(drafts)
    first, characters = [], 0
    for draft in waiting:
        first.append(draft)
        characters += len(draft.text)
        if len(first) >= _FIRST or characters >= _FIRST_CHARACTERS:
            break
    identifying = next(
        (
            field
            for field in ("part_id", "url")
            if all(own := [getattr(draft, field) for draft in first]) and len(set(own)) == len(own)
        ),
        None,
    )
    seen = _Counted()
    for draft in itertools.chain(first, waiting):
        identity: str = (getattr(draft, identifying) if identifying else None) or _hash_of(draft)
        if (number := seen.count(identity)) > 1 and identifying:
            identity = f"{identity} {_hash_of(draft)}"
            number = seen.count(identity)
        yield replace(draft, part_id=identity if number == 1 else f"{identity}.{number}")


def _hash_of(draft: Draft) -> str:
    content = f"{draft.title}\0{draft.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=10).hexdigest()


class _Counted:
    """How often identities have come; those that come once are remembered in little memory."""

    def __init__(self) -> None:
        self._once = SeenIds()
        self._more: dict[str, int] = {}

    def count(self, identity: str) -> int:
        """How often an identity has come, this time included."""
        if self._once.add(identity):
            return 1
        self._more[identity] = number = self._more.get(identity, 1) + 1
        return number
