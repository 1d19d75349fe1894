"""Says what Whoosh raises over a damaged full text as an error that names the way out."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh import reading
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshError
from whoosh.index import IndexVersionError

from seedread_index.storage.plainly import DamagedError

_DAMAGE = (
    WhooshError,
    IndexVersionError,
    FileFormatError,
    getattr(reading, "CorruptIndexError", WhooshError),  # 2.7.4 has none
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    ImportError,
    OverflowError,
    TypeError,
)
"""What bytes that are not those once written make Whoosh raise: it trusts them all."""
HINT = "run `seedread index --repair` to build it again"


@contextmanager
def damage_said() -> Iterator[None]:
    """Raise DamagedError for anything that only a damaged index brings about."""
    try:
        yield
    except _DAMAGE as error:
        raise DamagedError("the full-text index is damaged", HINT) from error
