"""Reading one file: its bytes, within bounds, into the articles that it holds."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.compressed import Inflated
from seedread_index.extract.decoding.source import MANY, DraftStream, Source, TooLargeError, open_regular
from seedread_index.extract.draft import (
    NO_TEXT,
    Draft,
    Drafts,
    Found,
    article_of,
    binary,
    broken,
    empty,
    not_installed,
)
from seedread_index.extract.formats.left_out import (
    is_complete_zip,
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
    is_included,
    packed_as,
    recognise,
)
from seedread_index.extract.records.json_values import may_be_json
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import MIB, EngineSettings
from seedread_index.model.status import SkipStatus
from seedread_index.text.dates import day_leads

_TOO_LARGE = "is larger than {:,} MiB; raise max_file_size to read it"
_KNOWN_BY_THEIR_END = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_NOT_PACKED = "is named like a compressed file but is not one; read as it is"
_BOMB = "expands beyond the limit (possible zip bomb); not read"


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
        file = open_regular(path)
    except PermissionError:
        return _skipped(SkipStatus.DENIED, "cannot be read; check its permissions")
    except FileNotFoundError:
        return _skipped(SkipStatus.SKIP, "is gone")
    except OSError as error:
        return _skipped(SkipStatus.SKIP, f"cannot be opened: {error.strerror}")
    if file is None:
        return _skipped(SkipStatus.SKIP, "is not a regular file")
    with file:
        try:
            if os.fstat(file.fileno()).st_size > settings.max_file_size * MANY:
                return _skipped(SkipStatus.SKIP, too_large(settings).reason)
            return _read(Source(file, settings.max_file_size, on_disk=file), relative, settings)
        except OSError as error:
            return _skipped(SkipStatus.BROKEN, f"cannot be read: {error.strerror}; check the disk")


def read_bytes(data: bytes, relative: bytes, settings: EngineSettings) -> FileReading:
    """Read the content of a file; never raises, whatever the bytes are."""
    return _read(Source.of(data), relative, settings)


def _read(source: Source, relative: bytes, settings: EngineSettings) -> FileReading:
    stream = drafts_in(source, relative, settings)
    with day_leads(always=settings.day_first):
        made = (article_of(draft, relative) for draft in stream)
        articles = {article.id: article for article in made if article is not None}
    if not articles and stream.found.status is None:
        return _skipped(SkipStatus.EMPTY, stream.found.reason or empty().reason)
    return FileReading(tuple(articles.values()), stream.found.status, stream.found.reason)


def drafts_in(source: Source, relative: bytes, settings: EngineSettings) -> DraftStream:
    """The drafts in a file's bytes, compressed or not; raises OSError alone, whatever the bytes are."""
    return DraftStream(_drafts(source, relative, settings), day_first=settings.day_first)


def _drafts(source: Source, relative: bytes, settings: EngineSettings) -> Drafts:
    try:
        if source.head.startswith(_KNOWN_BY_THEIR_END):
            source = Source.of(source.all())
        if format_of(source.head, relative) is Format.COMPRESSED:
            return (yield from _unpacked(source, relative, settings))
        return (yield from _of_format(source, relative, settings))
    except TooLargeError:
        return too_large(settings)


def _unpacked(source: Source, relative: bytes, settings: EngineSettings) -> Drafts:
    """The drafts in a compressed file, which is inflated while it is read."""
    packed = packed_as(source.head)
    inner = relative[: -len(ending(relative))] if format_by_name(relative) is Format.COMPRESSED else relative
    if packed is None:
        return replace(
            (yield from _of_format(source, inner, settings)), status=SkipStatus.BROKEN, reason=_NOT_PACKED
        )
    try:
        inflated = Inflated(source.stream(), packed, settings.max_inflated_size * MANY)
    except ImportError:
        return not_installed("reading files packed with Zstandard")
    content = Source(inflated, settings.max_inflated_size)
    if inflated.bomb:
        return broken(_BOMB)
    if format_of(content.head, inner) is Format.COMPRESSED:
        return binary("is compressed twice; unpack it")
    try:
        found = yield from _of_format(content, inner, settings)
    except TooLargeError:
        return broken("expands to more than max_inflated_size; raise that to read it")
    found = replace(found, recognised=(*found.recognised, recognise(source.head, relative)))
    damage = f"is a compressed file that {inflated.damage}"
    return replace(found, status=SkipStatus.BROKEN, reason=damage) if inflated.damage else found


def _of_format(source: Source, relative: bytes, settings: EngineSettings) -> Drafts:
    """The drafts in bytes of one format; a format's module is imported with its first file."""
    recognised = recognise(source.head, relative)
    found = yield from _read_as(recognised.format, source, relative, settings)
    return replace(found, recognised=(*found.recognised, recognised))


def _read_as(kind: Format, source: Source, relative: bytes, settings: EngineSettings) -> Drafts:
    """The drafts in bytes that are of a format, as far as its signs go."""
    included = is_included(relative, settings.include)
    if kind in _MAY_BE_CODE and not included and (reason := reason_by_name(relative)):
        from seedread_index.extract.records.json import read_loaded

        return (yield from read_loaded(source, relative, settings.json_fields, reason))
    if kind in {Format.TEXT, Format.COMPRESSED}:
        return (yield from _plain(source, relative, settings, included=included))
    if kind is Format.PARQUET:
        from seedread_index.extract.formats.parquet import read_parquet

        return (yield from read_parquet(source, settings.json_fields, settings.max_inflated_size * MANY))
    if kind in _DOCUMENTS:
        data = source.all()
        return _or_binary(_document(kind, data, settings), kind, data, relative)
    if reason := unreadable_kind(source.head):
        return binary(reason)
    if kind in _WHOLE:
        return _marked(kind, source.all())
    return (yield from _records(kind, source, settings))


