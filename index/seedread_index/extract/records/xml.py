"""XML files: told apart by their first element; feeds, note exports, or records of any other shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty, not_installed
from seedread_index.extract.reasons import FieldPlace, Where, provenance
from seedread_index.extract.records.json import articles_in_value
from seedread_index.extract.records.record import identified
from seedread_index.extract.records.values import address_of, date_of, host_of
from seedread_index.extract.records.xml_elements import elements, local, tree_of, value_of
from seedread_index.extract.web.plain_text import text_of
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


_RESOURCE = re.compile(r"<(data|recognition|alternate-data)\b[^<>]{0,500}>")
_LONGEST_TAG = 600
_PROLOGUE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*>")
_OF_NOTE = (
    *provenance(Where.ELEMENT, title="title", date="created", author="author", url="source-url"),
    FieldPlace("source", Where.HOST),
)


def read_notes(text: Iterable[str]) -> Drafts:
    """Read an export; attached files are left out, a clipped page's day is that of its clipping."""
    count = 0
    for count, draft in enumerate(identified(_notes(text)), 1):  # noqa: B007  # counted
        yield draft
    return Found() if count else empty("is an export of notes without notes; nothing to do")


def _without_resources(text: Iterable[str]) -> Iterator[str]:
    """The text without what is attached to the notes, which may be larger than all of them."""
    held, inside = "", ""
    for piece in text:
        held += piece
        while True:
            if inside:
                end = held.find(inside)
                if end < 0:
                    held = held[-_LONGEST_TAG:]
                    break
                held, inside = held[end + len(inside) :], ""
            elif begin := _RESOURCE.search(held):
                yield held[: begin.start()]
                held, inside = held[begin.end() :], f"</{begin[1]}>"
            else:
                yield held[:-_LONGEST_TAG]
                held = held[-_LONGEST_TAG:]
                break
    if not inside:
        yield held


def _notes(text: Iterable[str]) -> Iterator[Draft]:
    for number, note in enumerate(elements(_without_resources(text), "note"), 1):
        found = {local(child): "".join(child.itertext()).strip() for child in note}
        attributes = {
            local(one): "".join(one.itertext()).strip()
            for child in note
            if local(child) == "note-attributes"
            for one in child
        }
        url = address_of(attributes.get("source-url"))
        yield Draft(
            text_of(_MEDIA.sub(" ", _PROLOGUE.sub("", found.get("content", "")))),
            part=str(number),
            title=" ".join(found.get("title", "").split()) or None,
            date=date_of(found.get("created")),
            author=attributes.get("author") or None,
            source=host_of(url),
            url=url,
            part_id=None,
            provenance=_OF_NOTE,
        )
