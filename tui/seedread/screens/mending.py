"""Corrections of entities by keys: merge, alias, split, retype, hide, undo."""

from __future__ import annotations

from seedread.screens.command_screen import Handlers

HANDLERS: Handlers = {}
