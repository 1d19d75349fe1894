"""Commands run one after another, and none begins before the screen knows of it."""

from __future__ import annotations

from collections.abc import Generator

from seedread.screens.command_screen import CommandScreen


class Outcome:
    """What a command waits for."""

    begun = False

    def __await__(self) -> Generator[None]:
        self.begun = True
        yield


def test_a_command_is_known_to_run_before_it_begins() -> None:
    # From Python 3.12 on, tasks take their first step at once, before the screen has their worker.
    outcome = Outcome()
    running = CommandScreen._finish(CommandScreen.__new__(CommandScreen), outcome)
    running.send(None)
    assert not outcome.begun
    running.close()
