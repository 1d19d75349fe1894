"""Corrections of entities by keys: merge, alias, split, retype, hide, and undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from seedread.screens.command_screen import Call, CommandScreen, Handlers
from seedread.screens.requests import EntitiesCorrected
from seedread_index.model.article import NAMED_TYPES
from seedread_index.model.correction import Correction, CorrectionResult
from seedread_index.model.entity import AliasShare, Entity

if TYPE_CHECKING:
    from seedread.screens.entities.card_screen import EntityCardScreen
    from seedread.screens.entities.list_screen import EntitiesScreen

_PATIENCE = 20.0
"""Seconds to wait for another writer."""
_OFFERS = 12


async def merge(screen: EntitiesScreen | EntityCardScreen, call: Call) -> None:
    """Make the ticked entities one, or this one and another that is asked for."""
    chosen = screen.chosen
    if not chosen:
        return
    target = max(chosen, key=lambda entity: entity.mentions)
    name, kind = target.name, target.type
    joined = [entity for entity in chosen if entity is not target] or chosen
    if len(chosen) == 1:
        question = f"{target.name} is the same as: "
        answer = call.argument or await screen.ask(question, complete=lambda text: names(screen, text))
        if not answer or not answer.strip():
            return
        into = await _entity_named(screen, answer.strip())
        name, kind = (into.name, into.type) if into else (answer.strip(), target.type)
    await _correct(
        screen,
        *(Correction("merge", each.name, type=each.type, into=name, into_type=kind) for each in joined),
    )


async def alias(screen: EntitiesScreen | EntityCardScreen, call: Call) -> None:
    """Another spelling that means this entity."""
    if not screen.chosen:
        return
    entity = screen.chosen[0]
    spelling = call.argument or await screen.ask(f"Another spelling of {entity.name}: ")
    if spelling and spelling.strip():
        await _correct(screen, Correction("alias", spelling.strip(), into=entity.name, into_type=entity.type))


async def split(screen: EntityCardScreen, call: Call) -> None:
    """Let one spelling stand for itself."""
    line = screen.lines.line
    share = line.target if line is not None and isinstance(line.target, AliasShare) else None
    spelling = call.argument or (share.text if share else "")
    if not spelling:
        screen.notify_user("put the cursor on a spelling first")
        return
    kind = screen.entity.type if screen.entity is not None else None
    await _correct(screen, Correction("split", spelling, type=kind))


async def retype(screen: EntitiesScreen | EntityCardScreen, call: Call) -> None:
    """Another type for the chosen entities."""
    chosen = screen.chosen
    if not chosen:
        return
    answer = call.argument or await screen.ask(f"{chosen[0].name} is a: ", complete=types)
    kinds = [kind for kind in NAMED_TYPES if answer and kind.startswith(answer.strip().lower())]
    if len(kinds) != 1:
        if answer is not None:
            screen.notify_user(f"the types are {', '.join(NAMED_TYPES)}", problem=True)
        return
    await _correct(screen, *(Correction("retype", each.name, type=each.type, to=kinds[0]) for each in chosen))


async def hide(screen: EntitiesScreen | EntityCardScreen, _call: Call) -> None:
    """Show and count the chosen entities no more."""
    await _correct(screen, *(Correction("hide", each.name, type=each.type) for each in screen.chosen))


async def undo(screen: CommandScreen, call: Call) -> None:
    """Take the last correction back: all that one key press made, as far as this session made it."""
    steps = screen.session.corrected
    take_back = partial(screen.session.archive.undo, wait=_PATIENCE)
    count = sum(steps.pop() if steps else 1 for _ in range(call.times))
    await make_corrections(screen, *[take_back] * count, lead="taken back: ")


async def _correct(screen: CommandScreen, *corrections: Correction) -> None:
    correct = partial(screen.session.archive.correct, wait=_PATIENCE)
    await make_corrections(screen, *(partial(correct, correction) for correction in corrections))


async def make_corrections(
    screen: CommandScreen, *corrections: Callable[[], CorrectionResult | None], lead: str = ""
) -> None:
    """Make corrections while the background work rests, say what they were, and untick what they were of."""
    screen.notify_user("correcting")
    screen.let_go()
    screen.session.rest()
    told: list[str] = []
    problems: tuple[str, ...] = ()
    try:
        for correct in corrections:
            corrected = await asyncio.to_thread(correct)
            if corrected is None:
                screen.notify_user("there is no correction to take back")
                return
            told.append(corrected.correction)
            problems = corrected.problems
    finally:
        screen.session.go_on()
        if told:
            if not lead:
                screen.session.corrected.append(len(told))
            screen.untick()
            screen.notify_user(lead + "; ".join((*told, *problems)), problem=bool(problems))
            screen.post_message(EntitiesCorrected())


async def names(screen: CommandScreen, typed: str) -> Sequence[str]:
    """Names of entities that hold what is typed."""
    found = await asyncio.to_thread(screen.session.archive.entities, filter=typed, limit=_OFFERS)
    return [entity.name for entity in found]


async def types(typed: str) -> Sequence[str]:
    """Types that begin with what is typed."""
    return [kind for kind in NAMED_TYPES if kind.startswith(typed)]


async def _entity_named(screen: CommandScreen, name: str) -> Entity | None:
    found = await asyncio.to_thread(screen.session.archive.entities, filter=name, limit=50)
    exact = [entity for entity in found if entity.name.casefold() == name.casefold()]
    return exact[0] if exact else None


HANDLERS: Handlers = {
    "merge": merge,
    "alias": alias,
    "retype": retype,
    "hide": hide,
}
"""What mends on the panel of entities and on a card."""
