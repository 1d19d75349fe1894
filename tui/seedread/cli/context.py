"""What a subcommand works with: options, standard output and standard error, settings, exit codes."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedread.cli.streams.stderr import Messages
from seedread.cli.streams.stdout import Output, Painter

if TYPE_CHECKING:
    from seedread.userdata.settings import Settings

FOUND = 0
NOTHING = 1
USAGE = 2
INCOMPLETE = 5
"""Not all was done for want of memory or, in `index`, since a reading process crashed: to be run again."""
INTERRUPTED = 130
READER_GONE = 141
FAULT = 70


@dataclass(frozen=True, slots=True)
class Context:
    """One run of a subcommand."""

    options: argparse.Namespace
    out: Output
    messages: Messages
    paint: Painter


def load_settings(
    ner_model: str | None = None, cache: str | None = None, *, private: bool = False
) -> Settings:
    """The settings, with the entity engine, cache and privacy of the command line; raises SettingsError."""
    from seedread.userdata import settings

    loaded = settings.load()
    if private:
        loaded = replace(loaded, private=True)
    if cache:
        named = os.path.abspath(os.path.expanduser(cache))
        loaded = replace(loaded, engine=replace(loaded.engine, cache=named))
    if not ner_model:
        return loaded
    # A path is meant from here, not from wherever a child process runs.
    path = os.path.expanduser(ner_model)
    name = os.path.realpath(path) if os.path.isdir(path) else ner_model
    return replace(loaded, engine=replace(loaded.engine, ner_model=name))
