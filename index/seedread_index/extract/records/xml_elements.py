"""XML within bounds: elements one by one or as a tree, without entities, external files or a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_DEEPEST = 24
_MOST_ELEMENTS = 2_000_000
_PARAGRAPHS = frozenset(
    (
        "p",
        "para",
        "paragraph",
        "div",
        "head",
        "hl1",
        "hl2",
        "item",
        "list",
        "quote",
        "ab",
        "br",
        "block",
        "tr",
    )
)
_BODIES = frozenset(
    ("main", "body", "text", "content", "body.content", "articlebody", "fulltext", "bodytext", "contentset")
)


class _Encoded:
    """Pieces of text as the bytes of a file."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._held = b""

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end."""
        while not self._held and (piece := next(self._pieces, None)) is not None:
            self._held = piece.encode("utf-8", "replace")
        given, self._held = self._held[:size], self._held[size:]
        return given


def elements(pieces: Iterable[str], *wanted: str) -> Iterator[_Element]:
    """The elements of these local names as they end; those with children are cleared after that."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    source = _Encoded(pieces)
    events = etree.iterparse(
        source,
        events=("end",),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in events:
        if local(element) in wanted:
            yield element
            if len(element):
                element.clear(keep_tail=False)


def tree_of(text: str) -> _Element | None:
    """A document as a tree, without entities, external files or a network."""
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def local(element: _Element) -> str:
    """The name of an element without its namespace, in small letters; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def value_of(element: _Element, depth: int = 0) -> Any:
    """An element as JSON has it: a string, or an object of its attributes and children.

    From some `depth` on an element is its text.
    """
    name = local(element)
    children = [child for child in element if local(child)]
    if not children or name in _BODIES or depth >= _DEEPEST:
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        text = paragraphs_of(element)
        return text if not attributes or text else attributes
    found: dict[str, Any] = {key.rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    for child in children:
        key, value = local(child), value_of(child, depth + 1)
        if key in _BODIES and isinstance(value, str):
            key = "text"
        if key in found and not isinstance(found[key], list):
            found[key] = [found[key]]
        if isinstance(found.get(key), list):
            found[key].append(value)
        else:
            found[key] = value
    if "p" in found and isinstance(found["p"], (str, list)) and "text" not in found:
        found["text"] = found.pop("p")
    return found


def paragraphs_of(element: _Element) -> str:
    """The text below an element, its paragraphs parted by blank lines."""
    pieces: list[str] = []
    for event in _walk(element):
        if isinstance(event, str):
            pieces.append(event)
        elif local(event) in _PARAGRAPHS:
            pieces.append("\n\n")
    text = "".join(pieces)
    blocks = (" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text))
    return "\n\n".join(block for block in blocks if block)


def _walk(element: _Element) -> Iterator[Any]:
    """Text and elements in the order of the document; an element stands where it begins and ends."""
    stack: list[tuple[_Element, bool]] = [(element, False)]
    count = 0
    while stack and count < _MOST_ELEMENTS:
        count += 1
        current, ended = stack.pop()
        if ended:
            if local(current):
                yield current
            if current is not element and current.tail:
                yield current.tail
            continue
        stack.append((current, True))
        if not local(current):
            continue
        yield current
        if current.text:
            yield current.text
        stack.extend((child, False) for child in reversed(current))
