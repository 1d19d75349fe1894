"""Dossiers: articles with quotations, notes and sources, as Markdown, HTML and rows for a table."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from seedread_index.export.entry import Entry, QuotedPassage
from seedread_index.export.lines import one_line
from seedread_index.model.article import Article, Span
from seedread_index.text.sanitize import squeeze

_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|!(?=\[)|&(?=[#\w]+;)|\$|(?<![\w])#(?=\w)|==|%%")
"""What Markdown, and Obsidian's dialect of it, would not show as it stands."""
_OPENING = re.compile(r"^(?:[-+=#>]|\d{1,9}[.)])")
"""What makes a list, a heading or a rule at the start of a line."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x20]+", re.IGNORECASE)
_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 serif}"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:.2rem solid #999}"
    "blockquote p{white-space:pre-line;margin:0}.source,footer{color:#555;font-size:.9rem}"
    "mark{background:#fe9}"
)
COLUMNS = (
    "path", "title", "date", "source", "author", "url", "paragraph", "quotation", "note", "tags", "id",
)  # fmt: skip
"""The columns of a dossier as a table."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a dossier: its title, and lines on how it was made."""

    title: str
    lines: tuple[str, ...] = ()


def markdown(heading: Heading, entries: Iterable[Entry]) -> Iterator[str]:
    """The dossier as Markdown, piece by piece; it shows no picture and runs nothing."""
    yield f"# {escaped(heading.title)}\n\n"
    for line in heading.lines:
        yield f"{escaped(line)}  \n"
    for entry in entries:
        article = entry.article
        yield f"\n## {escaped(article.title)}\n\n{escaped(_source_line(article))}  \n"
        if url := address(article):
            yield f"<{url}>  \n"
        yield f"{_code(article.path)}\n"
        if entry.tags:
            yield f"\nTags: {escaped(', '.join(entry.tags))}\n"
        for note in entry.notes:
            yield f"\n{_paragraphs('Note: ' + note)}\n"
        for quotation in entry.quotations:
            lines = [escaped(line, opening=True) for line in quotation.text.split("\n")]
            yield "\n" + "".join(f"> {line}".rstrip() + "\n" for line in lines)
            yield f">\n> — paragraph {quotation.paragraph}\n"
            for note in quotation.notes:
                yield f"\n{_paragraphs('Note: ' + note)}\n"


def html_page(heading: Heading, entries: Iterable[Entry]) -> Iterator[str]:
    """The dossier as one HTML page without scripts, pictures or anything from the network."""
    title = html.escape(heading.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    for line in heading.lines:
        yield f'<p class="source">{html.escape(line)}</p>\n'
    for entry in entries:
        yield from _html_entry(entry)
    yield "</body>\n</html>\n"


def _html_entry(entry: Entry) -> Iterator[str]:
    article = entry.article
    url = address(article)
    shown = html.escape(article.title)
    yield f'<article lang="{html.escape(article.lang)}">\n<h2>{shown}</h2>\n'
    yield f'<p class="source">{html.escape(_source_line(article))}<br>\n'
    if url:
        yield f'<a href="{html.escape(url)}" rel="noreferrer">{html.escape(url)}</a><br>\n'
    yield f"<code>{html.escape(article.path)}</code></p>\n"
    if entry.tags:
        yield f"<p>Tags: {html.escape(', '.join(entry.tags))}</p>\n"
    yield from (_html_note(note) for note in entry.notes)
    for quotation in entry.quotations:
        cite = f' cite="{html.escape(url)}"' if url else ""
        yield f"<blockquote{cite}>\n<p>{_marked(quotation)}</p>\n"
        yield f"<footer>— paragraph {quotation.paragraph}</footer>\n</blockquote>\n"
        yield from (_html_note(note) for note in quotation.notes)
    yield "</article>\n"


def _html_note(note: str) -> str:
    return f"<p><strong>Note:</strong> {html.escape(note).replace(chr(10), '<br>')}</p>\n"


def _marked(quotation: QuotedPassage) -> str:
    """A quotation with its hits marked."""
    pieces: list[str] = []
    at = 0
    for mark in quotation.marks:
        start, end = Span(mark.start - quotation.start, mark.end - quotation.start)
        if start < at:
            continue
        pieces += (
            html.escape(quotation.text[at:start]),
            f"<mark>{html.escape(quotation.text[start:end])}</mark>",
        )
        at = end
    return "".join((*pieces, html.escape(quotation.text[at:])))


def record(entry: Entry) -> dict[str, Any]:
    """The entry as a record of JSON; offsets are in code points of the article's text."""
    article = entry.article
    return {
        "schema": 1,
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "title_inferred": article.title_inferred,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "author": article.author,
        "url": article.origin.url,
        "tags": list(entry.tags),
        "notes": list(entry.notes),
        "quotations": [
            {
                "start": q.start,
                "end": q.end,
                "text": q.text,
                "paragraph": q.paragraph,
                "marks": [list(mark) for mark in q.marks],
                "notes": list(q.notes),
            }
            for q in entry.quotations
        ],
    }


def rows(entry: Entry) -> Iterator[dict[str, Any]]:
    """The entry as rows of COLUMNS, one a quotation."""
    article = entry.article
    common = {
        "path": article.path,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "author": article.author,
        "url": article.origin.url,
        "tags": list(entry.tags),
        "id": article.id,
    }
    for quotation in entry.quotations or (None,):
        notes = [*entry.notes, *(quotation.notes if quotation else ())]
        yield common | {
            "paragraph": quotation.paragraph if quotation else None,
            "quotation": quotation.text if quotation else None,
            "note": "; ".join(notes) or None,
        }


def address(article: Article) -> str | None:
    """The article's address where it is one of the web; nothing else is made a link."""
    url = article.origin.url
    return url if url and _ADDRESS.fullmatch(url) else None


def escaped(text: str, *, opening: bool = False) -> str:
    """A line of text as Markdown that shows it as it stands."""
    made = _MARKUP.sub(lambda match: "".join("\\" + c for c in match[0]), one_line(text))
    if opening and (found := _OPENING.match(made)):
        return made[: found.end() - 1] + "\\" + made[found.end() - 1 :]
    return made


def _paragraphs(text: str) -> str:
    return "\n".join(escaped(line, opening=True) for line in text.split("\n"))


def _code(text: str) -> str:
    """A file name in code marks of more backticks than it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " * (longest > 0)
    return f"{fence}{gap}{squeeze(text)}{gap}{fence}"


def _source_line(article: Article) -> str:
    day = article.date.isoformat() if article.date else "undated"
    return ", ".join(part for part in (article.author, article.source, day) if part)
