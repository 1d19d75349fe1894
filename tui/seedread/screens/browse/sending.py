"""Articles are chosen and handed on: ticks, read marks, the clipboard, the pager, the editor, a command."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence

from textual.app import SuspendNotSupported

from seedread.actions.chosen_keys import hint
from seedread.actions.handlers import Call, command
from seedread.analysis.counts import new_seed, sampled_rows
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.export import copy_text
from seedread.terminal import external
from seedread.widgets.reader.document import Document, Quote, quote_at
from seedread.wording import counted
from seedread_index.archive import clean_line
from seedread_index.model.article import Article, PassageKind, Span
from seedread_index.model.errors import SeedreadError
from seedread_index.shared_archive import SharedArchive

_MOST_SENT = 1000
_SAMPLE = re.compile(r"\s*0*([1-9]\d{0,8})(?:\s+(\d{1,9}))?\s*", re.ASCII)
"""How many, and perhaps a seed."""
_FOR_TICKED = (("tag", "tags"), ("star", "stars"), ("collect", "collects"), ("export", "exports them"))


class SendingController:
    """Owns the ticked articles and the history of commands that articles were piped to."""

    def __init__(self, frame: BrowseFrame, search: SearchController, reading: ReadingController) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._pipes: list[str] = []
        self.ticked: frozenset[str] = frozenset()
        """The ids of the ticked articles, which may be of several searches."""

    # -- ticks and read marks ----------------------------------------------------------------------------

    def set_ticked(self, ids: frozenset[str]) -> None:
        """Tick these articles and no others."""
        self.ticked = ids
        self._frame.refresh_state()

    @command("tick")
    def tick(self, call: Call) -> None:
        """Tick or untick articles, downwards."""
        before = self.ticked
        self.set_ticked(before ^ frozenset(self._from_here(call.times)))
        if not self._frame.is_reading:
            self._frame.articles.action_cursor_down(call.times)
        self._say_ticked(before)

    @command("tick-all")
    async def tick_all(self, _call: Call) -> None:
        """Tick every result, or none."""
        results = self._search.results
        everything = frozenset(await asyncio.to_thread(results.ids)) if results else frozenset[str]()
        before = self.ticked
        self.set_ticked(frozenset() if everything <= before else everything)
        self._say_ticked(before)

    def _say_ticked(self, before: frozenset[str]) -> None:
        """How many articles are ticked, and, where none was before, what can be done with them."""
        if not self.ticked:
            self._frame.notify_user("None ticked")
            return
        session, keys = self._frame.session, ""
        if not before:
            keys = hint(_FOR_TICKED, session.settings.keys, ascii_only=session.glyphs.ascii_only)
        text = f"{len(self.ticked):,} ticked"
        self._frame.notify_user(f"{text}: {keys}" if keys else text)

    @command("sample")
    async def tick_sample(self, call: Call) -> None:
        """Tick so many results by chance, and no others; with a seed the same ones again."""
        results = self._search.results
        if results is None or not results.total:
            raise SeedreadError("no results to choose from", "search for something else")
        answer = call.argument or await self._frame.ask("How many at random (and a seed, if any): ")
        if not answer:
            return
        if (asked := _SAMPLE.fullmatch(answer)) is None:
            raise SeedreadError("a sample takes a number, and a seed if you like", "type 50, or 50 7")
        size, seed = int(asked[1]), int(asked[2]) if asked[2] else new_seed()
        rows = sampled_rows(results.total, size, seed)
        ids = await asyncio.to_thread(results.ids)
        self.set_ticked(frozenset(ids[row] for row in rows))
        of = f"{len(rows):,} of {counted(results.total, 'result')}"
        self._frame.notify_user(f"Ticked a sample of {of} (repeat it with :sample {size} {seed})")

    @command("read")
    def toggle_read(self, call: Call) -> None:
        """Mark the ticked articles, or this one and those below it, as read or unread."""
        ids = sorted(self.ticked) or list(self._from_here(call.times))
        if ids:
            read = not set(ids) <= self._frame.session.read_ids
            self._reading.set_read(ids, read=read)
            self._frame.notify_user(
                f"Marked {counted(len(ids), 'article')} as {'read' if read else 'unread'}"
            )

    def _from_here(self, times: int) -> Sequence[str]:
        """The ids of this article and of those below it."""
        here, row, results = self._reading.current_id, self._frame.row, self._search.results
        if here is None or results is None or self._search.id_at(row) != here:
            return [here] if here is not None else []
        return results.ids(row, row + times)

    # -- what is sent ------------------------------------------------------------------------------------

    def chosen_ids(self) -> list[str]:
        """The ids of the ticked articles, in the order of the results, else of the current one."""
        results, current = self._search.results, self._reading.current_id
        if self.ticked and results is not None:
            rows = {each: results.rows.position_of(each) for each in sorted(self.ticked)}
            last = results.total
            ids = sorted(rows, key=lambda each: last if (row := rows[each]) is None else row)
        else:
            ids = [current] if current else []
        return ids

    async def _chosen(self) -> list[Article]:
        """The ticked articles, else the current one."""
        ids = self.chosen_ids()
        if not ids:
            raise SeedreadError("no article selected", "select one in the list")
        return await asyncio.to_thread(self._frame.session.archive.articles, ids[:_MOST_SENT])

    def _open_reading(self, article: Article) -> Article | None:
        """The reading of an article that the reader shows, whole or as a preview; offsets are those of it."""
        shown = self._reading.article if self._frame.shows_article else None
        return shown if shown is not None and shown.id == article.id else None

    def _offset_in(self, article: Article) -> int:
        """The current place in an article: in the open one the reader knows, else its first hit."""
        if self._open_reading(article) is not None:
            return self._frame.reader.current_offset
        hit = self._frame.articles.hit
        if hit is not None and hit.id == article.id and hit.spans:
            return hit.spans[0].start
        body = article.of_kind(PassageKind.BODY)
        return body[0].start if body else 0

    def _quoted(self, article: Article) -> str:
        """The current paragraph of an article, with its source: no more of it than the reader shows."""
        offset = self._offset_in(article)
        if (shown := self._open_reading(article)) is not None:
            if (selected := self._frame.selection) is not None:
                return quotation(shown, selected.start, folded=False, selected=selected)
            return quotation(shown, offset, folded=not self._frame.reader.boilerplate_shown)
        return quotation(article, offset, folded=Document(article).fold_at(offset) is None)

    # -- commands ----------------------------------------------------------------------------------------

    @command("copy")
    async def copy(self, _call: Call) -> None:
        """Copy the current paragraph, or the first of each ticked article, with the source."""
        frame = self._frame
        quotations = [self._quoted(each) for each in await self._chosen()]
        text = "\n".join(quotations)
        one = "the paragraph" if frame.selection is None else "the selection"
        what = f"{len(quotations)} paragraphs" if len(quotations) > 1 else one
        frame.reader.selection = None
        source = " with their sources" if len(quotations) > 1 else " with its source"
        await copy_text(frame, text, what, source=source)

    @command("external")
    async def open_original(self, call: Call) -> None:
        """The address of the article in the browser, shown before; where it has none, its text in the pager.

        Over SSH, and without a display, the address is copied and shown as a hyperlink.
        """
        frame, article = self._frame, (await self._chosen())[0]
        if article.origin.url is None:
            await self.open_in_pager(call)
            return
        address = self._address(article.origin.url)
        opener = external.opener_command(os.environ, sys.platform)
        if opener is None:
            await copy_text(frame, address, "the address", source="")
            self._suspend_for(lambda: external.show_hyperlink(address, os.environ))
            return
        answer = call.argument or await frame.ask("Open in the browser: ", address)
        if answer and answer.strip():
            address = self._address(answer)
            await asyncio.to_thread(external.start_program, [*opener, address])
            frame.notify_user(f"opened {address}")

    def _address(self, text: str) -> str:
        """An address that a browser may be given. Raises SeedreadError."""
        address = external.web_address(text)
        if address is None:
            raise SeedreadError(f"{clean_line(text)[:200]} is not a web address", ":pager shows the article")
        return address

    @command("pager")
    async def open_in_pager(self, _call: Call) -> None:
        """The articles in the pager; it gets the cleaned text, never the file's own control characters."""
        text = "\n\n".join(f"{each.title}\n\n{each.text}" for each in await self._chosen())
        self._run(external.pager_command(os.environ), text)

    @command("edit")
    async def edit(self, _call: Call) -> None:
        """The file in the editor, at the current line."""
        article = (await self._chosen())[0]
        path = await asyncio.to_thread(self._frame.session.archive.file_of, article.id)
        if path is None:
            if isinstance(self._frame.session.archive, SharedArchive):
                raise SeedreadError(
                    f"{article.path} is on the machine that indexed it",
                    "press o to open its text in the pager",
                )
            raise SeedreadError(f"{article.path} is gone", "press R to scan the folders again")
        offset = self._offset_in(article)
        part = article.part or ""
        line = int(part) if part.isdigit() else article.text.count("\n", 0, offset) + 1
        self._run(external.editor_command(path, line, os.environ))

    @command("pipe")
    async def pipe(self, call: Call) -> None:
        """The articles' text on the input of a command."""
        line = call.argument or await self._frame.ask("Pipe to: ", history=self._pipes)
        if line:
            self._pipes.append(line)
            text = "\n\n".join(each.text for each in await self._chosen())
            self._run(external.pipe_command(line), text, wait=True)

    def _run(self, program: Sequence[str], text: str | None = None, *, wait: bool = False) -> None:
        """Leave the terminal to a program until it ends."""

        def run() -> int:
            code = external.run_program(program, text)
            if wait:
                external.wait_for_enter(code)
            return code

        if code := self._suspend_for(run):
            self._frame.notify_user(f"{program[0]} exited with status {code}", problem=True)

    def _suspend_for(self, run: Callable[[], int | None]) -> int | None:
        """Leave the terminal to something that runs in the meantime; what that gives."""
        try:
            with self._frame.app.suspend():
                return run()
        except SuspendNotSupported as error:
            raise SeedreadError("this terminal cannot run other programs", "use another terminal") from error


def quotation(article: Article, offset: int, *, folded: bool, selected: Span | None = None) -> str:
    """The paragraph at an offset, as shown, or what is selected, with its source.

    The source is title, publication, date, file and which paragraph it is.
    """
    found = quote_at(Document(article), offset, folded=folded) or Quote(article.title, Span(0, 0))
    before = article.text[: found.line.start].split("\n")[:-1]
    number = sum(1 for line in before if line.strip()) + 1
    date = article.date.isoformat() if article.date else ""
    source = ", ".join(part for part in (article.title, article.source, date) if part)
    text = article.text[selected.start : selected.end] if selected is not None else found.text
    return f"{text}\n\n{source}\n{article.path}, paragraph {number}\n"
