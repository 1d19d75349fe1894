"""The commands that work on every screen, and the `:` line, which runs every command by its name.

The line completes names, and what the commands take.
"""

from __future__ import annotations

import asyncio
import difflib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from seedread.actions.command_table import BY_NAME, Group
from seedread.actions.handlers import Call, command
from seedread.screens import corrections
from seedread.screens.command_screen import CommandScreen
from seedread.screens.requests import (
    ArchiveRequested,
    BrowseCommandRequested,
    EntitiesRequested,
    FilesRequested,
    HelpRequested,
    LibraryRequested,
    MessagesRequested,
    RedrawRequested,
    SyncRequested,
)
from seedread.userdata.archive_choice import recent
from seedread.userdata.settings import THEMES
from seedread.wording import named_or_next
from seedread_index.model.article import EntityType
from seedread_index.model.errors import SeedreadError, typed_root
from seedread_index.model.results import Sort

_QUERIES = frozenset({"search", "filter", "search-selection", "exclude-selection"})
_MOST_COMPLETIONS = 12


class GlobalCommands:
    """What works on every screen; a screen may handle some of it in its own way."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    @command("command-line")
    async def ask_for_command(self, call: Call) -> None:
        """Ask for a command and run it."""
        await ask_for_command(self._screen, call)

    @command("help", "input-help")
    def show_help(self, call: Call) -> None:
        """Show the keys of the current place, or those that some words are about."""
        self._screen.post_message(HelpRequested(self._screen.place, self._screen.handlers, call.argument))

    @command("messages")
    def show_messages(self, _call: Call) -> None:
        """Show the messages so far."""
        self._screen.post_message(MessagesRequested())

    @command("files")
    def show_files(self, _call: Call) -> None:
        """Show what became of the files."""
        self._screen.post_message(FilesRequested())

    @command("library")
    def show_library(self, _call: Call) -> None:
        """Show all that is kept."""
        self._screen.post_message(LibraryRequested())

    @command("entities")
    def show_entities(self, _call: Call) -> None:
        """Show every person, place, organisation and group."""
        self._screen.post_message(EntitiesRequested())

    @command("back")
    def go_back(self, _call: Call) -> None:
        """Back to the screen below."""
        self._screen.dismiss(None)

    @command("redraw")
    def redraw(self, _call: Call) -> None:
        """Draw everything again, whatever the terminal shows."""
        self._screen.post_message(RedrawRequested())

    @command("suspend")
    def suspend(self, _call: Call) -> None:
        """Back to the shell until `fg`."""
        self._screen.app.action_suspend_process()

    @command("next-pane")
    def focus_next_pane(self, _call: Call) -> None:
        """Move the keyboard to the next pane."""
        self._screen.focus_next()

    @command("previous-pane")
    def focus_previous_pane(self, _call: Call) -> None:
        """Move the keyboard to the previous pane."""
        self._screen.focus_previous()

    @command("search-anew", "explain", "offer", "zen", "jump-back", "jump-forward")
    def run_in_browse_screen(self, call: Call) -> None:
        """Leave what is open and run the command in the browse screen."""
        self._screen.post_message(BrowseCommandRequested(call))

    @command("narrower-list", "wider-list")
    def refuse_to_split(self, _call: Call) -> None:
        """There is nothing to share the room with."""
        self._screen.notify_user("Only the list and the text can be resized")

    @command("refresh")
    def sync(self, _call: Call) -> None:
        """Look for new and changed files."""
        self._screen.post_message(SyncRequested())

    @command("theme")
    def choose_theme(self, call: Call) -> None:
        """The named theme, or the next one."""
        screen, app = self._screen, self._screen.app
        app.theme = named_or_next(call.argument, THEMES, app.theme, "theme")
        screen.notify_user(f'Theme {app.theme}; to keep it, put theme = "{app.theme}" in the settings')

    @command("undo")
    async def undo(self, call: Call) -> None:
        """Undo the last correction of entities or articles."""
        await corrections.undo(self._screen, call.times)

    @command("open")
    async def open_archive(self, call: Call) -> None:
        """Open another folder of articles."""
        path = call.argument or await self._screen.ask("Open: ", complete=_complete_folders)
        if path and path.strip():
            self._screen.post_message(ArchiveRequested((Path(path.strip()).expanduser(),)))


async def _complete_folders(typed: str) -> list[str]:
    return await asyncio.to_thread(folders, typed)


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
            on_key = [name for name in names if typed in BY_NAME[name].keys]
            near = (on_key or beginning or difflib.get_close_matches(typed, names))[:3]
            few = f"{', '.join(near[:-1])} or {near[-1]}" if near[1:] else "".join(near)
            hint = f"did you mean {few}?" if near else "? lists the commands"
            raise SeedreadError(f"unknown command {typed}", hint)
        typed = beginning[0]
    return typed, argument.strip()


def runnable() -> list[str]:
    """The names that may be typed: all but those of the keys of an input line."""
    inner = (
        "run",
        "complete",
        "older",
        "newer",
        "history-search",
        "input-help",
        "input-back",
        "input-offer",
        "input-facets",
    )
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
    known = [typed_root(str(roots[0])) for roots in recent() if len(roots) == 1]
    known = [root for root in known if root.startswith(typed)]
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
