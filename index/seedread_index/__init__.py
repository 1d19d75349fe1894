"""The index package: reads, indexes, searches and annotates folders of articles; knows no terminal.

Its public API is the names below, documented in docs/api.md. Each is imported when it is first used, so that
importing the package costs nothing. The modules `archive`, `model` and `files.user_files` are public too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seedread_index.archive import Archive
    from seedread_index.model import errors
    from seedread_index.model.article import Article, EntityType, Mention, Passage, PassageKind, Span
    from seedread_index.model.correction import ArticleCorrection, Correction, CorrectionResult
    from seedread_index.model.engine_settings import ArchiveSettings, EngineSettings
    from seedread_index.model.entity import Entity, EntityCard
    from seedread_index.model.results import Explanation, Hit, Matches, Offer, Results, SearchRequest, Snippet
    from seedread_index.model.status import Progress, Stage, Status, SyncReport

__all__ = [
    "Archive",
    "ArchiveSettings",
    "Article",
    "ArticleCorrection",
    "Correction",
    "CorrectionResult",
    "EngineSettings",
    "Entity",
    "EntityCard",
    "EntityType",
    "Explanation",
    "Hit",
    "Matches",
    "Mention",
    "Offer",
    "Passage",
    "PassageKind",
    "Progress",
    "Results",
    "SearchRequest",
    "Snippet",
    "Span",
    "Stage",
    "Status",
    "SyncReport",
    "errors",
]

_MODULES = {
    "archive": ("Archive",),
    "model.article": ("Article", "EntityType", "Mention", "Passage", "PassageKind", "Span"),
    "model.correction": ("ArticleCorrection", "Correction", "CorrectionResult"),
    "model.entity": ("Entity", "EntityCard"),
    "model.results": ("Explanation", "Hit", "Matches", "Offer", "Results", "SearchRequest", "Snippet"),
    "model.engine_settings": ("ArchiveSettings", "EngineSettings"),
    "model.status": ("Progress", "Stage", "Status", "SyncReport"),
}


def __getattr__(name: str) -> Any:
    """A public name, imported now."""
    if name == "errors":
        return import_module("seedread_index.model.errors")
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"seedread_index.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
