"""What a web page's own metadata say of its article: title, date, writer, site and language."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from seedread_index.extract.draft import Draft
from seedread_index.extract.segmentation.credits import is_byline
from seedread_index.extract.segmentation.dates import date_line, find_date, metadata_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_DEEPEST_LINKED = 6
_SUFFIX = re.compile(r"\s+[|–—·»:-]{1,2}\s+([^|–—·»]{2,50})$")
_PREFIX = re.compile(r"[^|–—·»]{2,50}\s+[|–—·»:-]{1,2}\s+")
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

_NOT_LETTERS = re.compile(r"[^a-z]")
_FIRST = (
    "not(contains(concat(@class, @itemprop), 'odified') or contains(concat(@class, @itemprop), 'pdated'))"
)
_DATES = (
    "//*[@itemprop='datePublished']/@datetime",
    "//*[@itemprop='datePublished']",
    "//time[@pubdate]/@datetime",
    f"//article//time[{_FIRST}]/@datetime",
    f"//header//time[{_FIRST}]/@datetime",
    f"//h1/following-sibling::*[position() < 4]/descendant-or-self::time[{_FIRST}]/@datetime",
)
_BELOW_HEADING = "//h1/following-sibling::*[position() < 4]"
_SHARED_TITLES = (
    "//meta[@property='og:title' or @name='og:title']/@content",
    "//meta[@name='twitter:title' or @property='twitter:title']/@content",
    "//meta[contains(@property, 'dc:title') or contains(@name, 'dc.title')]/@content",
)
_MARKED_TITLES = ("//meta[@itemprop='headline']/@content", "//*[@itemprop='headline']")
_PAGE_TITLES = (
    "//head/title[not(ancestor::*[local-name()='svg'])]",
    "//title[not(ancestor::*[local-name()='svg'])]",
)
_AUTHORS = ("//meta[@name='author' or @property='author' or @name='byl' or @name='dc.creator']/@content",)


def draft_of(tree: HtmlElement, text: str) -> Draft:
    """A page's text with what its metadata say."""
    linked = list(_linked_data(tree))
    site = _first(tree, ("//meta[@property='og:site_name' or @name='application-name']/@content",))
    return Draft(
        text,
        title=_title(tree, linked, site),
        date=_date(tree, linked),
        author=_author(tree, linked),
        source=site or _host(tree),
        lang=_first(
            tree, ("//html/@lang", "//html/@*[name()='xml:lang']", "//meta[@property='og:locale']/@content")
        ),
    )


def _title(tree: HtmlElement, linked: list[dict[str, Any]], site: str | None) -> str | None:
    """The headline: what the page shares with others, else its title without the site's name, else its h1."""
    if shared := _first(tree, _SHARED_TITLES):
        return _without_site(shared, site)
    for item in linked:
        if isinstance(headline := item.get("headline"), str) and headline.strip():
            return headline
    if marked := _first(tree, _MARKED_TITLES):
        return _without_site(marked, site)
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("//h1")[:4]]
    if page := _first(tree, _PAGE_TITLES):
        for heading in headings:
            if len(heading) > 8 and page.startswith(heading) and _SUFFIX.search(page):
                return heading
            if len(heading) > 8 and page.endswith(heading) and _PREFIX.fullmatch(page[: -len(heading)]):
                return heading
        stripped = _without_site(page, site)
        if stripped == page and (match := _SUFFIX.search(page)) and page.count(" ", 0, match.start()) >= 2:
            stripped = page[: match.start()]
        return stripped
    return next((heading for heading in headings if heading), None)


def _without_site(title: str, site: str | None) -> str:
    match = _SUFFIX.search(title)
    if match and site and match[1].casefold().strip() in site.casefold():
        return title[: match.start()]
    return title


def _date(tree: HtmlElement, linked: list[dict[str, Any]]) -> dt.date | None:
    for item in linked:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if found := metadata_date(item.get(name)):
                return found
    named = dict(reversed([*_named(tree)]))
    for name in _DATE_NAMES:
        if found := metadata_date(named.get(name)):
            return found
    for path in _DATES:
        for value in tree.xpath(path)[:3]:
            if found := metadata_date(value if isinstance(value, str) else value.text_content().strip()):
                return found
    for element in tree.xpath(_BELOW_HEADING)[:6]:
        line = " ".join(element.text_content().split())
        if found := date_line(line)[1] or (find_date(line)[0] if is_byline(line) else None):
            return found
    return None


def _named(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The names and contents of a page's meta elements, names without case and joints."""
    for meta in tree.xpath("//meta[@content]")[:400]:
        for attribute in ("property", "name", "itemprop"):
            if name := meta.get(attribute):
                yield _NOT_LETTERS.sub("", name.lower()), meta.get("content")


def _author(tree: HtmlElement, linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        author = item.get("author")
        for one in author if isinstance(author, list) else [author]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip():
                return name
    name = _first(tree, _AUTHORS)
    return name if name and not name.startswith("http") else None


def _host(tree: HtmlElement) -> str | None:
    """The host of the address that the page gives for itself."""
    address = _first(tree, ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"))
    match = re.match(r"https?://(?:www\.)?([\w.-]+\.[a-z]{2,})(?:[:/]|$)", address or "")
    return match[1] if match else None


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that describe an article."""
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()")[
        :8
    ]:
        try:
            loaded = json.loads(str(script)[:200_000], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(loaded)


def _articles_in(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects that describe an article, in a list, a graph or as what a page is about."""
    if isinstance(value, list):
        for item in value[:100]:
            yield from _articles_in(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST_LINKED:
        kind = str(value.get("@type", ""))
        if "Article" in kind or "Posting" in kind or "Report" in kind:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles_in(value.get(key), depth + 1)


def _first(tree: HtmlElement, paths: tuple[str, ...]) -> str | None:
    """The first value that is not blank under any of the paths."""
    for path in paths:
        for value in tree.xpath(path)[:3]:
            text = " ".join((value if isinstance(value, str) else value.text_content()).split())
            if text:
                return text
    return None
