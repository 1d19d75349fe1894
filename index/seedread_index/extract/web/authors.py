"""Who wrote a web page's article: by its metadata, or as the page shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from seedread_index.extract.reasons import Where
from seedread_index.extract.segmentation.header.bylines import author_in, is_byline, is_name
from seedread_index.extract.segmentation.words import word_set
from seedread_index.extract.web.dates import Place, named_values
from seedread_index.extract.web.header import UNSEEN, ShownHeader, all_text, marks

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_AUTHOR_NAMES = (
    "author",
    "articleauthor",
    "byl",
    "dccreator",
    "parselyauthor",
    "sailthruauthor",
    "cxenseparseauthor",
    "citationauthor",
    "twitterdata",
)
"""The names under which pages keep their writers, without case and joints, the surest first."""

_WRITTEN_BY = ("written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da")
_LONGEST_NAME, _MOST_AUTHORS, _LEAST_OF_HOST = 120, 12, 5
_BY_LABEL = re.compile(
    r"^(?:(?:posted|written|published)\s+)?(?:by|von|par|por)\s+(?=[^\W\d_])", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"https?:|@\S+\.|\S[\[(]at[\])]|^(?:\w*admin|editor|staff|webmaster|user|guest|unknown|no author)$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"^[a-z\d_.-]+$|^@|^\S*[a-z][._]\S+$|\b(?:e\. ?V\.|GmbH|www\.|Ltd|Inc\.|LLC|AG$)"
    r"|\w\.(?:com|org|net|[a-z]{2})\b"
)
"""Names of organisations, sites and accounts: a firm's ending, an address, a word in small letters."""
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NAMED = re.compile(r"(?i:byline|(?:^|[^a-z])author|writer|(?:^|\s)vcard|contributor)|[a-z]Author")
_NOT_NAMED = re.compile(
    r"bio|avatar|image|img|photo|social|follow|date|time|box|title|role|job|desc", re.IGNORECASE
)
"""What elements that hold a writer's name are marked as, and what those beside it are."""

_WRITERS = re.compile(
    r"/(?:author|profile|people|person|staff|editor|contributor|writer|reporter|journalist|autor|auteur"
    r"|redaktion)(?:e|es|en|s)?(?:/|$)|/by(?:/|$)",
    re.IGNORECASE,
)
"""The folder of a site's pages about who writes for it."""

_NAME_IN_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,6}")
_LABELS = frozenset[str]().union(*map(word_set, ("publishing", "updating", "when", "roles", "by_labels")))
_INITIALS = re.compile(r"\s*\([a-zäöü]{2,4}\.?\)$")
"""The initials by which a writer signs, behind the name."""
_LONGEST_SHOWN, _MOST_MARKED, _MOST_CHILDREN = 90, 12, 8
_MARKED = (
    ".//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' vcard ')"
    " or contains(@class, 'author')]"
)


_BETWEEN_NAMES = re.compile(r",|&|/|\b(?:und|and|et|y|e|og|och|en|i)\b")
_OUTLETS = word_set("outlets")


class Site(NamedTuple):
    """The site of a page: the name that it gives itself, and the host of its address."""

    name: str | None
    host: str | None


def author_of(
    tree: HtmlElement, linked: Sequence[dict[str, Any]], header: ShownHeader, site: Site
) -> tuple[str | None, Place]:
    """The writers, parted by commas: of the linked data, the metadata, or as the page shows them.

    The names of sites, organisations and accounts, which many give for want of another, come last.
    """
    named, place = next(_noted_authors(tree, linked, site), (None, (Where.SHOWN, "")))
    if named is None or _is_stopgap(named, site):
        shown = _names(_shown_authors(header), None)
        if shown and (named is None or _are_names(shown)):
            return shown, (Where.SHOWN, "")
    return named, place


def _shown_authors(header: ShownHeader) -> list[str]:
    """Who wrote the article, as the page shows it: a link to an author, a byline; none or one text.

    Without any about the heading it is the one name that elements of the page are marked with as an
    author's; of several each may be another story's.
    """
    parts = header.parts
    for element in (*parts.above, *parts.below, *parts.below_lead):
        with_more = element in header.near
        if not header.is_apart(element) and (written := _written_by(element, with_more=with_more)):
            return [written]
    marked = [] if header.body is None else islice(header.body.xpath(_MARKED), _MOST_MARKED)
    names = {
        written for element in marked if not header.is_apart(element) and (written := _written_by(element))
    }
    return [*names] if len(names) == 1 else []


def _written_by(element: HtmlElement, *, with_more: bool = False) -> str | None:
    """The name in an element that is marked as an author's, in a link to a writer's page, or in a byline.

    `with_more` allows a name that is a piece of the marked text: the first.
    """
    if len(element) > _MOST_CHILDREN or element.tag in UNSEEN:
        return None
    text = all_text(element)
    if not 2 < len(text) <= _LONGEST_SHOWN:
        return None
    marked_as = marks(element)
    marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "")
    if marked or (_NAMED.search(marked_as) and not _NOT_NAMED.search(marked_as)):
        written = author_in(text) or text
        if not _may_be_name(written):
            pieces = (author_in(text) or text for piece in element.itertext() if (text := piece.strip()))
            written = next(filter(_is_surely_name, pieces), "") if with_more else ""
    elif element.tag == "a" and _is_page_of(element.get("href") or "", text):
        written = text.rstrip(",")
    else:
        written = (is_byline(text) and author_in(text)) or ""
    return written if written and _may_be_name(written) else None


