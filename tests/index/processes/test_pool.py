"""A pool ends every job once, whatever its children do, and holds no more than it may."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedread_index.processes import child
from seedread_index.processes.child import Program
from seedread_index.processes.frames import FrameBuffer, Kind, framed
from seedread_index.processes.jobs import Answer, Event, Failure, Job, PoolLimits, Trouble
from seedread_index.processes.pool import Pool

pytestmark = pytest.mark.usefixtures("fake")
PROGRAM = Program("fake")
KIB = 1024

steps = st.one_of(
    st.tuples(st.just("part"), st.integers(0, 300 * KIB)),
    st.tuples(st.just("compute"), st.floats(0, 0.01)),
)
ends = st.one_of(
    st.none(),
    st.none(),
    st.none(),
    st.just(("die", 0)),
    st.just(("stall", 0)),
    st.just(("memory", 0)),
    st.just(("rubbish", 0)),
    st.tuples(st.just("half"), st.integers(0, 5008)),
)
jobs_strategy = st.lists(st.tuples(st.lists(steps, max_size=4), ends), min_size=1, max_size=14)


def limit_of(job: Any) -> float:
    """Little time for jobs that will use up any, and more than enough for the others."""
    return 0.2 if {do for do, _ in job} & {"stall", "rubbish"} else 20.0


def done(
    jobs: list[Any], *, ordered: bool, limits: PoolLimits, limit: float | None = None
) -> tuple[list[Any], Pool]:
    """The events of jobs, and the pool that did them."""
    with Pool(PROGRAM, limits, ordered=ordered) as pool:
        todo = [Job(number, job, limit=limit or limit_of(job)) for number, job in enumerate(jobs)]
        return [event for event in pool.run(todo) if event is not None], pool


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=jobs_strategy, ordered=st.booleans(), processes=st.integers(1, 3))
def test_every_job_ends_once_and_little_is_held(jobs: Any, ordered: bool, processes: int) -> None:
    limits = PoolLimits(processes=processes, backlog=400 * KIB, large=1 << 40)
    whole = [[*parts, *([end] if end else [])] for parts, end in jobs]
    events, pool = done(whole, ordered=ordered, limits=limits)
    finals = Counter(event.job.number for event in events if event.final)
    assert finals == dict.fromkeys(range(len(jobs)), 1)
    if ordered:
        assert [event.job.number for event in events] == sorted(event.job.number for event in events)
    for event in events:
        parts, end = jobs[event.job.number]
        if event.final:
            assert isinstance(event, Failure) == (end is not None)
        elif isinstance(event, Answer):
            place, value = event.value()
            assert parts[place] == ("part", len(value))
    # What each child had said already when the bound was reached comes on top of it.
    assert pool.backlog.peak <= limits.backlog + processes * 700 * KIB


def test_answers_that_nobody_takes_stop_the_work(tmp_path: Path) -> None:
    fifo = tmp_path / "gate"
    os.mkfifo(fifo)
    count, size = 60, 100 * KIB
    limits = PoolLimits(processes=2, backlog=1 << 20)
    with Pool(PROGRAM, limits, ordered=True) as pool:
        pool.submit(Job(0, [("wait", str(fifo))]))
        for number in range(1, count):
            pool.submit(Job(number, [("part", size)]))
        pool.finish()
        everything = (count - 1) * size
        while not pool.backlog.full and pool.backlog.held < everything:
            assert pool.take(0.02) is None
        assert pool.backlog.held <= limits.backlog + 700 * KIB
        with fifo.open("w"):
            pass
        events: list[Event] = []
        while len(events) < 2 * count - 1:
            if (event := pool.take(1)) is not None:
                events.append(event)
                assert pool.backlog.held <= limits.backlog + 700 * KIB
    assert [event.job.number for event in events if event.final and event.job] == list(range(count))
    assert pool.backlog.peak <= limits.backlog + 700 * KIB


def test_the_oldest_job_is_done_first_when_it_comes_back(tmp_path: Path) -> None:
    flood = [[("part", 100 * KIB)] * 3] * 40
    jobs = [[("die once", str(tmp_path / "mark"))], *flood]
    events, _ = done(jobs, ordered=True, limits=PoolLimits(processes=2, backlog=500 * KIB))
    assert [event.job.number for event in events if event.final] == list(range(len(jobs)))
    assert all(isinstance(event, Answer) for event in events)


def test_jobs_larger_than_the_pipes_pass_both_ways() -> None:
    """Neither side waits for the other to read: a megabyte in for a megabyte out, eight jobs ahead."""
    jobs = [[("part", 1 << 20), ("skip", b"x" * (1 << 20))]] * 12
    events, _ = done(jobs, ordered=False, limits=PoolLimits(processes=1))
    assert sum(event.final for event in events) == 12


def test_a_second_try_is_alone_in_a_new_process() -> None:
    seen: list[int] = []
    jobs = [[("pid", 0), ("die", 0)], [("pid", 0)], [("pid", 0)]]
    events, _ = done(jobs, ordered=True, limits=PoolLimits(processes=1))
    by_job: dict[int, list[int]] = {}
    for event in events:
        if isinstance(event, Answer) and not event.final and event.job:
            by_job.setdefault(event.job.number, []).append(event.value())
    seen = by_job[0]
    assert len(set(seen)) == 2
    assert not set(seen) & set(by_job[1] + by_job[2])
    assert [type(event) for event in events if event.final] == [Failure, Answer, Answer]


@pytest.mark.parametrize(
    ("job", "trouble"),
    [
        ([("die", 0)], Trouble.CRASHED),
        ([("memory", 0)], Trouble.MEMORY),
        ([("stall", 0)], Trouble.LATE),
        ([("compute", 5.0)], Trouble.LATE),
        ([("half", 7)], Trouble.CRASHED),
        ([("rubbish", 0)], Trouble.CRASHED),
    ],
)
def test_why_a_job_got_no_answer(job: Any, trouble: Trouble) -> None:
    events, _ = done([job, [("part", 3)]], ordered=True, limits=PoolLimits(processes=1), limit=0.3)
    failure, *rest = events
    assert isinstance(failure, Failure)
    assert (failure.trouble, failure.allowed) == (trouble, 0.3)
    assert [event.final for event in rest] == [False, True]


def test_each_part_of_an_answer_is_a_sign_of_life() -> None:
    slow = [step for number in range(6) for step in (("compute", 0.4), ("part", number))]
    events, _ = done([slow], ordered=True, limits=PoolLimits(processes=1), limit=1.2)
    assert isinstance(events[-1], Answer)
    assert len(events) == 7


def test_children_that_do_not_start_fail_their_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "child_command", lambda *_: ["/bin/false"])
    events, _ = done([[], []], ordered=True, limits=PoolLimits(processes=2))
    assert [(type(event), event.trouble) for event in events] == [(Failure, Trouble.NOT_STARTED)] * 2


def test_a_farewell_is_heard() -> None:
    with Pool(PROGRAM, PoolLimits(processes=2), farewell=True) as pool:
        said = [event for event in pool.run([Job(0, []), Job(1, [])]) if event is not None]
    last = [event.value() for event in said if isinstance(event, Answer) and event.job is None]
    assert last == ["goodbye", "goodbye"]


def test_leaving_a_pool_ends_what_it_was_at(tmp_path: Path) -> None:
    with Pool(PROGRAM, PoolLimits(processes=1)) as pool:
        pool.submit(Job(0, [("pid", 0), ("stall", 0)]))
        while (event := pool.take(1)) is None:
            pass
        assert isinstance(event, Answer)
        pid = event.value()
    assert not Path(f"/proc/{pid}").exists() or sys.platform != "linux"
    assert not any(thread.name == "pool" for thread in threading.enumerate())


def test_frames_are_put_together_from_any_pieces() -> None:
    data = framed([1, "two"], Kind.PART) + framed(None, Kind.ANSWER)
    for size in range(1, len(data) + 1):
        buffer = FrameBuffer()
        found = [
            (frame.kind, frame.value())
            for start in range(0, len(data), size)
            for frame in buffer.feed(data[start : start + size])
        ]
        assert found == [(Kind.PART, [1, "two"]), (Kind.ANSWER, None)]
    buffer = FrameBuffer()
    assert len(buffer.feed(data + b"Traceback (most recent call last)")) == 2
    assert buffer.is_broken
