"""The lead of a web page's article, which often stands in another part of the page than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedread_index.extract.segmentation.boilerplate.features import families_in, is_closed
from seedread_index.extract.segmentation.header.bylines import is_byline
from seedread_index.text.sanitize import squeeze

_LEAD_WORDS, _LEAD_IN_HAN, _MOST_LEAD, _MOST_BETWEEN = 10, 20, 3, 40
"""Words that a lead has, or letters of Chinese and Japanese, paragraphs of it, and lines from the headline to
the text."""

_KNOWN_BY, _ALIKE = 25, 60
"""Letters by which a lead is known as what the page says of itself, and a paragraph is known again."""

_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def with_lead(main: str, everything: str, title: str, descriptions: Sequence[str]) -> str:
    """The article with the lead that stands above it on the page: `everything` is all that the page shows.

    A lead is what the page says of itself (`descriptions`), the line right below the headline, or sentences
    between the headline and the text.
    """
    lines = [squeeze(line) for line in everything.split("\n")]
    chosen = main.split("\n")
    start, opening = next(
        ((at, line) for at, each in enumerate(chosen) if _is_long(line := squeeze(each))), (0, "")
    )
    begin = next((at for at, line in enumerate(lines) if opening and line.startswith(opening[:_ALIKE])), None)
    if begin is None:
        return main
    first = max(0, begin - _MOST_BETWEEN)
    heading = squeeze(title).casefold()
    above = [at for at in range(first, begin) if lines[at].casefold() == heading]
    kept = set(map(squeeze, chosen))
    others = [at for at in range(first, begin) if lines[at] not in kept and not _repeats(lines[at], title)]
    described = [at for at in others if _is_said(lines[at], descriptions)]
    found = sorted({*described[:1], *_below(lines, above, others)})
    if not found:
        return main
    higher = {line for line in lines[first : found[0]] if line}
    place = max((at + 1 for at, line in enumerate(chosen[:start]) if squeeze(line) in higher), default=0)
    lead = [*dict.fromkeys(lines[at] for at in found)]
    return "\n".join((*chosen[:place], "\n\n".join(lead), "", *chosen[place:]))


def _below(lines: Sequence[str], above: Sequence[int], others: Sequence[int]) -> Iterator[int]:
    """Which lines between a headline and the text are its lead: the one right below, and few sentences."""
    for heading in above:
        below = next((at for at in others if at > heading), None)
        if below and not any(lines[heading + 1 : below]) and _may_be_standfirst(lines[below]):
            yield below
    sentences = [
        at for at in others if above and at > above[-1] and is_closed(lines[at]) and _is_long(lines[at])
    ]
    if len(sentences) <= _MOST_LEAD:
        yield from sentences


def _is_said(line: str, descriptions: Sequence[str]) -> bool:
    """Whether a line is what the page says of itself, which is often cut."""
    if len(line) < _KNOWN_BY:
        return False
    start = line[:_ALIKE].casefold()
    return any(
        len(said) >= _KNOWN_BY and (said.startswith(start) or start.startswith(said.rstrip(" .…")))
        for said in descriptions
    )


def _may_be_standfirst(line: str) -> bool:
    """Whether the line below a headline is a sentence or a long phrase, and no menu, byline or date."""
    if not _is_long(line) or is_byline(line) or families_in(line):
        return False
    words = line.split()
    plain = sum(word[0].islower() for word in words)
    return is_closed(line) or (plain * 2 > len(words) and not any(map(str.isdigit, line)))


def _repeats(line: str, title: str) -> bool:
    """Whether a line is the title, with at most a label beside it."""
    words, known = (" ".join(_WORD.findall(text.casefold())) for text in (line, title))
    return known in words and len(words) < 2 * len(known)


def _is_long(line: str) -> bool:
    return line.count(" ") + 1 >= _LEAD_WORDS or len(_HAN.findall(line)) >= _LEAD_IN_HAN
