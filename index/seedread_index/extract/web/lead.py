"""The lead of a web page's article, which often stands in another part of the page than the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedread_index.extract.segmentation.boilerplate.features import families_in, is_closed
from seedread_index.extract.segmentation.header.bylines import is_byline
from seedread_index.text.sanitize import squeeze

_LEAD_WORDS, _LEAD_IN_HAN, _MOST_LEAD, _MOST_BETWEEN, _NEAR = 10, 20, 3, 24, 14
"""Words that a lead has, or letters of Chinese and Japanese, paragraphs of it, and lines to the text: from
the headline, and from sentences that only their place makes a lead."""

_KNOWN_BY, _ALIKE = 25, 60
"""Letters by which a lead is known as what the page says of itself, and a paragraph is known again."""

_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def with_lead(main: str, everything: str, title: str, descriptions: Sequence[str]) -> str:
    """The article with the lead that stands above it on the page: `everything` is all that the page shows.

    A lead is what the page says of itself (`descriptions`), the line right below the headline, or sentences
    between the headline and the text.
    """
    lines = [line for each in everything.split("\n") if (line := squeeze(each))]
    chosen = main.split("\n")
    start, opening = next(
        (
            (at, line)
            for at, each in enumerate(chosen)
            if _is_long(line := squeeze(each).removeprefix("- ")) and not _repeats(line, title)
        ),
        (0, ""),
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
    found = sorted({*described[:1], *_below(lines[:begin], above, others)})
    if not found:
        return main
    higher = frozenset(lines[first : found[0]])
    place = max((at + 1 for at, line in enumerate(chosen[:start]) if squeeze(line) in higher), default=0)
    lead = [*dict.fromkeys(lines[at] for at in found)]
    return "\n".join((*chosen[:place], "\n\n".join(lead), "", *chosen[place:]))


def _below(lines: Sequence[str], above: Sequence[int], others: Sequence[int]) -> Iterator[int]:
    """Which lines between a headline and the text are its lead: the one right below, and few sentences."""
    for heading in above:
        below = next((at for at in others if at > heading), None)
        if below == heading + 1 and _may_be_standfirst(lines[below]):
            yield below
    least = max(above[-1] + 1, len(lines) - _NEAR) if above else len(lines)
    sentences = [at for at in others if at >= least and is_closed(line := lines[at]) and _is_long(line)]
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
    if not _is_long(line) or is_byline(line):
        return False
    words = line.split()
    is_phrase = sum(word[0].islower() for word in words) * 2 > len(words) and not any(map(str.isdigit, line))
    return is_closed(line) or (is_phrase and not families_in(line))


def _repeats(line: str, title: str) -> bool:
    """Whether a line is the title, with at most a label beside it."""
    words, known = (" ".join(_WORD.findall(text.casefold())) for text in (line, title))
    return known in words and len(words) < 2 * len(known)


def _is_long(line: str) -> bool:
    return line.count(" ") + 1 >= _LEAD_WORDS or len(_HAN.findall(line)) >= _LEAD_IN_HAN
