"""The reader: one article with its hits, found words and names marked, and the jumps between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from seedread.widgets.reader.blocks import LineKind
from seedread.widgets.reader.document import Document
from seedread.widgets.reader.highlights import (
    COMPONENTS,
    CSS,
    Marks,
    index_at,
    index_before,
    index_from,
    next_mention,
    previous_mention,
    sorted_spans,
)
from seedread.widgets.reader.layout import Line, fold_hint
from seedread.widgets.reader.text_pane import GUTTER, TextPane
from seedread.widgets.rendering.cells import glyphs
from seedread.widgets.rendering.painting import painted, strip_of, without_zero_width
from seedread_index.model.article import NAMED_TYPES, Article, EntityType, Mention, Span

_STRIPS = 512


class Reader(TextPane, inherit_bindings=False):
    """Shows an article. While `find` has spans, `n` and `N` jump between them instead of the hits."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS
    DEFAULT_CSS = CSS

    hit_index: reactive[int | None] = reactive(None, repaint=False)
    """The current hit, counted from 0; None while none is."""
    types_shown: reactive[frozenset[EntityType]] = reactive(frozenset(NAMED_TYPES), repaint=False)
    """The types of names that are marked and jumped to."""
    highlight: reactive[bool] = reactive(True, repaint=False)
    """Whether anything but the current hit and name is marked."""
    find: reactive[tuple[Span, ...]] = reactive((), repaint=False)
    """Spans of the words searched for in this article."""
    fold_key: var[str] = var(".")
    """The key that the line of a fold names."""

    @dataclass
    class MentionOpened(Message):
        """The current name was opened."""

        mention: Mention

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.article: Article | None = None
        self.hits: tuple[Span, ...] = ()
        self.current_mention: Mention | None = None
        self._strips: LRUCache[tuple[Line, int], Strip] = LRUCache(_STRIPS)

    def show(self, article: Article | None, hits: Sequence[Span] = (), *, at: int | None = None) -> None:
        """Show an article at its first hit, else from its start.

        `at`: an offset in a hit makes that hit the current one and brings it into view; any other offset has
        its line put on top, so that a `top_offset` that was noted comes back as it was.
        """
        self.article = article
        self.open_document(article)
        self.hits = sorted_spans(hits, len(article.text)) if article is not None else ()
        self.current_mention = None
        self.set_reactive(Reader.find, ())
        self.set_reactive(Reader.boilerplate_shown, False)
        index = index_at(self.hits, at) if at is not None else 0 if self.hits else None
        self.set_reactive(Reader.hit_index, index)
        self.redraw()
        if index is not None:
            self.reveal(self.hits[index].start)
        elif at is not None:
            self.goto(at)

    def renew(self, article: Article) -> None:
        """Take a later reading of the article shown, with other names or passages, and stay in place."""
        if self.article is None or article.text != self.article.text:
            self.show(article)
            return
        self.article, self.document = article, Document(article)
        if self.current_mention not in article.mentions:
            self.current_mention = None
        self.relayout()

    @property
    def active(self) -> tuple[Span, ...]:
        """The spans to jump between: those of `find`, else the hits."""
        return self.find or self.hits

    @property
    def hit_count(self) -> int:
        """How many spans there are to jump between."""
        return len(self.active)

    @property
    def current_hit(self) -> Span | None:
        """The current place."""
        index, active = self.hit_index, self.active
        return active[index] if index is not None and index < len(active) else None

    def next_hit(self) -> bool:
        """On to the next hit; before the first step the first one from the top line on. False at the last."""
        index = self.hit_index
        return self._to_hit(index_from(self.active, self._from()) if index is None else index + 1)

    def previous_hit(self) -> bool:
        """Back to the previous hit; before the first step the one above the top line. False at the first."""
        index = self.hit_index
        return self._to_hit(index_before(self.active, self._from()) if index is None else index - 1)

    def last_hit(self) -> bool:
        """To the last hit; False where there is none."""
        return self._to_hit(self.hit_count - 1)

    def _to_hit(self, index: int | None) -> bool:
        if index is None or not 0 <= index < self.hit_count:
            return False
        if index == self.hit_index:
            self.reveal(self.active[index].start)
        self.hit_index = index
        return True

    def next_mention(self, *, same_entity: bool = False) -> bool:
        """On to the next name of the types shown, or of the current name's entity; False at the last."""
        return self._to_mention(forward=True, same_entity=same_entity)

    def previous_mention(self, *, same_entity: bool = False) -> bool:
        """Back to the name before, of the types shown or of the current name's entity; False at the first."""
        return self._to_mention(forward=False, same_entity=same_entity)

    def on_click(self, event: events.Click) -> None:
        """A click on a name makes it the current one and opens it."""
        offset = self.offset_at(event.x, event.y)
        for mention in self.article.mentions if self.article else ():
            if offset is not None and mention.start <= offset < mention.end:
                self._set_mention(mention)
                self.post_message(self.MentionOpened(mention))

    @property
    def current_offset(self) -> int:
        """Where the attention is: the current name or hit while it is in view, else the top line."""
        for place in (self.current_mention, self.current_hit):
            if place is not None and self.shows(place.start):
                return place.start
        return max(self.visible_span.start, self.top_offset)

    def _to_mention(self, *, forward: bool, same_entity: bool) -> bool:
        if self.article is None or (same_entity and self.current_mention is None):
            return False
        mentions, current = self.article.mentions, self.current_mention
        if current is not None and (same_entity or self.shows(current.start)):
            offset = current.start
        else:
            hit = self.current_hit
            offset = (hit.start if hit is not None and self.shows(hit.start) else self._from()) - forward
        walk = next_mention if forward else previous_mention
        like = current if same_entity else None
        found = walk(mentions, offset, self.types_shown, like)
        while found is not None and (fold := self._fold_over(found.start)):
            found = walk(mentions, fold.end - 1 if forward else fold.start, self.types_shown, like)
        if found is None:
            return False
        self._set_mention(found)
        self.reveal(found.start)
        return True

    def forget_mention(self) -> None:
        """Have no current name: the next jump to a name starts at the current hit, or at the top line."""
        self._set_mention(None)

    def _set_mention(self, mention: Mention | None) -> None:
        before, self.current_mention = self.current_mention, mention
        for changed in (before, mention):
            if changed is not None:
                self._repaint(changed.start, changed.end)

    def _from(self) -> int:
        """The offset that a jump without a current span starts from."""
        return self.visible_span.start if self.top_offset else 0

    def _fold_over(self, offset: int) -> Span | None:
        """The fold that hides an offset."""
        return None if self.boilerplate_shown or not self.document else self.document.fold_at(offset)

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        width = self.size.width
        lines = self.visible_lines()
        if y >= len(lines) or lines[y].kind is LineKind.BLANK:
            return Strip.blank(width, self.rich_style)
        key = (lines[y], width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._strip(lines[y], width)
        return strip

    def _strip(self, line: Line, width: int) -> Strip:
        blank = self.rich_style
        base = blank if line.kind is LineKind.BODY else blank + self._part_style(line.kind)
        text, layers = self._text(line, width - self.inset), self._marks().layers(line, self._part_style)
        current = self.current_hit
        segments: list[Segment] = []
        if self.inset:
            here = (
                current is not None
                and line.start <= current.start < line.end
                and line.kind is not LineKind.FOLD
            )
            sign = glyphs(self.ascii_only).here if here else " "
            segments = [
                Segment(" " * (self.inset - GUTTER), blank),
                Segment(sign, blank + self._part_style("here")),
                Segment(" " * (GUTTER - 1), blank),
            ]
        if line.indent:
            segments.append(Segment(" " * line.indent, blank))
        segments += without_zero_width(painted(text, base, layers))
        return strip_of(segments, width, blank)

    def _text(self, line: Line, width: int) -> str:
        if line.label or self.document is None:
            return line.label
        if line.kind is LineKind.FOLD:
            folded = self.document.lines_with_text(line.start, line.end)
            return fold_hint(folded, self.fold_key, width, glyphs(self.ascii_only))
        return self.document.shown(line.start, line.end)

    def _marks(self) -> Marks:
        shown = self.highlight
        return Marks(
            self.article.mentions if self.article and shown else (),
            self.types_shown,
            self.hits if shown else (),
            self.find if shown else (),
            self.current_mention,
            self.current_hit,
        )

    def _part_style(self, name: str) -> Style:
        """The style of a component, without what lies below it."""
        return self.get_component_rich_style(f"reader--{name}", partial=True)

    def _repaint(self, start: int, end: int) -> None:
        """Draw again the rows that show any of [start, end)."""
        self._strips.clear()
        for row, line in enumerate(self.visible_lines()):
            if line.start < end and line.end > start:
                self.refresh(Region(0, row, self.size.width, 1))

    def redraw(self) -> None:
        """Draw everything again."""
        self._strips.clear()
        super().redraw()

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._strips.clear()

    def watch_hit_index(self, before: int | None, after: int | None) -> None:
        """Show the current hit."""
        active = self.active
        for index in (before, after):
            if index is not None and index < len(active):
                self._repaint(*active[index])
        if after is not None and after < len(active):
            self.reveal(active[after].start)

    def watch_find(self) -> None:
        """Go to the first found place from the top line on, else to the first of all."""
        if self.article is None:
            return
        start = self._from()
        self.set_reactive(Reader.hit_index, None)
        self.redraw()
        if self.find:
            self.hit_index = index_from(self.find, start) or 0

    watch_types_shown = watch_highlight = redraw
