"""Where a page's article begins and ends, which line is its headline, and what amid it is a button."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from seedread_index.extract.segmentation import Segmentation, Shape, segment
from seedread_index.extract.segmentation.boilerplate.features import ending
from seedread_index.model.article import PassageKind

MENU = "Home\nNews\nWorld\nPolitics\nBusiness\nOpinion\nSport\nCulture\nVideo\nSubscribe\nSign in\n"
FOOT = (
    "Related Stories\nCouncil delays vote on tram depot\nWhy the harbour bridge is closed again\nAbout us\n"
)
FOOT += "Contact\nPrivacy policy\nTerms of use\n© 2023 The Harrow Courier. All rights reserved.\n"
HEAD = "The last lamplighter of Gas Lane\nBy Hugh Pell\n21 January 2020\n"
LAMPS = (
    "Every evening at dusk, Arthur Benn takes his pole from the hook and walks the length of Gas Lane.\n"
    "There are thirty-one lamps, and he lights them all by hand, as his father did before him.\n"
    "The council wanted to replace the lamps in 2005, and gave up after four thousand letters.\n"
)


LIGHTS = LAMPS.replace("lamps", "lights").replace("Every", "Each")


def body(found: Segmentation) -> list[str]:
    """The blocks of the article."""
    return [text for text, kind in found.seen if kind is PassageKind.BODY]


def dump(lines: str) -> str:
    """Lines as a text browser prints them: menus and lists with stars, paragraphs wrapped and indented."""
    rows = []
    for line in lines.splitlines():
        item = len(line) < 40 and not line.endswith(".")
        first = "     * " if item else "   "
        rows.append(
            ("" if item else "\n") + textwrap.fill(line, 79, initial_indent=first, subsequent_indent="   ")
        )
    return "\n".join(rows) + "\n"


def test_a_short_answer_right_behind_the_prose_is_read() -> None:
    talk = (
        "The man who was to conduct fell ill, and I was the only one who knew the score. I was the pianist.\n"
        "Were you afraid?\nOf course. I am still afraid every evening.\nOf what?\n"
        "Of silence. Of the moment when everybody looks at you and nothing has begun.\n"
        "Do you listen to recordings of yourself?\nNever.\nWhy not?\n"
        "Because I would want to play it again, and the audience has gone home.\n"
    )
    menu = "".join(f"[{item}](/{item[:1]})\n" for item in MENU.splitlines())
    head = f"{menu}# I never wanted to be a conductor\n"
    end = "[Tram depot delayed](/1)\n[Bridge closed again](/2)\n[About us](/3)\n[Terms](/4)\n[Contact](/5)\n"
    text = f"{head}{talk}\n{end}".replace("\n", "\n\n")
    found = segment(text)
    assert found.whole_page
    assert body(found)[-3:] == talk.splitlines()[-3:]


@pytest.mark.parametrize(
    "last",
    [
        "Benn will retire in the spring, and nobody has applied for his job.",
        "« Elles brûlent », dit Lou, sept ans. « Je les entends la nuit. »",
    ],
)
def test_a_paragraph_below_a_link_to_another_story_is_read(last: str) -> None:
    link = "The square is lit by the sun"
    text = f"{MENU}{HEAD}{LAMPS}Read also\n{link}\n{last}\nAbout us\nContact\nPrivacy policy\n"
    for page in (text, dump(text)):
        found = body(segment(page))
        assert found[-1] == last
        assert link not in found


def test_a_paragraph_of_han_below_a_link_to_another_story_is_read() -> None:
    last = "如今已有二十多个孩子从这里考上了大学，其中三人毕业后回到村里当了老师。"
    text = (
        "首页\n新闻\n国际\n财经\n体育\n文化\n视频\n登录\n"
        "山村里的夜间图书馆\n2021年6月18日 09:30\n分享\n打印\n"
        "每天晚上七点，当村里的灯一盏盏亮起来的时候，退休教师就会打开祠堂的大门，等孩子们来看书。\n"
        "这个图书馆没有招牌，也没有借书证。书是他从城里的旧书摊上一本一本背回来的，攒了三千多册。\n"
        f"相关阅读\n老茶馆里的说书人\n{last}\n关于我们\n联系方式\n版权所有 © 山城日报\n"
    )
    assert body(segment(text))[-1] == last


def test_a_lead_and_its_list_above_the_longest_prose_are_read() -> None:
    lead = (
        "This is the soup my grandmother made on the first cold Sunday of the year, when the stove was lit."
    )
    items = ["200 g pearl barley", "500 g carrots", "1 onion, chopped", "2 spoons of olive oil", "some salt"]
    ways = (
        "Heat the oven to 200 degrees. Cut the carrots into pieces, turn them in the oil and roast them.\n"
        "Meanwhile, fry the onion until it is soft, add the barley, and let it simmer for forty minutes.\n"
        "Add the carrots, season, and serve with bread.\n"
    )
    text = (
        f"{MENU}Barley soup with roasted carrots\nBy Ines Caldas\nOctober 9, 2021\n{lead}\n"
        + "\n".join(items)
        + f"\n{ways}{FOOT}"
    )
    found = body(segment(dump(text)))
    assert found[0] == lead
    assert set(items) < set(found)


def test_what_somebody_says_to_the_reader_is_no_notice() -> None:
    said = "The mayor has asked people for it. “Stay at home if you can, and look after your neighbours,” she"
    said += " said in a short address on local radio."
    assert said in body(segment(f"{MENU}{HEAD}{said}\n{LAMPS}{FOOT}"))


def test_buttons_and_networks_between_headline_and_prose_are_closed() -> None:
    standfirst = "For forty years he has lit the lamps of the lane by hand, and heard every one of them."
    who = "By Hugh Pell\n21 January 2020\nFacebook\nTwitter\nCopy link\n4 min read"
    text = f"{MENU}The last lamplighter of Gas Lane\n{standfirst}\n{who}\n{LAMPS}{FOOT}"
    assert body(segment(text)) == [standfirst, *LAMPS.splitlines()]


def test_numbers_and_addresses_in_an_article_are_no_buttons() -> None:
    rows = "79.51 %\nhttps://maps.example/lamps\n"
    found = body(segment(f"{MENU}{HEAD}{LAMPS}{rows}{LAMPS.replace('lamps', 'lights')}{FOOT}"))
    assert set(rows.split("\n")) - {""} <= set(found)


def test_who_and_when_are_read_below_a_standfirst_that_notices_stand_above() -> None:
    notes = "We use cookies to improve your experience. By using this site you agree to our use of cookies."
    notes += "\nAccept\n"
    head = "For forty years he has lit the lamps of the lane by hand. Nobody has applied for his job.\n"
    head += "Dora Finch\n30 Mar 2023\n"
    found = segment(f"{MENU}{notes}The last lamplighter of Gas Lane\n{head}{LAMPS}{FOOT}")
    assert (found.author, found.date) == ("Dora Finch", dt.date(2023, 3, 30))


def test_the_line_above_the_writer_is_the_headline_where_none_is_likely() -> None:
    title = "The beekeeper who counts in his sleep"
    talk = (
        "Jan Roe keeps four hundred hives on the roofs of the city. He spoke to the Courier about mites.\n"
        "Courier: How does one begin to keep bees on a roof?\n"
        "Roe: With the permission of everybody who lives beneath it. That took me two years.\n"
        "Courier: And the bees?\nRoe: They took a week.\nCourier: Do people complain?\n"
        "Roe: About the pigeons. Never about the bees. I bring honey at Christmas, which helps.\n"
        "Courier: What was your worst year?\nRoe: The year of the mites, 2014.\n"
    )
    found = segment(f"{MENU}{title}\nBy\nNora Feld\n7 July 2020\n{talk}{FOOT}")
    assert (found.title, found.author) == (title, "Nora Feld")


def test_the_headline_is_what_comments_are_on() -> None:
    comments = "17 thoughts on “2020 letter”\nA reader says:\nGood letter.\n"
    text = (
        f"About\nBooks\n{MENU}The secure transport of light\nJanuary 1, 2021\n2020 letter\n{LAMPS}{comments}"
    )
    assert segment(text).title == "2020 letter"


def test_the_only_heading_of_a_page_is_its_headline_however_far_above() -> None:
    gap = "".join(f"[Player {n}](/p/{n})\n\n" for n in range(120))
    title = "He lit the lamps for forty years. Now Arthur Benn wants to rest"
    text = f"[Home](/)\n\n[News](/n)\n\n# {title}\n\n{gap}" + LAMPS.replace("\n", "\n\n")
    assert segment(text).title == title


def test_an_entry_of_a_live_report_is_no_headline() -> None:
    entries = "".join(
        f"{time}\n{head}\n{said}"
        for time, head, said in zip(
            ("15:42", "15:10", "14:55"),
            (
                "Harbour office closes the ferry terminal",
                "Tree falls on parked cars",
                "Lamps go out in Gas Lane",
            ),
            LAMPS.splitlines(keepends=True),
            strict=True,
        )
    )
    lead = "Gusts of up to 130 km/h are expected this afternoon. Here is what we know so far."
    facts = "Schools in nine districts are closed\nNo trains north of Harrow until 6pm\n"
    title = "Storm Petra live: schools closed and trains cancelled"
    found = segment(f"{MENU}{title}\nUpdated 14 February 2022\n{lead}\n{facts}{entries}{FOOT}")
    assert found.title == title
    assert lead in body(found)


def test_headings_show_that_a_text_is_markdown() -> None:
    text = f"# The last lamplighter of Gas Lane\n\n*By Hugh Pell*\n\n21 January 2020\n\n{LAMPS}"
    found = segment(text)
    assert found.shape is Shape.MARKDOWN
    assert (found.title, found.author) == ("The last lamplighter of Gas Lane", "Hugh Pell")
    assert segment(f"#lamps of Gas Lane\n\n{LAMPS}").shape is not Shape.MARKDOWN


def test_a_link_that_is_wrapped_is_seen_as_its_words() -> None:
    first = "By the end of the first winter of the year, [the readers'"
    rest = "association](https://readers.example/x) counted."
    text = f"[News](/n)\n\n[World](/w)\n\n[Sport](/s)\n\n# Lamps\n\n{first}\n{rest}\n"
    assert segment(text).seen[-1][0] == first.replace("[", "") + " association counted."


def test_the_day_before_a_month_is_no_mark_of_a_list() -> None:
    day = "14. November 2022, 17:05 Uhr"
    found = segment(
        f"[Start](/)\n\n[Sport](/s)\n\n[Kultur](/k)\n\n# Die Lampen der Gasse\n\n{day}\n\n{LAMPS}"
    )
    assert found.date == dt.date(2022, 11, 14)
    assert day in dict(found.seen)


def test_two_wrapped_paragraphs_are_put_together() -> None:
    paragraphs = [textwrap.fill(line, 72) for line in LAMPS.splitlines()[:2]]
    found = segment(HEAD.replace("\n", "\n\n") + "\n\n".join(paragraphs) + "\n")
    assert [shown for shown, _ in found.seen][3:] == LAMPS.splitlines()[:2]


def test_who_and_when_are_read_below_the_standfirst_of_an_article_alone() -> None:
    standfirst = "For forty years he has lit the lamps of the lane by hand. Nobody has applied for his job."
    for writer in ("Dora Finch", "Interview by Dora Finch"):
        found = segment(
            f"The last lamplighter of Gas Lane\n\n{standfirst}\n\n{writer}\n\n30 Mar 2023\n\n{LAMPS}"
        )
        assert (found.author, found.date) == ("Dora Finch", dt.date(2023, 3, 30))


def test_a_list_that_the_lead_announces_is_read() -> None:
    lead = "The council has approved the fourth tram line, which will link town and harbour. The main points:"
    items = [
        "The line will be 8 km long and have 15 stops",
        "Two bridges have to be widened",
        "It costs 9 million",
    ]
    rest = (
        "Work is to begin next spring. Residents of Mill Street said that they would accept the ruling.\n"
        "The council will vote on the timetable in October.\n"
    )
    text = f"{MENU}What we know about the tram\nBy Courier staff\n9 August 2022\n{lead}\n" + "\n".join(items)
    assert body(segment(dump(f"{text}\n{rest}{FOOT}")))[:4] == [lead, *items]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Hugh Pell is a columnist for the Courier and the author of “Small Hours”.", PassageKind.CREDIT),
        (
            "Hugh Pell said that he would buy the lamps himself if the council wanted him to.",
            PassageKind.BODY,
        ),
    ],
)
def test_what_the_article_says_of_its_writer_is_a_credit(note: str, kind: PassageKind) -> None:
    follow = "Follow him on Twitter @hughpell."
    found = dict(segment(f"{MENU}{HEAD}{LAMPS}{LIGHTS}{note}\n{follow}\n{FOOT}").seen)
    assert found[note] is kind
    assert kind is PassageKind.BODY or found[follow] is not PassageKind.BODY


def test_a_label_takes_two_links_but_no_heading() -> None:
    links = "The square of Harrow is lit by the sun\nHow a village of weavers got back its spring\n"
    found = body(segment(f"{MENU}{HEAD}{LAMPS}Read also\n{links}The last lamp\n{LIGHTS}{FOOT}"))
    assert found == [*LAMPS.splitlines(), "The last lamp", *LIGHTS.splitlines()]


def test_a_page_that_has_its_article_twice_is_read_once() -> None:
    article = (
        LAMPS
        + "It is a sight to see.\nFour lamps\n"
        + LAMPS.replace("lamps", "lights").replace("Every", "Each")
    )
    forms = "Get it free\nOops! Something went wrong\n"
    found = body(segment(f"{MENU}{HEAD}{article}{forms}{HEAD}{article}Join free\n{FOOT}"))
    assert found[: article.count("\n")] == article.splitlines()
    assert not any(line in found[article.count("\n") :] for line in (*article.splitlines(), "Join free"))


def test_what_a_player_plays_is_no_headline() -> None:
    player = "Full Screen\nSkip Ad\n×\nLamps of Gas Lane go out after forty years of light\nView Photos\n"
    title, who = HEAD.split("\n", 1)
    assert segment(f"{MENU}{title}\nShare\nTweet\n{player}{who}{LAMPS}{FOOT}").title == title


def test_writers_are_named_by_what_they_call_themselves() -> None:
    title, who = "Lamp facts of the week, number 282", "Posted by hughp, Annroe on 2019-02-15, all posts"
    found = segment(f"{MENU}{title}\n{who}\nThe plan\n{LAMPS}{FOOT}")
    assert (found.title, found.date) == (title, dt.date(2019, 2, 15))


def test_a_recipe_s_list_and_what_follows_it_are_read() -> None:
    lead = (
        "This tart is eaten warm, with the fingers, in the five weeks of the plums of August and September.\n"
        "It serves six people, and takes twenty minutes to make and forty in the oven of a small kitchen.\n"
    )
    listed = "Ingredients\n1 pastry\n800 g of plums\n80 g of sugar\n2 eggs\n10 cl of cream\n"
    last = "Aunt Odile used to pour a drop of brandy over the tart. She never told anybody of it."
    text = (
        f"{MENU}Plum tart of my aunt Odile\nBy Claire Fontanel\n22 August 2021\n{lead}{listed}{last}\n{FOOT}"
    )
    assert body(segment(dump(text)))[-7:] == [*listed.splitlines(), last]


def test_short_entries_below_headings_are_read() -> None:
    entries = "2. Aurora\nThe bread comes at four, and so does the queue.\n"
    entries += "3. The Clock\nIt stopped in 1987; not the tea."
    text = f"{MENU}Five cafés for a rainy day\nBy Marina Teles\n14 March 2023\n{LAMPS}{entries}\n{FOOT}"
    found = body(segment(dump(text)))
    assert found[-1] == "It stopped in 1987; not the tea."
    assert len(found) == len(LAMPS.splitlines()) + 4


def test_the_headline_again_amid_the_article_is_closed() -> None:
    title = HEAD.split("\n", 1)[0]
    found = body(
        segment(f"{MENU}{HEAD}{LAMPS}{title}\nBack to video\nTry refreshing your browser, or\n{LIGHTS}{FOOT}")
    )
    assert found == [*LAMPS.splitlines(), *LIGHTS.splitlines()]


@pytest.mark.parametrize(
    ("writer", "author"),
    [
        ("Eine Kolumne von Jutta Wernicke", "Jutta Wernicke"),
        ("Intervista di Paolo Terzi", "Paolo Terzi"),
        ("A column by Ann Roe", "Ann Roe"),
        ("Redacción", None),
    ],
)
def test_writers_of_columns_and_newsrooms_are_no_headlines(writer: str, author: str | None) -> None:
    title = "Who is afraid of the empty chair?"
    for text in (
        f"{title}\n\n{writer}\n\n3 February 2024\n\n{LAMPS}",
        f"{MENU}{title}\n{writer}\n3 February 2024\n{LAMPS}{FOOT}",
    ):
        found = segment(text)
        assert (found.title, found.author) == (title, author)
        assert dict(found.seen)[writer] in {PassageKind.BYLINE, PassageKind.BOILERPLATE}


def test_a_headline_in_han_is_no_name() -> None:
    text = "首页 > 社会 > 正文\n老渡口恢复通航 村民自发上街庆祝\n"
    text += "2022-03-03 08:15:00\n来源：水乡晚报\n作者：何小舟\n"
    text += "水乡晚报讯（记者 何小舟）停航三周的柳河老渡口昨日恢复通航，首班渡船载着十二名乘客驶向对岸。\n"
    text += "船老大孙长顺今年六十一岁，撑船四十年。他说：“河水还急，可对岸的人在等。”\n"
    text += "据镇政府介绍，渡口的木桥将在五月前修缮完毕，届时两岸往来会更加方便。\n"
    found = segment(
        "首页\n要闻\n社会\n教育\n健康\n评论\n图片\n注册\n" + text + "关于我们\n广告服务\n版权声明\n"
    )
    assert (found.title, found.author) == ("老渡口恢复通航 村民自发上街庆祝", "何小舟")


def test_a_name_below_the_headline_that_has_the_date_above_it_is_the_writer() -> None:
    found = segment(f"3 March 2022, 08:15\n\nThe ferry runs again to the island\n\nIrina Lapteva\n\n{LAMPS}")
    assert (found.title, found.author) == ("The ferry runs again to the island", "Irina Lapteva")


def test_rows_of_han_are_put_together() -> None:
    paragraph = "每天晚上七点，当村里的灯一盏盏亮起来的时候，退休教师就会打开祠堂的大门，把桌擦干净。"
    rows = "\n".join(paragraph[at : at + 36] for at in range(0, len(paragraph), 36))
    found = segment(f"夜间图书馆\n\n2021年6月18日\n\n{rows}\n\n{rows}\n")
    assert [shown for shown, _ in found.seen][2:] == [paragraph] * 2


def test_notes_with_links_back_are_read_behind_a_form() -> None:
    notes = "see the minutes of the council for May 1911↩\nThe lamps of the square are not counted here.↩\n"
    form = "Subscribe to new posts\nEmail\nSign up\n"
    found = body(segment(f"{MENU}{HEAD}{LAMPS}{form}{notes}{FOOT}"))
    assert found == [*LAMPS.splitlines(), *notes.splitlines()]


def test_what_a_player_says_amid_the_article_is_closed() -> None:
    player = (
        "Video Player\nDownload File: https://cdn.example/a/b/c/d/e/f/g/h/i/j/k/l/m/n/lamps.mp4?_=1\n"
        "<https://cdn.example/lamps.mp4>\nMedia error: Format(s) not supported\n00:00\n"
        "Use Up/Down Arrow keys to increase or decrease volume.\n"
    )
    found = body(segment(f"{MENU}{HEAD}{LAMPS}{player}{LIGHTS}{FOOT}"))
    assert found == [*LAMPS.splitlines(), *LIGHTS.splitlines()]


def test_tags_with_commas_below_the_last_sentence_are_closed() -> None:
    found = body(segment(f"{HEAD}{LAMPS}{LIGHTS}employment,\nGas Lane,\nlamps\n"))
    assert found == [*LAMPS.splitlines(), *LIGHTS.splitlines()]


def test_what_is_quoted_from_a_network_at_the_end_is_read() -> None:
    said = "@lamps great walk last night. awesome lamps. looking forward to seeing how it goes on"
    sign = "— Matt Roe (@mattroe) April 2, 2013"
    found = dict(
        segment(f"{MENU}{HEAD}{LAMPS}{said}\n{sign}\nShare this with friends\nFacebook\nReddit\n{FOOT}").seen
    )
    assert found[said] is PassageKind.BODY


def test_a_newsroom_below_a_label_is_the_byline() -> None:
    found = dict(segment(f"{MENU}How to reach the newsroom\nBy\nHarrow Courier editors\n{LAMPS}{FOOT}").seen)
    assert found["Harrow Courier editors"] is PassageKind.BYLINE


def test_a_link_that_begins_a_paragraph_is_put_back_to_it() -> None:
    first = (
        "Apple chief Tim Cook\ntestified on Monday in the House\nabout the taxes of the firm, its friends,"
    )
    text = f"{first}\nRoe\n, who asked him, and the rest of the world that it is sold in.\n{LAMPS}"
    more = (
        "The lamps are lit by\nArthur Benn\n, who has a pole, and by\nJane Roe\n, who has none of her own.\n"
    )
    assert segment(text + more, shape=Shape.NODES).seen[0][0].startswith("Apple chief Tim Cook testified on")


def test_an_article_ends_at_a_label_of_links_where_little_prose_is_left() -> None:
    article = [LAMPS.replace("\n", " ").strip()] * 6
    teasers = [article[0], "What role does light play in the life of lamps?"]
    signs = ["Latest news", "Newsletter", "Share this article", "Facebook", "Get our newsletter"]
    texts = [*article, "Related coverage", *teasers, *signs, *teasers]
    assert ending(texts, 0, len(texts)) == len(article)
    assert ending([*texts, *article], 0, len(texts) + 6) > len(article)


def test_the_headline_with_the_date_below_it_begins_another_copy() -> None:
    years = range(1911, 1918)
    article = "".join(
        LAMPS.replace("lamps", f"lamps of {year}").replace("Every", f"On {year}") for year in years
    )
    other = LIGHTS.replace("lights", "roofs").replace("lane", "square").replace("pole", "rod")
    found = body(segment(f"{MENU}{HEAD}{article}{HEAD}{other}{FOOT}"))
    assert found == article.splitlines()


def test_a_standfirst_of_few_words_of_the_article_is_read_above_the_writer() -> None:
    standfirst = (
        "It is a walk like no other. But why is it so? What keeps him going, in the lane of his father?"
    )
    menu = "".join(f"[{item}](/{item[:1]})\n\n" for item in MENU.splitlines())
    rest = "".join(f"![](/{n})\n\n{line}\n\n" for n, line in enumerate(LAMPS.splitlines()))
    head = f"# The last lamplighter of Gas Lane\n\n{standfirst}\n\n![](/i)\n\n[Hugh Pell](/pell)\n\n"
    share = "[21 January 2020](/d)\n\n[Share](/s)\n\n[Tweet](/t)\n\n[Email](/e)\n\n[Print](/p)\n\n"
    assert body(segment(f"{menu}{head}{share}{rest}"))[0] == standfirst


PIECES = (
    "The men's race was won by\nTom Brandt, who had come as a pacemaker and decided to stay.\n"
    "More than 3,000\nrunners took part\nin the race of the town.\n"
    "By the\nend of the\nfirst winter\nthe association of readers counted nine thousand volumes.\n"
    "A second room for\nchildren will open\nin the autumn, if the money can be found.\n"
)


def test_few_short_pieces_show_that_a_text_has_a_node_a_line() -> None:
    found = segment(f"{MENU}{PIECES}{FOOT}")
    assert found.shape is Shape.NODES
    seen = [shown for shown, _ in found.seen]
    assert "More than 3,000 runners took part in the race of the town." in seen
    assert "By the end of the first winter the association of readers counted nine thousand volumes." in seen
    assert "A second room for children will open in the autumn, if the money can be found." in seen


def test_entries_of_a_menu_in_small_letters_are_not_put_together() -> None:
    menu = "Share this\nfacebook\ntwitter\ncopy link\nprint\n"
    seen = [shown for shown, _ in segment(f"{menu}{PIECES}", shape=Shape.NODES).seen]
    assert seen[:5] == menu.splitlines()


def test_the_preview_of_a_letter_above_its_headline_is_closed_and_not_its_lead() -> None:
    lead, rest = LAMPS.split("\n", 1)
    text = f"{lead}\nOpen in browser\n{HEAD}{lead}\n{rest}{LIGHTS}Like\nComment\nShare\n{FOOT}{MENU}"
    kinds = [kind for shown, kind in segment(text).seen if shown == lead]
    assert kinds == [PassageKind.BOILERPLATE, PassageKind.BODY]
