"""Where a web page shows what it is: its heading and the elements about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.header.bylines import is_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_PROSE, _SENTENCE, _MOST_LOOKED_AT, _BEFORE = 140, 80, 400, 12
_BELOW_LEAD = 40
"""So many elements below the first prose, which may be a lead, are looked at for one marked as the date."""
_OF_OTHERS = frozenset(("a", "nav", "aside", "footer", "select", "button", "form"))
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "option"))
"""Elements whose text no page shows."""

_HEADINGS = ("h1", "h2", "h3", "h4")
_MAY_BE_HEADING = ("p", "div", "span", "td", "b", "strong", "font", "center", "h5", "h6")
_LEAST_HEADING, _LEAST_SHARE = 8, 0.6
_COMMENTS = re.compile(
    r"comment|related|recommend|sidebar|widget|popular|trending|teaser|footer|cookie", re.IGNORECASE
)
_NEAR_COMMENTS = re.compile(rf"(?:^|\s)(?:{_COMMENTS.pattern})", re.IGNORECASE)
"""The same where classes begin so: between heading and text a "headline__footer" is the article's."""
DATED = re.compile(r"date|time|publish|posted|pubdat|byline|meta|datum|fecha", re.IGNORECASE)
"""What elements that hold a date are marked as."""

_OF_A_DAY = re.compile(
    r"[/=](?:19|20)\d\d(?P<mark>[-/]?)(?:0[1-9]|1[0-2])(?P=mark)(?:0[1-9]|[12]\d|3[01])/?$"
)
"""The end of the address of all that a site published on a day."""
_HEADLINE_WORDS = 4
"""A link of so many words is another story's headline; the day beside it is that story's."""

_LONGEST_TEXT = 600
"""No text of so many characters is a heading, a date line, a byline or a link to another story."""

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


class Parts(NamedTuple):
    """The elements that the heading stands in, which are no part of the page about another story; those just
    above it, those below it to the first prose, and those below that to the next."""

    around: frozenset[HtmlElement]
    above: list[HtmlElement]
    below: list[HtmlElement]
    below_lead: list[HtmlElement]


