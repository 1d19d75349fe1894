"""`seedread quotes`: the shape of its records, its filters and orders, and what it says of nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import Run
from .shape_checks import assert_shape

QUOTE = {
    "schema": int,
    "article": str,
    "path": str,
    "date": (str, type(None)),
    "text": str,
    "start": int,
    "end": int,
    "kind": str,
    "cue": (str, type(None)),
    "speaker": (dict, type(None)),
    "for": (str, type(None)),
    "title": str,
    "source": (str, type(None)),
    "confidence": float,
    "mentions": list,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles with quotations."""
    folder = tmp_path_factory.mktemp("quotes")
    (folder / "2020-03-02_pier.txt").write_text(
        "Pier closed\n\nMayor Petra Olin met the press.\n\n“We close the pier until May,” Olin said.\n"
    )
    (folder / "2020-03-05_ferry.txt").write_text(
        "Ferry late\n\nJonas Rahl waited on Thursday.\n\n“The ferry of Petra Olin is late,” Rahl said.\n"
    )
    return folder


def test_the_record_of_a_quotation(run: Run, folder: Path) -> None:
    """The one of the contract, with offsets of the article's text."""
    rows = run("quotes", "--jsonl", "-C", str(folder)).rows
    assert len(rows) == 2
    for row in rows:
        assert_shape(row, QUOTE)
        text = run("show", row["path"], "--json", "-C", str(folder)).document["text"]
        assert row["text"] == text[row["start"] : row["end"]]
        assert set(row["speaker"]) == {"text", "start", "end", "entity", "name"}
    assert run("quotes", "--json", "-C", str(folder)).document == {"schema": 1, "total": 2, "quotes": rows}
    assert [row["speaker"]["name"] for row in rows] == ["Jonas Rahl", "Petra Olin"]


def test_filters(run: Run, folder: Path) -> None:
    """By speaker, subject, day and query; each alone and together."""

    def found(*arguments: str) -> list[str]:
        return [row["path"] for row in run("quotes", *arguments, "--jsonl", "-C", str(folder)).rows]

    pier, ferry = "2020-03-02_pier.txt", "2020-03-05_ferry.txt"
    assert found("--by", "olin") == [pier]
    assert found("--about", "Petra Olin") == [ferry]
    assert found("--since", "2020-03-04") == found("thursday") == found('said:"rahl: late"') == [ferry]
    assert found("--by", "olin", "--until", "2020-03-01") == []
    assert found("--sort", "speaker") == [ferry, pier]
    assert found("-n", "1") == [ferry]


def test_nothing_is_explained(run: Run, folder: Path) -> None:
    """An unknown name, no quotation, a query that cannot be read."""
    unknown = run("quotes", "--by", "Zora Quint", "-C", str(folder))
    assert (unknown.code, unknown.out) == (1, "") and "no such name: Zora Quint" in unknown.err
    nothing = run("quotes", "--until", "2019", "-C", str(folder))
    assert nothing.code == 1 and "no quotation" in nothing.err
    assert run("quotes", "(", "-C", str(folder)).code == 2


def test_a_quotation_is_one_line_in_tables(run: Run, folder: Path) -> None:
    """Speakers go by their names; text for people shows who, when and what."""
    table = run("quotes", "--csv", "--by", "olin", "-C", str(folder)).out
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["text"] == "“We close the pier until May,”" and row["speaker"] == "Petra Olin"
    made = run("quotes", "--format", "{date} {speaker}: {text}", "--by", "olin", "-C", str(folder)).out
    assert made == "2020-03-02 Petra Olin: “We close the pier until May,”\n"
    shown = run("quotes", "--by", "olin", "-C", str(folder)).out.splitlines()
    assert shown == ["2020-03-02  Petra Olin  2020-03-02_pier.txt", "    “We close the pier until May,”"]
