"""Who wrote a web page's article: by its metadata, or as the page shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from seedread_index.extract.reasons import Where
from seedread_index.extract.segmentation.header.bylines import is_name
from seedread_index.extract.segmentation.words import word_set
from seedread_index.extract.web.dates import Place, named_values
from seedread_index.extract.web.header import ShownHeader

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
_LONGEST_NAME, _MOST_AUTHORS, _LEAST_OF_HOST = 120, 6, 5
_BY_LABEL = re.compile(
    r"^(?:(?:posted|written|published)\s+)?(?:by|von|par|por)\s+(?=[^\W\d_])", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"https?:|@\S+\.|^(?:\w*admin|editor|staff|webmaster|user|guest|unknown|no author)$", re.IGNORECASE
)
_NO_PERSON = re.compile(
    r"^[a-z\d_.-]+$|^\S*[a-z][._]\S+$|\b(?:e\. ?V\.|GmbH|www\.|Ltd|Inc\.|LLC|AG$)"
    r"|\w\.(?:com|org|net|[a-z]{2})\b"
)
"""Names of organisations, sites and accounts: a firm's ending, an address, a word in small letters."""
_NOT_LETTERS = re.compile(r"[^a-z]")


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
        shown = _names(header.authors(), None)
        if shown and (named is None or _are_names(shown)):
            return shown, (Where.SHOWN, "")
    return named, place


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
    if is_name(name) and _OUTLETS.isdisjoint(name.casefold().split()):
        return plain == _NOT_LETTERS.sub("", (site.name or "").casefold())
    host = _NOT_LETTERS.sub("", (site.host or "").rpartition(".")[0])
    if plain and plain in (host, _NOT_LETTERS.sub("", (site.name or "").casefold())):
        return True
    in_host = len(plain) >= _LEAST_OF_HOST and plain in host
    return in_host or (len(host) >= _LEAST_OF_HOST and host in plain) or _NO_PERSON.search(name) is not None


def _linked_authors(linked: Sequence[dict[str, Any]], site: str | None) -> Iterator[tuple[str, Place]]:
    for item in linked:
        author = item.get("author")
        names = [
            one.get("name") if isinstance(one, dict) else one
            for one in (author if isinstance(author, list) else [author])
        ]
        if named := _names(names, site):
            yield named, (Where.LINKED_DATA, "author")


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
        name = _BY_LABEL.sub("", name).strip(" ,;|")
        if site and len(name) > len(site) and name.casefold().endswith(site.casefold()):
            name = name[: -len(site)].rstrip(" ,;|-–—")
        if 1 < len(name) <= _LONGEST_NAME and not _NOT_A_NAME.search(name):
            found.append(name)
    return ", ".join(dict.fromkeys(found)) or None
