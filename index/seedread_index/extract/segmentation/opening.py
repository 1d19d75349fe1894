"""The opening sentence of an article, which stands in for a headline that its file does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.model.article import PassageKind
from seedread_index.text.sanitize import squeeze

LONGEST = 96
"""Code points of an inferred title at most, the ellipsis included."""

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|No|vs|Jan|Feb|Aug|Sept|Oct"
    r"|Nov|Dec))\.$"
)
_FILLER = re.compile("(?:[\u034f\u200b-\u200d\u2007\ufeff]\\s*){3,}")
"""What pads the preview of a letter: characters without width."""

_LEAST = 12


def opening(text: str) -> str:
    """The first sentence of a text on one line, cut at a word with an ellipsis where it is long."""
    sample = squeeze(_FILLER.sub(" ", text[: LONGEST * 8]))
    sentence = sample
    for match in _END.finditer(sample):
        before = sample[: match.start()]
        if len(before) >= _LEAST and not _ABBREVIATION.search(before):
            sentence = sample[: match.end()].strip()
            break
    return shortened(sentence, LONGEST)


def shortened(line: str, longest: int) -> str:
    """A line of at most `longest` code points, cut at a word where it has one."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    if not line[longest - 1].isspace():
        space = cut.rfind(" ")
        cut = cut[:space] if space > longest // 2 else cut
    return cut.rstrip(" ,;:—–-") + "…"


def inferred_title(seen: Sequence[tuple[str, PassageKind]]) -> str:
    """The opening sentence of the body, or of whatever there is; `seen` are texts with their kinds."""
    for wanted in (
        (PassageKind.BODY,),
        (PassageKind.CREDIT, PassageKind.BYLINE, PassageKind.BOILERPLATE),
        tuple(PassageKind),
    ):
        for text, kind in seen:
            if kind in wanted and (found := opening(text)):
                return found
    return "…"
