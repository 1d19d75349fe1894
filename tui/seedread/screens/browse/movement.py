"""The motions of the browse screen: rows in the list, lines and pages in the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from seedread.screens.command_screen import Call, Handlers

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

Motion = Callable[["BrowseScreen", Call], None]


def _both(in_list: Motion, in_reader: Motion) -> Motion:
    def move(screen: BrowseScreen, call: Call) -> None:
        (in_reader if screen.reading else in_list)(screen, call)

    return move


def _in_list(action: str) -> Motion:
    def move(screen: BrowseScreen, call: Call) -> None:
        getattr(screen.articles, f"action_{action}")(call.times)

    return move


def _in_reader(action: str) -> Motion:
    def move(screen: BrowseScreen, call: Call) -> None:
        getattr(screen.reader, f"action_{action}")(call.times)

    return move


def _to_row(last: bool) -> Motion:
    def move(screen: BrowseScreen, call: Call) -> None:
        total = screen.results.total if screen.results else 0
        row = total - 1 if last else 0
        screen.articles.cursor = row if call.count is None else min(call.count, total) - 1

    return move


def _to_top(screen: BrowseScreen, _call: Call) -> None:
    screen.leave_place()
    screen.reader.action_home()


def _to_bottom(screen: BrowseScreen, _call: Call) -> None:
    screen.leave_place()
    screen.reader.action_end()


HANDLERS: Handlers = {
    "down": _both(_in_list("cursor_down"), _in_reader("line_down")),
    "up": _both(_in_list("cursor_up"), _in_reader("line_up")),
    "first": _both(_to_row(last=False), _to_top),
    "last": _both(_to_row(last=True), _to_bottom),
    "page-down": _both(_in_list("page_down"), _in_reader("page_down")),
    "page-up": _both(_in_list("page_up"), _in_reader("page_up")),
    "half-down": _both(_in_list("half_page_down"), _in_reader("half_page_down")),
    "half-up": _both(_in_list("half_page_up"), _in_reader("half_page_up")),
    "screen-down": _in_reader("page_down"),
    "screen-up": _in_reader("page_up"),
}
