"""The place in the browse screen, stored from session to session."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from functools import partial

from textual.widgets import Input

from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.userdata.session_state import dumped


class SessionPlace:
    """Owns the stored place: until it is restored, nothing else takes its place."""

    def __init__(self, frame: BrowseFrame, search: SearchController, reading: ReadingController) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self.restored = False
        """Whether the place of the last session was restored, or whatever is left of it."""

    def save(self) -> None:
        """Store the current place, if it has changed, in a thread."""
        content, store = self._current(), self._frame.session.store
        if content != store.saved:
            store.want(content)
            self._frame.in_background(partial(asyncio.to_thread, store.flush), "state")

    def save_now(self) -> None:
        """Store the current place before the program ends; a small file, written where it stands."""
        self._frame.session.store.save(self._current())

    def _current(self) -> str:
        """The current place as it is stored; the stored one while it is still being restored."""
        session, frame, search = self._frame.session, self._frame, self._search
        if not self.restored:
            return session.store.saved
        place, settings = session.place, session.settings
        place.query = search.query_text
        place.filter = search.filter_text
        place.sort = search.sort
        place.typing = search.typing
        place.article = self._reading.current_id
        place.reading = frame.is_reading
        place.preview = frame.preview
        place.split = frame.split if frame.split != settings.split else None
        place.measure = frame.measure if frame.measure != settings.measure else None
        if frame.is_reading:
            reader = frame.reader
            place.offset = reader.top_offset
            hit = reader.current_hit
            place.hit = hit.start if hit is not None and not reader.find else None
        return dumped(place)

    async def restore(self) -> None:
        """Come back to the place of the last session; it stays stored until that is done."""
        try:
            await self._restore()
        finally:
            self.restored = True
        await self._follow_moves(self._frame.session.read_ids)

    async def follow_moves(self) -> None:
        """Keep what was kept for ids of an earlier version for those that the articles have now."""
        session = self._frame.session
        await self._follow_moves(session.placed_ids() | session.read_ids)

    async def _follow_moves(self, ids: Set[str]) -> None:
        session = self._frame.session
        if moved := await asyncio.to_thread(session.archive.moved_ids, ids):
            session.follow_moves(moved)

    async def _restore(self) -> None:
        """Run the search again, find the row, and open the paragraph where the article was open.

        From the list the preview, and Enter, go on where reading the article was left.

        A user who has begun something else in the meantime is left alone.
        """
        frame, search, place = self._frame, self._search, self._frame.session.place
        settings, offset = frame.session.settings, place.offset

        def untouched() -> bool:
            return frame.focused is frame.input and frame.input.value == place.query

        frame.restore_layout(
            split=place.split or settings.split,
            measure=place.measure or settings.measure,
            preview=place.preview,
        )
        with frame.input.prevent(Input.Changed):
            frame.input.value = place.query
        frame.input.select_all()  # what is typed while the search runs replaces it
        await search.search_for(
            place.query, filter=place.filter, sort=place.sort, stay_at=place.article, typing=place.typing
        )
        search.restored = bool(place.query)
        article = place.article
        await self._follow_moves(frame.session.placed_ids())
        row = search.row_of(place.article)
        if row is not None and place.article != article and untouched():
            frame.articles.cursor = row
        if row is not None and place.reading and untouched():
            shown = await self._reading.show_row(row, offset if place.hit is None else place.hit)
            if shown and untouched():
                frame.reader.goto(offset)
                frame.focus_on(frame.reader)
        elif not place.reading and untouched():
            if place.query:
                frame.input.select_all()
            left_at = place.offsets.get(place.article or "", 0)
            if row is not None and left_at:
                await self._reading.show_row(row, left_at)
