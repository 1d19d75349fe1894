"""What reading depends on beside the files: settings, rules, libraries for formats; the rules of names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from seedread_index import extract
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.files import reconsider, reconsider_root
from seedread_index.model import versions
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.installation import READ_WITH, is_installed

_READING, _FORMATS, _DAY_FIRST = "reading", "formats", "day_first"
_RULES = (".py", ".txt", ".tsv", ".json")


def reconsider_changed(catalogue: Catalogue, settings: EngineSettings) -> None:
    """Have all read again after a change of these, in a transaction; skipped files alone where only what
    they may lack has changed: libraries, or time."""
    by_program, formats = _reading(settings), f"{_formats()} {settings.file_time_limit:g} s"
    known = catalogue.meta(_READING), catalogue.meta(_FORMATS)
    if known == (by_program, formats):
        return
    same_rules = known[0] == by_program
    if known[0] is not None and (not same_rules or known[1] != formats):
        reconsider(catalogue, skipped_only=same_rules)
    catalogue.set_meta(_READING, by_program)
    catalogue.set_meta(_FORMATS, formats)


def reconsider_dates(catalogue: Catalogue, settings: EngineSettings, roots: Mapping[int, bytes]) -> None:
    """Have the roots (paths by number) read again whose `day_first` has changed, in a transaction."""
    leading = {number for number, path in roots.items() if settings.of_archive(path)[1].day_first}
    changed = leading.symmetric_difference(json.loads(catalogue.meta(_DAY_FIRST) or "[]"))
    for number in changed:
        reconsider_root(catalogue, number)
    if changed:
        catalogue.set_meta(_DAY_FIRST, json.dumps(sorted(leading)))


def rules_fingerprint() -> str:
    """The fingerprint of mentions that rules alone found."""
    return f"rules-{versions.ANNOTATION_RULES}"


def _reading(settings: EngineSettings) -> str:
    return json.dumps(
        [
            _program(),
            sorted(settings.json_fields.items()),
            settings.max_inflated_size,
            *([list(settings.include)] if settings.include else []),
            *(["chapters"] if settings.epub_chapters else []),
        ]
    )


def _program() -> str:
    """A hash of the rules of extraction: the contents of their modules and data files."""
    hashed = hashlib.blake2b(digest_size=16)
    home = Path(extract.__file__).parent
    for path in sorted(path for path in home.rglob("*") if path.suffix in _RULES):
        hashed.update(f"{path.relative_to(home)}\0".encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def _formats() -> str:
    return " ".join(filter(is_installed, READ_WITH))
