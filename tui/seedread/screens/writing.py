"""Asks for a file to write, and before one is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from seedread.screens.command_screen import CommandScreen
from seedread.screens.prompt import Completer
from seedread_index.archive import clean_line


async def ask_for_file(
    screen: CommandScreen, given: str, label: str, check: Callable[[Path], object], complete: Completer
) -> Path | None:
    """The file to write: the one given, else asked for; None when it was left. Only inside a command.

    `check` raises SeedreadError for one that cannot be written. A file is replaced only if the user says so.
    """
    answer = given or await screen.ask(label, complete=complete)
    if not answer or not answer.strip():
        return None
    path = Path(answer.strip()).expanduser().absolute()
    check(path)
    if await asyncio.to_thread(path.is_file):
        sure = await screen.ask(f"{clean_line(path.name)} exists; replace it? (y or n): ")
        if (sure or "").strip().casefold() not in ("y", "yes"):
            screen.notify_user("Nothing written")
            return None
    return path
