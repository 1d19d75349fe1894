"""Keeping memory from growing: few pools for the C library, and no widgets kept by a cache of Textual.

glibc gives threads pools of their own ("arenas", up to eight for each processor). The reader has about ten
threads; what one of them frees stays in its arena and is not used by the others. Under random keys the
memory in use fell while what was free but held grew. The lock that Python's threads share makes more arenas
of little use here. One run each with the same seed, proportional memory at 400 and at 1,600 random keys:
49.2 and 59.1 MiB (1.20x) without the limit, 47.7 and 52.1 MiB (1.09x) with it. In half an hour of random
keys on a busy machine (38,198 keys) it grew to 1.13 times what it was after three minutes.
"""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache, partial

from textual._styles_cache import StylesCache

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
