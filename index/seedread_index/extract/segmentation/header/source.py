"""Where an article comes from, as far as its own text says so: datelines, appeals and copyright lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.article import PassageKind
from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.visible import squeeze

_DATELINE = re.compile(r"^[A-Z][\w .,'’/-]{1,50}?\s\(([A-Z][\w &'’-]{1,40})\)\s*[-–—:]")
_NAME = (
    r"(?P<name>(?:[Tt]he\s+)?[A-Z0-9][\w&'’.-]*"
    r"(?:\s+(?:(?:of|the|and|for|&|de|du|des)\s+)?[A-Z0-9][\w&'’.-]*){0,5})"
)
_FROM = re.compile(
    rf"^(?:[Aa]n?\s+|[Tt]he\s+)?(?:\w+\s+)?(?:[Mm]essage|[Aa]ppeal|[Nn]ote|[Ll]etter"
    rf"|[Ww]ord)\s+from\s+(?:[Tt]he\s+(?:[Ee]ditors?|[Tt]eam)\s+(?:of|at)\s+)?{_NAME}\s*[:.]?$"
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright)\s*(?:©|\([cC]\))?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19"
    rf"|20)?\d\d)?)?,?\s+(?:by\s+)?{_NAME}(?=[.,|]|\s+All|\s*$)"
)
_CORPORATE = re.compile(r"[\s,]+(?:Ltd|Inc|LLC|GmbH|plc|S\.A|Co|Corp|Limited)\.?$")


def source_in(blocks: Sequence[Block], kinds: Sequence[PassageKind]) -> str | None:
    """The publisher that the text names: "CITY (Agency) -", "A message from X:", a copyright line."""
    body = next((i for i, kind in enumerate(kinds) if kind is PassageKind.BODY), None)
    if body is not None and (match := _DATELINE.match(blocks[body].text[:120])):
        return squeeze(match[1])
    after = [
        blocks[i].text[:200]
        for i, kind in enumerate(kinds)
        if kind in {PassageKind.BOILERPLATE, PassageKind.CREDIT} and (body is None or i > body)
    ]
    for pattern in (_FROM, _COPYRIGHT):
        for text in after:
            if match := pattern.search(text):
                return _CORPORATE.sub("", squeeze(match["name"]).rstrip(".")) or None
    return None
