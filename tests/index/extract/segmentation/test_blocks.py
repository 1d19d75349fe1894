"""Lines put back together: each shape, and the way back to the file."""

from __future__ import annotations

import pytest

from seedread_index.extract.segmentation import Block, Shape, blocks_of
from seedread_index.extract.segmentation.markup import seen_in

NODES = """The minister of harbours met his colleague, who is said to be leaving, in the old custom house
on Monday
, the first such meeting since the spring. He had asked for it in a letter that was sent by
Anna Pell
, who keeps the minutes.
Tides
The next meeting will be held in the autumn, if the county agrees to pay for the half of it.
Fares and
"""

DUMP = """   Harbour News

   Home Ships Tides

     * [logo.png] Menu
     * (BUTTON) Search

   The ferry across the Arle will run for another year, the council decided
   on Monday by nine votes to four. Fares will rise by a tenth, and Anna
   Pell, who kept the minutes, said that the last boat will leave at nine.

   A third plan will be heard in the autumn, the council said, if the county
   agrees to pay for half of it. The captain was asked about the new pier by
   reporters, and answered nothing at all before he went aboard again.

   Contact

   About
"""


def shown(blocks: list[Block]) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks]


def test_a_line_a_block_is_left_as_it_is() -> None:
    shape, blocks = blocks_of("Ferry sails again\n\nThe ferry sails again.\nFares rise.\n")
    assert shape is Shape.BLOCKS
    assert shown(blocks) == ["Ferry sails again", "The ferry sails again.", "Fares rise."]


def test_text_nodes_of_one_paragraph_are_joined() -> None:
    shape, blocks = blocks_of(NODES)
    assert shape is Shape.NODES
    assert shown(blocks)[0].endswith(
        "custom house on Monday, the first such meeting since the spring. He had"
        " asked for it in a letter that was sent by Anna Pell, who keeps the minutes."
    )
    assert shown(blocks)[1] == "Tides"


def test_rows_of_a_dump_are_joined_and_its_marks_unseen() -> None:
    shape, blocks = blocks_of(DUMP)
    assert shape is Shape.DUMP
    texts = shown(blocks)
    assert "Menu" in texts
    assert "Search" in texts
    (paragraph,) = [text for text in texts if text.startswith("The ferry")]
    assert "Anna Pell, who kept the minutes" in paragraph
    assert sum(text.startswith("A third plan") for text in texts) == 1


@pytest.mark.parametrize("text", [NODES, DUMP])
def test_every_place_of_a_block_leads_back_to_the_file(text: str) -> None:
    for block in blocks_of(text)[1]:
        for place, character in enumerate(block.text):
            if not character.isspace():
                assert text[block.offset(place)] == character


def test_every_visible_character_is_in_a_block() -> None:
    covered = bytearray(len(DUMP))
    for block in blocks_of(DUMP)[1]:
        covered[block.start : block.end] = b"\1" * (block.end - block.start)
    assert all(covered[i] for i, character in enumerate(DUMP) if not character.isspace())


def test_hard_wrapped_text_is_one_paragraph_where_a_line_begins_with_a_number() -> None:
    text = (
        "The council met on Monday evening in the old school to vote about the\n"
        "bridge that nobody had asked for. It would cost no less than a total of\n"
        "12 million, officials said, and the county would have to pay for half of\n"
        "it by the spring, although no member had been asked about that at all.\n"
    )
    shape, blocks = blocks_of(text)
    assert shape is Shape.WRAPPED
    assert len(blocks) == 1
    assert "total of 12 million" in blocks[0].text


def test_markdown_is_what_a_reader_sees() -> None:
    text = (
        '# Ferry\n\nThe ferry to [Vigo](https://sea.example/vigo?utm_source=x "title") sails, *said* the'
        " **harbour**master of the [[Port of Vigo|port]].\n\n![a boat](https://sea.example/boat.png)\n\n"
        "* [Home](https://sea.example/)\n"
    )
    _, blocks = blocks_of(text, shape=Shape.MARKDOWN)
    assert shown(blocks) == [
        "Ferry",
        "The ferry to Vigo sails, said the harbourmaster of the port.",
        "",
        "Home",
    ]
    assert blocks[0].heading == 1
    assert blocks[3].linked == 1
    place = blocks[1].text.index("master")
    assert text[blocks[1].offset(place) :].startswith("master")


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("The *harbour*master said[^1] so.", "The harbourmaster said so."),
        ("It ==sails== <u>again</u>. <!-- later -->", "It sails again."),
        ("Ferries [sail](<https://sea.example/a b>). ![[map.png]]", "Ferries sail."),
        ('[1]: https://sea.example/vigo?utm_source=x "Vigo"', None),
        ("%%to be checked%%", None),
        ("## Ferries sail {#sail .strong}", "Ferries sail"),
        ("Ferries sail {#sail}", "Ferries sail {#sail}"),
        ("What the f*ck, 2*3*x, a == b and 5 < 6", "What the f*ck, 2*3*x, a == b and 5 < 6"),
        ("[note]: the rest is 50%% and 60%%", "[note]: the rest is 50%% and 60%%"),
    ],
)
def test_the_marks_of_notes_are_unseen(line: str, seen: str | None) -> None:
    assert seen_in(line) == seen


def test_rows_of_chinese_are_joined_without_blanks() -> None:
    row = "港口的渡輪將在明年繼續航行議會在星期一以九票對四票作出了這個決定居民們都很高興"
    text = "".join(f"   {row}\n" for _ in range(6)) + "\n" + "   菜單\n\n" * 14
    shape, blocks = blocks_of(text)
    assert shape is Shape.DUMP
    assert blocks[0].text == row * 6


def test_the_label_of_a_byline_does_not_go_on_with_the_headline() -> None:
    text = NODES.replace(
        "Tides\n", "The council of the harbour keeps the old ferry for a year\nby\nJane Moss\n"
    )
    assert "The council of the harbour keeps the old ferry for a year" in shown(blocks_of(text)[1])


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("Der Hafen wächst.\nDer 30-\njährige Kapitän lacht.\n", "Der 30-jährige Kapitän lacht."),
        ("It is new.\nThe U.S.-\nbacked plan was read.\n", "The U.S.-backed plan was read."),
        ("It is new.\nIt was a state-of-the-\nart hall.\n", "It was a state-of-the-art hall."),
        ("Neu ist sie.\nDie Nord-Süd-Verbin-\ndung steht.\n", "Die Nord-Süd-Verbindung steht."),
    ],
)
def test_a_word_goes_on_in_the_next_line(text: str, shown_as: str) -> None:
    assert shown(blocks_of(text)[1])[-1] == shown_as


def test_a_number_with_a_dash_at_a_lines_end_parts_no_word_before_a_capital() -> None:
    text = "The score was 30-\nFerries sail again.\n"
    assert len(blocks_of(text)[1]) == 2
