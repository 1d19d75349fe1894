"""An article as blocks: what stands apart, what is a table, where sections are cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from seedread.widgets.reader.blocks import NO_WIDTH, SECTION, LineKind, is_item, is_table
from seedread.widgets.reader.document import Document, quote_at
from seedread_index.model.article import Article, PassageKind, Span

Make = Callable[..., Article]
WIDE, LONG = " " * 5, "words and more " * 8


def blocks_of(document: Document) -> list[tuple[str, LineKind, bool]]:
    return [
        (document.text[block.start : block.end], block.kind, block.blank_before)
        for section in range(document.sections)
        for block in document.blocks(section)
    ]


def test_lines_of_a_file_without_blank_lines_are_paragraphs(article_of: Make) -> None:
    assert blocks_of(Document(article_of("One.\nTwo.\nThree."))) == [
        ("One.", LineKind.BODY, False),
        ("Two.", LineKind.BODY, True),
        ("Three.", LineKind.BODY, True),
    ]


def test_lines_of_a_hard_wrapped_paragraph_stay_together(article_of: Make) -> None:
    blocks = blocks_of(Document(article_of("One line\nand the next.\n\n\nTwo.")))
    assert [blank_before for _, _, blank_before in blocks] == [False, False, True]


def test_long_lines_are_paragraphs_even_where_blank_lines_stand_elsewhere(article_of: Make) -> None:
    long = "The mayor opened the bridge. " * 6
    blocks = blocks_of(Document(article_of(f"Head\n\n{long}\n{long}")))
    assert [blank_before for _, _, blank_before in blocks] == [False, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "Team        Won   Lost",
        "Reds    12",
        "a  b  c",
        "| one | two |",
        "Berlin │ 12 │ 14",
        "  12   Smith   Leeds",
    ],
)
def test_columns_are_seen_as_a_table(line: str) -> None:
    assert is_table(line)


@pytest.mark.parametrize(
    "line",
    [
        "He left.  She stayed.  They met.",
        "    An indented paragraph.",
        "Plain words.",
        "Yes  no",
        "a | b",
        "-   Reds",
        "  1.   Blues play",
        "((Ann Lee))   No.  Not yet.",
        f"A{WIDE}B {LONG}",
    ],
)
def test_prose_is_not_taken_for_a_table(line: str) -> None:
    assert not is_table(line)


def test_items_of_a_list_stay_together(article_of: Make) -> None:
    long = "- " + "The mayor opened the bridge. " * 6
    blocks = blocks_of(Document(article_of(f"To do:\n{long}\n2. Two\n• Three\nThat is all.")))
    assert [blank_before for _, _, blank_before in blocks] == [False, True, False, False, True]
    assert not is_item("-5 degrees") and not is_item("2020 was a year")


def test_rows_of_a_table_stay_together_and_keep_their_spaces(article_of: Make) -> None:
    blocks = blocks_of(Document(article_of("The scores:\nReds      12\n  Blues   7\nThat is all.")))
    assert blocks[1] == ("Reds      12", LineKind.TABLE, True)
    assert blocks[2] == ("  Blues   7", LineKind.TABLE, False)
    assert blocks[3] == ("That is all.", LineKind.BODY, True)


def test_passages_give_blocks_their_looks_and_cut_lines_where_boilerplate_starts(article_of: Make) -> None:
    text = " date 2020-02-28 The bridge is open. Share this!\n\nAgency reporting."
    article = article_of(
        text,
        passages=[
            ("date 2020-02-28", PassageKind.DATE),
            ("Share this!", PassageKind.BOILERPLATE),
            ("Agency reporting.", PassageKind.CREDIT),
        ],
    )
    assert blocks_of(Document(article)) == [
        ("date 2020-02-28", LineKind.BYLINE, False),
        ("The bridge is open.", LineKind.BODY, False),
        ("Share this!", LineKind.BOILERPLATE, False),
        ("Agency reporting.", LineKind.CREDIT, True),
    ]


def test_the_headline_stands_above_the_text_and_not_in_it(article_of: Make) -> None:
    article = article_of(
        "Bridge opens\n\nThe mayor came.",
        title="Bridge opens",
        passages=[("Bridge opens", PassageKind.TITLE)],
    )
    assert [words for words, _, _ in blocks_of(Document(article))] == ["The mayor came."]


def test_neighbouring_boilerplate_is_one_fold(article_of: Make) -> None:
    article = article_of(
        "Body.\n\nShare:\n\nSubscribe now\n\nBody again.\n\nTail",
        passages=[(words, PassageKind.BOILERPLATE) for words in ("Share:", "Subscribe now", "Tail")],
    )
    document = Document(article)
    assert [document.text[fold.start : fold.end] for fold in document.folds] == [
        "Share:\n\nSubscribe now",
        "Tail",
    ]
    assert document.fold_at(article.text.index("Subscribe")) == document.folds[0]
    assert document.fold_at(0) is None


def test_the_length_of_a_source_line_is_counted_in_cells(article_of: Make) -> None:
    blocks = blocks_of(Document(article_of(f"頭\n\n{'漢' * 60}\n{'字' * 60}")))
    assert [blank_before for _, _, blank_before in blocks] == [False, True, True]


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_sections_tile_the_text_and_cut_it_at_line_ends(article_of: Make, separator: str) -> None:
    text = separator.join(f"Paragraph {number} of a long article." for number in range(3000))
    document = Document(article_of(text))
    bounds = [document.bounds(section) for section in range(document.sections)]
    assert document.sections > 5
    assert "".join(text[start:end] for start, end in bounds) == text
    assert all(end - start < 3 * SECTION for start, end in bounds)
    assert all(text[start - 1] == "\n" for start, _ in bounds[1:])
    assert [words for words, _, _ in blocks_of(document)] == [line for line in text.split("\n") if line]
    assert all(blank_before for _, _, blank_before in blocks_of(document)[1:])


def test_one_endless_line_is_cut_after_sentences(article_of: Make) -> None:
    text = "The mayor opened the new bridge. " * 3000
    document = Document(article_of(text))
    assert document.sections > 5
    assert all(text[start - 2 : start] == ". " for start in document.starts[1:])
    assert not any(blank_before for _, _, blank_before in blocks_of(document)[1:])


def test_an_endless_line_without_spaces_is_cut_between_graphemes(article_of: Make) -> None:
    text = "漢e\u0301👨‍👩‍👧字" * 12000
    document = Document(article_of(text))
    assert document.sections > 5
    assert all(text[start] in "漢字e" and text[start - 1] in "漢字e" for start in document.starts[1:])


def test_a_paragraph_over_several_lines_is_one_line_at_the_same_offsets(article_of: Make) -> None:
    text = "The mayor opened\n    the new bridge\n2021 was its year.\n\nThe end."
    paragraph = text.partition("\n\n")[0]
    document = Document(article_of(text, passages=[(paragraph, PassageKind.BODY)]))
    assert len(document.text) == len(text)
    first, second = blocks_of(document)
    assert first[0].replace(NO_WIDTH, "") == "The mayor opened the new bridge 2021 was its year."
    assert second[0] == "The end."
    quote = quote_at(document, text.index("bridge"), folded=True)
    assert quote is not None
    assert quote.text == "The mayor opened the new bridge 2021 was its year."


def test_a_run_of_hundreds_of_lines_is_no_paragraph(article_of: Make) -> None:
    text = "\n".join(f"line {number}" for number in range(300))
    document = Document(article_of(text, passages=[(text, PassageKind.BODY)]))
    assert document.text == text


def test_what_is_unseen_has_no_width(article_of: Make) -> None:
    text = "See [the bridge](https://x.example) now.\n\n![x](y.png)\n\nThe end."
    unseen = (Span(4, 5), Span(15, 35), Span(42, 53))
    document = Document(replace(article_of(text), unseen=unseen))
    assert [block[0].replace(NO_WIDTH, "") for block in blocks_of(document)] == [
        "See the bridge now.",
        "The end.",
    ]


MENU = "\n".join(f"Section {number}" for number in range(12))


def test_a_headline_below_a_menu_stands_above_the_text_and_parts_no_fold(article_of: Make) -> None:
    text = f"{MENU}\n\n“Bridge opens”\n\nShare this\n\nThe mayor came."
    marked = [(MENU, PassageKind.BOILERPLATE), ("“Bridge opens”", PassageKind.TITLE)]
    article = article_of(
        text, title="Bridge opens", passages=[*marked, ("Share this", PassageKind.BOILERPLATE)]
    )
    document = Document(article)
    at = text.index("Bridge")
    assert document.title_span == Span(at - 1, at + len("Bridge opens") + 1)
    assert "“Bridge opens”" not in [words for words, _, _ in blocks_of(document)]
    (fold,) = document.folds
    assert (fold.start, fold.end) == (0, text.index("\n\nThe mayor"))
    assert document.lines_with_text(*fold) == 13
    assert document.fold_at(at) is None and document.fold_at(text.index("Share")) == fold
    assert document.length == (5, 1)


def test_only_the_headline_itself_is_left_out_of_a_passage_that_holds_more(article_of: Make) -> None:
    words = "“Bridge” opens!\nAnn Lee\n, @annlee"
    article = article_of(
        f"{words}\n\nThe mayor came.", title="“Bridge” opens!", passages=[(words, PassageKind.TITLE)]
    )
    assert [(line, kind) for line, kind, _ in blocks_of(Document(article))] == [
        ("Ann Lee , @annlee", LineKind.BYLINE),
        ("The mayor came.", LineKind.BODY),
    ]


def test_a_title_of_other_words_hides_nothing_of_the_text(article_of: Make) -> None:
    article = article_of("Bridge opens\n\nThe mayor came.", passages=[("Bridge opens", PassageKind.TITLE)])
    document = Document(article)
    assert document.title_span is None
    assert blocks_of(document)[0][:2] == ("Bridge opens", LineKind.TITLE)


@pytest.mark.parametrize(
    ("text", "inferred", "left"),
    [
        ("Bridge opens\nThe mayor came.", False, ["The mayor came."]),
        ("Bridge\nopens\n\nThe mayor came.", False, ["The mayor came."]),
        ("Bridge opens and the mayor came.", False, ["Bridge opens and the mayor came."]),
        ("The Bridge opens\nSo it is.", False, ["The Bridge opens So it is."]),
        ("Bridge opens\nThe mayor came.", True, ["Bridge opens The mayor came."]),
    ],
)
def test_a_headline_that_is_no_passage_of_its_own_is_known_by_its_lines(
    article_of: Make, text: str, inferred: bool, left: list[str]
) -> None:
    body = [(paragraph, PassageKind.BODY) for paragraph in text.split("\n\n")]
    article = article_of(text, title="Bridge opens", inferred=inferred, passages=body)
    assert [words.replace(NO_WIDTH, "") for words, _, _ in blocks_of(Document(article))] == left


@pytest.mark.parametrize(
    ("line", "kind", "author", "hidden"),
    [
        ("date 2020-02-28", PassageKind.DATE, None, True),
        ("Published on Friday, February 28, 2020 at 10:27 am EST", PassageKind.DATE, None, True),
        ("Veröffentlicht: Freitag, 28. Februar 2020", PassageKind.DATE, None, True),
        ("2020年2月28日 星期五 10時30分", PassageKind.DATE, None, True),
        ("Ann Lee Friday, February 28, 2020", PassageKind.DATE, None, False),
        ("Ann Lee Friday, February 28, 2020", PassageKind.DATE, "Ann Lee", True),
        ("Posted by Ann Lee on February 28, 2020", PassageKind.DATE, "Bo Roe", False),
        ("By ANN LEE", PassageKind.BYLINE, "Ann Lee", True),
        ("By Ann Lee", PassageKind.BYLINE, None, False),
        ("By Ann Lee and Bo Roe", PassageKind.BYLINE, "Ann Lee", False),
        ("By Ann Lee, our correspondent", PassageKind.BYLINE, "Ann Lee", False),
        ("By Ann Lee 3 comments", PassageKind.BYLINE, "Ann Lee", False),
    ],
)
def test_a_date_or_byline_is_left_out_only_where_the_header_shows_all_of_it(
    article_of: Make, line: str, kind: PassageKind, author: str | None, hidden: bool
) -> None:
    article = replace(article_of(f"{line}\n\nThe mayor came.", passages=[(line, kind)]), author=author)
    document = Document(article)
    block = document.blocks(0)[0]
    assert (document.is_hidden(block), document.is_left_out(2)) == (hidden, hidden)
    quote = quote_at(document, 0, folded=True)
    assert quote is not None and quote.text == ("The mayor came." if hidden else line)
    undated = Document(replace(article, date=None))
    assert not undated.is_hidden(undated.blocks(0)[0]) or kind is PassageKind.BYLINE
