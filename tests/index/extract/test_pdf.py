"""PDF: lines from places, running heads apart, sentences over page ends, the headline of the largest type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.extract.formats.pdf.layout import laid_out
from seedread_index.extract.formats.pdf.lines import Line, Page, _Open
from seedread_index.model.article import Article, PassageKind

Read = Callable[..., FileReading]
One = Callable[..., Article]
Placed = tuple[float, float, float, str]
HEAD = "Harbour Office Quarterly 12"


def pdf(*pages: list[Placed], **information: str) -> bytes:
    """A PDF of lines as (x, y, size, text); a size below zero is in bold type."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = (
        "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        " /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >>"
    )
    kids = []
    for page in pages:
        shown = " ".join(
            f"BT /F{1 + (size < 0)} {abs(size)} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"
            for x, y, size, text in page
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            f" /Resources << /Font {fonts} >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append("<< " + " ".join(f"/{key} ({value})" for key, value in information.items()) + " >>")
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1}"
        f" /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def lines(*texts: str, top: float = 700, size: float = 11) -> list[Placed]:
    return [(72, top - 14 * n, size, text) for n, text in enumerate(texts)]


BODY = (
    "Nine divers have replaced forty timber piles below the eastern quay, the office said.",
    "The work took three weeks longer than planned because the tide left only two hours.",
    "Councillors vote in April.",
)


def body_of(article: Article) -> list[str]:
    return [article.text[p.start : p.end] for p in article.of_kind(PassageKind.BODY)]


def test_the_lines_of_a_paragraph_are_joined(article: One) -> None:
    found = article(pdf(lines(*BODY, top=700) + lines("Another paragraph begins here.", top=640)), "a.pdf")
    assert body_of(found) == [" ".join(BODY), "Another paragraph begins here."]


def test_words_placed_one_by_one_are_a_line(article: One) -> None:
    words = ["Divers", "mend", "the", "quay", "below", "the", "pier"]
    placed = [(72 + 60.0 * n, 700.0, 18, word) for n, word in enumerate(words)]
    assert article(pdf([*placed, *lines(*BODY, top=660)]), "a.pdf").title == " ".join(words)


def test_a_headline_of_several_lines_is_one(article: One) -> None:
    head: list[Placed] = [
        (72, 780, 11, "PRESS RELEASE"),
        (72, 750, 20, "Major repairs needed to keep"),
        (72, 726, 20, "the island ferry running"),
    ]
    found = article(
        pdf([*head, *lines("Quay Street, 3 March 2025 - " + BODY[0], *BODY[1:])], Title="PowerPoint"), "a.pdf"
    )
    assert found.title == "Major repairs needed to keep the island ferry running"
    assert not found.title_inferred
    assert (str(found.date), found.date_from) == ("2025-03-03", "text")


def test_a_headline_in_bold_type_of_the_same_size(article: One) -> None:
    head: list[Placed] = [(72, 740, -11, "Divers mend the old quay")]
    assert article(pdf(head + lines(*BODY)), "a.pdf").title == "Divers mend the old quay"


@pytest.mark.parametrize("title", ["release_final-2.docx", "Microsoft Word - a", "Council minutes of May"])
def test_a_title_that_does_not_stand_on_the_page_is_not_believed(article: One, title: str) -> None:
    assert article(pdf(lines(*BODY), Title=title), "a.pdf").title_inferred


def test_a_title_that_stands_on_the_page_is_believed(article: One) -> None:
    page = lines("Divers mend the quay", top=730) + lines(*BODY)
    assert article(pdf(page, Title="Divers mend the quay"), "a.pdf").title == "Divers mend the quay"


def test_the_day_of_making_counts_only_where_there_is_no_other(article: One) -> None:
    made = "D:20250213101500Z"
    dated = lines("November 27, 2024", top=730) + lines(*BODY)
    assert str(article(pdf(dated, CreationDate=made), "a.pdf").date) == "2024-11-27"
    found = article(pdf(lines(*BODY), CreationDate=made), "a.pdf")
    assert (str(found.date), found.date_from) == ("2025-02-13", "metadata")


