"""Bytes to text: byte order marks, UTF-8 even when hurt, declared charsets, then detection.

UTF-16 and UTF-32 are found without a mark, too, and bytes that are no text are recognised by what is in them.
Latin-1 is not believed where the letters speak against it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
_DECLARING_HEAD = 4096
_ISO_2022 = re.compile(rb"\x1b\$[@B]|\x1b\$\)C|\x1b\$A")
_UTF_7 = re.compile(rb"\+[A-Za-z0-9/]{3,}-")
_SAMPLE = 200_000
_WINDOWS_CHARACTERS = bytes(range(128)) + bytes.fromhex(
    "80 82 84 85 8b 91 92 93 94 95 96 97 99 9b a0 a7 a9 ab ae b0 b7 bb"
)

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
}
"""Encodings that browsers read as a wider relative: tried when the narrow one fails, or gives controls."""

_LATIN = ("iso8859-1", "iso8859-15", "cp1252")
_LONG_RUN = re.compile(rb"[\x80-\xff]{4,}")
"""Letters with accents stand alone between plain ones; those of other scripts follow each other."""
_CONTROLS_OF_LATIN = re.compile("[\x80-\x9f]")
_SELDOM = re.compile(
    rb"(?<=[a-z\xc0-\xff])[\xa1\xa3\xa5\xa6\xac\xae\xaf\xb1\xb3\xb5\xb6\xb9\xba\xbc\xbe\xbf](?=[a-z\xc0-\xff])"
    rb"|[\xd0\xdd\xde\xf0\xfd\xfe]"
)
"""Read as Latin-1, signs within words, and letters that only Icelandic has: of a Turkish, Baltic or Polish
text that is declared to be Latin-1."""

_NEVER_TOGETHER = ((b"\xf8", b"\xec"), (b"\xf5", b"\xfb"), (b"\xe8", b"\xe6"))
"""Letters that no language of Western Europe has both: what is read of Czech, Hungarian and Croatian."""

_SOME = 2

_WIDE_SAMPLE = 4096
_WIDE_ENOUGH = 0.9
_WIDE_ENCODINGS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_BINARY_SAMPLE = 65_536
_SHARE = 0.02
"""Text has fewer unusual control bytes than this share of it."""

_MAGIC = tuple(
    b"\x7fELF|\x89PNG\r\n\x1a\n|GIF87a|GIF89a|\xff\xd8\xff|PK\x03\x04|PK\x05\x06|\x1f\x8b|BZh|\xfd7zXZ\0"
    b"|(\xb5/\xfd|7z\xbc\xaf\x27\x1c|Rar!\x1a|SQLite format 3\0|%PDF-|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    b"|RIFF|OggS|\0asm|wOFF|wOF2".split(b"|")
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x07\x08\x0e\x0f"))
_RUBBISH = re.compile(rb"[\x00-\x06\x10-\x1a\x1c-\x1f]{8}")
_LEAST_HEAD = 120
_TINY = 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that gave it, and whether binary rubbish after it was left out."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes, *, declared: str | None = None) -> Decoded | None:
    """The text of a file, without byte order marks; None where the bytes are no text.

    `declared` is a charset known from outside (a mail header); one in the head of the bytes (HTML, XML) is
    found here. Valid UTF-8 wins over any declaration, because declarations lie more often.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_decoded(data[len(mark) :], encoding).lstrip("\ufeff"), encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, declared, error.start)
    if "\0" in text or "\x1b$" in text or "+A" in text:
        return _decode_doubtful(data, text)
    return None if looks_binary(data) else Decoded(text, "utf-8")


def _decode_doubtful(data: bytes, text: str) -> Decoded | None:
    """Valid UTF-8 that may be something else: UTF-16 without a mark, ISO 2022, UTF-7 or binary."""
    if "\0" in text:
        if encoding := wide_encoding(data):
            return Decoded(_decoded(data, encoding), encoding)
        if looks_binary(data):
            return _head_of(data)
    if _ISO_2022.search(data) and (
        found := _by_name("iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp", data)
    ):
        return found
    if data.isascii() and len(_UTF_7.findall(data)) > 1 and (found := _by_name("utf-7", data)):
        return found
    return None if looks_binary(data) else Decoded(text, "utf-8")


def _decode_other(data: bytes, declared: str | None, first_error: int) -> Decoded | None:
    """Bytes that are not valid UTF-8."""
    if encoding := wide_encoding(data):
        return Decoded(_decoded(data, encoding), encoding)
    if looks_binary(data):
        return _head_of(data)
    if (damaged := _damaged_utf_8(data, first_error)) is not None:
        return Decoded(damaged, "utf-8")
    head = data[:_DECLARING_HEAD]
    names = [declared, *(match.decode("ascii") for match in _DECLARED.findall(head))]
    for name in names:
        if (
            name
            and not name.lower().startswith(("utf", "ascii", "us-ascii"))
            and (found := _by_name(name, data))
        ):
            return found
    return _detected(data)


