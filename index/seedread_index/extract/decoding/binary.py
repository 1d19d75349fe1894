"""Telling text from other bytes by what is in them."""

from __future__ import annotations

import re

_SAMPLE = 65_536
_SHARE = 0.02
"""Text has fewer unusual control bytes than this share of it."""

_MAGIC = (
    b"\x7fELF",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"(\xb5/\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a",
    b"SQLite format 3\0",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"RIFF",
    b"OggS",
    b"\0asm",
    b"wOFF",
    b"wOF2",
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x07\x08\x0e\x0f"))
_RUBBISH = re.compile(rb"[\x00-\x06\x10-\x1a\x1c-\x1f]{8}")
_LEAST_HEAD = 120
_TINY = 16


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding of one byte or more a character."""
    if data.startswith(_MAGIC):
        return not data.startswith((b"RIFF", b"BZh")) or _unusual(data) > 0
    return _unusual(data) > _SHARE


def _unusual(data: bytes) -> float:
    """The share of control bytes that texts do not use, at the worse of head and tail."""
    head, tail = data[:_SAMPLE], data[-_SAMPLE:]
    return max(_share(head), _share(tail) if len(data) > _SAMPLE else 0.0)


def _share(data: bytes) -> float:
    """The share of unusual control bytes; a single one in more than a few bytes is a slip."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls / len(data) if controls > 1 or 0 < len(data) < _TINY else 0.0


def text_head(data: bytes) -> bytes:
    """What stands before the first run of binary rubbish, if it is a good piece of text; else empty."""
    if data.startswith(_MAGIC):
        return b""
    rubbish = _RUBBISH.search(data)
    if rubbish is None or rubbish.start() < _LEAST_HEAD:
        return b""
    head = data[: rubbish.start()]
    return b"" if looks_binary(head) else head
