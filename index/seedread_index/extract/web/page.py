"""HTML pages: the main text by trafilatura, and the whole text where a page is too much for that."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty, not_installed
from seedread_index.extract.formats.recognition import HTTP_HEADER
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.web.lead import with_lead
from seedread_index.extract.web.metadata import descriptions_in, draft_of
from seedread_index.extract.web.plain_text import comment_left_open, text_of
from seedread_index.model.status import SkipStatus

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_LARGE = 3_000_000
"""Pages of more characters are read without choosing the main text: parsing them takes too much memory."""

_MANY = 50_000
_DEEP = 200
"""More open elements than this at once is past what libxml2 reads."""

_LINKED_DATA = re.compile(
    r"<script[^>]{0,200}ld\+json[^>]{0,200}>.{0,400000}?</script>", re.IGNORECASE | re.DOTALL
)
_MOST_SCRIPTS = 8
_CLOSERS = '"></style></script>'
"""What ends a tag, a style or a script that is cut in the middle."""

_SHORT, _LEAST_PROSE, _PARAGRAPH_WORDS = 2000, 2, 20
"""A choice this short without a paragraph is doubted where the page has so many of so many words."""

_PARTING = ("code", "q", "s", "del", "strike")
_DROPPED = ("time", "label", "output")
_BOOKMARKS = re.compile(
    r"\s*<!DOCTYPE NETSCAPE-Bookmark|.{0,2000}<li><a href=\"[^\"<>]*\" time_added=\"\d",
    re.IGNORECASE | re.DOTALL,
)
"""Bookmarks of browsers and of Pocket."""
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_BLOCKS = ("p", "div", "pre", "ul", "ol", "table", "blockquote")

_LONE_BULLET = re.compile(r"^[ \t]*-[ \t]*\n\s*(?=[^\s-])", re.MULTILINE)
"""The dash of a list's item that holds a block of its own."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITIES = re.compile(r"<!DOCTYPE[^>]{0,200}\[\s*<!ENTITY", re.IGNORECASE)


def read_web_page(data: bytes) -> Found:
    """Read an HTML or XHTML page."""
    if not data.strip():
        return empty()
    decoded = decode(data)
    if decoded is None:
        return binary()
    if response := HTTP_HEADER.match(data):
        return read_markup(decoded.text[response.end() :])
    from seedread_index.extract.records.exports.export import articles_of_page
    from seedread_index.extract.records.exports.telegram import CHAT, messages_of_page

    if (messages := messages_of_page(decoded.text)) is not None:
        return Found(tuple(messages)) if messages else Found((), SkipStatus.SKIP, CHAT)
    several = articles_of_page(decoded.text)
    return Found(several) if several else read_markup(decoded.text)


def read_markup(markup: str) -> Found:
    """Read the text of an HTML page."""
    markup = _DECLARATION.sub("", markup.replace("\0", ""), count=1)
    if _BOOKMARKS.match(markup):
        return Found((), SkipStatus.SKIP, "is a list of bookmarks, not articles; save the pages themselves")
    if _ENTITIES.search(markup[:4000]):
        return broken("declares XML entities of its own, which are never expanded; save it as plain HTML")
    if (end := comment_left_open(markup)) is not None:
        reason = "has a comment that is never closed; everything after it is lost"
        return broken(reason, *read_markup(markup[:end]).drafts)
    try:
        import lxml.html  # type: ignore[import-untyped]  # lxml has no types
        import trafilatura
    except ImportError:
        return not_installed("reading HTML")
    everything = text_of(markup)
    if not _too_much(markup):
        try:
            tree = lxml.html.fromstring(markup)
            main = _main_text(trafilatura, markup, everything)
            draft = replace(draft_of(tree, main or everything), alone=bool(main))
        except (*HOSTILE, lxml.etree.LxmlError):
            pass  # read as one that is too large
        else:
            if main and draft.title:
                draft = replace(draft, text=with_lead(main, everything, draft.title, descriptions_in(tree)))
            return Found((draft,)) if draft.text.strip() else empty()
    head = _head_only(lxml.html, markup)
    draft = draft_of(head, everything) if head is not None else Draft(everything)
    return Found((draft,)) if draft.text.strip() else empty()


