"""Made-up articles and hits, and small apps that host one widget."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import pytest
from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.message import Message

from seedread.widgets.reader.reader import Reader
from seedread.widgets.results.result_list import ResultList
from seedread_index.model.article import Article, Mention, Passage, PassageKind, Span
from seedread_index.model.results import Hit, Snippet

Shown = TypeVar("Shown", Reader, ResultList)
MakeArticle = Callable[..., Article]
MakeHit = Callable[..., Hit]
SpansOf = Callable[[str, str], tuple[Span, ...]]


def article_of(
    text: str,
    *,
    title: str = "Mayor opens the new bridge",
    inferred: bool = False,
    passages: Sequence[tuple[str, PassageKind]] = (),
    mentions: Sequence[tuple[str, str, str | None]] = (),
    date: dt.date | None = dt.date(2020, 2, 28),
    neutralised: int = 0,
) -> Article:
    """An article; passages and mentions are named by their words in the text."""
    kinds = []
    for words, kind in passages:
        at = text.index(words)
        kinds.append(Passage(at, at + len(words), kind))
    names = [
        Mention(found.start(), found.end(), words, label, entity)
        for words, label, entity in mentions
        for found in re.finditer(re.escape(words), text)
    ]
    return Article(
        id="a1",
        path="a1.txt",
        path_bytes=b"a1.txt",
        part=None,
        title=title,
        title_inferred=inferred,
        date=date,
        date_from="text" if date else None,
        source="The Daily Example",
        lang="en",
        text=text,
        passages=tuple(sorted(kinds, key=lambda passage: passage.start)),
        neutralised=neutralised,
        mentions=tuple(sorted(names, key=lambda mention: mention.start)),
    )


def spans_of(text: str, words: str) -> tuple[Span, ...]:
    """Where words stand in a text."""
    return tuple(Span(*found.span()) for found in re.finditer(re.escape(words), text))


def hit_of(number: int, *, title: str | None = None, snippet: str | None = None, mark: str = "bridge") -> Hit:
    """A row of results."""
    text = snippet if snippet is not None else f"Row {number}: the mayor opened the bridge over the river."
    snippets = (Snippet(text, 0, len(text), spans_of(text, mark)),)
    return Hit(
        id=f"id{number}",
        path=f"{number}.txt",
        title=title if title is not None else f"Title of row {number}",
        title_inferred=number % 3 == 1,
        date=dt.date(2020, 2, 1 + number % 28) if number % 4 else None,
        source="The Daily Example",
        score=1.0,
        hits=1,
        spans=(Span(0, 1),),
        snippets=snippets,
        variants=("other",) if number % 5 == 0 else (),
    )


class Host(App[None], Generic[Shown]):
    """An app with one widget, which notes what the widget says."""

    def __init__(self, widget: Shown) -> None:
        super().__init__()
        self.widget: Shown = widget
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        """The widget alone."""
        yield self.widget

    @on(Reader.Moved)
    @on(Reader.MentionOpened)
    @on(ResultList.RowsRequested)
    @on(ResultList.Highlighted)
    @on(ResultList.Opened)
    def _hear(self, message: Message) -> None:
        self.heard.append(message)

    def rows(self) -> list[str]:
        """The text of every row of the widget."""
        return [self.widget.render_line(y).text for y in range(self.widget.size.height)]

    def styles_of(self, words: str) -> list[Style]:
        """The style of every segment that starts with these words, from the top."""
        found = []
        for y in range(self.widget.size.height):
            found += [
                segment.style
                for segment in self.widget.render_line(y)
                if segment.style is not None and segment.text.startswith(words)
            ]
        return found


@pytest.fixture(name="article_of")
def _article_of() -> MakeArticle:
    return article_of


@pytest.fixture(name="spans_of")
def _spans_of() -> SpansOf:
    return spans_of


@pytest.fixture(name="hit_of")
def _hit_of() -> MakeHit:
    return hit_of


@pytest.fixture
def reader_host() -> Host[Reader]:
    """An app with a reader."""
    return Host(Reader())


@pytest.fixture
def list_host() -> Host[ResultList]:
    """An app with a result list."""
    return Host(ResultList())
