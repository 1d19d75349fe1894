"""Corrections of entities and articles as a screen makes them: one after the other, reported, undone.

And the commands that correct entities: merge, alias, split, retype and hide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from seedread.actions.handlers import Call, command
from seedread.screens.command_screen import CommandScreen
from seedread.screens.prompt import Candidate
from seedread.screens.requests import Corrected, CorrectionEnded, CorrectionStarted, LibraryChanged
from seedread.wording import counted
from seedread_index.model.article import NAMED_TYPES, EntityType
from seedread_index.model.correction import ArticleCorrection, Correction, CorrectionResult
from seedread_index.model.entity import Entity

_PATIENCE = 20.0
"""Seconds to wait for another writer."""


async def undo(screen: CommandScreen, times: int) -> None:
    """Undo the last `times` steps of this session, each with all that one key press did; before it, the last
    corrections."""
    steps = screen.session.steps
    undo_one = partial(screen.session.archive.undo, wait=_PATIENCE)
    for _ in range(times):
        step = steps.pop() if steps else 1
        if isinstance(step, int):
            await _make_corrections(screen, [undo_one] * step, undoing=True)
        else:
            screen.notify_user(await asyncio.to_thread(step))
            screen.post_message(LibraryChanged())


async def correct(screen: CommandScreen, *corrections: Correction | ArticleCorrection) -> None:
    """Make corrections, which one `undo` undoes together."""
    make = partial(screen.session.archive.correct, wait=_PATIENCE)
    await _make_corrections(screen, [partial(make, each) for each in corrections])


async def _make_corrections(
    screen: CommandScreen,
    corrections: Sequence[Callable[[], CorrectionResult | None]],
    *,
    undoing: bool = False,
) -> None:
    """Make corrections while the background work pauses, report them, and untick what they changed."""
    screen.notify_user("Saving…")
    screen.release_keys()
    screen.post_message(CorrectionStarted())
    made: list[str] = []
    problems: tuple[str, ...] = ()
    try:
        for make in corrections:
            result = await asyncio.to_thread(make)
            if result is None:
                screen.notify_user("Nothing to undo")
                return
            made.append(result.correction)
            problems = result.problems
    finally:
        screen.post_message(CorrectionEnded())
        if made:
            if not undoing:
                screen.session.steps.append(len(made))
            screen.untick()
            lead, key = ("undone: ", "") if undoing else ("", screen.key_of("undo"))
            back = f"; {key} undoes" if key and not problems else ""
            screen.notify_user(lead + "; ".join((*made, *problems)) + back, problem=bool(problems))
            screen.post_message(Corrected())


_MOST_COMPLETIONS = 12
_MOST_NAMED = 3
_MOST_SEARCHED = 50


class EntityCorrections:
    """The commands that correct the chosen entities of a screen."""

    def __init__(self, screen: CommandScreen, chosen: Callable[[], list[Entity]]) -> None:
        self._screen = screen
        self._chosen = chosen

    @command("merge")
    async def merge(self, call: Call) -> None:
        """Make the ticked entities one, or this one and another: ask for the name that stays.

        Of several the one that is mentioned most stands there already.
        """
        screen, chosen = self._screen, self._chosen()
        if not chosen:
            return
        largest = max(chosen, key=lambda entity: entity.mentions)
        offered = largest.name if len(chosen) > 1 else ""
        merged = [entity for entity in chosen if not offered or entity is not largest]
        named = ", ".join(
            f"{each.name} ({counted(each.articles, 'article')})" for each in merged[:_MOST_NAMED]
        )
        if (more := len(merged) - _MOST_NAMED) > 0:
            named += f" and {more:,} more"
        answer = call.argument or await screen.ask(
            f"Merge {named} into: ", offered, complete=self._complete_names
        )
        if not answer or not answer.strip():
            return
        into = largest if answer.strip() == offered else await self._entity_named(answer.strip())
        name, kind = (into.name, into.type) if into else (answer.strip(), largest.type)
        await correct(
            screen,
            *(
                Correction("merge", each.name, type=each.type, into=name, into_type=kind)
                for each in chosen
                if into is None or each.id != into.id
            ),
        )

    @command("alias")
    async def add_alias(self, call: Call) -> None:
        """Ask for another spelling of this entity."""
        if not (chosen := self._chosen()):
            return
        screen, entity = self._screen, chosen[0]
        spelling = call.argument or await screen.ask(f"New spelling of {entity.name}: ")
        if spelling and spelling.strip():
            correction = Correction("alias", spelling.strip(), into=entity.name, into_type=entity.type)
            await correct(screen, correction)

    @command("retype")
    async def retype(self, call: Call) -> None:
        """Another type for the chosen entities."""
        screen, chosen = self._screen, self._chosen()
        kind = await ask_type(screen, chosen[0].name, call.argument) if chosen else None
        if kind is not None:
            await correct(
                screen, *(Correction("retype", each.name, type=each.type, to=kind) for each in chosen)
            )

    @command("hide")
    async def hide(self, _call: Call) -> None:
        """Show and count the chosen entities no more."""
        await correct(
            self._screen, *(Correction("hide", each.name, type=each.type) for each in self._chosen())
        )

    async def _complete_names(self, typed: str) -> Sequence[str]:
        """Names of entities that hold what is typed."""
        archive = self._screen.session.archive
        found = await asyncio.to_thread(archive.entities, filter=typed, limit=_MOST_COMPLETIONS)
        return [Candidate(entity.name, counted(entity.articles, "article")) for entity in found]

    async def _entity_named(self, name: str) -> Entity | None:
        archive = self._screen.session.archive
        found = await asyncio.to_thread(archive.entities, filter=name, limit=_MOST_SEARCHED)
        exact = [entity for entity in found if entity.name.casefold() == name.casefold()]
        return exact[0] if exact else None


async def ask_type(screen: CommandScreen, name: str, given: str = "") -> EntityType | None:
    """The type of a name, asked for unless it is given; None where there was no answer or a wrong one."""
    answer = given or await screen.ask(f"Type of {name}: ", complete=_complete_types)
    kinds = [kind for kind in NAMED_TYPES if answer and kind.startswith(answer.strip().lower())]
    if len(kinds) == 1:
        return kinds[0]
    if answer is not None:
        screen.notify_user(f"Choose one of {', '.join(NAMED_TYPES)}", problem=True)
    return None


async def _complete_types(typed: str) -> Sequence[str]:
    return [kind for kind in NAMED_TYPES if kind.startswith(typed)]


async def split_alias(screen: CommandScreen, spelling: str, kind: EntityType | None) -> None:
    """Make an entity of its own of one spelling."""
    await correct(screen, Correction("split", spelling, type=kind))
