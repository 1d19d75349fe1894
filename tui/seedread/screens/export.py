"""Exports articles to a file that the user names, never replaced unasked, and copies to the clipboard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from seedread.export import (
    ENDINGS,
    OFFERED,
    entries_of,
    entries_of_results,
    form_of,
    heading_of,
    takes_notes,
    title_of,
    write_dossier,
)
from seedread.screens.command_screen import CommandScreen
from seedread.screens.prompt import Completer
from seedread.screens.requests import CopyRequested
from seedread.terminal.external import osc52, to_file, to_tmux
from seedread.wording import counted
from seedread_index.archive import Archive, clean_line
from seedread_index.model.errors import SeedreadError
from seedread_index.model.results import Results, SearchRequest


async def ask_for_file(
    screen: CommandScreen, given: str, label: str, check: Callable[[Path], object], complete: Completer
) -> Path | None:
    """The file to write: the one given, else asked for; None when it was left. Only inside a command.

    `check` raises SeedreadError for one that cannot be written. A file is replaced only if the user says so.
    """
    answer = given or await screen.ask(label, complete=complete)
    if not answer or not answer.strip():
        return None
    path = Path(answer.strip()).expanduser().absolute()
    check(path)
    if await asyncio.to_thread(path.is_file):
        sure = await screen.ask(f"{clean_line(path.name)} exists; replace it? (y or n): ")
        if not _is_yes(sure):
            screen.notify_user("Nothing written")
            return None
    return path


async def export_articles(
    screen: CommandScreen,
    given: str,
    *,
    ids: Sequence[str] | None,
    results: Results | None = None,
    query: str = "",
    title: str = "",
) -> None:
    """Write articles to a file, with quotations and sources: those of the ids, else all results.

    Asks whether the user's own tags and notes go with them. Without a title it is the query in words.
    """
    archive = screen.session.archive
    total = len(ids) if ids is not None else results.total if results is not None else 0
    what = counted(total, "article" if ids is not None else "result")
    label = f"Export {what} to a file ({' '.join(OFFERED)}): "
    path = await ask_for_file(screen, given, label, form_of, _complete_files)
    if path is None:
        return
    notes = False
    if takes_notes(path) and (own := await asyncio.to_thread(_own, archive, ids, results)):
        answer = (await screen.ask(f"Include {own}? (y or n): ") or "").strip().casefold()
        if answer not in ("y", "yes", "n", "no"):
            screen.notify_user("Nothing written")
            return
        notes = _is_yes(answer)
    screen.notify_user("Exporting…")

    def write() -> int:
        explained = archive.search(SearchRequest(query)).explained if query and not title else ""
        heading = heading_of(title or title_of(archive, query, explained), query or None)
        if ids is not None:
            entries = entries_of(archive, ids, results=results, notes=notes)
        else:
            entries = entries_of_results(archive, results, notes=notes) if results is not None else iter(())
        return write_dossier(archive, path, heading, entries)

    count = await asyncio.to_thread(write)
    screen.notify_user(f"Exported {counted(count, 'article')} to {path}")


async def copy_text(screen: CommandScreen, text: str, what: str, *, source: str = " with its source") -> None:
    """Give a text to the terminal's clipboard, or keep it in a file where there is none.

    The message says `what` was copied and, in `source`, what with it.
    """
    sequence = osc52(text, os.environ) if screen.session.settings.clipboard != "file" else None
    if sequence is not None:
        screen.post_message(CopyRequested(sequence))
        await asyncio.to_thread(to_tmux, text, os.environ)
        screen.notify_user(f"Copied {what}{source}")
        return
    try:
        path = await asyncio.to_thread(to_file, text)
    except OSError as error:
        raise SeedreadError(f"cannot save {what}: {error}", "check the state folder") from error
    screen.notify_user(f"Saved {what}{source} to {path}")


def _own(archive: Archive, ids: Sequence[str] | None, results: Results | None) -> str:
    """The user's own words on articles: "your tags (on 3 articles) and notes (on 1)"; "" for none."""
    here = archive.library().here()
    if ids is not None:
        chosen = [here[each] for each in ids if each in here]
    else:
        rows = results.rows if results is not None else None
        chosen = [kept for i, kept in here.items() if rows is not None and rows.position_of(i) is not None]
    tagged = sum(bool(each.tags) for each in chosen)
    noted = sum(bool(each.notes) for each in chosen)
    parts = [f"{name} (on {count:,})" for name, count in (("tags", tagged), ("notes", noted)) if count]
    return f"your own {' and '.join(parts)}" if parts else ""


def _is_yes(answer: str | None) -> bool:
    return (answer or "").strip().casefold() in ("y", "yes")


async def _complete_files(typed: str) -> list[str]:
    """The endings, after a name without one."""
    base, ending = os.path.splitext(typed)
    return [f"{base}{each}" for each in ENDINGS if each.startswith(ending)] if base else []
