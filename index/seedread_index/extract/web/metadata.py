"""What a web page's own metadata say of its article: title, date, writer, site and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from seedread_index.extract.draft import Draft
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.values import address_of
from seedread_index.extract.web.authors import Site, author_of
from seedread_index.extract.web.dates import Place, date_of
from seedread_index.extract.web.header import ShownHeader
from seedread_index.extract.web.headline import shown_headline
from seedread_index.extract.web.linked_data import articles_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_SUFFIX = re.compile(r"\s+[|–—·»›⋆•:-]{1,2}\s+(?P<site>[^|–—·»›⋆•]{2,50})$")
_PREFIX = re.compile(r"(?P<site>[^|–—·»:]{2,50}?)\s*[|–—·»:-]{1,2}\s+")
_BEFORE = re.compile(r".{2,60}\s[|–—·»›⋆•:/-]{1,2}\s+")
_AFTER = re.compile(r"\s+[|–—·»›⋆•:-]{1,2}\s.{2,80}")
_CLOSE_BEFORE = re.compile(r".{2,40}(?:[:：｜|－]\s*|\s)")
_CLOSE_AFTER = re.compile(r"[\s。]*[:：｜|－(（].{2,60}|\s\w.{1,60}")
"""The same without a blank before the mark or without a mark, beside a heading that is longer."""
_LEAST_HEADING, _LEAST_BLANKS, _LEAST_SITE, _MOST_HEADINGS, _HEADLINE_WORDS = 8, 2, 3, 12, 4
_SITE_IN_HAN = re.compile(
    r"(?<=.{8})(?<=[\u3040-\u9fff！？」』）”])(?:(?:[_｜|][^_｜|]{2,24})+|-[\u3040-\u9fff][\w·]{1,9})$"
)
"""The site's name behind a headline in Chinese or Japanese, where no blank parts them."""
_KEYBOARD = str.maketrans("“”„«»‘’‚‐‑–—", '"""""\'\'\'----')
_WORDS = re.compile(r"[^\W_]{2,}")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()"
_SAVED_FROM = re.compile(r"(?:saved with SingleFile\s+url:\s*|saved from url=\(\d+\))(https?://\S+)")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)")
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_MOST_SCRIPTS = 12
_SHARED_TITLES = {
    "//meta[@property='og:title' or @name='og:title']/@content": "og:title",
    "//meta[@name='twitter:title' or @property='twitter:title']/@content": "twitter:title",
    "//meta[contains(@property, 'dc:title') or contains(@name, 'dc.title')]/@content": "dc.title",
}
"""Where pages keep the title that they share with others, with the name of the tag."""

_DESCRIPTIONS = (
    "//meta[@name='description' or @property='og:description' or @name='twitter:description']/@content"
)
_MARKED_TITLES = ("//meta[@itemprop='headline']/@content", "//*[@itemprop='headline']")
_PAGE_TITLES = (
    "//head/title[not(ancestor::*[local-name()='svg'])]",
    "//title[not(ancestor::*[local-name()='svg'])]",
)
_BY_HEADING: Place = (Where.ELEMENT, "h1")
_LONGEST_NAME = 120


def draft_of(tree: HtmlElement, text: str) -> Draft:
    """A page's text with what its metadata say."""
    linked = _linked_data(tree)
    site = _first(tree, ("//meta[@property='og:site_name' or @name='application-name']/@content",))
    title, title_place = _title(tree, linked, site)
    own = _address(tree)
    addresses = [_ARCHIVED.sub("", each) for each in (own, *tree.xpath(" | ".join(_ADDRESSES))) if each]
    shown = ShownHeader(tree, title, addresses)
    date, date_place = date_of(tree, linked, shown, addresses)
    author, author_place = author_of(tree, linked, shown, Site(site, _host(tree)))
    source, source_place = _source(tree, linked, site)
    return Draft(
        text,
        title=title,
        date=date,
        author=author,
        source=source,
        url=address_of(own),
        lang=_first(
            tree, ("//html/@lang", "//html/@*[name()='xml:lang']", "//meta[@property='og:locale']/@content")
        ),
        provenance=(
            FieldPlace("title", *title_place),
            FieldPlace("date", *date_place),
            FieldPlace("author", *author_place),
            FieldPlace("source", *source_place),
            FieldPlace("url", Where.META_TAG, "canonical"),
        ),
    )


