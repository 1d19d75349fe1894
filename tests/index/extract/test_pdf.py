"""PDF: lines from places, running heads apart, sentences over page ends, the headline of the largest type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
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
