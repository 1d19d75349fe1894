"""The user's settings as a subcommand needs them, with what the command line overrides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seedread_index.settings import EngineSettings


@dataclass(frozen=True, slots=True)
class Preferences:
    """Stands in until the settings file is read: the engine's defaults."""

    engine: EngineSettings


def load(ner_model: str | None = None) -> Preferences:
    """The settings, with the entity engine named on the command line."""
    engine = EngineSettings()
    return Preferences(replace(engine, ner_model=ner_model) if ner_model else engine)
