"""The first lines of the reader: title, date, source, length and what was neutralised."""

from __future__ import annotations

import re

from seedread.widgets.document import Look
from seedread.widgets.signs import Signs
from seedread_index.article import Article

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""
IDEOGRAPHS_A_MINUTE = 255
"""Chinese (Trauzettel-Klosinski and Dietz 2012)."""
_COUNTED = 200_000
"""Texts longer than this are counted on their first part and scaled: counting must not delay opening."""
_WORD = re.compile(r"\w[\w'’-]*")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def header_lines(article: Article, signs: Signs) -> list[tuple[Look, str]]:
    """Look and text of the lines above the text; a headline that stands in the text is not among them."""
    if article.title_inferred:
        lines = [(Look.INFERRED, f"{signs.inferred} {article.title}")]
    else:
        lines = [(Look.TITLE, article.title)]
    lines.append((Look.META, signs.separator.join(_facts(article))))
    if article.neutralised:
        many = "character" if article.neutralised == 1 else "characters"
        lines.append((Look.BADGE, f"{signs.alert} {article.neutralised:,} unsafe {many} neutralised"))
    return lines


def words_and_minutes(text: str) -> tuple[int, int]:
    """How many words a text has, each ideograph one, and how many minutes it takes to read, 1 or more."""
    sample = text[:_COUNTED]
    ideographs = len(_IDEOGRAPH.findall(sample))
    words = len(_WORD.findall(_IDEOGRAPH.sub(" ", sample) if ideographs else sample))
    share = len(text) / max(1, len(sample))
    minutes = (words / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE) * share
    return round((words + ideographs) * share), max(1, round(minutes))


def _facts(article: Article) -> list[str]:
    words, minutes = words_and_minutes(article.text)
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
