"""What became of the files: those left out, by rule and reason, those to be tried again, and copies."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import ClassVar, NamedTuple

from textual import events

from seedread.actions.handlers import Call, command
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import ArticleRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread.wording import counted
from seedread_index.model.status import CopyFile, FileCounts, FileReport, Skipped, SkipStatus

File = Skipped | CopyFile

_RULES = {
    SkipStatus.RETRY: "Retried at the next update",
    SkipStatus.BROKEN: "Damaged",
    SkipStatus.DENIED: "Permission denied",
    SkipStatus.BINARY: "Not readable as text",
    SkipStatus.SKIP: "Skipped by a rule",
    SkipStatus.EMPTY: "No text",
}
_IN_PART, _COPIES = "Partly read", "Copies"
_ORDER = (_RULES[SkipStatus.RETRY], _IN_PART, *list(_RULES.values())[1:], _COPIES)

_REST = 5
"""How many times as long as a fetch the pause after it is. Chosen by hand."""


class _Group(NamedTuple):
    """Files of one rule and one reason, a row each, and beside the rows what a filter looks at."""

    rule: str
    reason: str
    rows: Sequence[Line]
    words: Sequence[str]

    def filtered(self, words: Sequence[str]) -> _Group:
        """The rows that hold all the case-folded words, or whose rule and reason do."""
        about = f"{self.rule} {self.reason} ".casefold()
        kept = [
            (row, text)
            for row, text in zip(self.rows, self.words, strict=True)
            if all(word in text or word in about for word in words)
        ]
        return _Group(self.rule, self.reason, [row for row, _ in kept], [text for _, text in kept])


class FilesScreen(PanelScreen):
    """The files that are no articles of their own, and numbers that add up to all that were seen."""

    HINTS: ClassVar[Hints] = (
        ("filter-panel", "filter"),
        ("follow", "open the article"),
        ("refresh", "scan again"),
        ("back", "back"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Files")
        self._generation: int | None = None
        self._counts = FileCounts()
        self._groups: Sequence[_Group] = ()
        self._loading = False
        self._rest_until = 0.0

    def on_mount(self) -> None:
        """Fetch the files."""
        self.put([Line("Reading the list of files…", kind="dim")])
        self.reload()

    def reload(self) -> None:
        """Fetch the files again, in the background, where the index has changed.

        While an archive is indexed this is called all the time: one fetch goes on at once, and between two
        there is a pause of several times as long, so that the indexing is not kept waiting for it.
        """
        if not self._loading and time.monotonic() >= self._rest_until:
            self._loading = True
            self.in_background(self._load, "load")

    async def _load(self) -> None:
        begun = time.monotonic()
        try:
            loaded = await asyncio.to_thread(self._fetch)
        finally:
            self._loading = False
        if loaded is None:
            return
        self._rest_until = time.monotonic() + _REST * (time.monotonic() - begun)
        self._generation, self._counts, self._groups = loaded
        line = self.lines.line
        self._show(line.target if line is not None and line.target else self._first)

    def _fetch(self) -> tuple[int, FileCounts, Sequence[_Group]] | None:
        """The files by rule and reason as of the last commit; None where that is shown already."""
        archive = self.session.archive
        generation = archive.generation()
        if generation == self._generation:
            return None
        report = archive.files()
        return generation, report.counts, list(_grouped(report))

    @property
    def _first(self) -> object:
        """The first of the files."""
        return next((row.target for group in self._groups for row in group.rows), None)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the reasons to the new width."""
        if self._generation is not None:
            line = self.lines.line
            self._show(line.target if line is not None else None)

    def _show(self, target: object) -> None:
        """Write the rows, the cursor on the file that it was on."""
        rows = list(self._rows(self._groups))
        self.put(rows)
        found = next(
            (at for at, line in enumerate(self.lines.lines) if target and line.target == target), None
        )
        if found is not None:
            self.lines.cursor = found

    def _filtered(self) -> Sequence[Line]:
        words = self.filter_text.casefold().split()
        if not words:
            return self.all_lines
        kept = [group for each in self._groups if (group := each.filtered(words)).rows]
        rows = list(self._rows(kept))
        if not kept:
            rows.append(
                Line(f"No file or reason contains {self.filter_text} (q clears the filter)", kind="dim")
            )
        return rows

    def _rows(self, groups: Sequence[_Group]) -> Iterator[Line]:
        """The numbers, then the files under their rules and reasons."""
        width = max(16, self.size.width - 6)
        for row in wrap(_sum_of(self._counts), width):
            yield Line(row)
        totals: Counter[str] = Counter()
        for group in groups:
            totals[group.rule] += len(group.rows)
        above = ""
        for group in groups:
            if group.rule != above:
                above = group.rule
                yield Line("")
                yield Line(above, f"{totals[above]:,}", kind="head")
            for row in wrap(group.reason, width - 2, break_on_hyphens=False):
                yield Line(f"  {row}", kind="dim")
            yield from group.rows
        if not groups and not self.filter_text:
            yield Line("")
            yield Line("Every file was read" if self._counts.seen else "No files scanned yet", kind="dim")

    @command("follow")
    def open_its_article(self, _call: Call) -> None:
        """Open the article that the file is a copy of, or the one that was read of it; never the file."""
        line = self.lines.line
        file = line.target if line is not None else None
        if isinstance(file, CopyFile) or (isinstance(file, Skipped) and file.article is not None):
            self.post_message(ArticleRequested(file.article or ""))
        elif isinstance(file, Skipped):
            self.notify_user(f"No article came from this file: {file.reason}")


def _sum_of(counts: FileCounts) -> str:
    """The numbers in words."""
    return (
        f"{counted(counts.seen, 'file')} found = {counts.read:,} read + "
        f"{counts.copies:,} {'copy' if counts.copies == 1 else 'copies'} + {counts.left_out:,} skipped"
    )


def _grouped(report: FileReport) -> Iterator[_Group]:
    """The files by rule, those of most use to know first, and by reason, the most frequent first."""
    groups: dict[tuple[str, str], list[File]] = {}
    for skipped in report.left_out:
        groups.setdefault((_RULES[skipped.status], skipped.reason), []).append(skipped)
    for skipped in report.in_part:
        rule = _RULES[SkipStatus.RETRY] if skipped.status is SkipStatus.RETRY else _IN_PART
        groups.setdefault((rule, skipped.reason), []).append(skipped)
    for copy in report.copies:
        groups.setdefault((_COPIES, f"of {copy.copy_of}"), []).append(copy)
    for rule, reason in sorted(groups, key=lambda key: (_ORDER.index(key[0]), -len(groups[key]), key[1])):
        yield _group(rule, reason, groups[rule, reason])


def _group(rule: str, reason: str, files: Iterable[File]) -> _Group:
    rows = [Line(f"    {file.path}", target=file) for file in files]
    return _Group(rule, reason, rows, [row.text.casefold() for row in rows])
