"""Mailboxes of older programs: each message of one is an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading

Read = Callable[..., FileReading]
MARK = "\x01\x01\x01\x01\n"


def message(number: int) -> str:
    return (
        f"From: River News <news@river.example>\nSubject: Barges counted {number}\n"
        f"Date: Tue, {number + 13} Nov 2023 09:12:00 +0000\nMessage-ID: <{number}@river.example>\n\n"
        "The clerks of the river office counted ninety barges on Monday, they said.\n"
    )


def mmdf(text: str) -> str:
    return f"{MARK}From news@river.example Tue Nov 14 09:12:00 2023\n{text}{MARK}"


def babyl(text: str) -> str:
    return f"\x0c\n0, unseen,,\n*** EOOH ***\n{text}\x1f"


def batch(text: str) -> str:
    return f"#! rnews {len(text)}\n{text}"


@pytest.mark.parametrize(
    ("above", "write"),
    [("", mmdf), ("BABYL OPTIONS:\nVersion: 5\nLabels:\n\x1f", babyl), ("", batch)],
    ids=["MMDF", "Babyl", "rnews"],
)
def test_an_older_mailbox(read: Read, above: str, write: Callable[[str], str]) -> None:
    found = read(above + write(message(1)) + write(message(2)), "RMAIL")
    assert [(one.title, str(one.date), one.author) for one in found.articles] == [
        ("Barges counted 1", "2023-11-14", "River News"),
        ("Barges counted 2", "2023-11-15", "River News"),
    ]
    for one in found.articles:
        assert "\x01" not in one.text
        assert "EOOH" not in one.text
        assert "counted ninety barges" in one.text
