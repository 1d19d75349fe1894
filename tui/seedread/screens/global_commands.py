"""The commands that work on every screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedread.actions.handlers import Call, command
from seedread.screens import command_line
from seedread.screens.command_screen import CommandScreen
from seedread.screens.entities import corrections
from seedread.screens.requests import (
    ArchiveRequested,
    BrowseCommandRequested,
    EntitiesRequested,
    HelpRequested,
    MessagesRequested,
    RedrawRequested,
    SyncRequested,
)
from seedread.userdata.settings import THEMES


class GlobalCommands:
    """What works on every screen; a screen may handle some of it in its own way."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    @command("command-line")
    async def ask_for_command(self, call: Call) -> None:
        """Ask for a command and run it."""
        await command_line.ask_for_command(self._screen, call)

    @command("help", "input-help")
    def show_help(self, _call: Call) -> None:
        """Show the keys of the current place."""
        self._screen.post_message(HelpRequested(self._screen.place, self._screen.handlers))

    @command("messages")
    def show_messages(self, _call: Call) -> None:
        """Show the messages so far."""
        self._screen.post_message(MessagesRequested())

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

    @command("search-anew", "explain", "zen", "jump-back", "jump-forward")
    def run_in_browse_screen(self, call: Call) -> None:
        """Leave what is open and run the command in the browse screen."""
        self._screen.post_message(BrowseCommandRequested(call))

    @command("narrower-list", "wider-list")
    def refuse_to_split(self, _call: Call) -> None:
        """There is nothing to share the room with."""
        self._screen.notify_user("there is no split here; it is between list and text")

    @command("refresh")
    def sync(self, _call: Call) -> None:
        """Look for new and changed files."""
        self._screen.post_message(SyncRequested())

    @command("theme")
    def choose_theme(self, call: Call) -> None:
        """The named theme, or the next one."""
        screen, app = self._screen, self._screen.app
        names = [name for name in THEMES if name.startswith(call.argument)]
        if not names:
            screen.notify_user(f"the themes are {', '.join(THEMES)}", problem=True)
            return
        current = app.theme
        following = THEMES[(THEMES.index(current) + 1) % len(THEMES)] if current in THEMES else THEMES[0]
        app.theme = names[0] if call.argument else following
        screen.notify_user(f'theme {app.theme}; to keep it: theme = "{app.theme}" in the settings')

    @command("undo")
    async def undo(self, call: Call) -> None:
        """Undo the last correction of entities."""
        await corrections.undo(self._screen, call.times)

    @command("open")
    async def open_archive(self, call: Call) -> None:
        """Open another folder of articles."""
        path = call.argument or await self._screen.ask("Open: ", complete=_complete_folders)
        if path and path.strip():
            self._screen.post_message(ArchiveRequested((Path(path.strip()).expanduser(),)))


async def _complete_folders(typed: str) -> list[str]:
    return await asyncio.to_thread(command_line.folders, typed)
