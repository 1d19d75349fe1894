"""A reader in which sentences are selected, and in which the passages that the user keeps are marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from textual.reactive import reactive

from seedread.widgets.reader.highlights import Marks, index_at, index_from, sorted_spans
from seedread.widgets.reader.reader import Reader
from seedread_index.model.article import Article, Mention, Span

_BORDER = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?:\s+|(?<=[。！？])(?=\S))")
_NO_BORDER = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs|etc|approx)|\b\w)\.$"
)
"""Titles and initials before a full stop that ends no sentence."""


class SelectingReader(Reader, inherit_bindings=False):
    """The reader with a selection of whole sentences, and with marks over kept passages."""

    kept: reactive[tuple[Span, ...]] = reactive((), repaint=False)
    """The passages that are noted on or starred."""
    selection: reactive[Span | None] = reactive(None, repaint=False)
    """What is selected, in code points of the text."""

    current_kept: Span | None = None
    """The kept passage that was gone to, until another place is."""
    _fixed = _free = Span(0, 0)

    def show(self, article: Article | None, hits: Sequence[Span] = (), *, at: int | None = None) -> None:
        """Show an article, of which nothing is selected or marked yet."""
        self.set_reactive(SelectingReader.kept, ())
        self.set_reactive(SelectingReader.selection, None)
        self.current_kept = None
        super().show(article, hits, at=at)

    # -- kept passages -----------------------------------------------------------------------------------

    def mark_kept(self, spans: Sequence[Span]) -> None:
        """Mark these passages."""
        self.kept = sorted_spans(spans, len(self.article.text)) if self.article is not None else ()
        if self.current_kept not in self.kept:
            self.current_kept = None

    def next_kept(self) -> Span | None:
        """On to the next kept passage, after the last to the first; None where there is none."""
        if not self.kept:
            return None
        last = self.current_kept
        start = last.start + 1 if last is not None and self.shows(last.start) else self._from()
        self.forget_mention()
        self.current_kept = self.kept[index_from(self.kept, start) or 0]
        self.reveal(self.current_kept.start)
        return self.current_kept

    @property
    def kept_here(self) -> Span | None:
        """The kept passage that was gone to, else the one that the current hit stands in."""
        if self.current_kept is not None and self.shows(self.current_kept.start):
            return self.current_kept
        hit = self.current_hit if self.current_mention is None else None
        index = index_at(self.kept, hit.start) if hit is not None and self.shows(hit.start) else None
        return self.kept[index] if index is not None else None

    @property
    def current_offset(self) -> int:
        """Where the attention is: the kept passage that was gone to, else as in any reader."""
        if self.current_kept is not None and self.shows(self.current_kept.start):
            return self.current_kept.start
        return super().current_offset

    def forget_mention(self) -> None:
        """Have no current name, and no current passage."""
        self.current_kept = None
        super().forget_mention()

    def _set_mention(self, mention: Mention | None) -> None:
        if mention is not None:
            self.current_kept = None
        super()._set_mention(mention)

    # -- the selection -----------------------------------------------------------------------------------

    def select(self) -> bool:
        """Select the sentence at the current place; False where there is none."""
        if self.article is None or not self.article.text.strip():
            return False
        self._fixed = self._free = self._sentence_at(self.current_offset)
        self.selection = self._fixed
        return True

    def extend(self, count: int, *, paragraphs: bool = False) -> None:
        """Move the free end of the selection by sentences, or by paragraphs; up where negative."""
        for _ in range(abs(count)):
            self._extend(1 if count > 0 else -1, paragraphs)
        self.selection = Span(min(self._fixed.start, self._free.start), max(self._fixed.end, self._free.end))
        self.reveal(self._free.start)

    def _extend(self, step: int, paragraphs: bool) -> None:
        text = self.article.text if self.article is not None else ""
        here = self.paragraph(self._free.start)
        while True:
            edge = self._free.end if step > 0 else self._free.start
            at = _word_after(text, edge) if step > 0 else _word_before(text, edge)
            while at is not None and (hidden := self._hidden_around(at)) is not None:
                at = _word_after(text, hidden.end) if step > 0 else _word_before(text, hidden.start)
            if at is None:
                return
            self._free = self._sentence_at(at)
            last = self._free.end >= here.end if step > 0 else self._free.start <= here.start
            if not paragraphs or last:
                return

    def _sentence_at(self, offset: int) -> Span:
        """The sentence of its paragraph, within its passage, that holds an offset."""
        if self.article is None:
            return Span(0, 0)
        paragraph, passage = self.paragraph(offset), self._passage_at(offset)
        if passage is not None:  # a date may stand before the words of the paragraph
            start, end = max(paragraph.start, passage.start), min(paragraph.end, passage.end)
            paragraph = Span(
                start + len(self.article.text[start:end]) - len(self.article.text[start:end].lstrip()), end
            )
        return sentence_at(self.article.text, paragraph, offset)

    def _passage_at(self, offset: int) -> Span | None:
        """The passage that holds an offset."""
        passages = self.article.passages if self.article is not None else ()
        return next(
            (Span(each.start, each.end) for each in passages if each.start <= offset < each.end), None
        )

    def _hidden_around(self, offset: int) -> Span | None:
        """The fold, or the passage that the header shows already, that hides an offset."""
        if (fold := self._fold_over(offset)) is not None:
            return fold
        layout = self.current_layout()
        return self._passage_at(offset) if layout is not None and layout.hides(offset) else None

    def _marks(self) -> Marks:
        return replace(super()._marks(), kept=self.kept if self.highlight else (), selection=self.selection)

    def _redrawn(self) -> None:
        self.redraw()

    watch_kept = watch_selection = _redrawn


def sentence_at(text: str, paragraph: Span, offset: int) -> Span:
    """The sentence of a paragraph that holds an offset, or the first or last one where that lies outside."""
    start = paragraph.start
    for border in _BORDER.finditer(text, paragraph.start, paragraph.end):
        mark = text[start : border.start() + 1]
        lower = text[border.end() : border.end() + 1].islower()
        if lower or (text[border.start()] == "." and _NO_BORDER.search(mark)):
            continue
        if offset < border.end():
            return Span(start, start + len(text[start : border.end()].rstrip()))
        start = border.end()
    return Span(start, paragraph.end)


def _word_after(text: str, offset: int) -> int | None:
    """The first offset from here on that is no white space."""
    rest = len(text[offset:]) - len(text[offset:].lstrip())
    return offset + rest if offset + rest < len(text) else None


def _word_before(text: str, offset: int) -> int | None:
    """The last offset before here that is no white space."""
    kept = len(text[:offset].rstrip())
    return kept - 1 if kept else None
