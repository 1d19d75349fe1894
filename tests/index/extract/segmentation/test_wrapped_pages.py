"""Pages as programs wrap them: the column of wrapping, addresses over lines' ends, what lynx numbers."""

from __future__ import annotations

import textwrap

from seedread_index.extract.segmentation import Shape, blocks_of, segment
from seedread_index.extract.segmentation.lines import lines_of, wrap_of

PARAGRAPHS = (
    "The ferry across the Arle will run for another year, the council decided on Monday by nine votes to"
    " four, and the fares will rise by a tenth in the spring when the new boat comes.",
    "Anna Pell, who kept the minutes, said that the last boat would leave at nine in the evening, as it has"
    " for the past forty years, unless the county agrees to pay for half of a later one.",
    "A third plan will be heard in the autumn. The captain was asked about the pier by reporters and answered"
    " nothing at all before he went aboard again, followed by the mayor and two of her guests.",
)
HEADLINE = (
    "Ferry across the Arle will run for another year although the county has refused to pay for a later boat"
)


def wrapped(text: str, width: int = 72, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)


def seen(text: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks_of(text)[1] if block.text.strip()]


def test_the_column_of_wrapping_is_the_one_that_most_lines_agree_on() -> None:
    text = "\n\n".join(wrapped(paragraph, 66) for paragraph in PARAGRAPHS * 2)
    rule = "Home\n\n" + "\u2501" * 130 + "\n\n"
    assert wrap_of(rule * 9 + text, lines_of(rule * 9 + text)) == 65
    plain = "\n".join(PARAGRAPHS * 4)
    assert wrap_of(plain, lines_of(plain)) == 0


def test_paragraphs_are_joined_although_some_lines_are_far_longer() -> None:
    rule = "\u2501" * 130
    menu = "\n\n".join(["-   Ships", "-   Tides", "-   Fares", rule, "Read on: " + "Harbour/" * 14])
    text = "\n\n".join([menu, *(wrapped(paragraph) for paragraph in PARAGRAPHS * 2)])
    assert [line for line in seen(text) if line in PARAGRAPHS] == list(PARAGRAPHS * 2)


def test_a_word_that_a_blank_without_a_break_holds_together_has_no_room() -> None:
    text = "\n\n".join(wrapped(paragraph) for paragraph in PARAGRAPHS)
    held = (
        "The mayor of Upper Arle, who had the pier built, said on Monday that\nthe\u00a0average fare is low."
    )
    assert "said on Monday that the\u00a0average fare" in "\n".join(
        block.text for block in blocks_of(f"{text}\n\n{held}\n")[1]
    )


def test_a_wrapped_heading_of_markdown_is_one_headline() -> None:
    menu = "\n".join(f"  * [Section {number}](/section-{number})" for number in range(16))
    body = "\n\n".join(wrapped(paragraph, 78) for paragraph in PARAGRAPHS * 2)
    found = segment(f"{menu}\n\n{wrapped('# ' + HEADLINE, 78)}\n\n{body}\n")
    assert found.shape is Shape.MARKDOWN
    assert found.title == HEADLINE


def test_an_address_that_is_wrapped_is_not_seen() -> None:
    body = "\n\n".join(wrapped(paragraph, 78) for paragraph in PARAGRAPHS * 2)
    link = (
        "Written by [Anna Pell](https://harbour.example/people/anna-\npell/)"
        "[More](https://harbour.example/more)"
    )
    more = "[Ships](/ships)\n[Tides](/tides)\n[Fares](/fares)"
    assert "Written by Anna Pell More" in seen(f"{more}\n\n{link}\n\n{body}\n")


def test_a_link_goes_on_over_the_end_of_a_line_and_a_break_ends_one() -> None:
    body = "\n\n".join(wrapped(paragraph, 72) for paragraph in PARAGRAPHS * 2)
    link = (
        '[Anna\nPell](/people/anna "All of Anna Pell")  \n9 April 2022\\\n[![](/icon.png)\n0](#comments "Go")'
    )
    assert seen(f"# Ferry sails\n\n## Fares rise\n\n{link}\n\n{body}\n")[2:5] == [
        "Anna Pell",
        "9 April 2022",
        "0",
    ]


def test_the_first_row_of_a_dump_may_stand_further_in() -> None:
    body = "\n\n".join(wrapped(paragraph, 74, "   ") for paragraph in PARAGRAPHS)
    head = textwrap.fill(HEADLINE, 74, initial_indent="     ", subsequent_indent="   ")
    menu = "   Home\n\n     * Ships\n     * Tides\n     * Fares\n\n   Search\n\n"
    assert HEADLINE in seen(f"{menu}{head}\n\n{body}\n")


def test_the_numbers_and_addresses_of_links_in_a_dump_are_not_seen() -> None:
    menu = "\n".join(f"     * [{number}]Section {number}" for number in range(1, 9))
    paragraphs = [
        paragraph.replace("council", "[9]council").replace("Anna", "[10]Anna") for paragraph in PARAGRAPHS
    ]
    body = "\n\n".join(wrapped(paragraph, 74, "   ") for paragraph in paragraphs)
    listed = "\n".join(
        f"{number: 4}. https://harbour.example/a/long/address/of/a/page/of/this/paper/{number}"
        for number in range(1, 60)
    )
    text = f"   [11]\n\n{menu}\n\n{body}\n\nReferences\n\n{listed}\n  60. javascript:void(0)\n"
    shape, blocks = blocks_of(text)
    assert shape is Shape.DUMP
    assert [block.text for block in blocks if block.text in PARAGRAPHS] == list(PARAGRAPHS)
    assert not any("[" in block.text or "example" in block.text for block in blocks)
    assert blocks[-1].text == "References"
    assert text[blocks[-1].start : blocks[-1].end].endswith("javascript:void(0)")


def test_a_headline_is_not_cut_at_a_dash_because_it_is_said_again() -> None:
    line = "Setback for the harbour - county refuses to pay"
    text = f"{line}\n3 March 2025\n{line}\n" + "\n".join(PARAGRAPHS)
    assert segment(text).title == line
    named = text.replace(line, "Setback for the harbour - Arle Observer") + "\nArle Observer\n"
    assert segment(named).title == "Setback for the harbour"


def test_markdown_without_links_is_told_by_one_heading_beside_a_list_or_by_strong_words() -> None:
    body = "\n\n".join(PARAGRAPHS)
    menu = "  * Ships\n  * Tides\n  * Fares\n\nSearch\n\nLog in\n\n"
    shape, blocks = blocks_of(f"{menu}#  {HEADLINE}\n\n{body}\n")
    assert shape is Shape.MARKDOWN
    assert [block.text for block in blocks if block.heading] == [HEADLINE]
    strong = "1. **Ships**\n\n2. **Tides**\n\n3. **Fares**\n\n"
    assert blocks_of(strong + body)[0] is Shape.MARKDOWN
    assert blocks_of("He said f**k and s**t, twice.\n" * 3 + body)[0] is Shape.BLOCKS
