"""The user's settings as a subcommand needs them, with what the command line overrides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedread.settings import Settings


def load(ner_model: str | None = None) -> Settings:
    """The settings, with the entity engine named on the command line; raises SettingsError."""
    from seedread import settings

    loaded = settings.load()
    if not ner_model:
        return loaded
    # A path is meant from here, not from wherever a child process runs.
    path = Path(ner_model).expanduser()
    name = str(path.resolve()) if path.is_dir() else ner_model
    return replace(loaded, engine=replace(loaded.engine, ner_model=name))