def _main_text(trafilatura: Any, markup: str, everything: str) -> str:
    """The text that trafilatura takes for the article; empty where that is next to nothing of `everything`.

    So it is where it has a page's labels and none of its paragraphs: then the page is read as a whole.
    """
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(markup)
    if tree is None:
        return ""
    _keep_lines_whole(tree)
    chosen: str = (
        trafilatura.extract(
            tree, favor_recall=True, include_comments=False, include_tables=True, include_formatting=False
        )
        or ""
    )
    if not everything or (len(chosen) < 250 and len(chosen) * 3 < len(everything)):
        return ""
    if len(chosen) < _SHORT and not _prose(chosen) and _prose(everything) >= _LEAST_PROSE:
        return ""
    return re.sub(r"\n(?!\n)", "\n\n", _LONE_BULLET.sub("- ", _ROW.sub(_filled_cells, chosen)))


def _filled_cells(row: re.Match[str]) -> str:
    """A row of a table as a reader sees it, without the cells that only lay out a page."""
    cells = (cell.strip().replace("\\|", "|") for cell in _BETWEEN_CELLS.split(row[1]))
    return " | ".join(cell for cell in cells if cell.strip("-: "))


def _keep_lines_whole(tree: HtmlElement) -> None:
    """Make plain those elements inside a line of text at which trafilatura parts it, or that it drops."""
    for element in list(tree.iter(*_PARTING, *_DROPPED)):
        parent = element.getparent()
        if parent is None or next(element.iter(*_BLOCKS), None) is not None:
            continue
        before = element.getprevious()
        led = bool(((parent.text if before is None else before.tail) or "").strip())
        followed = bool((element.tail or "").strip())
        if element.tag == "q":
            _quote(element)
        elif element.tag in _DROPPED:
            if led and followed and is_closed(" ".join(parent.itertext())):
                element.tag = "span"
        elif (led or followed) and next(element.iterancestors("pre"), None) is None:
            element.tag = "span"


def _quote(element: HtmlElement) -> None:
    """Write the quotation marks that a browser draws about a `q`."""
    element.tag = "span"
    element.text = f"“{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}”"
    else:
        element.text += "”"


def _prose(text: str) -> int:
    """How many paragraphs of prose a text has."""
    lines = text.split("\n")
    return sum(is_closed(line) and len(line.split()) >= _PARAGRAPH_WORDS for line in lines)


def _head_only(parser: Any, markup: str) -> HtmlElement | None:
    """The parsed head of a page that is too large or deep to be parsed whole, with its linked data."""
    start = _LINKED_DATA.sub("", markup[:400_000])[:200_000]
    body = re.search(r"<body", start, re.IGNORECASE)
    head = start[: body.start()] if body else start[:20_000]
    scripts = islice(_LINKED_DATA.finditer(markup), _MOST_SCRIPTS)
    try:
        tree: HtmlElement = parser.fromstring(head + _CLOSERS + "".join(script[0] for script in scripts))
    except (*HOSTILE, parser.etree.LxmlError):
        return None
    return tree


def _too_much(markup: str) -> bool:
    """Whether a page is too large, has too many elements or nests them too deeply to be parsed whole."""
    if len(markup) > _LARGE or markup.count("<") > _MANY:
        return True
    depth = deepest = 0
    for match in re.finditer(
        r"<(/?)(?:div|span|table|section|ul|ol|b|i|font|blockquote|center)\b", markup, re.IGNORECASE
    ):
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        if depth > deepest:
            deepest = depth
            if deepest > _DEEP:
                return True
    return False
