"""A reader's own corrections of a shared archive, in the reader's file; nothing is written there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from seedread_index.files.user_files import exclusively
from seedread_index.linking.corrections_file import CorrectionsFile, unwritable
from seedread_index.model.correction import ArticleCorrection, Correction, ListedCorrection
from seedread_index.model.errors import ArchiveError

_HINT = "do it in an indexer's own archive, then publish again"


def add(path: Path, corrections: Sequence[Correction | ArticleCorrection]) -> str:
    """Add corrections of entities to a file, all or none; what they are, in words.

    Raises CorrectionError where one is wrong, and ArchiveError for those that only an indexer can make.
    """
    of_entities = []
    for each in corrections:
        if not isinstance(each, Correction):
            raise ArchiveError("a reader cannot correct the articles of a shared archive", _HINT)
        if each.do == "add":
            raise ArchiveError("a reader cannot add names to the articles of a shared archive", _HINT)
        of_entities.append(each)
    return _change(path, lambda file: "; ".join(str(file.add(each)) for each in of_entities))


def undo(path: Path, articles: Collection[str]) -> str:
    """Take the last correction out of a file, or the last of some articles: what it was; "" without one."""
    return _change(path, lambda file: str(file.undo(articles) or ""))


def listed(path: Path) -> tuple[ListedCorrection, ...]:
    """The corrections of articles in a file, none of which is applied. Raises CorrectionError."""
    articles = CorrectionsFile.load(path).articles
    return tuple(
        ListedCorrection(each, "only indexers correct articles of a shared archive") for each in articles
    )


def _change(path: Path, change: Callable[[CorrectionsFile], str]) -> str:
    """Change a file while no other session does."""
    try:
        with exclusively(path):
            file = CorrectionsFile.load(path)
            if changed := change(file):
                file.save()
            return changed
    except OSError as problem:
        raise unwritable(path, problem) from problem
