"""What a screen above asks of the browse screen: messages that the application hands down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from seedread.screens.command_screen import Call


@dataclass
class SearchRequested(Message):
    """A query is to be run in the browse screen; with `exclude`, what it meets is to be left out there."""

    query: str
    exclude: bool = False


@dataclass
class ArticleRequested(Message):
    """An article is to be opened in the browse screen, found by the query."""

    article_id: str
    query: str = ""


@dataclass
class ArchiveRequested(Message):
    """Another archive is to be opened."""

    roots: tuple[Path, ...]


@dataclass
class BrowseCommandRequested(Message):
    """A command of the browse screen is to be run there, whatever is open above it."""

    name: str
    call: Call


@dataclass
class CopyRequested(Message):
    """A sequence that sets the terminal's clipboard is to be written."""

    sequence: str


@dataclass
class RedrawRequested(Message):
    """Everything is to be drawn anew, whatever the terminal shows."""


@dataclass
class SyncRequested(Message):
    """The folders are to be looked at again."""


@dataclass
class EntitiesCorrected(Message):
    """A correction of entities was made or taken back; what shows them is to look again."""
