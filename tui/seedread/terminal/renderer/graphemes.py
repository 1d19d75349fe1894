"""Text cut into cells as Textual measures it, without anything a terminal could take for a command."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import split_graphemes

from seedread_index.text import sanitize

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u03ff\u0400-\u0481\u2500-\u25fc]*"
)
_FORBIDDEN = re.compile(f"[{sanitize.ALL_UNSAFE}{sanitize.WHITESPACE_CONTROLS}]")
_JOINERS = re.compile("[\u200d\ufe0f]")
"""What would change the width of a character that was drawn before."""
_LONGEST_CLUSTER = 16


def cells(text: str) -> tuple[list[str], str]:
    """The cells of a text and the zero-width characters before the first.

    A wide character is followed by an empty cell. Control characters, lone surrogates, bidirectional
    marks and tags are left out where Textual gives them no width, and shown as U+FFFD where it does.
    """
    if _NARROW.fullmatch(text):
        return list(text), ""
    return _clusters(text)


@lru_cache(maxsize=4096)
def _cached(text: str) -> tuple[tuple[str, ...], str]:
    spans, _ = split_graphemes(text)
    found: list[str] = []
    leading = ""
    for start, end, width in spans:
        cluster = text[start:end]
        if _FORBIDDEN.search(cluster):
            cluster = _FORBIDDEN.sub("", cluster) or (REPLACEMENT if width else "")
            if width == 2 and cluster == REPLACEMENT:
                found += [REPLACEMENT, " "]
                continue
        cluster = cluster[:_LONGEST_CLUSTER]
        if width:
            found += [cluster, ""] if width == 2 else [cluster]
        elif found:
            at = -1 if found[-1] else -2
            found[at] = (found[at] + cluster)[:_LONGEST_CLUSTER]
        else:
            leading += cluster
    return tuple(found), _JOINERS.sub("", leading)[:_LONGEST_CLUSTER]


def _clusters(text: str) -> tuple[list[str], str]:
    found, leading = _cached(text)
    return list(found), leading
