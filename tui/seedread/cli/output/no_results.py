"""Why a query found nothing, in sentences that say what to try next."""

from __future__ import annotations

from collections.abc import Iterator

from seedread.cli.streams.stderr import safe
from seedread_index.archive import Archive
from seedread_index.model.results import Results

RULES = "rules"
"""What the engine that needs no model is called."""
RULES_ALONE = "names are found by rules alone"
MODEL_WANTED = "the extra entities adds a model that finds more: pip install 'seedread[entities]'"


def reasons(archive: Archive, results: Results, outside: int = 0) -> Iterator[str]:
    """What is known about an answer without rows; so many articles `outside` a period meet the query."""
    if not archive.ids():
        yield nothing_here(archive)
        return
    if outside:
        yield f"{_have(outside)} {safe(results.query)}, but none of this period"
        return
    yield f"no article has {safe(results.query)}"
    why = archive.explain(results)
    for name, field in why.fields:
        yield f"{safe(name)}: is no field; did you mean {field}:?"
    if len(why.terms) > 1:
        yield "on their own: " + ", ".join(f"{safe(term.term)} {term.articles:,}" for term in why.terms)
    if why.suggestions:
        yield "did you mean " + " or ".join(safe(word) for word in why.suggestions) + "?"
    if why.hidden_by_filter:
        yield f"without its filters the query meets {_articles(why.hidden_by_filter)}"
    if why.only_in_boilerplate:
        yield f"{_have(why.only_in_boilerplate)} it in boilerplate, which search leaves out"


def cut_short(total: int) -> str:
    """That a search ran out of time."""
    return f"partial: the query takes too long; at least {_articles(total)} match"


def nothing_here(archive: Archive) -> str:
    """Why there is nothing to list."""
    if archive.ids():
        return "no article is of this period"
    if archive.generation() == 0:
        return "nothing is indexed yet (leave --no-sync away, or run seedread index)"
    skipped = len(archive.status().skipped)
    if not skipped:
        return "there are no articles here (seedread status names the folders)"
    files = f"{skipped:,} file{'s' * (skipped != 1)}"
    return f"there are no articles here; {files} were skipped (seedread status -v tells why)"


def light(archive: Archive) -> bool:
    """Whether no model is installed and none was asked for, which is a choice and no fault."""
    return archive.settings.ner_model is None and archive.engine() == RULES


def _articles(count: int) -> str:
    return f"{count:,} article{'s' * (count != 1)}"


def _have(count: int) -> str:
    return f"{_articles(count)} {'has' if count == 1 else 'have'}"
