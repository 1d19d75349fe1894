"""The libraries of the extras `formats` and `parquet`, and what is read with each."""

from __future__ import annotations

import sys
from importlib.util import find_spec

ZSTANDARD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
"""A part of Python from 3.14 on; before, a library that gives the same names."""
READ_WITH = {
    "trafilatura": "HTML",
    "pypdfium2": "PDF",
    "yaml": "front matter",
    "lxml": "feeds, XML, EPUB, DOCX and ODT",
    "warcio": "web archives",
    "striprtf": "RTF",
    ZSTANDARD: "Zstandard",
    "pyarrow": "Parquet",
}
"""What is read with a library, by the module's name."""
PARQUET = "parquet"
"""The extra of the one library that is as large as all the others together."""


def extra_of(module: str) -> str:
    """The extra that brings a module."""
    return PARQUET if module == "pyarrow" else "formats"


def is_installed(module: str) -> bool:
    """Whether a module could be imported; nothing but the packages above it is."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
