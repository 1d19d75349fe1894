"""Corrections of articles as the user's TOML file keeps them: read with clear errors, and written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from seedread_index.model.article import PassageKind, Span, content_hash
from seedread_index.model.correction import (
    ArticleCorrectionKind,
    ArticleName,
    KeptArticleCorrection,
    TextQuote,
)
from seedread_index.model.errors import CorrectionError
from seedread_index.text.dates import real_date
from seedread_index.text.sanitize import squeeze

KINDS: tuple[ArticleCorrectionKind, ...] = get_args(ArticleCorrectionKind)
PASSAGE_KINDS: Mapping[str, PassageKind] = {
    "boilerplate": PassageKind.BOILERPLATE,
    "body": PassageKind.BODY,
}
"""What a passage can be corrected to."""
QUOTED = frozenset({*PASSAGE_KINDS, "no_name"})
"""Corrections of a part of the text."""
_LONGEST = {"title": 400, "source": 200, "author": 200}
_KEPT_WHOLE = 2000
"""Code points of a passage that are kept; of a longer one, so many and a hash of all."""
_AROUND = 40
"""Code points kept before and after a passage."""
_MOST_PLACES = 1000
"""Places of a passage that are looked at; one that stands more often is found by where it stood alone."""
_QUOTE = {"text": str, "before": str, "after": str, "start": int, "length": int, "hash": str}
_NAME = {"path", "part", "id"}


def article_correction(table: Mapping[str, Any], line: int) -> KeptArticleCorrection:
    """The correction in a table of the user's file. Raises CorrectionError with the line that is wrong."""
    do: ArticleCorrectionKind = table["do"]
    allowed = {"do", "articles", *(_QUOTE if do in QUOTED else ("value",))}
    if unknown := sorted(set(table) - allowed):
        raise CorrectionError(f"line {line}: {do} has no field {unknown[0]}", "", line)
    articles = table.get("articles")
    if not isinstance(articles, list) or not articles:
        raise CorrectionError(f'line {line}: {do} needs articles = ["PATH", …]', "", line)
    names = tuple(_name(each, do, line) for each in articles)
    if do in QUOTED:
        return KeptArticleCorrection(do, names, quote=_quote(table, do, line), line=line)
    value = table.get("value")
    if value is not None and not isinstance(value, str):
        raise CorrectionError(f"line {line}: value must be a string in quotes", "", line)
    return checked(KeptArticleCorrection(do, names, value, line=line))


def checked(correction: KeptArticleCorrection) -> KeptArticleCorrection:
    """The correction with its value on one clean line; raises CorrectionError where it cannot be one."""
    if correction.value is None:
        return correction
    where = f"line {correction.line}: " if correction.line else ""
    line, do = correction.line or None, correction.do
    value = squeeze(correction.value)
    if not value:
        raise CorrectionError(f"{where}the {do} is empty", "none clears it", line)
    if do == "date" and not is_day(value):
        raise CorrectionError(f"{where}{value} is not a date", "write it as 2021-03-05", line)
    if len(value) > _LONGEST.get(do, len(value)):
        raise CorrectionError(
            f"{where}the {do} has {len(value):,} characters", f"shorten it to {_LONGEST[do]}", line
        )
    return replace(correction, value=value)


def is_day(text: str) -> bool:
    """Whether a text is a day that an article can be of, as YYYY-MM-DD."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return False
    return text == day.isoformat() and real_date(day.year, day.month, day.day) is not None


def written(correction: KeptArticleCorrection) -> str:
    """A correction as a table of the user's file."""
    lines = [
        "[[correction]]",
        f"do = {_toml(correction.do)}",
        f"articles = [{', '.join(map(_written_name, correction.articles))}]",
    ]
    if correction.value is not None:
        lines.append(f"value = {_toml(correction.value)}")
    if (quote := correction.quote) is not None:
        values = {name: getattr(quote, name) for name in _QUOTE}
        lines += [f"{name} = {_toml(value)}" for name, value in values.items() if value is not None]
    return "\n".join(lines) + "\n"


