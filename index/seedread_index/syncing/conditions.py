"""What reading depends on beside the files: settings, the program's version, and libraries for formats."""

from __future__ import annotations

import json
import zlib
from importlib.util import find_spec
from pathlib import Path

from seedread_index import reading
from seedread_index.settings import EngineSettings
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.files import reconsider

_LIBRARIES = ("trafilatura", "pypdf", "yaml")
_READING, _FORMATS = "reading", "formats"


def reconsider_changed(catalogue: Catalogue, settings: EngineSettings) -> None:
    """Have all read again after a change of these, in a transaction; skipped files alone where only what
    they may lack has changed: libraries, or time."""
    by_program, formats = _reading(settings), f"{_formats()} {settings.file_time_limit:g} s"
    known = catalogue.meta(_READING), catalogue.meta(_FORMATS)
    if known == (by_program, formats):
        return
    if known[0] is not None:
        reconsider(catalogue, skipped_only=known[0] == by_program)
    catalogue.set_meta(_READING, by_program)
    catalogue.set_meta(_FORMATS, formats)


def _reading(settings: EngineSettings) -> str:
    return json.dumps([_program(), sorted(settings.json_fields.items()), settings.max_inflated_size])


def _program() -> int:
    """A sum over the modules of reading that another version of the program would not have."""
    home = Path(reading.__file__).parent
    sizes = sorted((str(path.relative_to(home)), path.stat().st_size) for path in home.rglob("*.py"))
    return zlib.crc32(json.dumps(sizes).encode())


def _formats() -> str:
    return " ".join(name for name in _LIBRARIES if find_spec(name) is not None)
