"""Explains results: what each term matches on its own, other spellings, what filters and boilerplate hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from seedread_index.engines.base import (
    AllOf,
    AnyOf,
    Entities,
    Kept,
    Plan,
    PlanLeaf,
    Quotations,
    Terms,
    Within,
    Without,
    wanted,
)
from seedread_index.engines.query_ast import Dates, Everything
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import Explanation, TermCount
from seedread_index.search.assist.did_you_mean import names_like, suggestions
from seedread_index.search.assist.offers import unknown_fields
from seedread_index.search.query.boilerplate import only_in_boilerplate, sought_in_boilerplate

if TYPE_CHECKING:
    from seedread_index.engines.base import IndexReader
    from seedread_index.search.sources import EntitySource

_MOST_TERMS = 12
_MOST_SUGGESTIONS = 3
_FEW = 3
"""A word found in no more articles than this is looked up under other spellings."""
_FILTERS = ("source", "author", "section", "path", "url", "lang")


def explain(plan: object, reader: IndexReader, mentions: EntitySource, deadline: Deadline) -> Explanation:
    """The explanation of a plan's results; `mentions` know the names that are suggested.

    What is not known when the deadline passes is left out: no count in it is too small.
    """
    if not isinstance(plan, AllOf | AnyOf | Without | Terms | Entities | Quotations | Kept | Dates):
        return Explanation()
    terms: list[TermCount] = []
    others: dict[str, str] = {}
    for part in list(dict.fromkeys(_as_written(plan)))[:_MOST_TERMS]:
        if isinstance(part, Everything | Dates):
            continue
        count = reader.count(part, deadline)
        if deadline.passed:
            break
        terms.append(TermCount(part.written, count))
        leaf = part.parts[0] if isinstance(part, AnyOf) else part
        if count <= _FEW and isinstance(leaf, Terms):
            for other in suggestions(leaf, count, reader, deadline):
                others.setdefault(other, leaf.written)
        elif isinstance(leaf, Entities) and not leaf.ids:
            for other in names_like(leaf.written, reader.vocabulary, mentions, deadline):
                others.setdefault(other, leaf.written)
    suggested = dict(islice(others.items(), _MOST_SUGGESTIONS))
    found = Explanation(tuple(terms), tuple(suggested), suggested_for=tuple(suggested.values()))
    if deadline.over():
        return found
    without_filters = _unfiltered(plan)
    hidden = 0
    if without_filters is not None and without_filters != plan:
        hidden = reader.count(AllOf((without_filters, Without(plan))), deadline)
    boilerplate = only_in_boilerplate(plan)
    only_there = reader.count(boilerplate, deadline) if boilerplate is not None else 0
    if deadline.passed:
        return found
    return replace(found, hidden_by_filter=hidden, only_in_boilerplate=only_there)


def _as_written(plan: Plan) -> Iterator[PlanLeaf | AnyOf]:
    """The leaves that a hit matches, what a word stands for in several ways as one."""
    match plan:
        case AnyOf(_, written) if written:
            yield plan
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _as_written(part)
        case _:
            yield from wanted(plan)


def _is_filter(plan: Plan) -> bool:
    if isinstance(plan, Without):
        return True
    return isinstance(plan, Dates) or (isinstance(plan, Terms) and plan.field in _FILTERS)


def _unfiltered(plan: Plan) -> Plan | None:
    """The plan without dates, sources and other filters; None when nothing else is left."""
    if isinstance(plan, AllOf) and sought_in_boilerplate(plan) is None:
        parts = tuple(part for part in plan.parts if not _is_filter(part))
        return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None
    return None if _is_filter(plan) else plan


_NAMES = {
    "title": "in the title",
    "body": "in the body",
    "source": "in the source",
    "author": "among the authors",
    "section": "in the section",
    "path": "in the path",
    "url": "in the address",
}


def in_words(plan: Plan, query: str) -> str:
    """The plan of a query in words, and the fields in the query that there are none of."""
    unknown = "".join(f"; unknown field {name}:" for name, _ in unknown_fields(query))
    return f"{_message_for(plan, nested=False)}{unknown}"


def _message_for(plan: Plan, *, nested: bool) -> str:
    if (sought := sought_in_boilerplate(plan)) is not None:
        return f"{_message_for(sought, nested=True)} in boilerplate only"
    match plan:
        case Everything():
            return "every article"
        case AllOf(parts):
            return _joined(parts, ", " if any(map(_stands_apart, parts)) else " and ", nested)
        case AnyOf((first, *_), said) if said:
            return _message_for(first, nested=nested)
        case AnyOf(parts):
            return _joined(parts, " or ", nested)
        case Without(part):
            return _without(part)
        case Within(_, part):
            return _message_for(part, nested=nested)
        case Entities(ids, written):
            return f"mentions {written}" + ("" if ids else " (no such name)")
        case Quotations() | Kept():
            return _kept(plan) if isinstance(plan, Kept) else _quotations(plan)
        case Dates(first, last):
            return _dates(first.isoformat() if first else "", last.isoformat() if last else "")
        case Terms():
            return _terms(plan)


def _kept(plan: Kept, *, kept: bool = True) -> str:
    if (plan.field, plan.value, kept) == ("is", "read", False):
        return "is unread"
    is_it, has = ("is", "has a") if kept else ("is not", "has no")
    how = {
        "is": is_it,
        "tag": f"{is_it} tagged",
        "collection": f"{is_it} in the collection",
        "note": f"{has} note with",
    }[plan.field]
    return f"{how} {plan.value}"


def _quotations(plan: Quotations) -> str:
    what = "quotes" if plan.field == "said" else "has a quotation about"
    inside = f", with {_message_for(plan.words, nested=True)} in the quotation" if plan.words else ""
    return f"{what} {plan.name}{inside}" + ("" if plan.entities else " (no such name)")


_OPERATORS = frozenset({"and", "or", "not"})
"""Words that would read as operators where they are not quoted."""


def _without(part: Plan) -> str:
    if isinstance(part, Kept):
        return _kept(part, kept=False)
    if isinstance(part, Without) and isinstance(part.part, Kept):
        return _kept(part.part)
    if isinstance(part, Entities):
        return f"does not mention {part.written}"
    return f"{'not' if isinstance(part, Dates) else 'without'} {_message_for(part, nested=True)}"


def _stands_apart(part: Plan) -> bool:
    """Whether a part reads as a clause of its own, not as a word among others."""
    if isinstance(part, Terms):
        return part.field is not None
    clauses = Without | Entities | Dates | Quotations | Kept
    return isinstance(part, clauses) or sought_in_boilerplate(part) is not None


def _joined(parts: tuple[Plan, ...], by: str, nested: bool) -> str:
    text = by.join(_message_for(part, nested=True) for part in parts)
    return f"({text})" if nested else text


def _dates(first: str, last: str) -> str:
    if first == last:
        return f"dated {first}"
    if first and last:
        return f"dated {first} to {last}"
    return f"dated {first} or later" if first else f"dated {last} or earlier"


def _terms(plan: Terms) -> str:
    text = plan.written
    if plan.field == "lang":
        return f"in the language {text}"
    if text in _OPERATORS:
        return f'"{text}"'
    if plan.slop is not None:
        text = f"{text} with at most {plan.slop} words between"
    elif text.startswith('"'):
        text = f"the phrase {text}" if len(plan.slots) > 1 else f"exactly {text}"
    elif text.startswith("="):
        text = f"exactly {text[1:]}"
    elif text.startswith("re:"):
        text = f"words that match {text[3:]}"
        if plan.cut:
            text += f" (the {len(plan.slots[0])} most frequent of {plan.cut:,})"
    elif text.endswith("~"):
        text = f"words spelled like {text[:-1]}"
    elif "*" in text or ("?" in text and plan.field != "url"):
        text = f"words like {text}"
        if plan.cut:
            text += f" (the {len(plan.slots[0])} most frequent)"
    return f"{text} {_NAMES[plan.field]}" if plan.field in _NAMES else text
