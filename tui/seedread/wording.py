"""Queries, counts, progress and what a sync did, in words: `person:"Vladimir Putin"`, "1,204 articles"."""

from __future__ import annotations

from seedread_index.model.article import EntityType
from seedread_index.model.status import Progress, Stage, SyncReport

_FIELDS = {
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.ORG: "org",
    EntityType.GROUP: "group",
}
_STAGES = {
    Stage.WALK: "looking for files",
    Stage.READ: "reading",
    Stage.INDEX: "indexing",
    Stage.ANNOTATE: "finding names",
    Stage.COMPARE: "comparing articles",
    Stage.LINK: "linking names",
}


def named(name: str, kind: EntityType) -> str:
    """The query for articles that mention somebody or something: person:"Vladimir Putin"."""
    quoted = name.replace('"', " ").strip()
    field = _FIELDS.get(kind)
    return f'{field}:"{quoted}"' if field else f'"{quoted}"'


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def excluding(query: str, named_query: str) -> str:
    """A query that excludes what another one matches."""
    query = query.strip()
    return f"({query}) -{named_query}" if " OR " in query else f"{query} -{named_query}".strip()


def progress_text(progress: Progress) -> str:
    """How far work has come: "reading 1,204/9,000"; a total that is not known is left out."""
    name = _STAGES[progress.stage]
    if not progress.total:
        return f"{name} {progress.done:,}" if progress.done else name
    return f"{name} {progress.done:,}/{progress.total:,}"


def sync_news(report: SyncReport, reasons: str) -> str:
    """What a sync found, for a status line; empty when there was nothing to do.

    `reasons` is the command that tells why files were skipped.
    """
    counts = ((report.added, "new"), (report.changed, "changed"), (report.removed, "gone"))
    parts = [f"{count:,} {word}" for count, word in counts if count]
    if parts and report.skipped:
        parts.append(f"{report.skipped:,} skipped: {reasons} tells why")
    return ", ".join(parts)


def sync_summary(report: SyncReport) -> str:
    """What a sync did, with all its counts, as a message."""
    skipped = counted(report.skipped - report.retry, "file")
    added = f"{counted(report.added, 'article')} added"
    notice = f"{added}, {report.changed:,} changed, {report.removed:,} removed; {skipped} skipped"
    return f"{notice}; {retry_summary(report)}" if report.retry else notice


def retry_summary(report: SyncReport) -> str:
    """What is left for the next sync, as a message."""
    files = counted(report.retry, "file")
    return f"{files} could not be read yet (memory or a crash); the next sync tries again"
