"""The words of the status line and of the hints of the browse screen."""

from __future__ import annotations

from seedread.actions.chosen_keys import hint
from seedread.actions.command_table import Place
from seedread.screens.browse.background_work import BackgroundController
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.wording import counted
from seedread_index.model.article import Article
from seedread_index.model.results import Explanation, Results

_EMPTY = "no articles here yet; Esc, then :open PATH for another folder, R to look again"
_HINTS = {
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


class StatusText:
    """Puts the state of the controllers into words."""

    def __init__(
        self,
        frame: BrowseFrame,
        search: SearchController,
        reading: ReadingController,
        background: BackgroundController,
    ) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._background = background
        self._dot = frame.session.glyphs.dot

    def left(self) -> str:
        """The message, else what there is."""
        frame, results = self._frame, self._search.results
        if frame.message:
            return frame.message
        if frame.count is not None:
            return str(frame.count)
        if results is None:
            return "opening the archive"
        if frame.is_reading and self._reading.article is not None:
            return self._open_article(self._reading.article, results)
        return results_text(results, self._dot)

    def _open_article(self, article: Article, results: Results) -> str:
        row = f"{self._frame.row + 1} of {results.total}"
        badge = f" [{article.neutralised} unsafe characters neutralised]" if article.neutralised else ""
        return f"{row}{badge}  {article.title}"

    def right(self) -> str:
        """The current place, and what is going on."""
        frame, search, dot = self._frame, self._search, f" {self._dot} "
        parts = [self._background.activity, f"filter {search.filter_text}" if search.filter_text else ""]
        if frame.shows_article:
            parts.append(self._hit_counter())
        if frame.message and len(frame.message) > frame.size.width // 2:
            short = dot.join(part for part in parts if part)
            return short if len(frame.message) + len(short) < frame.size.width else ""
        if frame.is_reading:
            parts.append(f"{round(self._reading.fraction * 100)}%")
        elif search.total:
            if search.seen:
                parts.append(f"seen {search.seen} of {search.total}")
            parts.append(f"{frame.row + 1}/{search.total}")
        return dot.join(part for part in parts if part)

    def _hit_counter(self) -> str:
        """Which hit of the article is the current one: "3/7"."""
        reader = self._frame.reader
        if self._reading.article is None or not reader.hit_count:
            return ""
        shown = "-" if reader.hit_index is None else str(reader.hit_index + 1)
        return f"{shown}/{reader.hit_count}"

    def hints(self) -> str:
        """The keys that matter most where the keyboard is."""
        session = self._frame.session
        return hint(_HINTS[self._frame.place], session.settings.keys, ascii_only=session.glyphs.ascii_only)


def results_text(results: Results, dot: str) -> str:
    """How many articles, and how the query was understood."""
    if results.total == 0:
        return _no_results(results.explanation) if results.query.strip() else _EMPTY
    articles = counted(results.total, "article")
    if not results.query.strip():
        return f"{articles}, newest first"
    if not results.explained:  # what is typed so far holds nothing that could be searched for
        return f"not a query yet {dot} all {articles}"
    if results.partial:
        return f"At least {articles}: the query takes too long {dot} {results.explained}"
    return f"{articles} {dot} {results.explained}"


def _no_results(explanation: Explanation | None) -> str:
    """Why there are no results, and what to try."""
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
