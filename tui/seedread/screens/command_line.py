"""The `:` line: every command by its name, with completion of names and of what they take."""

from __future__ import annotations

import asyncio
import difflib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from seedread.actions.command_table import BY_NAME, Group
from seedread.actions.handlers import Call
from seedread.screens.command_screen import CommandScreen
from seedread.userdata.settings import THEMES
from seedread.userdata.sources import recent
from seedread_index.model.article import EntityType
from seedread_index.model.errors import SeedreadError
from seedread_index.model.search_request import Sort

_QUERIES = frozenset({"search", "filter", "search-selection", "exclude-selection"})
_MOST_COMPLETIONS = 12


async def ask_for_command(screen: CommandScreen, call: Call) -> None:
    """Ask for a command and run it."""
    line = call.argument or await screen.ask(
        ":", complete=lambda text: completions(screen, text), history=screen.session.commands
    )
    if line is None or not line.strip():
        return
    screen.session.commands.append(line)
    name, argument = split(line)
    screen.release_keys()  # it is that command's turn, not this one's: what cancels would cancel this
    screen.call_command(Call(name, argument=argument))


def split(line: str) -> tuple[str, str]:
    """The command's name and its argument; a prefix of only one name is enough.

    Raises SeedreadError when there is no such command.
    """
    typed, _, argument = line.strip().partition(" ")
    names = runnable()
    typed = typed.rstrip("!")  # the habit of :q!
    if typed not in names:
        beginning = [name for name in names if name.startswith(typed)]
        if len(beginning) != 1:
            near = beginning or difflib.get_close_matches(typed, names, n=3)
            hint = f"did you mean {' or '.join(near[:4])}?" if near else "? lists the commands"
            raise SeedreadError(f"there is no command {typed}", hint)
        typed = beginning[0]
    return typed, argument.strip()


def runnable() -> list[str]:
    """The names that may be typed: all but those of the keys of an input line."""
    inner = ("run", "complete", "older", "newer", "history-search", "input-help", "input-back")
    return [name for name, each in BY_NAME.items() if each.group is not Group.EDIT and name not in inner]


async def completions(screen: CommandScreen, text: str) -> Sequence[str]:
    """What Tab completes a line to."""
    name, space, argument = text.partition(" ")
    if not space:
        return [each for each in runnable() if each.startswith(name) and each in screen.handlers]
    return [f"{name} {each}" for each in await _arguments(screen, name, argument)]


async def _arguments(screen: CommandScreen, name: str, argument: str) -> Sequence[str]:
    if name in _QUERIES:
        archive = screen.session.archive
        found = await asyncio.to_thread(archive.complete, argument, len(argument), _MOST_COMPLETIONS)
        return [f"{argument[: each.start]}{each.text}{argument[each.end :]}" for each in found]
    if name == "open":
        return await asyncio.to_thread(folders, argument)
    known = {"theme": THEMES, "sort": get_args(Sort), "types": tuple(EntityType), "retype": tuple(EntityType)}
    return [each for each in known.get(name, ()) if each.startswith(argument)]


def folders(typed: str) -> list[str]:
    """Recent archives, then the folders that complete a path."""
    known = [str(roots[0]) for roots in recent() if len(roots) == 1 and str(roots[0]).startswith(typed)]
    base = Path(typed).expanduser()
    parent, start = (base, "") if typed.endswith("/") else (base.parent, base.name)
    try:
        with os.scandir(parent) as entries:
            inside = sorted(
                os.path.join(parent, entry.name) + "/"
                for entry in entries
                if entry.name.startswith(start) and (start or entry.name[0] != ".") and entry.is_dir()
            )
    except OSError:
        inside = []
    return list(dict.fromkeys([*known, *inside]))[:_MOST_COMPLETIONS] if typed else known[:_MOST_COMPLETIONS]
