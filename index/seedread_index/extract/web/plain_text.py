"""Plain text of HTML by the standard library alone: in one pass, in bounded memory, whatever the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from seedread_index.text.sanitize import squeeze

_UNSEEN = re.compile(
    r"<!--|<(script|style|noscript|template|svg|head|select|iframe|object|title)(?=[\s/>])", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>|<[!?][^<>]*>")
_PARAGRAPH = frozenset(
    (
        "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "blockquote", "pre",
        "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "hr", "form", "body", "html",
        "address", "details", "summary", "fieldset", "center",
    )
)  # fmt: skip
_LINE = frozenset(("br", "li", "tr", "dt", "dd", "option", "figcaption", "caption", "legend"))
_CELL = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n{3,}")
LOOKS_LIKE_MARKUP = re.compile(
    r"</?(?:p|div|br|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|blockquote)\b[^<>]*>", re.IGNORECASE
)

REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
"""A character reference of HTML, as it is written in full."""
_EMPHASIS = re.compile(r"\s*(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^*_]+)(?<=\S)(?P=mark)\s*")
_BREAK = re.compile(r"(?:\\r)?\\n")
_WRITTEN_BREAK = re.compile(r"(?:\\r)?\\n(?:\\r)?\\n|[.!?\"”’)]\s?(?:\\r)?\\n")
_MARKS = frozenset("&<>\"'")


def unescaped(text: str) -> str:
    """A text that is no HTML, without the character references that were left in it: AT&amp;T, it&#8217;s.

    Where an ampersand stands for itself the text was not escaped: what looks like a mark of HTML may be meant
    then, and only references to other characters are resolved. What was escaped twice is resolved twice.
    """
    for _ in range(2):
        if "&" not in text or not REFERENCE.search(text):
            break
        escaped = "&" not in REFERENCE.sub("", text)
        text = REFERENCE.sub(_every_character if escaped else _other_character, text)
    return text


def with_line_breaks(text: str) -> str:
    """A text on one line whose line breaks were written as letters, as MySQL exports them, in lines."""
    if "\\n" not in text or "\n" in text or not _WRITTEN_BREAK.search(text):
        return text
    return _BREAK.sub("\n", text).replace("\\t", "\t")


def _every_character(reference: re.Match[str]) -> str:
    return html.unescape(reference[0])


def _other_character(reference: re.Match[str]) -> str:
    meant = html.unescape(reference[0])
    return reference[0] if meant in _MARKS else meant


def text_of(markup: str) -> str:
    """The text of an HTML document or fragment; paragraphs are parted by blank lines, nothing is chosen."""
    parts = [_TAG.sub(_break, piece.replace("\n", " ")) for piece in _seen(markup)]
    text = _SPACES.sub(" ", html.unescape("".join(parts)))
    return _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", text)).strip()


def comment_left_open(markup: str) -> int | None:
    """Where a comment begins that never ends, so that everything after it is lost; None where none does."""
    first = markup.find("<!--", markup.rfind("-->") + 1)
    return first if first >= 0 else None


def _seen(markup: str) -> Iterator[str]:
    """The pieces of a document outside comments, scripts, styles and the like."""
    position = 0
    unclosed: set[str] = set()
    lower = markup.lower() if not markup.islower() else markup
    if len(lower) != len(markup):
        lower = markup
    while match := _UNSEEN.search(markup, position):
        yield markup[position : match.start()]
        name = (match[1] or "").lower()
        closing = "-->" if not name else f"</{name}"
        end = -1 if closing in unclosed else lower.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            if name in {"head", "select", "object", "title", "svg", "noscript", "template"}:
                position = match.end()
                continue
            return
        position = end + 3 if not name else lower.find(">", end) + 1 or len(markup)
    yield markup[position:]


def _break(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name in _PARAGRAPH:
        return "\n\n"
    if name in _LINE:
        return "\n"
    if name == "q":
        return "”" if tag[1] else "“"
    return " " if name in _CELL else ""


def without_markup(line: str) -> str:
    """A name without references that were left in it ("O&#8217;Hara") and asterisks around it."""
    return without_emphasis(squeeze(" ".join(unescaped(line).split())) if "&" in line else line)


def without_emphasis(line: str) -> str:
    """A title without asterisks around it; references in it stand as they do in the text."""
    emphasis = _EMPHASIS.fullmatch(line)
    return emphasis["words"] if emphasis else line
