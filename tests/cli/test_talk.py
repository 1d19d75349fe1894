"""Standard error: cleaned, quiet when asked, with a caret under the place of a fault."""

from __future__ import annotations

import io

import pytest

from seedread.cli.streams.stderr import Messages, caret, safe
from seedread_index.model.errors import QueryError


@pytest.mark.parametrize(
    ("query", "position", "under"),
    [
        ('"a', 0, '"'),
        ("a OR", 4, ""),
        ("東京 (x", 3, "("),
        ("x" * 500 + ")" + "y" * 500, 500, ")"),
        ("ab", 99, ""),
    ],
)
def test_the_caret_stands_under_the_place(query: str, position: int, under: str) -> None:
    from rich.cells import cell_len

    line, mark = caret(query, position)
    assert mark.strip() == "^"
    at = next((i for i in range(len(line) + 1) if cell_len(line[:i]) == len(mark) - 1), None)
    assert at is not None
    assert line[at : at + 1] == under
    assert cell_len(line) < 140


def test_what_is_said_is_cleaned() -> None:
    stream = io.StringIO()
    messages = Messages(stream, "seedread search")
    messages.error(QueryError("bad \x1b[31m word", "try \x07", 2), "a\x1b[b\u202e")
    said = stream.getvalue()
    assert said.replace("\n", "").isprintable()
    assert said.splitlines()[0].startswith("seedread search: bad")
    assert said.splitlines()[2].strip() == "^"


def test_quiet_keeps_errors_only() -> None:
    stream = io.StringIO()
    messages = Messages(stream)
    messages.quiet = True
    messages.info("well")
    messages.detail("more")
    messages.warning("bad")
    assert stream.getvalue() == "seedread: bad\n"


def test_details_are_for_verbose() -> None:
    stream = io.StringIO()
    messages = Messages(stream)
    messages.detail("more")
    assert stream.getvalue() == ""
    messages.verbose = True
    messages.detail("more")
    assert stream.getvalue() == "seedread: more\n"


def test_a_closed_standard_error_is_no_reason_to_fail() -> None:
    stream = io.StringIO()
    stream.close()
    Messages(stream).warning("x")
    Messages(None).warning("x")


def test_a_letter_that_the_terminal_lacks_is_no_reason_to_fail() -> None:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="ascii")
    Messages(stream).warning("東京")
    assert buffer.getvalue() == b"seedread: ??\n"


def test_plain_text_stays() -> None:
    assert safe("Erdoğan said “no”") == "Erdoğan said “no”"
    assert "\n" not in safe("two\nlines")
