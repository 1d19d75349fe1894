"""Keys as they are read: what belongs together stays together, however it arrives."""

from __future__ import annotations

import os
import selectors
from collections.abc import Sequence
from threading import Thread
from typing import Self

import pytest
from textual import _parser
from textual.events import Key
from textual.message import Message

from seedread.terminal.driver import Stop, read_keys


class Typist:
    """Stands in for the terminal, the system's waiting and the clock: what is typed when, and silence."""

    def __init__(self, typed: Sequence[tuple[float, bytes]]) -> None:
        self._typed = list(typed)
        self.now = 0.0
        self.waits = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def register(self, fileno: int | Stop, events: int) -> None:
        """There is but one terminal."""

    def select(self, timeout: float | None) -> bool:
        """Wait for a key, or in vain."""
        self.waits += 1
        if timeout is not None and self._typed and self._typed[0][0] > self.now + timeout:
            self.now += timeout
            return False
        return True

    def read(self, fileno: int, count: int) -> bytes:
        """The next keys; in the end the terminal is gone."""
        if not self._typed:
            return b""
        self.now, data = self._typed.pop(0)
        return data


def keys(monkeypatch: pytest.MonkeyPatch, *typed: tuple[float, bytes]) -> list[str]:
    """The keys that are delivered for what is typed, each at its time in seconds."""
    typist = Typist(typed)
    monkeypatch.setattr(selectors, "SelectSelector", lambda: typist)
    monkeypatch.setattr(os, "read", typist.read)
    monkeypatch.setattr(_parser, "get_time", lambda: typist.now)
    delivered: list[Message] = []
    assert not read_keys(0, "utf-8", Stop(), delivered.append)
    return [message.key for message in delivered if isinstance(message, Key)]


def test_escape_and_a_key_soon_after_are_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(monkeypatch, (0.0, b"\x1b"), (0.05, b"e"), (1.0, b"x")) == ["alt+e", "x"]
    assert keys(monkeypatch, (0.0, b"\x1be"), (1.0, b"x")) == ["alt+e", "x"]


def test_escape_and_a_key_later_are_two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(monkeypatch, (0.0, b"\x1b"), (0.5, b"e")) == ["escape", "e"]


def test_nothing_wakes_the_thread_while_nothing_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    typist = Typist(((0.0, b"x"), (3600.0, b"y"), (7200.0, b"\x1b")))
    monkeypatch.setattr(selectors, "SelectSelector", lambda: typist)
    monkeypatch.setattr(os, "read", typist.read)
    monkeypatch.setattr(_parser, "get_time", lambda: typist.now)
    assert not read_keys(0, "utf-8", Stop(), lambda message: None)
    assert typist.waits < 20


def test_a_stop_ends_the_wait_for_a_key_at_once_and_can_be_taken_back() -> None:
    reader, writer = os.pipe()
    stop = Stop()
    for _ in range(2):
        stop.set()
        assert read_keys(reader, "utf-8", stop, lambda message: None)
        thread = Thread(target=read_keys, args=(reader, "utf-8", stop, lambda message: None), daemon=True)
        stop.clear()
        thread.start()
        assert thread.is_alive()
        stop.set()
        thread.join(60)
        assert not thread.is_alive()
        stop.clear()
    os.close(writer)
    os.close(reader)
