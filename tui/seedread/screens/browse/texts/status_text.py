"""The words of the status line and of the hints of the browse screen."""

from __future__ import annotations

import re

from textual.content import Content

from seedread.actions.chosen_keys import hint, shown
from seedread.actions.command_table import Place
from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.panes import CANDIDATES_FROM, BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.screens.browse.texts.advice import Advice
from seedread.terminal.early_paint import OPENING
from seedread.wording import counted, sentence
from seedread_index.model.article import Article
from seedread_index.model.results import Results, Sort

_WITH_MORE = re.compile(r'["()*?~:]|(?<!\S)[-!+=]\S|\b(?:AND|OR|NOT|NEAR)\b|\|\||&&')
"""Signs of a query of more than plain words."""
_DATED = re.compile(r"(?<!\S)-?(?:date|since|before|until|after):")
_ORDERS: dict[Sort, str] = {
    "relevance": "newest first",
    "date": "newest first",
    "title": "by title",
    "path": "by path",
}
_HINTS = {
    Place.INPUT: (
        ("run", "results"),
        ("complete", "complete"),
        ("older", "earlier"),
        ("input-help", "syntax"),
        ("cancel", "twice: quit"),
    ),
    Place.LIST: (
        ("open-article", "open"),
        ("search", "search"),
        ("facets", "facets"),
        ("entities", "all names"),
        ("list-names", "names here"),
        ("preview", "preview"),
        ("help", "help"),
        ("back", "quit"),
    ),
    Place.FACETS: (
        ("facet-narrow", "narrow"),
        ("facet-exclude", "exclude"),
        ("jump-back", "undo a step"),
        ("next-facet", "next group"),
        ("filter-panel", "find"),
        ("filter", "edit"),
        ("back", "close"),
    ),
    Place.READER: (
        ("next-hit", "next hit"),
        ("next-mention", "next name"),
        ("card", "card"),
        ("find", "find"),
        ("next-article", "next article"),
        ("list-names", "names here"),
        ("entities", "all names"),
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
        advice: Advice,
    ) -> None:
        self._frame = frame
        self._search = search
        self._reading = reading
        self._background = background
        self._advice = advice
        self._dot = frame.session.glyphs.dot

    def left(self) -> str | Content:
        """The message, else what there is."""
        frame, results = self._frame, self._search.results
        if frame.message:
            return frame.legend or frame.message
        if frame.count is not None:
            return str(frame.count)
        if results is None:
            return OPENING
        if frame.is_reading and self._reading.article is not None:
            return self._open_article(self._reading.article, results)
        return self._results_text(results)

    def _results_text(self, results: Results) -> str:
        """How many articles there are, in which order, and how the query was understood."""
        counts, work = self._background.counts, self._background
        if (results.query.strip() or results.filter) and not work.is_empty:
            undated = counts is not None and counts[0] > 0 == counts[1]
            undated = undated and _DATED.search(f"{results.query} {results.filter}") is not None
            found = results_text(results, self._dot, self._offered(), self._key("clear-filter"))
            return f"{found}; no article has a date" if undated and not results.total else found
        if not results.total:
            return sentence(work.activity) if work.syncing and work.activity else "No articles"
        undated = counts is not None and not counts[1]
        order = "none dated" if undated else _ORDERS[self._search.sort]
        return f"{counted(results.total, 'article')}, {order}"

    def _offered(self) -> str:
        """What is offered, with the key that takes it."""
        offers = self._search.offers
        if not offers:
            return ""
        return f"{offers[0].sentence} {self._key('offer')}".rstrip()

    def _key(self, name: str) -> str:
        """The first key of a command in brackets; nothing where it has none."""
        key = self._frame.key_of(name)
        return f"({key})" if key else ""

    def filter_line(self) -> str:
        """The filter in force, and how to edit and clear it."""
        text = self._search.filter_text
        keys = self._frame.session.settings.keys
        clear = hint([("clear-filter", "clears")], keys, ascii_only=self._frame.session.glyphs.ascii_only)
        return f"Filter {text}   {clear}" if text else ""

    def explanation(self) -> str:
        """The completions that Tab goes through, else the query in words, where it has more than words."""
        results = self._search.results
        if self._frame.candidates and self._frame.focused is self._frame.input:
            return f"{' ' * CANDIDATES_FROM}{self._frame.candidates}"
        if results is None or not _WITH_MORE.search(results.query):
            return ""
        return f"{' ' * CANDIDATES_FROM}{results.explained}"

    def _open_article(self, article: Article, results: Results) -> str:
        row = f"{self._frame.row + 1:,} of {results.total:,}"
        badge = f" [{article.neutralised} unsafe characters replaced]" if article.neutralised else ""
        return f"{row}{badge}  {article.title}"

    def right(self) -> str:
        """The current place, and what is going on."""
        frame, search, dot = self._frame, self._search, f" {self._dot} "
        parts = [self._hit_counter()] if frame.shows_article else []
        if frame.message and len(frame.message) > frame.size.width // 2:
            short = dot.join(part for part in parts if part)
            return short if len(frame.message) + len(short) < frame.size.width else ""
        if frame.is_reading:
            parts.append(f"{round(self._reading.fraction * 100)} % read")
        elif search.total:
            if search.seen and not any(parts):
                parts.append(f"read {search.seen:,} of {search.total:,}")
            parts.append(f"result {frame.row + 1:,} of {search.total:,}")
        return dot.join(part for part in parts if part)

    def _hit_counter(self) -> str:
        """Which hit of the article is the current one: "hit 3 of 7"."""
        reader = self._frame.reader
        if self._reading.article is None or not reader.hit_count:
            return ""
        if reader.hit_index is None:
            return counted(reader.hit_count, "hit")
        return f"hit {reader.hit_index + 1:,} of {reader.hit_count:,}"

    def hints(self) -> str:
        """The next step of a beginner, else the keys that matter most where the keyboard is."""
        if tip := self._advice.tip():
            return tip
        session, room = self._frame.session, self._frame.size.width
        if self._frame.place is Place.INPUT and self._frame.input.all_selected:
            right = shown("right", ascii_only=session.glyphs.ascii_only)
            lead = "Restored your last search: typing" if self._search.restored else "Typing"
            text = f"{lead} replaces it, {right} edits it"
            keys = (("run", "results"), ("input-help", "syntax"))
            return f"{text}  {hint(keys, session.settings.keys, room=room - len(text) - 2)}"
        pairs, ascii_only = _HINTS[self._frame.place], session.glyphs.ascii_only
        if self._search.results is not None and not self._search.total:  # Enter leads nowhere
            pairs = tuple(pair for pair in pairs if pair[0] != "run")
        if self._frame.leads_back:
            pairs = tuple((name, "back" if words == "quit" else words) for name, words in pairs)
        return hint(pairs, session.settings.keys, ascii_only=ascii_only, room=room)


def results_text(results: Results, dot: str, offered: str = "", clear: str = "") -> str:
    """How many articles, how the query was understood, and what is offered; `clear` is the key that clears
    the filter."""
    if results.total == 0:
        return _no_results(results, offered, clear)
    articles = counted(results.total, "article")
    if not results.explained:  # what is typed so far holds nothing that could be searched for
        return f"Incomplete query; showing all {results.total:,}"
    explained = "" if _WITH_MORE.search(results.query) else results.explained  # it has a line of its own
    parts = [articles, offered, explained]  # a narrow screen cuts the end
    if results.partial:
        parts[0] = f"At least {articles}: the query takes too long"
    return f" {dot} ".join(part for part in parts if part)


def _no_results(results: Results, offered: str, clear: str) -> str:
    """Why there are no results, and what to try."""
    explanation = results.explanation
    if explanation is None:
        return "No results"
    terms, parts = explanation.terms, ["No results"]
    if len(terms) == 1:
        parts = [f"No results for {terms[0].term}"]
    elif terms:
        parts.append(", ".join(f"{term.term}: {term.articles:,}" for term in terms))
    parts += [f"unknown field {name}:" for name, near in explanation.fields if not near][:1]
    if offered:
        parts.append(offered)
    if explanation.hidden_by_filter:
        parts.append(f"{explanation.hidden_by_filter:,} without the filter {clear}".rstrip())
    return "; ".join(parts)
