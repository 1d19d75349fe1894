"""The backlog of a pool has a bound in bytes, and never keeps back the job that is waited for."""

from __future__ import annotations

from seedread_index.processes.jobs import Answer, Backlog


def part(size: int) -> Answer:
    """A part of an answer that takes so many bytes in a backlog."""
    return Answer(None, bytes(size - Answer(None, b"", False).size), False)


def test_above_its_bound_it_is_full_until_it_is_half_empty() -> None:
    backlog = Backlog(10_000, ordered=False)
    for number in range(10):
        backlog.put(number, part(1000))
        assert not backlog.full
    backlog.put(10, part(1000))
    assert backlog.full
    while backlog.held >= 5000:
        assert backlog.full
        backlog.take()
    assert not backlog.full


def test_while_it_is_full_only_the_oldest_job_is_listened_to_and_only_if_it_has_said_nothing() -> None:
    backlog = Backlog(1000, ordered=True)
    for number in range(2):
        backlog.expect(number)
    assert not backlog.pauses(0)
    assert not backlog.pauses(1)
    backlog.put(1, part(2000))
    assert not backlog.pauses(0)
    assert backlog.pauses(1)
    backlog.put(0, part(2000))
    assert backlog.pauses(0)
