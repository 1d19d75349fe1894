"""Reading one file: its bytes, within bounds, into the articles that it holds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import NO_TEXT, Draft, Found, article_of, binary, broken, not_installed
from seedread_index.extract.formats.left_out import (
    is_included,
    may_hide_code,
    reason_by_content,
    reason_by_name,
    unreadable_kind,
)
from seedread_index.extract.formats.recognition import (
    Format,
    Recognised,
    Sign,
    ending,
    format_by_name,
    format_of,
    packed_as,
    recognise,
)
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.text.dates import day_leads

_NO_TEXT = "holds no text; nothing to do"


@dataclass(frozen=True, slots=True, eq=False)
class FileReading:
    """What a file gave; with a `status` other than None, `reason` says in a sentence what to do next.

    Articles may come with a status BROKEN: a part of the file was lost.
    """

    articles: tuple[Article, ...]
    status: SkipStatus | None = None
    reason: str = ""


def read_file(path: bytes, relative: bytes, settings: EngineSettings) -> FileReading:
    """Read a regular file; `relative` is its path under its root. Never raises for what is found."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
    except PermissionError:
        return _skipped(SkipStatus.DENIED, "may not be read; check its permissions")
    except FileNotFoundError:
        return _skipped(SkipStatus.SKIP, "is gone")
    except OSError as error:
        return _skipped(SkipStatus.SKIP, f"cannot be opened: {error.strerror}")
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return _skipped(SkipStatus.SKIP, "is not a regular file")
        if found.st_size > settings.max_file_size:
            return _too_large(settings)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(settings.max_file_size + 1)
    except OSError as error:
        return _skipped(SkipStatus.BROKEN, f"cannot be read: {error.strerror}; check the disk")
    finally:
        os.close(descriptor)
    if len(data) > settings.max_file_size:
        return _too_large(settings)
    return read_bytes(data, relative, settings)


def read_bytes(data: bytes, relative: bytes, settings: EngineSettings) -> FileReading:
    """Read the content of a file; never raises, whatever the bytes are."""
    found = drafts_in(data, relative, settings)
    articles = tuple(articles_in(found, relative))
    if not articles and found.status is None:
        return _skipped(SkipStatus.EMPTY, found.reason or _NO_TEXT)
    return FileReading(articles, found.status, found.reason)


def articles_in(found: Found, relative: bytes) -> Iterator[Article]:
    """The articles of drafts, one after the other."""
    for draft in found.drafts:
        with day_leads(always=found.day_first):
            article = article_of(draft, relative)
        if article is not None:
            yield article


def drafts_in(data: bytes, relative: bytes, settings: EngineSettings) -> Found:
    """The drafts in a file's bytes, compressed or not; never raises, whatever the bytes are."""
    with day_leads(always=settings.day_first):
        return replace(_unpacked(data, relative, settings), day_first=settings.day_first)


def _unpacked(data: bytes, relative: bytes, settings: EngineSettings) -> Found:
    """The drafts in a file's bytes, which are unpacked first where they are compressed."""
    if format_of(data, relative) is not Format.COMPRESSED:
        return _of_format(data, relative, settings)
    from seedread_index.extract.decoding.compressed import inflate

    packed = packed_as(data)
    inner = relative[: -len(ending(relative))] if format_by_name(relative) is Format.COMPRESSED else relative
    if packed is None:
        plain = _of_format(data, inner, settings)
        unpacked = broken("is named as compressed but is not; it is read as it is", *plain.drafts)
        return replace(unpacked, recognised=plain.recognised)
    try:
        inflated = inflate(data, packed, settings.max_inflated_size)
    except ImportError:
        return not_installed("reading files packed with Zstandard")
    if inflated.bomb:
        return broken("inflates beyond all measure; it is not read")
    if format_of(inflated.data, inner) is Format.COMPRESSED:
        return binary("is compressed twice; unpack it")
    found = _of_format(inflated.data, inner, settings)
    found = replace(found, recognised=(*found.recognised, recognise(data, relative)))
    if inflated.damage:
        damage = broken(f"is a compressed file that {inflated.damage}; fetch it again", *found.drafts)
        return replace(damage, recognised=found.recognised)
    return found


def _of_format(data: bytes, relative: bytes, settings: EngineSettings) -> Found:
    """The drafts in bytes of one format; a format's module is imported with its first file."""
    recognised = recognise(data, relative)
    found = _read_as(recognised.format, data, relative, settings)
    return replace(found, recognised=(*found.recognised, recognised))


def _read_as(kind: Format, data: bytes, relative: bytes, settings: EngineSettings) -> Found:
    """The drafts in bytes that are of a format, as far as its signs go."""
    included = is_included(relative, settings.include)
    if (
        kind in {Format.TEXT, Format.COMPRESSED, Format.JSON, Format.XML}
        and not included
        and (reason := reason_by_name(relative))
    ):
        return Found((), SkipStatus.SKIP, reason)
    if kind in {Format.TEXT, Format.COMPRESSED}:
        return _plain(data, relative, settings, included=included)
    if kind in _DOCUMENTS:
        return _or_binary(_document(kind, data, settings), kind, data, relative)
    if reason := unreadable_kind(data):
        return binary(reason)
    return _marked(kind, data, settings)


