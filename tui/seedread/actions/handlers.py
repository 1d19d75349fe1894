"""How a command gets its handler: a typed decorator on methods, and the handlers that an object has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import FunctionType
from typing import TypeVar

from seedread.actions.command_table import BY_NAME

_MARK = "seedread_commands"


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was called: its name, the count before it, the argument after it, the key."""

    name: str
    count: int | None = None
    argument: str = ""
    key: str = ""
    """The key that called it; empty where it was called by its name."""

    @property
    def times(self) -> int:
        """The count, 1 where none was typed."""
        return 1 if self.count is None else self.count


Handler = Callable[[Call], Awaitable[None] | None]
"""A handler of an object: it runs the command at once, or gives back what to wait for."""

OwnerT = TypeVar("OwnerT")
OutcomeT = TypeVar("OutcomeT", bound=Awaitable[None] | None)


def command(
    *names: str,
) -> Callable[[Callable[[OwnerT, Call], OutcomeT]], Callable[[OwnerT, Call], OutcomeT]]:
    """Have a method handle the commands of these names; KeyError where the table has no such command."""
    for name in names:
        BY_NAME[name]

    def mark(method: Callable[[OwnerT, Call], OutcomeT]) -> Callable[[OwnerT, Call], OutcomeT]:
        method.__dict__[_MARK] = names
        return method

    return mark


def handlers_of(owner: object) -> dict[str, Handler]:
    """The handlers of an object by the names of their commands; those of a subclass go first."""
    found: dict[str, Handler] = {}
    for kind in reversed(type(owner).__mro__):
        for attribute, value in vars(kind).items():
            if isinstance(value, FunctionType):
                for name in vars(value).get(_MARK, ()):
                    found[name] = getattr(owner, attribute)
    return found
