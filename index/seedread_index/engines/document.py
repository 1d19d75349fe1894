"""A document, which is what an index takes of an article, and its analysis into terms with their positions.

Every engine is fed these terms and no text, so that all of them find the same. A position may hold several
terms; positions that hold none are gaps that no phrase reaches across.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from seedread_index.model.article import Article, PassageKind, Span
from seedread_index.text.chunks import PIECE, pieces
from seedread_index.text.tokenizer import address_words, is_unspaced, plain, segments, surface_forms, terms_of

ALL, TITLE, HIDDEN = "all", "title", "hidden"
"""The fields of terms: headline and text, the headline, what of the text a search leaves out."""
SOURCE, AUTHOR, PATH, URL, LANG = "source", "author", "path", "url", "lang"


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


class Changes:
    """What is to become of the documents of an index with its next commit; a base of full texts."""

    def __init__(self) -> None:
        self._fresh: dict[str, Document] = {}
        self._gone: set[str] = set()

    def apply(self, documents: Iterable[Document], gone_ids: Iterable[str] = ()) -> None:
        """Put documents in place of those with the same ids and drop the gone ones, with the next commit."""
        for gone in gone_ids:
            self._fresh.pop(gone, None)
            self._gone.add(gone)
        self._fresh.update((document.id, document) for document in documents)

    def discard(self) -> None:
        """Forget what was applied since the last commit."""
        self._fresh, self._gone = {}, set()

    def _taken(self) -> tuple[dict[str, Document], set[str]]:
        """The new documents by their ids, and the ids to drop, replaced ones among them; then forgotten."""
        fresh, gone = self._fresh, self._gone.union(self._fresh)
        self.discard()
        return fresh, gone


TITLE_GAP = 100
"""Positions between a text and a headline that is not part of it, so that no phrase spans both."""
INFERRED_TERMS = 12
"""How many opening words stand in for a headline in ranking. Chosen by hand."""

MOST_TERMS = 300_000
"""Different terms of one article that are indexed; more are in no article, only in dumps of data."""
MOST_POSITIONS = 1_000_000
"""Places of one term in an article that are indexed."""

_Positions = Mapping[str, Sequence[int]]


class AnalyzedDocument(NamedTuple):
    """A document cut into terms: positions of each term by field, and the words of it to be completed.

    `day` is its date's ordinal or 0; `size` and `title_size` count terms, and `head` those before its body.
    """

    id: str
    lang: str
    day: int
    size: int
    head: int
    title_size: int
    positions: Mapping[str, _Positions]
    words: set[str]


def _place(into: dict[str, list[int]], terms: Sequence[str], position: int) -> int:
    """Note the terms at positions from `position` on; the position after them."""
    get = into.get
    for at, term in enumerate(terms, position):
        if (positions := get(term)) is None:
            into[term] = [at]
        else:
            positions.append(at)
    return position + len(terms)


def _place_many(into: dict[str, array[int]], terms: Sequence[str], position: int) -> int:
    """The same for a piece of a long text: in little memory, and not without end."""
    for at, term in enumerate(terms, position):
        if (positions := into.get(term)) is None:
            if len(into) < MOST_TERMS:
                into[term] = array("I", (at,))
        elif len(positions) < MOST_POSITIONS:
            positions.append(at)
    return position + len(terms)


class _Text(NamedTuple):
    """A text's shown and hidden terms, how many there are in all and before the body, and its words."""

    shown: dict[str, Any]
    hidden: dict[str, Any]
    size: int
    head: int
    words: set[str]


def _place_text(text: str, hidden: Sequence[Span], head_end: int) -> _Text:
    shown: dict[str, Any] = {}
    away: dict[str, Any] = {}
    words: set[str] = set()
    position = head = 0
    place: Any = _place if len(text) <= PIECE else _place_many
    for first, last, is_hidden in segments(len(text), hidden):
        for start, end in pieces(text, first, last):
            found = surface_forms(text[start:end])
            before = position
            position = place(away if is_hidden else shown, terms_of(found), position)
            if not is_hidden and len(words) < MOST_TERMS:
                words.update(found)
            if start < head_end:
                inside = found if end <= head_end else surface_forms(text[start:head_end])
                head = before + len(terms_of(inside))
    return _Text(shown, away, position, head, words)


def analyze(document: Document) -> AnalyzedDocument:
    """The analysis of a document."""
    shown, away, size, head, words = _place_text(document.text, document.boilerplate, document.head_end)
    title_words = surface_forms(document.title)
    title_terms = terms_of(title_words)
    if document.title_inferred:
        title_terms = title_terms[:INFERRED_TERMS]
    elif not document.head_end:
        _place(shown, title_terms, size + TITLE_GAP)
        words.update(title_words)
    positions: dict[str, dict[str, Any]] = {ALL: shown, HIDDEN: away, TITLE: {}}
    _place(positions[TITLE], title_terms, 0)
    for name, value in (
        (SOURCE, document.source),
        (AUTHOR, document.author),
        (PATH, document.path),
        (URL, address_words(document.url or "")),
    ):
        _place(positions.setdefault(name, {}), terms_of(surface_forms(value or "")), 0)
    day = document.date.toordinal() if document.date else 0
    return AnalyzedDocument(document.id, document.lang, day, size, head, len(title_terms), positions, words)


def countable(words: Counter[str]) -> Counter[str]:
    """The words worth completing: of letters, in spaced scripts, as they are shown."""
    found: Counter[str] = Counter()
    for word, articles in words.items():
        if len(word) > 1 and not word[0].isdigit() and not is_unspaced(word):
            found[plain(word)] += articles
    return found
