"""in:boilerplate: what stands beside it is looked for in what a search leaves out of the texts."""

from __future__ import annotations

from seedread_index.engines.base import AllOf, AnyOf, Plan, Terms, Within, Without, wanted
from seedread_index.engines.document import HIDDEN
from seedread_index.engines.query_ast import (
    And,
    BoilerplateMarker,
    Fuzzy,
    InBoilerplate,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Regex,
    Word,
)
from seedread_index.model.errors import QueryError
from seedread_index.search.query.lexer import Token

BOILERPLATE = "boilerplate"
"""The one value of the field."""
_IN_TEXT = (None, "body")


def part_of_text(token: Token, *, forgiving: bool) -> BoilerplateMarker | None:
    """The node of in: and its value; None for another value where that is forgiven. Raises QueryError."""
    if token.text.strip().lower() == BOILERPLATE:
        return BoilerplateMarker(token.start)
    if forgiving:
        return None
    raise QueryError(
        f"in: takes {BOILERPLATE}", f"write in:{BOILERPLATE} and the words to find there", token.start
    )


def gathered(node: Node, *, forgiving: bool) -> Node | None:
    """A query with each marker and what stands beside it as one node; None where nothing is left.

    Raises QueryError for a marker with no words beside it; with `forgiving` it is left out.
    """
    match node:
        case BoilerplateMarker(position):
            if forgiving:
                return None
            raise QueryError(
                "in:boilerplate needs a word to find",
                "write in:boilerplate and the words to find there",
                position,
            )
        case Or(parts):
            kept = tuple(each for part in parts if (each := gathered(part, forgiving=forgiving)) is not None)
            return Or(kept) if len(kept) > 1 else kept[0] if kept else None
        case Not(part):
            inner = gathered(part, forgiving=forgiving)
            return None if inner is None else Not(inner)
        case And(parts):
            return _beside(parts, forgiving=forgiving)
        case _:
            return node


def _beside(parts: tuple[Node, ...], *, forgiving: bool) -> Node | None:
    markers = [part for part in parts if isinstance(part, BoilerplateMarker)]
    others = [part for part in parts if not isinstance(part, BoilerplateMarker)]
    kept = tuple(each for part in others if (each := gathered(part, forgiving=forgiving)) is not None)
    rest = And(kept) if len(kept) > 1 else kept[0] if kept else None
    if not markers:
        return rest
    if rest is None or not _has_words(rest):
        return rest if gathered(markers[0], forgiving=forgiving) is None else None
    return InBoilerplate(rest)


def _has_words(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_has_words, parts))
        case Word(field) | Phrase(field) | Pattern(field) | Regex(field) | Fuzzy(field):
            return field in _IN_TEXT
        case _:
            return False


def only_in_boilerplate(plan: Plan) -> Plan | None:
    """The plan of the articles whose boilerplate alone matches a plan: by a word in it, not only by what it
    lacks; None where the plan has no words that could stand there."""
    words = [leaf for leaf in wanted(plan) if isinstance(leaf, Terms) and leaf.field in _IN_TEXT]
    if not words:
        return None
    said = AnyOf(tuple(Within(HIDDEN, leaf) for leaf in words))
    return AllOf((said, Within(HIDDEN, plan), Without(plan)))


def sought_in_boilerplate(plan: Plan) -> Plan | None:
    """The plan that `only_in_boilerplate` made another one of; None for any other."""
    match plan:
        case AllOf((AnyOf(), Within(name, part), Without(same))) if name == HIDDEN and part == same:
            return part
        case _:
            return None


def is_in_boilerplate(plan: Plan) -> bool:
    """Whether a plan, or a part that hits match, looks in boilerplate."""
    if sought_in_boilerplate(plan) is not None:
        return True
    return isinstance(plan, AllOf | AnyOf) and any(map(is_in_boilerplate, plan.parts))
