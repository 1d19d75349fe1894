"""From what a format found to an Article: cleaned text, metadata beside it, layout and language."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import re
import struct
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

from seedread_index.extract.formats.recognition import Recognised
from seedread_index.extract.inferred import day_beside, inferred_title, may_be_made, path_day, shortened
from seedread_index.extract.language import language_of
from seedread_index.extract.reasons import FieldPlace, Reason
from seedread_index.extract.segmentation import Segmentation, Shape, segment
from seedread_index.extract.web.plain_text import without_emphasis, without_markup
from seedread_index.model.article import Article, Origin, Passage, PassageKind, Span, article_id
from seedread_index.model.installation import install_command
from seedread_index.model.status import SkipStatus
from seedread_index.text.sanitize import clean, clean_line, squeeze

_LONGEST_TITLE = 400
_LONGEST_FIELD = 200
_From = Literal["text", "metadata", "table", "path"]
_BY = re.compile(r"^\s*(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one article as a format gave it, not yet cleaned, and what its metadata say.

    `part` is shown: the line or key inside a file of several articles; `part_id` identifies the part when
    others are put before it (its own id, its address or a hash of its text). `made` is the day on which the
    file was made, which counts only where nothing else dates it. `running_heads` is what recurs on its pages;
    it becomes boilerplate after the text. `blocks` are the paragraphs of `text` with what they
    are, for a format whose form tells it; `shape` is what the format knows of the text's lines, `alone` that
    the article has been cut out of its page. `from_table` names the fields that a table of metadata beside
    the file gave, `provenance` where in the file the others were read.
    """

    text: str
    part: str | None = None
    title: str | None = None
    date: dt.date | None = None
    author: str | None = None
    source: str | None = None
    lang: str | None = None
    url: str | None = None
    section: str | None = None
    published: str | None = None
    part_id: str | None = None
    made: dt.date | None = None
    running_heads: str = ""
    blocks: tuple[tuple[str, Reason], ...] | None = None
    shape: Shape | None = None
    alone: bool = False
    from_table: tuple[str, ...] = ()
    provenance: tuple[FieldPlace, ...] = ()


_OF_NO_ACCOUNT = frozenset({"part", "provenance"})


def draft_hash(draft: Draft) -> bytes:
    """A hash of all that a format gave of an article: while it is the same, so is the article."""
    given = [field.name for field in dataclasses.fields(draft) if field.name not in _OF_NO_ACCOUNT]
    values = repr([getattr(draft, name) for name in given])
    return hashlib.blake2b(values.encode("utf-8", "surrogatepass"), digest_size=8).digest()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """An article, why each of its passages is what it is, and where in its text the fields were read.

    `shape` is what a line of its text was taken for, None where the format gave the paragraphs.
    """

    article: Article
    reasons: tuple[Reason, ...]
    provenance: tuple[FieldPlace, ...]
    shape: Shape | None = None
    whole_page: bool = False


def article_of(draft: Draft, relative: bytes) -> Article | None:
    """The article of a draft; None where there is no text but a date."""
    reading = reading_of(draft, relative)
    return reading.article if reading is not None else None


def reading_of(draft: Draft, relative: bytes) -> Reading | None:
    """The article of a draft with its reasons; None where there is no text but a date.

    A title or author that only the metadata know become the first lines of the text, so that they are read,
    searched and highlighted like the rest.
    """
    if draft.title and not any(map(str.isalnum, draft.title)):  # ">", "---", "…"
        others = tuple(each for each in draft.from_table if each != "title")
        draft = dataclasses.replace(draft, title=None, from_table=others)
    title = shortened(squeeze(draft.title), _LONGEST_TITLE) if draft.title else ""
    if draft.blocks is None:
        text, neutralised = clean(draft.text)
        found = segment(text, known_title=title or None, shape=draft.shape, alone=draft.alone)
    else:
        text, neutralised, found = _laid_out(draft.blocks)
    if not title and all(passage.kind is PassageKind.DATE for passage in found.passages):
        return None
    passages, unseen, reasons = found.passages, found.unseen, found.reasons
    if title and not any(passage.kind is PassageKind.TITLE for passage in passages):
        lines, before = _lines_before(title, draft.author)
        reasons = (*(Reason.ADDED_TITLE, Reason.ADDED_AUTHOR)[: len(before)], *reasons)
        text, shift = lines + text, len(lines)
        passages = (*before, *(Passage(p.start + shift, p.end + shift, p.kind) for p in passages))
        unseen = tuple(Span(start + shift, end + shift) for start, end in unseen)
    if draft.running_heads:
        text, passages = _with_running_heads(text, passages, draft.running_heads)
        reasons += (Reason.RUNNING_HEAD,) * (len(passages) - len(reasons))
    inferred = not title and found.title is None
    if not title:
        title = found.title or inferred_title(found.seen or _pieces(text, passages))
    day, provenance = found.date, found.provenance
    if day is None:
        day, beside = day_beside(text, passages, draft.running_heads, whole_page=found.whole_page)
        provenance = (FieldPlace("date", beside), *provenance)
    if day is None and draft.made and not may_be_made(draft.made, text, passages):
        draft = dataclasses.replace(draft, made=None)
    date, date_from = _dated(draft, day, relative)
    title = without_emphasis(title)
    source, author = _field(draft.source), _field(_BY.sub("", draft.author or ""))
    article = Article(
        id=article_id(relative, draft.part_id or draft.part),
        path=clean_line(os.fsdecode(relative)),
        path_bytes=relative,
        part=draft.part,
        title=shortened(title, _LONGEST_TITLE),
        title_inferred=inferred,
        date=date,
        date_from=date_from,
        source=source or _field(found.source),
        lang=language_of(_prose(text, passages), draft.lang),
        text=text,
        passages=passages,
        neutralised=neutralised,
        author=author or _field(found.author),
        origin=Origin(
            url=draft.url,
            section=_field(draft.section),
            published=draft.published,
            part_id=draft.part_id or draft.part,
            title_from=None if inferred else _read_from(draft, "title", draft.title),
            source_from=_read_from(draft, "source", source) if source or found.source else None,
            author_from=_read_from(draft, "author", author) if author or found.author else None,
        ),
        unseen=unseen,
    )
    return Reading(article, reasons, provenance, None if draft.blocks else found.shape, found.whole_page)


