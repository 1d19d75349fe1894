"""What is known of an article besides its text: file, date, source, counts, copies, and why it is so."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import ClassVar

from seedread.actions.handlers import Call, command
from seedread.screens.corrections import correct
from seedread.screens.panel import Hints, PanelScreen
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.widgets.reader.document import words_and_minutes
from seedread.wording import counted
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind, Span
from seedread_index.model.correction import CLEAR, ArticleCorrection, ArticleCorrectionKind
from seedread_index.model.explanation import ArticleExplanation
from seedread_index.model.library import Kept, LibraryError

_FIRST_WORDS = 200
_LABEL = 14
"""The cells of a label."""


class InformationScreen(PanelScreen):
    """The facts of one article; Enter corrects its title, date, source or author, or the ticked articles'."""

    HINTS: ClassVar[Hints] = (("follow", "correct"), ("undo", "undo"), ("back", "back"))

    def __init__(
        self, session: Session, article: Article, variants: Sequence[str], ticked: Sequence[str] = ()
    ) -> None:
        super().__init__(session, "Information")
        self._article = article
        self._variants = variants
        self._ticked = ticked
        self._explanation: ArticleExplanation | None = None
        self._kept: Kept | None = None
        self._drifted: frozenset[str] = frozenset()
        """The ids of the notes whose passages are no longer in the text."""
        self._left = threading.Event()

    def on_mount(self) -> None:
        """Write what is stored, and read the file again for the reasons."""
        self.put([_labelled(row) for row in self._rows()])
        self.in_background(self._explain, "explain", exclusive=True)

    async def _explain(self) -> None:
        """Add where the fields come from, and why the passages are what they are."""
        try:
            await asyncio.to_thread(self._read_library)
        except LibraryError as error:
            self.notify_error(error)
        self.put([_labelled(row) for row in self._rows()], cursor=self.lines.cursor)
        found = await asyncio.to_thread(self._read_again)
        if found is not None:
            self._explanation = found
            self.put([_labelled(row) for row in self._rows()], cursor=self.lines.cursor)

    def _read_library(self) -> None:
        library, article = self.session.archive.library(), self._article
        self._kept = library.kept([article.id]).get(article.id)
        notes = (*self._kept.notes, *self._kept.passages) if self._kept is not None else ()
        self._drifted = frozenset(
            note.id for note in notes if note.quote and library.place_of(note, article.text) is None
        )

    def _read_again(self) -> ArticleExplanation | None:
        archive, ids = self.session.archive, [self._article.id]
        return next(archive.explain_articles(ids, cancelled=self._left.is_set), None)

    def on_unmount(self) -> None:
        """End the reading of a file that takes long."""
        self._left.set()

    def reload(self) -> None:
        """Fetch the article again, in the background."""
        self.in_background(self._load, "explain", exclusive=True)

    async def _load(self) -> None:
        article = await asyncio.to_thread(self.session.archive.article, self._article.id)
        if article is not None:
            self._article, self._explanation = article, None
            self.put([_labelled(row) for row in self._rows()], cursor=self.lines.cursor)
            await self._explain()

    @command("follow")
    async def correct_field(self, call: Call) -> None:
        """Ask for the right value of the field under the cursor."""
        line, fields = self.lines.line, _fields(self._article)
        do = next((each for each in fields if line is not None and line.target == each), None)
        if do is None:
            self.notify_user("Enter corrects the title, date, source and author")
            return
        value = fields[do] or ""
        several = f" of {len(self._ticked)} ticked articles" if self._ticked else ""
        answer = call.argument or await self.ask(f"{do.capitalize()}{several} ('none' clears it): ", value)
        if answer is None or (answer.strip() == value and not several):
            return
        if not answer.strip():
            self.notify_user(f"Type {CLEAR} to clear the {do}")
            return
        articles = tuple(self._ticked) or (self._article.id,)
        await correct(
            self, ArticleCorrection(do, articles, None if answer.strip() == CLEAR else answer.strip())
        )

    def _rows(self) -> Iterator[Line]:
        article = self._article
        if self._ticked:
            yield Line(f"Enter corrects the {len(self._ticked)} ticked articles", kind="head")
        headline = "none in the file; the opening sentence is shown" if article.title_inferred else ""
        width = max(20, self.size.width - _LABEL - 4)
        boilerplate = [Span(each.start, each.end) for each in article.of_kind(PassageKind.BOILERPLATE)]
        words, _ = words_and_minutes(article.text, boilerplate)
        facts = (
            ("title", article.title, "title"),
            ("headline", headline, ""),
            ("file", article.path, ""),
            ("part", article.part, ""),
            ("date", str(article.date or ""), "date"),
            ("source", article.source, "source"),
            ("author", article.author, "author"),
            ("section", article.origin.section, "section"),
            ("address", article.origin.url, "url"),
            ("language", article.lang, ""),
            ("words", f"{words:,}", ""),
            ("characters", f"{len(article.text):,}", ""),
            ("id", article.id, ""),
        )
        fields = _fields(article)
        for name, value, field in facts:
            target = name if name in fields else None
            for number, row in enumerate(wrap(value or "", width, break_on_hyphens=False)):
                yield Line(f"{'' if number else name:<14}{row}", target=target)
            if target and not value:
                yield Line(f"{name:<14}none", kind="dim", target=target)
            for row in self._places(field):
                yield from (
                    Line(f"{'':<14}{part}", kind="dim") for part in wrap(row, width, break_on_hyphens=False)
                )
        yield from self._file()
        if article.neutralised:
            yield Line(f"{'neutralised':<14}{article.neutralised} unsafe characters", kind="problem")
        folded = sum(each.end - each.start for each in article.of_kind(PassageKind.BOILERPLATE))
        if folded:
            yield Line(f"{'boilerplate':<14}{folded:,} characters folded (. shows)")
        counts = Counter(mention.type for mention in article.mentions)
        names = ", ".join(counted(counts[kind], kind) for kind in NAMED_TYPES if counts[kind])
        if names:
            yield Line(f"{'names':<14}{names}")
        yield from self._kept_rows(width)
        if article.copies:
            yield Line("Exact copies", kind="head")
            yield from (Line(f"  {path}") for path in article.copies)
        if self._variants:
            yield Line("Near-duplicates", kind="head")
            yield from (Line(f"  {path}") for path in self._variants)
        yield from self._passages()

    def _places(self, field: str) -> Iterator[str]:
        """Where a field comes from, and which values it was preferred to."""
        if self._explanation is not None:
            for each in self._explanation.fields:
                if each.name == field:
                    yield from each.sources

    def _kept_rows(self, width: int) -> Iterator[Line]:
        """What the user keeps of the article."""
        kept = self._kept
        if kept is None:
            return
        facts = (
            ("starred", (kept.starred_at or "")[:10]),
            ("tags", ", ".join(kept.tags)),
            ("collections", ", ".join(kept.collections)),
        )
        yield from (Line(f"{name:<14}{value}") for name, value in facts if value)
        for each in kept.passages:
            lost = each.id in self._drifted
            quote = " ".join(each.quote.text.split())[:_FIRST_WORDS] if each.quote is not None else ""
            where = "starred, no longer in the text: " if lost else "starred: "
            for row in wrap(f"{where}“{quote}”", width, break_on_hyphens=False):
                yield Line(f"  {row}", kind="problem" if lost else "plain")
        if kept.notes:
            yield Line("Notes", kind="head")
        for note in kept.notes:
            for row in wrap(" ".join(note.text.split()), width, break_on_hyphens=False):
                yield Line(f"  {row}")
            if note.quote is not None:
                drifted = note.id in self._drifted
                where = "no longer in the text: " if drifted else ""
                quote = " ".join(note.quote.text.split())[:_FIRST_WORDS]
                for row in wrap(f"{where}“{quote}”", width, break_on_hyphens=False):
                    yield Line(f"    {row}", kind="problem" if drifted else "dim")

    def _file(self) -> Iterator[Line]:
        """What the file was read as."""
        explanation = self._explanation
        if explanation is None:
            return
        if explanation.read_as:
            yield Line(f"{'read as':<14}{explanation.read_as}, recognised by {explanation.recognised_by}")
        if explanation.note:
            yield Line(f"{'':<14}The file {explanation.note}", kind="problem")

    def _passages(self) -> Iterator[Line]:
        """The passages with the rules that made them."""
        yield Line("Passages", kind="head")
        if self._explanation is None:
            yield Line("  Reading the file again…", kind="dim")
            return
        text = self._explanation.article.text
        for run in self._explanation.runs:
            yield Line(f"  {run[0].kind.value:<12}{run[0].because}")
            for passage in run:
                stop = min(passage.end, passage.start + _FIRST_WORDS)
                yield Line(f"  {'':<12}{' '.join(text[passage.start : stop].split())}", kind="dim")


def _labelled(line: Line) -> Line:
    """A row with its label dim, where it has one."""
    if line.kind != "plain" or line.text[_LABEL - 1 : _LABEL] != " ":
        return line
    return replace(line, spans=((0, _LABEL, "dim"),))


def _fields(article: Article) -> dict[ArticleCorrectionKind, str | None]:
    """What can be corrected here."""
    return {
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "author": article.author,
    }
