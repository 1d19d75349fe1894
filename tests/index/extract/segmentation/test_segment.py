"""Whole pages and extracted articles: what is the article, and what it says of itself."""

from __future__ import annotations

import datetime as dt

import pytest

from seedread_index.extract.inferred import opening
from seedread_index.extract.segmentation import Segmentation, Shape, blocks_of, segment
from seedread_index.extract.segmentation.header.below import split_headline
from seedread_index.extract.segmentation.likelihood import FEATURES, features

MENU = "\n".join(
    [
        "Menu",
        "Subscribe",
        "Login",
        "Home",
        "World",
        "Europe",
        "Asia",
        "Africa",
        "Politics",
        "Markets",
        "Companies",
        "Tech",
        "Science",
        "Climate",
        "Health",
        "Opinion",
        "Letters",
        "Culture",
        "Books",
        "Film",
        "Music",
        "Sport",
        "Travel",
        "Food",
        "Style",
        "Video",
        "Podcasts",
        "Weather",
    ]
)
LEAD = (
    "The ferry across the Arle will run for another year, the council said on Monday by nine votes to four."
)
MORE = (
    "Fares will rise by a tenth, and the last boat will leave at nine instead of eleven, officials of the"
    " ferry said. The captain was asked about the pier and said nothing before he went aboard.\n"
    "Passengers on the ferry told reporters that a bridge across the Arle would take ten years to build, and"
    " that the council had never asked them, although the boat is how they get to school and to work.\n"
)
FOOTER = (
    "Share\nTweet\nEmail\nMost read\nStorm tears off a church roof\nCat elected mayor of a village\n"
    "Contact\nAbout us"
)
PAGE = (
    f"{MENU}\nCouncil keeps the old ferry\nJane Moss in Harlow\n5 March 2021 14:20\n{LEAD}\n{MORE}{FOOTER}\n"
)


def kinds(text: str, shape: Shape | None = None, *, alone: bool = False) -> list[tuple[str, str]]:
    found = segment(text, shape=shape, alone=alone)
    return [(str(p.kind), text[p.start : p.end]) for p in found.passages]


def of_kind(text: str, kind: str) -> list[str]:
    return [passage for found, passage in kinds(text) if found == kind]


def article(*lines: str) -> str:
    return "\n".join(lines) + "\n"