def test_running_heads_are_apart_and_sentences_run_over_pages(article: One) -> None:
    texts = (
        ("Nine divers have replaced forty piles below the eastern quay, the office said, because the crane",),
        ("stopped twice before the last boat was unloaded. The fish that nobody wanted had to be thrown",),
        ("away in the evening. Councillors vote in April.",),
    )
    pages = [
        [(72, 800, 9, HEAD), *lines(*text), (290, 40, 9, str(number))] for number, text in enumerate(texts, 1)
    ]
    found = article(pdf(*pages), "a.pdf")
    (body,) = body_of(found)
    assert "the crane stopped twice" in body and "thrown away" in body
    assert "Quarterly" not in body
    assert HEAD in found.text


def test_a_line_that_comes_again_inside_pages_is_body(article: One) -> None:
    page = [
        *lines("One came.", "Two left the quay at noon.", "They said so.", "It is true, he said."),
        *lines("A chorus line.", top=620),
        *lines("More words.", "And more of them.", "Yet more.", "End.", top=580),
    ]
    assert article(pdf(page, page, page), "a.pdf").text.count("A chorus line.") == 3


def test_words_parted_at_the_end_of_a_line(article: One) -> None:
    page = lines(
        "The council of the harbour has agreed on new rules for the night fer-",
        "ries and a non-",
        "profit office. A non-profit is new.",
    )
    text = article(pdf(page), "a.pdf").text
    assert "night ferries" in text
    assert "a non-profit office" in text


def test_a_page_without_letters_is_told_what_to_do(read: Read) -> None:
    assert "ocrmypdf" in read(pdf([]), "a.pdf").reason


def test_a_damaged_file_is_broken(read: Read) -> None:
    assert "damaged" in read(b"%PDF-1.4\n rubbish", "a.pdf").reason


def test_the_lines_that_say_the_title_of_the_metadata_are_the_headline(article: One) -> None:
    head: list[Placed] = [(72, 780, 16, "Nine Piles"), (72, 740, 22, "The Quay Street Harbour Blog")]
    found = article(pdf([*head, *lines(*BODY)], Title="Nine Piles"), "a.pdf")
    assert found.title == "Nine Piles"


def test_a_page_printed_by_a_browser_has_its_title_above_it_and_is_not_dated_by_the_printing(
    article: One,
) -> None:
    head: list[Placed] = [(72, 780, 16, "Nine Piles"), (72, 740, 20, "The Quay Street Harbour Blog")]
    pages: list[list[Placed]] = [
        [
            (30, 820, 8, "7/27/2024 Nine Piles"),
            *(head if number == 1 else []),
            *lines(*(f"{line} So said {name}." for line in BODY * 2)),
            (30, 20, 8, f"https://quay.example/piles {number}/3"),
        ]
        for number, name in enumerate(("Ana Reyes", "Tom Hale", "the mayor"), 1)
    ]
    found = article(pdf(*pages), "a.pdf")
    assert (found.title, found.date) == ("Nine Piles", None)


def test_a_headline_ends_where_lines_stand_apart_and_before_a_section(article: One) -> None:
    head: list[Placed] = [
        (72, 800, 16, "Flood works below the quay"),
        (72, 782, 16, "to begin in the spring"),
        (72, 750, 16, "Answer of the harbour office"),
        (72, 732, 16, "1. Our interest in the works"),
    ]
    assert (
        article(pdf([*head, *lines(*BODY)]), "a.pdf").title
        == "Flood works below the quay to begin in the spring"
    )


def test_a_day_a_number_and_a_page_reference_are_no_headline(article: One) -> None:
    head: list[Placed] = [
        (72, 810, 30, "53 11 34 77,1 18"),
        (72, 770, 22, "Wednesday, 15 May 7:30 PM"),
        (72, 745, 20, "See pages 8, 9 and 12"),
        (72, 720, 15, "Introduction to the new hot spots"),
    ]
    assert article(pdf([*head, *lines(*BODY)]), "a.pdf").title == "Introduction to the new hot spots"


