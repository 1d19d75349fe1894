"""The text as the model should see it, of the same length: hard wraps joined, capitals lowered."""

from __future__ import annotations

import re

from seedread_index.entities.wordlists import words

_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_DATELINE = re.compile(
    r"^[ \t]*([A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+){0,4}[ ,]*)"
    r"(?=,? [A-Z][a-z]{2,8}\.? \d|[ ]*(?:\([A-Z]|[-–—]{1,2} ))",
    re.M,
)
_LOUD = re.compile(r"[^\W\d_a-z]{3}|[A-Z] [A-Z] [A-Z]")
"""A line without this is not in capitals: most lines are settled so."""
_SMALL = words("small words")
_WRAP_MIN, _WRAP_MAX = 45, 100
"""Lines of hard-wrapped text end in this range of columns."""


def prepare(text: str, lang: str = "en") -> str:
    """A text of the same length in which a model finds more: every offset holds in both.

    Lines broken by a column limit are joined (a line break becomes a space), lines and datelines in capitals
    are put in title case.
    """
    return _lower_capitals(join_wrapped(text), _SMALL if lang == "en" else frozenset())


def join_wrapped(text: str) -> str:
    """The text with line breaks inside hard-wrapped paragraphs replaced by spaces."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    full = sum(_WRAP_MIN <= len(line) <= _WRAP_MAX for line in filled)
    if len(filled) < 4 or max(map(len, filled)) > _WRAP_MAX or full < 0.4 * len(filled):
        return text
    width = sorted(len(line) for line in filled)[int(0.9 * (len(filled) - 1))]
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line)
        parts.append(" " if _continues(line, following, width) else "\n")
    return "".join(parts)[:-1]


def _continues(line: str, following: str, width: int) -> bool:
    """Whether a line goes on in the next: its first word would not have fitted, no paragraph starts."""
    words = following.split(None, 1)
    if not words or not line.strip() or following[0] in "\t-*•" or following.startswith("   "):
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width - 6 or following[0].islower()


def _lower_capitals(text: str, small: frozenset[str]) -> str:
    """The text with lines in capitals, and datelines, in title case."""
    out = []
    changed = False
    for line in _LINE.findall(text):
        if _LOUD.search(line) is None:
            out.append(line)
            continue
        letters = [c for c in line if c.isalpha()]
        words = line.split()
        if len(letters) >= 8 and len(words) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters):
            out.append(_title_case(line, small))
            changed = True
        else:
            out.append(line)
    if changed:
        text = "".join(out)
    return _DATELINE.sub(lambda m: m[0] if len(m[1].strip()) < 4 else _title_case(m[0], small), text)


def _title_case(line: str, small: frozenset[str]) -> str:
    """A line in title case; a result of another length (ß, ŉ …) is given up."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) <= 2 and word.lower() not in small:
            return word
        lower = word.lower()
        cased = lower if lower in small and match.start() else lower[:1].upper() + lower[1:]
        return cased if len(cased) == len(word) else word

    return _WORD.sub(one, line)