def quote_of(text: str, start: int, end: int) -> TextQuote:
    """The passage [start, end) of a text, as it is kept."""
    passage = text[start:end]
    return TextQuote(
        passage[:_KEPT_WHOLE],
        text[max(0, start - _AROUND) : start],
        text[end : end + _AROUND],
        start,
        end - start,
        content_hash(passage) if end - start > _KEPT_WHOLE else None,
    )


def quote_at(text: str, span: Span) -> TextQuote:
    """The words of a span, white space around them left out. Raises CorrectionError where there are none."""
    if not 0 <= span.start < span.end <= len(text):
        raise CorrectionError(
            f"{span.start}..{span.end} is not in the text, which has {len(text):,} characters",
            "use the offsets of seedread show --json; the end is exclusive",
        )
    words = text[span.start : span.end]
    if not words.strip():
        raise CorrectionError(f"{span.start}..{span.end} is only white space", "give a passage with words")
    start = span.start + len(words) - len(words.lstrip())
    return quote_of(text, start, start + len(words.strip()))


def find_quote(text: str, quote: TextQuote) -> tuple[Span | None, str]:
    """Where a kept passage stands in a text today; else why it cannot be said.

    Of several places, the one with the same words around it counts, then the one where it stood.
    """
    if _is_at(text, quote, quote.start) and _is_amid(text, quote, quote.start):
        return Span(quote.start, quote.start + quote.length), ""
    found: list[int] = []
    at = text.find(quote.text)
    while at >= 0 and len(found) < _MOST_PLACES:
        if _is_at(text, quote, at):
            found.append(at)
        at = text.find(quote.text, at + quote.length)
    if not found:
        return None, "the article no longer has this passage"
    best = [at for at in found if _is_amid(text, quote, at)] or found
    if len(best) > 1 and quote.start in best:
        best = [quote.start]
    if len(best) > 1:
        return None, f"the article has this passage {len(best)} times now"
    return Span(best[0], best[0] + quote.length), ""


def _is_at(text: str, quote: TextQuote, at: int) -> bool:
    """Whether the whole passage stands at an offset."""
    if not text.startswith(quote.text, at):
        return False
    return quote.hash is None or content_hash(text[at : at + quote.length]) == quote.hash


def _is_amid(text: str, quote: TextQuote, at: int) -> bool:
    """Whether the words around an offset are those around the passage."""
    return text.endswith(quote.before, 0, at) and text.startswith(quote.after, at + quote.length)


def _name(value: object, do: str, line: int) -> ArticleName:
    """An article as a path, or as a table of its path and its part or id."""
    table = {"path": value} if isinstance(value, str) else value
    if (
        not isinstance(table, dict)
        or set(table) - _NAME
        or not all(isinstance(each, str) and each for each in table.values())
        or "path" not in table
    ):
        raise CorrectionError(
            f"line {line}: the articles of {do} are paths", 'or { path = "PATH", part = "PART" }', line
        )
    return ArticleName(table["path"], table.get("part"), table.get("id"))


def _quote(table: Mapping[str, Any], do: str, line: int) -> TextQuote:
    for name, kind in _QUOTE.items():
        value = table.get(name)
        if value is None and name in ("before", "after", "start", "length", "hash"):
            continue
        if type(value) is not kind or (name == "text" and not value):
            wanted = "a string in quotes" if kind is str else "a number"
            raise CorrectionError(f"line {line}: {do} needs {name}, {wanted}", "", line)
    return TextQuote(
        table["text"],
        table.get("before", ""),
        table.get("after", ""),
        max(0, table.get("start", 0)),
        max(len(table["text"]), table.get("length", 0)) if "hash" in table else len(table["text"]),
        table.get("hash"),
    )


def _written_name(name: ArticleName) -> str:
    if name.part is None and name.given_id is None:
        return _toml(name.path)
    values = {"path": name.path, "part": name.part, "id": name.given_id}
    return "{ " + ", ".join(f"{key} = {_toml(value)}" for key, value in values.items() if value) + " }"


def _toml(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