def test_a_name_far_larger_than_any_other_line_is_the_title_of_a_newsletter(article: One) -> None:
    head: list[Placed] = [(72, 780, 44, "The Quayman"), (72, 720, 13, "This month in the harbour office")]
    assert article(pdf([*head, *lines(*BODY)]), "a.pdf").title == "The Quayman"


def test_a_headline_that_later_pages_repeat_small_is_kept(article: One) -> None:
    small: list[Placed] = [(72, 800, 9, "Divers mend the old quay")]
    first: list[Placed] = [(72, 800, 18, "Divers mend the old quay"), *lines(*BODY)]
    found = article(pdf(first, *[[*small, *lines(*BODY)] for _ in range(3)]), "a.pdf")
    assert (found.title, found.title_inferred) == ("Divers mend the old quay", False)


def test_lines_of_the_left_column_are_joined_before_a_capital(article: One) -> None:
    left = [
        "The harbour office has asked",
        "Ana Reyes to mend the piles of",
        "Quay Street before the winter",
        "storms.",
    ]
    right = [
        "The council will vote on the",
        "matter in April, it was said",
        "on Tuesday by the mayor of",
        "the town.",
    ]
    page = lines(*left) + [(320, y, size, text) for _, y, size, text in lines(*right)]
    assert body_of(article(pdf(page), "a.pdf"))[0] == " ".join(left)


def test_letters_that_are_spaced_out_are_words(article: One) -> None:
    x, spaced = 72.0, []
    for letter in "The harbour office writes to you":
        if letter != " ":
            spaced.append((x, 780.0, 8.0, letter))
        x += 8.5 if letter == " " else 6.3
    assert "The harbour office writes to you" in article(pdf([*spaced, *lines(*BODY)]), "a.pdf").text


def test_a_mark_drawn_on_its_own_stands_at_its_word(article: One) -> None:
    shown: list[Placed] = [(72, 650, 11, "It"), (78.8, 650, 11, "'"), (81.2, 650, 11, "s low tide")]
    assert "It’s low tide" in article(pdf([*lines(*BODY), *shown]), "a.pdf").text.replace("'", "’")


def test_a_sentence_runs_on_past_a_note_at_the_end_of_a_page(article: One) -> None:
    open_end = "The divers found that the timber below the water had been eaten by"
    note: list[Placed] = [(72, 120, 8, "2 See the report of the harbour office.")]
    runs_on = "worms for more than twenty years, the report of the office says."
    found = article(pdf([*lines(*BODY), *lines(open_end, top=640), *note], lines(runs_on)), "a.pdf")
    assert f"{open_end} {runs_on}" in found.text


def test_a_day_of_saving_in_the_running_heads_is_not_the_date(article: One) -> None:
    foot: list[Placed] = [(72, 20, 8, "Saved on: 9/10/2013 8:54 AM")]
    assert article(pdf(*[[*lines(*BODY), *foot] for _ in range(3)]), "a.pdf").date is None


def test_a_line_of_publishing_dates_a_report_wherever_its_headline_stands(article: One) -> None:
    table = lines("Date of reporting 14 October 2023", "Date of publication 15 October 2023", top=790)
    page = [*table, *lines(*BODY), (72, 500, 20, "The piles of the quay are eaten")]
    found = article(pdf(page, CreationDate="D:20240101"), "a.pdf")
    assert (found.date, found.date_from) == (dt.date(2023, 10, 15), "text")


def test_a_dateline_may_end_in_a_full_stop(article: One) -> None:
    head: list[Placed] = [(72, 750, 20, "Town drivers tired of looking for a place")]
    text = lines("Porto, 8 March 2018. " + BODY[0], *BODY[1:])
    assert article(pdf([*head, *text], CreationDate="D:20240101"), "a.pdf").date == dt.date(2018, 3, 8)


def test_a_lam_with_an_alef_in_one_letter_is_read_in_order() -> None:
    line = _Open()
    for letter, left, right in (("ا", 20.0, 24.0), ("إ", 12.0, 19.0), ("ل", 12.0, 19.0), ("ن", 8.0, 12.0)):
        line.add(letter, SimpleNamespace(left=left, right=right, bottom=700.0, top=710.0), 1)
    assert "".join(line.text) == "الإن"


