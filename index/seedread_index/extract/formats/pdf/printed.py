"""Pages that a browser printed: the address, the title and the time of printing in the margins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.extract.formats.pdf.lines import Page

_TIME = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? (?:\D{1,4} ?)?\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)?"
_AT_END = re.compile(rf"{_TIME}(?= |$)|(?<= ){_TIME}$")
_ADDRESS = re.compile(r"(?:https?://\S+(?= |$)|(?<= )https?://\S+$)")
_COUNT = re.compile(r"(?:(?:\w{2,8} )?\d{1,3}(?:/| of | von | de | sur | di )\d{1,3})")
_CUT = ("…", "...")


def without_margins(pages: Sequence[Page]) -> tuple[list[Page], str | None] | None:
    """The pages without what a browser put above and below them, and the address there.

    None where the margins of the first page do not say when which address was printed. An address that
    was cut short is none.
    """
    if not pages or not pages[0].lines:
        return None
    margins = [pages[0].lines[n].text for n in _outermost(pages[0])]
    if not any(map(_AT_END.search, margins)):
        return None
    address = next((found[0] for text in margins if (found := _ADDRESS.search(text))), None)
    if address is None:
        return None
    kept = []
    for page in pages:
        out = {n for n in _outermost(page) if _is_margin(page.lines[n].text)}
        kept.append(Page([line for n, line in enumerate(page.lines) if n not in out], page.height))
    return kept, None if address.endswith(_CUT) else address


def _outermost(page: Page) -> list[int]:
    """The places of the lines at the heights of the uppermost and the lowest one."""
    heights = [line.bottom for line in page.lines]
    edges = (max(heights), min(heights)) if heights else ()
    return [n for n, height in enumerate(heights) if any(abs(height - edge) < 1 for edge in edges)]


def _is_margin(text: str) -> bool:
    return bool(_AT_END.search(text) or _ADDRESS.search(text) or _COUNT.fullmatch(text))
