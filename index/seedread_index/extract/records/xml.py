"""XML files: told apart by their first element; feeds, note exports, or records of any other shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Drafts, Found, binary, broken, empty, not_installed
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
_PIECE = 1 << 16
_NO_ARTICLE = "is XML that holds no article; convert it to JSON lines or HTML"


def read_xml(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read an XML file; entities are never expanded, nothing is fetched.

    Feeds and exports of notes are read one entry after the other, any other file whole.
    """
    decoded = source.decoded()
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

            return (yield from read_feed(_pieces(source)))
        if kind == "en-export":
            from seedread_index.extract.records.notes import read_notes

            return (yield from read_notes(_pieces(source)))
        return _records(text if source.is_whole else _text_of(source), names)
    except (*HOSTILE, etree.LxmlError) as error:
        if isinstance(error, MemoryError) or getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            return broken("is XML that needs more memory than there was; split it, or save it as JSON lines")
        return broken(f"is not valid XML ({type(error).__name__}); fetch it again")


def _text_of(source: Source) -> str:
    decoded = decode(source.all())
    return _DECLARATION.sub("", decoded.text, count=1) if decoded else ""


def _pieces(source: Source) -> Iterator[str]:
    """The text piece by piece, without its declaration, which may name an encoding that it has no more."""
    text = source.text()
    piece = text.read(_PIECE) if text else ""
    yield _DECLARATION.sub("", piece.lstrip("\ufeff"), count=1)
    while text and (piece := text.read(_PIECE)):
        yield piece


def _records(text: str, names: Mapping[str, str]) -> Found:
    """The articles of an XML file of any shape, its elements and attributes read as keys and values."""
    root = tree_of(text)
    if root is None:
        return broken("is not valid XML; fetch it again")
    value = value_of(root)
    drafts = articles_in_value(value if isinstance(value, dict) else {}, names)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)
