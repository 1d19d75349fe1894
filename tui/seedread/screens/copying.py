"""Copying: to the terminal's clipboard, or into a file where there is none."""

from __future__ import annotations

import asyncio
import os

from seedread.screens.command_screen import CommandScreen
from seedread.screens.requests import CopyRequested
from seedread.terminal.external import osc52, to_file, to_tmux
from seedread_index.model.errors import SeedreadError


async def copy_text(screen: CommandScreen, text: str, what: str, *, source: str = " with the source") -> None:
    """Give a text to the terminal's clipboard, or keep it in a file where there is none.

    The message says `what` was copied and, in `source`, what with it.
    """
    sequence = osc52(text, os.environ) if screen.session.settings.clipboard != "file" else None
    if sequence is not None:
        screen.post_message(CopyRequested(sequence))
        await asyncio.to_thread(to_tmux, text, os.environ)
        screen.notify_user(f"Copied {what}{source}")
        return
    try:
        path = await asyncio.to_thread(to_file, text)
    except OSError as error:
        raise SeedreadError(f"cannot save {what}: {error}", "check the state folder") from error
    screen.notify_user(f"Saved {what}{source} to {path}")