def test_pages_whose_letters_are_known_are_read_though_others_are_not(read: Read) -> None:
    lost: list[Placed] = [(72, 700 - 14 * n, 11, "\x05\x04\x06\x05\x04\x06\x07\x05\x04") for n in range(8)]
    found = read(pdf(lines(*BODY), lost), "a.pdf")
    assert len(found.articles) == 1
    assert "has 1 pages whose letters cannot be decoded" in found.reason


def test_a_line_drawn_again_for_a_shadow_is_one(article: One) -> None:
    twice: list[Placed] = [
        (72, 780, 20, "Annual report of the quay"),
        (73, 779, 20, "Annual report of the quay"),
    ]
    assert article(pdf([*twice, *lines(*BODY)]), "a.pdf").title == "Annual report of the quay"
    begun: list[Placed] = [(72, 780, 20, "Annual report"), (72, 780, 20, "Annual report of the quay")]
    assert article(pdf([*begun, *lines(*BODY)]), "a.pdf").title == "Annual report of the quay"


def test_running_heads_with_roman_page_numbers_are_apart(article: One) -> None:
    pages = [
        [
            *lines(*(f"{line} So said {name}." for line in BODY * 2)),
            (72, 20, 8, f"Harbour report of spring {number}"),
        ]
        for name, number in (
            ("Ana Reyes", "iv"),
            ("Tom Hale", "v"),
            ("the mayor", "vi"),
            ("the clerk", "vii"),
        )
    ]
    assert "Harbour report" not in " ".join(body_of(article(pdf(*pages), "a.pdf")))


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    said = [
        Line(text, 72, 520, 700 - 14 * n, 11, False)
        for n, text in enumerate(("港口办公室周", "二说码头修好了。"))
    ]
    name = Line("港口办公室年度报告", 72, 300, 780, 24, False)
    layout = laid_out([Page([name, *said], 842)])
    assert layout.headline == "港口办公室年度报告"
    assert "港口办公室周二说码头修好了。" in layout.text


def test_the_name_of_a_firm_above_a_headline_of_its_size_is_none(article: One) -> None:
    head: list[Placed] = [
        (72, 790, 20, "Harbour Crane Works Ltd."),
        (72, 730, 20, "Nine piles are to be replaced"),
    ]
    assert article(pdf([*head, *lines(*BODY)]), "a.pdf").title == "Nine piles are to be replaced"
    assert article(pdf([head[0], *lines(*BODY)]), "a.pdf").title == "Harbour Crane Works Ltd."


def test_the_title_behind_a_cover_without_text_is_found(article: One) -> None:
    head: list[Placed] = [(72, 780, 20, "Nine piles of the quay")]
    found = article(pdf([], [], [*head, *lines(*BODY)]), "a.pdf")
    assert (found.title, found.title_inferred) == ("Nine piles of the quay", False)
    imprint: list[Placed] = [(72, 780, 20, "Buy a copy of the Quay Reports here"), *lines(*BODY)]
    assert article(pdf([], imprint, Title="Quay Reports"), "a.pdf").title == "Quay Reports"


def test_a_notice_of_several_sentences_in_large_type_is_no_headline(article: One) -> None:
    notice = [
        (72, 780, 16, "This version of the report on piles is licensed to all who work"),
        (72, 760, 16, "at the quay. This license permits them to copy it. Ask the office."),
        (72, 720, 16, "For more on the license see https://quay.example/license"),
    ]
    found = article(pdf([*notice, *lines(*BODY)], Title="Report on Piles"), "a.pdf")
    assert (found.title, found.title_inferred) == ("Report on Piles", False)


def long_page(name: str, *others: Placed) -> list[Placed]:
    """A page of prose that says a name, and other lines."""
    return [*others, *lines(*(f"{line} So said {name}." for line in BODY * 2))]


def test_running_heads_that_take_turns_are_apart(article: One) -> None:
    pages = [
        long_page("Ana Reyes", (72, 800, 8, "4 March 2025   11")),
        long_page("Tom Hale", (440, 800, 8, "12   Black Sea Courier")),
        long_page("the mayor", (72, 800, 8, "4 March 2025   13")),
    ]
    found = article(pdf(*pages, CreationDate="D:20261129"), "a.pdf")
    assert "Courier" not in " ".join(body_of(found)) and "March" not in " ".join(body_of(found))
    assert (found.date, found.date_from) == (dt.date(2025, 3, 4), "text")


