"""The keys that the user chose, conflicts among them, and the bindings and printed table that follow."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from seedread.actions.command_table import BY_NAME, COMMANDS, Command, Group, Place

if TYPE_CHECKING:
    from textual.binding import BindingType

COUNT_DIGITS = "0123456789"
UNBOUND = "unbound"
"""No key's name: it stands for the keys that a user may choose for a command without any."""
_SHOWN = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_FUNCTION = frozenset(f"f{number}" for number in range(1, 25))
_MOVING = frozenset({"up", "down", "left", "right", "home", "end", "insert", "delete", "pageup", "pagedown"})
_PLAIN = frozenset({"space", "enter", "escape", "tab", "backspace"})
_WITH_CTRL = frozenset("abcdefgjklnopqrstuvwxyz@]_^\\") | {"backslash", "circumflex_accent", "underscore"}
"""Ctrl-H, Ctrl-I and Ctrl-M come as Backspace, Tab and Enter."""


class Chosen(Protocol):
    """The keys that a user chose for a command, and the line of the settings."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def line(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why the chosen keys are refused, and the line of the settings."""

    message: str
    hint: str
    line: int


def canonical(key: str) -> str:
    """One spelling of a key: "question_mark" becomes "?", "space" stays a name."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if len(last) > 1 and last not in _PLAIN | _MOVING:
        try:
            last = unicodedata.lookup(last.replace("_", " ").upper())
        except KeyError:
            last = last.lower()
    if last == " ":
        last = "space"
    return "+".join([*(modifier.lower() for modifier in modifiers), last])


def sendable(key: str) -> bool:
    """Whether a terminal can send a key, by its canonical name."""
    *modifiers, last = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
    pressed = frozenset(modifiers)
    if not pressed:
        return last in _PLAIN | _MOVING | _FUNCTION or (len(last) == 1 and last.isprintable())
    if len(pressed) != len(modifiers) or not pressed <= {"shift", "ctrl", "alt"}:
        return False
    if last in _MOVING | _FUNCTION:
        return True
    return (pressed == {"ctrl"} and last.lower() in _WITH_CTRL) or (pressed == {"shift"} and last == "tab")


def shown(key: str, *, ascii_only: bool = False) -> str:
    """A key as help prints it: Ctrl-F, Space, ?."""
    key = canonical(key)
    if key in _SHOWN:
        name = _SHOWN[key]
        return key.capitalize() if ascii_only and not name.isascii() else name
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def keys_of(command: Command, chosen: Mapping[str, Chosen]) -> tuple[str, ...]:
    """The keys of a command: the user's where there are some, else the default ones that are left to it."""
    mine = chosen.get(command.name)
    if mine is not None:
        return tuple(map(canonical, mine.keys))
    lost = taken_keys(command, chosen) if chosen else {}
    return tuple(key for key in map(canonical, command.keys) if key not in lost)


def first_key(name: str, chosen: Mapping[str, Chosen], *, ascii_only: bool = False) -> str:
    """The first key of a command as help prints it; empty where it has none."""
    keys = keys_of(BY_NAME[name], chosen)
    return shown(keys[0], ascii_only=ascii_only) if keys else ""


def taken_keys(command: Command, chosen: Mapping[str, Chosen]) -> dict[str, str]:
    """The default keys of a command that the user gave to others in the same place, with their names."""
    if command.name in chosen:
        return {}
    near = _reached_with(command.name)
    return {
        key: name
        for name, choice in chosen.items()
        if name in near
        for key in map(canonical, choice.keys)
        if key in map(canonical, command.keys)
    }


@cache
def _reached_with(name: str) -> frozenset[str]:
    """The commands that keys reach in some place where they reach this one."""
    places = [[command.name for command in reachable(place)] for place in Place]
    return frozenset(other for names in places if name in names for other in names)


_WHERE = {
    Place.LIST: "in the results",
    Place.READER: "in the text",
    Place.ENTITIES: "in the list of names",
    Place.CARD: "on the card of a name",
    Place.FACETS: "in the facets",
}


def elsewhere(key: str, chosen: Mapping[str, Chosen], *, ascii_only: bool = False) -> str:
    """Where a key has a command: "a (Note) works in the text"; empty where it has none anywhere."""
    key = canonical(key)
    for place, words in _WHERE.items():
        for command in commands_in(place):
            if key in keys_of(command, chosen):
                return f"{shown(key, ascii_only=ascii_only)} ({command.description}) works {words}"
    return ""


_WAYS_OUT = frozenset({"help", "back"})


def hint(
    pairs: Iterable[tuple[str, str]],
    chosen: Mapping[str, Chosen],
    *,
    ascii_only: bool = False,
    room: int | None = None,
) -> str:
    """A line of keys: for each (command's name, what it is good for) the first key with those words.

    Where they do not fit into `room` cells, the last of them are left out, but not help and the way back.
    """
    keys = [(name, first_key(name, chosen, ascii_only=ascii_only), words) for name, words in pairs]
    shown_keys = [(name, f"{key} {words}") for name, key, words in keys if key]
    while room is not None and len("  ".join(text for _, text in shown_keys)) > room:
        spare = [at for at, (name, _) in enumerate(shown_keys) if name not in _WAYS_OUT]
        if not spare:
            break
        del shown_keys[spare[-1]]
    return "  ".join(text for _, text in shown_keys)


