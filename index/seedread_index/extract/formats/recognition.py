"""Which format a file is of: by its first bytes and shape; its ending only hints."""

from __future__ import annotations

import codecs
import os
import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Format(Enum):
    """A format that can be distinguished from others, by the name that people know it by."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    WEB = "HTML"
    XML = "XML"
    JSON = "JSON"
    JSON_LINES = "JSON lines"
    TABLE = "a table (CSV)"
    MAIL = "mail"
    PDF = "PDF"
    BOOK = "EPUB"
    WORD = "Word"
    OPEN_DOCUMENT = "OpenDocument"
    RICH_TEXT = "RTF"
    SUBTITLES = "subtitles"
    WEB_ARCHIVE = "a web archive"
    PARQUET = "a table (Parquet)"
    COMPRESSED = "a compressed file"


class Sign(Enum):
    """What a format was recognised by, in words."""

    FIRST_BYTES = "its first bytes"
    MEMBERS = "the files in the zip"
    FIRST_ELEMENT = "its first element"
    HEADERS = "its header lines"
    FRONT_MATTER = "its front matter"
    NAME = "its extension"
    NOTHING_ELSE = "no sign of another format"
    VALUES = "its text, which is JSON"
    COLUMNS = "its first row, which names known columns"
    EXPORT = "the labels of a database export in its text"


class Recognised(NamedTuple):
    """A format and what it was recognised by."""

    format: Format
    sign: Sign


_ENDINGS = {
    b".md": Format.MARKDOWN,
    b".markdown": Format.MARKDOWN,
    b".mdown": Format.MARKDOWN,
    b".org": Format.MARKDOWN,
    b".html": Format.WEB,
    b".htm": Format.WEB,
    b".xhtml": Format.WEB,
    b".shtml": Format.WEB,
    b".xml": Format.XML,
    b".rss": Format.XML,
    b".atom": Format.XML,
    b".rdf": Format.XML,
    b".enex": Format.XML,
    b".json": Format.JSON,
    b".jsonl": Format.JSON_LINES,
    b".ndjson": Format.JSON_LINES,
    b".jl": Format.JSON_LINES,
    b".json-seq": Format.JSON_LINES,
    b".csv": Format.TABLE,
    b".tsv": Format.TABLE,
    b".tab": Format.TABLE,
    b".eml": Format.MAIL,
    b".mbox": Format.MAIL,
    b".mht": Format.MAIL,
    b".mhtml": Format.MAIL,
    b".pdf": Format.PDF,
    b".epub": Format.BOOK,
    b".docx": Format.WORD,
    b".odt": Format.OPEN_DOCUMENT,
    b".rtf": Format.RICH_TEXT,
    b".srt": Format.SUBTITLES,
    b".vtt": Format.SUBTITLES,
    b".warc": Format.WEB_ARCHIVE,
    b".arc": Format.WEB_ARCHIVE,
    b".wet": Format.WEB_ARCHIVE,
    b".parquet": Format.PARQUET,
    b".gz": Format.COMPRESSED,
    b".bz2": Format.COMPRESSED,
    b".xz": Format.COMPRESSED,
    b".lzma": Format.COMPRESSED,
    b".zst": Format.COMPRESSED,
}
_PACKED = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ\0": ".xz", b"(\xb5/\xfd": ".zst"}
_LZMA = re.compile(rb"\]\0\0..(?:\xff{8}|.{5}\0{3})", re.DOTALL)
"""The older format of xz has no signature: its usual settings, and a length that is unknown or possible."""
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 8192
_TAIL = 1 << 20

_STARTS = (
    (re.compile(rb"WARC/\d"), Format.WEB_ARCHIVE),
    (re.compile(rb"filedesc://\S+ \S+ \d{8,}"), Format.WEB_ARCHIVE),
    (re.compile(rb"\{\\rtf"), Format.RICH_TEXT),
    (
        re.compile(rb"\x01{4}\r?\n(?:From |[!-9;-~]{2,60}:)|BABYL OPTIONS:|#! rnews \d+[ \t]*\r?\n"),
        Format.MAIL,
    ),
    (re.compile(rb"WEBVTT(?:[ \t][^\n]*)?\r?\n"), Format.SUBTITLES),
    (re.compile(rb"\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{3} --> \d"), Format.SUBTITLES),
)
_PROLOGUE = re.compile(
    rb"(?:\s+|<\?.{0,500}?\?>|<!--.{0,2000}?-->|<!DOCTYPE(?!\s+html)[^>\[]{0,500}(?:\[.{0,2000}?\]\s*)?>)*",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENT = re.compile(rb"<(?:!doctype\s+)?([A-Za-z_][\w.:-]{0,80})(?=[\s/>])", re.IGNORECASE)
_HTML_FIRST = frozenset(
    b"html head body p div span article section main header h1 h2 h3 h4 table ul ol br a b i em strong img"
    b" center font blockquote meta link style script title nav form pre hr figure".split()
)
_XML_ROOTS = frozenset((b"rss", b"feed", b"rdf:rdf", b"en-export"))
_ANY_ELEMENT = re.compile(rb"</?([A-Za-z][\w.:-]*)(?:\s[^<>]*)?/?>")
HTTP_HEADER = re.compile(rb"\s*HTTP/[\d.]{1,3} 200[^\n]{0,40}\n(?:[!-9;-~]{2,60}:[^\n]*\n)*\r?\n")
"""What a server sends before a page, which `curl -i` keeps."""
_HEADER = re.compile(rb"([!-9;-~]{2,60}):[ \t]?[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*\r?\n")
_MAILBOX = re.compile(rb"From \S.*\d{4}[^\r\n]*\r?\n(?=[!-9;-~]{2,60}:)")
APPLE_MAIL = re.compile(rb"\d{1,9}[ \t]*\r?\n(?=[!-9;-~]{2,60}:)")
"""Apple Mail keeps the length of a message in a line above it, and a property list below."""
_SENT = frozenset((b"from", b"received", b"message-id", b"sender", b"return-path"))
_SUBJECT = frozenset((b"subject", b"date"))
FRONT_OF_ORG = re.compile(r"(?:#\+[A-Za-z_]+:[^\n]*\n|[ \t]*\n|:[\w-]+:[^\n]*\n)*#\+[A-Za-z_]+:[^\n]*\n")
"""The keywords and drawers at the head of a text of Emacs' Org mode."""
_FRONT_MATTER = re.compile(
    rb"---[ \t]*\r?\n(?:[A-Za-z_][\w -]{0,40}:[^\n]*\n|[ \t]+[^\n]*\n|-[ \t][^\n]*\n){2,60}---[ \t]*\r?\n"
)


