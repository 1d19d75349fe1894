"""The commands that work on every screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from seedread.screens.command_line import command_line, folders
from seedread.screens.command_screen import Call, CommandScreen, Handler, Handlers
from seedread.screens.entities import corrections
from seedread.screens.requests import ArchiveRequested, BrowseCommandRequested, RedrawRequested, SyncRequested
from seedread.userdata.settings import THEMES


def show_help(screen: CommandScreen, _call: Call) -> None:
    """The keys of the place one is in."""
    from seedread.screens.help import HelpScreen

    screen.app.push_screen(HelpScreen(screen.session, screen.place, screen.HANDLERS))


def show_messages(screen: CommandScreen, _call: Call) -> None:
    """What has been said so far."""
    from seedread.screens.messages import MessagesScreen

    screen.app.push_screen(MessagesScreen(screen.session))


def back(screen: CommandScreen, _call: Call) -> None:
    """Back to the screen below."""
    screen.dismiss(None)


def leave(screen: CommandScreen, _call: Call) -> None:
    """Quit."""
    screen.leave(0)


def redraw(screen: CommandScreen, _call: Call) -> None:
    """Draw everything anew, whatever the terminal shows."""
    screen.post_message(RedrawRequested())


def suspend(screen: CommandScreen, _call: Call) -> None:
    """Back to the shell until `fg`."""
    screen.app.action_suspend_process()


def next_pane(screen: CommandScreen, _call: Call) -> None:
    """The keyboard to the next pane."""
    screen.focus_next()


def previous_pane(screen: CommandScreen, _call: Call) -> None:
    """The keyboard to the previous pane."""
    screen.focus_previous()


def _below(name: str) -> Handler:
    """A command that leaves what is open and goes on in the browse screen."""

    def leave_for_it(screen: CommandScreen, call: Call) -> None:
        screen.post_message(BrowseCommandRequested(name, call))

    return leave_for_it


def no_split(screen: CommandScreen, _call: Call) -> None:
    """There is nothing to share the room with."""
    screen.notify_user("there is no split here; it is between list and text")


def cancel(screen: CommandScreen, _call: Call) -> None:
    """Cancel what is running; twice in a row quits."""
    if screen.cancelling:
        screen.leave(130)
        return
    stopped = screen.cancel_work()
    screen.notify_user("cancelled; Ctrl-C again quits" if stopped else "Ctrl-C again quits")
    screen.cancelling = True


def entities(screen: CommandScreen, _call: Call) -> None:
    """Every person, place, organisation and group."""
    from seedread.screens.entities.list_screen import EntitiesScreen

    screen.app.push_screen(EntitiesScreen(screen.session))


def refresh(screen: CommandScreen, _call: Call) -> None:
    """Look for new and changed files."""
    screen.post_message(SyncRequested())


def theme(screen: CommandScreen, call: Call) -> None:
    """The named theme, or the next one."""
    names = [name for name in THEMES if name.startswith(call.argument)]
    if not names:
        screen.notify_user(f"the themes are {', '.join(THEMES)}", problem=True)
        return
    now = screen.app.theme
    following = THEMES[(THEMES.index(now) + 1) % len(THEMES)] if now in THEMES else THEMES[0]
    screen.app.theme = names[0] if call.argument else following
    screen.notify_user(f'theme {screen.app.theme}; to keep it: theme = "{screen.app.theme}" in the settings')


async def open_archive(screen: CommandScreen, call: Call) -> None:
    """Open another folder of articles."""
    path = call.argument or await screen.ask("Open: ", complete=folders_completer)
    if path and path.strip():
        screen.post_message(ArchiveRequested((Path(path.strip()).expanduser(),)))


async def folders_completer(typed: str) -> list[str]:
    """Folders for what is typed."""
    return await asyncio.to_thread(folders, typed)


HANDLERS: Handlers = {
    "command-line": command_line,
    "refresh": refresh,
    "theme": theme,
    "undo": corrections.undo,
    "open": open_archive,
    **{name: _below(name) for name in ("search-anew", "explain", "zen", "jump-back", "jump-forward")},
    "narrower-list": no_split,
    "wider-list": no_split,
    "entities": entities,
    "cancel": cancel,
    "help": show_help,
    "input-help": show_help,
    "messages": show_messages,
    "back": back,
    "quit": leave,
    "redraw": redraw,
    "suspend": suspend,
    "next-pane": next_pane,
    "previous-pane": previous_pane,
}
