"""The rows of the facets: the filter in force, then the groups, each with its most frequent values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from seedread.widgets.facet_list import FacetLine
from seedread.wording import counted, pieces
from seedread_index.model.results import Results

if TYPE_CHECKING:
    from seedread_index.archive import Facet, Facets

FEW, SHOWN = 6, 20
"""Rows of a group before it is opened, and values of it that are counted at first."""


class Group(NamedTuple):
    """A group of facets: its attribute of `Facets`, its head and what its values are drawn as."""

    name: str
    label: str
    look: str = ""


GROUPS = (
    Group("people", "People", "person"),
    Group("places", "Places", "place"),
    Group("orgs", "Organisations", "org"),
    Group("groups", "Groups", "group"),
    Group("sources", "Sources"),
    Group("authors", "Authors"),
    Group("years", "Years"),
    Group("languages", "Languages"),
)


@dataclass(frozen=True, slots=True)
class View:
    """What of the facets is shown: the filter in force, the words that rows must hold, the opened groups."""

    filter: str = ""
    words: str = ""
    opened: Set[str] = frozenset()
    ellipsis: str = "…"


def rows_of(facets: Facets, results: Results, view: View) -> Iterator[FacetLine]:
    """All rows; the target of a value or a filter is its piece of query, of one that opens a group, that."""
    title = f"In {'at least ' * facets.partial}{counted(facets.total, 'article')}"
    if facets.total != results.total:
        title += ", near-duplicates included"
    if view.words:
        title += f"; rows with {view.words}"
    yield FacetLine(title, kind="head")
    if force := dict.fromkeys(pieces(view.filter)):
        yield FacetLine("Filter", kind="head", look="field")
        for piece in force:
            sign = "-" if piece.startswith("-") else "+"
            yield FacetLine(piece.removeprefix("-"), target=piece, mark=sign)
    for group in GROUPS:
        yield from _rows_of_group(group, getattr(facets, group.name), view)
    if not facets.total:
        yield FacetLine("Nothing to count")


def _rows_of_group(group: Group, values: Sequence[Facet], view: View) -> Iterator[FacetLine]:
    words, force = view.words.casefold().split(), pieces(view.filter)
    rows = [
        FacetLine(
            each.label,
            target=each.query,
            words=each.query,
            count=each.articles,
            mark="+" if each.query in force else "",
            look=group.look,
        )
        for each in values
    ]
    rows = [row for row in rows if row.holds(words)]
    most = len(rows) if words or group.name in view.opened else FEW
    if rows:
        yield FacetLine(group.label, kind="head", look=group.look or "field")
    yield from rows[:most]
    if len(rows) > most:
        more = "more" if len(values) >= SHOWN else f"{len(rows) - most} more"
        yield FacetLine(f"{view.ellipsis} {more}", kind="dim", target=group)


def plain_rows(facets: Facets, word: str, most: int) -> Iterator[str]:
    """The groups as plain lines, each value with its piece of query; only groups that begin with a word."""
    articles = f"{'at least ' * facets.partial}{counted(facets.total, 'article')}"
    yield f"In {articles}; narrow with f and a value"
    for group in GROUPS:
        values: Sequence[Facet] = getattr(facets, group.name)
        if values and group.label.casefold().startswith(word.casefold()):
            yield group.label
            yield from (f"{each.articles:>7,}  {each.query}" for each in values[:most])
