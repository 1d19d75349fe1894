"""Linked data of a web page (JSON-LD), read leniently: the objects that describe this page's own article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_WRAPPED = re.compile(
    r"\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TOKEN = re.compile(r'("(?:\\.|[^"\\])*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
"""A string, which stays, or a remark of JavaScript."""

_FIELD = re.compile(r'"(@type|headline|datePublished|url)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_WRITER = re.compile(
    r'"author"\s*:\s*[\[{\s]*(?:"@type"\s*:\s*"Person"\s*,\s*)?(?:"name"\s*:\s*)?"([^"@\\]{2,60})"'
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WORD = re.compile(r"[^\W_]{2,}")
_LONGEST, _MOST_ITEMS, _DEEPEST = 400_000, 200, 6
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_OF_ARTICLES = ("Article", "Posting", "Report", "Review", "Recipe")
_ALIKE = 0.5
"""A headline that shares fewer of its words with the page's titles is another story's."""

Object = dict[str, Any]


def parsed(script: str) -> Any:
    """The value in a script of linked data; None where it is beyond reading.

    CDATA and comment marks around it, raw line breaks in strings, trailing commas, a closing semicolon,
    remarks and single quotes are what pages add to the JSON; several values behind each other are a list.
    Of what stays broken (a quotation mark within a string) the fields of a single article are read.
    """
    source = script[:_LONGEST]
    while (bare := _WRAPPED.sub("", source)) != source:
        source = bare
    source = source.strip().rstrip(";").strip()
    for mend in (str, _without_trailing_commas, html.unescape, _without_remarks, _in_double_quotes):
        try:
            return _values(mend(source))
        except (ValueError, RecursionError):
            continue
    return _salvaged(source)


def _salvaged(source: str) -> Object | None:
    """The fields that can be read in JSON that is broken, where it describes one article alone."""
    if source.count('"datePublished"') != 1 or '"itemListElement"' in source:
        return None
    fields: Object = {}
    for name, text in _FIELD.findall(source):
        if name != "@type" or _is({"@type": text}, _OF_ARTICLES):
            fields.setdefault(name, text)
    writer = _WRITER.search(source)
    return {**fields, "author": writer[1]} if writer else fields


def _values(source: str) -> Any:
    """The value of a text, or the list of those in it; raises ValueError where the first is none."""
    decoder = json.JSONDecoder(strict=False)
    value, at = decoder.raw_decode(source)
    values = [value]
    while (rest := source[at:].lstrip(" \t\r\n;,"))[:1] in {"{", "["} and len(values) < _MOST_ITEMS:
        source = rest
        try:
            value, at = decoder.raw_decode(source)
        except ValueError:
            break
        values.append(value)
    return values if len(values) > 1 else value


def _without_remarks(source: str) -> str:
    return _without_trailing_commas(_TOKEN.sub(lambda match: match[1] or " ", source)).strip()


def _in_double_quotes(source: str) -> str:
    return source if '"' in source else source.replace("'", '"')


def _without_trailing_commas(source: str) -> str:
    return _TRAILING_COMMA.sub("", _CONTROLS.sub(" ", source))


def articles_in(scripts: Sequence[str], titles: Sequence[str], address: str | None) -> list[Object]:
    """The objects that describe the page's article, articles before pages; never one inside a list of items.

    `titles` and `address` are the page's own: an object with another headline and another address is of
    another story, and so is one without an address where the page describes several.
    """
    found = [one for script in scripts if (value := parsed(script)) is not None for one in _objects(value)]
    people = {one["@id"]: one for one in found if isinstance(one.get("@id"), str) and "name" in one}
    articles = [one for one in found if _is(one, _OF_ARTICLES)]
    mine = [one for one in articles if _is_of_page(one, titles, address, alone=len(articles) == 1)]
    pages = [one for one in found if _is(one, ("WebPage", "NewsMediaPage")) and not _is(one, _OF_ARTICLES)]
    return [_with_people(one, people) for one in (*mine, *pages)]


def _objects(value: Any, depth: int = 0) -> Iterator[Object]:
    """The objects of a value, a graph's and what a page is about."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_ITEMS]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _WITHIN:
            yield from _objects(value.get(key), depth + 1)


def _is(one: Object, kinds: Sequence[str]) -> bool:
    kind = str(one.get("@type", ""))
    return any(name in kind for name in kinds)


def _is_of_page(one: Object, titles: Sequence[str], address: str | None, *, alone: bool) -> bool:
    headline = one.get("headline") or one.get("name")
    if not isinstance(headline, str) or not titles or any(_alike(headline, title) for title in titles):
        return True
    own = _address(one)
    if own is None:
        return alone
    return address is not None and _plain_address(own) == _plain_address(address)


def _alike(first: str, second: str) -> bool:
    """Whether two titles share half the words of the shorter one."""
    one, other = set(_WORD.findall(first.casefold())), set(_WORD.findall(second.casefold()))
    if not one or not other:
        return first.strip().casefold() == second.strip().casefold()
    return len(one & other) >= _ALIKE * min(len(one), len(other))


def _address(one: Object) -> str | None:
    page = one.get("mainEntityOfPage")
    for value in (one.get("url"), page.get("@id") if isinstance(page, dict) else page, one.get("@id")):
        if isinstance(value, str) and "//" in value:
            return value
    return None


def _plain_address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$|/+$", "", address).rstrip("/")


def _with_people(one: Object, people: dict[str, Object]) -> Object:
    """An object whose author is spelt out where it only names another object of the page."""
    author = one.get("author")
    authors = [
        people.get(each["@id"], each)
        if isinstance(each, dict) and isinstance(each.get("@id"), str) and "name" not in each
        else each
        for each in (author if isinstance(author, list) else [author])
    ]
    return {**one, "author": authors}