def _source(
    tree: HtmlElement, linked: Sequence[dict[str, Any]], site: str | None
) -> tuple[str | None, Place]:
    """The name of the site, else that of who published the article, else the host of its address."""
    if site:
        return site, (Where.META_TAG, "og:site_name")
    for item in linked:
        publisher = item.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and 0 < len(name.strip()) <= _LONGEST_NAME and "//" not in name:
            return name.strip(), (Where.LINKED_DATA, "publisher")
    return _host(tree), (Where.HOST, "")


def _title(tree: HtmlElement, linked: Sequence[dict[str, Any]], site: str | None) -> tuple[str | None, Place]:
    """The headline: what the page shares with others, or shows in its stead."""
    title, place = _noted_title(tree, linked, site)
    if title is None or place == _BY_HEADING:
        return title, place
    said = [text for item in linked if isinstance(text := item.get("headline"), str)]
    shown = shown_headline(tree, title, _first(tree, _PAGE_TITLES), said)
    return (shown, _BY_HEADING) if shown else (title, place)


def _noted_title(
    tree: HtmlElement, linked: Sequence[dict[str, Any]], site: str | None
) -> tuple[str | None, Place]:
    """What the page shares with others, else its title without the site's name, else its h1."""
    name, shared = _named_first(tree, _SHARED_TITLES)
    place: Place = (Where.META_TAG, name)
    if shared is None:
        for item in linked:
            if isinstance(headline := item.get("headline"), str) and headline.strip():
                return headline, (Where.LINKED_DATA, "headline")
        shared = _first(tree, _MARKED_TITLES)
        place = (Where.ELEMENT, "itemprop headline" if shared else "title")
    own = _first(tree, _PAGE_TITLES)
    headings, smaller = _headings(tree)
    if shared and own and _is_of_the_site(shared, own, headings + smaller):
        shared, place = None, (Where.ELEMENT, "title")
    page = shared or own
    if page is None or (not shared and page.count(" ") < _LEAST_BLANKS and _only_headline(headings)):
        return headings[0] if headings else None, _BY_HEADING
    plain, known = _plain(page), f"{site or ''} {_host(tree) or ''}"
    for heading in _likeliest(headings, smaller, plain):
        if len(heading) > _LEAST_HEADING and (at := plain.find(_plain(heading))) >= 0:
            before, after = page[:at], page[at + len(heading) :]
            if _may_stand_about(before, after, heading) and not (before and _names(heading, known)):
                if shared and after and _names_writer(after, tree, linked, site):
                    return page, place
                where = _BY_HEADING if before or after else place
                return page[at : at + len(heading)], where
    stripped = _without_site(page, known)
    if not shared and stripped.count(" ") < _LEAST_BLANKS and stripped != page and _only_headline(headings):
        return headings[0], _BY_HEADING
    cut = _SUFFIX.search(page)
    if not shared and stripped == page and cut and page.count(" ", 0, cut.start()) >= _LEAST_BLANKS:
        return page[: cut.start()], place
    return _SITE_IN_HAN.sub("", stripped), place


def _may_stand_about(before: str, after: str, heading: str) -> bool:
    """Whether what stands about a heading in a page's title may be the site, a section or a label."""
    is_long = heading.count(" ") >= _LEAST_BLANKS or not heading.isascii()
    may_be_close = is_long and not (before and after)
    marks = ((before, _BEFORE, _CLOSE_BEFORE), (after, _AFTER, _CLOSE_AFTER))
    return all(
        not part
        or wide.fullmatch(part)
        or (may_be_close and len(part) < len(heading) and close.fullmatch(part))
        for part, wide, close in marks
    )


def _only_headline(headings: Sequence[str]) -> bool:
    """Whether a page has one h1 alone that is as long as a headline."""
    return len(headings) == 1 and headings[0].count(" ") >= _LEAST_BLANKS