def test_small_type_far_above_the_text_of_two_pages_is_a_running_head(article: One) -> None:
    pages = [
        long_page("Ana Reyes"),
        long_page("Tom Hale", (72, 800, 8, "Black Sea Courier")),
        long_page("the mayor", (400, 800, 8, "Tuesday, 4 March 2025")),
    ]
    found = article(pdf(*pages), "a.pdf")
    assert "Courier" not in " ".join(body_of(found)) and "March" not in " ".join(body_of(found))


def test_numbered_lines_at_different_heights_are_text(article: One) -> None:
    pages = [
        long_page("Ana Reyes", (72, 800, 8, "1 boat left")),
        long_page("Tom", (72, 780, 8, "2 boats left")),
    ]
    text = article(pdf(*pages), "a.pdf").text
    assert text.index("1 boat left") < text.index("2 boats left") < text.index("So said Tom")


def test_a_sentence_runs_on_before_a_capital_over_a_page_end(article: One) -> None:
    cut = "The work took three weeks longer than planned, said a woman from the office of the mayor of"
    first = [
        *lines(*BODY),
        *lines("Nobody had expected that the tide would be so high for so long here.", cut, top=640),
    ]
    found = article(
        pdf(first, lines("Northgate, which lies behind the piles. Councillors vote in April.")), "a.pdf"
    )
    assert f"{cut} Northgate, which" in found.text


def test_a_heading_at_the_end_of_a_page_does_not_run_on(article: One) -> None:
    found = article(pdf([*lines(*BODY), *lines("What the mayor wants", top=640)], lines(*BODY)), "a.pdf")
    assert "What the mayor wants" in body_of(found)


@pytest.mark.parametrize("place", [0, 5], ids=["before", "after"])
def test_a_large_initial_belongs_to_its_word(article: One, place: int) -> None:
    text: list[Placed] = [
        (
            102,
            710,
            11,
            "fter years of work the bridge over the river was opened on Monday, the office said in",
        ),
        (102, 696, 11, "the morning. Another one is planned."),
        *lines(*BODY, top=670),
    ]
    text.insert(place, (72, 696, 40, "A"))
    assert body_of(article(pdf([(72, 760, 20, "A bridge opens here"), *text]), "a.pdf"))[0].startswith(
        "After years"
    )


def test_a_large_initial_that_is_a_word_stays_one(article: One) -> None:
    text: list[Placed] = [
        (72, 696, 40, "A"),
        (102, 710, 11, "bridge over the river was opened on Monday, the office said in the early"),
        (102, 696, 11, "morning. Another bridge is planned."),
    ]
    found = article(pdf([(72, 760, 20, "Quay opens here"), *text, *lines(*BODY, top=670)]), "a.pdf")
    assert body_of(found)[0].startswith("A bridge over")


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other(article: One) -> None:
    left = [
        "The harbour office has asked for",
        "help to mend the old timber piles",
        "of Quay Street before the winter",
        "storms reach the coast, as it said",
        "in a letter to the town council on",
        "Monday in the early morning.",
    ]
    right = [
        "The council will vote on the matter",
        "in April, it was said on Tuesday by",
        "the mayor of the town, who wants to",
        "spare the fishermen of the harbour",
        "the noise of the compressors during",
        "the nights of the coming season.",
    ]
    rows = [
        (x, 700.0 - 14 * n, 11.0, text)
        for n, row in enumerate(zip(left, right, strict=True))
        for x, text in zip((72, 300), row, strict=True)
    ]
    text = article(pdf([(72, 760, 20, "Divers mend the old quay"), *rows]), "a.pdf").text
    assert " ".join(left) in text and " ".join(right) in text


def test_rows_of_a_table_stay_rows(article: One) -> None:
    rows = [
        (x, 600.0 - 14 * n, 11.0, text)
        for n in range(6)
        for x, text in ((72, f"Pier {n}"), (300, f"closed {n} days"))
    ]
    assert "Pier 2 closed 2 days" in article(pdf([*lines(*BODY), *rows]), "a.pdf").text


