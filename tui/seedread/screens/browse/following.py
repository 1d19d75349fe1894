"""Names in the text: from one to the next, who they are, search by them; find in the article."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from seedread.naming import named
from seedread.screens.command_screen import Call, Handlers
from seedread.screens.requests import SearchRequested
from seedread_index.model.article import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from seedread.screens.browse.screen import BrowseScreen


def _mentions(*, forward: bool, same: bool) -> Callable[[BrowseScreen, Call], None]:
    def move(screen: BrowseScreen, call: Call) -> None:
        reader = screen.reader
        step = reader.next_mention if forward else reader.previous_mention
        for _ in range(call.times):
            if not step(same):
                screen.notify_user("no more names that way")
                return
        mention = reader.current_mention
        if mention is not None:
            screen.show_message(f"{mention.text}  {mention.type}", False)

    return move


async def selected(screen: BrowseScreen) -> tuple[str, str] | None:
    """The id ("" where it has none) and the query of the name under the cursor of the text."""
    mention = screen.reader.current_mention if screen.reader.display else None
    if mention is None:
        return None
    entity = None
    if mention.entity is not None:
        entity = await asyncio.to_thread(screen.session.archive.entity, mention.entity)
    if entity is None:
        return "", named(mention.text, mention.type)
    return entity.id, named(entity.name, entity.type)


async def card(screen: BrowseScreen, _call: Call) -> None:
    """Who or what the name under the cursor is; the first name in view where there is none yet."""
    from seedread.screens.entities.card_screen import EntityCardScreen

    if screen.reader.current_mention is None and not screen.reader.next_mention():
        screen.notify_user("there is no name here")
        return
    found = await selected(screen)
    if found is None or not found[0]:
        screen.notify_user("this name is not linked yet; names are linked in the background")
        return
    screen.app.push_screen(EntityCardScreen(screen.session, found[0]))


async def co_mentions(screen: BrowseScreen, _call: Call) -> None:
    """Who is named in the same articles as the name under the cursor."""
    from seedread.screens.entities.navigation import CoMentionsScreen

    found = await selected(screen)
    if found is None or not found[0]:
        screen.notify_user("put the cursor on a name first: ] in the text")
        return
    screen.app.push_screen(CoMentionsScreen(screen.session, found[0]))


async def search_selection(screen: BrowseScreen, call: Call) -> None:
    """Search for the name under the cursor."""
    if query := await _wanted(screen, call, "Search for: "):
        screen.post_message(SearchRequested(query))


async def exclude_selection(screen: BrowseScreen, call: Call) -> None:
    """Leave out the articles that mention the name under the cursor."""
    if query := await _wanted(screen, call, "Leave out: "):
        screen.post_message(SearchRequested(query, exclude=True))


async def _wanted(screen: BrowseScreen, call: Call, label: str) -> str | None:
    if call.argument:
        return call.argument
    found = await selected(screen)
    return found[1] if found else await screen.ask(label)


async def find(screen: BrowseScreen, call: Call) -> None:
    """Find words in the open article; an empty answer takes the marks off again."""
    words = call.argument or await screen.ask("Find: ", history=screen.finds)
    article = screen.article
    if words is None or article is None:
        return
    if not words.strip():
        screen.reader.find = ()
        return
    screen.finds.append(words)
    places = await asyncio.to_thread(found_places, article.text, words)
    if screen.article is None or screen.article.id != article.id:
        return
    screen.reader.find = places
    screen.notify_user(
        f"{words}: {len(places)} in this article" if places else f"{words}: not in this article"
    )


def found_places(text: str, words: str) -> tuple[Span, ...]:
    """Where words stand in a text, one after another, whatever their case and the white space between."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))


HANDLERS: Handlers = {
    "next-mention": _mentions(forward=True, same=False),
    "previous-mention": _mentions(forward=False, same=False),
    "next-same": _mentions(forward=True, same=True),
    "previous-same": _mentions(forward=False, same=True),
    "card": card,
    "co-mentions": co_mentions,
    "search-selection": search_selection,
    "exclude-selection": exclude_selection,
    "find": find,
}
