"""How the text is shown: width, highlighting, boilerplate, zen, the split, and what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedread.screens.browse.reading import open_row
from seedread.screens.command_screen import Call, Handlers
from seedread_index.model.article import NAMED_TYPES, EntityType

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

_WIDTH_STEP = 4
_SPLIT_STEP = 5
_CHOICES = {
    "p": EntityType.PERSON,
    "l": EntityType.PLACE,
    "o": EntityType.ORG,
    "g": EntityType.GROUP,
    "t": EntityType.TIME,
    "m": EntityType.MONEY,
    "e": EntityType.EVENT,
}


def boilerplate(screen: BrowseScreen, _call: Call) -> None:
    """Unfold or fold what is not the article's own text."""
    screen.reader.boilerplate_shown = not screen.reader.boilerplate_shown


def highlighting(screen: BrowseScreen, _call: Call) -> None:
    """Names and hits marked, or not."""
    screen.reader.highlight = not screen.reader.highlight
    screen.notify_user(f"highlighting {'on' if screen.reader.highlight else 'off'}")


def narrower(screen: BrowseScreen, call: Call) -> None:
    """A narrower text column."""
    _set_width(screen, -_WIDTH_STEP * call.times)


def wider(screen: BrowseScreen, call: Call) -> None:
    """A wider text column."""
    _set_width(screen, _WIDTH_STEP * call.times)


def _set_width(screen: BrowseScreen, change: int) -> None:
    reader = screen.reader
    now = min(reader.measure, max(20, reader.size.width - 2))
    reader.measure = max(20, min(400, now + change))
    screen.session.place.measure = reader.measure
    screen.notify_user(f"text {reader.measure} columns wide")


def types(screen: BrowseScreen, call: Call) -> None:
    """Choose which types of names are marked, by a letter each; Enter or another key ends."""
    if call.argument:
        wanted = {name for word in call.argument.split() for name in EntityType if name.startswith(word)}
        screen.reader.types_shown = frozenset(wanted)
        screen.notify_user(legend(screen))
        return

    def toggle(key: str) -> None:
        reader = screen.reader
        if key == "T":
            everything = frozenset(_CHOICES.values())
            reader.types_shown = frozenset(NAMED_TYPES) if reader.types_shown >= everything else everything
        elif key in _CHOICES:
            reader.types_shown ^= {_CHOICES[key]}
        else:
            screen.notify_user("")
            return
        screen.notify_user(legend(screen))
        screen.take_key(toggle)

    screen.notify_user(legend(screen))
    screen.take_key(toggle)


def legend(screen: BrowseScreen) -> str:
    """The types with their letters; the ones that are marked stand in brackets."""
    shown = screen.reader.types_shown
    words = (f"[{key} {name}]" if name in shown else f"{key} {name}" for key, name in _CHOICES.items())
    return f"{' '.join(words)} T all"


async def zen(screen: BrowseScreen, call: Call) -> None:
    """Nothing but the text, and back; from the list the article under the cursor is opened."""
    if not screen.zen and not screen.reading:
        await open_row(screen, call)
        if not screen.reading:
            screen.notify_user("there is no article here")
            return
    screen.zen = not screen.zen


def narrower_list(screen: BrowseScreen, call: Call) -> None:
    """Less room for the list."""
    screen.split = max(10, screen.split - _SPLIT_STEP * call.times)


def wider_list(screen: BrowseScreen, call: Call) -> None:
    """More room for the list."""
    screen.split = min(90, screen.split + _SPLIT_STEP * call.times)


HANDLERS: Handlers = {
    "boilerplate": boilerplate,
    "highlighting": highlighting,
    "narrower-text": narrower,
    "wider-text": wider,
    "types": types,
    "zen": zen,
    "narrower-list": narrower_list,
    "wider-list": wider_list,
}
