"""Articles handed on: the clipboard with the source, the pager, the editor, a command."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from seedread.screens.command_screen import Call, Handlers
from seedread.screens.requests import CopyRequested
from seedread.terminal import external
from seedread.terminal.external import osc52, to_file, to_tmux
from seedread.widgets.reader.document import Document, Quote, quote_at
from seedread_index.model.article import Article, PassageKind, Span
from seedread_index.model.errors import SeedreadError

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

_MANY = 1000


async def chosen(screen: BrowseScreen) -> list[Article]:
    """The ticked articles, else the one under the cursor."""
    ticked = screen.articles.ticked
    results = screen.results
    if ticked and results is not None:
        ids = [article_id for article_id in results.ids if article_id in ticked]
        ids += sorted(ticked.difference(ids))
    else:
        ids = [screen.current_id] if screen.current_id else []
    if not ids:
        raise SeedreadError("there is no article here", "search for something else")
    return await asyncio.to_thread(screen.session.archive.articles, ids[:_MANY])


def quotation(article: Article, offset: int, *, folded: bool) -> str:
    """The paragraph at an offset, as shown, with title, publication, date, file and which paragraph it is."""
    found = quote_at(Document(article), offset, folded=folded) or Quote(article.title, Span(0, 0))
    before = article.text[: found.line.start].split("\n")[:-1]
    number = sum(1 for line in before if line.strip()) + 1
    date = article.date.isoformat() if article.date else ""
    source = ", ".join(part for part in (article.title, article.source, date) if part)
    return f"{found.text}\n\n{source}\n{article.path}, paragraph {number}\n"


def is_open(screen: BrowseScreen, article: Article) -> bool:
    """Whether the reader shows an article, whole or beside the list."""
    seen = screen.reading or screen.preview or screen.wide
    return seen and screen.article is not None and article.id == screen.article.id


def place_in(screen: BrowseScreen, article: Article) -> int:
    """Where the attention is in an article: in the open one the reader knows, else at its first hit."""
    if is_open(screen, article):
        return screen.reader.current_offset
    hit = screen.articles.hit
    if hit is not None and hit.id == article.id and hit.spans:
        return hit.spans[0].start
    body = article.of_kind(PassageKind.BODY)
    return body[0].start if body else 0


def quoted(screen: BrowseScreen, article: Article) -> str:
    """The paragraph that one is at in an article, with its source: no more of it than the reader shows."""
    if is_open(screen, article) and screen.article is not None:
        article = screen.article  # offsets are those of the reading that is shown
        folded = not screen.reader.boilerplate_shown
        return quotation(article, screen.reader.current_offset, folded=folded)
    offset = place_in(screen, article)
    return quotation(article, offset, folded=Document(article).fold_at(offset) is None)


async def copy(screen: BrowseScreen, _call: Call) -> None:
    """Copy the paragraph one is at, or the first of each ticked article, with the source."""
    articles = await chosen(screen)
    quotations = [quoted(screen, each) for each in articles]
    text = "\n".join(quotations)
    what = f"{len(quotations)} paragraphs" if len(quotations) > 1 else "the paragraph"
    way = screen.session.settings.clipboard
    sequence = osc52(text, os.environ) if way != "file" else None
    if sequence is not None:
        screen.post_message(CopyRequested(sequence))
        await asyncio.to_thread(to_tmux, text, os.environ)
        screen.notify_user(f"copied {what} with the source")
        return
    try:
        path = await asyncio.to_thread(to_file, text)
    except OSError as error:
        raise SeedreadError(f"{what} could not be kept: {error}", "look at the state folder") from error
    screen.notify_user(f"{what} with the source is in {path}")


async def pager(screen: BrowseScreen, _call: Call) -> None:
    """The article in the pager; it gets the cleaned text, never the file's own control characters."""
    articles = await chosen(screen)
    text = "\n\n".join(f"{each.title}\n\n{each.text}" for each in articles)
    run_outside(screen, external.pager_command(os.environ), text)


async def edit(screen: BrowseScreen, _call: Call) -> None:
    """The file in the editor, at the line one is at."""
    article = (await chosen(screen))[0]
    path = await asyncio.to_thread(screen.session.archive.file_of, article.id)
    if path is None:
        raise SeedreadError(f"{article.path} is gone", "R looks at the folder again")
    offset = place_in(screen, article)
    part = article.part or ""
    line = int(part) if part.isdigit() else article.text.count("\n", 0, offset) + 1
    run_outside(screen, external.editor_command(path, line, os.environ))


async def pipe(screen: BrowseScreen, call: Call) -> None:
    """The article's text on the input of a command."""
    command = call.argument or await screen.ask("Pipe to: ", history=screen.pipes)
    if command:
        screen.pipes.append(command)
        articles = await chosen(screen)
        run_outside(
            screen,
            external.pipe_command(command),
            "\n\n".join(each.text for each in articles),
            wait=True,
        )


def run_outside(
    screen: BrowseScreen, command: Sequence[str], text: str | None = None, *, wait: bool = False
) -> None:
    """Leave the screen to a program until it ends."""
    try:
        with screen.app.suspend():
            code = external.run_program(command, text)
            if wait:
                external.wait_for_enter(code)
    except SuspendNotSupported as error:
        raise SeedreadError("this terminal cannot be left to a program", "use another one") from error
    if code:
        screen.notify_user(f"{command[0]} ended with {code}", problem=True)


HANDLERS: Handlers = {
    "copy": copy,
    "external": pager,
    "edit": edit,
    "pipe": pipe,
}
