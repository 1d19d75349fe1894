"""The contents of an EPUB: the leaves of its table, the parts of chapters that they name, and its issue."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from seedread_index.extract.decoding.compressed import Package, Refused, local
from seedread_index.extract.segmentation.header.date_lines import find_date

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_NAMED_ELEMENT = re.compile(
    r"""<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE
)


_ISSUE_DAY = re.compile(
    r"\s*[\[(]([^\[\]()]{6,40})[\])]\s*$|\s*[-–—,|]\s*([^-–—|]{6,40})$"
    r"|\s(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})$"
)
_ISSUE_NUMBER = re.compile(
    r"[\s,–—-]+(?:no|nr|n[°º]|#|issue|vol|ausgabe|heft|numéro|número)\.?\s*\d.*$", re.IGNORECASE
)
_ABOUT_BOOK = re.compile(
    r"<(?:body|section|div|main)\b[^<>]*\btype\s*=\s*[\"'][^\"']*\b(?:titlepage|halftitlepage|imprint|colophon"
    r"|copyright-page|toc|landmarks|lo[ivt]|cover)\b",
    re.IGNORECASE,
)
"""What a chapter says of itself that tells of the book, by EPUB's vocabulary of structure."""

_ABOUT_ISSUE = re.compile(
    r"imprint|impressum|colophon|masthead|copyright(?: (?:notice|page))?|legal notice|mentions légales"
    r"|aviso legal|cover(?: page)?|umschlag|couverture|portada|copertina|title ?page|titelseite"
    r"|(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|sumario|indice"
    r"|sommario|about (?:us|this (?:book|issue))|in this issue|in diesem heft",
    re.IGNORECASE,
)


_DOWNLOADED = re.compile(
    r"^[ \t]*This article was downloaded by\s+calibre\s+from\s+(https?://\S+)[ \t|]*$", re.MULTILINE
)
"""What calibre puts below each story that it fetches."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry of the table of contents that has none below it: the file, and the element, that it names."""

    file: str
    place: str
    label: str
    section: str | None


def contents_of(book: Package, items: dict[str | None, _Element], folder: str) -> Iterator[Leaf]:
    """The leaves of the table of contents: of the navigation document, else of the NCX."""
    for el in items.values():
        nav = "nav" in (el.get("properties") or "").split()
        if not nav and el.get("media-type") != "application/x-dtbncx+xml":
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(el.get("href") or "")))
        try:
            root = book.xml(name)
        except (KeyError, Refused):
            continue
        leaves = list(_nav_leaves(root, name) if nav else _ncx_leaves(root, name))
        if leaves:
            yield from leaves
            return


def _ncx_leaves(root: _Element, name: str) -> Iterator[Leaf]:
    for point in root.iter():
        if local(point) != "navPoint" or any(local(child) == "navPoint" for child in point):
            continue
        source = next((child.get("src") for child in point if local(child) == "content"), None)
        parent = point.getparent()
        above = _ncx_label(parent) if parent is not None and local(parent) == "navPoint" else None
        if source:
            yield Leaf(*_target(source, name), _ncx_label(point) or "", above)


def _ncx_label(point: _Element) -> str | None:
    label = next((child for child in point if local(child) == "navLabel"), None)
    return " ".join("".join(label.itertext()).split()) or None if label is not None else None


def _nav_leaves(root: _Element, name: str) -> Iterator[Leaf]:
    for item in root.iter():
        if local(item) != "li" or any(local(below) == "li" for below in item.iter() if below is not item):
            continue
        link = next((child for child in item.iter() if local(child) == "a" and child.get("href")), None)
        if link is None:
            continue
        above = item.getparent().getparent() if item.getparent() is not None else None
        heads = (
            [one for one in above if local(one) in {"a", "span"}]
            if above is not None and local(above) == "li"
            else []
        )
        section = " ".join("".join(heads[0].itertext()).split()) if heads else None
        yield Leaf(
            *_target(link.get("href") or "", name), " ".join("".join(link.itertext()).split()), section
        )


def _target(address: str, name: str) -> tuple[str, str]:
    file, _, place = address.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(file))), unquote(place)


def parts_of(markup: str, leaves: Sequence[Leaf]) -> list[tuple[Leaf | None, str]]:
    """A chapter cut before the elements that entries of the contents name in it; the start has no entry."""
    if len(leaves) < 2:
        return [(leaves[0] if leaves else None, markup)]
    body = _BODY.search(markup)
    start = body.end() if body else 0
    wanted = {leaf.place: leaf for leaf in leaves if leaf.place}
    cuts = [
        (match.start(), wanted.pop(place))
        for match in _NAMED_ELEMENT.finditer(markup, start)
        if (place := match[1] or match[2]) in wanted
    ]
    first = next((leaf for leaf in leaves if not leaf.place), None)
    ends = [*(at for at, _ in cuts), len(markup)]
    parts: list[tuple[Leaf | None, str]] = [(first, markup[start : ends[0]])]
    return parts + [(leaf, markup[at:end]) for (at, leaf), end in zip(cuts, ends[1:], strict=True)]


def is_about_book(markup: str, label: str) -> bool:
    """Whether a chapter tells of the book or the issue itself: by its own word, or by its name."""
    return bool(_ABOUT_BOOK.search(markup) or _ABOUT_ISSUE.fullmatch(label))


def downloaded_from(text: str) -> tuple[str, str, str | None]:
    """A story without calibre's line below it, that line, and the address in it."""
    if (found := _DOWNLOADED.search(text)) is None:
        return text, "", None
    return (text[: found.start()] + text[found.end() :]).strip(), " ".join(found[0].split()), found[1]


def issue_of(title: str | None) -> tuple[str | None, dt.date | None]:
    """The name of a periodical and the day of its issue, from a title as `Gazette [Mon, 03 Mar 2025]`."""
    if (
        title
        and (match := _ISSUE_DAY.search(title))
        and (day := find_date(match[1] or match[2] or match[3])[0])
    ):
        return title[: match.start()].strip() or None, day
    return (title and _ISSUE_NUMBER.sub("", title)) or title, None
