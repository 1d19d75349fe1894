"""XML within bounds: elements one by one or as a tree, without entities, external files or a network."""

from __future__ import annotations

import html.entities
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from seedread_index.extract.draft import HOSTILE
from seedread_index.extract.records.keys import rank
from seedread_index.text.word_lists import listed

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_DEEPEST = 24
_MOST_ELEMENTS = 2_000_000
_MOST_ATTRIBUTES = 500
_FAULTS = {
    "ERR_RESOURCE_LIMIT": "is nested too deeply or has a text above 10 MB; convert it to JSON lines",
    "ERR_TAG_NOT_FINISHED": "is truncated; fetch it again",
    "ERR_TAG_NAME_MISMATCH": "has mismatched tags; fix it or fetch it again",
}
"""What libxml2 calls a fault that loses a part of a document, and what is said of it."""
_RECURS = 5
"""Elements of one name under one parent, from which on they are records."""
_PARAGRAPHS = listed("p para paragraph div head hl1 hl2 item list quote ab br block tr")
_NAMED_BY = frozenset(
    ("field", "column", "str", "date", "arr", "text", "property", "attribute", "data", "value")
)
"""Elements of databases and search engines that say by an attribute which field they are."""
_BODIES = frozenset(
    ("main", "body", "text", "content", "body.content", "articlebody", "fulltext", "bodytext", "contentset")
)


_VOID = "(?:[Bb][Rr]|[Hh][Rr]|[Ii][Mm][Gg]|[Ww][Bb][Rr])"
_LOOSE = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->"
    rf"|<(?P<void>{_VOID}\b(?:[^<>]*[^<>/])?)>|(?P<closed></{_VOID}>)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?P<control>#(?:[xX]0*(?:1?[0-8bBcCeEfF]|1[9aAdD])|0*(?:[0-8]|1[124-9]|2\d|3[01]));)"
    r"|(?P<bare>(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)))",
    re.DOTALL,
)
"""Nothing in it is without case, so that places where it may begin are found fast."""
_LONGEST_TAG, _LONGEST_HELD = 1 << 16, 11 << 20


def well_formed(pieces: Iterable[str]) -> Iterator[str]:
    """The text of XML as parsers want it: ampersands and the elements of HTML that have no end put right.

    References of HTML are resolved, those to control characters dropped; sections of CDATA stay as they are.
    """
    held = ""
    for piece in pieces:
        held += piece
        cut = _settled(held)
        yield _LOOSE.sub(_put_right, held[:cut])
        held = held[cut:]
        if len(held) > _LONGEST_HELD:
            yield held
            held = ""
    cut = _before_section(held)
    yield _LOOSE.sub(_put_right, held[:cut]) + held[cut:]


def _before_section(text: str) -> int:
    """Up to where a text has no section that does not end in it."""
    cut = len(text)
    for opening, closing in (("<![CDATA[", "]]>"), ("<!--", "-->")):
        start = text.find(opening, text.rfind(closing) + 1, cut)
        cut = start if start >= 0 else cut
    return cut


def _settled(text: str) -> int:
    """Up to where a text can be read: before the first section that has not ended, a tag or a reference."""
    cut = _before_section(text)
    first = max(cut - _LONGEST_TAG, text.rfind("-->"), text.rfind("]]>"), 0)
    for sign, end in (("<", ">"), ("&", ";")):
        start = text.rfind(sign, first, cut)
        if start >= 0 and text.find(end, start, cut) < 0:
            cut = start
    return cut


def _put_right(match: re.Match[str]) -> str:
    if name := match["name"]:
        meant = html.entities.html5.get(f"{name};")
        return meant or f"&amp;{name};"
    if match["bare"] is not None:
        return "&amp;"
    if match["void"]:
        return f"<{match['void']}/>"
    return "" if match["control"] or match["closed"] else match[0]


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


class XmlEvents:
    """The beginnings and ends of elements, as they are read; `error` is what ended them too soon."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[tuple[str, _Element]]:
        from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

        events = etree.iterparse(
            _Encoded(well_formed(self._pieces)),
            events=("start", "end"),
            encoding="utf-8",
            recover=True,
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            yield from events
        except (*HOSTILE, etree.LxmlError) as error:
            self.error = error
        if fault := _fault(events.error_log):
            self.error = self.error or UnfinishedError(fault)


def elements(events: XmlEvents, *wanted: str) -> Iterator[_Element]:
    """The elements of these local names as they end; those with children are cleared after that."""
    for event, element in events:
        if event == "end" and local(element) in wanted:
            yield element
            if len(element):
                element.clear(keep_tail=False)


def elements_at(events: XmlEvents, depth: int) -> Iterator[_Element]:
    """The elements so many levels below the root as they end; each is gone when the next one is read."""
    level = 0
    for event, element in events:
        level += 1 if event == "start" else -1
        if event == "end" and level == depth:
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and len(parent) > 1:
                del parent[0]


def recurring(root: _Element) -> tuple[tuple[str, ...] | None, dict[str, str]]:
    """The names down to the element whose children recur, as records do, and what stands beside these.

    The names are those below the root; None where no element recurs.
    """
    path: tuple[str, ...] = ()
    element = root
    while len(path) < _DEEPEST and (children := [child for child in element if local(child)]):
        if max(Counter(map(local, children)).values()) >= _RECURS:
            beside = {local(child): paragraphs_of(child) for child in children if not len(child)}
            return path, beside | _attributes(element)
        element = max(children, key=lambda child: sum(1 for _ in child.iter()))
        path = (*path, local(element))
    return None, {}


class UnfinishedError(ValueError):
    """What is wrong with XML that was not read to its end, or whose tags do not match."""


def _fault(log: Iterable[Any]) -> str:
    """What lost a part of a document, in words; empty for what is mended without loss."""
    found = {error.type_name for error in log}
    return next((words for name, words in _FAULTS.items() if name in found), "")


def tree_of(text: str) -> tuple[_Element | None, str]:
    """A document as a tree, without entities, external files or a network, and what is wrong with it."""
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
    root = etree.fromstring("".join(well_formed((text,))).encode("utf-8", "replace"), parser)
    return root, _fault(parser.error_log)


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
    body = name in _BODIES and not any(local(child) in _BODIES for child in children)
    prose = any(text and text.strip() for text in (element.text, *(child.tail for child in children)))
    if not children or body or prose or depth >= _DEEPEST:
        attributes = _attributes(element)
        text = paragraphs_of(element)
        if text and any(rank("title", key) is not None for key in attributes):
            return {**attributes, "text": text}
        return text if not attributes or text else attributes
    found: dict[str, Any] = {key.rpartition("}")[2]: value for key, value in _attributes(element).items()}
    for child in children:
        key, value = local(child), value_of(child, depth + 1)
        if key in _NAMED_BY and (named := child.get("name")):
            key, value = named, _unnamed(value)
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


def _unnamed(value: Any) -> Any:
    """The value of an element whose name was an attribute of it."""
    if not isinstance(value, dict):
        return value
    value = {key: one for key, one in value.items() if key not in {"name", "type"}}
    return next(iter(value.values()), "") if len(value) < 2 else value


def _attributes(element: _Element) -> dict[str, str]:
    """The attributes of an element; none of one with very many, each of which costs a search of all."""
    if len(element.attrib) > _MOST_ATTRIBUTES:
        return {}
    return {str(key): str(value) for key, value in element.attrib.items()}


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
