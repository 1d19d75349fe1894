"""XML files: told apart by their first element; feeds, note exports, or records of any other shape."""

from __future__ import annotations

import re
from collections.abc import Mapping

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Found, binary, broken, empty, not_installed
from seedread_index.extract.records.json import articles_in_value
from seedread_index.extract.records.xml_elements import tree_of, value_of
from seedread_index.model.status import SkipStatus

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_MARKUP = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_REFUSED = {
    "opml": "is a list of feeds (OPML), which holds no articles; nothing to do",
    "urlset": "is a sitemap: addresses, not articles; save the pages themselves",
    "sitemapindex": "is a sitemap: addresses, not articles; save the pages themselves",
    "svg": "is a picture (SVG); nothing to do",
    "plist": "is a configuration; nothing to do",
    "project": "is a configuration; nothing to do",
    "mediawiki": "is a MediaWiki dump; extract its text with wikiextractor",
    "tei": "",
}
_NO_ARTICLE = "is XML that holds no article; convert it to JSON lines or HTML"


def read_xml(data: bytes, names: Mapping[str, str]) -> Found:
    """Read an XML file; entities are never expanded, nothing is fetched."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return empty()
    text = _DECLARATION.sub("", decoded.text, count=1)
    root = _ROOT.search(_MARKUP.sub("", text[:20_000]))
    if root is None:
        return broken("is not valid XML; fetch it again")
    kind = root[2].casefold()
    if reason := _REFUSED.get(kind):
        return Found((), SkipStatus.SKIP, reason)
    try:
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
    except ImportError:
        return not_installed("reading XML")
    try:
        if kind in {"rss", "feed", "rdf"}:
            from seedread_index.extract.records.feed import read_feed

            return read_feed(text)
        if kind == "en-export":
            from seedread_index.extract.records.notes import read_notes

            return read_notes(text)
        return _records(text, names)
    except (*HOSTILE, etree.LxmlError) as error:
        return broken(f"is not valid XML ({type(error).__name__}); fetch it again")


def _records(text: str, names: Mapping[str, str]) -> Found:
    """The articles of an XML file of any shape, its elements and attributes read as keys and values."""
    root = tree_of(text)
    if root is None:
        return broken("is not valid XML; fetch it again")
    value = value_of(root)
    drafts = articles_in_value(value if isinstance(value, dict) else {}, names)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)
