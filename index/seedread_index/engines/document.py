"""What the full-text index takes of an article: Document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seedread_index.model.article import Article, PassageKind, Span


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An article as the full-text index takes it.

    `text` is the whole text and `boilerplate` the stretches of it that a search leaves out. `head_end` is
    where the headline inside the text ends, 0 where the text has none.
    """

    id: str
    title: str
    title_inferred: bool
    text: str
    boilerplate: tuple[Span, ...]
    head_end: int
    date: dt.date | None
    source: str | None
    path: str
    lang: str
    author: str | None = None
    url: str | None = None


def document_of(article: Article) -> Document:
    """The document of an article."""
    headlines = article.of_kind(PassageKind.TITLE)
    return Document(
        article.id,
        article.title,
        article.title_inferred,
        article.visible_text,
        hidden_spans(article),
        headlines[-1].end if headlines else 0,
        article.date,
        article.source,
        article.path,
        article.lang,
        article.author,
        article.origin.url,
    )


def hidden_spans(article: Article) -> tuple[Span, ...]:
    """The stretches of an article's text that a search leaves out."""
    return tuple(Span(passage.start, passage.end) for passage in article.of_kind(PassageKind.BOILERPLATE))
