"""Which of the lines above an article is taken for its headline, and when none is."""

from __future__ import annotations

import math

import pytest

from seedread_index.extract.segmentation import blocks_of, segment
from seedread_index.extract.segmentation.boilerplate.vocabulary import never_headline
from seedread_index.extract.segmentation.header.candidates import candidates
from seedread_index.extract.segmentation.header.header import prose_start
from seedread_index.extract.segmentation.header.page_headline import choose
from seedread_index.extract.segmentation.header.text_headline import may_be_headline

LINES = """Harbour news today
Council keeps the ferry
Weather and tides here
Most read this week
Harbour news today"""


@pytest.mark.parametrize(
    ("chances", "chosen"),
    [
        ((0.1, 2.0, 0.1, 0.1, 0.1), "Council keeps the ferry"),
        ((0.1, 0.5, 0.1, 0.1, 0.0001), "Council keeps the ferry"),
        ((0.4, 0.5, 0.4, 0.4, 0.0001), None),
        ((1.4, 1.0, 0.0001, 0.0001, 1.4), "Harbour news today"),
        ((0.01, 0.02, 0.01, 0.01, 0.01), None),
    ],
)
def test_a_line_is_the_headline_where_it_is_likely_or_far_ahead(
    chances: tuple[float, ...], chosen: str | None
) -> None:
    _, blocks = blocks_of(LINES)
    best = choose(blocks, range(5), [math.log(chance) for chance in chances])
    assert (None if best is None else blocks[best].text) == chosen


def test_a_line_right_below_that_is_longer_counts_for_the_headline() -> None:
    _, blocks = blocks_of("Council keeps the ferry\nFares rise in the new spring\nMore")
    assert choose(blocks, range(2), [0.1, 0.0]) == 0
    _, blocks = blocks_of("Council keeps the ferry\nFares rise in spring\nMore")
    assert choose(blocks, range(2), [0.1, 0.0]) is None


@pytest.mark.parametrize(
    "lines",
    [
        "Boats lie at the new pier in Harlow\nBoats lie at the new pier in Harlow / Ida Example",
        "Boats lie at the new pier in Harlow\nBoats lie at the new pier in Harlow. Photo: Ida Example",
        "Boats lie at the new pier in Harlow\nBoats lie at the new pier in Harlow Ida Example/via ABC",
        "Boats lie at the new pier in Harlow\nBoats lie at the new pier in HarlowQuelle: Ida Example/abc",
        "Boats lie at the new pier in Harlow\nPhoto: Ida Example\n" * 2,
    ],
)
def test_what_a_picture_shows_is_no_headline(lines: str) -> None:
    _, blocks = blocks_of(f"Ferry stays for another year\n{lines}\n{PROSE}")
    said = [blocks[index].text for index in candidates(blocks, len(blocks) - PROSE.count("\n"))]
    assert [text for text in said if text.startswith(("Ferry", "Boats"))] == ["Ferry stays for another year"]


MENU = "Menu\nLogin\nHome\nWorld\nEurope\nAsia\nPolitics\nMarkets\nOpinion\nLetters\nBooks\nFilm\nSport"
BUTTONS = "smaller\nLarger\nfacebook\ntwitter\nEmail\nPrint"
PROSE = (
    "The ferry across the Arle will run for another year, the council of Harlow said on Monday by nine votes"
    " to four.\nFares will rise by a tenth, and the last boat will leave at nine instead of eleven, officials"
    " of the ferry said before the vote in the town hall.\nPassengers on the ferry told reporters that a"
    " bridge across the Arle would take ten years to build, and that the council had never asked them.\n"
)


def test_a_headline_is_found_above_a_bar_of_buttons_by_the_date_over_it() -> None:
    header = "March 5, 2021, 9:39 AM\nCouncil Keeps Ferry\nArticle\nComments (1)"
    page = f"{MENU}\n{header}\n{BUTTONS}\n{PROSE}Share\nAbout us"
    found = segment(page)
    assert found.whole_page
    assert found.title == "Council Keeps Ferry"


def test_a_headline_below_a_notice_cuts_the_notice_off() -> None:
    notice = (
        "We use cookies and similar technologies to improve your browsing experience, personalize content and"
        " offers, show targeted ads and analyze traffic, as our partners do."
    )
    found = segment(
        f"{MENU}\n{notice}\nAccept and continue\nCouncil keeps the old ferry across the Arle\n{PROSE}Contact"
    )
    assert found.title == "Council keeps the old ferry across the Arle"
    kinds = dict(found.seen)
    assert kinds[notice] == "boilerplate"
    assert [text for text, kind in found.seen if kind == "body"] == PROSE.splitlines()


def test_a_headline_may_end_with_an_abbreviation() -> None:
    line = "How the old ferry of Harlow wreaks havoc with the boats of N.Y.C."
    assert segment(f"{MENU}\n{line}\nBy Jane Moss\nMarch 5, 2021\n{PROSE}Contact").title == line