def _by_name(name: str, data: bytes) -> Decoded | None:
    """The data read in a named encoding, or its wider relative; None when neither fits."""
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    sample = data[:_SAMPLE]
    if canonical in _LATIN and (_is_of_another_script(sample) or _may_be_of_the_east(sample)):
        return None
    for encoding in (canonical, _WIDER.get(canonical)):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if encoding not in _WIDER or not _CONTROLS_OF_LATIN.search(text):
            return Decoded(text, encoding)
    wider = _WIDER.get(canonical, canonical)
    try:
        text = data.decode(wider, "replace")
    except (LookupError, ValueError):
        return None
    return Decoded(text, wider) if text.count("\ufffd") * 200 < len(text) else None


def _is_of_another_script(data: bytes) -> bool:
    """Whether bytes that are declared to be Latin letters are letters of another script for the most part."""
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return sum(map(len, _LONG_RUN.findall(data))) * 2 > beyond


def _may_be_of_the_east(data: bytes) -> bool:
    """Whether bytes that are declared to be Latin-1 hold what languages written in it do not."""
    return len(_SELDOM.findall(data)) >= _SOME or any(
        all(counts) and sum(counts) > _SOME
        for counts in ([data.count(letter) for letter in letters] for letters in _NEVER_TOGETHER)
    )


def _detected(data: bytes) -> Decoded:
    """The data read in the encoding that chardet finds; Windows-1252 when it finds none.

    Where all that is not ASCII is typographic signs at the places they share in the Windows encodings, there
    is nothing to detect: that is the commonest real case.
    """
    if not data.translate(None, _WINDOWS_CHARACTERS):
        return Decoded(_decoded(data, "cp1252"), "cp1252")
    import chardet

    name = chardet.detect(_DECLARED.sub(b"", data[:_SAMPLE]))["encoding"]
    if name and (found := _by_name(name, data)):
        return found
    return Decoded(_decoded(data, "cp1252"), "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    """The data read in an encoding; what does not fit becomes U+FFFD."""
    return data.decode(encoding, "replace")


def _head_of(data: bytes) -> Decoded | None:
    """The text before binary rubbish, where there is a good piece of it (a broken download)."""
    head = text_head(data)
    found = decode(head) if head else None
    return Decoded(found.text, found.encoding, cut=True) if found else None


def _damaged_utf_8(data: bytes, first_error: int) -> str | None:
    """UTF-8 with a few bad bytes, cut in half at its end, or joined with Latin-1 text; None if it is not."""
    whole = data.decode("utf-8", "ignore")
    good = len(whole) - sum(map(len, re.findall(r"[\x00-\x7f]+", whole)))
    bad = len(data) - len(whole.encode("utf-8"))
    if first_error >= len(data) - 3 and good:
        return data.decode("utf-8", "replace")
    latin = good and not re.search(r"[^\x00-\u024f\u2000-\u20bf\ufeff]", whole)
    if good >= 4 * bad or (latin and good * 2 >= bad):
        return data.decode("utf-8", "seedread-latin" if latin else "replace")
    if not good and bad <= 2 and len(data) > 40:
        return data.decode("utf-8", "seedread-latin")
    return None


def _latin_byte(error: UnicodeError) -> tuple[str, int]:
    """Read one byte that is not UTF-8 as Windows-1252: two feeds were joined."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    beside = max(data[start - 1 : start] if start else b"", data[start + 1 : start + 2])
    return ("\ufffd" if beside >= b"\x80" else data[start : start + 1].decode("cp1252", "replace")), start + 1


codecs.register_error("seedread-latin", _latin_byte)


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a character that makes good text of the data; None for any other."""
    sample = data[:_WIDE_SAMPLE]
    if len(sample) < 8 or 0 not in sample:
        return None
    best, encoding = max((_likeness(sample, name), name) for name in _WIDE_ENCODINGS)
    return encoding if best >= _WIDE_ENOUGH else None


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
    good = sum(
        character in "\n\r\t<>=" or unicodedata.category(character)[0] in "LMNPZ" for character in text
    )
    letters = [character for character in text if unicodedata.category(character)[0] == "L"]
    others = [one for one in letters if not (0x3400 <= ord(one) <= 0x9FFF or 0xAC00 <= ord(one) <= 0xD7A3)]
    blocks = {ord(character) >> 8 for character in others}
    han = len(letters) - len(others)
    scattered = 0.0 if han > len(text) // 3 else max(0, len(blocks) - 5) / 20
    common = 0.0 if han <= len(text) // 3 or any(character in text for character in "の的。、다이") else 0.5
    return good / len(text) - scattered - common


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding of one byte or more a character."""
    if data.startswith(_MAGIC):
        return not data.startswith((b"RIFF", b"BZh")) or _unusual(data) > 0
    return _unusual(data) > _SHARE


def _unusual(data: bytes) -> float:
    """The share of control bytes that texts do not use, at the worse of head and tail."""
    head, tail = data[:_BINARY_SAMPLE], data[-_BINARY_SAMPLE:]
    return max(_share(head), _share(tail) if len(data) > _BINARY_SAMPLE else 0.0)


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
