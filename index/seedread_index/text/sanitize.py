"""The table of unsafe characters, and text from outside made safe by it, once, before any offset is computed.

The table is in parts, each the inside of a character class of a regular expression. Articles are cleaned by
`clean` when they are read; what writes to a terminal or a pipe refuses the same characters once more.
"""

from __future__ import annotations

import re
from re import Match

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MAX_MARKS = 6
"""How many combining marks and joiners may stand on one letter; real writing needs no more."""

MAX_UNSEEN, MAX_JOINED = 2, 8
"""How many joiners and variation selectors may follow each other, and how many may join one sign."""

CONTROLS_ASCII = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
"""Control characters of ASCII: all but tab, line feed and carriage return."""
CONTROLS = CONTROLS_ASCII + "\x80-\x9f"
"""The same with those of ISO 6429 beyond ASCII, which begin commands as ESC does."""
WHITESPACE_CONTROLS = "\t\n\r"
"""Tab, line feed and carriage return: unsafe only where one line is one row."""
SEPARATORS = "\u2028\u2029"
"""Line and paragraph separator."""
BIDI_MARKS = "\u061c\u200e\u200f"
"""Invisible letters of one direction: harmless but for their width."""
BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates, which show text in another order than it is in (CVE-2021-42574)."""
DEPRECATED_CONTROLS = "\u206a-\u206f"
"""Format characters that Unicode discourages."""
TAGS = "\U000e0000-\U000e007f"
"""Invisible copies of ASCII."""
SURROGATES = "\ud800-\udfff"
"""Halves of characters: what bytes or JSON that are no text leave behind."""
BYTE_ORDER_MARK = "\ufeff"
ANNOTATIONS = "\ufff9-\ufffb"
"""Interlinear annotation: its text would be drawn inside the line."""

INVISIBLE = "\u200b\u2060-\u2065"
"""Spaces and joiners without a width, which belong to some scripts and deceive elsewhere."""
ALL_UNSAFE = (
    CONTROLS
    + SEPARATORS
    + BIDI_MARKS
    + BIDI_CONTROLS
    + DEPRECATED_CONTROLS
    + TAGS
    + SURROGATES
    + BYTE_ORDER_MARK
)
"""What no line of a terminal may hold."""

_LINE_ENDS = "\v\f\x85" + SEPARATORS
_BIDI = BIDI_MARKS + BIDI_CONTROLS + DEPRECATED_CONTROLS
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_JOINER = "\u200d"
_WIDTHLESS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_LINES = re.compile(rf"\r\n?|\n\r|[{_LINE_ENDS}]")
_NOT_PLAIN = re.compile(rf"[{CONTROLS}\t\r{SEPARATORS}{SURROGATES}{BYTE_ORDER_MARK}{_BIDI}{TAGS}]")
_PLAIN_ASCII = re.sub(rf"[{CONTROLS_ASCII}\t\r]", "", "".join(map(chr, range(128)))).encode()
_STACK = re.compile(rf"[{_WIDTHLESS}]{{{MAX_UNSEEN + 1}}}|[{_MARKS}{_WIDTHLESS}]{{{MAX_MARKS + 1}}}")
_STACKING = re.compile(rf"[{_MARKS}{_WIDTHLESS}]")
_HARMFUL = re.compile(rf"(?P<control>[{CONTROLS}{SURROGATES}])|(?P<unseen>[{_BIDI}{TAGS}])|{BYTE_ORDER_MARK}")
_EXCESS_UNSEEN = re.compile(rf"(?P<kept>[{_WIDTHLESS}]{{{MAX_UNSEEN}}})(?P<excess>[{_WIDTHLESS}]+)")
_EXCESS_MARKS = re.compile(
    rf"(?P<kept>[{_MARKS}{_WIDTHLESS}]{{{MAX_MARKS}}})(?P<excess>[{_MARKS}{_WIDTHLESS}]+)"
)
_PIECE = rf"[^\s{_JOINER}]{{1,3}}{_JOINER}"
_EXCESS_JOINED = re.compile(rf"(?P<kept>(?:{_PIECE}){{{MAX_JOINED}}})(?P<excess>(?:{_PIECE})+)")
_BLANKS = re.compile(r"[\n\s]+")


def clean(text: str) -> tuple[str, int]:
    """The cleaned text and how many characters were replaced or dropped as harmful.

    Every line end becomes a line feed and tabs become spaces (neither counts); other control characters and
    lone surrogates become U+FFFD; bidi controls, tag characters and byte order marks go; stacked marks and
    joiners are capped. Nothing is normalised: search folds, the text does not.
    """
    if text.isascii():
        if not text.encode("ascii").translate(None, _PLAIN_ASCII):
            return text, 0
    else:
        characters = "".join(set(text))
        if not _NOT_PLAIN.search(characters) and not (
            _STACKING.search(characters) and (_STACK.search(text) or text.count(_JOINER) > MAX_JOINED)
        ):
            return text, 0
    text = _LINES.sub("\n", text).replace("\t", " ")
    count = 0

    def neutral(match: Match[str]) -> str:
        nonlocal count
        if match["control"]:
            count += 1
            return REPLACEMENT
        count += match["unseen"] is not None
        return ""

    def capped(match: Match[str]) -> str:
        nonlocal count
        count += len(match["excess"])
        return match["kept"]

    def parted(match: Match[str]) -> str:
        nonlocal count
        count += match["excess"].count(_JOINER)
        return match["kept"] + match["excess"].replace(_JOINER, "")

    text = _EXCESS_UNSEEN.sub(capped, _HARMFUL.sub(neutral, text))
    text = _EXCESS_MARKS.sub(capped, text)
    if text.count(_JOINER) > MAX_JOINED:
        text = _EXCESS_JOINED.sub(parted, text)
    return text, count


def clean_line(text: str) -> str:
    """One cleaned line, for names, titles, metadata and errors: line ends and tabs become spaces too."""
    return clean(text)[0].replace("\n", " ")


def squeeze(text: str) -> str:
    """One cleaned line without blanks around it or runs of blanks in it."""
    return _BLANKS.sub(" ", clean(text)[0]).strip()
