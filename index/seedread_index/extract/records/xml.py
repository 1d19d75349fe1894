"""XML files: told apart by their first element; feeds, note exports, or records of any other shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty, not_installed
from seedread_index.extract.reasons import FieldPlace, Where, provenance
from seedread_index.extract.records.identity import UpTo, identified
from seedread_index.extract.records.nested import articles_in_value, articles_in_values
from seedread_index.extract.records.record import Fields, fields_of
from seedread_index.extract.records.values import address_of, date_of, host_of
from seedread_index.extract.records.xml_elements import (
    UnfinishedError,
    XmlEvents,
    elements,
    elements_at,
    local,
    recurring,
    tree_of,
    value_of,
)
from seedread_index.extract.web.plain_text import text_of
from seedread_index.model.status import SkipStatus

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_MARKUP = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_REFUSED = {
    "opml": "is a list of feeds (OPML), which contains no articles; skipped",
    "urlset": "is a sitemap: addresses, not articles; save the pages themselves",
    "sitemapindex": "is a sitemap: addresses, not articles; save the pages themselves",
    "svg": "is a picture (SVG); skipped",
    "plist": "is a configuration file; skipped",
    "project": "is a configuration file; skipped",
    "mediawiki": "is a MediaWiki dump; extract its text with wikiextractor",
    "tei": "",
}
_FLAT_DOCUMENT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}document"
_PIECE = 1 << 16
_SUBSET = re.compile(r"(<!DOCTYPE[^>\[]{0,1000})\[.*?\]\s*>", re.DOTALL | re.IGNORECASE)
_NO_ARTICLE = "is XML without articles; convert it to JSON lines or HTML"


def read_xml(source: Source, names: Mapping[str, str]) -> Drafts:
    """Read an XML file; entities are never expanded, nothing is fetched.

    The entries of a feed or an export of notes, and the elements that recur in a large file of any other
    shape, are read one after the other.
    """
    decoded = source.decoded()
    if decoded is None:
        return binary()
    if not decoded.text.strip():
        return empty()
    text = _without_declarations(decoded.text)
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
    faults = (*HOSTILE, etree.LxmlError)
    pieces = _pieces(source)
    events = XmlEvents(_without_resources(pieces) if kind == "en-export" else pieces)
    try:
        drafts, nothing = _one_by_one(kind, events, None if source.is_whole else text, names)
        if drafts is None:
            return _records(text if source.is_whole else _text_of(source), names)
    except faults as error:
        return broken(_damage(error))
    found, count = UpTo(drafts, *faults), 0
    for draft in identified(found):
        count += 1
        yield draft
    if fault := found.error or events.error:
        read = f"; the {count:,} before that are read" if count else ""
        return broken(_damage(fault) + read)
    return Found() if count else nothing


def _damage(error: BaseException) -> str:
    from lxml import etree

    if isinstance(error, UnfinishedError):
        return f"is XML that {error}"
    if isinstance(error, MemoryError) or getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
        return "is XML that needs more memory than was available; split it, or save it as JSON lines"
    return f"is not valid XML ({type(error).__name__}); fetch it again"


def _one_by_one(
    kind: str, events: XmlEvents, head: str | None, names: Mapping[str, str]
) -> tuple[Iterator[Draft] | None, Found]:
    """The articles of a file that is read element by element, and what is said where there is none.

    None where it has to be read whole: it is small, and so has no `head`, or no element recurs in that.
    """
    if kind in {"rss", "feed", "rdf"}:
        from seedread_index.extract.records.feed import entries_of

        return entries_of(events), empty("is a feed without entries; skipped")
    if kind == "en-export":
        return _notes(events), empty("is an export of notes without notes; skipped")
    root = None if head is None else tree_of(head)[0]
    path, beside = recurring(root) if root is not None else (None, {})
    if path is None:
        return None, Found()
    outer = fields_of(beside, names)
    around = Fields(source=outer.source, lang=outer.lang)
    records = _numbered(elements_at(events, len(path) + 1), path)
    return articles_in_values(records, names, around, len(path) + 2), Found((), SkipStatus.SKIP, _NO_ARTICLE)


def _numbered(records: Iterable[_Element], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Elements as values, each with the path to it."""
    seen: Counter[str] = Counter()
    for record in records:
        name = local(record)
        yield ".".join((*path, name, str(seen[name]))), value_of(record)
        seen[name] += 1


def _text_of(source: Source) -> str:
    decoded = decode(source.all())
    return _without_declarations(decoded.text) if decoded else ""


def _without_declarations(text: str) -> str:
    """A text without what it says of its encoding, which it has no more, and without its own entities."""
    text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    return _SUBSET.sub(r"\1>", text[:_PIECE], count=1) + text[_PIECE:]


def _pieces(source: Source) -> Iterator[str]:
    """The text piece by piece, without its declarations."""
    text = source.text()
    yield _without_declarations(text.read(_PIECE) if text else "")
    while text and (piece := text.read(_PIECE)):
        yield piece


def _records(text: str, names: Mapping[str, str]) -> Found:
    """The articles of an XML file of any shape, its elements and attributes read as keys and values."""
    root, fault = tree_of(text)
    if root is None:
        return broken("is not valid XML; fetch it again")
    from seedread_index.extract.records.feed import stories_of

    if root.tag == _FLAT_DOCUMENT:
        from seedread_index.extract.formats.office import read_flat_document

        return read_flat_document(root)
    value = value_of(root)
    drafts = stories_of(root) or articles_in_value(value if isinstance(value, dict) else {}, names)
    if fault:
        return broken(f"is XML that {fault}" + ("; read as far as possible" if drafts else ""), *drafts)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


_RESOURCE = re.compile(r"<(data|recognition|alternate-data)\b[^<>]{0,500}>")
_LONGEST_TAG = 600
_PROLOGUE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>")
_MEDIA = re.compile(r"<en-(?:media|todo|crypt)\b[^>]*>")
_OF_NOTE = (
    *provenance(Where.ELEMENT, title="title", date="created", author="author", url="source-url"),
    FieldPlace("source", Where.HOST),
)


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


def _notes(events: XmlEvents) -> Iterator[Draft]:
    """The notes of an export; attached files are left out, a clipped page's day is that of its clipping."""
    for number, note in enumerate(elements(events, "note"), 1):
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
