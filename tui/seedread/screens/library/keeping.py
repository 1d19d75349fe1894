"""What is found is kept: stars, tags, notes, collections, saved searches, and files for others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.export import export_articles
from seedread.screens.requests import LibraryChanged, RelatedRequested
from seedread.widgets.rendering.cells import TAG, clipped, sanitized
from seedread.wording import counted
from seedread_index.archive import Archive
from seedread_index.library.archive_library import ArchiveLibrary
from seedread_index.model.article import Article, PassageKind, Span
from seedread_index.model.errors import SeedreadError
from seedread_index.model.library import Kept, LibraryChange, SavedSearch

_MOST_TAGS = 3
"""How many tags of an article its row names."""


class KeepingController:
    """Owns what is kept of the archive's articles, by their ids, as the library was last read."""

    def __init__(
        self,
        frame: BrowseFrame,
        search: SearchController,
        reading: ReadingController,
        chosen: Callable[[], Sequence[str]],
    ) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._chosen = chosen
        self.kept: Mapping[str, Kept] = {}
        """What is kept of articles by their ids."""
        self.signs: Mapping[str, str] = {}
        """What rows show of it: a star, tags, how many notes."""

    async def reload(self) -> None:
        """Read the library again, where it or the archive has changed."""
        kept = await asyncio.to_thread(lambda: self._frame.session.archive.library().here())
        if kept != self.kept:
            star = self._frame.session.glyphs.starred
            self.kept = kept
            self.signs = {article_id: signs_of(each, star) for article_id, each in kept.items()}
            self._frame.refresh_state()

    # -- commands ----------------------------------------------------------------------------------------

    @command("star")
    async def star(self, _call: Call) -> None:
        """Star what is selected, else the chosen articles; again: take the stars off."""
        article, selected = self._reading.article, self._frame.selection
        if selected is not None and article is not None:
            self._frame.reader.selection = None
            await self._change(lambda library: library.star_passage(article.id, selected))
            return
        ids = self._ids()
        await self.reload()
        on = not all((kept := self.kept.get(each)) and kept.starred_at for each in ids)
        await self._change(lambda library: library.star(ids, on=on))

    @command("tag")
    async def tag(self, call: Call) -> None:
        """Tag the chosen articles; a minus before a tag takes it off."""
        ids = self._ids()
        of = f" {counted(len(ids), 'article')}" if len(ids) > 1 else ""
        answer = call.argument or await self._ask(f"Tag{of} (-tag removes it): ", "tags")
        if answer:
            on, name = not answer.startswith("-"), answer.removeprefix("-")
            await self._change(lambda library: library.tag(ids, name, on=on))

    @command("collect")
    async def collect(self, call: Call) -> None:
        """Put the chosen articles into a collection; a minus before its name takes them out."""
        ids = self._ids()
        answer = call.argument or await self._ask("Collection (-name removes): ", "collections")
        if answer:
            on, name = not answer.startswith("-"), answer.removeprefix("-")
            await self._change(lambda library: library.collect(ids, name, on=on))

    @command("note")
    async def note(self, call: Call) -> None:
        """Write a note on what is selected, else on the current paragraph."""
        article = self._reading.article
        if article is None:
            raise SeedreadError("no article is open", "open one")
        span = self._frame.selection or paragraph_at(article, self._frame.reader.current_offset)
        where = "the selection" if self._frame.selection else "the paragraph" if span else "the article"
        about = self._said_of_note(where, article.text[span.start : span.end] if span else "")
        text = call.argument or await self._frame.ask("Note: ", about=about)
        if text and text.strip():
            self._frame.reader.selection = None
            await self._change(lambda library: library.note(article.id, text, span))

    def _said_of_note(self, where: str, words: str) -> str:
        """What a note is going to stand on, in a line, and where it is kept, in another."""
        ellipsis = self._frame.session.glyphs.ellipsis
        quoted = f" “{' '.join(sanitized(words).split())}”" if words else ""
        on = clipped(
            f"On {where}{quoted}", self._frame.size.width - 1, f"{ellipsis}”" if quoted else ellipsis
        )
        return f"{on}\nKept in your library on this machine, never in the article's file"

    @command("save-search")
    async def save_search(self, call: Call) -> None:
        """Keep the query under a name; what comes later is what its alert prints."""
        session, query = self._frame.session, self._search.whole_query
        if not query:
            raise SeedreadError("no query to save", "type one first")
        name = call.argument or await self._frame.ask("Save the search as: ")
        if not name or not name.strip():
            if name is not None:
                self._frame.notify_user("Not saved: the search needs a name")
            return
        archive = session.archive
        saved = await asyncio.to_thread(archive.save_search, name, query)
        session.steps.append(partial(remove_search, archive, saved.search))
        self._frame.post_message(LibraryChanged())
        now = counted(saved.total, "article")
        self._frame.notify_user(f"saved {saved.search.name}, {now} now; L shows what is new")

    @command("export")
    async def export(self, call: Call) -> None:
        """Write the ticked articles, the open one, or all results to a file, with quotations and sources."""
        results = self._search.results
        ids = [*self._chosen()] if self._frame.ticked or self._frame.is_reading else None
        if ids is None and (results is None or not results.total):
            raise SeedreadError("nothing to export", "search for something else")
        query = self._search.whole_query
        await export_articles(self._frame, call.argument, ids=ids, results=results, query=query)

    @command("related")
    def show_related(self, _call: Call) -> None:
        """Show the articles that tell of the same as the current one."""
        current = self._reading.current_id
        if current is None:
            raise SeedreadError("no article selected", "select one in the list")
        self._frame.post_message(RelatedRequested(current))

    # -- inside ------------------------------------------------------------------------------------------

    def _ids(self) -> list[str]:
        ids = list(self._chosen())
        if not ids:
            raise SeedreadError("no article selected", "select one in the list")
        return ids

    async def _ask(self, label: str, kind: str) -> str:
        """Ask for a name, of which those known are completed."""
        archive = self._frame.session.archive

        async def complete(typed: str) -> list[str]:
            sign, start = ("-", typed[1:]) if typed.startswith("-") else ("", typed)
            names = await asyncio.to_thread(lambda: archive.library().names(kind))
            return [sign + name for name in names if name.casefold().startswith(start.casefold())]

        return (await self._frame.ask(label, complete=complete) or "").strip()

    async def _change(self, make: Callable[[ArchiveLibrary], LibraryChange]) -> None:
        archive = self._frame.session.archive
        change = await asyncio.to_thread(lambda: make(archive.library()))
        if change.n:
            self._frame.session.steps.append(partial(undo_change, archive, change))
        self._frame.notify_user(change.description)
        await self.reload()
        self._frame.post_message(LibraryChanged())


