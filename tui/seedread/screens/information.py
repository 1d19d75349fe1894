"""What is known of an article besides its text: file, date, source, counts, copies, near-duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from seedread.screens.panel import Hints, PanelScreen
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.widgets.reader.document import words_and_minutes
from seedread_index.model.article import NAMED_TYPES, Article, PassageKind, Span


class InformationScreen(PanelScreen):
    """The facts of one article."""

    HINTS: ClassVar[Hints] = (("back", "back"),)

    def __init__(self, session: Session, article: Article, variants: Sequence[str]) -> None:
        super().__init__(session, "Information")
        self._article = article
        self._variants = variants

    def on_mount(self) -> None:
        """Write the rows."""
        self.put(list(self._rows()))

    def _rows(self) -> Iterator[Line]:
        article = self._article
        headline = "none in the file: the opening sentence stands in" if article.title_inferred else ""
        width = max(20, self.size.width - 14)
        boilerplate = [Span(each.start, each.end) for each in article.of_kind(PassageKind.BOILERPLATE)]
        words, _ = words_and_minutes(article.text, boilerplate)
        facts = (
            ("title", article.title),
            ("headline", headline),
            ("file", article.path),
            ("part", article.part),
            ("date", _date(article)),
            ("source", article.source),
            ("author", article.author),
            ("section", article.origin.section),
            ("address", article.origin.url),
            ("language", article.lang),
            ("words", f"{words:,}"),
            ("characters", f"{len(article.text):,}"),
            ("id", article.id),
        )
        for name, value in facts:
            if value:
                for number, row in enumerate(wrap(value, width, break_on_hyphens=False)):
                    yield Line(f"{'' if number else name:<14}{row}")
        if article.neutralised:
            yield Line(f"{'neutralised':<14}{article.neutralised} unsafe characters", kind="problem")
        folded = sum(each.end - each.start for each in article.of_kind(PassageKind.BOILERPLATE))
        if folded:
            yield Line(f"{'boilerplate':<14}{folded:,} characters, folded; . in the text unfolds them")
        counts = Counter(mention.type for mention in article.mentions)
        names = ", ".join(f"{counts[kind]} {kind}" for kind in NAMED_TYPES if counts[kind])
        if names:
            yield Line(f"{'names':<14}{names}")
        if article.copies:
            yield Line("Exact copies", kind="head")
            yield from (Line(f"  {path}") for path in article.copies)
        if self._variants:
            yield Line("Nearly the same", kind="head")
            yield from (Line(f"  {path}") for path in self._variants)


def _date(article: Article) -> str | None:
    if article.date is None:
        return None
    return f"{article.date} (from the {article.date_from})" if article.date_from else str(article.date)
