"""The user's settings as a subcommand needs them, with what the command line overrides."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedread.userdata.settings import Settings


def load(ner_model: str | None = None) -> Settings:
    """The settings, with the entity engine named on the command line; raises SettingsError."""
    from seedread.userdata import settings

    loaded = settings.load()
    if not ner_model:
        return loaded
    # A path is meant from here, not from wherever a child process runs.
    path = os.path.expanduser(ner_model)
    name = os.path.realpath(path) if os.path.isdir(path) else ner_model
    return replace(loaded, engine=replace(loaded.engine, ner_model=name))