def _is_surely_name(text: str) -> bool:
    """Whether a text is a person's name: words with capitals, or some letters of Chinese or Japanese."""
    return is_name(text) or _NAME_IN_HAN.fullmatch(text) is not None


def _is_page_of(address: str, name: str) -> bool:
    """Whether an address is that of a writer's page: in a folder of writers, and named after this one."""
    folder, _, last = address.rstrip("/").rpartition("/")
    letters = _NOT_LETTERS.sub("", name.casefold())
    return (
        is_name(name.rstrip(","))
        and _NOT_LETTERS.sub("", last.casefold()) == letters
        and (_WRITERS.search(folder) is not None)
    )


def _may_be_name(name: str) -> bool:
    """Whether a marked text is a name or several: few words, no sentence, no label."""
    words = name.split()
    if all(word.strip(",.:").casefold() in _LABELS for word in words):
        return False
    return is_name(name) or (len(words) <= 4 and not any(map(str.isdigit, name)) and name[-1] not in ".:!?")


def _are_names(shown: str) -> bool:
    """Whether a text is a name or several, with an agency or a station among them."""
    parts = [part.strip() for part in _BETWEEN_NAMES.split(shown)]
    return is_name(parts[0]) and all(is_name(part) or part.isupper() for part in parts)


def _noted_authors(
    tree: HtmlElement, linked: Sequence[dict[str, Any]], site: Site
) -> Iterator[tuple[str, Place]]:
    """The writers as the linked data name them, then the metadata; those that are no person's last."""
    at_last: list[tuple[str, Place]] = []
    for found in (*_linked_authors(linked, site.name), *_tagged_authors(tree, site.name)):
        if _is_stopgap(found[0], site):
            at_last.append(found)
        else:
            yield found
    yield from at_last


def _is_stopgap(name: str, site: Site) -> bool:
    """Whether a writer's name is the site's, an organisation's or that of an account, and no person's."""
    plain = _NOT_LETTERS.sub("", name.casefold())
    labels = (site.host or "").split(".")[:-1]
    host = _NOT_LETTERS.sub("", "".join(labels))
    if plain and plain in (host, *labels, _NOT_LETTERS.sub("", (site.name or "").casefold())):
        return True
    if is_name(name) and _OUTLETS.isdisjoint(name.casefold().split()):
        return False
    in_host = len(plain) >= _LEAST_OF_HOST and plain in host
    return in_host or (len(host) >= _LEAST_OF_HOST and host in plain) or _NO_PERSON.search(name) is not None


def _linked_authors(linked: Sequence[dict[str, Any]], site: str | None) -> Iterator[tuple[str, Place]]:
    for item in linked:
        author = item.get("author")
        names = [
            _name_of(one) if isinstance(one, dict) else one
            for one in (author if isinstance(author, list) else [author])
        ]
        if named := _names(names, site):
            yield named, (Where.LINKED_DATA, "author")


def _name_of(person: dict[str, Any]) -> object:
    """A person's name, which may be given in its parts."""
    parts = [part for key in ("givenName", "familyName") if isinstance(part := person.get(key), str)]
    return person.get("name") or " ".join(parts)


def _tagged_authors(tree: HtmlElement, site: str | None) -> Iterator[tuple[str, Place]]:
    kept: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    label = "".join(tree.xpath("//meta[@name='twitter:label1']/@content")[:1]).strip().casefold()
    for plain, name, content in named_values(tree):
        if plain != "twitterdata" or label in _WRITTEN_BY:
            kept.setdefault(plain, []).append(content)
            spelled.setdefault(plain, name)
    for plain in _AUTHOR_NAMES:
        if named := _names(kept.get(plain, [])[: 1 if plain == "twitterdata" else _MOST_AUTHORS], site):
            yield named, (Where.META_TAG, spelled[plain])


def _names(values: Sequence[object], site: str | None) -> str | None:
    """Names as one text, each once: no addresses, no accounts of a system, no labels."""
    found: list[str] = []
    for value in values[:_MOST_AUTHORS]:
        if not isinstance(value, str):
            continue
        name = " ".join(html.unescape(value).split())
        name = _INITIALS.sub("", _BY_LABEL.sub("", name).strip(" ,;|"))
        if site and len(name) > len(site) and name.casefold().endswith(site.casefold()):
            name = name[: -len(site)].rstrip(" ,;|-–—")
        if 1 < len(name) <= _LONGEST_NAME and not _NOT_A_NAME.search(name):
            found.append(name)
    return ", ".join(dict.fromkeys(found)) or None
