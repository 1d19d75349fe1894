"""The library: saved searches with what is new, stars, tags, collections and notes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.screens.export import export_articles
from seedread.screens.library.keeping import remove_search, restore_search, undo_change
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, LibraryChanged, SearchRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted, with_field
from seedread_index.library.archive_library import ArchiveLibrary
from seedread_index.model.errors import SeedreadError
from seedread_index.model.library import (
    Kept,
    LibraryChange,
    LibraryError,
    Note,
    SavedSearchCount,
)
from seedread_index.model.results import SearchRequest


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, and the id of its article where that is in this archive."""

    note: Note
    article_id: str | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept article, and its id where it is in this archive."""

    kept: Kept
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """The title of a section: the query that finds its articles ("" for none), and their ids."""

    title: str
    query: str = ""
    ids: tuple[str, ...] = ()


class LibraryScreen(PanelScreen):
    """All that the user keeps; Enter opens an article or lists a section, w exports it, X takes it away."""

    HINTS: ClassVar[Hints] = (
        ("follow", "open"),
        ("export", "export"),
        ("take-away", "remove"),
        ("filter-panel", "filter"),
        ("undo", "undo"),
        ("back", "back"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Library")

    def on_mount(self) -> None:
        """Read the library."""
        self.put([Line("Reading the library…", kind="dim")])
        self.reload()

    def reload(self) -> None:
        """Read the library again, in the background."""
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        try:
            rows = await asyncio.to_thread(lambda: list(self._rows()))
        except SeedreadError as error:
            self.notify_error(error)
            return
        first = next((at for at, row in enumerate(rows) if row.target and row.kind != "head"), 0)
        self.put(rows, cursor=min(max(self.lines.cursor, first), len(rows) - 1))

    def _rows(self) -> Iterator[Line]:
        archive = self.session.archive
        library = archive.library()
        here = {kept.article.hash: article_id for article_id, kept in library.here().items()}
        everything = library.everything()
        problem, saved = self._saved()
        if problem:
            yield Line(problem, kind="problem")
        yield from _section("Saved searches", [_saved_line(row) for row in saved])
        starred = [kept for kept in everything if kept.starred_at]
        yield from _kept_section("Starred", "Starred articles", "is:starred", starred, here)
        for kind, title in (("tags", "Tag"), ("collections", "Collection")):
            for name in library.names(kind):
                having = [kept for kept in everything if name in getattr(kept, kind)]
                query = with_field(title.lower(), name)
                heading = name if title == "Collection" else f"Articles tagged {name}"
                yield from _kept_section(f"{title} {name}", heading, query, having, here)
        marked = [
            line
            for kept in everything
            for each in kept.passages
            for line in _passage_lines(each, here.get(kept.article.hash))
        ]
        yield from _section("Starred passages", marked)
        notes = [(note, here.get(kept.article.hash)) for kept in everything for note in kept.notes]
        yield from _section("Notes", [line for note, i in notes for line in _note_lines(note, i)])
        if not everything and not saved:
            yield Line("Nothing here yet", spans=((0, 16, "strong"),))
            yield Line("In the list, B stars an article, t tags it and P saves the search", kind="dim")
            yield Line("In the article, a writes a note", kind="dim")
        if found := len(library.adoptable()):
            moved = f"{counted(found, 'article')} moved here and changed since"
            words = f"{moved}; seedread library --adopt reattaches what you kept of them"
            yield Line(words, kind="dim")

    def _saved(self) -> tuple[str, list[SavedSearchCount]]:
        """What is wrong with the file of saved searches or of alerts, and the searches with their counts."""
        try:
            return "", self.session.archive.count_saved()
        except LibraryError as error:
            return error.message, []

    @command("follow")
    async def open_line(self, _call: Call) -> None:
        """Run the saved search, which makes its articles seen, or open the article."""
        target = self.lines.line.target if self.lines.line is not None else None
        match target:
            case SavedSearchCount(search):
                await asyncio.to_thread(self.session.archive.see_saved, search)
                self.post_message(SearchRequested(search.query))
            case KeptRow(_, str(article_id)) | NoteRow(_, str(article_id)):
                self.post_message(ArticleRequested(article_id))
            case Section(query=str(query)) if query:
                self.post_message(SearchRequested(query))
            case Section():
                self.notify_user("Select one of the lines below")
            case KeptRow(kept):
                self.notify_user(f"Not in this archive: {kept.article.file}")
            case NoteRow(note):
                self.notify_user(f"Not in this archive: {note.article.file}")
            case _:
                self.notify_user("Nothing to open on this line")

    @command("export")
    async def export(self, call: Call) -> None:
        """Export the section, the article or the results of the saved search that the line stands for."""
        archive = self.session.archive
        match self.lines.line.target if self.lines.line is not None else None:
            case SavedSearchCount(search):
                results = await asyncio.to_thread(archive.search, SearchRequest(search.query))
                await export_articles(self, call.argument, ids=None, results=results, query=search.query)
            case Section(title, _, ids) if ids:
                await export_articles(self, call.argument, ids=ids, title=title)
            case KeptRow(kept, str(article_id)):
                await export_articles(self, call.argument, ids=[article_id], title=kept.article.title)
            case NoteRow(note, str(article_id)):
                await export_articles(self, call.argument, ids=[article_id], title=note.article.title)
            case KeptRow() | NoteRow():
                self.notify_user("Not in this archive; open its archive first")
            case _:
                self.notify_user("Nothing to export on this line")

    @command("take-away")
    async def take_away(self, _call: Call) -> None:
        """Take away the saved search, the note, or the star, tag or collection of the line."""
        line = self.lines.line
        match line.target if line is not None else None:
            case SavedSearchCount(search):
                archive = self.session.archive
                self.notify_user(await asyncio.to_thread(remove_search, archive, search))
                self.session.steps.append(partial(restore_search, archive, search))
            case NoteRow(note):
                await self._change(lambda library: library.remove_note(note.id))
            case KeptRow(_, str(article_id)):
                section = self._section_above()
                await self._change(lambda library: _remove_from_section(library, article_id, section))
            case KeptRow():
                self.notify_user("Not in this archive; open its archive first")
            case Section():
                self.notify_user("Select one of the lines below")
            case _:
                self.notify_user("Nothing to remove on this line")
        self.post_message(LibraryChanged())

    def _section_above(self) -> str:
        """The title of the section that the cursor stands in."""
        above = self.lines.lines[: self.lines.cursor + 1]
        return next((line.text for line in reversed(above) if line.kind == "head"), "")

    async def _change(self, make: Callable[[ArchiveLibrary], LibraryChange]) -> None:
        archive = self.session.archive
        change = await asyncio.to_thread(lambda: make(archive.library()))
        self.session.steps.append(partial(undo_change, archive, change))
        self.notify_user(change.description)


class PassageScreen(LibraryScreen):
    """The notes on one passage of an article; X takes one away."""

    HINTS: ClassVar[Hints] = (("take-away", "remove"), ("undo", "undo"), ("back", "back"))

    def __init__(self, session: Session, article_id: str, notes: Sequence[str]) -> None:
        super().__init__(session)
        self.set_heading("Notes on this passage")
        self._article_id = article_id
        self._notes = notes

    def _rows(self) -> Iterator[Line]:
        kept = self.session.archive.library().kept([self._article_id]).get(self._article_id)
        every = (*kept.notes, *kept.passages) if kept is not None else ()
        found = [note for note in every if note.id in self._notes]
        width = max(20, self.size.width - 4)
        for number, note in enumerate(found):
            row = NoteRow(note, self._article_id)
            if note.quote is not None and not number:
                quote = f"“{' '.join(note.quote.text.split())}”"
                yield from (Line(f"  {part}", kind="dim", target=row) for part in wrap(quote, width))
                yield Line("")
            yield Line(note.at[:10] if note.text else f"starred {note.at[:10]}", kind="head", target=row)
            for line in note.text.splitlines():
                yield from (Line(f"  {part}", target=row) for part in wrap(line, width) or [""])
        if not found:
            yield Line("This passage no longer has a note or star", kind="dim")


def _remove_from_section(library: ArchiveLibrary, article_id: str, section: str) -> LibraryChange:
    """Take an article out of the section of the screen that it stands in."""
    kind, _, name = section.partition(" ")
    if kind == "Tag":
        return library.tag([article_id], name, on=False)
    if kind == "Collection":
        return library.collect([article_id], name, on=False)
    return library.star([article_id], on=False)


def _section(title: str, lines: Sequence[Line], section: Section | None = None) -> Iterator[Line]:
    """A title with its lines below, or nothing where there are none."""
    if lines:
        count = sum(line.kind != "dim" for line in lines)
        yield Line(title, f"{count:,}", kind="head", target=section or Section(title))
        yield from lines


def _kept_section(
    title: str, heading: str, query: str, having: Sequence[Kept], here: dict[str, str]
) -> Iterator[Line]:
    """A section of kept articles; a dossier of it has the heading."""
    ids = tuple(here[kept.article.hash] for kept in having if kept.article.hash in here)
    section = Section(heading, query if ids else "", ids)
    return _section(title, [_kept_line(kept, here) for kept in having], section)


def _saved_line(row: SavedSearchCount) -> Line:
    text = f"  {row.search.name}  {row.search.query}"
    spans = ((2, 2 + len(row.search.name), "strong"), (2 + len(row.search.name), len(text), "dim"))
    if row.problem:
        return Line(text, row.problem, kind="problem", target=row)
    new = f"{row.new:,} new of " if row.new else ""
    return Line(text, f"{new}{row.total:,}", target=row, spans=spans)


def _kept_line(kept: Kept, here: dict[str, str]) -> Line:
    article_id = here.get(kept.article.hash)
    row = KeptRow(kept, article_id)
    return Line(f"  {kept.article.title}", kept.article.path, target=row, text_first=True)


def _passage_lines(passage: Note, article_id: str | None) -> Iterator[Line]:
    quote = passage.quote.text if passage.quote is not None else ""
    row = NoteRow(passage, article_id)
    yield Line(f"  “{' '.join(quote.split())}”", passage.article.path, target=row)


def _note_lines(note: Note, article_id: str | None) -> Iterator[Line]:
    yield Line(f"  {' '.join(note.text.split())}", note.article.path, target=NoteRow(note, article_id))
    if note.quote is not None:
        yield Line(f"    “{' '.join(note.quote.text.split())}”", kind="dim", target=NoteRow(note, article_id))
