"""What the status line and the hints of the browse screen say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedread.actions.keymap import hint
from seedread.actions.table import Place
from seedread.naming import counted
from seedread_index.model.results import Explanation, Results

if TYPE_CHECKING:
    from seedread.screens.browse.screen import BrowseScreen

EMPTY = "no articles here yet; Esc, then :open PATH for another folder, R to look again"
HINTS = {
    Place.INPUT: (
        ("run", "results"),
        ("complete", "complete"),
        ("older", "earlier"),
        ("input-help", "syntax"),
        ("cancel", "twice quits"),
    ),
    Place.LIST: (
        ("open-article", "open"),
        ("search", "search"),
        ("preview", "preview"),
        ("filter", "filter"),
        ("entities", "entities"),
        ("help", "help"),
        ("back", "quit"),
    ),
    Place.READER: (
        ("next-hit", "next hit"),
        ("next-mention", "next name"),
        ("card", "who is it"),
        ("find", "find"),
        ("next-article", "next article"),
        ("help", "help"),
        ("back", "back"),
    ),
}


def left(screen: BrowseScreen) -> str:
    """What was said, else what there is."""
    if screen.said:
        return screen.said
    if screen.count is not None:
        return str(screen.count)
    if screen.results is None:
        return "opening the archive"
    if screen.reading and screen.article is not None:
        return _place_in_results(screen)
    return found(screen.results, screen.session.glyphs.dot)


def right(screen: BrowseScreen) -> str:
    """Where one is, and what is going on."""
    dot = f" {screen.session.glyphs.dot} "
    parts = [screen.activity, f"filter {screen.filter_text}" if screen.filter_text else ""]
    if screen.reading or screen.preview or screen.wide:
        parts.append(hit_counter(screen))
    if screen.said and len(screen.said) > screen.size.width // 2:
        told = dot.join(part for part in parts if part)
        return told if len(screen.said) + len(told) < screen.size.width else ""
    if screen.reading:
        parts.append(f"{round(screen.fraction * 100)}%")
    elif screen.results is not None and screen.results.total:
        if screen.seen:
            parts.append(f"seen {screen.seen} of {screen.results.total}")
        parts.append(f"{screen.row + 1}/{screen.results.total}")
    return dot.join(part for part in parts if part)


def hit_counter(screen: BrowseScreen) -> str:
    """Which hit of the article this is: "3/7"."""
    reader = screen.reader
    if screen.article is None or not reader.hit_count:
        return ""
    shown = "-" if reader.hit_index is None else str(reader.hit_index + 1)
    return f"{shown}/{reader.hit_count}"


def hints(screen: BrowseScreen) -> str:
    """The keys that matter most where the keyboard is."""
    session = screen.session
    return hint(HINTS[screen.place], session.settings.keys, ascii_only=session.glyphs.ascii_only)


def found(results: Results, dot: str) -> str:
    """How many articles, and how the query was understood."""
    if results.total == 0:
        return nothing(results.explanation) if results.query.strip() else EMPTY
    articles = counted(results.total, "article")
    if not results.query.strip():
        return f"{articles}, newest first"
    if not results.explained:  # typed so far, it says nothing that could be searched for
        return f"not a query yet {dot} all {articles}"
    if results.partial:
        return f"At least {articles}: the query takes too long {dot} {results.explained}"
    return f"{articles} {dot} {results.explained}"


def nothing(explanation: Explanation | None) -> str:
    """Why nothing was found, and what to try."""
    if explanation is None:
        return "nothing found"
    parts = ["nothing found"]
    if explanation.terms:
        parts.append(", ".join(f"{term.term}: {term.articles}" for term in explanation.terms))
    parts += [f"{name}: is no field, {field}: is one" for name, field in explanation.fields[:1]]
    if explanation.suggestions:
        parts.append(f"did you mean {' or '.join(explanation.suggestions[:3])}?")
    if explanation.hidden_by_filter:
        parts.append(f"{explanation.hidden_by_filter} without the filter (F)")
    if explanation.only_in_boilerplate:
        parts.append(f"{explanation.only_in_boilerplate} in boilerplate only")
    return "; ".join(parts)


def _place_in_results(screen: BrowseScreen) -> str:
    article = screen.article
    if article is None or screen.results is None:
        return ""
    row = f"{screen.row + 1} of {screen.results.total}"
    badge = f" [{article.neutralised} unsafe characters neutralised]" if article.neutralised else ""
    return f"{row}{badge}  {article.title}"
