"""Reading the pickled parts of a Whoosh index with the few classes that they need, and no others."""

from __future__ import annotations

import pickle
from collections import defaultdict
from typing import Any

from whoosh.codec import whoosh3
from whoosh.filedb import structfile

_StructFile: Any = structfile.StructFile
_CLASSES: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
    ("builtins", "set"): set,
}
_CODEC = "_Codec"
"""The class of ours that segments name: by its name alone, since modules may move."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class that an index may name; anything else is refused before it is imported."""
        if module.startswith("seedread_index.") and name == _CODEC:
            from seedread_index.engines.whoosh import segment_writer

            return segment_writer._Codec
        if (known := _CLASSES.get((module, name))) is None:
            raise pickle.UnpicklingError(f"an index holds no {module}.{name}")
        return known


class IndexFile(_StructFile):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's file, except that what is pickled in it cannot name classes that an index does not need."""

    def read_pickle(self) -> Any:
        """The pickled object at the current place."""
        return _Unpickler(self.file).load()
