"""Leaps: another query, another article, marks, and the way back and forth between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from seedread.naming import excluding
from seedread.screens.browse.jumps import Jump
from seedread.screens.browse.reading import mark_read, show_row
from seedread.screens.command_screen import Call, Handlers

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen


def here(screen: BrowseScreen) -> Jump:
    """Where one is."""
    offset = screen.reader.top_offset if screen.reading else None
    return Jump(screen.query_text, screen.filter_text, screen.current_id, offset)


async def go(screen: BrowseScreen, there: Jump) -> None:
    """Go to a place: its query, its article, and into the text when it was open."""
    if (there.query, there.filter) != (screen.query_text, screen.filter_text):
        await screen.search_for(there.query, filter=there.filter, stay_at=there.article)
    row = screen.row_of(there.article)
    if row is None:
        if there.article is not None:
            screen.notify_user("that article is not among the results any more")
        screen.focus_on(screen.articles)
        return
    screen.articles.cursor = row
    if there.offset is None:
        screen.focus_on(screen.articles)
    elif await show_row(screen, row, there.offset):
        screen.reader.goto(there.offset)
        screen.focus_on(screen.reader)


async def jump_back(screen: BrowseScreen, _call: Call) -> None:
    """Back to where one was before the last leap."""
    there = screen.jumps.back(here(screen))
    if there is None:
        screen.notify_user("this is where it began")
    else:
        await go(screen, there)


async def jump_forward(screen: BrowseScreen, _call: Call) -> None:
    """Forward again."""
    there = screen.jumps.forward(here(screen))
    if there is None:
        screen.notify_user("this is the newest place")
    else:
        await go(screen, there)


async def open_search(screen: BrowseScreen, query: str, *, exclude: bool) -> None:
    """Run a query that another screen asked for."""
    screen.leave_place()
    if exclude:
        query = excluding(screen.query_text, query)
    await screen.search_for(query)
    screen.focus_on(screen.articles)


async def open_article_by_id(screen: BrowseScreen, article_id: str, query: str) -> None:
    """Open an article that another screen asked for, among the results of a query."""
    screen.leave_place()
    if screen.row_of(article_id) is None or query:
        await screen.search_for(query, stay_at=article_id)
    row = screen.row_of(article_id)
    if row is None:
        await screen.search_for("", stay_at=article_id)
        row = screen.row_of(article_id)
    if row is not None and await show_row(screen, row):
        screen.focus_on(screen.reader)
        mark_read(screen)


def set_mark(screen: BrowseScreen, call: Call) -> None:
    """Remember this place under a letter."""

    def use(letter: str) -> None:
        if screen.article is not None:
            screen.session.place.marks[letter] = [screen.article.id, screen.reader.top_offset]
            screen.notify_user(f"mark {letter} set")

    _with_letter(screen, call, "Mark: a letter", use)


def go_to_mark(screen: BrowseScreen, call: Call) -> None:
    """Back to the place under a letter."""

    def use(letter: str) -> None:
        mark = screen.session.place.marks.get(letter)
        if mark is None:
            known = " ".join(sorted(screen.session.place.marks)) or "none"
            screen.notify_user(f"no mark {letter}; the marks are: {known}")
            return
        screen.leave_place()
        screen.hold_for(_to_mark(screen, str(mark[0]), int(mark[1])))

    _with_letter(screen, call, "Go to mark: a letter", use)


def _with_letter(screen: BrowseScreen, call: Call, question: str, use: Callable[[str], None]) -> None:
    if call.argument:
        use(call.argument[0])
    else:
        screen.show_message(question, False)
        screen.take_key(use)


async def _to_mark(screen: BrowseScreen, article_id: str, offset: int) -> None:
    in_results = screen.row_of(article_id) is not None
    query = screen.query_text if in_results else ""
    await go(screen, Jump(query, screen.filter_text if in_results else "", article_id, offset))


HANDLERS: Handlers = {
    "jump-back": jump_back,
    "jump-forward": jump_forward,
    "set-mark": set_mark,
    "go-to-mark": go_to_mark,
}
