"""A list of names in which some can be ticked, to be followed or corrected together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from seedread.actions.chosen_keys import bindings
from seedread.actions.command_table import Place
from seedread.actions.handlers import Call, command
from seedread.screens.corrections import EntityCorrections
from seedread.screens.entities.navigation import EntityNavigation
from seedread.screens.panel import Hints, PanelScreen
from seedread.screens.requests import CardRequested
from seedread.session import Session
from seedread.widgets.line_list import Line
from seedread_index.model.entity import Entity

_WITH_TICKS: Hints = (
    ("tick", "tick"),
    ("merge", "merge"),
    ("hide", "hide"),
    ("search-selection", "articles"),
    ("exclude-selection", "exclude"),
    ("help", "help"),
    ("back", "back"),
)


class TickedList(PanelScreen, inherit_bindings=False):
    """The base of the panels of names: the name under the cursor, ticks, cards and corrections.

    The target of a line is the id of its entity.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.ENTITIES), *bindings(Place.ANYWHERE)]
    PLACE = Place.ENTITIES

    def __init__(self, session: Session, heading: str) -> None:
        super().__init__(session, heading)
        self._navigation = EntityNavigation(self, lambda: self.entity, lambda: self.chosen)
        corrections = EntityCorrections(self, lambda: self.chosen)
        self.add_commands(self._navigation, corrections, self)

    @property
    def hints(self) -> Hints:
        """What can be done with the ticked names, as long as some are."""
        return _WITH_TICKS if self.lines.ticked else self.HINTS

    @abstractmethod
    def names(self) -> Mapping[str, Entity]:
        """The entities of the list by their ids, in its order."""

    @abstractmethod
    def show_ticked(self) -> None:
        """Show in the title how many are ticked, since the rows may be out of sight."""

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor."""
        line = self.lines.line
        return self.names().get(str(line.target)) if line is not None and line.target else None

    @property
    def ticked(self) -> list[Entity]:
        """The ticked entities."""
        ticked = self.lines.ticked
        return [entity for each, entity in self.names().items() if each in ticked] if ticked else []

    @property
    def chosen(self) -> list[Entity]:
        """The ticked entities, else the one under the cursor."""
        return self.ticked or ([self.entity] if self.entity is not None else [])

    @property
    def no_names(self) -> Line:
        """What stands in a list without names: whether any may still come."""
        searching = bool(self.session.finding_names)
        return Line(
            "No names yet; they appear as they are found" if searching else "No names here", kind="dim"
        )

    def untick(self) -> None:
        """Clear every tick."""
        self.lines.ticked = frozenset()
        self._ticks_changed()

    def _ticks_changed(self) -> None:
        self.show_ticked()
        self.refresh_status()

    # -- commands ----------------------------------------------------------------------------------------

    @command("tick")
    def tick(self, call: Call) -> None:
        """Tick or untick, downwards."""
        lines = self.lines
        rows = lines.lines[lines.cursor : lines.cursor + call.times]
        lines.ticked ^= {line.target for line in rows if line.target}
        lines.move(call.times)
        self._ticks_changed()

    @command("follow", "entity-card")
    def show_card(self, _call: Call) -> None:
        """Show the card of the entity under the cursor."""
        if self.entity is not None:
            self.post_message(CardRequested(self.entity.id))
