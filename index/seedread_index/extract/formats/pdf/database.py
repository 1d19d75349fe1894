"""PDF files that newspaper databases export: several articles, told by the lines the database adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedread_index.extract.draft import Draft
from seedread_index.extract.formats.pdf.layout import laid_out
from seedread_index.extract.formats.pdf.lines import Line, Page
from seedread_index.extract.records.exports.export import articles_of_export, has_sign
from seedread_index.extract.records.exports.nexis import BELOW_TEXT

_PAGE_NUMBER = re.compile(
    r"\d{1,4}(?: ?/ ?\d{1,4})?"
    r"|.{0,60}\b(?:page|seite|página|pagina) \d{1,4} (?:of|von|de|sur|di) \d{1,4}\b.{0,80}",
    re.IGNORECASE,
)
_MANY = 3
"""A line that is the first or last of so many pages is a running head."""

_HEADLINE = 12
"""A headline has so many characters; its first line begins what the next pages repeat in one."""


def articles_in_pages(pages: Sequence[Page]) -> tuple[Draft, ...]:
    """The articles of a database's export; none where the pages are of anything else.

    Labels and mastheads stand at the same places of many pages, so only the outermost lines are taken for
    running heads.
    """
    if not has_sign("\n".join(line.text for page in pages for line in page.lines)):
        return ()
    text = "\n\n".join(
        laid_out([Page(lines, pages[0].height)]).text for lines in _parted(_without_heads(pages))
    )
    return articles_of_export(text)


def _without_heads(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of all pages, the outermost ones left out that come again or have a page's number.

    So is the headline that the pages of a long article repeat below their numbers.
    """
    edges = Counter(_key(page.lines[n]) for page in pages for n in _outermost(page)[:2])
    headlines: tuple[str, ...] = ()
    for page in pages:
        out = set()
        for n in _outermost(page)[:2]:
            line = page.lines[n]
            numbered = _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
            if not has_sign(line.text) and (numbered or edges[_key(line)] >= _MANY):
                out.add(n)
        for n in _outermost(page)[2:]:
            key = _key(page.lines[n])
            if out and key.startswith(headlines):
                out.add(n)
            elif len(key) >= _HEADLINE:
                headlines += (key,)
        kept = [line for n, line in enumerate(page.lines) if n not in out]
        if kept and has_sign(kept[-1].text):
            headlines = ()
        yield from kept


def _outermost(page: Page) -> list[int]:
    """The places of the highest and the lowest line of a page, and of the one below the highest."""
    order = sorted(range(len(page.lines)), key=lambda n: -page.lines[n].bottom)
    return list(dict.fromkeys((*order[:1], *order[-1:], *order[1:2])))


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split())).casefold()


def _parted(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Stretches of lines; one that the database adds stands alone, however close it is to the text."""
    held: list[Line] = []
    for line in lines:
        sign = has_sign(line.text)
        if sign or BELOW_TEXT.match(line.text):
            if held:
                yield held
            held = []
        held.append(line)
        if sign:
            yield held
            held = []
    if held:
        yield held
