"""The same query with words in any form where it asks for exact ones."""

from __future__ import annotations

from dataclasses import replace

from seedread_index.engines.base import AllOf, AnyOf, IndexReader, Order, Plan, Terms, Within, Without
from seedread_index.engines.query_ast import Everything
from seedread_index.model.deadline import Deadline
from seedread_index.model.results import OtherForms, Results
from seedread_index.search.query.expressions import is_wild
from seedread_index.search.query.leaves import DEFAULT_NEAR, EXACT_FIELDS
from seedread_index.search.query.lexer import Kind, Token, plain_quotes, sound, tokens
from seedread_index.text.stems import EXACT, term_of
from seedread_index.text.tokenizer import query_words


def more_in_any_form(
    results: Results, reader: IndexReader, deadline: Deadline, *, group: bool
) -> OtherForms | None:
    """How many more rows there would be if exact words stood for any form; None where that is none, or took
    too long to tell. `group` puts near-duplicates under the best of them, as in the results."""
    plan: Plan = results.plan or Everything()  # type: ignore[assignment]
    wider = in_any_form(plan)
    if wider == plan:
        return None
    more = len(reader.find(wider, Order("path", group), deadline)) - results.total
    if more <= 0 or deadline.passed:
        return None
    return OtherForms(more, written_in_any_form(results.query))


def in_any_form(plan: Plan) -> Plan:
    """A plan that words match in any form; the plan itself where it asks for no exact ones."""
    match plan:
        case AllOf(parts) | AnyOf(parts):
            found = tuple(map(in_any_form, parts))
            return plan if found == parts else replace(plan, parts=found)
        case Without(part) | Within(_, part):
            other = in_any_form(part)
            return plan if other == part else replace(plan, part=other)
        case Terms(_, slots):
            if is_wild(plan.written) or plan.written.startswith("re:"):
                return plan
            any_form = tuple(frozenset(map(_any_form, slot)) for slot in slots)
            return plan if any_form == slots else replace(plan, slots=any_form)
        case _:
            return plan


def _any_form(term: str) -> str:
    return term_of(term[1:]) if term.startswith(EXACT) else term


def written_in_any_form(query: str) -> str:
    """A query with its exact words and phrases written so that they stand for any form."""
    text = plain_quotes(sound(query))
    for field, token in reversed(_with_fields(tokens(query, typing=True))):
        if field is None or field.text in EXACT_FIELDS:
            text = text[: token.start] + _written(token, text[token.start : token.end]) + text[token.end :]
    return text


def _with_fields(found: list[Token]) -> list[tuple[Token | None, Token]]:
    """Each token with the field whose value it is."""
    pairs: list[tuple[Token | None, Token]] = []
    before: Token | None = None
    for token in found:
        pairs.append((before if before is not None and before.kind is Kind.FIELD else None, token))
        before = token
    return pairs


def _written(token: Token, text: str) -> str:
    """A token without its quotes or its =: words with hyphens between follow each other in any form."""
    if token.kind is Kind.WORD and text.startswith(EXACT):
        return text.removeprefix(EXACT)
    words = [word.surface_form for word in query_words(token.text)] if token.kind is Kind.PHRASE else []
    if not words or is_wild(token.text):
        return text
    if token.slop is None or len(words) == 1:
        return "-".join(words)
    slop = DEFAULT_NEAR if token.slop < 0 else token.slop
    return f"({f' NEAR/{slop} '.join(words)})"
