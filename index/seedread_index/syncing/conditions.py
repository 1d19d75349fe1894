"""What reading depends on beside the files: settings, the program's version, and libraries for formats."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from seedread_index.settings import EngineSettings
from seedread_index.storage.catalogue import Catalogue
from seedread_index.storage.files import reconsider

_LIBRARIES = ("trafilatura", "pypdf", "yaml")
_READING, _FORMATS = "reading", "formats"


def reconsider_changed(catalogue: Catalogue, settings: EngineSettings) -> None:
    """Have all read again after a change of these, skipped files after one of libraries; in a transaction."""
    reading, formats = _reading(settings), _formats()
    known = catalogue.meta(_READING), catalogue.meta(_FORMATS)
    if known == (reading, formats):
        return
    if known[0] is not None:
        reconsider(catalogue, skipped_only=known[0] == reading)
    catalogue.set_meta(_READING, reading)
    catalogue.set_meta(_FORMATS, formats)


def _reading(settings: EngineSettings) -> str:
    try:
        program = version("seedread")
    except PackageNotFoundError:
        program = ""
    return json.dumps([program, sorted(settings.json_fields.items()), settings.max_inflated_size])


def _formats() -> str:
    return " ".join(name for name in _LIBRARIES if find_spec(name) is not None)