def _plain(source: Source, relative: bytes, settings: EngineSettings, *, included: bool) -> Drafts:
    """Plain text, unless what is in it says that it is of another format or nobody's article."""
    if reason := unreadable_kind(source.head):
        return binary(reason)
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if may_be_json(head := decoded.text):
        from seedread_index.extract.records.json import read_json
        from seedread_index.extract.records.json_stream import is_json

        if is_json(head, whole=source.is_whole):
            return _with_sign((yield from read_json(source, settings.json_fields)), Format.JSON, Sign.VALUES)
    if not included and may_hide_code(ending(relative)) and (reason := reason_by_content(head, relative)):
        return Found((), SkipStatus.SKIP, reason)
    if decoded.cut:
        return _one(source)
    return (yield from _several(source, head, settings))


def _several(source: Source, head: str, settings: EngineSettings) -> Drafts:
    """The articles of a table or a database's export under a name that does not say so, or a text's one."""
    from seedread_index.extract.records.exports.export import is_export, read_export
    from seedread_index.extract.records.table import is_table, read_table

    if is_table(head):
        return _with_sign((yield from read_table(source, settings.json_fields)), Format.TABLE, Sign.COLUMNS)
    if is_export(head) and (text := source.text(None)) is not None:
        yield from read_export(head, text)
        return _with_sign(Found(), Format.TEXT, Sign.EXPORT)
    return _one(source)


def _with_sign(found: Found, kind: Format, sign: Sign) -> Found:
    return replace(found, recognised=(Recognised(kind, sign),))


def _one(source: Source) -> Found:
    """The one article of a plain text."""
    data = source.all()
    if (decoded := source.decoded() if source.is_whole else decode(data)) is None:
        return binary()
    if decoded.cut:
        return broken("ends in bytes that are not text; read as far as possible", Draft(decoded.text))
    return Found((Draft(decoded.text),))


_MAY_BE_CODE = frozenset((Format.TEXT, Format.COMPRESSED, Format.JSON, Format.XML))
_DOCUMENTS = frozenset((Format.PDF, Format.BOOK, Format.WORD, Format.OPEN_DOCUMENT))
_WHOLE = frozenset((Format.MARKDOWN, Format.WEB, Format.RICH_TEXT, Format.SUBTITLES))


def _document(kind: Format, data: bytes, settings: EngineSettings) -> Found:
    """The drafts in a document that is no text itself."""
    if kind is Format.PDF:
        from seedread_index.extract.formats.pdf.document import read_pdf

        return read_pdf(data)
    if kind is Format.BOOK:
        from seedread_index.extract.formats.epub import read_book

        return read_book(data, settings.max_inflated_size, chapters=settings.epub_chapters)
    from seedread_index.extract.formats.office import read_open_document, read_word

    return (read_word if kind is Format.WORD else read_open_document)(data, settings.max_inflated_size)


def _marked(kind: Format, data: bytes) -> Found:
    """The drafts in one of the text formats that carry metadata."""
    if kind is Format.MARKDOWN:
        from seedread_index.extract.formats.markdown import read_markdown

        return read_markdown(data)
    if kind is Format.WEB:
        from seedread_index.extract.web.page import read_web_page

        return read_web_page(data)
    if kind is Format.RICH_TEXT:
        from seedread_index.extract.formats.office import read_rich_text

        return read_rich_text(data)
    from seedread_index.extract.formats.subtitles import read_subtitles

    return read_subtitles(data)


def _records(kind: Format, source: Source, settings: EngineSettings) -> Drafts:
    """The drafts in a file that may hold many, one after the other."""
    if kind is Format.MAIL:
        from seedread_index.extract.formats.mail.mailbox import read_mail

        return read_mail(source)
    if kind is Format.XML:
        from seedread_index.extract.records.xml import read_xml

        return read_xml(source, settings.json_fields)
    if kind is Format.TABLE:
        from seedread_index.extract.records.table import read_table

        return read_table(source, settings.json_fields)
    if kind is Format.WEB_ARCHIVE:
        from seedread_index.extract.records.web_archive import read_web_archive

        return read_web_archive(source, settings.max_inflated_size * MANY)
    from seedread_index.extract.records.json import read_json, read_json_lines

    return (read_json if kind is Format.JSON else read_json_lines)(source, settings.json_fields)


def _or_binary(found: Found, kind: Format, data: bytes, relative: bytes) -> Found:
    """A file that only its first bytes call so, or its ending alone, is named by what it is."""
    if found.status is SkipStatus.BROKEN and not found.drafts:
        if data.startswith(b"PK") and not is_complete_zip(data):
            return found
        if format_by_name(relative) is not kind:
            return binary(unreadable_kind(data) or NO_TEXT)
        zipped = kind in {Format.PDF, Format.BOOK} or format_of(data, b"") is kind
        if not (zipped and data.startswith((b"PK", b"%PDF-"))) and (reason := unreadable_kind(data)):
            return binary(reason)
    return found


def too_large(settings: EngineSettings) -> Found:
    """A file that is larger than is asked for."""
    return Found((), SkipStatus.SKIP, _TOO_LARGE.format(settings.max_file_size // MIB))


def _skipped(status: SkipStatus, reason: str) -> FileReading:
    return FileReading((), status, reason)