@pytest.mark.parametrize(
    "line", ["(This piece is our letter of the year)", "Tags: ferry, council, Harlow, Arle"]
)
def test_remarks_and_tags_are_no_headlines(line: str) -> None:
    assert segment(f"{MENU}\nLetter\n{line}\n{PROSE}Contact").title != line


def test_a_headline_and_its_standfirst_count_together() -> None:
    _, blocks = blocks_of(
        "Council keeps the ferry\nFares rise and the last boat leaves at nine from now on\nNews of the day"
    )
    best = choose(blocks, range(3), [math.log(0.8), math.log(1.0), math.log(0.5)])
    assert best == 0
    _, blocks = blocks_of("Council keeps the ferry\nFares rise on Monday\nOther news of the day")
    assert choose(blocks, range(3), [math.log(0.8), math.log(1.0), math.log(0.5)]) is None


def test_a_writers_name_said_twice_is_no_headline() -> None:
    text = f"Oren Jarrow\nWhy the ferry\nMarch 5, 2021\nOren Jarrow\n{PROSE}"
    assert segment(text).title == "Why the ferry"


def test_the_address_above_a_text_is_no_headline() -> None:
    text = (
        f"[logo-b] http://harlow.example/2015/08/\nferry-keeps-running.html\n\nWhy the ferry stays\n\n{PROSE}"
    )
    assert segment(text).title == "Why the ferry stays"


@pytest.mark.parametrize(
    "line",
    [
        "52 Retweets356 Likes",
        "7 min read",
        "12 Kommentare",
        "Skip to main content",
        "Zum Inhalt springen",
        "Перейти к содержанию",
        "Back to the top",
        "All rights reserved",
        "See also: The council of Harlow and its ferry",
        "Powered by a very old fork of Ferrypress",
        "ferry-wide.png",
        "NOTES.md",
        "/KEYWORD=ferry%20zone/OENC=UTF8/",
        "[logo-b] https://harlow.example/2015/08/ ferry.html ━━━━━━━━",
        "3 more replies",
        "Abstract",
        "@janemoss",
        "Hauptmenü",
        "Más leídas",
        "登录",
        "Search Harlow News1 Search Harlow News SEARCH",
    ],
)
def test_what_any_site_says_is_no_headline(line: str) -> None:
    assert never_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "8 games of the year",
        "Abstract art comes to Harlow",
        "Yes/No: the ferry's last vote",
        "New York, New York",
        "Live and let die",
        "Printing returns",
        "Homecoming",
        "Sharing the ferry",
        "Back to school after the longest of summers",
        "Part of the harbour bridge fell into the river",
        "All schools closed",
    ],
)
def test_words_of_sites_in_a_headline_are_no_objection(line: str) -> None:
    assert not never_headline(line)


def test_a_longer_standfirst_leaves_the_line_above_it_the_headline() -> None:
    headline = "Council of Harlow keeps the ferry by nine votes"
    standfirst = (
        "The council of Harlow said on Monday that the ferry across the Arle will run for another year"
    )
    found = segment(f"{MENU}\n{headline}\n{standfirst}\nBy Jane Moss\nMarch 5, 2021\n{PROSE}Contact")
    assert found.title == headline


def test_a_line_that_nothing_ties_to_the_article_is_no_headline() -> None:
    line = "Halewood Press belongs to the Information Division of Moss Holdings"
    assert segment(f"{line}\n{MENU}\n{PROSE}Contact").title is None


def test_a_paragraph_alone_above_the_headline_is_a_notice() -> None:
    notice = "The writer chose to keep this piece off the lists, only you and your friends see it."
    header = "Why Harlow keeps the ferry\nTweet\nPrint\nMail\nSend\nSave"
    _, blocks = blocks_of(f"{MENU}\n{notice}\nYes\n{header}\n{PROSE}Contact")
    start = prose_start(blocks, 0, len(blocks))
    assert blocks[start].text == PROSE.splitlines()[0]
    _, blocks = blocks_of(f"{MENU}\n{header}\n{notice}\nContact")
    assert blocks[prose_start(blocks, 0, len(blocks))].text == notice


def test_the_line_below_the_label_of_a_picture_is_its_caption() -> None:
    caption = "The old ferry of Harlow crosses the Arle as the council meets about its fares"
    headline = "Nine votes for the old ferry"
    found = segment(f"{MENU}\n{headline}\nImage\n{caption}\nBy Jane Moss\nMarch 5, 2021\n{PROSE}Contact")
    assert found.title == headline


def test_a_paragraph_alone_is_the_lead_where_it_addresses_nobody() -> None:
    _, blocks = blocks_of(f"{MENU}\n{PROSE.splitlines()[0]}\nShare\nMail\nPrint\nSend\nSave\n{PROSE}")
    assert prose_start(blocks, 0, len(blocks)) == MENU.count("\n") + 1


