"""Rows of entities: columns side by side, a sparkline over the time of all, sentences with marks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from rich.cells import cell_len

from seedread.screens.entities.rows import (
    EntityTable,
    company_rows,
    counts_and_dates,
    sentence_rows,
    sparkline,
    spelling_rows,
)
from seedread.widgets.rendering.cells import ASCII, UNICODE
from seedread_index.model.article import EntityType, Span
from seedread_index.model.entity import AliasShare, CoMention, Entity, Months
from seedread_index.model.results import Hit, Snippet

FIRST, LAST = dt.date(2020, 1, 5), dt.date(2021, 12, 30)
ANNA = Entity(
    "person:anna", "Anna Kern", EntityType.PERSON, 1204, 4000, first=FIRST, last=dt.date(2020, 3, 1)
)
PORT = Entity(
    "place:港", "港のとても長い名前の町の港湾局と漁師たち", EntityType.PLACE, 3, 5, first=LAST, last=LAST
)


def test_columns_stand_side_by_side_and_bars_come_later() -> None:
    months: dict[str, Months] = {}
    table = EntityTable([ANNA, PORT], 76, UNICODE, months)
    before = table[0].text
    assert before.split() == ["Anna", "Kern", "person", "1,204", "4,000", "2020"]
    assert table.columns.split() == ["Name", "Type", "Articles", "Mentions", "Seen", "By", "month"]
    months[ANNA.id] = (((2020, 1), 1), ((2020, 3), 7))
    assert table[0].text.startswith(before) and "█" in table[0].text
    for line in table:
        assert cell_len(line.text) <= 76
        kinds = {look for _, _, look in line.spans}
        assert {"dim", "bars"} < kinds
    at = table.columns.index("Mentions") + len("Mentions")
    assert before[:at].endswith("4,000")


def test_without_dates_or_months_there_are_no_columns_for_them() -> None:
    undated = Entity("org:x", "Board", EntityType.ORG, 1, 2)
    assert EntityTable([undated], 76, ASCII, {}).columns.split()[-1] == "Mentions"
    assert EntityTable([ANNA], 76, ASCII, None).columns.split()[-1] == "Seen"


def test_a_sparkline_has_its_highest_bar_where_most_is() -> None:
    months = (((2020, 1), 1), ((2021, 12), 8))
    drawn = sparkline(months, (FIRST, LAST), 8, UNICODE.bars)
    assert len(drawn) == 8 and drawn[-1] == "█" and drawn[0] == "▁" and drawn[1:-1].isspace()
    assert sparkline((), (FIRST, LAST), 8, UNICODE.bars) == ""


def test_the_shares_of_spellings_are_rounded() -> None:
    rows = [row.text for row in spelling_rows([AliasShare("Kern", 5), AliasShare("Anna Kern", 2)])]
    assert [row.split("(")[1] for row in rows] == ["71 %)", "29 %)"]


def test_the_name_is_marked_in_its_sentences_and_what_is_cut_shows() -> None:
    before, after = (
        "A long sentence leads to the place where at last the name of ",
        " stands" + ", and goes on" * 9,
    )
    text = f"{before}Anna Kern{after}"
    place = Span(len(before), len(before) + 9)
    snippet = Snippet(text, 0, len(text), (place,))
    hit = Hit("id", "a.txt", "Title", False, FIRST, "Daily", 1.0, 1, (place,), (snippet,))
    rows = list(sentence_rows([hit], "query", 40, "…"))
    [(row, begin, end)] = [(row, *span[:2]) for row in rows for span in row.spans]
    assert row.text[begin:end] == "Anna Kern"
    assert rows[-2].text.endswith("…")
    assert len(rows) == 3 and len(rows[-2].text) >= 37  # the last line is used to its end
    assert rows[-1].text == "  2020-01-05  Daily"


def test_company_has_its_counts_beside_the_names() -> None:
    rows = list(company_rows([CoMention(ANNA, 20), CoMention(PORT, 2)], UNICODE, 60))
    assert rows[0].text.split()[:4] == ["Anna", "Kern", "person", "20"]
    assert rows[0].text.count("━") > rows[1].text.count("━") > 0
    assert rows[0].target is ANNA
    long = replace(ANNA, name="Annabella Kern-Halloran")
    narrow = list(company_rows([CoMention(long, 20), CoMention(PORT, 2)], UNICODE, 40, indent=2))
    assert narrow[0].text == "  Annabella Kern-Halloran  person     20"  # bars give way to names
    assert all(cell_len(row.text) <= 40 for row in narrow)


def test_a_wide_screen_gives_its_room_to_the_bars() -> None:
    months: dict[str, Months] = {ANNA.id: (((2020, 1), 1), ((2021, 12), 7))}
    long_ago = replace(ANNA, id="person:old", first=dt.date(1987, 1, 1))
    narrow, wide = (EntityTable([ANNA, PORT, long_ago], width, UNICODE, months) for width in (110, 190))
    lengths = [
        max(end - start for start, end, look in table[0].spans if look == "bars") for table in (narrow, wide)
    ]
    assert lengths[1] == 72 > lengths[0] >= 16
    assert cell_len(narrow[0].text) <= 110


def test_a_narrow_card_says_in_years_when_a_name_was_seen() -> None:
    long = replace(ANNA, last=LAST)
    assert counts_and_dates(long, 76, UNICODE).endswith("seen 2020-01 – 2021-12")
    assert counts_and_dates(long, 50, UNICODE).endswith("seen 2020–2021")
    assert "seen" not in counts_and_dates(replace(ANNA, first=None, last=None), 50, UNICODE)
