"""The day on which a web page's article was published: in its metadata, shown about its heading, or in its
address; where it has none, the day of the last change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from seedread_index.extract.inferred import path_day
from seedread_index.extract.reasons import Where
from seedread_index.extract.segmentation.header.bylines import is_byline
from seedread_index.extract.segmentation.header.date_lines import (
    date_line,
    find_date,
    metadata_date,
    said_dates,
)
from seedread_index.extract.segmentation.header.written_dates import dates_in
from seedread_index.extract.web.header import DATED, ShownHeader, all_text, marks, own_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_DATE_NAMES = (
    "articlepublishedtime",
    "articlepublished",
    "ogpublishedtime",
    "datepublished",
    "originalpublicationdate",
    "pubdate",
    "publishdate",
    "publicationdate",
    "articledateoriginal",
    "parselypubdate",
    "sailthrudate",
    "dcdateissued",
    "dctermsissued",
    "citationpublicationdate",
    "citationdate",
    "cxenseparserecspublishtime",
    "dctermscreated",
    "dcdate",
    "dctermsdate",
    "date",
)
"""The names under which pages keep their date, without case and joints, the surest first."""

_UPDATE_NAMES = ("articlemodifiedtime", "ogupdatedtime", "datemodified", "dctermsmodified")
_DATES = {
    "//*[@itemprop='datePublished']/@datetime": "itemprop datePublished",
    "//*[@itemprop='datePublished']/@content": "itemprop datePublished",
    "//*[@itemprop='datePublished']/@title": "itemprop datePublished",
    "//*[@itemprop='datePublished']": "itemprop datePublished",
    "//body//*[@property='datePublished' or @property='schema:datePublished']/@content": "datePublished",
    "//body//*[contains(concat(' ', @class, ' '), ' dt-published ')]/@datetime": "dt-published",
    "//time[@pubdate]/@datetime": "time",
}
_LONGEST_DATE, _SHORT = 130, 60
_CREATED = re.compile(r"date(?:created|published)|dc:(?:created|date)", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)

_OF_A_PART = re.compile(r"/(?:ImageObject|Photograph|\w*Comments?)$")
_NOT_LETTERS = re.compile(r"[^a-z]")

Place = tuple[Where, str]
"""Where a field was read, and its name there."""


def date_of(
    tree: HtmlElement, linked: Sequence[dict[str, Any]], header: ShownHeader, addresses: Sequence[str]
) -> tuple[dt.date | None, Place]:
    """The day, and where it was read."""
    named = {plain: (name, content) for plain, name, content in reversed([*named_values(tree)])}

    def noted(of_linked: Sequence[str], of_metadata: Sequence[str]) -> Iterator[tuple[object, Place]]:
        yield from ((item.get(name), (Where.LINKED_DATA, name)) for item in linked for name in of_linked)
        for name, content in (named[plain] for plain in of_metadata if plain in named):
            yield content, (Where.META_TAG, name)

    said = chain(
        noted(("datePublished", "dateCreated", "uploadDate"), _DATE_NAMES),
        _marked_days(tree),
        _visible_days(header, addresses),
        noted(("dateModified",), _UPDATE_NAMES),
    )
    found = ((metadata_date(value), place) for value, place in said)
    return next((one for one in found if one[0]), (None, (Where.SHOWN, "")))


def _marked_days(tree: HtmlElement) -> Iterator[tuple[object, Place]]:
    """What elements that are marked as the day of publishing give."""
    for path, name in _DATES.items():
        for value in tree.xpath(path)[:3]:
            is_text = isinstance(value, str)
            if not is_of_a_part(value.getparent() if is_text else value):
                yield value if is_text else value.text_content().strip(), (Where.ELEMENT, name)


def _visible_days(header: ShownHeader, addresses: Sequence[str]) -> Iterator[tuple[object, Place]]:
    """What the page shows, then what its own address says."""
    yield shown_day(header), (Where.SHOWN, "")
    for address in addresses:
        yield path_day(address.encode("utf-8", "replace")), (Where.ADDRESS, "")


def named_values(tree: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """The names of a page's meta elements without case and joints and as written, and their contents."""
    for meta in tree.xpath("//meta[@content]")[:400]:
        for attribute in ("property", "name", "itemprop"):
            if (name := meta.get(attribute)) and not (attribute == "itemprop" and is_of_a_part(meta)):
                yield _NOT_LETTERS.sub("", name.lower()), name, meta.get("content")


