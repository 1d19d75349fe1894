"""Feeds (RSS, Atom, RDF), whose entries are articles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.source_names import without_source
from seedread_index.extract.records.values import address_of, date_of, published_of
from seedread_index.extract.records.xml_elements import XmlEvents, elements, local, paragraphs_of, value_of
from seedread_index.extract.web.plain_text import LOOKS_LIKE_MARKUP, REFERENCE, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_TEXTS = ("encoded", "content", "fulltext", "full-text", "body", "description", "summary", "subtitle")
_DATES = ("pubdate", "published", "issued", "date", "created", "available", "updated", "modified")
_AUTHORS = ("creator", "author", "byline", "dc:creator")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_MAILED = re.compile(r"\S+@\S+\s*\((?P<name>[^()]{2,80})\)\s*$")
_ITEMS = ("item", "entry")
_NO_POSTS = frozenset(
    (
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "wp_template",
        "wp_global_styles",
        "wp_navigation",
    )
)
"""What an export of WordPress holds beside posts and pages: pictures, menus and the like."""

_NO_KINDS = ("/kind#template", "/kind#settings", "/kind#comment")
"""What an export of Blogger holds beside posts and pages."""

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_SHORTCODE = re.compile(
    r"\[/?[a-z][\w-]{1,40}(?:\s+[\w-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|[^\s\]]+))+\s*/?\]"
    r"|\[/?(?:caption|gallery|embed|audio|video|playlist|more)\]"
)
"""What WordPress replaces by pictures and players."""

_MOST_ITEMS = 1_000_000
_MOST_WAITING = 500


def entries_of(events: XmlEvents) -> Iterator[Draft]:
    """The entries of a feed; what names the whole feed is the source of its entries.

    Those before the name of the feed wait for it, where there are not too many.
    """
    waiting: list[Draft] = []
    source = lang = site = None
    count = 0
    for element in elements(events, *_ITEMS, "title", "language", "link"):
        name = local(element)
        parent = element.getparent()
        above = local(parent) if parent is not None else ""
        if name in _ITEMS:
            count += 1
            if any(_is_no_post(child) for child in element):
                continue
            waiting.append(_entry(element, count, site))
            if source or len(waiting) >= _MOST_WAITING:
                yield from (_of_feed(draft, source, lang) for draft in waiting)
                waiting = []
            if count >= _MOST_ITEMS:
                break
        elif name == "title" and above in {"channel", "feed"}:
            source = source or _plain(inner_text(element))
        elif name == "link" and above in {"channel", "feed"}:
            site = site or _link(element)
        elif name == "language" and above == "channel":
            lang = (element.text or "").strip() or None
    yield from (_of_feed(draft, source, lang) for draft in waiting)


def _is_no_post(child: _Element) -> bool:
    """Whether a part of an entry says that it is none of WordPress's or Blogger's posts and pages."""
    kind = child.get("term", "") if local(child) == "category" else ""
    return kind.endswith(_NO_KINDS) or (local(child) == "post_type" and inner_text(child) in _NO_POSTS)


def _of_feed(draft: Draft, source: str | None, lang: str | None) -> Draft:
    provenance = draft.provenance if draft.source else (FieldPlace("source", Where.FEED), *draft.provenance)
    source = draft.source or source
    title = without_source(draft.title, source) if draft.title else None
    return replace(draft, title=title, source=source, lang=draft.lang or lang, provenance=provenance)


def _entry(element: _Element, number: int, site: str | None) -> Draft:
    children: dict[str, list[_Element]] = {}
    for child in element:
        children.setdefault(local(child), []).append(child)
    links = [link for child in children.get("link", ()) if (link := _link(child, site))]
    guid = _first(children, "guid", "id")
    url = links[0] if links else address_of(guid)
    origin = children.get("source")
    dated = next((name for name in _DATES if date_of(_first(children, name))), "")
    places = (
        ("title", "title"),
        ("date", dated),
        ("author", next((name for name in _AUTHORS if name in children), "")),
        ("source", "source"),
        ("url", "link" if links else "guid"),
        ("section", "category"),
    )
    return Draft(
        _text(children),
        part=str(number),
        title=_plain(_first(children, "title")),
        date=date_of(_first(children, dated)) if dated else None,
        published=next((published_of(_first(children, name)) for name in _DATES if name in children), None),
        author=_author(children),
        source=_origin(origin[0]) if origin else None,
        url=url,
        section=_section(children),
        part_id=guid or url,
        provenance=tuple(FieldPlace(field, Where.ELEMENT, name) for field, name in places if name),
    )


def _text(children: dict[str, list[_Element]]) -> str:
    """The fullest of the texts: a content is nearly always longer than a description."""
    texts = [_as_text(child) for name in _TEXTS for child in children.get(name, ())]
    texts += [
        _as_text(inner)
        for group in children.get("group", ())
        for inner in group
        if local(inner) == "description"
    ]
    return _SHORTCODE.sub("", max(texts, key=len, default="")).strip()


def _as_text(element: _Element) -> str:
    if len(element) and element.get("type") != "text":
        return paragraphs_of(element)
    raw = "".join(element.itertext())
    if local(element) == "encoded":  # WordPress makes paragraphs of what blank lines part.
        raw = _BLANK_LINES.sub("\n<p>\n", raw)
    if LOOKS_LIKE_MARKUP.search(raw) or REFERENCE.search(raw):
        return text_of(raw)
    return raw.strip()


def inner_text(element: _Element) -> str:
    """The text in an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def _plain(value: str | None) -> str | None:
    """A short field without markup, its references resolved."""
    if not value:
        return None
    plain = _TAG.sub(" ", value)
    if REFERENCE.search(plain):
        plain = html.unescape(plain)
    return " ".join(plain.split()) or None


def _first(children: dict[str, list[_Element]], *names: str) -> str | None:
    for name in names:
        for child in children.get(name, ()):
            if found := inner_text(child):
                return found
    return None


def _link(element: _Element, site: str | None = None) -> str | None:
    """The address that a link gives, where it is relative below `xml:base` or the `site`."""
    if element.get("rel", "alternate") != "alternate":
        return None
    given = element.get("href") or inner_text(element)
    base = address_of(element.base) or site
    if not given or base is None or address_of(given):
        return address_of(given)
    try:
        return address_of(urljoin(base, given))
    except ValueError:
        return None


def _author(children: dict[str, list[_Element]]) -> str | None:
    names = []
    for name in _AUTHORS:
        for child in children.get(name, ()):
            inner = {local(one): inner_text(one) for one in child}
            written = inner.get("name") or (inner_text(child) if not inner else "")
            mailed = _MAILED.match(written)
            named = mailed["name"] if mailed else written
            if named and "@" not in named and not named.startswith("http"):
                names.append(named)
        if names:
            break
    return ", ".join(dict.fromkeys(names)) or None


def _section(children: dict[str, list[_Element]]) -> str | None:
    for child in children.get("category", ()):
        if "/kind" in child.get("scheme", "").replace("#kind", "/kind"):
            continue
        if found := inner_text(child) or child.get("label") or child.get("term"):
            return str(found)
    return None


def _origin(element: _Element) -> str | None:
    """The feed that an entry was taken from."""
    value = value_of(element)
    return _plain(value.get("title") if isinstance(value, dict) else value) or None