def commands_in(place: Place) -> tuple[Command, ...]:
    """The commands of a place itself, in the order of help."""
    return tuple(command for command in COMMANDS if place in command.places)


def reachable(place: Place) -> tuple[Command, ...]:
    """The commands that a key reaches in a place: its own, and those that work anywhere."""
    if place is Place.INPUT:
        return commands_in(place)
    return commands_in(place) + tuple(
        command for command in commands_in(Place.ANYWHERE) if place not in command.places
    )


def conflict(chosen: Mapping[str, Chosen]) -> Conflict | None:
    """The first conflict of the chosen keys: an unknown name, a refused key, a key that means two things.

    A key that is another command's by default means what the user chose.
    """
    for name, choice in chosen.items():
        if name not in BY_NAME:
            return Conflict(f"unknown command {name!r}", "seedread keys lists them", choice.line)
        for key in map(canonical, choice.keys):
            if not sendable(key):
                message = f"no terminal sends the key {key!r}"
                return Conflict(message, 'write it like "n", "N", "ctrl+n", "f3" or "pagedown"', choice.line)
            if key in COUNT_DIGITS:
                return Conflict(f"{key} is reserved for counts", "choose another key", choice.line)
    for place in Place:
        taken: dict[str, Command] = {}
        for command in reachable(place):
            for key in keys_of(command, chosen):
                other = taken.setdefault(key, command)
                if other is not command and other.name in chosen and command.name in chosen:
                    return _between(key, place, other, command, chosen)
    return None


def _between(key: str, place: Place, one: Command, two: Command, chosen: Mapping[str, Chosen]) -> Conflict:
    lines = [chosen[command.name].line for command in (one, two)]
    owners = [f"{command.name} (line {line})" for command, line in zip((one, two), lines, strict=True)]
    return Conflict(
        f"the key {key!r} means two things in the {place}: {owners[0]} and {owners[1]}",
        "give one of them another key",
        max(lines),
    )


def bindings(place: Place) -> list[BindingType]:
    """The bindings of a place; their action is `screen.do` with the command's name."""
    from textual.binding import Binding

    found: list[BindingType] = [
        Binding(
            _joined(command.keys or (UNBOUND,)),
            f"screen.do({command.name!r})",
            command.description,
            tooltip=command.tooltip,
            id=command.name,
            show=False,
            group=Binding.Group(command.group.value),
        )
        for command in commands_in(place)
    ]
    if place not in (Place.INPUT, Place.ANYWHERE):
        found += [
            Binding(digit, f"screen.digit({digit})", "Count", id=f"count-{digit}", show=False, system=True)
            for digit in COUNT_DIGITS
        ]
    return found


def overrides(chosen: Mapping[str, Chosen]) -> dict[str, str]:
    """The user's keys as Textual's keymap wants them, and what they leave to other commands."""
    left = {each.name: keys_of(each, chosen) for each in COMMANDS if taken_keys(each, chosen)}
    return {name: _joined(choice.keys) for name, choice in chosen.items()} | {
        name: _joined(keys or (UNBOUND,)) for name, keys in left.items()
    }


def _joined(keys: Sequence[str]) -> str:
    return ",".join("comma" if key == "," else key for key in map(canonical, keys))


def lost_note(command: Command, chosen: Mapping[str, Chosen]) -> str:
    """What help adds where a command lost a key: " (your settings give F3 to next-hit)"."""
    lost = [f"{shown(key)} to {name}" for key, name in taken_keys(command, chosen).items()]
    return f" (your settings give {', '.join(lost)})" if lost else ""


def key_rows(chosen: Mapping[str, Chosen] | None = None) -> Iterator[tuple[Group, str, str, str, str]]:
    """Group, keys, places, name and what it does, for every command."""
    for group in Group:
        for command in COMMANDS:
            if command.group is group:
                keys = " ".join(shown(key) for key in keys_of(command, chosen or {}))
                places = ", ".join(command.places)
                yield group, keys, places, command.name, command.tooltip + lost_note(command, chosen or {})


def markdown_table(groups: Sequence[Group] = tuple(Group)) -> str:
    """The key map as the README prints it."""
    lines = []
    for group in groups:
        lines += [f"**{group}**", "", "| keys | where | `:` name | what it does |", "|---|---|---|---|"]
        for each, keys, places, name, tooltip in key_rows():
            if each is group:
                quoted = " ".join(f"`{_escaped(key)}`" for key in keys.split())
                lines.append(f"| {quoted or '–'} | {places} | `{name}` | {tooltip} |")
        lines.append("")
    return "\n".join(lines)


def _escaped(key: str) -> str:
    return key.replace("|", "\\|")
