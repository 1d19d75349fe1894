"""PDF files: the text layer by pypdf, title, date and writer from the document's own information."""

from __future__ import annotations

import io
import logging
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from seedread_index.extract.draft import HOSTILE, Draft, Found, broken, empty, not_installed
from seedread_index.extract.segmentation.dates import metadata_date

if TYPE_CHECKING:
    from pypdf import DocumentInformation, PdfReader

_MOST_PAGES = 3000
_MOST_TEXT = 20_000_000
_FULL = 0.75
"""A line at least this much of the usual width goes on in the next one."""

_ENDS = (".", "!", "?", ":", '"', "”")
_MACHINE_TITLE = re.compile(
    r"^(?:untitled|microsoft (?:word|powerpoint)\b.*|document\s?\d*|.*\.(?:docx?|pdf|indd|odt|tex|qxd|rtf"
    r"|dvi))$",
    re.IGNORECASE,
)


def read_pdf(data: bytes) -> Found:
    """Read a PDF; an encrypted one opens only where it needs no password."""
    if not data:
        return broken("is empty where a PDF should be")
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        return not_installed("reading PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return broken("is encrypted; save a copy without its password")
        text, lost = _text(reader, PyPdfError)
        information = reader.metadata
    except (*HOSTILE, PyPdfError) as error:
        if isinstance(error, pypdf.errors.DependencyError):
            return broken("is encrypted in a way that pypdf opens only with the package cryptography")
        return broken(f"is a damaged PDF ({type(error).__name__}); fetch it again")
    if not text.strip():
        return (
            broken("is a damaged PDF without readable pages")
            if lost
            else empty("is a PDF without a text layer; run OCR on it")
        )
    draft = _draft(text, information)
    damaged = lost or b"startxref" not in data[-2048:]
    return broken("is a damaged PDF; what could be had of it is read", draft) if damaged else Found((draft,))


def _text(reader: PdfReader, error: type[Exception]) -> tuple[str, int]:
    """The text of the pages, and how many could not be read."""
    pages: list[str] = []
    size = lost = 0
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or size > _MOST_TEXT:
            break
        try:
            extracted = page.extract_text()
        except (*HOSTILE, error):
            lost += 1
            continue
        pages.append(unwrapped(extracted))
        size += len(extracted)
    return "\n\n".join(page for page in pages if page), lost


def unwrapped(page: str) -> str:
    """A page's text with the lines of a paragraph joined: a PDF knows lines, not paragraphs."""
    lines = [line.strip() for line in page.split("\n")]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    full = _FULL * widths[len(widths) * 9 // 10]
    joined = lines[0]
    for before, line in pairwise(lines):
        if not before or not line:
            joined += "\n" + line
        elif before.endswith("-") and before[-2:-1].isalpha() and line[0].islower():
            joined = joined[:-1] + line
        elif len(before) >= full or (line[0].islower() and not before.endswith(_ENDS)):
            joined += " " + line
        else:
            joined += "\n\n" + line
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def _draft(text: str, information: DocumentInformation | None) -> Draft:
    """A draft with the metadata that are worth having."""
    if information is None:
        return Draft(text)
    title, author = _string(information, "/Title"), _string(information, "/Author")
    date = metadata_date((_string(information, "/CreationDate") or "").removeprefix("D:"))
    return Draft(
        text, title=None if title and _MACHINE_TITLE.match(title) else title, date=date, author=author
    )


def _string(information: DocumentInformation, name: str) -> str | None:
    try:
        value = information.get(name)
    except HOSTILE:
        return None
    return str(value).strip() or None if value is not None else None
