"""The headline that a page shows, where what it shares with others is a shorter or another one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml has no types

_LEAST_WORDS, _LEAST_LETTERS, _LONGEST, _MOST_HEADINGS = 4, 14, 300, 24
_LEAST_SHARE = 0.4
"""The share of the words of the shorter of two headlines that are both of one story."""

_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_INLINE = frozenset(("a", "b", "strong", "i", "em", "br", "wbr", "q", "sup", "sub", "abbr", "mark"))


def shown_headline(
    tree: HtmlElement, title: str, page_title: str | None, headlines: Iterable[str]
) -> str | None:
    """The heading of the first rank that is the story's and says something else than `title`, or more; None
    where a heading is that.

    What pages share with others is written for those: shorter, cut, or with other words. A heading is the
    story's if the linked data have it as a headline or the page's own title begins with it, or if it is the
    only one and shares many words with `title`; one that has a kicker before `title` is not taken.
    """
    known, own = _bare(title), _bare(page_title or "")
    headings = [*islice(tree.iter("h1"), _MOST_HEADINGS)]
    shown = [(heading, text) for heading in headings if _is_long(text := _text(heading))]
    others = islice(tree.iter("h1", "h2", "h3"), _MOST_HEADINGS)
    if not shown or not known or any(_bare(_text(heading)) == known for heading in others):
        return None
    bare = [_bare(text) for _, text in shown]
    said = {_bare(html.unescape(headline)) for headline in headlines}
    for (heading, text), words in zip(shown, bare, strict=True):
        if words in said:
            return text
        is_part = words in known or (known in words and not words.startswith(known))
        if is_part:
            continue
        if own.startswith(words) or (len(shown) == 1 and _is_alike(heading, words, known)):
            return text
    return None


def _text(heading: HtmlElement) -> str:
    """What a heading says; nothing where that is longer than a headline."""
    text = " ".join(heading.text_content().split())
    return text if len(text) <= _LONGEST else ""


def _is_long(text: str) -> bool:
    """Whether a heading is as long as a headline, and no name of a section or a site."""
    return text.count(" ") + 1 >= _LEAST_WORDS or (len(text) >= _LEAST_LETTERS and bool(_HAN.search(text)))


def _bare(text: str) -> str:
    """The words of a text, without case, marks and soft hyphens."""
    return " ".join(_WORD.findall(text.replace("\u00ad", "").casefold()))


def _is_alike(heading: HtmlElement, words: str, known: str) -> bool:
    """Whether a heading that is of one piece shares enough words with a headline, and not all of them."""
    one, other = set(words.split()), set(known.split())
    if known in words or any(child.tag not in _INLINE for child in heading.iterdescendants()):
        return False
    return len(one & other) >= _LEAST_SHARE * min(len(one), len(other))
