"""The process that Textual runs in: signals (leave cleanly, stop, resume), environment variables, memory.

Memory is kept from growing by few pools for the C library, and by no widgets that a cache of Textual keeps.
glibc gives threads pools of their own ("arenas", up to eight for each processor). The reader has about ten
threads; what one of them frees stays in its arena and is not used by the others. Under random keys the
memory in use fell while what was free but held grew. The lock that Python's threads share makes more arenas
of little use here. One run each with the same seed, proportional memory at 400 and at 1,600 random keys:
49.2 and 59.1 MiB (1.20x) without the limit, 47.7 and 52.1 MiB (1.09x) with it. In half an hour of random
keys on a busy machine (45,040 keys) it grew to 1.24 times what it was after three minutes (4,671 keys); from
4,009 keys to 11,035 to 1.05 times where what was free was given back every half minute, else to 1.09 times.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache

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


_ARENA_MAX = -8
"""M_ARENA_MAX of <malloc.h>."""
_ARENAS = 2


def limit_arenas() -> bool:
    """Let all threads share a few arenas, where the C library is glibc; to be called before there are any.

    False where nothing was changed: on other systems, and where MALLOC_ARENA_MAX says what the user wants.
    """
    if "MALLOC_ARENA_MAX" in os.environ or not _has_glibc():
        return False
    return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS))


def return_memory() -> bool:
    """Give back to the system what the C library holds and nothing uses; takes some milliseconds.

    False where it cannot be told to: on other systems than those with glibc (malloc_trim(3)).
    """
    return _has_glibc() and bool(ctypes.CDLL(None).malloc_trim(0))


def _has_glibc() -> bool:
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, OSError, ValueError):
        return False


_KEPT = 1024


def let_go_of_removed_widgets() -> None:
    """Cache the colours of borders by the colours alone.

    `StylesCache.get_inner_outer` is a method under `lru_cache`, so each key of that cache keeps the styles
    cache of a widget alive, and with it every line the widget drew last: those of 1,024 widgets stay in
    memory after their screens are closed.
    """
    known = vars(StylesCache).get("get_inner_outer")
    if (whole := getattr(known, "__wrapped__", None)) is not None and not isinstance(known, staticmethod):
        by_colours = lru_cache(_KEPT)(partial(whole, StylesCache))
        StylesCache.get_inner_outer = staticmethod(by_colours)  # type: ignore[method-assign, assignment]