def packed_as(data: bytes) -> str | None:
    """The usual ending of a compressed file by its first bytes; None for any other."""
    for magic, usual in _PACKED.items():
        if data.startswith(magic) and (usual != ".bz2" or data[3:4].isdigit()):
            return usual
    return ".lzma" if _LZMA.match(data) else None


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
    return recognise(data, name).format


def recognise(data: bytes, name: bytes) -> Recognised:
    """The format of a file and what it was recognised by: first bytes win over endings."""
    if data.startswith(b"%PDF-"):
        return Recognised(Format.PDF, Sign.FIRST_BYTES)
    if data.startswith(_ZIP) and (zipped := _zipped(data)):
        return Recognised(zipped, Sign.MEMBERS)
    if data.startswith(_PARQUET) and any(byte < 9 for byte in data[:300]):
        return Recognised(Format.PARQUET, Sign.FIRST_BYTES)
    if packed_as(data):
        return Recognised(Format.COMPRESSED, Sign.FIRST_BYTES)
    named = format_by_name(name)
    head = _head(data)
    if found := next((kind for pattern, kind in _STARTS if pattern.match(head)), None):
        return Recognised(found, Sign.FIRST_BYTES)
    if head.startswith(b"<") and (marked := _marked(head, named)):
        return Recognised(marked, Sign.FIRST_ELEMENT)
    if named in {Format.TEXT, Format.WEB, Format.MAIL} and _is_mail(head, named):
        return Recognised(Format.MAIL, Sign.HEADERS)
    if named is Format.MAIL and head.startswith((b"{", b"[")):
        return Recognised(Format.JSON, Sign.FIRST_BYTES)
    if named is Format.TEXT and _FRONT_MATTER.match(head):
        return Recognised(Format.MARKDOWN, Sign.FRONT_MATTER)
    known = ending(name) in _ENDINGS
    return Recognised(named, Sign.NAME if known else Sign.NOTHING_ELSE)


