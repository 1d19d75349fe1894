"""What a background process tells the program that started it, as lines of JSON."""

from __future__ import annotations

import json
from typing import Any

from seedread_index import errors
from seedread_index.errors import ArchiveError, LockedError, SeedreadError
from seedread_index.status import Progress, Stage, SyncReport, Writer

Event = Progress | SyncReport | Writer | SeedreadError
"""Progress; the report of a finished sync; who else writes, while it is waited for; what failed."""


def line_of(event: Event) -> str:
    """An event as one line."""
    told: dict[str, Any]
    if isinstance(event, Progress):
        told = {"stage": event.stage, "done": event.done, "total": event.total, "committed": event.committed}
    elif isinstance(event, SyncReport):
        told = {
            "report": [event.added, event.changed, event.removed, event.skipped],
            "interrupted": event.interrupted,
        }
    elif isinstance(event, Writer):
        told = {"writer": event.pid, "since": event.since}
    else:
        told = {"error": type(event).__name__, "message": event.message, "hint": event.hint}
    return json.dumps(told) + "\n"


def event_of(line: str) -> Event:
    """The event in a line."""
    told = json.loads(line)
    if "stage" in told:
        return Progress(Stage(told["stage"]), told["done"], told["total"], told["committed"])
    if "report" in told:
        added, changed, removed, skipped = told["report"]
        return SyncReport(added, changed, removed, skipped, told["interrupted"])
    if "writer" in told:
        return Writer(told["writer"], told["since"])
    kind = getattr(errors, told["error"], ArchiveError)
    error: SeedreadError = kind(told["message"], told["hint"])
    return error


def writer_of(error: LockedError) -> Writer:
    """Who holds the lock that stood in the way."""
    return Writer(error.pid or 0, error.since or "")
