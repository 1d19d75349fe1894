"""What stands between the headline of a page and its prose: who, when, a standfirst, another headline."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread_index.extract.segmentation import segment

PARAGRAPHS = (
    "The ferry across the Arle will run for another year, the council of Harlow said on Monday by nine votes"
    " to four.\nFares will rise by a tenth, and the last boat will leave at nine instead of eleven, officials"
    " of the ferry said before the vote in the town hall.\n"
)
SITE = "Menu\nLogin\nHome\nWorld\nEurope\nAsia\nPolitics\nMarkets\nOpinion\nLetters\nBooks\nFilm\nSport"


def test_the_headline_that_a_text_has_is_no_body_where_another_title_is_known() -> None:
    text = f"Council keeps ferry\nMarch 5, 2021\nBy Jane Moss\n\n{PARAGRAPHS}"
    found = segment(text, known_title="Boats of the Arle are safe, officials say")
    assert [kind for _, kind in found.seen] == ["boilerplate", "date", "byline", "body", "body"]
    assert (found.date, found.author) == (dt.date(2021, 3, 5), "Jane Moss")
    page = segment(f"{SITE}\n{text}Share", known_title="Boats of the Arle are safe, officials say")
    assert dict(page.seen)["Council keeps ferry"] == "boilerplate"
    assert (page.date, page.author) == (dt.date(2021, 3, 5), "Jane Moss")


def test_a_first_line_that_may_be_prose_is_kept_where_another_title_is_known() -> None:
    found = segment(f"Nobody there expected it\n{PARAGRAPHS}", known_title="Boats of the Arle are safe")
    assert found.seen[-1][1] == "body"
    assert "title" not in {kind for _, kind in found.seen}


@pytest.mark.parametrize(
    ("lines", "author", "day"),
    [
        ("Jane Moss, @janemoss\nMarch 5, 2021", "Jane Moss", dt.date(2021, 3, 5)),
        ("Jane R. Moss Friday, March 5, 2021", "Jane R. Moss", dt.date(2021, 3, 5)),
        ("// By Jane Moss • Mar 5, 2021", "Jane Moss", dt.date(2021, 3, 5)),
        ("By JANE MOSS MARCH 5, 2021", "JANE MOSS", dt.date(2021, 3, 5)),
        ("By Jane MossMar 5, 2021 05:30am", "Jane Moss", dt.date(2021, 3, 5)),
        ("By Jane Moss, Published: March 5 at 11:52 amE-mail the writer", "Jane Moss", None),
        (
            "Author of the article:\nJane Moss\nPublishing date:\nMar 5, 2021",
            "Jane Moss",
            dt.date(2021, 3, 5),
        ),
    ],
)
def test_who_and_when_are_read_below_the_headline_of_a_page(
    lines: str, author: str, day: dt.date | None
) -> None:
    found = segment(f"{SITE}\nCouncil of Harlow keeps the ferry\n{lines}\n{PARAGRAPHS}Share")
    assert found.whole_page
    assert (found.author, found.date) == (author, day)


def test_who_and_when_are_read_below_a_standfirst() -> None:
    standfirst = "Officials call the vote a surprise after a long debate about the fares of the ferry."
    lines = f"{standfirst}\nShare\nSave\nPrint\nMail\nBy Jane Moss and Ann Roe\nMarch 5, 2021"
    found = segment(f"{SITE}\nCouncil of Harlow keeps the ferry\n{lines}\n{PARAGRAPHS}Share")
    assert (found.author, found.date) == ("Jane Moss and Ann Roe", dt.date(2021, 3, 5))


def test_a_standfirst_without_a_full_stop_is_read_with_the_article() -> None:
    standfirst = "Fares of the ferry will rise while the last boat will leave earlier"
    header = (
        f"Council of Harlow keeps its ferry going by nine votes\n{standfirst}\nBy Jane Moss\nMarch 5, 2021"
    )
    found = segment(f"{SITE}\n{header}\n{PARAGRAPHS}Share")
    assert dict(found.seen)[standfirst] == "body"


def test_a_label_in_the_menu_takes_nothing_from_below_the_headline() -> None:
    first = "A boat of the ferry as it crosses the Arle below the town hall of Harlow, said to be the last"
    text = f"{SITE}\nMost read\nCouncil of Harlow keeps the ferry\nBy Jane Moss\n{first}\n{PARAGRAPHS}Share"
    assert dict(segment(text).seen)[first] == "body"


def test_a_page_name_that_holds_the_headline_is_not_the_headline() -> None:
    text = (
        f"{SITE}\nHarlow|Council keeps the old ferry\nCouncil keeps the old ferry\nBy Jane Moss\n{PARAGRAPHS}"
    )
    assert segment(text + "Share").title == "Council keeps the old ferry"


def seen(between: str) -> dict[str, str]:
    """The kinds of the lines of a page with others between two paragraphs of its article."""
    first, second = PARAGRAPHS.splitlines()
    more = (
        "The council of Harlow will look at the fares of the ferry again before the end of the year, it said."
    )
    header = f"{SITE}\nCouncil of Harlow keeps its ferry\nBy Jane Moss"
    page = f"{header}\n{first}\n{second}\n{between}\n{more}\nShare"
    return {text: kind.value for text, kind in segment(page).seen}


def test_a_list_of_other_stories_goes_with_its_label() -> None:
    links = [
        "Old mill of Dale to become a school",
        "Ann Roe",
        "How to paint a boat in four days",
        "Fares of Dale",
    ]
    heading = "What comes next"
    kinds = seen("\n".join(["More On This Topic", *links, heading]))
    assert {kinds[line] for line in links} == {"boilerplate"}
    assert kinds[heading] == "body"


def test_the_label_of_an_advertisement_takes_nothing_along() -> None:
    points = [
        "In a long debate the council also said:",
        "Boats of wood will stay",
        "Night boats will not come back",
    ]
    kinds = seen("\n".join(["Advertisement", *points]))
    assert kinds["Advertisement"] == "boilerplate"
    assert {kinds[line] for line in points} == {"body"}


def test_a_picture_has_its_label_caption_and_source() -> None:
    caption = "The old ferry of Harlow in the summer before it was painted"
    sources = "The pier of Harlow.CreditAnn Roe for The Harlow Times\nAnn Roe/Quayside/Getty Images"
    kinds = seen(f"Image\n{caption}\n{sources}")
    assert kinds["Image"] == "boilerplate"
    assert [kind for text, kind in kinds.items() if "Ann Roe" in text or text == caption] == ["credit"] * 3


def test_code_amid_an_article_does_not_end_it() -> None:
    code = "\n".join(["{", '"ferry"', ":", "[", '"Arle"', ",", "{", "}", "]", "}", "fares = {}"] * 30)
    more = "\n".join(
        f"Line {n} of the timetable of the ferry says when boats leave Harlow, and which of them stop."
        for n in ("one", "two", "three", "four", "five", "six")
    )
    page = f"{SITE}\nCouncil of Harlow keeps its ferry\nBy Jane Moss\n{PARAGRAPHS}{code}\n{more}\nShare"
    kinds = {text: kind.value for text, kind in segment(page).seen}
    assert {kinds[line] for line in (*PARAGRAPHS.splitlines(), *more.splitlines())} == {"body"}


def test_of_two_days_above_the_headline_the_nearer_one_counts() -> None:
    issue = "March 1, 2021\nPolitics / March 5, 2021\nFerry on the Arle to run another year"
    assert segment(f"{SITE}\n{issue}\n{PARAGRAPHS}Share\n").date == dt.date(2021, 3, 5)
    updated = "March 5, 2021 - 16.03\nAkt.: March 6, 2021 - 21.18\nFerry on the Arle to run another year"
    assert segment(f"{SITE}\n{updated}\n{PARAGRAPHS}Share\n").date == dt.date(2021, 3, 5)
