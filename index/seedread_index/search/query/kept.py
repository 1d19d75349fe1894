"""is:starred, is:unread, tag:, collection:, note:: what the user keeps of articles, in a query."""

from __future__ import annotations

from seedread_index.engines.query_ast import KeptAs
from seedread_index.model.errors import QueryError
from seedread_index.search.query.lexer import Kind, Token

STATES = ("starred", "read", "unread")
"""What articles can be by `is:`."""


def kept_as(field: str, token: Token, *, forgiving: bool) -> KeptAs | None:
    """The node of a field and its value; None where nothing is in it. Raises QueryError."""
    value = token.text.strip()
    if token.kind is Kind.OPEN and not forgiving:
        raise QueryError(f"{field}: takes one value", f'write is:{STATES[0]} or tag:"two words"', token.start)
    if field == "is" and value.lower() not in STATES:
        if forgiving:
            return None
        raise QueryError(f"is: takes {', '.join(STATES)}", f"write is:{STATES[0]}", token.start)
    return KeptAs(field, value.lower() if field == "is" else value) if value else None
