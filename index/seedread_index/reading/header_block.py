"""A block of labelled lines before the text: SOURCE: …, TITLE: …, PUBLISHED: …."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from seedread_index.article import Passage, PassageKind
from seedread_index.reading.clean import squeeze
from seedread_index.reading.dates import find_date

_LINE = re.compile(r"[ \t]*([^\W\d_][\w /-]{1,24}?)[ \t]*[:=][ \t]*([^\n]*)(?:\n|$)")
_FIELD = {
    "title": "title headline head subject heading name titre titolo título заголовок",
    "date": (
        "date published publishedon publicationdate publishdate publisheddate published_at pubdate posted"
        " postedon"
        " datetime time created created_at issued day dated fecha datum дата"
    ),
    "updated": "updated modified lastmodified lastupdated retrieved crawled accessed",
    "source": (
        "source publisher site sitename website outlet publication newspaper paper agency feed origin from"
        " medium"
        " fuente quelle источник"
    ),
    "author": "author authors by byline writer reporter creator autor auteur автор",
    "other": (
        "url link uri permalink id guid lang language locale section category categories tag tags topic"
        " topics keywords country region place location words wordcount length type format edition desk slug"
        " copyright"
        " summary description text body content"
    ),
}
_OF = {word: name for name, words in _FIELD.items() for word in words.split()}
_MOST_LINES = 20
_SOLID = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The labelled lines at a text's head; `end` is where the text after them begins."""

    title: str | None
    date: dt.date | None
    source: str | None
    passages: tuple[Passage, ...]
    end: int


def read_header_block(text: str, start: int) -> HeaderBlock | None:
    """The block at `start`, or None: at least two labelled lines, one of them a title, date or source."""
    lines: list[tuple[str, re.Match[str]]] = []
    first = _SOLID.search(text, start)
    if first is None:
        return None
    position = first.start()
    while len(lines) < _MOST_LINES and (match := _LINE.match(text, position)):
        name = _OF.get(re.sub(r"[ /-]", "", match[1]).casefold())
        if name is None or len(match[2]) > 400:
            break
        position = match.end()
        lines.append((name, match))
        if name == "other" and match[1].casefold() in {"text", "body", "content"}:
            position = match.start(2)
            break
    names = {name for name, _ in lines}
    if len(lines) < 2 or not names & {"title", "date", "source"}:
        return None
    values = {name: squeeze(match[2]) for name, match in reversed(lines)}
    passages = tuple(passage for name, match in lines for passage in _passages(name, match, position))
    date = find_date(values.get("date") or values.get("updated") or "")[0]
    return HeaderBlock(values.get("title") or None, date, values.get("source") or None, passages, position)


def _passages(name: str, match: re.Match[str], stop: int) -> list[Passage]:
    """The passages of one labelled line: a title and a date are set apart from their labels."""
    kind = {
        "title": PassageKind.TITLE,
        "date": PassageKind.DATE,
        "updated": PassageKind.DATE,
        "source": PassageKind.CREDIT,
        "author": PassageKind.BYLINE,
    }.get(name, PassageKind.BOILERPLATE)
    value_start = match.start(2)
    if value_start >= stop:
        return [Passage(match.start(1), len(match.string[:value_start].rstrip()), PassageKind.BOILERPLATE)]
    value_end = value_start + len(match[2].rstrip())
    if name not in {"title", "date"} or value_end == value_start:
        return [Passage(match.start(1), max(value_end, match.end(1) + 1), kind)]
    label_end = (
        match.end(1)
        + match.string[match.end(1) : value_start].index(match.string[match.end(1) : value_start].strip()[0])
        + 1
    )
    return [
        Passage(match.start(1), label_end, PassageKind.BOILERPLATE),
        Passage(value_start, value_end, kind),
    ]
