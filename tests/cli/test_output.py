"""Standard output: JSON and CSV that are safe, templates, colours, and a reader that goes away."""

from __future__ import annotations

import io
import json

import pytest
from rich.cells import cell_len

from seedread.cli.output.records import Template, cut, wrapped
from seedread.cli.parser import UsageError
from seedread.cli.streams.stdout import Output, OutputError, Painter, ReaderGone, colour_enabled
from seedread_index.export.lines import as_json, flat, spreadsheet_safe
from seedread_index.model.article import Span

HOSTILE = "a\x1b]52;c;eA==\x07b\x9b31m\u202ec\u2066d\x7f\u2028e\U000e0041f\ud800g"


def written(encoding: str = "utf-8") -> tuple[io.BytesIO, Output]:
    buffer = io.BytesIO()
    return buffer, Output(io.TextIOWrapper(buffer, encoding=encoding))


def test_json_escapes_what_a_terminal_could_obey_and_loses_nothing() -> None:
    text = as_json({"title": HOSTILE, "name": "Erdoğan 東京"})
    assert json.loads(text) == {"title": HOSTILE, "name": "Erdoğan 東京"}
    assert text.isprintable()
    assert "Erdoğan 東京" in text


def test_json_is_ascii_where_the_terminal_is_not_unicode() -> None:
    buffer, out = written("latin-1")
    out.json({"name": "東京"})
    out.flush()
    assert buffer.getvalue() == b'{"name": "\\u6771\\u4eac"}\n'


def test_text_that_the_encoding_lacks_becomes_question_marks() -> None:
    buffer, out = written("ascii")
    out.line("東京 x")
    out.flush()
    assert buffer.getvalue() == b"?? x\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=cmd|' /C'!A0"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert spreadsheet_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Putin", "2020-02-28", "a=b", 3, -1.5, "", "3-1"])
def test_harmless_cells_stay(cell: object) -> None:
    assert spreadsheet_safe(cell) == cell


def test_a_row_of_csv_quotes_what_needs_it() -> None:
    buffer, out = written()
    out.row(["a,b", 'say "x"', None, 3, "two\nlines"])
    out.flush()
    assert buffer.getvalue() == b'"a,b","say ""x""",,3,"two\nlines"\n'


class Closed(io.RawIOBase):
    def __init__(self, error: OSError) -> None:
        self.error = error

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "raised"), [(BrokenPipeError(), ReaderGone), (OSError(28, "No space left"), OutputError)]
)
def test_a_reader_gone_and_a_full_disk_are_told_apart(error: OSError, raised: type[Exception]) -> None:
    class Stream:
        encoding = "utf-8"
        buffer = Closed(error)

        def isatty(self) -> bool:
            return False

    with pytest.raises(raised):
        Output(Stream()).line("x")  # type: ignore[arg-type]


def test_without_standard_output_nothing_is_written() -> None:
    out = Output(None)
    out.line("x")
    out.json({})
    out.flush()
    assert not out.interactive


def test_a_template_fills_fields_and_knows_escapes() -> None:
    template = Template(r"{date}\t{title}\n{{x}} \\ {missing}", ["date", "title", "missing"])
    assert template.fill({"date": None, "title": "A {date} b"}) == "\tA {date} b\n{x} \\ "


def test_a_template_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(UsageError, match=r"unknown field \{colour\}"):
        Template("{colour}", ["title"])


def test_values_are_flat_in_a_cell() -> None:
    assert flat(["a", {"name": "b", "id": "c"}, None]) == "a, b, "
    assert (flat(True), flat(False), flat(None), flat(0)) == ("yes", "", "", 0)


@pytest.mark.parametrize(
    ("choice", "interactive", "environ", "coloured"),
    [
        ("auto", True, {"TERM": "xterm"}, True),
        ("auto", False, {"TERM": "xterm"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {}, False),
        ("auto", True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        ("auto", True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"TERM": "xterm", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_asked_for_in_the_usual_ways(
    choice: str, interactive: bool, environ: dict[str, str], coloured: bool
) -> None:
    assert colour_enabled(choice, interactive, environ) is coloured


def test_marks_are_styled_and_the_text_is_kept() -> None:
    marks = (Span(2, 5), Span(6, 7))
    assert Painter(enabled=False).marked("a bcd ef", marks) == "a bcd ef"
    assert Painter(enabled=True).marked("a bcd ef", marks) == "a \x1b[1;4mbcd\x1b[0m \x1b[1;4me\x1b[0mf"


def test_lines_are_as_wide_as_the_terminal_and_keep_their_marks() -> None:
    text = "the Kremlin said 東京東京 on Friday that averyveryverylongwordindeed stands"
    marks = [Span(4, 11), Span(25, 31), Span(37, 64)]
    lines = wrapped(text, marks, 16)
    assert " ".join(line for line, _ in lines) == text
    assert all(cell_len(line) <= 16 or " " not in line for line, _ in lines)
    marked = [line[mark.start : mark.end] for line, inner in lines for mark in inner]
    assert marked == [text[mark.start : mark.end] for mark in marks]
    assert wrapped(text, marks, None) == [(text, marks)]


def test_a_mark_over_a_line_end_goes_on_in_the_next_line() -> None:
    assert wrapped("state media said", [Span(0, 11)], 6) == [
        ("state", [Span(0, 6)]),
        ("media", [Span(0, 5)]),
        ("said", []),
    ]


@pytest.mark.parametrize("text", ["Kremlin", "東京の灯台", "e\u0301e\u0301e\u0301e\u0301", "a b c d e"])
@pytest.mark.parametrize("width", range(1, 12))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cut(text, 80) == text
