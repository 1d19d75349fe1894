"""Which entity engines are installed, found by their files alone: spaCy is not imported here."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seedread_index.entities.checksums import PINNED
from seedread_index.errors import ModelError

RULES = "rules"
"""The name of the engine that needs no model."""

_HINT = 'Install the extra "entities" (pip install "seedread[entities]"), or set ner_model = "rules".'
_hashes: dict[tuple[str, int, int], str] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """A spaCy pipeline on disk; `checksums` holds the sha256 of each file to load, None for a user's own."""

    name: str
    lang: str
    folder: Path
    fingerprint: str
    checksums: Mapping[str, str] | None

    def verify(self) -> None:
        """Compare every file that spaCy loads with its known hash; ModelError names one that differs."""
        for relative, expected in (self.checksums or {}).items():
            path = self.folder / relative
            if not path.is_file() or sha256(path) != expected:
                raise ModelError(
                    f"The model {self.name} is not the one this program was made for: {relative} differs.",
                    f"It may have been altered; reinstall it, or set ner_model. Folder: {self.folder}",
                )


def find_engine(name: str | None) -> Engine:
    """The engine of that name or path, None: the best pinned one. Raises ModelError where it is missing."""
    if importlib.util.find_spec("spacy") is None:
        raise ModelError("spaCy is not installed.", _HINT)
    if name is None:
        for pinned in PINNED:
            if (folder := _package_folder(pinned.package, pinned.version)) is not None:
                return Engine(pinned.name, "en", folder, pinned.name, pinned.files)
        raise ModelError("No entity model is installed.", _HINT)
    for pinned in PINNED:
        if name in (pinned.name, pinned.short, pinned.package):
            folder = _package_folder(pinned.package, pinned.version)
            if folder is None:
                raise ModelError(f"The package {pinned.package}=={pinned.version} is not installed.", _HINT)
            return Engine(pinned.name, "en", folder, pinned.name, pinned.files)
    return _own(name)


def available(name: str | None = None) -> str:
    """The fingerprint of the engine that `load_model(name)` would give, "rules" where there is none."""
    if name == RULES:
        return RULES
    try:
        return find_engine(name).fingerprint
    except ModelError:
        return RULES


def verify(name: str | None = None) -> str:
    """Verify the files of the engine of that name; its fingerprint. Raises ModelError."""
    if name == RULES:
        return RULES
    engine = find_engine(name)
    engine.verify()
    return engine.fingerprint


def _own(name: str) -> Engine:
    """A user's own pipeline, a folder or an installed package; its fingerprint has its weights' hash."""
    path = Path(name).expanduser()
    # os.path.isfile, for a name can be too long for a path.
    folder = path if os.path.isfile(path / "config.cfg") else _package_folder(name, None)
    if folder is None:
        raise ModelError(
            f"There is no spaCy pipeline called {name}.",
            "ner_model is a folder with a config.cfg, or an installed package.",
        )
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ModelError(f"The pipeline {name} has no readable meta.json.", str(problem)) from problem
    title = f"{meta.get('lang', 'xx')}_{meta.get('name', 'pipeline')}-{meta.get('version', '0')}"
    return Engine(title, str(meta.get("lang", "xx")), folder, f"{title}-{_weights_hash(folder)}", None)


def _weights_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (
            path.name in ("model", "cfg", "moves", "config.cfg") or "ruler" in path.as_posix()
        ):
            digest.update(f"{path.relative_to(folder)}\0{sha256(path)}\n".encode())
    return digest.hexdigest()[:12]


def _package_folder(package: str, version: str | None) -> Path | None:
    """The folder of a pipeline inside an installed package, which is never imported."""
    try:
        distribution = importlib.metadata.distribution(package)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
    if version is not None and distribution.version != version:
        return None
    for file in distribution.files or ():
        if file.name == "config.cfg":
            return Path(str(distribution.locate_file(file))).parent
    return None


def sha256(path: Path) -> str:
    """The sha256 of a file, in hex; remembered within the process while size and time stay the same."""
    stat = path.stat()
    known = (str(path), stat.st_size, stat.st_mtime_ns)
    if known not in _hashes:
        with path.open("rb") as file:
            _hashes[known] = hashlib.file_digest(file, "sha256").hexdigest()
    return _hashes[known]
