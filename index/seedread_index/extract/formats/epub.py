"""EPUB books and periodicals, read in memory: a book is one article, the stories of an issue are many."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.compressed import Package, Refused, local, read_package
from seedread_index.extract.draft import Draft, Found, broken, empty
from seedread_index.extract.formats.epub_contents import (
    Leaf,
    contents_of,
    downloaded_from,
    is_about_book,
    issue_of,
    parts_of,
)
from seedread_index.extract.reasons import FieldPlace, Where, provenance
from seedread_index.extract.segmentation.header.bylines import author_in, is_byline
from seedread_index.extract.segmentation.header.date_lines import date_line, find_date, metadata_date
from seedread_index.extract.web.plain_text import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_LARGEST_PART = 16 << 20
_MOST_PARTS = 3000
_MOST_AUTHORS = 4
_DC = "{http://purl.org/dc/elements/1.1/}"
_PROGRAM = re.compile(
    r"(?:calibre\b.*|unknown|gitbook|pandoc|sigil|kindlegen|none|n/?a|various|anonymous|readability|instapaper|pocket"
    r"|dotepub.*|epubpress|adobe indesign.*|microsoft word.*)",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"<(div|p|ul|ol|nav|table|h[1-6])\b[^<>]*>((?:(?!<(?:div|p|ul|ol|nav|table)\b).)*?)</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"<h[1-3]\b[^>]*>(.*?)</h[1-3]\s*>", re.IGNORECASE | re.DOTALL)
_OF_BOOK = provenance(
    Where.ELEMENT, title="dc:title", date="dc:date", author="dc:creator", source="dc:publisher"
)
_TYPE = re.compile(r"type\b", re.IGNORECASE)
_PERIODICAL = re.compile(r"\b(?:periodical|magazine|newspaper|journal|gazette)\b")
_NO_TITLE = re.compile(
    r"untitled(?: document)?|unknown|document\d*|.*\.(?:docx?|epub|html?|indd)", re.IGNORECASE
)
_MOSTLY = 0.6
_LEAST_CHAPTERS, _LEAST_WORDS = 3, 20
_HEAD_LINES = 8


@dataclass(slots=True)
class _Chapter:
    """A file of the spine as text, its lines of navigation apart."""

    name: str
    text: str
    navigation: str
    links: float
    heading: str | None = None
    leaf: Leaf | None = None
    about_book: bool = False
    url: str | None = None


def read_book(data: bytes, limit: int, *, chapters: bool = False) -> Found:
    """Read an EPUB of at most `limit` bytes of chapters; with `chapters` every chapter is an article."""
    if not data:
        return broken("is an empty file, not an EPUB")
    return read_package(
        data,
        limit,
        "EPUB",
        lambda book: _read(book, chapters=chapters),
        largest=_LARGEST_PART,
        part="chapter",
    )


def _read(book: Package, *, chapters: bool) -> Found:
    try:
        container = book.xml("META-INF/container.xml")
    except KeyError:
        raise Refused("is a zip file but not an EPUB (no container.xml)") from None
    path = next((el.get("full-path") for el in container.iter() if local(el) == "rootfile"), None)
    try:
        package = book.xml(path or "")
    except KeyError:
        raise Refused("is an EPUB whose contents file is missing") from None
    folder = posixpath.dirname(path or "")
    items = {el.get("id"): el for el in package.iter() if local(el) == "item"}
    leaves: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in contents_of(book, items, folder):
        leaves[leaf.file].append(leaf)
    found: list[_Chapter] = []
    missing = 0
    spine = list(dict.fromkeys(el.get("idref") for el in package.iter() if local(el) == "itemref"))
    for item in (items[idref] for idref in spine[:_MOST_PARTS] if idref in items):
        if "html" not in (item.get("media-type") or "html"):
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        try:
            decoded = decode(book.member(name))
        except KeyError:
            missing += 1
            continue
        if decoded:
            for entry, part in parts_of(_without_entities(decoded.text), leaves[name]):
                found.append(_chapter(name, part, entry))
    if not any(chapter.text for chapter in found):
        return (
            broken("is an EPUB without its chapters")
            if missing
            else empty("is an EPUB without text; skipped")
        )
    drafts = _drafts(package, found, chapters=chapters)
    return (
        broken(f"is missing {missing} of its chapters; the others are read", *drafts)
        if missing
        else Found(drafts)
    )


def _chapter(name: str, markup: str, leaf: Leaf | None) -> _Chapter:
    """A chapter; blocks of nothing but links are navigation, wherever they stand."""
    navigation: list[str] = []

    def taken(match: re.Match[str]) -> str:
        text = text_of(match[2])
        if text and match[1].lower()[0] != "h" and _link_share(match[2]) >= 0.9:
            navigation.append(" ".join(text.split()))
            return "<p></p>"
        return match[0]

    body = re.search(r"<body\b[^>]*>(.*)", markup, re.IGNORECASE | re.DOTALL)
    inner = body[1] if body else markup
    share = _link_share(inner)
    plain = text_of(_BLOCK.sub(taken, inner)) if "<a" in inner.lower() else text_of(inner)
    heading = _HEADING.search(inner)
    title = " ".join(text_of(heading[1]).split()) if heading else None
    about = is_about_book(markup, (leaf and leaf.label) or title or "")
    if about:
        leaf = None
    if leaf and leaf.place:
        name = f"{name}#{leaf.place}"
    plain, note, url = downloaded_from(plain)
    navigation += filter(None, [note])
    return _Chapter(name, plain, "\n".join(navigation), share, title or None, leaf, about, url)


def _link_share(markup: str) -> float:
    """The share of letters that stand in links."""
    whole = sum(character.isalnum() for character in text_of(markup))
    linked = sum(character.isalnum() for match in _LINK.finditer(markup) for character in text_of(match[1]))
    return linked / whole if whole else 0.0


def _drafts(package: _Element, found: list[_Chapter], *, chapters: bool) -> tuple[Draft, ...]:
    """The stories of an issue or the chapters of a book, or the book as one article."""
    title = _dc(package, "title")
    title = None if title and _NO_TITLE.fullmatch(title) else title
    name, issued = issue_of(title)
    publisher = _named(_dc(package, "publisher"))
    author = _authors(package)
    converted = any(
        "calibre" in "".join(el.itertext()).casefold() for el in package.iter() if local(el) == "contributor"
    )
    stated = metadata_date(_dc(package, "date"))
    lang = _dc(package, "language")
    leaves = _stories(found)
    periodical = len(leaves) > 1 and _is_periodical(package, leaves, issued=issued is not None)
    about = provenance(
        Where.ISSUE, **({"date": ""} if issued else {}), **({"source": ""} if periodical else {})
    )
    about += (FieldPlace("section", Where.CONTENTS), FieldPlace("title", Where.CHAPTER), *_OF_BOOK)
    if periodical or (chapters and len(leaves) > 1):
        return tuple(
            Draft(
                chapter.text,
                part=chapter.name,
                part_id=chapter.name,
                title=_story_title(chapter),
                author=None if periodical else author,
                source=name if periodical else publisher or name,
                lang=lang,
                url=chapter.url,
                made=issued or (None if converted else stated),
                section=chapter.leaf.section if chapter.leaf else None,
                running_heads=chapter.navigation,
                provenance=about,
            )
            for chapter in leaves
        )
    readable = [chapter for chapter in found if chapter.text]
    return (
        Draft(
            "\n\n".join(chapter.text for chapter in readable),
            title=title,
            date=None if converted else stated,
            made=stated,
            author=author,
            source=publisher,
            lang=lang,
            running_heads="\n".join(chapter.navigation for chapter in readable if chapter.navigation),
            provenance=_OF_BOOK,
        ),
    )


def _stories(found: list[_Chapter]) -> list[_Chapter]:
    """The chapters that entries of the contents name, or that have a headline and a day of their own.

    What follows them without a headline goes on with them: long stories are cut into several files.
    """
    stories: list[_Chapter] = []
    for chapter in found:
        if not chapter.text or chapter.links >= _MOSTLY or chapter.about_book:
            continue
        words = len(chapter.text.split())
        if chapter.leaf or (chapter.heading and words >= _LEAST_WORDS and _has_day(chapter)):
            stories.append(chapter)
        elif stories and not chapter.heading and words >= _LEAST_WORDS:
            last = stories[-1]
            navigation = "\n".join(filter(None, (last.navigation, chapter.navigation)))
            stories[-1] = replace(last, text=f"{last.text}\n\n{chapter.text}", navigation=navigation)
    return stories


def _story_title(chapter: _Chapter) -> str | None:
    """The headline of a story: its own heading where the table of contents cuts it short."""
    label = chapter.leaf.label if chapter.leaf else None
    if chapter.heading and (
        not label or chapter.heading.casefold().startswith(label.rstrip("….").casefold())
    ):
        return chapter.heading
    return label or chapter.heading


def _is_periodical(package: _Element, leaves: list[_Chapter], *, issued: bool) -> bool:
    """Whether an EPUB is an issue: it says so, its title has a day, or most chapters have one each."""
    kinds = [
        f"{el.get('content') or ''} {''.join(el.itertext())}".casefold()
        for el in package.iter()
        if local(el) == "type"
        or (local(el) == "meta" and _TYPE.search(f"{el.get('name')} {el.get('property')}"))
    ]
    if any(_PERIODICAL.search(kind) for kind in kinds):
        return True
    if issued:
        return True
    dated = sum(_has_day(chapter) for chapter in leaves)
    writers = [next(filter(None, map(_writer, _head(chapter))), None) for chapter in leaves]
    written = len(leaves) - writers.count(None) if len({*writers} - {None}) > 1 else 0
    return len(leaves) >= _LEAST_CHAPTERS and max(dated, written) * 2 > len(leaves)


def _head(chapter: _Chapter) -> list[str]:
    """The first lines of a chapter below its headline."""
    lines = [" ".join(line.split()) for line in chapter.text[:2000].split("\n") if line.strip()]
    named = {chapter.heading, chapter.leaf.label if chapter.leaf else None}
    return [line for line in lines[:_HEAD_LINES] if line not in named]


def _has_day(chapter: _Chapter) -> bool:
    """Whether a chapter says when it was written, beside its headline: those of diaries are days."""
    return any(date_line(line)[0] and find_date(line)[0] for line in _head(chapter))


def _writer(line: str) -> str | None:
    return author_in(line) if is_byline(line) else None


def _without_entities(markup: str) -> str:
    """A chapter without a DTD of its own."""
    return re.sub(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?[^>]*>", "", markup, count=1, flags=re.IGNORECASE)


def _dc(package: _Element, name: str) -> str | None:
    found = package.find(f".//{_DC}{name}")
    return " ".join(" ".join(found.itertext()).split()) or None if found is not None else None


def _authors(package: _Element) -> str | None:
    """The names of those who wrote a book, in order."""
    names = (_named(" ".join(" ".join(el.itertext()).split())) for el in package.findall(f".//{_DC}creator"))
    return ", ".join(list(dict.fromkeys(filter(None, names)))[:_MOST_AUTHORS]) or None


def _named(value: str | None) -> str | None:
    """A name, unless it is a program's."""
    return None if value and _PROGRAM.fullmatch(value) else value
