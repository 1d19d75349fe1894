"""Signals and environment: leaving cleanly, stopping and resuming, variables that mislead Textual."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


_ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_colourless = False


def prepare_environment(*, cells: bool = True) -> None:
    """Drop what would mislead Textual; to be called before the app is made.

    COLUMNS and LINES would fix the size, and an empty NO_COLOR means nothing. With `cells`,
    our driver leaves out colours instead of Textual, which makes the terminal's own colours black on black.
    """
    global _colourless  # noqa: PLW0603 - there is one environment
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    if cells and "NO_COLOR" in os.environ:
        del os.environ["NO_COLOR"]
        _colourless = True


def colourless() -> bool:
    """Whether the user wants no colours, and the driver has to see to it."""
    return _colourless


def install(
    app: App[Any], *, stop: Callable[[], None] | None = None, resume: Callable[[], None] | None = None
) -> None:
    """Leave cleanly on a signal, and stop and resume as given; needs the running event loop.

    The handlers run between the steps of the loop, so that they never meet a frame half drawn. A signal that
    was ignored at the start (as `nohup` has it) stays ignored.
    """
    loop = asyncio.get_running_loop()
    for number in _ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, _leave, app, number)
    if stop is not None:
        loop.add_signal_handler(signal.SIGTSTP, stop)
    if resume is not None:
        loop.add_signal_handler(signal.SIGCONT, resume)


def release() -> None:
    """Let signals end the process at once, now that the terminal is given back."""
    loop = asyncio.get_running_loop()
    for number in _ENDS:
        loop.remove_signal_handler(number)


def _leave(app: App[Any], number: signal.Signals) -> None:
    """Exit with the code of the signal; one that comes before the terminal is given back changes nothing."""
    app.exit(return_code=128 + number)


def stop_process_group() -> None:
    """Stop this process and those it was started with, as Ctrl-Z does; comes back when continued.

    Where no shell could continue it, as in a window of its own, the system does not stop it.
    """
    handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, handler)