def is_of_a_part(element: HtmlElement) -> bool:
    """Whether what an element says is of a picture or a comment that the article only holds."""
    whole = next((above for above in element.iterancestors() if "itemscope" in above.attrib), None)
    return whole is not None and _OF_A_PART.search(whole.get("itemtype") or "") is not None


def shown_day(header: ShownHeader) -> dt.date | None:
    """The day that the page shows; None where it shows none, or only other stories'.

    What stands below the heading beats what stands above it, where pages show the day on which they are
    read. Below the first prose, which may be a lead, an element counts that is marked as a date.
    """
    parts = header.parts
    marked = (each for each in parts.below_lead if _is_marked(each))
    return _published(header, parts.below) or _published(header, parts.above) or _published(header, marked)


def _published(header: ShownHeader, elements: Iterable[HtmlElement]) -> dt.date | None:
    """The first day in elements but for one of updating, which counts where no other is found."""
    updated: dt.date | None = None
    within: set[HtmlElement] = set()
    for element in elements:
        if element in header.parts.around or header.is_of_others(element):
            continue
        marked = marks(element)
        label = _label_before(element)
        for day, line in _days(element, marked):
            if not (
                element.getparent() in within or _UPDATED.search(marked) or _is_update(day, f"{label} {line}")
            ):
                return day
            updated = updated or day
            within.add(element)
    return updated


def _is_marked(element: HtmlElement) -> bool:
    """Whether an element is marked as a date, or is nothing else, its label aside."""
    if element.tag == "time" or DATED.search(marks(element)):
        return True
    return any(len(line) < _SHORT and date_line(line)[1] for line in _lines(element))


def _label_before(element: HtmlElement) -> str:
    """What stands right before an element as its label."""
    before = element.getprevious()
    if before is None or not isinstance(before.tag, str):
        return ""
    text = f"{all_text(before)} {before.tail or ''}"
    return text if len(text) < _SHORT and not any(map(str.isdigit, text)) else ""


def _is_update(day: dt.date, line: str) -> bool:
    """Whether a line says of a day that something was changed on it, and of none that it was published."""
    said = said_dates(line, dates_in(line))
    return bool(_UPDATED.search(line)) or any(one.day == day and not one.standing for one in said)


def _days(element: HtmlElement, marked: str) -> Iterator[tuple[dt.date, str]]:
    """The days that an element gives, with the words that they stand in."""
    noted = element.get("datetime") or element.get("title") if element.tag in {"time", "abbr"} else None
    if _CREATED.search(element.get("property") or ""):
        noted = element.get("content")
    if noted or element.tag == "time":
        line = all_text(element)
        if day := metadata_date(noted) or find_date(line)[0]:
            yield day, line
    for line in _lines(element):
        day = date_line(line)[1]
        if day is None and (is_byline(line) or (len(line) < _SHORT and DATED.search(marked))):
            day = find_date(line)[0]
        if day:
            yield day, line


def _lines(element: HtmlElement) -> Iterator[str]:
    """What an element says by itself, and with all in it where that is short and holds no link."""
    own = own_text(element)
    if 5 < len(own) <= _LONGEST_DATE:
        yield own
    if len(element) and len(element) < 12 and next(element.iter("a", "li"), None) is None:
        whole = all_text(element)
        if 5 < len(whole) <= _LONGEST_DATE and whole != own:
            yield whole
