"""What changed between two articles, word by word, side by side where there is room."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events

from seedread.actions.handlers import Call, command
from seedread.analysis.word_diff import MOST_WORDS, Pair, WordDiff, word_diff
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested, WordDiffRequested
from seedread.session import Session
from seedread.widgets.diff_list import DiffList, diff_rows
from seedread.widgets.line_list import Line
from seedread.wording import counted
from seedread_index.model.article import Article


class WordDiffScreen(PanelScreen):
    """Two articles; n and N go from change to change, Enter opens the newer one at the paragraph."""

    HINTS: ClassVar[Hints] = (
        ("next-hit", "next change"),
        ("previous-hit", "previous change"),
        ("follow", "open"),
        ("back", "back"),
    )

    def __init__(self, session: Session, request: WordDiffRequested) -> None:
        super().__init__(session, "What changed")
        self._request = request
        self.lines = DiffList(tick=session.glyphs.ticked, ellipsis=session.glyphs.ellipsis)
        self.articles: tuple[Article, Article] | None = None
        self.diff: WordDiff | None = None

    def on_mount(self) -> None:
        """Compare the texts."""
        self.put([Line("Comparing…", kind="dim")])
        self.in_background(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        found = await asyncio.to_thread(self._fetch)
        if found is None:
            self.put([Line("One of the articles is gone (q goes back)", kind="dim")])
            return
        self.articles, self.diff = found
        self._show()
        if found[1].cut:
            self.notify_user(f"Only the first {MOST_WORDS:,} words are compared")

    def _fetch(self) -> tuple[tuple[Article, Article], WordDiff] | None:
        ids = [self._request.old_id, self._request.new_id]
        articles = self.session.archive.articles(ids)
        if len(articles) != len(ids):
            return None
        old, new = articles
        return (old, new), word_diff(old.text, new.text)

    def _show(self) -> None:
        if self.articles is None or self.diff is None:
            return
        (old, new), diff = self.articles, self.diff
        self.set_heading(
            f"{old.path} and {new.path} {self.session.glyphs.dash} "
            f"{counted(diff.dropped, 'word')} dropped, {diff.added:,} added"
        )
        rows = list(diff_rows(old.text, new.text, diff.pairs, self.size.width))
        self.reflow(rows or [Line("No words here", kind="dim")])

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the texts out again."""
        self._show()

    # -- commands ----------------------------------------------------------------------------------------

    @command("next-hit", "previous-hit")
    def go_to_change(self, call: Call) -> None:
        """On to the next paragraph that was changed, or back to the one before."""
        lines, here = self.lines.lines, self.lines.line
        step, row = (1 if call.name == "next-hit" else -1), self.lines.cursor
        before = here.target if here is not None else None
        while 0 <= (row := row + step) < len(lines):
            pair = lines[row].target
            if isinstance(pair, Pair) and pair.changed and pair is not before:
                while row and lines[row - 1].target is pair:
                    row -= 1
                self.lines.cursor = row
                return
        self.notify_user("No further change")

    @command("follow")
    def open_article(self, _call: Call) -> None:
        """Open the newer article at the paragraph under the cursor, the older one where that has none."""
        pair = self.lines.line.target if self.lines.line is not None else None
        if self.articles is None or not isinstance(pair, Pair):
            return
        old, new = self.articles
        if pair.new is not None:
            self.post_message(ArticleRequested(new.id, at=pair.new.start))
        elif pair.old is not None:
            self.post_message(ArticleRequested(old.id, at=pair.old.start))
