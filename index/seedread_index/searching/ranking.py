"""Puts the articles that were found in order, near-duplicates under the best of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from seedread_index.folding import folded
from seedread_index.searching.evaluation import Scores
from seedread_index.searching.view import View

if TYPE_CHECKING:
    from seedread_index.storage.rows import Header

Sort = Literal["relevance", "date", "title", "path"]
Headers = Callable[[Sequence[str]], Sequence["Header"]]


def grouped(scores: Scores, view: View) -> dict[int, list[int]]:
    """Takes near-duplicates out of the scores, all but the best of each group; what stands under which."""
    found: dict[int, list[int]] = {}
    by_leader: dict[int, list[int]] = {}
    for rank in scores.keys() & view.groups.keys():
        by_leader.setdefault(view.groups[rank], []).append(rank)
    for leader, members in by_leader.items():
        if len(members) > 1:
            members.sort(key=lambda rank: (-scores[rank], rank != leader, rank))
            best, *others = members
            found[best] = others
            for rank in others:
                del scores[rank]
    return found


def ordered(scores: Scores, view: View, sort: Sort, headers: Headers) -> list[int]:
    """Ranks in the wanted order. Ties of relevance go to the newer article."""
    newest = sorted(scores)
    if sort == "date":
        return newest
    if sort == "relevance":
        newest.sort(key=scores.__getitem__, reverse=True)
        return newest
    keys: dict[str, tuple[str, ...]] = {}
    for header in headers([view.ids[rank] for rank in newest]):
        title = folded(header.title).strip("\"'“”‘’«» ")
        keys[header.id] = (title, header.path) if sort == "title" else (header.path,)
    return sorted(newest, key=lambda rank: keys.get(view.ids[rank], ("",)))
