"""A document, which is what an index takes of an article, and its analysis into terms with their positions.

Every engine is fed these and no text, so that all of them find the same. A position may hold several forms of
words (`text.stems`); positions that hold none are gaps that no phrase reaches across.

A plan asks for terms: that of a word, which all its forms share, or an exact one, = and a form. An engine
keeps the forms as it likes; `index_terms` gives both kinds of terms for one that keeps terms alone.
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
from seedread_index.text.stems import (
    EXACT,
    FORMS,
    FUNCTION_WORDS,
    GOING_ON,
    JOINED,
    TERMS,
)
from seedread_index.text.tokenizer import CutText, address_words, cut, is_unspaced, segments

ALL, TITLE, HIDDEN = "all", "title", "hidden"
"""The fields of terms: headline and text, the headline, what of the text a search leaves out."""
SOURCE, AUTHOR, SECTION, PATH, URL, LANG = "source", "author", "section", "path", "url", "lang"


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
    section: str | None = None


def document_of(article: Article) -> Document:
    """The document of an article."""
    headlines = article.of_kind(PassageKind.TITLE)
    return Document(
        id=article.id,
        title=article.title,
        title_inferred=article.title_inferred,
        text=article.visible_text,
        boilerplate=hidden_spans(article),
        head_end=headlines[-1].end if headlines else 0,
        date=article.date,
        source=article.source,
        path=article.path,
        lang=article.lang,
        author=article.author,
        url=article.origin.url,
        section=article.origin.section,
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


FILLER = "\u241f"
"""A token that stands at the positions of a field that have no term, and is left out of the index."""
TITLE_GAP = 100
"""Positions between a text and a headline that is not part of it, so that no phrase spans both."""
INFERRED_TERMS = 12
"""How many opening words stand in for a headline in ranking. Chosen by hand."""

MOST_TERMS = 300_000
"""Different terms of one article that are indexed; more are in no article, only in dumps of data."""
MOST_POSITIONS = 1_000_000
"""Places of one term in an article that are indexed."""

_MARKED = (JOINED, GOING_ON)
"""Begin the forms that are no words of the text."""
Places = Mapping[str, Sequence[int]]
"""Positions, ascending, by forms or by terms."""


class AnalyzedDocument(NamedTuple):
    """A document cut into words: positions of each form by field, and the words of it to be completed.

    `day` is its date's ordinal or 0; `size` and `title_size` count words, and `head` those before its body.
    What a mark joins is among the words with a hyphen before it (`stems.JOINED`), which no other word has.
    """

    id: str
    lang: str
    day: int
    size: int
    head: int
    title_size: int
    positions: Mapping[str, Places]
    words: set[str]


def _place(into: dict[str, list[int]], words: Sequence[str], position: int) -> int:
    """Note the words at positions from `position` on; the position after them."""
    get = into.get
    for at, word in enumerate(words, position):
        if (positions := get(word)) is None:
            into[word] = [at]
        else:
            positions.append(at)
    return position + len(words)


def _place_many(into: dict[str, array[int]], words: Sequence[str], position: int) -> int:
    """The same for a piece of a long text: in little memory, and not without end."""
    for at, word in enumerate(words, position):
        if (positions := into.get(word)) is None:
            if len(into) < MOST_TERMS:
                into[word] = array("I", (at,))
        elif len(positions) < MOST_POSITIONS:
            positions.append(at)
    return position + len(words)


class _Placed:
    """The forms of a stretch of text with their positions, as they are placed."""

    def __init__(self, *, many: bool = False) -> None:
        self.forms: dict[str, Any] = {}
        self._place: Any = _place_many if many else _place
        self._unordered: set[str] = set()

    def add(self, text: CutText, position: int) -> int:
        """Place the words of a text at positions from `position` on; the position after them."""
        for compound in text.compounds:
            for at, form in compound.places():
                self._place(self.forms, (form,), position + at)
                self._unordered.add(form)
        return self._place(self.forms, list(map(FORMS.__getitem__, text.words)), position)  # type: ignore[no-any-return]

    def places(self) -> dict[str, Any]:
        """The positions by form, ascending."""
        for form in self._unordered.intersection(self.forms):
            there = self.forms[form]
            self.forms[form] = sorted(there) if isinstance(there, list) else array("I", sorted(there))
        self._unordered.clear()
        return self.forms


class _Text(NamedTuple):
    """A text's shown and hidden words, how many there are in all and before the body."""

    shown: _Placed
    hidden: _Placed
    size: int
    head: int


def _place_text(text: str, hidden: Sequence[Span], head_end: int) -> _Text:
    many = len(text) > PIECE
    shown, away = _Placed(many=many), _Placed(many=many)
    position = head = 0
    for first, last, is_hidden in segments(len(text), hidden):
        for start, end in pieces(text, first, last):
            found = cut(text[start:end])
            before = position
            position = (away if is_hidden else shown).add(found, position)
            if start < head_end:
                inside = found.words if end <= head_end else cut(text[start:head_end]).words
                head = before + len(inside)
    return _Text(shown, away, position, head)


def analyze(document: Document) -> AnalyzedDocument:
    """The analysis of a document."""
    shown, away, size, head = _place_text(document.text, document.boilerplate, document.head_end)
    title = cut(document.title)
    if document.title_inferred:
        several = [each for each in title.compounds if each.last < INFERRED_TERMS]
        title = CutText(title.words[:INFERRED_TERMS], several)
    elif not document.head_end:
        shown.add(title, size + TITLE_GAP)
    headline = _Placed()
    headline.add(title, 0)
    forms = shown.places()
    words = {form.lower() for form in forms if form[0] != GOING_ON}
    positions: dict[str, Places] = {ALL: forms, HIDDEN: away.places(), TITLE: headline.places()}
    for name, value in (
        (SOURCE, document.source),
        (AUTHOR, document.author),
        (SECTION, document.section),
        (PATH, document.path),
        (URL, address_words(document.url or "")),
    ):
        placed = _Placed()
        if value:
            words_ = cut(value)
            placed.add(words_._replace(compounds=[]) if name in (PATH, URL) else words_, 0)
        positions[name] = placed.places()
    day = document.date.toordinal() if document.date else 0
    return AnalyzedDocument(
        id=document.id,
        lang=document.lang,
        day=day,
        size=size,
        head=head,
        title_size=len(title.words),
        positions=positions,
        words=words,
    )


def index_terms(places: Places) -> dict[str, Sequence[int]]:
    """Positions by term, from those by form: the term of each word, and the exact ones that differ from it;
    of what a mark joins the form, which patterns ask for.

    Function words and runs of unspaced scripts, whose term is theirs alone, have none but in capitals.
    """
    found: dict[str, Sequence[int]] = {}
    several = set()

    def add(term: str, positions: Sequence[int]) -> None:
        if (there := found.get(term)) is None:
            found[term] = positions
        else:
            several.add(term)
            found[term] = [*there, *positions]

    for form, positions in places.items():
        add(TERMS[form], positions)
        if form[0] == JOINED:
            add(form, positions)
        if form[0] in _MARKED or is_unspaced(form):
            continue
        plain = form.lower()
        if plain not in FUNCTION_WORDS:
            add(EXACT + plain, positions)
        if plain != form:
            add(EXACT + form, positions)
    for term in several:
        found[term] = sorted(found[term])
    return found


def countable(words: Counter[str]) -> Counter[str]:
    """The words worth completing: those in spaced scripts, of more than one character."""
    return Counter(
        {word: articles for word, articles in words.items() if len(word) > 1 and not is_unspaced(word)}
    )
