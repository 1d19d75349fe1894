"""XML by its first element: feeds and notes, stories of agencies and corpora, or records of any shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.source import Source
from seedread_index.extract.draft import HOSTILE, Draft, Drafts, Found, binary, broken, empty, not_installed
from seedread_index.extract.reasons import Where, provenance
from seedread_index.extract.records.exports.evernote import notes_of, without_resources
from seedread_index.extract.records.feed import entries_of, inner_text
from seedread_index.extract.records.identity import UpTo, identified
from seedread_index.extract.records.nested import articles_in_value, articles_in_values
from seedread_index.extract.records.record import Fields, fields_of
from seedread_index.extract.records.values import address_of, date_of, published_of
from seedread_index.extract.records.xml_elements import (
    UnfinishedError,
    XmlEvents,
    elements_at,
    local,
    paragraphs_of,
    recurring,
    tree_of,
    value_of,
)
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
_ZOTERO = "zotero.org/namespaces/export"
_REFERENCES = "is a list of references, which contain no articles; skipped"
_FLAT_DOCUMENT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}document"
_PIECE = 1 << 16
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]{0,1000}>", re.IGNORECASE)
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
    if reason := _REFUSED.get(kind) or (_REFERENCES if kind == "rdf" and _ZOTERO in text[:_PIECE] else None):
        return Found((), SkipStatus.SKIP, reason)
    try:
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
    except ImportError:
        return not_installed("reading XML")
    faults = (*HOSTILE, etree.LxmlError)
    pieces: Iterator[str] = _pieces(source)
    if several := _recurs(text, f"{root[1] or ''}{root[2]}"):
        pieces = chain(("<set>", _DOCTYPE.sub("", next(pieces), count=1)), pieces, ("</set>",))
        text = _DOCTYPE.sub("", text, count=1)
    events = XmlEvents(without_resources(pieces) if kind == "en-export" else pieces)
    try:
        head = f"<set>{text}" if several else text
        drafts, nothing = _one_by_one(kind, events, None if source.is_whole else head, names)
        if drafts is None:
            whole = text if source.is_whole else _text_of(source)
            return _records(f"<set>{_DOCTYPE.sub('', whole, count=1)}</set>" if several else whole, names)
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


def _recurs(text: str, name: str) -> bool:
    """Whether elements of a name follow each other with none around them, as in SGML of TREC and Reuters."""
    return re.search(rf"</{re.escape(name)}\s*>\s*<{re.escape(name)}[\s>]", text, re.IGNORECASE) is not None


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
        return entries_of(events), empty("is a feed without entries; skipped")
    if kind == "en-export":
        return notes_of(events), empty("is an export of notes without notes; skipped")
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
    if root.tag == _FLAT_DOCUMENT:
        from seedread_index.extract.formats.office import read_flat_document

        return read_flat_document(root)
    value = value_of(root)
    drafts = stories_of(root) or articles_in_value(value if isinstance(value, dict) else {}, names)
    if fault:
        return broken(f"is XML that {fault}" + ("; read as far as possible" if drafts else ""), *drafts)
    return Found(drafts) if drafts else Found((), SkipStatus.SKIP, _NO_ARTICLE)


_BY = re.compile(r"^by\s+", re.IGNORECASE)


def stories_of(root: _Element) -> tuple[Draft, ...]:
    """The stories in a file of NITF, NewsML or TEI; none in any other."""
    if local(root) == "nitf":
        return (_nitf(root),)
    drafts = [read(one) for one in root.iter() if (read := _STORIES.get(local(one))) and _is_story(one)]
    if len(drafts) == 1:
        return tuple(drafts)
    return tuple(replace(draft, part=str(number)) for number, draft in enumerate(drafts, 1))


def _nitf(root: _Element) -> Draft:
    """A story of the News Industry Text Format; its lead is said again in a block of its own."""
    body = _find(root, "body.content")
    blocks = [] if body is None else [one for one in body.iter() if one.get("class") == "full_text"]
    whole = blocks[0] if blocks else body
    paper = _find(root, "pubdata")
    given = paper.attrib if paper is not None else {}
    days = [given.get("date.publication")]
    days += [
        one.get("norm") for name in ("date.issue", "date.release", "story.date") for one in _all(root, name)
    ]
    return Draft(
        paragraphs_of(whole) if whole is not None else "",
        title=_said(root, "hl1", "hedline", "title"),
        date=next((day for each in days if (day := date_of(each))), None),
        author=_BY.sub("", _said(root, "byline") or "") or None,
        source=given.get("name") or _said(root, "distributor"),
        url=address_of(given.get("ex-ref")),
        part_id=next((one.get("id-string") for one in _all(root, "doc-id")), None),
        provenance=provenance(
            Where.ELEMENT, title="hl1", date="date.issue", author="byline", source="pubdata"
        ),
    )


def _is_story(element: _Element) -> bool:
    """Whether an item of news holds a text; a part of a corpus does."""
    return local(element) != "newsitem" or any(
        _find(element, name) is not None for name in ("contentset", "datacontent")
    )


def _tei(root: _Element) -> Draft:
    """A text of the Text Encoding Initiative, whose header says what it is."""
    header, text = _find(root, "teiheader"), _find(root, "text")
    body = None if text is None else _find(text, "body")
    whole = text if body is None else body
    if header is None or whole is None:
        return Draft("")
    titles = _find(header, "titlestmt")
    days = [one.get("when") or one.get("when-iso") or inner_text(one) for one in _all(header, "date")]
    return Draft(
        paragraphs_of(whole),
        title=_said(titles, "title") if titles is not None else None,
        date=next((day for each in days if (day := date_of(each))), None),
        author=_said(titles, "author") if titles is not None else None,
        source=_said(header, "publisher"),
        part_id=root.get("{http://www.w3.org/XML/1998/namespace}id"),
        provenance=provenance(Where.ELEMENT, title="title", date="date", author="author", source="publisher"),
    )


def _newsml(item: _Element) -> Draft:
    """An item of NewsML."""
    inner = next(
        (
            found
            for name in ("body.content", "body", "inlinexml", "inlinedata", "datacontent")
            if (found := _find(item, name)) is not None
        ),
        None,
    )
    day = _said(item, "contentcreated", "firstcreated", "versioncreated", "thisrevisioncreated")
    return Draft(
        paragraphs_of(inner) if inner is not None else "",
        title=_said(item, "headline"),
        date=date_of(day),
        published=published_of(day),
        author=_BY.sub("", _said(item, "by", "byline") or "") or None,
        source=_said(item, "creditline", "providerid"),
        part_id=item.get("guid"),
        provenance=provenance(
            Where.ELEMENT, title="headline", date="contentCreated", author="by", source="creditline"
        ),
    )


_STORIES = {"newsitem": _newsml, "nitf": _nitf, "tei": _tei}


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return (one for one in root.iter() if local(one) == name)


def _find(root: _Element, name: str) -> _Element | None:
    return next(_all(root, name), None)


def _said(root: _Element, *names: str) -> str | None:
    """The text of the first element of the first of these names that has one."""
    return next((said for name in names for one in _all(root, name) if (said := inner_text(one))), None)
