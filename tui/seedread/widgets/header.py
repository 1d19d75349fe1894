"""The first lines of the reader: title, date, source, length and what was neutralised."""

from __future__ import annotations

import re

from seedread.widgets.cells import clipped
from seedread.widgets.document import Document, Look
from seedread.widgets.signs import Signs
from seedread_index.article import Span

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
IDEOGRAPHS_A_MINUTE = 255
"""Chinese (Trauzettel-Klosinski and Dietz 2012)."""
_COUNTED = 200_000
"""Texts longer than this are counted on their first part and scaled: counting must not delay opening."""
_TITLE_CELLS = 400
_WORD = re.compile(r"\w[\w'’-]*")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def header_lines(document: Document, signs: Signs) -> list[tuple[Look, str]]:
    """Look and text of the lines above the text; a headline that stands in the text is not among them."""
    article = document.article
    title = clipped(article.title, _TITLE_CELLS, signs.ellipsis)
    if article.title_inferred:
        lines = [(Look.INFERRED, f"{signs.inferred} {title}")]
    else:
        lines = [(Look.TITLE, title)]
    lines.append((Look.META, signs.separator.join(_facts(document))))
    if article.neutralised:
        many = "character" if article.neutralised == 1 else "characters"
        lines.append((Look.BADGE, f"{signs.alert} {article.neutralised:,} unsafe {many} neutralised"))
    return lines


def words_and_minutes(document: Document) -> tuple[int, int]:
    """Words outside boilerplate, each ideograph one, and the minutes that reading them takes."""
    text, sample, at = document.text, "", 0
    for fold in (*document.folds, Span(len(text), len(text))):
        sample += text[at : min(fold.start, at + _COUNTED - len(sample))]
        at = fold.end
    length = len(text) - sum(fold.end - fold.start for fold in document.folds)
    ideographs = len(_IDEOGRAPH.findall(sample))
    words = len(_WORD.findall(_IDEOGRAPH.sub(" ", sample) if ideographs else sample))
    share = length / max(1, len(sample))
    minutes = (words / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE) * share
    return round((words + ideographs) * share), max(1, round(minutes))


def _facts(document: Document) -> list[str]:
    article = document.article
    words, minutes = words_and_minutes(document)
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
