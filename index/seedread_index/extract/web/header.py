"""The date and the byline that a web page shows: about its heading and above its first prose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.header.bylines import author_in, is_byline, is_name
from seedread_index.extract.segmentation.header.date_lines import (
    date_line,
    find_date,
    metadata_date,
    said_dates,
)
from seedread_index.extract.segmentation.header.written_dates import dates_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_PROSE, _SENTENCE, _MOST_LOOKED_AT, _BEFORE = 140, 80, 400, 12
_OF_OTHERS = frozenset(("a", "li", "nav", "aside", "footer", "select", "button", "form"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "option"))
_COMMENTS = re.compile(
    r"comment|related|recommend|sidebar|widget|popular|trending|teaser|footer|cookie", re.IGNORECASE
)
_DATED = re.compile(r"date|time|publish|posted|pubdat|byline|meta", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
_HEADLINE_WORDS = 4
"""A link of so many words is another story's headline; the day beside it is that story's."""

_NAMED = re.compile(r"byline|(?:^|[^a-z])author|writer|(?:^|\s)vcard|contributor", re.IGNORECASE)
_NOT_NAMED = re.compile(
    r"bio|avatar|image|img|photo|social|follow|date|time|box|title|role|job|desc", re.IGNORECASE
)
_LONGEST_DATE, _LONGEST_NAME, _SHORT, _FEW_WORDS = 130, 90, 60, 4
_LONGEST_TEXT = 600
"""No text of so many characters is a heading, a date line, a byline or a link to another story."""

_BLANKS = re.compile(r"\s+")


def shown_date(tree: HtmlElement) -> dt.date | None:
    """The day that the page shows about its heading; None where it shows none, or only other stories'.

    What stands below the heading beats what stands above it, where pages show the day on which they are read.
    """
    heading, above, below = _around_heading(tree)
    return _published(below) or _published(above) if heading is not None else None


def _published(elements: Iterable[HtmlElement]) -> dt.date | None:
    """The first day in elements but for one of updating, which counts where no other is found."""
    updated: dt.date | None = None
    within: set[HtmlElement] = set()
    for element in elements:
        if _is_of_others(element):
            continue
        marks = _marks(element)
        label = _label_before(element)
        for day, line in _days(element, marks):
            if not (
                element.getparent() in within or _UPDATED.search(marks) or _is_update(day, f"{label} {line}")
            ):
                return day
            updated = updated or day
            within.add(element)
    return updated


def _label_before(element: HtmlElement) -> str:
    """What stands right before an element as its label."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str):
        return ""
    text = f"{_all_text(before)} {before.tail or ''}"
    return text if len(text) < _SHORT and not any(map(str.isdigit, text)) else ""


def _is_update(day: dt.date, line: str) -> bool:
    """Whether a line says of a day that something was changed on it, and of none that it was published."""
    said = said_dates(line, dates_in(line))
    return bool(_UPDATED.search(line)) or any(one.day == day and not one.standing for one in said)


def _days(element: HtmlElement, marks: str) -> Iterator[tuple[dt.date, str]]:
    """The days that an element gives, with the words that they stand in."""
    if element.tag == "time":
        line = _all_text(element)
        if day := metadata_date(element.get("datetime")) or find_date(line)[0]:
            yield day, line
    for line in _lines(element):
        day = date_line(line)[1]
        if day is None and (is_byline(line) or (len(line) < _SHORT and _DATED.search(marks))):
            day = find_date(line)[0]
        if day:
            yield day, line


def shown_authors(tree: HtmlElement) -> list[str]:
    """Who wrote the article, as the page shows it: a link to an author, a byline; none or one text."""
    _, above, below = _around_heading(tree)
    for element in (*above, *below):
        if _COMMENTS.search(_marks_above(element)) or element.tag in _UNSEEN:
            continue
        marks = _marks(element)
        marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
        text = _all_text(element)
        if not 2 < len(text) <= _LONGEST_NAME:
            continue
        if marked or (_NAMED.search(marks) and not _NOT_NAMED.search(marks)):
            written = author_in(text) or text
        elif is_byline(text):
            written = author_in(text) or ""
        else:
            continue
        if written and _may_be_name(written):
            return [written]
    return []