class TestPages:
    def test_of_an_article_that_is_known_to_stand_alone_no_page_is_looked_for(self) -> None:
        code = "\n".join(f"boat {number}" for number in range(60))
        text = f"{LEAD}\n{MORE}{code}\n{LEAD.replace('ferry', 'tram')}\n{FOOTER}\n{code}\n"
        assert segment(text).whole_page
        assert not segment(text, alone=True).whole_page
        assert sum(kind == "body" for kind, _ in kinds(text)) < 60
        assert sum(kind == "body" for kind, _ in kinds(text, alone=True)) >= 60

    def test_a_count_of_comments_in_a_table_of_contents_does_not_end_the_page(self) -> None:
        contents = (
            "1. Will the old boat be sold to the island this year?\n"
            "2. Is there no money for a new pier in the town?\n"
            "3. Who is to pay for all of it in the end?\n20 comments\n"
        )
        page = PAGE.replace(LEAD, contents + LEAD)
        assert LEAD in of_kind(page, "body")
        assert MORE.splitlines()[-1] in of_kind(page, "body")

    def test_the_article_is_found_among_menus(self) -> None:
        assert of_kind(PAGE, "body") == [LEAD, *MORE.splitlines()]

    def test_its_headline_date_and_author_stand_above_it(self) -> None:
        found = segment(PAGE)
        assert found.title == "Council keeps the old ferry"
        assert found.date == dt.date(2021, 3, 5)
        assert found.author == "Jane Moss"

    def test_passages_cover_everything_in_order(self) -> None:
        covered = bytearray(len(PAGE))
        end = 0
        for passage in segment(PAGE).passages:
            assert passage.start >= end
            end = passage.end
            covered[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
        assert all(covered[i] for i, character in enumerate(PAGE) if not character.isspace())

    def test_readers_comments_are_no_part_of_it(self) -> None:
        comments = (
            "3 Comments\nGull says:\n"
            "This ferry is a disgrace, and everybody on the river knows it by now.\nReply\n"
        )
        text = PAGE.replace("Share\n", comments + "Share\n")
        assert not any("disgrace" in passage for passage in of_kind(text, "body"))

    def test_a_page_without_a_headline_has_none(self) -> None:
        text = PAGE.replace("Council keeps the old ferry\n", "").replace("Jane Moss in Harlow\n", "")
        assert segment(text).title is None


def links(*lines: str) -> list[str]:
    """What is boilerplate of an article with the lines in its middle."""
    return of_kind(article("Council keeps the old ferry", LEAD, *lines, *MORE.splitlines()), "boilerplate")


class TestInside:
    @pytest.mark.parametrize(
        "lines",
        [
            ("Read more", "Minister defends the ban on fishing in a heated session"),
            ("Czytaj więcej", "Do stolicy przyleciał już minister handlu, który ma rozmawiać o cenach..."),
            ("MORE: Why the bay matters to forty villages",),
            ("Lesen Sie auch: Reeder drohen mit Wegzug",),
            ("Saiba mais", "- Câmara aprova projeto da água", "- Bancada do Norte se reúne com ministro"),
            ("- MORE OTTERS", "- Six things to know about the Otters", "- Trade grades: How did they fare?"),
            ("- Who may follow Hale - October 10, 2020", "- Cinemas refuse to open - October 9, 2020"),
        ],
    )
    def test_links_to_other_stories_go_with_their_label(self, lines: tuple[str, ...]) -> None:
        assert links(*lines) == list(lines)

    def test_dashed_lines_of_a_list_stay(self) -> None:
        assert links("The council wants three things:", "- A boat at six", "- A boat at nine") == []

    def test_bullets_of_prose_stay(self) -> None:
        assert (
            links("• The boat came late on nine days of the month.", "• It never came on the tenth day.")
            == []
        )

    @pytest.mark.parametrize("line", ["Photo: AFP", "APA/Hans Tester", "© Kak", "Фото: Иван Петров, Вестник"])
    def test_pictures_have_credits(self, line: str) -> None:
        text = article("Council keeps the old ferry", LEAD, line, *MORE.splitlines())
        assert of_kind(text, "credit") == [line]

    def test_a_notice_to_log_in_begins_comments(self) -> None:
        comments = ("Sie müssen angemeldet sein um einen Kommentar zu schreiben", "Das sage ich schon lange!")
        text = article("Council keeps the old ferry", LEAD, *MORE.splitlines(), "----", *comments)
        assert of_kind(text, "boilerplate") == ["----", *comments]

    def test_tags_at_the_end(self) -> None:
        text = article("Council keeps the old ferry", LEAD, *MORE.splitlines(), "Tagged", "ferries", "rivers")
        assert of_kind(text, "boilerplate") == ["Tagged", "ferries", "rivers"]


def said(*above: str, below: tuple[str, ...] = ()) -> Segmentation:
    return segment(article(*above, LEAD, *MORE.splitlines(), *below))


class TestHeader:
    def test_a_short_headline_above_a_standfirst(self) -> None:
        found = said(
            "Transport",
            "Boats to nowhere",
            "Council agrees to keep the ferry by nine votes to four",
            "By Karim Novak",
        )
        assert found.title == "Boats to nowhere"
        assert found.author == "Karim Novak"

    def test_a_name_in_capitals_is_a_byline(self) -> None:
        found = said("THANDI MOKOENA")
        assert found.title is None
        assert found.author == "THANDI MOKOENA"

    @pytest.mark.parametrize("line", ["Andrea Schmitt", "– Marcia Dunn"])
    def test_a_name_alone_at_the_end_is_a_byline(self, line: str) -> None:
        assert said("Council keeps the old ferry", below=(line,)).author == line.strip("– ")

    def test_names_on_their_own_lines(self) -> None:
        found = said(
            "Council keeps the old ferry", "By", "Dana Brandt", "and", "Rami Khalil", "Published Nov 8, 2023"
        )
        assert found.author == "Dana Brandt, Rami Khalil"
        assert found.date == dt.date(2023, 11, 8)

    def test_a_caption_is_no_headline(self) -> None:
        found = said("Council keeps the ferry", "Captain Ramona Beckles. (Picture by J. Springer)")
        assert found.title == "Council keeps the ferry"

    def test_the_site_behind_a_headline_is_the_source(self) -> None:
        found = said("Council keeps the old ferry - The Kunene Herald")
        assert (found.title, found.source) == ("Council keeps the old ferry", "The Kunene Herald")

    def test_a_headline_below_the_lead(self) -> None:
        text = article(
            LEAD,
            "Council keeps the old ferry  - by Kara Smith",
            "April 21, 2022",
            "Article by",
            "Kara Smith",
            MORE,
        )
        found = segment(text)
        assert (found.title, found.author, found.date) == (
            "Council keeps the old ferry",
            "Kara Smith",
            dt.date(2022, 4, 21),
        )

    def test_a_repeat_with_other_quotes(self) -> None:
        text = article("Arle's ferry stays for a year", "Arle’s ferry stays for a year", LEAD, MORE)
        assert of_kind(text, "boilerplate") == ["Arle’s ferry stays for a year"]

    @pytest.mark.parametrize(
        ("line", "source"),
        [
            ("© 2022 The Harlow Observer. All Rights Reserved.", "The Harlow Observer"),
            ("Copyright @ 2026 Media Contoh. All Rights Reserved", "Media Contoh"),
            ("Harlow Ajansı © 2021", "Harlow Ajansı"),
            ("© 2021", None),
        ],
    )
    def test_sources_have_no_rights_and_years(self, line: str, source: str | None) -> None:
        assert said("Council keeps the old ferry", below=(line,)).source == source


def test_a_markdown_table_is_of_the_text_above_it() -> None:
    text = f"{LEAD}\n\n| Ship | Flag |\n|------|------|\n| Aurora | Malta |\n"
    assert {kind for kind, _ in kinds(text, shape=Shape.MARKDOWN)} == {"body"}


def test_a_name_over_two_lines_is_one() -> None:
    text = "\n".join(
        (
            "The council met on Monday evening in the old school to hear what Anna",
            "Pell had to say about the bridge that nobody in the village had asked",
            "for, and which would cost no less than twelve million, officials said",
            "before the vote, although no member had been asked about that at all.",
        )
    )
    (block,) = segment(text).blocks
    start = block.text.index("Anna Pell")
    assert text[block.offset(start) : block.offset(start + 8) + 1] == "Anna\nPell"


@pytest.mark.parametrize(
    ("notice", "source"),
    [
        ("Copyright Policy", None),
        ("© 2021 Privacy Policy and Terms of Use", None),
        ("© 2021 Amber Harbour Press. See our other pages.", "Amber Harbour Press"),
        ("© St. Amber Courier", "St. Amber Courier"),
    ],
)
def test_sections_and_sentences_beside_a_copyright_sign_are_no_source(
    notice: str, source: str | None
) -> None:
    assert segment(f"{PAGE}{notice}\n").source == source


def test_a_name_that_is_written_twice_is_one_author() -> None:
    assert segment(PAGE.replace("Jane Moss in Harlow", "By Jane MossJane Moss")).author == "Jane Moss"


def test_an_invitation_amid_prose_is_no_part_of_the_article() -> None:
    assert links("RSVP for our panel on 11/9: What becomes of the ferry?") == [
        "RSVP for our panel on 11/9: What becomes of the ferry?"
    ]
    assert links("Join us on the ferry on Monday at nine.") == []


def test_a_name_and_a_few_words_below_the_byline_are_a_caption() -> None:
    found = kinds(
        article(
            "Council keeps the old ferry", "By Jane Moss", "Ada Wherry", "Last trip to the pier", LEAD, MORE
        )
    )
    assert [text for kind, text in found if kind == "credit"] == ["Ada Wherry", "Last trip to the pier"]
    assert ("body", LEAD) in found


def test_what_a_player_says_and_who_pays_for_a_page_are_no_part_of_the_article() -> None:
    player = "This video is unavailable in the format required for your device."
    assert links(player) == [player]
    failed = (
        "The video could not be loaded, as its server or the network failed or its format is unknown to us."
    )
    assert links(failed) == [failed]
    text = article("Council keeps the old ferry", "Presented", "by", "Harlow Motors", LEAD, MORE)
    assert segment(text).author is None


def test_a_heading_of_links_at_the_end_is_no_writer() -> None:
    text = article(
        "Council keeps the old ferry", LEAD, MORE.strip(), "Supporting Resources", "https://arle.example/x"
    )
    assert segment(text).author is None


def test_a_headline_loses_the_writer_whose_handle_follows() -> None:
    line = "Council keeps the old ferry Ada Wherry, @adawherry"
    assert split_headline(line, ()) == ("Council keeps the old ferry", None, "Ada Wherry")
    other = "Council keeps the old ferry of Ada Wherry, @harlow"
    assert split_headline(other, ()) == (other, None, None)


@pytest.mark.parametrize(
    ("rights", "source"),
    [
        ("Copyright John H. Ferry. Simple theme.", "John H. Ferry"),
        ("© 2021 Wherry Corporationthis link opens in a new tab", "Wherry Corporation"),
    ],
)
def test_a_source_keeps_its_initial_and_loses_what_is_glued_to_it(rights: str, source: str) -> None:
    assert segment(article("Council keeps the old ferry", LEAD, MORE, rights)).source == source


def test_an_opening_loses_what_pads_the_preview_of_a_letter() -> None:
    assert opening("The boat runs\u200c\xa0\u200c\xa0\u200c\xa0\u200c") == "The boat runs"


def prose(first: int, last: int, subject: str) -> list[str]:
    return [
        f"In year {year} the {subject} of Harlow was asked by the council of the town about its books, and"
        f" what the {subject} said on Monday filled {year} pages of the paper that is read there."
        for year in range(first, last)
    ]


@pytest.mark.parametrize(("years", "begun"), [(200, 0.0), (60, 1.0)])
def test_comments_do_not_begin_above_most_of_a_pages_prose(years: int, begun: float) -> None:
    blocks = [*prose(1, 9, "baker"), "3 Comments", *prose(20, 20 + years, "ferry")]
    _, found = blocks_of(article(*blocks), shape=Shape.BLOCKS)
    assert features(found)[-1][FEATURES.index("comments")] == begun


def test_comments_do_not_begin_above_a_heading_of_the_first_rank() -> None:
    blocks = [*prose(1, 9, "baker"), "3 Comments", "# Council keeps the old ferry", *prose(20, 24, "ferry")]
    _, found = blocks_of(article(*blocks), shape=Shape.MARKDOWN)
    comments = [row[FEATURES.index("comments")] for row in features(found)]
    assert comments == [0.0] * len(found)
    _, other = blocks_of(article(*blocks).replace("# ", "## "), shape=Shape.MARKDOWN)
    assert [row[FEATURES.index("comments")] for row in features(other)][-4:] == [1.0] * 4


def test_a_pictures_placeholder_is_no_paragraph() -> None:
    page = PAGE.replace(LEAD, f"{LEAD}\n[ferry-pict]\n[         ]")
    assert "[ferry-pict]" in of_kind(page, "boilerplate")


PROSE = (
    "The council of Harlow said on Monday that the ferry across the Arle will run for another year, since\n"
    "it is too early to close the line before the new bridge is finished and paid for.\n"
)


@pytest.mark.parametrize(
    "issue", ["annals september, 1964", "The Harbour Annals, May 1964", "j. harb. sept., 1964"]
)
def test_the_issue_of_a_journal_is_no_headline(issue: str) -> None:
    text = f"moving harbours by one ferry .\nOren Jarrow\n{issue}\n{PROSE}"
    found = segment(text)
    assert found.title is None
    kinds = {str(p.kind) for p in found.passages if "moving" in text[p.start : p.end]}
    assert kinds == {"body"}


def test_a_line_that_goes_on_in_the_next_is_no_headline() -> None:
    text = (
        "a note on the ferry .\nOren Jarrow\n  this paper asks how many boats a harbour\n"
        "needs so that nobody has to wait for one\nin the rain .\n"
    )
    found = segment(text)
    assert found.title is None
    assert str(found.passages[0].kind) == "body"


def test_a_headline_may_end_in_a_year() -> None:
    title = "Ferries, fares and fog in May 1964"
    assert segment(f"{title}\n\n{PROSE}").title == title