def _headings(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """What the first headings of the first rank say, and the longer ones of the two below it."""
    ranks = (tree.xpath(path)[:_MOST_HEADINGS] for path in ("//h1", "//h2 | //h3"))
    first, smaller = ([" ".join(each.text_content().split()) for each in rank] for rank in ranks)
    return [text for text in first if text], [text for text in smaller if text.count(" ") >= _LEAST_BLANKS]


def _likeliest(headings: list[str], smaller: list[str], page: str) -> list[str]:
    """The headings that may be in a page's title: those of the first rank, unless it has none of them or has
    them only at its end, as the site's name, with a smaller one before."""
    inside = [text for text in headings if _plain(text) in page]
    begun = [text for text in smaller if page.startswith(_plain(text))]
    if begun and inside and all(page.endswith(_plain(text)) for text in inside):
        return begun
    return headings if inside else headings + sorted(smaller, key=len, reverse=True)


def _plain(text: str) -> str:
    """A text with the quotation marks and dashes of a keyboard, each in its place."""
    return text.translate(_KEYBOARD)


def _is_of_the_site(shared: str, own: str, headings: Sequence[str]) -> bool:
    """Whether a shared title names the site or a section: it has no word of the page's own title, which a
    heading begins or which alone is as long as a headline."""
    words, others = (set(_WORDS.findall(text.casefold())) for text in (shared, own))
    if words & others or any(words == set(_WORDS.findall(text.casefold())) for text in headings):
        return False
    begun = any(len(text) > _LEAST_HEADING and _plain(own).startswith(_plain(text)) for text in headings)
    return begun or (len(words) <= _LEAST_BLANKS and len(others) >= _HEADLINE_WORDS)


def _names_writer(suffix: str, tree: HtmlElement, linked: Sequence[dict[str, Any]], site: str | None) -> bool:
    """Whether what stands behind a headline is its columnist's name, which the page calls it by."""
    name = _NOT_LETTERS.sub("", suffix.casefold())
    known = _NOT_LETTERS.sub("", f"{site or ''} {_host(tree) or ''}".casefold())
    writer, _ = author_of(tree, linked, ShownHeader(tree, None, ()), Site(site, _host(tree)))
    author = _NOT_LETTERS.sub("", (writer or "").casefold())
    return bool(name) and name == author and name not in known


def _without_site(title: str, site: str) -> str:
    """A title without the site's name before or behind it; `site` is that name and the host."""
    for match in (_SUFFIX.search(title), _PREFIX.match(title)):
        if match and _names(match["site"], site):
            return title[: match.start()] if match.start() else title[match.end() :]
    return title


def _names(text: str, site: str) -> bool:
    """Whether a text is the name of a site or of its host, or part of it."""
    name = _NOT_LETTERS.sub("", text.casefold())
    return len(name) > _LEAST_SITE and name in _NOT_LETTERS.sub("", site.casefold())


def _address(tree: HtmlElement) -> str | None:
    """The address that a page gives for itself, else the one that it was saved from; never an archive's."""
    address = _first(tree, _ADDRESSES)
    if address is None:
        comments = (_SAVED_FROM.search(comment.text or "") for comment in tree.xpath("//comment()")[:20])
        address = next((match[1] for match in comments if match), None)
    return _ARCHIVED.sub("", address) if address else None


def _host(tree: HtmlElement) -> str | None:
    """The host of the address that the page gives for itself."""
    match = re.match(r"https?://(?:www\.)?([\w.-]+\.[a-z]{2,})(?:[:/]|$)", _address(tree) or "")
    return match[1] if match else None


def _linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects of the page's linked data that describe its article."""
    scripts = [str(script) for script in tree.xpath(_SCRIPTS)[:_MOST_SCRIPTS]]
    if not scripts:
        return []
    titles = [
        " ".join((value if isinstance(value, str) else value.text_content()).split())
        for path in (*_SHARED_TITLES, *_PAGE_TITLES, "//h1")
        for value in tree.xpath(path)[:3]
    ]
    return articles_in(scripts, [title for title in titles if title], _address(tree))


def descriptions_in(tree: HtmlElement) -> list[str]:
    """What a page says of itself, in small letters: often its lead, whole or cut."""
    return [" ".join(said.split()).casefold() for said in tree.xpath(_DESCRIPTIONS)[:_MOST_HEADINGS]]


def _first(tree: HtmlElement, paths: Iterable[str]) -> str | None:
    """The first value that is not blank under any of the paths."""
    for path in paths:
        for value in tree.xpath(path)[:3]:
            text = " ".join((value if isinstance(value, str) else value.text_content()).split())
            if text:
                return text
    return None


def _named_first(tree: HtmlElement, paths: Mapping[str, str]) -> tuple[str, str | None]:
    """The first value that is not blank under any of the paths, after the name that its path has."""
    for path, name in paths.items():
        if found := _first(tree, (path,)):
            return name, found
    return "", None
