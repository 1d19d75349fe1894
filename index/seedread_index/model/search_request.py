"""What a search is asked for: SearchRequest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Match = Literal["all", "any"]
"""Whether an article must have all the plain words of a query, or any of them."""
Sort = Literal["relevance", "date", "title", "path"]
"""The order of results; dates newest first."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query and how to answer it; an empty query lists every article, newest first.

    `typing` completes the last word and forgives what is still open, as while a query is being typed; `group`
    puts near-duplicates under the best of them; `since` and `until` leave out articles dated before and after
    them, and undated ones.
    """

    query: str = ""
    match: Match = "all"
    sort: Sort = "relevance"
    typing: bool = False
    group: bool = True
    since: dt.date | None = None
    until: dt.date | None = None
