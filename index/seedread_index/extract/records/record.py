"""A record of named fields, from JSON, a table or XML, as the draft of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.keys import FIELDS, OF_WORDS, PIECES, STRINGS, folded, rank, words_of
from seedread_index.extract.records.source_names import page_of, source_of, without_source
from seedread_index.extract.records.values import (
    address_of,
    date_of,
    day_in_parts,
    host_of,
    identity_of,
    line_of,
    published_of,
    text_in,
)
from seedread_index.extract.web.plain_text import unescaped, with_line_breaks
from seedread_index.text.word_lists import listed

_LONGEST_TITLE, _WEAK, _SAME_START = 600, 200, 60
_CUT = re.compile(r"(?:\s*(?:…|\.\.\.))?\s*(?:\[\+?\d+ chars\]|\[?(?:…|\.\.\.)\]?)$")
"""What stands at the end of a text that was cut off."""
_MOST_KEYS = 500
"""Only so many keys of a record are looked at: no article has as many."""

_Candidate = tuple[int, str, Any]
"""How surely a value is a field, 0 the surest; its key, and the value."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an article that a record holds, and whether its text only stands in for one.

    `keys` are the fields and the keys that they were read under.
    """

    text: str = ""
    weak: bool = False
    title: str | None = None
    named: str | None = None
    date: Any = None
    published: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    section: str | None = None
    lang: str | None = None
    identity: str | None = None
    keys: tuple[tuple[str, str], ...] = ()

    def within(self, around: Fields | None) -> Fields:
        """These fields, those that are missing taken from the object `around` the record."""
        if around is None:
            return self
        missing = {name: getattr(around, name) for name in _HANDED if not getattr(self, name)}
        return replace(self, keys=(*self.keys, *around.keys), **missing)


_PLACED = ("title", "date", "author", "source", "url", "section")
"""The fields of which it is kept under which key they were found."""
_HANDED, _TITLES = (*_PLACED, "published", "lang"), listed("title headline")
_BESIDE_TEXT = listed(
    "meta metadata info details properties attributes attrs header headers frontmatter embedded yoastheadjson"
    " thread og opengraph jsonld ldjson schema bibliographic citation"
)
"""Keys of an object that says of a text beside it what it is."""


def fields_of(record: Mapping[str, Any], names: Mapping[str, str], *, of_text: bool = False) -> Fields:
    """Read the fields of a record: by the user's `names`, else by the words of its keys.

    What a record with a text lacks, or one `of_text` that stands elsewhere, is looked for in an object of
    metadata within it.
    """
    found = _own_fields(record, names)
    if (found.text or of_text) and not (found.title and found.date and found.author and found.source):
        for key in islice(record, _MOST_KEYS):
            if folded(str(key)) in _BESIDE_TEXT and isinstance(beside := record[key], Mapping):
                found = found.within(_own_fields(beside, names))
    return found


def _own_fields(record: Mapping[str, Any], names: Mapping[str, str]) -> Fields:
    keys = tuple(map(str, islice(record, _MOST_KEYS)))
    places = _places(keys)
    found = {field: _candidates(record, names, field, places[field]) for field in FIELDS}
    text, weak = _text(found["text"])
    date_key, dated = _first(found["date"], lambda value: value if date_of(value) else None)
    title_key, title = _first(found["title"], line_of)
    author_key, author = _first(found["author"], line_of)
    if author is None:
        persons = ((key, record[key]) for key in ("user", "credits") if isinstance(record.get(key), dict))
        author_key, author = next(((key, line_of(one)) for key, one in persons), ("", None))
    source_key, source = source_of(found["source"], holds_articles)
    url_key, url = _first(found["url"], address_of)
    if url is None:
        url_key, url = page_of(found["source"])
    section_key, section = _first(found["section"], line_of)
    if source is None and _is_feed(record):
        source_key, source = title_key, title
    found_under = (title_key, date_key, author_key, source_key, url_key, section_key)
    return Fields(
        text=text,
        weak=weak,
        title=title if title is None or len(title) <= _LONGEST_TITLE else None,
        named=line_of(record.get("name")),
        date=date_of(dated) or (day_in_parts(record) if text else None),
        published=published_of(dated),
        author=author,
        source=source,
        url=url,
        section=section,
        lang=_first(found["lang"], line_of)[1],
        identity=_first(found["id"], identity_of)[1],
        keys=tuple((field, key) for field, key in zip(_PLACED, found_under, strict=True) if key),
    )


def _is_feed(record: Mapping[str, Any]) -> bool:
    """Whether a record is a feed, in JSON or turned into it, whose title is the source of its entries."""
    if {"home_page_url", "feed_url"} & record.keys() or "jsonfeed" in str(record.get("version")):
        return True
    entries = any(isinstance(record.get(key), list) for key in ("item", "items", "entry", "entries"))
    return entries and bool({"link", "links", "description", "subtitle", "id", "feedUrl"} & record.keys())


def _first(candidates: Sequence[_Candidate], read: Callable[[Any], Any]) -> tuple[str, Any]:
    """The key and the value of the surest candidate that can be read."""
    for _, key, value in candidates:
        if found := read(value):
            return key, found
    return "", None


@lru_cache(maxsize=512)
def _places(keys: tuple[str, ...]) -> dict[str, tuple[tuple[int, int], ...]]:
    """How surely the keys of a record are each field, and their places, the surest first."""
    return {
        field: tuple(
            sorted((sure, place) for place, key in enumerate(keys) if (sure := rank(field, key)) is not None)
        )
        for field in FIELDS
    }


def _candidates(
    record: Mapping[str, Any], names: Mapping[str, str], field: str, places: Sequence[tuple[int, int]]
) -> list[_Candidate]:
    """What may be a field, the surest first."""
    if path := names.get(field):
        value: Any = record
        for key in [path] if path in record else path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is not None:
            return [(0, path, value)]
    if not places:
        return []
    items = list(record.items())
    return [
        (sure, str(key), value)
        for sure, place in places
        for key, value in (items[place],)
        if value not in (None, "", [], {})
    ]


def _text(candidates: Sequence[_Candidate]) -> tuple[str, bool]:
    """The text of a record, and whether it is only a description or the like."""
    best = ""
    for sure, key, value in candidates:
        pieces = sure < _WEAK and folded(key) in PIECES
        if not pieces and (holds_articles(value) or (sure == STRINGS and not isinstance(value, str))):
            continue
        text = _joined(value) if pieces else text_in(value)
        if not text.strip():
            continue
        if sure < 100:
            return _uncut(text, candidates), False
        if sure >= _WEAK:
            return (best, False) if best else (_longest_weak(candidates), True)
        if len(text) > len(best) and (" " in text.strip() or not text.isascii()):
            best = text
    return best, False


def _uncut(text: str, candidates: Sequence[_Candidate]) -> str:
    """A text, or where it is cut off as by NewsAPI, the longer one under another key that begins like it."""
    if not text[-_SAME_START:].rstrip().endswith(("]", "…", "...")):
        return text
    start = _CUT.sub("", text.rstrip())
    others = (text_in(value) for sure, _, value in candidates if sure < _WEAK)
    longer = (other for other in others if len(other) > len(text) and other.startswith(start[:_SAME_START]))
    return max(longer, key=len, default=text)


def _joined(value: Any) -> str:
    """The text of pieces under their headings; empty where they are articles or lists of such themselves."""
    pieces: list[str] = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            named = any(
                rank(field, str(key)) is not None for key in one for field in ("date", "url", "author")
            )
            if named or any(isinstance(inner, list) and holds_articles(inner) for inner in one.values()):
                return ""
            pieces.append(next((line for key in ("heading", "title") if (line := line_of(one.get(key)))), ""))
        pieces.append(text_in(one))
    return "\n\n".join(piece for piece in pieces if piece.strip())


def holds_articles(value: Any) -> bool:
    """Whether a value is an object, or a list of objects, with a title or a day of their own."""
    inner = value[:3] if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and any(map(_is_title, islice(one, _MOST_KEYS))) for one in inner)


def _is_title(key: Any) -> bool:
    """Whether a key is `title`, `headline`, or what other languages call them."""
    return key in _TITLES or ((rank("title", str(key)) or 0) >= OF_WORDS and len(words_of(str(key))) == 1)


def _longest_weak(candidates: Sequence[_Candidate]) -> str:
    """The longest of the texts that stand in for one: an abstract repeats as a snippet."""
    return max((text_in(value) for sure, _, value in candidates if sure >= _WEAK), key=len)


def is_article(fields: Fields, *, alike: bool) -> bool:
    """Whether a record is an article: a text with a title, date, author or address, or one of many alike."""
    if not fields.text.strip():
        return False
    if fields.weak:
        beside = fields.date or fields.url or fields.author
        return bool((fields.title and beside) or (fields.named and fields.date and fields.url))
    return alike or bool(fields.title or fields.date or fields.author or fields.url)


def draft_of(fields: Fields, part: str | None, around: Fields = Fields()) -> Draft:
    """The draft of a record; what it lacks is taken from the record `around` it."""
    url, author = fields.url or around.url, fields.author or around.author
    title = fields.title or around.title or fields.named
    return Draft(
        with_line_breaks(unescaped(fields.text)),
        part=part,
        title=without_source(unescaped(title), fields.source or around.source) if title else None,
        date=fields.date or around.date,
        published=fields.published if fields.date else around.published,
        author=unescaped(author) if author else None,
        source=fields.source or around.source or host_of(url),
        lang=fields.lang or around.lang,
        url=url,
        section=fields.section or around.section,
        part_id=fields.identity,
        provenance=_field_places(fields, around, url),
    )


def _field_places(fields: Fields, around: Fields, url: str | None) -> tuple[FieldPlace, ...]:
    """The keys under which the fields of a record were read: its own, else those of the record around it."""
    own = {field: (Where.KEY, key) for field, key in fields.keys if getattr(fields, field)}
    outer = {field: (Where.OUTER_KEY, key) for field, key in around.keys if not getattr(fields, field)}
    host = {"source": (Where.HOST, "")} if url and not (fields.source or around.source) else {}
    named = {} if fields.title or around.title else {"title": (Where.KEY, "name")}
    return tuple(FieldPlace(field, *place) for field, place in {**named, **outer, **own, **host}.items())


def with_table(draft: Draft, fields: Fields) -> Draft:
    """A draft with what a row of a table of metadata says of it, which beats what its file says."""
    given = {name: value for name in (*_PLACED, "lang") if (value := getattr(fields, name))}
    published = fields.published if fields.date else draft.published
    provenance = tuple(FieldPlace(field, Where.TABLE, key) for field, key in fields.keys if field in given)
    return replace(
        draft,
        **given,
        published=published,
        from_table=tuple(given),
        provenance=(*provenance, *draft.provenance),
    )
