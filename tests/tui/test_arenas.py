"""The C library's pools of memory: few of them, from before there are threads, and only where it is glibc."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

import pytest

from seedread import app as app_module
from seedread.screens.browse import background as work_of_screen
from seedread.terminal import process
from seedread.userdata.settings import Settings

from .conftest import Open


class Library:
    """Stands for the C library and notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.trimmed = 0

    def mallopt(self, parameter: int, value: int) -> int:
        """Note it, and say that it was taken."""
        self.told.append((parameter, value))
        return 1

    def malloc_trim(self, kept: int) -> int:
        """Note that memory is to be given back."""
        assert kept == 0
        self.trimmed += 1
        return 1


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """A C library that says it is glibc."""
    made = Library()
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: made)
    monkeypatch.setattr(os, "confstr", lambda name: "glibc 2.36", raising=False)
    return made


def test_few_arenas_with_glibc(library: Library) -> None:
    assert process.limit_arenas()
    assert library.told == [(-8, 2)]


def test_the_users_own_number_of_arenas_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    assert not process.limit_arenas()
    assert not library.told


@pytest.mark.parametrize("answer", [None, "", "musl 1.2", ValueError, OSError])
def test_nothing_is_changed_without_glibc(
    library: Library, monkeypatch: pytest.MonkeyPatch, answer: str | type[Exception] | None
) -> None:
    def confstr(name: str) -> str | None:
        if isinstance(answer, type):
            raise answer
        return answer

    monkeypatch.setattr(os, "confstr", confstr, raising=False)
    assert not process.limit_arenas()
    monkeypatch.delattr(os, "confstr")
    assert not process.limit_arenas()
    assert not library.told


def test_arenas_are_limited_before_the_app_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    class App:
        _exception = None

        def __init__(self, *_roots: object, **_options: object) -> None:
            order.append("made")

        def run(self, *, mouse: bool) -> int:
            order.append("run")
            return 0

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(os, "isatty", lambda number: True)
    monkeypatch.setattr(process, "prepare_environment", lambda *, cells: None)
    monkeypatch.setattr(process, "limit_arenas", lambda: order.append("limited"))
    monkeypatch.setattr(app_module, "SeedreadApp", App)
    assert app_module.run([Path()], Settings()) == 0
    assert order == ["limited", "made", "run"]


def test_memory_is_given_back_with_glibc_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert process.return_memory()
    monkeypatch.setattr(os, "confstr", lambda name: "", raising=False)
    assert not process.return_memory()
    assert library.trimmed == 1


async def test_free_memory_is_given_back_with_a_look_for_news_now_and_then(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []
    monkeypatch.setattr(work_of_screen, "return_memory", lambda: given.append(True))
    async with open_app() as app:
        background = app.browse.background
        background._returned = time.monotonic()
        await background.poll(None)
        assert not given
        background._returned -= work_of_screen._RETURN_EVERY
        for _ in range(3):
            await background.poll(None)
        assert given == [True]
