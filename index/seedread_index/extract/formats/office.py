"""Word and OpenDocument texts: the paragraphs a reader sees, without deleted text, notes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from seedread_index.extract.decoding.compressed import Package, Refused, local, read_package
from seedread_index.extract.draft import HOSTILE, Draft, Found, binary, broken, empty, not_installed
from seedread_index.extract.reasons import FieldPlace, Where

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml has no types

_LARGEST = 64 << 20
_HEXADECIMAL = re.compile(rb"(?:[0-9a-fA-F]{32,}+\s*+){8,}+|[0-9a-fA-F]{256,}+")
_HIDDEN = frozenset(
    (
        "Fallback",
        "delText",
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
    paragraphs = [_paragraph(element) for element in root.iter() if local(element) == "p"]
    return _found(package, paragraphs, "docProps/core.xml")


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
    if "content.xml" not in package.names:
        raise Refused("is a damaged OpenDocument text: it has no text; fetch it again")
    root = package.xml("content.xml")
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
    return _found(package, paragraphs, "meta.xml")


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


def _found(package: Package, paragraphs: list[tuple[str, str]], properties: str) -> Found:
    """One article, or those of a database's export that the paragraphs are."""
    text = "\n\n".join(text for _, text in paragraphs if text)
    if not text:
        return empty("is a document without text; skipped")
    from seedread_index.extract.records.exports.export import articles_of_export

    if several := articles_of_export(text):
        return Found(several)
    styled = next((one for style, one in paragraphs[:40] if one and _TITLE.search(style)), None)
    title, author, lang = _properties(package, properties)
    if title and (_PROGRAM_TITLE.fullmatch(title) or title.casefold() not in text[:4000].casefold()):
        title = None
    provenance = FieldPlace("title", *((Where.STYLE, "") if styled else (Where.PROPERTY, "title")))
    return Found((Draft(text, title=styled or title, author=author, lang=lang, provenance=(provenance,)),))


def _properties(package: Package, name: str) -> tuple[str | None, str | None, str | None]:
    if name not in package.names:
        return None, None, None
    found = {
        local(element).casefold(): " ".join((element.text or "").split())
        for element in package.xml(name).iter()
    }
    return found.get("title") or None, None, found.get("language") or None


def read_rich_text(data: bytes) -> Found:
    """Read a rich text file (.rtf)."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        return not_installed("reading RTF")
    from seedread_index.extract.records.exports.export import articles_of_export

    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return binary("is named .rtf but is not rich text")
    lean = _HEXADECIMAL.sub(b"", data)
    try:
        text = str(rtf_to_text(lean.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
    except HOSTILE as error:
        return broken(f"is damaged rich text ({type(error).__name__}); save it as text")
    text = re.sub(r"[ \t]+\n", "\n", text).replace("\x00", "").strip()
    if not text:
        return empty("is rich text without text; skipped")
    several = articles_of_export(text)
    return Found(several) if several else Found((Draft(re.sub(r"\n(?!\n)", "\n\n", text)),))
