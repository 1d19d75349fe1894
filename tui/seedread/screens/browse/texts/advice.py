"""A beginner's next step, in a dim line that goes away once it was taken, and notices in empty lists."""

from __future__ import annotations

from seedread.actions.command_table import Place
from seedread.screens.browse.background import BackgroundController
from seedread.screens.browse.panes import BrowseFrame
from seedread.screens.browse.reading import ReadingController
from seedread.screens.browse.search import SearchController
from seedread.userdata.archive_choice import is_example
from seedread.userdata.session_state import Step
from seedread.wording import counted, sentence

_BIG = 2000
"""Articles that take so long to read that a beginner is told not to wait."""


class Advice:
    """Knows the next step of a user who has not taken it yet."""

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

    def _key(self, name: str) -> str:
        return self._frame.key_of(name) or f":{name}"

    def tip(self) -> str:
        """The next step in one line; empty for those who have taken it, and where keys are no news."""
        frame, done = self._frame, self._frame.session.learned
        if frame.place is Place.INPUT and Step.SEARCH not in done and not frame.input.value:
            return self._first_search()
        if frame.place is Place.LIST and Step.OPEN not in done and self._search.total:
            opens, searches = self._key("open-article"), self._key("search")
            back = (
                f"{self._key('back')} goes back" if frame.leads_back else f"{searches} goes back to the query"
            )
            return f"{opens} opens the article at its first hit; {back}"
        article = self._reading.article
        if frame.place is Place.READER and Step.CARD not in done and article is not None and article.mentions:
            following, card, back = map(self._key, ("next-mention", "card", "back"))
            return f"{following} goes to the next name, {card} shows who it is; {back} goes back"
        return ""

    def _first_search(self) -> str:
        archive, background = self._frame.session.archive, self._background
        if is_example(archive.roots):
            return "Try Kremlin, or person:putin. Results appear as you type; Enter goes to them"
        articles = background.counts[0] if background.counts is not None else 0
        if not self._search.total:
            return ""
        if background.syncing and articles >= _BIG:
            return (
                f"Type a word to search the {articles:,} articles read so far; more appear as they are read"
            )
        return "Type a word or a name. Results appear as you type; Enter goes to them"

    def notice(self) -> tuple[str, ...]:
        """What stands in an empty list: why it is empty, and what to do."""
        search, background = self._search, self._background
        results = search.results
        if results is None or results.total:
            return ()
        if background.is_empty or not (results.query.strip() or results.filter):
            return self._no_articles()
        lines = ["No results"]
        explanation = results.explanation
        if explanation is not None:
            if len(explanation.terms) == 1:
                lines = [f"No results for {explanation.terms[0].term}"]
            elif explanation.terms:
                lines += [
                    f"{counted(each.articles, 'article')} with {each.term}" for each in explanation.terms
                ]
            lines += [f"Unknown field {name}:" for name, near in explanation.fields if not near][:1]
        lines += [f"{sentence(each.sentence)} ({self._key('offer')})" for each in search.offers[:1]]
        if explanation is not None and explanation.hidden_by_filter:
            found = counted(explanation.hidden_by_filter, "article")
            lines.append(f"Without the filter it matches {found} ({self._key('clear-filter')} clears it)")
        if background.syncing and background.activity:
            lines.append(f"{sentence(background.activity)}{self._frame.session.glyphs.ellipsis}")
        return tuple(lines)

    def _no_articles(self) -> tuple[str, ...]:
        """For an archive without articles: it is being read, or there is nothing in it."""
        background = self._background
        if background.syncing:
            doing = sentence(background.activity or "opening the archive")
            return (f"{doing}{self._frame.session.glyphs.ellipsis}", "Results appear as articles are read")
        return (
            "No articles in this folder",
            "To open another folder: Esc, then :open PATH",
            f"To scan this one again: Esc, then {self._key('refresh')}. :files lists the skipped files",
        )