@pytest.mark.parametrize(
    ("made", "day"), [("20250403", "2025-04-03"), ("20250304", "2025-03-04"), ("20261129", None)]
)
def test_the_day_of_making_may_decide_but_not_contradict_an_unclear_date(
    article: One, made: str, day: str | None
) -> None:
    page = [
        (72, 760, 20, "Divers mend the old quay"),
        (72, 735, 9, "By Ana Reyes"),
        (72, 722, 9, "04/03/2025 14:20"),
    ]
    found = article(pdf([*page, *lines(*BODY)], CreationDate=f"D:{made}"), "a.pdf")
    assert (found.date and str(found.date)) == day


def test_the_foot_of_the_only_page_says_when_it_was_printed_in_a_paper(article: One) -> None:
    page: list[Placed] = [(72, 760, 20, "Divers mend the old quay"), *lines(*BODY)]
    foot: Placed = (72, 60, 8, "Northgate Courier, 4 March 2025, page 3")
    found = article(pdf([*page, foot], CreationDate="D:20261129"), "a.pdf")
    assert (str(found.date), found.date_from) == ("2025-03-04", "text")
    assert "Courier" not in " ".join(body_of(found))


@pytest.mark.parametrize(("made", "day"), [("20250310", "2025-03-10"), ("20261129", None)])
def test_the_day_of_making_is_not_of_another_month_than_the_issue(
    article: One, made: str, day: str | None
) -> None:
    page = [
        (72, 800, 9, "Vol. 12, No. 3, March 2025"),
        (72, 760, 20, "Divers mend the old quay"),
        *lines(*BODY),
    ]
    found = article(pdf(page, CreationDate=f"D:{made}"), "a.pdf")
    assert (found.date and str(found.date)) == day


def test_the_paper_beside_a_date_is_no_author(article: One) -> None:
    page = [
        (72, 800, 9, "Northgate Courier | Thursday, March 6, 2025 | A1"),
        (72, 760, 20, "Divers mend the quay"),
    ]
    found = article(pdf([*page, *lines(*BODY)]), "a.pdf")
    assert (found.author, str(found.date)) == (None, "2025-03-06")


ADDRESS = "https://harbour.example/quay/piles"


@pytest.mark.parametrize(
    "margins",
    [
        ["1/25/24, 10:12 AM", "Quay is mended - Harbour", ADDRESS, "1/1"],
        ["Quay is mended - Harbour", ADDRESS, "1 of 1", "1/25/2024, 10:12 AM"],
        ["Quay is mended - Harbour", "25.01.24, 10:12", ADDRESS, "Page 1 of 1"],
    ],
    ids=["Chrome", "Firefox", "Safari"],
)
def test_a_page_that_a_browser_printed(article: One, margins: list[str]) -> None:
    places = ((25, 820), (350, 820), (25, 15), (480, 15))
    page: list[Placed] = [(x, y, 7, text) for (x, y), text in zip(places, margins, strict=True)]
    page += [(72, 740, 20, "Quay is mended"), *lines(*BODY)]
    found = article(pdf(page, CreationDate="D:20240125101200Z"), "a.pdf")
    assert (found.title, found.date, found.source) == ("Quay is mended", None, "harbour.example")
    assert found.origin.url == ADDRESS
    assert "10:12" not in found.text
    assert ADDRESS not in found.text


def test_the_head_of_a_single_page_of_a_newspaper_gives_the_day(article: One) -> None:
    head: Placed = (72, 810, 8, "4  NEWS Tuesday, November 14, 2023 HARBOUR TIMES")
    page = [head, (72, 740, 20, "Quay is mended"), *lines(*BODY)]
    found = article(pdf(page, CreationDate="D:20240125101200Z"), "a.pdf")
    assert (found.title, str(found.date)) == ("Quay is mended", "2023-11-14")
    body = "".join(found.text[p.start : p.end] for p in found.of_kind(PassageKind.BODY))
    assert "HARBOUR TIMES" not in body
