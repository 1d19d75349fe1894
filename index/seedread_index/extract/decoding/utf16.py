"""Finding UTF-16 and UTF-32 that carry no byte order mark."""

from __future__ import annotations

import unicodedata

_SAMPLE = 4096
_ENOUGH = 0.9
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a character that makes good text of the data; None for any other."""
    sample = data[:_SAMPLE]
    if len(sample) < 8 or 0 not in sample:
        return None
    best, encoding = max((_likeness(sample, name), name) for name in _WIDE)
    return encoding if best >= _ENOUGH else None


def _likeness(sample: bytes, encoding: str) -> float:
    """How much of the sample, read so, is letters of few scripts, digits, spaces and punctuation: 0 to 1."""
    width = 4 if "32" in encoding else 2
    sample = sample[: len(sample) // width * width]
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - width:
            return 0.0
        text = sample[: error.start].decode(encoding)
    if not text or not any(character in " \n\u3000。、" for character in text):
        return 0.0
    good = sum(character in "\n\r\t" or unicodedata.category(character)[0] in "LMNPZ" for character in text)
    blocks = {ord(character) >> 8 for character in text if unicodedata.category(character)[0] == "L"}
    han = sum(0x3400 <= ord(character) <= 0x9FFF or 0xAC00 <= ord(character) <= 0xD7A3 for character in text)
    scattered = 0.0 if han > len(text) // 3 else max(0, len(blocks) - 5) / 20
    common = 0.0 if han <= len(text) // 3 or any(character in text for character in "の的。、다이") else 0.5
    return good / len(text) - scattered - common
