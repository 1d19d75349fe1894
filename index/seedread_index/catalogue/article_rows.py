"""How articles are stored in the catalogue's rows: headers, and the encoding of texts and passages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from seedread_index.catalogue.row_checksums import confirm, metadata_checksum, text_checksum
from seedread_index.model.article import Article, Header, Origin, Passage, PassageKind, Span
from seedread_index.text.chunks import words_in

HEADER_COLUMNS = (
    "articles.id, articles.number, articles.path, articles.title, articles.title_inferred, articles.date, "
    "articles.source, articles.lang, articles.neutralised, articles.words, articles.part, "
    "articles.date_from, articles.author, articles.origin, articles.checksum"
)
ARTICLE_COLUMNS = (
    "articles.id, articles.number, articles.path, files.relative, articles.part, articles.title, "
    "articles.title_inferred, articles.date, articles.date_from, articles.source, articles.lang, texts.text, "
    "texts.passages, articles.neutralised, articles.words, articles.author, articles.origin, "
    "articles.checksum, texts.checksum"
)


def header_of(row: tuple[Any, ...]) -> Header:
    """A row of HEADER_COLUMNS as a Header. Raises DamagedError where it is not as it was written."""
    (
        article_id,
        number,
        path,
        title,
        inferred,
        date,
        source,
        lang,
        neutralised,
        words,
        part,
        date_from,
        author,
        origin,
        sealed,
    ) = row
    confirm(
        sealed,
        metadata_checksum(
            (
                article_id,
                path,
                part,
                title,
                inferred,
                date,
                date_from,
                source,
                lang,
                neutralised,
                words,
                author,
                origin,
            )
        ),
    )
    return Header(
        article_id,
        number,
        path,
        title,
        bool(inferred),
        date_of(date),
        source,
        lang,
        neutralised,
        words,
        author,
        origin_of(origin),
    )


def article_of(row: tuple[Any, ...], copies: tuple[str, ...]) -> Article:
    """A row of ARTICLE_COLUMNS as an Article without its mentions.

    Raises DamagedError where the row is not as it was written.
    """
    (
        article_id,
        _,
        path,
        relative,
        part,
        title,
        inferred,
        date,
        date_from,
        source,
        lang,
        text,
        passages,
        neutralised,
        words,
        author,
        origin,
        sealed,
        text_sealed,
    ) = row
    confirm(
        sealed,
        metadata_checksum(
            (
                article_id,
                path,
                part,
                title,
                inferred,
                date,
                date_from,
                source,
                lang,
                neutralised,
                words,
                author,
                origin,
            )
        ),
    )
    confirm(text_sealed, text_checksum(text, passages))
    laid_out, unseen = passages_of(passages)
    return Article(
        id=article_id,
        path=path,
        path_bytes=bytes(relative),
        part=part,
        title=title,
        title_inferred=bool(inferred),
        date=date_of(date),
        date_from=date_from,
        source=source,
        lang=lang,
        text=unpacked(text),
        passages=laid_out,
        neutralised=neutralised,
        copies=copies,
        author=author,
        origin=origin_of(origin),
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
