"""What the screens of one open archive share: the archive, settings, messages, session state."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from seedread.userdata.session_log import SessionLog
from seedread.userdata.session_state import (
    History,
    SessionState,
    SessionStore,
    load_steps,
)
from seedread.userdata.settings import Settings
from seedread.widgets.rendering.cells import UNICODE, Glyphs
from seedread_index.archive import Archive

_MESSAGES_KEPT = 500
Undoable = int | Callable[[], str]
"""What one key press did, to be undone: so many corrections, or a function that undoes it and says so."""


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """A message of the status line, and its time."""

    text: str
    problem: bool
    at: dt.datetime


@dataclass(slots=True, eq=False)
class Session:
    """One archive open in the reader."""

    archive: Archive
    settings: Settings
    store: SessionStore
    history: History
    log: SessionLog
    glyphs: Glyphs = UNICODE
    place: SessionState = field(default_factory=SessionState)
    read_ids: frozenset[str] = frozenset()
    commands: list[str] = field(default_factory=list)
    steps: list[Undoable] = field(default_factory=list)
    """What can be undone, the last step last."""
    learned: frozenset[str] = frozenset()
    """The steps that the user has taken at least once."""
    finding_names: str = ""
    """How far the search for names has come, empty when all that can be found are found."""
    messages: deque[StatusMessage] = field(default_factory=lambda: deque(maxlen=_MESSAGES_KEPT))

    def note(self, text: str, *, problem: bool = False) -> None:
        """Keep a message for the screen of messages."""
        self.messages.append(StatusMessage(text, problem, dt.datetime.now()))

    def set_read(self, ids: Sequence[str], *, read: bool) -> int:
        """Mark articles as read or unread, written by the store's next flush; how many more are read."""
        before = self.read_ids
        self.read_ids = before | frozenset(ids) if read else before - frozenset(ids)
        self.store.want_read(ids, read=read)
        return len(self.read_ids) - len(before)

    def placed_ids(self) -> set[str]:
        """The articles that hold a place: the last one, the tops of texts, the letters."""
        place = self.place
        letters = {mark[0] for mark in place.marks.values()}
        return {*place.offsets, *letters} | ({place.article} if place.article else set())

    def follow_moves(self, moved: Mapping[str, str]) -> None:
        """Keep for the ids that articles have now what was kept for those that they had before."""
        old = [article_id for article_id in moved if article_id in self.read_ids]
        if old:
            self.set_read([moved[article_id] for article_id in old], read=True)
            self.set_read(old, read=False)
        place = self.place
        place.offsets = {moved.get(key, key): offset for key, offset in place.offsets.items()}
        place.marks = {
            letter: [moved.get(mark[0], mark[0]), *mark[1:]] for letter, mark in place.marks.items()
        }
        if place.article is not None:
            place.article = moved.get(place.article, place.article)


def open_session(archive: Archive, settings: Settings, glyphs: Glyphs) -> Session:
    """A session on an archive, with what the last one left; reads small files of the state folder."""
    private = settings.private
    store = SessionStore(archive.folder.name, private=private)
    history = History(private=private)
    history.load()
    log = SessionLog(archive.roots, wanted=settings.log and not private)
    session = Session(
        archive=archive,
        settings=settings,
        store=store,
        history=history,
        log=log,
        glyphs=glyphs,
        place=store.load(),
        read_ids=store.load_read(),
    )
    session.learned = load_steps()
    archive.read_ids = lambda: session.read_ids
    return session
