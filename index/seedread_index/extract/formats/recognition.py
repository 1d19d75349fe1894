"""Which format a file is of: by its first bytes, then by its ending."""

from __future__ import annotations

import re
from enum import Enum, auto


class Format(Enum):
    """A format that can be read."""

    TEXT = auto()
    MARKDOWN = auto()
    WEB = auto()
    JSON = auto()
    JSON_LINES = auto()
    MAIL = auto()
    PDF = auto()
    BOOK = auto()
    COMPRESSED = auto()


_ENDINGS = {
    b".md": Format.MARKDOWN,
    b".markdown": Format.MARKDOWN,
    b".mdown": Format.MARKDOWN,
    b".html": Format.WEB,
    b".htm": Format.WEB,
    b".xhtml": Format.WEB,
    b".shtml": Format.WEB,
    b".json": Format.JSON,
    b".jsonl": Format.JSON_LINES,
    b".ndjson": Format.JSON_LINES,
    b".eml": Format.MAIL,
    b".mbox": Format.MAIL,
    b".pdf": Format.PDF,
    b".epub": Format.BOOK,
    b".gz": Format.COMPRESSED,
    b".bz2": Format.COMPRESSED,
    b".xz": Format.COMPRESSED,
}
_PACKED = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\0": ".xz"}
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_book(data: bytes) -> bool:
    """Whether a zip file is an EPUB by its first member."""
    return data[:4] == b"PK\x03\x04" and b"mimetypeapplication/epub+zip" in data[:200]


def packed_as(data: bytes) -> str | None:
    """The usual ending of a compressed file by its first bytes; None for any other."""
    for magic, usual in _PACKED.items():
        if data.startswith(magic) and (usual != ".bz2" or data[3:4].isdigit()):
            return usual
    return None


def ending(name: bytes) -> bytes:
    """The ending of a file name, in small letters, with its dot."""
    base = name.rpartition(b"/")[2].lower()
    dot = base.rfind(b".")
    return base[dot:] if dot > 0 else b""


def format_by_name(name: bytes) -> Format:
    """The format that a file's ending promises."""
    return _ENDINGS.get(ending(name), Format.TEXT)


def format_of(data: bytes, name: bytes) -> Format:
    """The format of a file: first bytes win over endings."""
    if data.startswith(b"%PDF-"):
        return Format.PDF
    if is_book(data):
        return Format.BOOK
    if packed_as(data):
        return Format.COMPRESSED
    named = format_by_name(name)
    if named is Format.TEXT and _PAGE.match(data[:1000]):
        return Format.WEB
    return named
