"""PDF files: lines and paragraphs from the places of their letters on the page, by PDFium."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING

from seedread_index.extract.draft import HOSTILE, Draft, Found, broken, empty, not_installed
from seedread_index.extract.formats.pdf.database import articles_in_pages
from seedread_index.extract.formats.pdf.layout import laid_out
from seedread_index.extract.formats.pdf.lines import Page
from seedread_index.extract.reasons import FieldPlace, Where
from seedread_index.extract.records.values import host_of
from seedread_index.extract.segmentation.header.date_lines import metadata_date

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # pypdfium2 has no types

_MOST_PAGES = 3000
_MOST_TEXT = 20_000_000
_PASSWORD = 4
_UNDECODED = 0.3
_MACHINE_TITLE = re.compile(
    r"(?:untitled|microsoft (?:word|powerpoint|office)\b.*|powerpoint presentation|document\s?\d*|slide \d+"
    r"|.*\.(?:docx?|pdf|indd|odt|tex|qxd|rtf|dvi|pptx?|xlsx?|pages|html?)|\(?anonymous\)?|(?:press )?release"
    r"|media release|news release|pressemitteilung|communiqu[ée](?: de presse)?|title|titel|print"
    r"|\S*[_\-.]\S*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_TIME = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? (?:\D{1,4} ?)?\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)?"
_AT_END = re.compile(rf"{_TIME}(?= |$)|(?<= ){_TIME}$")
_ADDRESS = re.compile(r"(?:https?://\S+(?= |$)|(?<= )https?://\S+$)")
_COUNT = re.compile(r"(?:(?:\w{2,8} )?\d{1,3}(?:/| of | von | de | sur | di )\d{1,3})")
_CUT = ("…", "...")


def read_pdf(data: bytes) -> Found:
    """Read a PDF; an encrypted one opens only where it needs no password."""
    if not data:
        return broken("is an empty file, not a PDF")
    try:
        import pypdfium2
    except ImportError:
        return not_installed("reading PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except (*HOSTILE, pypdfium2.PdfiumError) as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).casefold():
            return broken("is encrypted; save a copy without its password")
        return broken(f"is a damaged PDF ({type(error).__name__}); fetch it again")
    try:
        return _read(document, data)
    finally:
        document.close()


def _read(document: PdfDocument, data: bytes) -> Found:
    pages, lost = _pages(document)
    if not any(page.lines for page in pages):
        return (
            broken("is a damaged PDF without readable pages")
            if lost or not pages
            else empty("is a PDF without a text layer; run ocrmypdf on it")
        )
    decoded = [page for page in pages if _undecoded(page) <= _UNDECODED]
    if not any(page.lines for page in decoded):
        return broken("is a PDF whose letters cannot be decoded; run ocrmypdf --force-ocr on it")
    undecoded = len(pages) - len(decoded)
    pages = list(dropwhile(lambda page: not page.lines, decoded))
    drafts = articles_in_pages(pages)
    if drafts:
        return Found(drafts)
    printed = _without_margins(pages)
    pages, url = printed or (pages, None)
    stated = _information(document, "Title")
    stated = None if stated and _MACHINE_TITLE.fullmatch(stated) else stated
    layout = laid_out(pages, stated)
    title = layout.headline
    first = " ".join(line.text for line in pages[0].lines)
    covered = len(pages) < len(decoded)  # by a picture: what follows is often an imprint
    if (title is None or covered) and stated and _stands_in(stated, first):
        title = stated
    author = _information(document, "Author")
    draft = Draft(
        layout.text,
        title=title,
        author=author if author and _stands_in(author, first) else None,
        made=None if printed else _day(_information(document, "CreationDate")),
        url=url,
        source=host_of(url),
        running_heads=layout.running_heads,
        provenance=(
            FieldPlace(
                "title", *((Where.LARGEST_TYPE, "") if layout.headline else (Where.PROPERTY, "Title"))
            ),
            FieldPlace("author", Where.PROPERTY, "Author"),
            FieldPlace("date", Where.PROPERTY, "CreationDate"),
            FieldPlace("source", Where.HOST),
        ),
    )
    if undecoded:
        return broken(
            f"has {undecoded} pages whose letters cannot be decoded, the others are read;"
            " run ocrmypdf --force-ocr on it",
            draft,
        )
    damaged = lost or b"startxref" not in data[-2048:]
    return broken("is a damaged PDF; read as far as possible", draft) if damaged else Found((draft,))


def _pages(document: PdfDocument) -> tuple[list[Page], int]:
    """The pages that could be read, and how many could not."""
    import pypdfium2

    pages: list[Page] = []
    size = lost = 0
    for number in range(min(len(document), _MOST_PAGES)):
        if size > _MOST_TEXT:
            break
        try:
            page = document[number]
            text = page.get_textpage()
            pages.append(Page.read(text.raw, text.count_chars(), page.get_height()))
            text.close()
            page.close()
        except (*HOSTILE, pypdfium2.PdfiumError):
            lost += 1
            continue
        size += sum(len(line.text) for line in pages[-1].lines)
    return pages, lost


def _without_margins(pages: Sequence[Page]) -> tuple[list[Page], str | None] | None:
    """The pages without what a browser put above and below them, and the address there.

    None where the margins of the first page do not say when which address was printed. An address that
    was cut short is none.
    """
    if not pages or not pages[0].lines:
        return None
    margins = [pages[0].lines[n].text for n in _outermost(pages[0])]
    if not any(map(_AT_END.search, margins)):
        return None
    address = next((found[0] for text in margins if (found := _ADDRESS.search(text))), None)
    if address is None:
        return None
    kept = []
    for page in pages:
        out = {n for n in _outermost(page) if _is_margin(page.lines[n].text)}
        kept.append(Page([line for n, line in enumerate(page.lines) if n not in out], page.height))
    return kept, None if address.endswith(_CUT) else address


def _outermost(page: Page) -> list[int]:
    """The places of the lines at the heights of the uppermost and the lowest one."""
    heights = [line.bottom for line in page.lines]
    edges = (max(heights), min(heights)) if heights else ()
    return [n for n, height in enumerate(heights) if any(abs(height - edge) < 1 for edge in edges)]


def _is_margin(text: str) -> bool:
    return bool(_AT_END.search(text) or _ADDRESS.search(text) or _COUNT.fullmatch(text))


def _undecoded(page: Page) -> float:
    """The share of a page's letters without a known character."""
    letters = Counter(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "
        for line in page.lines
        for character in line.text
        if not character.isspace()
    )
    return letters[True] / max(1, letters.total())


def _stands_in(words: str, text: str) -> bool:
    """Whether the words of a metadata value stand in a text: nearly all of many, all of a few."""
    there = {word.casefold() for word in _WORD.findall(text)}
    wanted = [word.casefold() for word in _WORD.findall(words)]
    missing = sum(word not in there for word in wanted)
    return bool(wanted) and missing <= len(wanted) // 4


def _information(document: PdfDocument, name: str) -> str | None:
    try:
        value = document.get_metadata_value(name)
    except HOSTILE:
        return None
    return " ".join(value.split()) or None if value else None


def _day(value: str | None) -> dt.date | None:
    return metadata_date((value or "").removeprefix("D:"))
