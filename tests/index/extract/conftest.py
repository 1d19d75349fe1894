"""Helpers of the tests of reading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading, read_bytes
from seedread_index.model.article import Article
from seedread_index.model.engine_settings import EngineSettings

NEWS = (
    "The harbour council met in Port Amber on Tuesday to agree on new rules for night ferries,"
    " officials said.\n\n"
    "Ferry traffic fell by a tenth in January, according to the port authority, and two of the older ferries"
    " will be sold in the spring.\n\n"
    "The council chair said a second meeting on the ferries is planned for next month in the same hall."
)


@pytest.fixture
def news() -> str:
    """Three paragraphs of plain made-up news."""
    return NEWS


@pytest.fixture
def read() -> Callable[..., FileReading]:
    """Read text or bytes under a file name."""

    def reader(content: str | bytes, name: str = "story.txt", **settings: object) -> FileReading:
        data = content.encode() if isinstance(content, str) else content
        return read_bytes(data, name.encode(), EngineSettings(**settings))  # type: ignore[arg-type]

    return reader


@pytest.fixture
def article(read: Callable[..., FileReading]) -> Callable[..., Article]:
    """Read the one article of some text or bytes."""

    def reader(content: str | bytes, name: str = "story.txt", **settings: object) -> Article:
        (found,) = read(content, name, **settings).articles
        return found

    return reader