def test_a_quotation_of_four_words_is_the_headline_above_its_standfirst() -> None:
    standfirst = "Parla la poetessa Ada Morandi, che a ottant'anni pubblica il suo primo romanzo"
    talk = (
        "Ada Morandi ci riceve in cucina, a Recanati, con il fuoco acceso e il gatto sul manoscritto.\n"
        "Signora Morandi, perché un romanzo adesso?\n"
        "Perché le poesie mi venivano sempre più corte. L'ultima era di una parola sola.\n"
        "Davvero scrive solo quando piove?\nSì. Con il sole si sta fuori, no?\n"
    )
    title, who = "«Scrivo solo quando piove»", "Intervista di Paolo Terzi\n18 novembre 2023"
    assert segment(f"{MENU}\n{title}\n{standfirst}\n{who}\n{talk}Privacy\n").title == title


DUMP_MENU = "\n".join(f"     * {word}" for word in MENU.splitlines())
DUMP_PROSE = """   The ferry across the Arle will run for another year, the council of
   Harlow said on Monday by nine votes to four. Fares will rise by a tenth.

   The last boat will leave at nine instead of eleven, officials of the
   ferry said before the vote in the town hall. Nobody spoke against it.

   Passengers on the ferry told reporters that a bridge across the Arle
   would take ten years to build, and that nobody had ever asked them.
"""


def test_what_a_dump_prints_at_the_margin_of_headings_is_the_headline() -> None:
    standfirst = "   Council of Harlow: the ferry across the Arle will run for another year"
    head = f"{DUMP_MENU}\n\n   Local news\n\n{{0}}Council saves ferry\n\n{standfirst}"
    page = f"{head}\n\n   Monday, March 5, 2021\n\n{DUMP_PROSE}\n   Contact\n"
    assert segment(page.format("")).title == "Council saves ferry"
    assert segment(page.format("   ")).title != "Council saves ferry"


def test_a_standfirst_as_long_as_the_headline_is_not_taken_for_it() -> None:
    headline = "Council of Harlow keeps the ferry across the Arle by nine votes"
    standfirst = "Fares of the ferry rise, and the last boat leaves the town at nine"
    found = segment(f"{MENU}\n{headline}\n{standfirst}\nBy Jane Moss\nMarch 5, 2021\n{PROSE}Contact")
    assert found.title == headline
    kicker = "Local news of Harlow"
    found = segment(f"{MENU}\n{kicker}\n{headline}\nBy Jane Moss\nMarch 5, 2021\n{PROSE}Contact")
    assert found.title == headline


def test_a_short_headline_that_the_page_is_named_by_is_found() -> None:
    name = "Nine votes | Harlow Courier"
    page = "{0}\n" + f"{MENU}\nNine votes\nShare\nPrint\n{PROSE}Contact"
    assert segment(page.format(name)).title == "Nine votes"
    courier = page.format("Harlow Courier | Nine votes").replace("Login", "Harlow Courier")
    assert segment(courier).title == "Nine votes"


def test_the_line_below_a_label_of_other_stories_is_no_headline() -> None:
    other = "Ferry across the Arle in pictures"
    headline = "Council keeps the ferry across the Arle"
    found = segment(f"{MENU}\n{headline}\nRecommended\n{other}\nMarch 5, 2021\n{PROSE}Contact")
    assert found.title == headline


@pytest.mark.parametrize(
    "line",
    [
        "{ 38 comments… read them below or add one }",
        "(c) 2016 - 2018 Harlow Courier",
        "© 2021 Harlow Courier",
        "IFRAME: https://ads.example/frame",
        "#Harlow Courier RSS Feed",
        "#alternate Harlow Courier",
        "JavaScript is disabled. Please enable JavaScript or use another browser to read Harlow Courier",
        "Votre navigateur ne prend pas en charge JavaScript",
        "Harbour Travel Ferries harbour-at-noon-1.jpg",
    ],
)
def test_rights_frames_and_feeds_are_no_headlines(line: str) -> None:
    assert not may_be_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "#KeepTheFerry brings hundreds to the town hall",
        "© or not: who owns the picture of the ferry",
        "Iframes and other relics of the web",
        "How JavaScript changed the newsroom",
        "The {curious} case of the ferry",
    ],
)
def test_marks_of_rights_and_tags_in_a_headline_are_no_objection(line: str) -> None:
    assert may_be_headline(line)


def test_of_two_lines_that_say_nearly_the_same_the_upper_is_the_headline() -> None:
    below = "By Jane Moss\nMarch 5, 2021\nShare this\nHarlow council keeps ferry\nMore news"
    chances = [math.log(chance) for chance in (1.0, 0.01, 0.01, 0.01, 1.6, 0.01)]
    _, blocks = blocks_of(f"Council of Harlow keeps the old ferry\n{below}")
    assert choose(blocks, range(6), chances) == 0
    _, blocks = blocks_of(f"Weather and tides of today\n{below}")
    assert choose(blocks, range(6), chances) != 0
