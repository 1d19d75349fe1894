"""The mentions of an article as a row of the catalogue keeps them: a JSON array of short arrays.

[start, end, label], after linking [start, end, label, name], and [start, end, label, name, choice] for what
the user added or left out; `name` is the number of the fullest form in the article, null without one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Choice(IntEnum):
    """What the user has to say of a mention."""

    NONE = 0
    ADDED = 1
    LEFT_OUT = 2


class StoredMention(NamedTuple):
    """A mention by its place in the article's text, its label, and the number of its name."""

    start: int
    end: int
    label: str
    name: int | None = None
    choice: int = Choice.NONE


def encoded(mentions: Iterable[StoredMention]) -> str:
    """Mentions as they are stored."""
    return json.dumps([_entry(mention) for mention in mentions], separators=(",", ":"))


def _entry(mention: StoredMention) -> list[int | str | None]:
    if mention.choice:
        return list(mention)
    return list(mention[:3] if mention.name is None else mention[:4])


def shown(data: str) -> list[StoredMention]:
    """The mentions of a row but for those that the user left out."""
    return [each for each in _decoded(data) if each.choice != Choice.LEFT_OUT]


def found(data: str) -> list[StoredMention]:
    """The mentions of a row as the engine found them, without names, whatever the user had to say."""
    return [StoredMention(*each[:3]) for each in _decoded(data) if each.choice != Choice.ADDED]


def has_left_out(data: str) -> bool:
    """Whether the user left out some mention of a row."""
    return any(each.choice == Choice.LEFT_OUT for each in _decoded(data))


def _decoded(data: str) -> list[StoredMention]:
    return [StoredMention(*entry) for entry in json.loads(data)]