def _dated(draft: Draft, in_text: dt.date | None, relative: bytes) -> tuple[dt.date | None, _From | None]:
    """The day of an article and where it was read: metadata, text, path, or the making of the file."""
    if draft.date:
        return draft.date, "table" if "date" in draft.from_table else "metadata"
    if in_text:
        return in_text, "text"
    if draft.part is None and (day := path_day(relative)):
        return day, "path"
    return draft.made, "metadata" if draft.made else None


def _read_from(draft: Draft, field: str, value: str | None) -> str:
    if field in draft.from_table:
        return "table"
    return "metadata" if value else "text"


def _pieces(text: str, passages: tuple[Passage, ...]) -> list[tuple[str, PassageKind]]:
    return [(text[passage.start : passage.end], passage.kind) for passage in passages]


def _laid_out(blocks: tuple[tuple[str, Reason], ...]) -> tuple[str, int, Segmentation]:
    """The text of blocks, how many characters were made harmless, and their passages."""
    pieces: list[str] = []
    passages: list[Passage] = []
    reasons: list[Reason] = []
    position = neutralised = 0
    for block, reason in blocks:
        cleaned, count = clean(block)
        cleaned = cleaned.strip()
        neutralised += count
        if cleaned:
            passages.append(Passage(position, position + len(cleaned), reason.kind))
            reasons.append(reason)
            pieces.append(cleaned)
            position += len(cleaned) + 2
    return "\n\n".join(pieces), neutralised, Segmentation(tuple(passages), reasons=tuple(reasons))


def _with_running_heads(
    text: str, passages: tuple[Passage, ...], running_heads: str
) -> tuple[str, tuple[Passage, ...]]:
    """The text with the running heads of its pages after it."""
    cleaned = clean(running_heads)[0].strip()
    if not cleaned:
        return text, passages
    text = text.rstrip() + "\n\n"
    return text + cleaned, (*passages, Passage(len(text), len(text) + len(cleaned), PassageKind.BOILERPLATE))


def _lines_before(title: str, author: str | None) -> tuple[str, list[Passage]]:
    """The title, and the author if known, as lines to be put before a text, and their passages."""
    before = [Passage(0, len(title), PassageKind.TITLE)]
    lines = title + "\n"
    if author and (name := _field(author)):
        before.append(Passage(len(lines), len(lines) + len(name), PassageKind.BYLINE))
        lines += name + "\n"
    return lines + "\n", before


def _prose(text: str, passages: tuple[Passage, ...]) -> str:
    """The start of the body, for the language detector."""
    for passage in passages:
        if passage.kind is PassageKind.BODY:
            return text[passage.start : passage.start + 3000]
    return text[:3000]


def _field(value: str | None) -> str | None:
    return shortened(squeeze(without_markup(value)), _LONGEST_FIELD) or None if value else None


HOSTILE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What parsers raise over hostile files beside their own errors; RecursionError is a RuntimeError."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The drafts in a file; with a `status` other than None, `reason` says what is wrong and what to do.

    `recognised` says what the file was read as: the format of its text first, what that is packed in last.
    """

    drafts: tuple[Draft, ...] = ()
    status: SkipStatus | None = None
    reason: str = ""
    recognised: tuple[Recognised, ...] = ()


Drafts = Generator[Draft, None, Found]
"""Drafts as they are read; what is returned has those that are left, and says what was wrong."""


def broken(reason: str, *drafts: Draft) -> Found:
    """A damaged file, with what could be had of it."""
    return Found(drafts, SkipStatus.BROKEN, reason)


def empty(reason: str = "contains no text") -> Found:
    """A file without text."""
    return Found((), SkipStatus.EMPTY, reason)


NO_TEXT = "unsupported format, skipped"


def binary(reason: str = NO_TEXT) -> Found:
    """A file whose bytes are no text."""
    return Found((), SkipStatus.BINARY, reason)


def not_installed(what: str, extra: str = "formats") -> Found:
    """A file of a format whose library, which is in an extra, is not installed."""
    return Found((), SkipStatus.SKIP, f"{what} needs the extra {extra}: {install_command(extra)}")
