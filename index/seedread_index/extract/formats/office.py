"""Word and OpenDocument texts: the paragraphs a reader sees, without deleted text, notes and comments."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.decoding.compressed import Package, Refused, local, read_package
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty, not_installed
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.web.plain_text import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_LARGEST = 64 << 20
_LONGEST_INITIAL = 3
_RELATIONS = "word/_rels/document.xml.rels"
_HEXADECIMAL = re.compile(rb"(?:[0-9a-fA-F]{32,}+\s*+){8,}+|[0-9a-fA-F]{256,}+")
_BINARY = re.compile(rb"\\bin(\d{1,9})? ?(?![A-Za-z])")
_BARS = re.compile(r"^\|[ \t]*|[ \t]*\|$", re.MULTILINE)
"""What ends a row of a table, and begins a cell after a line break in one."""
_SYMBOLS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076), "\N{BULLET}")
"""Bullets of the fonts Symbol and Wingdings."""
_HIDDEN = frozenset(
    (
        "Fallback",
        "delText",
        "moveFrom",
        "instrText",
        "tracked-changes",
        "annotation",
        "note",
        "footnotePr",
        "pict",
        "drawing",
        "object",
        "frame",
        "bookmark",
        "del",
        "sequence-decls",
        "forms",
        "binary-data",
        "scripts",
    )
)
_TITLE = re.compile(
    r"(?:title|titel|titre|heading ?1|head(?:line)?1?|berschrift1|ttulo1?|titolo1?)$", re.IGNORECASE
)
_PROGRAM_TITLE = re.compile(
    r"(?:untitled|(?:microsoft )?word.*|document ?\d*|.*\.(?:docx?|odt|rtf|txt|html?))$", re.IGNORECASE
)


def read_word(data: bytes, limit: int) -> Found:
    """Read a Word document (.docx)."""
    if not data:
        return broken("is an empty file, not a Word document")
    return read_package(data, limit, "Word document", _word, largest=_LARGEST, part="text")


def read_open_document(data: bytes, limit: int) -> Found:
    """Read an OpenDocument text (.odt); its members may inflate to `limit` bytes in all."""
    if not data:
        return broken("is an empty file, not an OpenDocument text")
    return read_package(data, limit, "OpenDocument text", _open_document, largest=_LARGEST, part="text")


def _word(package: Package) -> Found:
    names = sorted(name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name))
    if not names:
        raise Refused("is a damaged Word document: it has no text; fetch it again")
    root = package.xml(names[0])
    paragraphs: list[tuple[str, str]] = []
    initial = ""
    for element in root.iter():
        if local(element) == "altChunk":
            paragraphs += _chunk(package, element)
        elif local(element) == "p":
            style, text = _paragraph(element)
            if text and len(text) <= _LONGEST_INITIAL and _is_initial(element):
                initial = text
                continue
            paragraphs.append((style, initial + text))
            initial = ""
    return _found(paragraphs, _member(package, "docProps/core.xml"))


def _is_initial(element: _Element) -> bool:
    """Whether a paragraph is the large first letter of the next one."""
    frame = next((one for one in element.iter() if local(one) == "framePr"), None)
    return frame is not None and _attribute(frame, "dropCap") in {"drop", "margin"}


def _chunk(package: Package, element: _Element) -> Iterator[tuple[str, str]]:
    """The paragraphs of a page that a program put into a document as it was."""
    relations = package.xml(_RELATIONS) if _RELATIONS in package.names else ()
    targets = (
        _attribute(one, "Target") for one in relations if _attribute(one, "Id") == _attribute(element, "id")
    )
    name = next((f"word/{target}".replace("word//", "").lstrip("/") for target in targets), "")
    if name not in package.names or name.endswith((".docx", ".xml")):
        return
    data = package.member(name)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    page = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    content = data if page is None else page.get_payload(decode=True)
    charset = None if page is None else page.get_content_charset()
    decoded = decode(content, declared=charset) if isinstance(content, bytes) else None
    for paragraph in text_of(decoded.text).split("\n\n") if decoded else ():
        yield "", paragraph.strip()


def _member(package: Package, name: str) -> Iterable[_Element]:
    return package.xml(name).iter() if name in package.names else ()


def _paragraph(element: _Element) -> tuple[str, str]:
    """The style and the text of a paragraph of Word."""
    style = next(
        (
            child.get(key) or ""
            for child in element.iter()
            if local(child) == "pStyle"
            for key in child.attrib
            if key.endswith("val")
        ),
        "",
    )
    pieces = []
    for child in _visible(element):
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "tab":
            pieces.append("\t")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
    return style, "".join(pieces).strip()


def _visible(element: _Element) -> Iterator[_Element]:
    """The elements of a paragraph in order, without those below paragraphs inside it and what is hidden."""
    stack = list(reversed(element))
    while stack:
        current = stack.pop()
        name = local(current)
        if not name or name in _HIDDEN or name == "p":
            continue
        yield current
        stack.extend(reversed(current))


def _open_document(package: Package) -> Found:
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.member(manifest):
        raise Refused("is encrypted; save a copy without its password")
    if "content.xml" not in package.names:
        raise Refused("is a damaged OpenDocument text: it has no text; fetch it again")
    return _of_open_document(package.xml("content.xml"), _member(package, "meta.xml"))


def read_flat_document(root: _Element) -> Found:
    """Read a text of OpenDocument that is one file of XML (.fodt)."""
    kind = _attribute(root, "mimetype").rpartition(".")[2]
    if kind != "text":
        what = f"is an OpenDocument {kind or 'file'}"
        todo = "save its sheets as CSV" if kind == "spreadsheet" else "save it as PDF or text"
        return binary(f"{what}; {todo}")
    properties = (one for meta in root if local(meta) == "meta" for one in meta)
    return _of_open_document(root, properties)


def _of_open_document(root: _Element, properties: Iterable[_Element]) -> Found:
    body = next((element for element in root.iter() if local(element) == "body"), root)
    styles = {
        name: parent
        for element in root.iter()
        if local(element) == "style"
        for name in [_attribute(element, "name")]
        for parent in [_attribute(element, "parent-style-name")]
    }
    paragraphs = []
    for element in _blocks(body):
        style = _attribute(element, "style-name")
        level = "heading1" if local(element) == "h" and _attribute(element, "outline-level") == "1" else ""
        paragraphs.append((level or styles.get(style) or style, _spaced(element).strip()))
    return _found(paragraphs, properties)


def _blocks(body: _Element) -> Iterator[_Element]:
    stack = [body]
    while stack:
        current = stack.pop()
        name = local(current)
        if not name or name in _HIDDEN - {"frame"}:
            continue
        if name in {"p", "h"}:
            yield current
            continue
        stack.extend(reversed(current))


def _spaced(element: _Element) -> str:
    """The text of a paragraph of OpenDocument, its spaces, tabs and line breaks as characters."""
    pieces = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "s":
            pieces.append(" " * min(int(_attribute(child, "c") or 1), 100))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name and name not in _HIDDEN:
            pieces.append(_spaced(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _attribute(element: _Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _found(paragraphs: list[tuple[str, str]], properties: Iterable[_Element]) -> Found:
    """One article, or those of a database's export that the paragraphs are."""
    text = "\n\n".join(text for _, text in paragraphs if text)
    if not text:
        return empty("is a document without text; skipped")
    from seedread_index.extract.records.exports.export import articles_of_export

    if several := articles_of_export(text):
        return Found(several)
    styled = next((one for style, one in paragraphs[:40] if one and _TITLE.search(style)), None)
    named = {local(element).casefold(): " ".join((element.text or "").split()) for element in properties}
    title, lang = named.get("title") or None, named.get("language") or None
    if title and (_PROGRAM_TITLE.fullmatch(title) or title.casefold() not in text[:4000].casefold()):
        title = None
    provenance = FieldPlace("title", *((Where.STYLE, "") if styled else (Where.PROPERTY, "title")))
    return Found((Draft(text, title=styled or title, lang=lang, provenance=(provenance,)),))


def read_rich_text(data: bytes) -> Found:
    """Read a rich text file (.rtf)."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        return not_installed("reading RTF")
    from seedread_index.extract.records.exports.export import articles_of_export

    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return binary("is named .rtf but is not rich text")
    lean = _HEXADECIMAL.sub(b"", _without_binary(data))
    try:
        text = str(rtf_to_text(lean.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
    except HOSTILE as error:
        return broken(f"is damaged rich text ({type(error).__name__}); save it as text")
    text = _BARS.sub("", re.sub(r"[ \t]+\n", "\n", text)).replace("\x00", "").translate(_SYMBOLS).strip()
    if not text:
        return empty("is rich text without text; skipped")
    several = articles_of_export(text)
    return Found(several) if several else Found((Draft(re.sub(r"\n(?!\n)", "\n\n", text)),))


def _without_binary(data: bytes) -> bytes:
    """Rich text without the pictures in it that are no text."""
    pieces, start = [], 0
    while match := _BINARY.search(data, start):
        pieces.append(data[start : match.start()])
        start = match.end() + int(match[1] or 0)
    return b"".join((*pieces, data[start:])) if pieces else data
