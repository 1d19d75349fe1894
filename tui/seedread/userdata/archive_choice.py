"""Which archive a command or the app works on, and the list of archives that were opened before."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from seedread.userdata.session_state import state_root
from seedread_index.files.user_files import read_whole, replace_file
from seedread_index.model.errors import ArchiveError, typed_root
from seedread_index.server_address import is_address
from seedread_index.text.sanitize import clean_line

ENVIRONMENT = "SEEDREAD_ARCHIVE"
"""Names folders or files, separated as in PATH."""

_KEPT = 20


class Origin(StrEnum):
    """Where the choice of an archive came from."""

    NAMED = "named"
    ENVIRONMENT = "environment"
    LAST = "last"
    SEEDS = "seeds"


@dataclass(frozen=True, slots=True)
class Source:
    """The roots of an archive and who chose them."""

    roots: tuple[Path, ...]
    origin: Origin


def choose(named: Sequence[str], *, environ: Mapping[str, str] | None = None) -> Source:
    """The archive to work on: the named paths, the environment's, the last one opened, the seeds.

    Raises ArchiveError for an empty name.
    """
    if "" in named:
        raise ArchiveError("the name of the archive is empty", "use . for the current folder")
    if named:
        return Source(tuple(Path(path) for path in named), Origin.NAMED)
    from_environment = (os.environ if environ is None else environ).get(ENVIRONMENT, "")
    if is_address(from_environment):  # which holds what separates paths
        return Source((Path(from_environment),), Origin.ENVIRONMENT)
    if paths := [path for path in from_environment.split(os.pathsep) if path]:
        return Source(tuple(Path(path) for path in paths), Origin.ENVIRONMENT)
    for roots in recent():
        if all(is_address(str(root)) or os.path.exists(root) for root in roots):
            return Source(roots, Origin.LAST)
    return Source((bundled_seeds(),), Origin.SEEDS)


def unasked(source: Source) -> str:
    """Which archive is used where none was asked for; empty where -C or the environment chose it."""
    if source.origin is Origin.SEEDS:
        return "no archive given; using the bundled samples (choose one with -C PATH)"
    if source.origin is Origin.LAST:
        used = " ".join(shlex.quote(typed_root(str(root))) for root in source.roots)
        return f"no archive given; using the last one opened, {used} (choose one with -C PATH)"
    return ""


def bundled_seeds() -> Path:
    """The folder of bundled articles: in the installed package, else in the checkout. Raises ArchiveError."""
    from importlib import resources

    packaged = Path(str(resources.files("seedread") / "seeds"))
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "seeds"
    if checkout.is_dir():
        return checkout
    raise ArchiveError("the bundled articles are not installed", "give a folder of articles: seedread PATH")


def is_example(roots: Sequence[Path]) -> bool:
    """Whether these are the bundled articles."""
    try:
        return [root.resolve() for root in roots] == [bundled_seeds().resolve()]
    except ArchiveError:
        return False


def recent() -> list[tuple[Path, ...]]:
    """The archives opened before, the last one first; a list that cannot be read counts as empty."""
    try:
        stored = json.loads(read_whole(_recent_file()))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(stored, list):
        return []
    return [
        tuple(Path(path) for path in roots)
        for roots in stored
        if isinstance(roots, list) and roots and all(isinstance(path, str) for path in roots)
    ]


def remember(roots: Sequence[Path]) -> None:
    """Put an archive at the head of the list; a state folder that cannot be written is left alone."""
    opened = tuple(sorted(root if is_address(str(root)) else root.expanduser().resolve() for root in roots))
    kept = [opened, *(other for other in recent() if other != opened)][:_KEPT]
    with contextlib.suppress(OSError):
        replace_file(
            _recent_file(),
            json.dumps([[typed_root(str(root)) for root in entry] for entry in kept], indent=1),
        )


def note(source: Source) -> None:
    """Remember an archive that the user chose, so not the bundled seeds."""
    if source.origin is not Origin.SEEDS:
        remember(source.roots)


def _recent_file() -> Path:
    return state_root() / "archives.json"


def archive_name(roots: Sequence[Path]) -> str:
    """A short name for an archive: its folder, how many more there are, or that it is the example."""
    if is_example(roots):
        return "example articles"
    names = [_name_of(root) for root in roots]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _name_of(root: Path) -> str:
    if not is_address(str(root)):
        root = root.expanduser().resolve()
    return clean_line(os.fsdecode(root.name)) or "/"
