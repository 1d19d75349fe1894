"""Keys as they are read: what belongs together stays together, however it arrives."""

from __future__ import annotations

import os
import selectors
from collections.abc import Sequence
from threading import Event
from typing import Self

import pytest
from textual import _parser
from textual.events import Key
from textual.message import Message

from seedread.terminal.driver import read_keys


class Typist:
    """Stands in for the terminal, the system's waiting and the clock: what is typed when, and silence."""

    def __init__(self, typed: Sequence[tuple[float, bytes]]) -> None:
        self._typed = list(typed)
        self.now = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def register(self, fileno: int, events: int) -> None:
        """There is but one terminal."""

    def select(self, timeout: float) -> bool:
        """Wait for a key, or in vain."""
        if self._typed and self._typed[0][0] > self.now + timeout:
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
    assert not read_keys(0, "utf-8", Event(), delivered.append)
    return [message.key for message in delivered if isinstance(message, Key)]


def test_escape_and_a_key_soon_after_are_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(monkeypatch, (0.0, b"\x1b"), (0.05, b"e"), (1.0, b"x")) == ["alt+e", "x"]
    assert keys(monkeypatch, (0.0, b"\x1be"), (1.0, b"x")) == ["alt+e", "x"]


def test_escape_and_a_key_later_are_two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(monkeypatch, (0.0, b"\x1b"), (0.5, b"e")) == ["escape", "e"]
