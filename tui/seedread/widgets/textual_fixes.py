"""Fixes for faults of Textual, applied from outside before the app runs, each with its reason."""

from __future__ import annotations

from functools import lru_cache, partial

from textual._styles_cache import StylesCache

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
