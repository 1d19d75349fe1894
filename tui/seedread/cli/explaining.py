"""Why a query found nothing, in sentences that say what to try next."""

from __future__ import annotations

from collections.abc import Iterator

from seedread.cli.talk import safe
from seedread_index.archive import Archive
from seedread_index.results import Results


def reasons(archive: Archive, results: Results) -> Iterator[str]:
    """What is known about an answer without rows."""
    if not archive.ids():
        yield "this archive has no articles (seedread status -v tells which files were skipped, and why)"
        return
    yield f"no article has {safe(results.query)}"
    why = archive.explain(results)
    if len(why.terms) > 1:
        yield "on their own: " + ", ".join(f"{safe(term.term)} {term.articles:,}" for term in why.terms)
    if why.suggestions:
        yield "did you mean " + " or ".join(safe(word) for word in why.suggestions) + "?"
    if why.hidden_by_filter:
        yield f"without its filters the query meets {_articles(why.hidden_by_filter)}"
    if why.only_in_boilerplate:
        yield f"{_articles(why.only_in_boilerplate)} have it in boilerplate, which search leaves out"


def _articles(count: int) -> str:
    return f"{count:,} article{'s' * (count != 1)}"
