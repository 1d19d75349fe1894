"""Help for the current place: its keys, then those that work anywhere; and the messages so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from seedread.actions.chosen_keys import commands_in, keys_of, lost_note, reachable, shown
from seedread.actions.command_table import Command, Group, Place
from seedread.screens.panel import Hints, PanelScreen
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.widgets.rendering.cells import MORE, TAG, legend

SYNTAX = (
    ("words", "articles with all of them, in any form: missile strikes"),
    ('"these words"', 'exactly these, together; "a b"~5, a NEAR/5 b: within five words'),
    ("=word", "exactly this word: =governance; =US also in capitals"),
    ("OR  NOT  -  ( )", "in capitals: putin (syria OR iran) -moscow"),
    ("word*  word~", "words with this beginning; similar spellings"),
    ("re:/colou?r(s|ed)?/", "whole words that match a regular expression"),
    ("title: body: source: lang:", "only in this field: title:summit lang:en"),
    ("author: section:", "words in the byline, in the section: section:world"),
    ("path: url:", "words in the file name or address: url:example.org/world"),
    ("in:boilerplate", "search the boilerplate: in:boilerplate donate"),
    ("is:starred", "what you keep: also is:unread, is:read, tag:grain, note:check, collection:name"),
    ("person: place: org:", "articles that mention somebody or something: person:putin"),
    ("group: entity:", "the same for groups, and for names of any type"),
    ("said: about:", 'who is quoted, or quoted about: said:putin, said:"putin: idlib"'),
    ("date:2020-02", 'one month; date:2020-02-01..2020-03-15, date:>2020, before:2020, since:"last week"'),
)


IN_WORDS = (
    (f"{TAG}grain", "an article's tag"),
    ("1 note", "how many notes you wrote on an article"),
    (f"{MORE}2", "near-duplicates that are grouped with an article"),
    ("+ -", "among facets: narrowed to this value, excluded"),
)
"""What rows say in words or numbers."""
LOOKS = {
    "mark": "a hit of the query",
    "person": "the name of a person",
    "place": "the name of a place",
    "org": "the name of an organisation",
    "group": "the name of a group, such as a nationality",
}
"""What looks mean, by their names in the rows of a panel."""
_WIDE = 116
_MARGINS = 4
_KEY_COLUMN = 18
_DESCRIPTION = 26
_SYNTAX_COLUMN = 30


class HelpScreen(PanelScreen):
    """The keys of one place, or of it those that hold some words; `known` are the names of the commands that
    the screen below has."""

    HINTS: ClassVar[Hints] = (("filter-panel", "search the help"), ("back", "back"))

    def __init__(self, session: Session, about: Place, known: Collection[str], words: str = "") -> None:
        super().__init__(session, "Help" if about is Place.PANEL else f"Help: {about}")
        self.set_reactive(HelpScreen.filter_text, words)
        self._about = about
        self._known = known

    def on_mount(self) -> None:
        """Write the rows."""
        self.put(list(self._rows()))

    def _rows(self) -> Iterator[Line]:
        if self._about is Place.INPUT:
            yield from self._syntax()
        here = [command for command in commands_in(self._about) if command.name in self._known]
        yield from self._groups(here)
        if self._about is Place.LIST:
            yield from self._syntax()
        yield from self._legend()
        others = [
            command
            for command in reachable(self._about)
            if command.name in self._known and command not in here
        ]
        if others:
            yield Line("Anywhere", kind="head")
            for command in others:
                yield from self._rows_of(command)
        if self._about is not Place.INPUT:
            yield Line("")
            yield Line(
                "Type a number before a movement to repeat it: 5j, 3n. Every action is also a : command"
            )

    def _syntax(self) -> Iterator[Line]:
        yield Line("How to write a query", kind="head")
        for example, meaning in SYNTAX:
            yield from self._wrapped(f"  {example}", meaning, _SYNTAX_COLUMN)
        yield Line("")

    def _groups(self, commands: Sequence[Command]) -> Iterator[Line]:
        for group in Group:
            rows = [row for command in commands if command.group is group for row in self._rows_of(command)]
            if rows:
                yield Line(group.value, kind="head")
                yield from rows
                yield Line("")

    def _legend(self) -> Iterator[Line]:
        """What the signs in lists and margins mean, and what hits and names look like."""
        yield Line("Signs", kind="head")
        for sign, meaning in (*legend(self.session.glyphs), *IN_WORDS):
            yield from self._wrapped(f"  {sign}", meaning, _KEY_COLUMN)
        for look, meaning in LOOKS.items():
            name = "hit" if look == "mark" else look
            yield Line(f"  {name:<{_KEY_COLUMN - 2}}{meaning}", spans=((2, 2 + len(name), look),))
        yield Line("")

    def _rows_of(self, command: Command) -> Iterator[Line]:
        ascii_only, chosen = self.session.glyphs.ascii_only, self.session.settings.keys
        keys = " ".join(shown(key, ascii_only=ascii_only) for key in keys_of(command, chosen))
        tooltip = command.tooltip + lost_note(command, chosen)
        head = f"  {keys or f':{command.name}'}"
        words = f"{command.name} {command.description}"
        if self.size.width < _WIDE:
            yield from self._wrapped(head, tooltip, _KEY_COLUMN, words=words)
            return
        described = f"{head}{' ' * max(1, _KEY_COLUMN - len(head))}{command.description}"
        yield from self._wrapped(
            described, tooltip, _KEY_COLUMN + _DESCRIPTION, f":{command.name}", words, strong=len(head)
        )

    def _wrapped(
        self, head: str, text: str, column: int, right: str = "", words: str = "", *, strong: int = 0
    ) -> Iterator[Line]:
        """A text beside its head, of which `strong` characters are bold, wrapped; a filter finds all rows."""
        room = max(20, self.size.width - _MARGINS - column - len(right) - 2)
        gap = " " * max(1, column - len(head))
        for number, row in enumerate(wrap(text, room) or [""]):
            start = " " * column if number else f"{head}{gap}"
            spans = () if number else ((2, strong or len(head), "strong"),)
            yield Line(f"{start}{row}", "" if number else right, words=f"{head} {text} {words}", spans=spans)


class MessagesScreen(PanelScreen):
    """The messages of this session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Messages")

    def on_mount(self) -> None:
        """Write the rows."""
        lines = [
            Line(f"{message.at:%H:%M:%S}  {message.text}", kind="problem" if message.problem else "plain")
            for message in reversed(self.session.messages)
        ]
        self.put(lines or [Line("No messages yet", kind="dim")])
