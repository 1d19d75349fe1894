"""How articles are stored in the catalogue's rows: headers, and the encoding of texts and passages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from seedread_index.catalogue.row_checksums import Metadata, confirm, metadata_checksum, text_checksum
from seedread_index.model.article import Article, Header, Origin, Passage, PassageKind, Span
from seedread_index.text.chunks import words_in

_METADATA = ", ".join(("articles.checksum", *(f"articles.{name}" for name in Metadata._fields)))
HEADER_COLUMNS = f"articles.number, {_METADATA}"
ARTICLE_COLUMNS = f"articles.number, files.relative, texts.text, texts.passages, texts.checksum, {_METADATA}"


def header_of(row: tuple[Any, ...]) -> Header:
    """A row of HEADER_COLUMNS as a Header. Raises DamagedError where it is not as it was written."""
    number, checksum, *values = row
    stored = Metadata(*values)
    confirm(checksum, metadata_checksum(stored))
    return Header(
        stored.id,
        number,
        stored.path,
        stored.title,
        bool(stored.title_inferred),
        date_of(stored.date),
        stored.source,
        stored.lang,
        stored.neutralised,
        stored.words,
        stored.author,
        origin_of(stored.origin),
    )


def article_of(row: tuple[Any, ...], copies: Mapping[int, Sequence[str]]) -> tuple[int, Article]:
    """A row of ARTICLE_COLUMNS as its number and an Article without mentions; `copies` are paths by number.

    Raises DamagedError where the row is not as it was written.
    """
    number, relative, text, passages, checksum_of_text, checksum, *values = row
    stored = Metadata(*values)
    confirm(checksum, metadata_checksum(stored))
    confirm(checksum_of_text, text_checksum(text, passages))
    laid_out, unseen = passages_of(passages)
    return number, Article(
        id=stored.id,
        path=stored.path,
        path_bytes=bytes(relative),
        part=stored.part,
        title=stored.title,
        title_inferred=bool(stored.title_inferred),
        date=date_of(stored.date),
        date_from=stored.date_from,
        source=stored.source,
        lang=stored.lang,
        text=unpacked(text),
        passages=laid_out,
        neutralised=stored.neutralised,
        copies=tuple(sorted(copies.get(number, ()))),
        author=stored.author,
        origin=origin_of(stored.origin),
        unseen=unseen,
    )


def packed_origin(origin: Origin) -> str | None:
    """An origin as it is stored: JSON of what is known of it."""
    known = {name: value for name, value in dataclasses.asdict(origin).items() if value is not None}
    return json.dumps(known, ensure_ascii=False) if known else None


def origin_of(stored: str | None) -> Origin:
    """An origin as it was stored."""
    return Origin(**json.loads(stored)) if stored else Origin()


def date_of(text: str | None) -> dt.date | None:
    """A date as it is stored."""
    return dt.date.fromisoformat(text) if text else None


def packed(text: str) -> bytes:
    """A text as it is stored."""
    return text.encode("utf-8", "surrogatepass")


def unpacked(stored: bytes) -> str:
    """A stored text."""
    return stored.decode("utf-8", "surrogatepass")


def packed_passages(article: Article) -> str:
    """An article's passages as they are stored, with what in them is unseen where something is."""
    passages = [(p.start, p.end, p.kind.value) for p in article.passages]
    value = {"passages": passages, "unseen": article.unseen} if article.unseen else passages
    return json.dumps(value, separators=(",", ":"))


def passages_of(stored: str) -> tuple[tuple[Passage, ...], tuple[Span, ...]]:
    """Stored passages, and what in them is unseen."""
    value = json.loads(stored)
    passages, unseen = (value["passages"], value["unseen"]) if isinstance(value, dict) else (value, ())
    return (
        tuple(Passage(start, end, PassageKind(kind)) for start, end, kind in passages),
        tuple(Span(start, end) for start, end in unseen),
    )


def words_of(article: Article) -> int:
    """How many words there are to read, boilerplate left out."""
    text = article.visible_text
    unread = sum(words_in(text, p.start, p.end) for p in article.of_kind(PassageKind.BOILERPLATE))
    return max(0, words_in(text, 0, len(text)) - unread)