def undo_change(archive: Archive, change: LibraryChange) -> str:
    """Undo a change of the library; what was done, in words."""
    undone = archive.library().undo(change.n)
    return undone.description if undone is not None else f"Already undone: {change.description}"


def remove_search(archive: Archive, search: SavedSearch) -> str:
    """Remove a saved search, what alerts have shown of it left alone; what was done, in words."""
    archive.saved_searches().remove(search.name)
    return f"removed {search.name}: {search.query}"


def restore_search(archive: Archive, search: SavedSearch) -> str:
    """Put a saved search back that was removed; what was done, in words."""
    archive.saved_searches().restore(search)
    return f"saved {search.name} again: {search.query}"


def signs_of(kept: Kept, star: str) -> str:
    """What is kept of an article, for the end of its row."""
    parts = [star] if kept.starred_at or kept.passages else []
    parts += [f"{TAG}{tag}" for tag in kept.tags[:_MOST_TAGS]]
    if kept.notes:
        parts.append(counted(len(kept.notes), "note"))
    return " ".join(parts)


def paragraph_at(article: Article, offset: int) -> Span | None:
    """The passage at an offset, or the first after it, that is no boilerplate."""
    for passage in article.passages:
        if passage.end > offset and passage.kind is not PassageKind.BOILERPLATE:
            return Span(passage.start, passage.end)
    return None
