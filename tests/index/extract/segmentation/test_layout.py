"""The layout of scraped text: headline, date, byline, credits and boilerplate around the prose."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable

import pytest

from seedread_index.model.article import Article, PassageKind

Read = Callable[..., Article]

APPEALS = [
    "A note from the editors:\nThe Lantern is paid for by its readers alone."
    " If you can, please give a few pounds a month.\nMaybe later",
    "Before you go\nOur reporters need your help. Become a member for the price of a coffee a week.",
    "Dear readers,\nThis year our newsroom lost its office and two of our colleagues their freedom.\n"
    "We will not stop. But we cannot do it without you.\nPlease donate today.\nNot now.",
]
NOTICES = [
    "This site uses cookies to remember your choices. Read our privacy notice.\nAccept all",
    "© 2021 The Lantern Trust. All rights reserved.",
    "Sign up for our weekly digest\nThe best stories, straight to your inbox.\nYour email address",
    "Share this story\nFacebook\nTwitter\nCopy link",
    "Read more:\nWhy the old bridge was closed\nFive questions about the tunnel\nA town without a station",
]
CREDITS = [
    "AFP contributed reporting.",
    "(Reporting by staff; editing by the desk)",
    "With files from the Associated Press",
    "This article has been adapted from its original source.",
    "Additional reporting by our correspondent in Port Amber",
]


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(str(p.kind), article.text[p.start : p.end]) for p in article.passages]


def of_kind(article: Article, kind: PassageKind) -> str:
    return "\n".join(article.text[p.start : p.end] for p in article.of_kind(kind))


def test_the_prefix_of_the_crawl_is_the_date_and_not_the_title(article: Read, news: str) -> None:
    found = article(" date 2020-02-28 " + news)
    assert found.date == dt.date(2020, 2, 28)
    assert kinds(found)[0] == ("date", "date 2020-02-28")
    assert found.title_inferred
    assert found.title.startswith("The harbour council met")
    assert of_kind(found, PassageKind.BODY) == news.replace("\n\n", "\n")


def test_an_impossible_prefix_is_set_apart_but_gives_no_date(article: Read, news: str) -> None:
    found = article(" date 2020-02-30 " + news)
    assert found.date is None
    assert found.date_from is None
    assert "2020-02-30" not in found.title


def test_a_title_on_the_line_of_the_date_is_the_title(article: Read, news: str) -> None:
    found = article(" date 2020-02-28 Council agrees on night ferries\n" + news.replace("\n\n", "\n"))
    assert (found.title, found.title_inferred) == ("Council agrees on night ferries", False)


def test_a_title_said_twice_is_boilerplate_the_second_time(article: Read, news: str) -> None:
    found = article("Council agrees on night ferries\nCouncil agrees on night ferries\n\n" + news)
    assert [kind for kind, _ in kinds(found)[:3]] == ["title", "boilerplate", "body"]


@pytest.mark.parametrize(
    "byline", ["By Irene Example", "Words: Irene Example", "Irene Example, Staff Writer"]
)
@pytest.mark.parametrize(
    "date", ["30 Aug 2013", "Friday, 30 August 2013 - 12:50 GMT", "Updated: 2013-08-30T04:44:00Z"]
)
def test_a_byline_and_a_date_below_the_title_are_told_apart(
    article: Read, news: str, byline: str, date: str
) -> None:
    found = article(f"Council agrees on night ferries\n{byline}\n{date}\n\n{news}")
    assert [kind for kind, _ in kinds(found)[:4]] == ["title", "byline", "date", "body"]
    assert found.date == dt.date(2013, 8, 30)


def test_a_date_below_the_headline_beats_that_of_today_above_the_menu(article: Read, news: str) -> None:
    above = "Thursday, 5 August 2021\nHome\nWorld\nSport\nCulture"
    page = f"{above}\nHarbour council keeps the night ferries\n3 May 2021\n{news}"
    assert article(page).date == dt.date(2021, 5, 3)
    assert article(page.replace("3 May 2021\n", "")).date == dt.date(2021, 8, 5)


def test_a_day_alone_below_an_open_standfirst_is_the_date(article: Read, news: str) -> None:
    for second in ("What the ferry means for the villages on the bay", "The quay. (Photo: A. Roe)"):
        text = f"Harbour council keeps the night ferries\n\n{second}\n\n22 April 2022\n\n{news}"
        found = article(text)
        assert [found.text[p.start : p.end] for p in found.of_kind(PassageKind.DATE)] == ["22 April 2022"]
    closed = "The night ferries stay, the council of the harbour decided on Monday."
    found = article(f"Harbour council keeps the night ferries\n\n{closed}\n\n22 April 2022\n\n{news}")
    assert not found.of_kind(PassageKind.DATE)


def test_a_date_below_a_standfirst_is_the_articles(article: Read, news: str) -> None:
    stand = "What the new rules for the ferries mean for the town, and who will pay for them in the end."
    found = article(f"Council agrees on night ferries\n{stand}\nBy Irene Example\n8 July 2018\n\n{news}")
    assert [kind for kind, _ in kinds(found)[:5]] == ["title", "body", "byline", "date", "body"]
    assert found.date == dt.date(2018, 7, 8)


def test_a_weekday_line_dates_the_article(article: Read, news: str) -> None:
    line = "Friday, July 12, 2019"
    for head in ("Night ferries are agreed\nBy Irene Example\n", "Night ferries are agreed\n\n"):
        found = article(f"{head}{line}\n\n{news}")
        assert found.date == dt.date(2019, 7, 12)
        assert of_kind(found, PassageKind.DATE) == line


@pytest.mark.parametrize(
    "notice",
    [
        "We use cookies to improve our pages. By reading on you agree to our use of cookies.",
        "JavaScript is disabled in your browser. Please enable it to see this page as it is meant.",
    ],
)
def test_a_sites_notice_above_the_headline_hides_no_headline(article: Read, news: str, notice: str) -> None:
    found = article(f"{notice}\nCouncil agrees on night ferries\n1 May 2019\n\n{news}")
    assert (found.title, found.date) == ("Council agrees on night ferries", dt.date(2019, 5, 1))
    assert of_kind(found, PassageKind.BODY) == news.replace("\n\n", "\n")


@pytest.mark.parametrize(
    "labels",
    [("SOURCE", "TITLE", "PUBLISHED"), ("Publisher", "Headline", "Date"), ("Site", "Title", "Posted on")],
)
def test_a_block_of_labelled_lines_is_read(article: Read, news: str, labels: tuple[str, str, str]) -> None:
    source, title, date = labels
    found = article(
        f"{source}: The Lantern\n{title}: Council agrees on night ferries\n{date}: 2014/11/13\n\n{news}"
    )
    assert found.title == "Council agrees on night ferries"
    assert found.date == dt.date(2014, 11, 13)
    assert found.source == "The Lantern"
    assert ("title", "Council agrees on night ferries") in kinds(found)


@pytest.mark.parametrize(
    "menu",
    [
        "- World\n- Home\nLog in\nSkip to content",
        "Weather\nMy account\n* Business\nSearch",
        "Menu\nicon share icon print\nLive",
    ],
)
def test_a_menu_above_the_title_is_boilerplate(article: Read, news: str, menu: str) -> None:
    found = article(f" date 2020-02-28 {menu}\nCouncil agrees on night ferries\n\n{news}")
    assert found.title == "Council agrees on night ferries"
    assert of_kind(found, PassageKind.BOILERPLATE) == menu


def test_a_share_bar_is_no_title(article: Read, news: str) -> None:
    found = article(" date 2020-02-28 Share:\n\n" + news)
    assert found.title_inferred
    assert kinds(found)[1] == ("boilerplate", "Share:")


@pytest.mark.parametrize("line_end", ["\n", "\n\n"])
@pytest.mark.parametrize("tail", APPEALS + NOTICES)
def test_what_a_site_says_after_the_article_is_boilerplate(
    article: Read, news: str, tail: str, line_end: str
) -> None:
    found = article(news.replace("\n\n", line_end) + line_end + tail)
    assert of_kind(found, PassageKind.BOILERPLATE) == tail
    assert of_kind(found, PassageKind.BODY) == news.replace("\n\n", "\n")


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_after_the_article_is_a_credit(article: Read, news: str, credit: str) -> None:
    found = article(f"{news}\n\n{credit}\n\n{APPEALS[0]}")
    assert of_kind(found, PassageKind.CREDIT) == credit


@pytest.mark.parametrize(
    "mark", ["Advertisement", "ADVERTISEMENT - SCROLL TO CONTINUE", "Story continues below advertisement"]
)
def test_an_advert_amid_the_prose_is_set_apart_and_nothing_else(article: Read, news: str, mark: str) -> None:
    first, second, third = news.split("\n\n")
    found = article(f"{first}\n\n{mark}\n\n{second}\n\n{third}")
    assert [kind for kind, _ in kinds(found)] == ["body", "boilerplate", "body", "body"]


def test_prose_about_donations_and_cookies_is_prose(article: Read) -> None:
    text = (
        "The city museum raised two million in donations last year, its director said on Monday.\n\n"
        "Members of the museum gave most of it, and a newsletter to subscribers brought the rest.\n\n"
        "A court ruled in May that the museum's website had set cookies without the consent of visitors.\n\n"
        "The museum said it would pay the fine and support an inquiry by the data authority."
    )
    assert [kind for kind, _ in kinds(article(text))] == ["body"] * 4


def test_a_quoted_appeal_stays_in_the_prose(article: Read, news: str) -> None:
    quote = '"We need your help, please give us what you can," the ferry captain told the council on Tuesday.'
    assert kinds(article(f"{news}\n\n{quote}"))[-1] == ("body", quote)


def test_hard_wrapped_lines_are_one_paragraph(article: Read, news: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in news.split("\n\n"))
    found = article(wrapped)
    assert [kind for kind, _ in kinds(found)] == ["body"] * 3
    assert found.title_inferred


def test_a_question_may_be_a_headline_and_a_sentence_may_not(article: Read, news: str) -> None:
    assert article(f"Who will sail at night?\n\n{news}").title == "Who will sail at night?"
    assert article(f"The ferries will sail at night.\n\n{news}").title_inferred


def test_an_inferred_title_is_cut_at_a_word(article: Read) -> None:
    found = article(
        "The " + "remarkably " * 20 + "long opening sentence goes on. And then another one follows it here."
    )
    assert found.title_inferred
    assert found.title.endswith("remarkably…")
    assert len(found.title) <= 96


def test_an_abbreviation_does_not_end_the_opening_sentence(article: Read) -> None:
    found = article(
        "Dr. Example of the U.S. port office met Mr. Sample. They spoke about ferries for an hour or two."
    )
    assert found.title == "Dr. Example of the U.S. port office met Mr. Sample."


def test_the_publisher_is_taken_from_its_own_appeal(article: Read, news: str) -> None:
    assert (
        article(
            news + "\n\nA message from The Amber Courier:\nDear readers,\nPlease support us today."
        ).source
        == "The Amber Courier"
    )
    assert article(news).source is None


def test_a_text_without_cleaning_is_kept_as_it_is(article: Read, news: str) -> None:
    text = f" date 2020-02-28 {news}\n\n"
    assert article(text).text == text


def test_wrapped_capitals_are_prose_and_english(article: Read, news: str) -> None:
    found = article(textwrap.fill(news.upper().replace("\n\n", " "), 68) + "\n")
    assert [kind for kind, _ in kinds(found)] == ["body"]
    assert (found.title_inferred, found.lang) == (True, "en")


def test_a_wrapped_file_without_blank_lines_has_its_paragraphs(article: Read, news: str) -> None:
    more = (
        news.replace("harbour", "county")
        .replace("fell by a tenth", "grew by a fifth")
        .replace("chair", "clerk")
    )
    wrapped = "\n".join(textwrap.fill(paragraph, 64) for paragraph in (news + "\n\n" + more).split("\n\n"))
    assert len(article(wrapped).of_kind(PassageKind.BODY)) == 6


def test_the_country_is_not_taken_for_the_pronoun(article: Read, news: str) -> None:
    last = (
        "The US said US support for the ferries, which US towns back with gifts, grew by $3 million a month."
    )
    assert kinds(article(f"{news}\n\n{last}"))[-1] == ("body", last)


@pytest.mark.parametrize(
    "tail",
    [
        "Chers lecteurs,\nNotre journal a besoin de votre soutien. Faites un don, nous vous remercions.",
        "Liebe Leser,\nunsere Redaktion braucht Ihre Hilfe. Bitte unterstützen Sie unsere Arbeit.",
    ],
)
def test_appeals_in_other_languages_are_told_by_their_address(article: Read, tail: str) -> None:
    body = (
        "Le conseil du port s'est réuni mardi pour fixer les règles des navires de nuit, selon la mairie.\n"
        "Le trafic des navires a baissé d'un dixième en janvier, selon la capitainerie du port.\n"
    )
    found = article(body + tail)
    assert of_kind(found, PassageKind.BOILERPLATE).endswith(tail.splitlines()[-1])
