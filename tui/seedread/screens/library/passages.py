"""The kept passages in the open article: marked in its text, walked, and their notes shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from seedread.actions.handlers import Call, command
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.requests import PassageRequested
from seedread.wording import counted
from seedread_index.model.article import Article, Span
from seedread_index.model.library import Kept, Note


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage of the text of today, and the notes and stars on it."""

    span: Span
    notes: tuple[Note, ...]


class PassagesController:
    """Owns where the kept passages of the open article stand now, and which of them drifted away."""

    def __init__(
        self,
        frame: BrowseFrame,
        reading: ReadingController,
        kept: Callable[[], Mapping[str, Kept]],
        show_card: Callable[[Call], Awaitable[None]],
    ) -> None:
        self._frame = frame
        self._reading = reading
        self._kept = kept
        self._show_card = show_card
        self._made_from: tuple[Article | None, Kept | None] = (None, None)
        self.passages: tuple[KeptPassage, ...] = ()
        """The kept passages of the open article."""
        self.drifted: tuple[Note, ...] = ()
        """The notes and stars whose words are not in its text any more."""
        self._unsaid = False

    def follow(self) -> None:
        """Look for the passages again, where the article or what is kept of it is another one."""
        article = self._reading.article
        kept = self._kept().get(article.id) if article is not None else None
        before, known = self._made_from
        if before is not article or known is not kept:
            self._made_from = (article, kept)
            if article is not None and (kept is not None or self.passages):
                self._frame.in_background(self._locate, "passages", exclusive=True)
            else:
                self.passages, self.drifted, self._unsaid = (), (), False
        if self._unsaid and self._frame.is_reading:
            self._say_drifted()

    async def _locate(self) -> None:
        article, kept = self._made_from
        if article is None:
            return
        places, drifted = await asyncio.to_thread(self._places, article, kept)
        if self._reading.article is not article:
            return
        self._unsaid = bool(drifted) and drifted != self.drifted
        self.drifted = drifted
        self.passages = tuple(KeptPassage(span, tuple(notes)) for span, notes in sorted(places.items()))
        self._frame.reader.mark_kept([each.span for each in self.passages])
        self._frame.refresh_state()

    def _places(self, article: Article, kept: Kept | None) -> tuple[dict[Span, list[Note]], tuple[Note, ...]]:
        """The notes and stars by where they stand, and those that stand nowhere."""
        library = self._frame.session.archive.library()
        places: dict[Span, list[Note]] = {}
        drifted = []
        for note in (*kept.notes, *kept.passages) if kept is not None else ():
            if note.quote is None:
                continue
            place = library.place_of(note, article.text)
            if place is not None:
                places.setdefault(place, []).append(note)
            else:
                drifted.append(note)
        return places, tuple(drifted)

    def _say_drifted(self) -> None:
        """Say that passages were changed since they were kept."""
        self._unsaid = False
        count = len(self.drifted)
        what = "its passage" if count == 1 else "their passages"
        verb = "has" if count == 1 else "have"
        self._frame.notify_user(f"{counted(count, 'note')} {verb} drifted: {what} changed; i shows it")

    # -- commands ----------------------------------------------------------------------------------------

    @command("next-kept")
    def walk(self, call: Call) -> None:
        """On to the next kept passage, and say what is noted on it."""
        reader, found = self._frame.reader, None
        for _ in range(call.times):
            found = reader.next_kept()
        if found is None:
            self._frame.notify_user(
                "no notes or starred passages here; a writes a note, V and B star a passage"
            )
            return
        notes = [" ".join(note.text.split()) for note in self._notes_on(found) if note.text]
        self._frame.show_message("; ".join(notes) or "starred")

    @command("card")
    async def show(self, call: Call) -> None:
        """Show the notes on the current passage; elsewhere the card of the current name."""
        here = self._frame.reader.kept_here if self._frame.is_reading else None
        article = self._reading.article
        if here is None or article is None:
            await self._show_card(call)
        else:
            notes = tuple(note.id for note in self._notes_on(here))
            self._frame.post_message(PassageRequested(article.id, notes))

    def _notes_on(self, span: Span) -> tuple[Note, ...]:
        return next((each.notes for each in self.passages if each.span == span), ())

    @command("select")
    def select(self, _call: Call) -> None:
        """Select the sentence at the current place; again: nothing."""
        reader = self._frame.reader
        if reader.selection is not None:
            reader.selection = None
        elif reader.select():
            self._frame.show_message("j and k extend the selection; B stars it, a adds a note, y copies it")
        else:
            self._frame.notify_user("no text here")
