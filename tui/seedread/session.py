"""What the screens of one open archive share: the archive, the settings, what was said, where one was."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from seedread.userdata.session_state import History, Place, PlaceStore
from seedread.userdata.settings import Settings
from seedread.widgets.rendering.glyphs import UNICODE, Glyphs
from seedread_index.archive import Archive

_MESSAGES_KEPT = 500


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """Something the status line said, and when."""

    text: str
    problem: bool
    at: dt.datetime


@dataclass(slots=True, eq=False)
class Session:
    """One archive open in the reader."""

    archive: Archive
    settings: Settings
    store: PlaceStore
    history: History
    glyphs: Glyphs = UNICODE
    place: Place = field(default_factory=Place)
    read_ids: frozenset[str] = frozenset()
    commands: list[str] = field(default_factory=list)
    corrected: list[int] = field(default_factory=list)
    """How many corrections of entities each step made that was not taken back."""
    messages: deque[StatusMessage] = field(default_factory=lambda: deque(maxlen=_MESSAGES_KEPT))

    rest: Callable[[], None] = lambda: None
    """Asks the background work to leave the archive alone."""
    keep: Callable[[], None] = lambda: None
    """Stores where one is, at once."""
    go_on: Callable[[], None] = lambda: None
    """Lets the background work go on."""

    def note(self, text: str, *, problem: bool = False) -> None:
        """Keep what was said for the screen of messages."""
        self.messages.append(StatusMessage(text, problem, dt.datetime.now()))


def open_session(archive: Archive, settings: Settings, glyphs: Glyphs) -> Session:
    """A session on an archive, with what the last one left; reads small files of the state folder."""
    store = PlaceStore(archive.folder.name)
    history = History()
    history.load()
    return Session(archive, settings, store, history, glyphs, store.load(), store.load_read())
