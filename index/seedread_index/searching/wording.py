"""Says in words how a query was understood."""

from __future__ import annotations

from seedread_index.searching.nodes import Dates, Everything
from seedread_index.searching.plan import AllOf, AnyOf, Entities, Plan, Terms, Without

_NAMES = {"title": "in the title", "body": "in the body", "source": "in the source", "path": "in the path"}


def in_words(plan: Plan) -> str:
    """A plan in words."""
    return _said(plan, nested=False)


def _said(plan: Plan, *, nested: bool) -> str:
    match plan:
        case Everything():
            return "every article"
        case AllOf(parts):
            return _joined(parts, " and ", nested)
        case AnyOf(parts):
            return _joined(parts, " or ", nested)
        case Without(part):
            return f"not {_said(part, nested=True)}"
        case Entities(ids, said):
            return f"articles that mention {said}" + ("" if ids else ", whom no article names so")
        case Dates(first, last):
            return _dates(first.isoformat() if first else "", last.isoformat() if last else "")
        case Terms():
            return _terms(plan)


def _joined(parts: tuple[Plan, ...], by: str, nested: bool) -> str:
    text = by.join(_said(part, nested=True) for part in parts)
    return f"({text})" if nested else text


def _dates(first: str, last: str) -> str:
    if first == last:
        return f"dated {first}"
    if first and last:
        return f"dated {first} to {last}"
    return f"dated {first} or later" if first else f"dated {last} or earlier"


def _terms(plan: Terms) -> str:
    text = plan.said
    if plan.field == "lang":
        return f"in the language {text}"
    if plan.slop is not None:
        text = f"{text} with at most {plan.slop} words between"
    elif text.startswith('"'):
        text = f"the phrase {text}"
    elif text.endswith("~"):
        text = f"words spelt like {text[:-1]}"
    elif "*" in text or "?" in text:
        text = f"words like {text}"
        if plan.cut:
            text += f" (the {len(plan.slots[0])} most frequent)"
    return f"{text} {_NAMES[plan.field]}" if plan.field in _NAMES else text