def _head(data: bytes) -> bytes:
    """The start of a file without byte order mark, blanks and an answer's header; UTF-16 as UTF-8."""
    for mark, encoding in _WIDE:
        if data.startswith(mark) and not data.startswith(codecs.BOM_UTF32_LE):
            return data[2 : 2 * _HEAD].decode(encoding, "ignore").encode().lstrip()
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    response = HTTP_HEADER.match(head) if head.startswith(b"HTTP/") else None
    return head[response.end() :].lstrip() if response else head


def _zipped(data: bytes) -> Format | None:
    """The format of a zip file by the names of its members."""
    if b"mimetypeapplication/epub+zip" in data[:200]:
        return Format.BOOK
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return Format.OPEN_DOCUMENT
    names = data[-_TAIL:]
    if b"word/document" in names and b"[Content_Types].xml" in names:
        return Format.WORD
    return Format.BOOK if b"META-INF/container.xml" in names and b".opf" in names else None


def _marked(head: bytes, named: Format) -> Format | None:
    """HTML or XML by the first element; None for a text that only begins with an angle bracket."""
    prologue = _PROLOGUE.match(head)
    rest = head[prologue.end() :] if prologue else head
    declared = head.startswith(b"<?xml")
    first = _ELEMENT.match(rest)
    if first is None:
        return Format.XML if declared and named is not Format.WEB else None
    root = first[1].lower()
    if root == b"html" or (root in _HTML_FIRST and not declared and named is not Format.XML):
        if root != b"html" and named is Format.TEXT and not _many_elements(rest):
            return None
        return Format.WEB if named in {Format.TEXT, Format.XML, Format.WEB} else None
    if declared or named is Format.XML or root in _XML_ROOTS:
        return Format.XML
    return Format.XML if _many_elements(rest) and named is Format.TEXT else None


def _many_elements(rest: bytes) -> bool:
    """Whether a text is of markup: three elements at least, and one of them closed."""
    found = [match[0] for match, _ in zip(_ANY_ELEMENT.finditer(rest), range(12), strict=False)]
    return len(found) >= 3 and any(one.startswith(b"</") for one in found)


def _is_mail(head: bytes, named: Format) -> bool:
    """Whether a file begins as a message or a mailbox does: header lines with a sender, and a blank one."""
    start = 0
    mailbox = _MAILBOX.match(head)
    if above := mailbox or APPLE_MAIL.match(head):
        start = above.end()
    names = set()
    while header := _HEADER.match(head, start):
        names.add(header[1].lower())
        start = header.end()
    blank = head[start : start + 2].startswith((b"\n", b"\r\n")) or start >= len(head) - 1
    if named is Format.WEB:
        return blank and b"mime-version" in names and b"content-type" in names
    return bool(blank and names & _SENT and names & _SUBJECT and (mailbox or len(names) > 2))


@lru_cache(maxsize=8)
def _spec(patterns: tuple[str, ...]) -> object:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        return None


def is_included(name: bytes, patterns: tuple[str, ...]) -> bool:
    """Whether the setting `include` asks for a file that a rule would leave out."""
    if not patterns:
        return False
    spec = _spec(patterns)
    return spec is not None and spec.match_file(os.fsdecode(name))  # type: ignore[attr-defined]