def _may_be_name(name: str) -> bool:
    """Whether a marked text is a name or several: few words, no sentence."""
    return is_name(name) or (
        len(name.split()) <= 4 and not any(map(str.isdigit, name)) and name[-1] not in ".:!?"
    )


def _around_heading(tree: HtmlElement) -> tuple[HtmlElement | None, list[HtmlElement], list[HtmlElement]]:
    """The page's heading, the elements just above it, and those below it to the first prose.

    Scripts and the like are taken out of the page's body.
    """
    heading = _heading(tree)
    above: list[HtmlElement] = []
    below: list[HtmlElement] = []
    if heading is None:
        return None, above, below
    found = above
    body = tree.find("body")
    if body is not None:
        for hidden in [*body.iter(*_UNSEEN)]:
            hidden.drop_tree()
    for element in (tree if body is None else body).iter():
        if not isinstance(element.tag, str):
            continue
        if element is heading:
            found = below
        elif found is above:
            above.append(element)
        elif len(below) >= _MOST_LOOKED_AT or _is_prose(element):
            break
        else:
            below.append(element)
    return heading, above[-_BEFORE:], below


def _is_prose(element: HtmlElement) -> bool:
    """Whether an element is a paragraph of prose: a long one, or a sentence."""
    text = _own_text(element) if element.tag in {"p", "div"} else ""
    return len(text) > _PROSE or (len(text) > _SENTENCE and is_closed(text))


def _heading(tree: HtmlElement) -> HtmlElement | None:
    """The heading of the page: the one that its title begins or ends with, else the first."""
    title = _BLANKS.sub(" ", " ".join(tree.xpath("//head/title//text()"))).strip().casefold()
    headings = tree.xpath("//h1")[:6]
    for heading in headings:
        text = _all_text(heading).casefold()
        if len(text) > 8 and (title.startswith(text) or title.endswith(text)):
            return heading
    return headings[0] if headings else None


def _is_of_others(element: HtmlElement) -> bool:
    """Whether an element stands in a link, a list or another part of the page, or beside another story."""
    if any(map(_is_headline, (*element[:1], *element.itersiblings(preceding=True)))):
        return True
    if _COMMENTS.search(_marks_above(element)):
        return True
    for above in (element, *element.iterancestors()):
        if above.tag in _OF_OTHERS and not (above.tag == "form" and len(above) > 8):
            return True
        if above.tag in {"article", "main", "body"}:
            return False
    return False


def _is_headline(element: HtmlElement) -> bool:
    """Whether an element is a link that is too long for a name, a section or a count of comments."""
    if element.tag != "a":
        return False
    text = _all_text(element)
    return len(text.split()) >= _HEADLINE_WORDS and not is_name(text)


def _lines(element: HtmlElement) -> Iterator[str]:
    """What an element says by itself, and with all in it where that is short and holds no link."""
    own = _own_text(element)
    if 5 < len(own) <= _LONGEST_DATE:
        yield own
    if len(element) and len(element) < 12 and next(element.iter("a", "li"), None) is None:
        whole = _all_text(element)
        if 5 < len(whole) <= _LONGEST_DATE and whole != own:
            yield whole


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"


def _marks_above(element: HtmlElement) -> str:
    return " ".join(
        above.get("class") or ""
        for above in (element, *element.iterancestors())
        if above.tag not in {"body", "html"}
    )


def _own_text(element: HtmlElement) -> str:
    """The text of an element that is in none of its blocks and links."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in {"b", "i", "em", "strong", "span", "abbr", "time", "font", "br"} and len(child) == 0:
            pieces.append((child.text or "") + " ")
        pieces.append(child.tail or "")
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _all_text(element: HtmlElement) -> str:
    """The text of an element with all in it; of a long one the start."""
    pieces = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > _LONGEST_TEXT and len(_BLANKS.sub(" ", "".join(pieces))) > _LONGEST_TEXT:
            break
    return _BLANKS.sub(" ", " ".join(pieces)).strip()
