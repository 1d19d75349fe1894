"""How a command gets its handler: a typed decorator on methods, and the handlers that an object has.

And how keys come to it in their order: each is delivered to where the key before it moved the focus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import TypeVar

from textual import events
from textual.message_pump import MessagePump
from textual.widgets import Input

from seedread.actions.command_table import BY_NAME

_MARK = "seedread_commands"
OwnerT = TypeVar("OwnerT")
OutcomeT = TypeVar("OutcomeT", bound=Awaitable[None] | None)


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


class TypeAhead:
    """Holds keys that come faster than they are handled.

    Textual gives every key at once to what has the focus now; of two keys typed quickly, or while the program
    starts, the second would miss what the first one opens.
    """

    def __init__(
        self,
        deliver: Callable[[events.Key], Awaitable[None]],
        path: Callable[[], Sequence[MessagePump]],
        ready: Callable[[], bool],
    ) -> None:
        self._deliver = deliver
        self._path = path
        self._ready = ready
        self._keys: deque[events.Key] = deque()
        self._at: MessagePump | None = None
        """What the last key delivered has come to on its path; None once it is handled."""

    async def take(self, key: events.Key) -> None:
        """Deliver a key as soon as those before it are handled."""
        self._keys.append(key)
        await self.deliver_next()

    def clear(self) -> None:
        """Drop the keys that wait."""
        self._keys.clear()

    async def deliver_next(self) -> None:
        """Deliver the next key, if it is time; text for an input line moves no focus.

        A key that was on its way through a screen that has closed holds up no other.
        """
        if self._at is not None and self._at.is_running:
            return
        while self._keys and self._ready():
            key, path = self._keys.popleft(), self._path()
            if key.is_printable and isinstance(path[0], Input):
                await self._deliver(key)
                continue
            self._at = path[0]
            await self._deliver(key)
            self._follow(path, 0)
            return

    def _follow(self, path: Sequence[MessagePump], step: int) -> None:
        """Follow a key along its path, from the widget up to the app."""
        while step < len(path) - 1:
            self._at = path[step]
            if path[step].call_later(self._follow, path, step + 1):
                return
            step += 1
        self._at = path[-1]
        path[-1].call_later(self._handled)

    async def _handled(self) -> None:
        self._at = None
        await self.deliver_next()