class ShownHeader:
    """What a page shows about its heading: the elements just above it, and those below it to the first prose.

    `title` is what the metadata say, `addresses` are those that the page gives for itself. Scripts and the
    like are taken out of the page's body.
    """

    def __init__(self, tree: HtmlElement, title: str | None, addresses: Iterable[str]) -> None:
        self._tree, self._title = tree, title
        self._addresses = frozenset(addresses)

    @cached_property
    def body(self) -> HtmlElement | None:
        """The body of the page, if it has one."""
        return self._tree.find("body")

    @cached_property
    def parts(self) -> Parts:
        """The elements about the heading; none where the page has no heading."""
        heading = _heading(self._tree, self._title)
        parts = Parts(frozenset(() if heading is None else heading.iterancestors()), [], [], [])
        body = self.body
        if heading is None:
            return parts
        if body is not None:
            for hidden in [*body.iter(*UNSEEN)]:
                hidden.drop_tree()
        found = parts.above
        for element in (self._tree if body is None else body).iter():
            if not isinstance(element.tag, str):
                continue
            if element is heading:
                found = parts.below
            elif found is parts.above:
                found.append(element)
            elif len(found) >= (_BELOW_LEAD if found is parts.below_lead else _MOST_LOOKED_AT):
                break
            elif not _is_prose(element):
                found.append(element)
            elif found is parts.below:
                found = parts.below_lead
            else:
                break
        return parts._replace(above=parts.above[-_BEFORE:])

    def is_of_others(self, element: HtmlElement) -> bool:
        """Whether an element stands in a link, a list or another part of the page, or next to a story."""
        if any(map(_is_headline, (*element[:1], *element.itersiblings(preceding=True)))):
            return True
        ways = self._up(element)
        if element in self.near and DATED.search(marks(element)):
            ways = (above for above in ways if above.tag != "aside")
        return self.is_apart(element) or any(map(self._leads_away, ways))

    def is_apart(self, element: HtmlElement) -> bool:
        """Whether an element stands in a part of the page that is marked as none of the article's."""
        apart = _NEAR_COMMENTS if element in self.near else _COMMENTS
        return any(apart.search(above.get("class") or "") for above in self._up(element))

    @cached_property
    def near(self) -> frozenset[HtmlElement]:
        """The elements between the heading and the first prose."""
        return frozenset(self.parts.below)

    def _up(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """An element and those that it stands in, but for those that the heading stands in as well."""
        return takewhile(
            lambda above: above not in self.parts.around and above.tag != "body",
            (element, *element.iterancestors()),
        )

    def _leads_away(self, element: HtmlElement) -> bool:
        """Whether an element is a link to another page, or one of a kind that other stories are listed in."""
        if element.tag == "li":
            if next(element.iter("a"), None) is not None:
                return True
            dated = any(DATED.search(marks(each)) for each in (element, *element))
            return not dated and any(map(_is_headline, element.getparent().iter("a")))
        if element.tag == "a":
            return not self._is_own(element)
        if element.tag == "footer" and (
            DATED.search(marks(element)) or next(element.iterancestors("article"), None) in self.parts.around
        ):
            return False
        return element.tag in _OF_OTHERS and not (element.tag == "form" and len(element) > 8)

    def _is_own(self, link: HtmlElement) -> bool:
        """Whether a link leads to the page itself or to all that was published on a day."""
        address = link.get("href") or ""
        if _OF_A_DAY.search(address) or any(own.endswith(address) for own in self._addresses if address[1:]):
            return True
        return link.get("rel") == "bookmark" and not self._addresses


def _is_prose(element: HtmlElement) -> bool:
    """Whether an element is a paragraph of prose: a long one, or a sentence."""
    text = own_text(element) if element.tag in {"p", "div"} else ""
    return len(text) > _PROSE or (len(text) > _SENTENCE and is_closed(text))


def _heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """The heading of the page: the one that is its title, else the one of nearly the same words, else the
    longest that the page's title begins or ends with, else another element that is the title, else the first
    of the highest rank."""
    known = _BLANKS.sub(" ", title or "").strip().casefold()
    page = _BLANKS.sub(" ", " ".join(tree.xpath("//head/title//text()"))).strip().casefold()
    headings = [(all_text(heading).casefold(), heading) for heading in islice(tree.iter(*_HEADINGS), 60)]
    if same := [heading for text, heading in headings if text and text == known]:
        return same[0]
    words = set(_WORD.findall(known))
    alike = [(_share(words, set(_WORD.findall(text))), heading) for text, heading in headings]
    if (best := max(alike, key=itemgetter(0), default=None)) is not None and best[0] >= _LEAST_SHARE:
        return best[1]
    if parts := [
        (len(text), heading)
        for text, heading in headings
        if len(text) > _LEAST_HEADING and (page.startswith(text) or page.endswith(text))
    ]:
        return max(parts, key=itemgetter(0))[1]
    if len(known) > _LEAST_HEADING:
        for element in islice(tree.iter(*_MAY_BE_HEADING), _MOST_LOOKED_AT):
            if own_text(element).casefold() == known:
                return element
    return next((heading for _, heading in headings if heading.tag == "h1"), None)


def _share(words: set[str], others: set[str]) -> float:
    """The share of common words in two texts of several."""
    return len(words & others) / len(words | others) if min(len(words), len(others)) > 2 else 0.0


def _is_headline(element: HtmlElement) -> bool:
    """Whether an element is a link that is too long for a name, a section or a count of comments."""
    if element.tag != "a":
        return False
    text = all_text(element)
    return len(text.split()) >= _HEADLINE_WORDS and not is_name(text)


def marks(element: HtmlElement) -> str:
    """What an element is marked as."""
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"


def own_text(element: HtmlElement) -> str:
    """The text of an element that is in none of its blocks and links."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in {"b", "i", "em", "strong", "span", "abbr", "time", "font", "br"} and len(child) == 0:
            pieces.append((child.text or "") + " ")
        pieces.append(child.tail or "")
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def all_text(element: HtmlElement) -> str:
    """The text of an element with all in it; of a long one the start."""
    pieces = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > _LONGEST_TEXT and len(_BLANKS.sub(" ", "".join(pieces))) > _LONGEST_TEXT:
            break
    return _BLANKS.sub(" ", " ".join(pieces)).strip()
