"""Articles as a server keeps them: made for it when they are published, and made of what it stores."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from seedread_index.engines.document import (
    ALL,
    FILLER,
    LANG,
    AnalyzedDocument,
    Document,
    analyze,
    index_terms,
)
from seedread_index.engines.opensearch import layout
from seedread_index.engines.opensearch.layout import TEXTS
from seedread_index.linking.shared_names import Name, Names, SharedMention, SharedQuotation
from seedread_index.model.article import (
    Article,
    EntityType,
    Header,
    Mention,
    Origin,
    Passage,
    PassageKind,
    Span,
    authors_of,
)
from seedread_index.text.folding import title_order


def shared_id(label: str, article_id: str) -> str:
    """The id on a server of an article of an indexer's archive."""
    return hashlib.sha256(f"{label}\0{article_id}".encode()).hexdigest()[:16]


def served(
    article: Article, document: Document, names: Names, label: str, representative: str | None
) -> tuple[dict[str, Any], AnalyzedDocument]:
    """An article as the server takes it, and its words.

    `representative` is the id of the article that represents its near-duplicates, None where it has none.
    """
    parts = analyze(document)
    terms = {name: index_terms(places) for name, places in parts.positions.items()}
    key = shared_id(label, article.id)
    date = article.date
    said = [each for quotation in names.quotations for each in (quotation.named, quotation.for_whom) if each]
    source = {
        **{name: _line(terms[name]) for name in TEXTS if name != layout.BODY},
        layout.BODY: _line(terms[ALL], parts.head, parts.size),
        LANG: parts.lang,
        layout.KEY: key,
        layout.LABEL: label,
        layout.HASH: article.content_hash,
        layout.GROUP: shared_id(label, representative) if representative else key,
        layout.GROUPED: representative is not None,
        layout.DAY: parts.day,
        layout.MONTH: f"{date:%Y-%m}" if date else None,
        layout.YEAR: f"{date.year:04}" if date else None,
        layout.BY_PATH: layout.keyword(article.path),
        layout.BY_TITLE: layout.keyword(title_order(article.title)),
        layout.BY_SOURCE: layout.keyword(article.source) if article.source else None,
        layout.BY_AUTHOR: [layout.keyword(each) for each in dict.fromkeys(authors_of(article.author))],
        layout.HEADS: _each(use.name for use in names.uses if use.counted),
        layout.FORMS: _each(use.name for use in names.uses),
        layout.USES: [layout.keyword(str(use)) for use in names.uses],
        layout.SAID: _each(said),
        layout.ABOUT: _each(each for quotation in names.quotations for each in quotation.about),
        layout.ARTICLE: _stored(article, names, parts.size),
    }
    return source, parts


def _each(names: Any) -> list[str]:
    return list(dict.fromkeys(layout.keyword(str(name)) for name in names))


def _line(positions: Mapping[str, Sequence[int]], first: int = 0, last: int | None = None) -> str:
    """The terms of a field joined by blanks, those of one position by bars, positions without one filled."""
    at_each: dict[int, list[str]] = {}
    for term, places in positions.items():
        for at in places:
            if at >= first and (last is None or at < last):
                at_each.setdefault(at, []).append(term)
    line = " ".join("|".join(at_each.get(at, (FILLER,))) for at in range(max(at_each, default=-1) + 1))
    return line if line.isascii() else line.encode("utf-8", "replace").decode()


def _stored(article: Article, names: Names, words: int) -> dict[str, Any]:
    """What is given back of an article; texts are without lone surrogates, of the same length."""
    numbers: dict[Name, int] = {}

    def number(name: Name | None) -> int | None:
        return None if name is None else numbers.setdefault(name, len(numbers))

    stored = {
        "path": _plain(article.path),
        "path_hex": article.path_bytes.hex(),
        "part": article.part,
        "title": _plain(article.title),
        "inferred": article.title_inferred,
        "date": article.date.isoformat() if article.date else None,
        "date_from": article.date_from,
        "source": article.source,
        "lang": article.lang,
        "text": _plain(article.text),
        "passages": [[each.start, each.end, each.kind.value] for each in article.passages],
        "unseen": [list(each) for each in article.unseen],
        "neutralised": article.neutralised,
        "copies": list(map(_plain, article.copies)),
        "author": article.author,
        "origin": {k: v for k, v in dataclasses.asdict(article.origin).items() if v is not None},
        "words": words,
        "mentions": [[each.start, each.end, each.label, number(each.name)] for each in names.mentions],
        "quotations": [
            [
                *(list(q.span), q.kind, q.cue and list(q.cue), q.speaker and list(q.speaker), q.confidence),
                *(number(q.named), number(q.for_whom), [number(each) for each in q.about]),
            ]
            for q in names.quotations
        ],
    }
    return stored | {"names": [layout.keyword(str(name)) for name in numbers]}


def _plain(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def article_of(key: str, stored: Mapping[str, Any]) -> Article:
    """The article that a server stores, without its mentions."""
    return Article(
        id=key,
        path=stored["path"],
        path_bytes=bytes.fromhex(stored["path_hex"]),
        part=stored["part"],
        title=stored["title"],
        title_inferred=stored["inferred"],
        date=_date(stored["date"]),
        date_from=stored["date_from"],
        source=stored["source"],
        lang=stored["lang"],
        text=stored["text"],
        passages=tuple(Passage(start, end, PassageKind(kind)) for start, end, kind in stored["passages"]),
        neutralised=stored["neutralised"],
        copies=tuple(stored["copies"]),
        author=stored["author"],
        origin=Origin(**stored["origin"]),
        unseen=tuple(Span(start, end) for start, end in stored["unseen"]),
    )


HEADER_FIELDS = tuple(
    f"{layout.ARTICLE}.{name}"
    for name in (
        *("path", "title", "inferred", "date", "source", "lang", "neutralised", "words", "author", "origin"),
    )
)
"""What a header is made of."""


def header_of(key: str, stored: Mapping[str, Any]) -> Header:
    """What a list shows of an article that a server stores."""
    return Header(
        id=key,
        number=int(key, 16),
        path=stored["path"],
        title=stored["title"],
        title_inferred=stored["inferred"],
        date=_date(stored["date"]),
        source=stored["source"],
        lang=stored["lang"],
        neutralised=stored["neutralised"],
        words=stored["words"],
        author=stored["author"],
        origin=Origin(**stored["origin"]),
    )


def names_of(stored: Mapping[str, Any]) -> Names:
    """The mentions and quotations that a server stores of an article; without the uses of its names."""
    known = list(map(Name.parse, stored["names"]))

    def name(number: int | None) -> Name | None:
        return None if number is None else known[number]

    return Names(
        (),
        [SharedMention(start, end, label, name(n)) for start, end, label, n in stored["mentions"]],
        [
            SharedQuotation(
                span=Span(*span),
                kind=kind,
                cue=Span(*cue) if cue else None,
                speaker=Span(*speaker) if speaker else None,
                confidence=confidence,
                named=name(named),
                for_whom=name(for_whom),
                about=tuple(known[each] for each in about),
            )
            for span, kind, cue, speaker, confidence, named, for_whom, about in stored["quotations"]
        ],
    )


def mention_of(shared: SharedMention, text: str, entity: str | None, kind: EntityType | None) -> Mention:
    """A mention as readers know it, of its entity's type."""
    spelled = text[shared.start : shared.end]
    return Mention(shared.start, shared.end, spelled, shared.label, entity).of_type(kind)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
