"""The first lines of the reader: title, date, source, length and what was neutralised."""

from __future__ import annotations

from seedread.widgets.reader.document import Document, Look
from seedread.widgets.rendering.cells import clipped
from seedread.widgets.rendering.signs import Symbols

_TITLE_CELLS = 400


def header_lines(document: Document, symbols: Symbols) -> list[tuple[Look, str]]:
    """Look and text of the lines above the text; a headline that stands in the text is not among them."""
    article = document.article
    title = clipped(article.title, _TITLE_CELLS, symbols.ellipsis)
    if article.title_inferred:
        lines = [(Look.INFERRED, f"{symbols.inferred} {title}")]
    else:
        lines = [(Look.TITLE, title)]
    lines.append((Look.META, symbols.separator.join(_facts(document))))
    if article.neutralised:
        many = "character" if article.neutralised == 1 else "characters"
        lines.append((Look.BADGE, f"{symbols.alert} {article.neutralised:,} unsafe {many} neutralised"))
    return lines


def _facts(document: Document) -> list[str]:
    article = document.article
    words, minutes = document.length
    facts = [article.date.isoformat() if article.date else "undated"]
    if article.source:
        facts.append(article.source)
    facts.append(f"{words:,} word{'' if words == 1 else 's'}")
    facts.append(f"{minutes:,} min")
    if article.title_inferred:
        facts.append("no headline")
    if article.copies:
        facts.append(f"{len(article.copies)} cop{'y' if len(article.copies) == 1 else 'ies'}")
    return facts
