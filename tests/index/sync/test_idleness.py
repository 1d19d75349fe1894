"""A second model process is started where cores and memory for it stand idle."""

from __future__ import annotations

import os
import time

import pytest

from seedread_index.sync.passes import model_processes

GIB = 1024**3


@pytest.mark.parametrize(
    ("case", "processes"),
    [
        ((500, 2, 1.9, 8 * GIB), 2),
        ((500, 2, 0.9, 8 * GIB), 1),
        ((500, 1, 1.9, 8 * GIB), 1),
        ((20, 2, 1.9, 8 * GIB), 1),
        ((500, 2, 1.9, 2 * GIB), 1),
    ],
)
def test_two_models_read_where_there_is_room_for_them(
    monkeypatch: pytest.MonkeyPatch, case: tuple[int, int, float, int], processes: int
) -> None:
    texts, most, cores, memory = case
    monkeypatch.setattr(model_processes, "idle_cores", lambda: cores)
    monkeypatch.setattr(model_processes, "free_memory", lambda: memory)
    assert model_processes.processes_for(texts, most) == processes


def test_idle_cores_are_what_the_kernel_counted_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = iter((100.0, 101.5))
    clock = iter((0.0, 1.0))
    monkeypatch.setattr(model_processes, "_idle_seconds", lambda: next(counted))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    assert model_processes.idle_cores() == 1.5


def test_where_the_kernel_does_not_tell_the_load_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_processes, "_idle_seconds", lambda: None)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (0.25, 0.0, 0.0))
    assert model_processes.idle_cores() == 1.75
