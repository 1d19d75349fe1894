"""What a screen asks of the application, which alone knows every screen: messages that go up to it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from seedread.actions.command_table import Place
from seedread.actions.handlers import Call
from seedread_index.model.article import Article
from seedread_index.model.results import Results, SearchRequest


@dataclass
class ScreenRequested(Message):
    """Show a screen; each of these names another one."""


@dataclass
class SearchRequested(Message):
    """Run a query with a filter in the browse screen; with `exclude`, leave out there what it matches."""

    query: str
    exclude: bool = False
    filter: str = ""


@dataclass
class ArticleRequested(Message):
    """Open an article in the browse screen, among the results of the query; `at` an offset of its text."""

    article_id: str
    query: str = ""
    at: int | None = None


@dataclass
class QuotationsRequested(ScreenRequested):
    """Show the quotations among articles (ids or results; None: all) and by an entity (None: anybody).

    `of` says in words whose they are.
    """

    of: str
    among: Sequence[str] | Results | None = None
    entity_id: str | None = None


@dataclass
class StepBackRequested(Message):
    """Go back to where what is shown was opened from; `done` is set when that is there."""

    done: asyncio.Event


@dataclass
class BrowseCommandRequested(Message):
    """Run a command in the browse screen, whatever is open above it."""

    call: Call


@dataclass
class ArchiveRequested(Message):
    """Open another archive."""

    roots: tuple[Path, ...]


@dataclass
class HelpRequested(ScreenRequested):
    """Show the keys of a place, with some words only those lines; `known` are the names of the commands that
    work there."""

    about: Place
    known: Collection[str]
    words: str = ""


@dataclass
class MessagesRequested(ScreenRequested):
    """Show the messages of this session."""


@dataclass
class FilesRequested(ScreenRequested):
    """Show what became of the files."""


@dataclass
class InformationRequested(ScreenRequested):
    """Show the facts of an article; `variants` are the paths of its near-duplicates.

    A correction is of the `ticked` articles, given by ids, where there are any.
    """

    article: Article
    variants: Sequence[str]
    ticked: Sequence[str] = ()


@dataclass
class EntitiesRequested(ScreenRequested):
    """Show all entities."""


@dataclass
class CardRequested(ScreenRequested):
    """Show the card of an entity."""

    entity_id: str


@dataclass
class CoMentionsRequested(ScreenRequested):
    """Show the entities that are named in the same articles as this one."""

    entity_id: str


@dataclass
class CorrectionStarted(Message):
    """Entities or articles are being corrected: the background work pauses."""


@dataclass
class CorrectionEnded(Message):
    """The corrections are made, or failed: the background work goes on."""


@dataclass
class Corrected(Message):
    """Entities or articles were corrected, or that was undone: what shows them loads them again."""


@dataclass
class LibraryRequested(ScreenRequested):
    """Show all that is kept."""


@dataclass
class RelatedRequested(ScreenRequested):
    """Show the articles that tell of the same as this one."""

    article_id: str


@dataclass
class PassageRequested(ScreenRequested):
    """Show the notes on a passage of an article, given by their ids."""

    article_id: str
    notes: Sequence[str]


@dataclass
class ConcordanceRequested(ScreenRequested):
    """Show every hit of a search in its context; `of` says in words what is looked for."""

    of: str
    search: SearchRequest


@dataclass
class TimelineRequested(ScreenRequested):
    """Show the articles of a search over time; `of` says in words whose they are."""

    of: str
    search: SearchRequest


@dataclass
class ComparisonRequested(ScreenRequested):
    """Show what two searches find in common and alone."""

    a: SearchRequest
    b: SearchRequest


@dataclass
class NamesRequested(ScreenRequested):
    """Show the names in an article, else in the articles of a search; `of` says in words which."""

    of: str
    search: SearchRequest
    article: Article | None = None


@dataclass
class WordDiffRequested(ScreenRequested):
    """Show what changed from one article to another, word by word."""

    old_id: str
    new_id: str


@dataclass
class LibraryChanged(Message):
    """Something was kept, or is not any more: what shows it loads it again."""


@dataclass
class CopyRequested(Message):
    """Write a sequence that sets the terminal's clipboard."""

    sequence: str


@dataclass
class RedrawRequested(Message):
    """Draw everything again, whatever the terminal shows."""


@dataclass
class SyncRequested(Message):
    """Look for new and changed files."""


@dataclass
class QuitRequested(Message):
    """Save the current place and end the program with an exit code."""

    code: int