_DOCUMENTS = frozenset((Format.PDF, Format.BOOK, Format.WORD, Format.OPEN_DOCUMENT, Format.PARQUET))


def _plain(data: bytes, relative: bytes, settings: EngineSettings, *, included: bool) -> Found:
    """Plain text, unless what is in it says that it is of another format or nobody's article."""
    if reason := unreadable_kind(data):
        return binary(reason)
    decoded = decode(data)
    if decoded is None:
        return binary()
    if decoded.cut:
        return broken("ends in bytes that are no text; the text before them is read", Draft(decoded.text))
    text = decoded.text
    if text[:200].lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        from seedread_index.extract.records.json import is_json, read_json

        if is_json(text):
            return _told(read_json(data, settings.json_fields), Format.JSON, Sign.VALUES)
    if not included and may_hide_code(ending(relative)) and (reason := reason_by_content(text, relative)):
        return Found((), SkipStatus.SKIP, reason)
    return _several(text, data, settings) or Found((Draft(text),))


def _several(text: str, data: bytes, settings: EngineSettings) -> Found | None:
    """The articles of a table or a database's export under a name that does not say so."""
    from seedread_index.extract.records.exports.export import articles_of_export
    from seedread_index.extract.records.table import is_table, read_table

    if is_table(text):
        return _told(read_table(data, settings.json_fields), Format.TABLE, Sign.COLUMNS)
    several = articles_of_export(text)
    return _told(Found(several), Format.TEXT, Sign.EXPORT) if several else None


def _told(found: Found, kind: Format, sign: Sign) -> Found:
    return replace(found, recognised=(Recognised(kind, sign),))


def _document(kind: Format, data: bytes, settings: EngineSettings) -> Found:
    """The drafts in a document that is no text itself."""
    if kind is Format.PDF:
        from seedread_index.extract.formats.pdf.document import read_pdf

        return read_pdf(data)
    if kind is Format.PARQUET:
        from seedread_index.extract.records.table import read_parquet

        return read_parquet(data, settings.json_fields, settings.max_inflated_size)
    if kind is Format.BOOK:
        from seedread_index.extract.formats.epub import read_book

        return read_book(data, settings.max_inflated_size, chapters=settings.epub_chapters)
    from seedread_index.extract.formats.office import read_open_document, read_word

    return (read_word if kind is Format.WORD else read_open_document)(data, settings.max_inflated_size)


def _marked(kind: Format, data: bytes, settings: EngineSettings) -> Found:
    """The drafts in one of the text formats that carry metadata."""
    if kind is Format.MARKDOWN:
        from seedread_index.extract.formats.markdown import read_markdown

        return read_markdown(data)
    if kind is Format.WEB:
        from seedread_index.extract.web.page import read_web_page

        return read_web_page(data)
    if kind is Format.MAIL:
        from seedread_index.extract.formats.mail.message import read_mail

        return read_mail(data)
    if kind is Format.RICH_TEXT:
        from seedread_index.extract.formats.office import read_rich_text

        return read_rich_text(data)
    if kind is Format.SUBTITLES:
        from seedread_index.extract.formats.subtitles import read_subtitles

        return read_subtitles(data)
    return _records(kind, data, settings)


def _records(kind: Format, data: bytes, settings: EngineSettings) -> Found:
    """The drafts in a file of records."""
    if kind is Format.XML:
        from seedread_index.extract.records.xml import read_xml

        return read_xml(data, settings.json_fields)
    if kind is Format.TABLE:
        from seedread_index.extract.records.table import read_table

        return read_table(data, settings.json_fields)
    if kind is Format.WEB_ARCHIVE:
        from seedread_index.extract.records.web_archive import read_web_archive

        return read_web_archive(data, settings.max_inflated_size)
    from seedread_index.extract.records.json import read_json, read_json_lines

    return (read_json if kind is Format.JSON else read_json_lines)(data, settings.json_fields)


def _or_binary(found: Found, kind: Format, data: bytes, relative: bytes) -> Found:
    """A file that only its first bytes call so, or its ending alone, is named by what it is."""
    if found.status is SkipStatus.BROKEN and not found.drafts:
        if format_by_name(relative) is not kind:
            return binary(unreadable_kind(data) or NO_TEXT)
        zipped = kind in {Format.PDF, Format.BOOK} or format_of(data, b"") is kind
        if not (zipped and data.startswith((b"PK", b"%PDF-", b"PAR1"))) and (reason := unreadable_kind(data)):
            return binary(reason)
    return found


def _too_large(settings: EngineSettings) -> FileReading:
    megabytes = settings.max_file_size // (1024 * 1024)
    return _skipped(SkipStatus.SKIP, f"is larger than {megabytes} MiB; raise max_file_size to read it")


def _skipped(status: SkipStatus, reason: str) -> FileReading:
    return FileReading((), status, reason)
