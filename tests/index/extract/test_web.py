"""Where web pages keep their headline and date, and which dates are not the article's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.model.article import Article

Read = Callable[..., Article]
TITLE = "Council agrees on night ferries"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta name="DC.date" content="2019-05-12">', f"<h1>{TITLE}</h1>"),
        ('<meta name="Article.Published" content="2019-05-12T09:00">', f"<h1>{TITLE}</h1>"),
        ("", f'<h1>{TITLE}</h1><time datetime="2019-05-12T08:00">12 May</time>'),
        ("", f"<h1>{TITLE}</h1><div>By Irene Example | May 12, 2019</div>"),
        ("", f'<h2 itemprop="headline">{TITLE}</h2><span itemprop="datePublished">May 12, 2019</span>'),
        (
            '<script type="application/LD+JSON">{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle",'
            f' "headline": "{TITLE}", "datePublished": "2019-05-12"}}}}</script>',
            "",
        ),
        (
            "",
            f'<article><h1>{TITLE}</h1><time class="updated" datetime="2020-01-01">x</time>'
            '<time class="entry-date" datetime="2019-05-12">x</time></article>',
        ),
    ],
)
def test_headline_and_date_are_found_in_a_pages_markup(
    article: Read, news: str, head: str, above: str
) -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in news.split("\n\n"))
    page = f"<html><head><title>Lantern | {TITLE}</title>{head}</head><body>{above}{prose}</body></html>"
    found = article(page, "page.html")
    assert (found.date, found.date_from) == (dt.date(2019, 5, 12), "metadata")
    assert found.title.endswith(TITLE)
    if above:
        assert found.title == TITLE


def page(news: str, above: str = "", head: str = "", title: str = TITLE, below: str = "") -> str:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in news.split("\n\n"))
    return f"<html><head><title>{title}</title>{head}</head><body>{above}{prose}{below}</body></html>"


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


STORY = (
    f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2019-05-12T08:20:00+01:00",'
    ' "author": {"@type": "Person", "name": "Irene Example"}}'
)


@pytest.mark.parametrize(
    "data",
    [
        f"\n<![CDATA[\n{STORY}\n]]>\n",
        f"//<![CDATA[\n{STORY}\n//]]>",
        f"/*<![CDATA[*/{STORY}/*]]>*/",
        f"<!--\n{STORY}\n-->",
        f"{STORY};",
        STORY.replace('"author"', '"keywords": ["ferries", "night",], "about": "a\nb", "author"'),
        f'[{{"@type": "WebSite"}}, {STORY.replace("NewsArticle", "ReportageNewsArticle")}]',
        STORY.replace('"NewsArticle"', '["Article", "NewsArticle"]'),
        f"// generated\n{STORY.replace(', ', ', /* see https://x.example */ ')}",
        f'{{"@type": "Organization", "name": "The Courier"}}\n{STORY}',
        STORY.replace('"', "'"),
        STORY.replace('"author"', '"description": "They said "never" again", "author"'),
        f'{{"@graph": [{STORY.replace("Irene Example", "#1").replace("name", "@id")},'
        ' {"@type": "Person", "@id": "#1", "name": "Irene Example"}]}',
    ],
)
def test_linked_data_are_read_however_they_are_wrapped(article: Read, news: str, data: str) -> None:
    found = article(page(news, f"<h1>{TITLE}</h1>", linked(data)), "page.html")
    assert (found.date, found.author) == (dt.date(2019, 5, 12), "Irene Example")


@pytest.mark.parametrize(
    "data",
    [
        f'{{"@type": "ItemList", "itemListElement": [{{"@type": "ListItem", "item": {STORY}}}]}}',
        STORY.replace(TITLE, "Swan on the tram").replace(
            '"author"', '"url": "https://x.example/swan", "author"'
        ),
        f'{{"itemListElement": ["a "swan"", {STORY}]}}',
        "not JSON at all",
    ],
)
def test_linked_data_of_other_stories_date_nothing(article: Read, news: str, data: str) -> None:
    found = article(page(news, f"<h1>{TITLE}</h1>", linked(data)), "page.html")
    assert (found.title, found.date, found.author) == (TITLE, None, None)


@pytest.mark.parametrize(
    "above",
    [
        '<div><span>12 May 2019 14:20</span> <a href="/">All stories of this year</a> <i>loading …</i></div>',
        "<div><p>By Irene Example</p><p>Posted on May 12, 2019 in Harbours</p></div>",
        '<div class="entry-meta"><b>Sunday, May 12, 2019</b></div>',
        '<span itemprop="datePublished" content="2019-05-12">two days ago</span>',
        "<p><b>Updated</b> <b>14 May 2019</b></p><p><i>Published</i> <b>12 May 2019</b></p>",
        '<ul class="meta"><li>Harbours</li><li>12 May 2019</li></ul>',
        '<ul><li><a href="/">Read all of the latest news</a></li><li class="date">12 May 2019</li></ul>',
        '<p><a href="https://x.example/2019/05/12/"><time datetime="2019-05-12T08:20">12 May</time></a></p>',
        '<footer class="entry-meta"><span>12 May 2019</span></footer>',
        "<p>Two years late and over budget, the harbour of the town was opened by the mayor on Sunday.</p>"
        '<div class="date">12 May 2019</div>',
        "<p>Joined: 3 April 2011</p><p>12 May 2019, 08:20</p>",
        '<abbr class="published" title="2019-05-12T08:20">two years ago</abbr>',
        '<span property="schema:dateCreated" content="2019-05-12T08:20"></span>',
        '<div><span class="date">12 May 2019</span><span class="updated">Updated 14 May 2019</span></div>',
        '<aside><ul><li>Harbours</li><li class="meta__date">12 May 2019</li></ul></aside>',
        '<ul><li><a href="/w">Irene Example and the Amber Press Agency</a></li>'
        '<li><span class="published">12 May 2019</span> <span>12 May 2019</span></li></ul>',
        '<div class="headline__footer"><div class="timestamp">12 May 2019</div></div>',
    ],
)
def test_the_smallest_element_below_the_heading_dates_the_article(
    article: Read, news: str, above: str
) -> None:
    assert article(page(news, f"<h1>{TITLE}</h1>{above}"), "page.html").date == dt.date(2019, 5, 12)


@pytest.mark.parametrize(
    "other",
    [
        "<ul><li><a href='x'>12 May 2019: swan on a tram</a></li></ul>",
        "<p><a href='x'>12 May 2019</a></p>",
        "<aside><p>12 May 2019</p></aside>",
        "<div><a href='x'>Swan rides on a tram</a> <span>12 May 2019</span></div>",
        "<div class='related'><div><b>Swan</b> <span>12 May 2019</span></div></div>",
        "<p><a href='/swan' rel='bookmark'><time>12 May 2019</time></a></p>",
        "<p><a href='/news/12345678'><time>12 May 2019</time></a></p>",
        "<p><a href='/2019/05/12/swan'><time>12 May 2019</time></a></p>",
        "<footer><p>12 May 2019</p></footer>",
        "<p>Member since 12 May 2019</p>",
        '<script>var today = "2019-05-12";</script>',
    ],
)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_the_date_of_another_story_dates_nothing(
    article: Read, news: str, other: str, at_the_end: bool
) -> None:
    above, below = (f"<h1>{TITLE}</h1>", other) if at_the_end else (f"<h1>{TITLE}</h1>{other}", "")
    own = '<link rel="canonical" href="https://x.example/harbour">'
    assert article(page(news, above, own, below=below), "page.html").date is None


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>The Courier</h1><h2>{}</h2><p>12 May 2019</p>",
        "<h1>The Courier</h1><p>3 April 2011</p><h3>{}</h3><p>12 May 2019</p>",
        "<div><div class='headline'>{}</div><p>12 May 2019</p></div>",
        "<h1><span class='date'>12 May 2019</span>{}</h1>",
        "<h4 class='date-header'>12 May 2019</h4><h3>{}</h3>",
    ],
)
def test_the_heading_is_the_one_that_is_the_title(article: Read, news: str, markup: str) -> None:
    title = f"The Courier: {TITLE}"
    head = f'<meta property="og:title" content="{TITLE}">'
    found = article(page(news, markup.format(TITLE), head, title), "page.html")
    assert (found.title, found.date) == (TITLE, dt.date(2019, 5, 12))


@pytest.mark.parametrize("name", ["elementor-widget", "has-sidebar", "teaser", "no-comments"])
def test_what_the_heading_stands_in_is_no_part_about_others(article: Read, news: str, name: str) -> None:
    inside = f"<div class='{name}'><h1>{TITLE}</h1><div><p>12 May 2019</p><b rel='author'>Irene Example</b>"
    found = article(page(news, inside, below="</div></div>"), "page.html")
    assert (found.date, found.author) == (dt.date(2019, 5, 12), "Irene Example")


def test_a_pages_own_address_dates_it_and_another_storys_does_not(article: Read, news: str) -> None:
    own = '<link rel="canonical" href="https://x.example/2019/05/12/harbour">'
    assert article(page(news, f"<h1>{TITLE}</h1>", own), "page.html").date == dt.date(2019, 5, 12)
    shown = article(page(news, f"<h1>{TITLE}</h1><p>13 May 2019</p>", own), "page.html")
    assert shown.date == dt.date(2019, 5, 13)
    other = f"<h1>{TITLE}</h1><p><a href='https://x.example/2019/05/12/swan'>Swan</a></p>"
    assert article(page(news, other), "page.html").date is None


def test_a_day_of_change_counts_only_where_no_other_is_found(article: Read, news: str) -> None:
    changed = '<meta property="article:modified_time" content="2020-01-03T10:00:00Z">'
    in_data = linked(STORY.replace("datePublished", "dateModified").replace("2019-05-12", "2020-01-03"))
    for head in (changed, in_data):
        assert article(page(news, f"<h1>{TITLE}</h1>", head), "page.html").date == dt.date(2020, 1, 3)
        shown = f"<h1>{TITLE}</h1><p>12 May 2019</p>"
        assert article(page(news, shown, head), "page.html").date == dt.date(2019, 5, 12)


def test_a_date_below_the_heading_beats_that_of_today_above_it(article: Read, news: str) -> None:
    today = "<div>Thursday, 5 August 2021</div>"
    above = f"{today}<h1>{TITLE}</h1><p>12 May 2019</p>"
    assert article(page(news, above), "page.html").date == dt.date(2019, 5, 12)
    assert article(page(news, f"{today}<h1>{TITLE}</h1>"), "page.html").date == dt.date(2021, 8, 5)


def test_a_date_below_the_first_prose_dates_nothing(article: Read, news: str) -> None:
    assert article(page(news, f"<h1>{TITLE}</h1>", below="<p>12 May 2019</p>"), "page.html").date is None


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta name="author" content="By Irene Example">', ""),
        (
            '<meta property="article:author" content="https://x.example/i">',
            '<a rel="author">Irene Example</a>',
        ),
        ("", '<p class="byline">Words by Irene Example</p>'),
        ("", "<p>By Irene Example | May 12, 2019</p>"),
        (
            '<meta name="twitter:label1" content="Written by">'
            '<meta name="twitter:data1" content="Irene Example">',
            "",
        ),
        # what stands between heading and text is the article's, whatever its class ends in
        ("", '<div class="headline__footer"><p class="byline">By Irene Example, CRN</p></div>'),
        ("", '<div class="meta nyo-social-comments"><b class="author">Irene Example</b></div>'),
        ("", '<ul><li class="p-post-AssistAuthor">Irene Example</li></ul>'),
        # a link to the writer's page, and a name that is a piece of what is marked
        ("", '<p><a href="/about/editors/irene-example/">Irene Example,</a></p>'),
        ("", '<div class="author">Irene Example <a rel="author">More stories by Irene Example</a></div>'),
        ("", '<div class="author"><b>by</b> <b>Irene Example</b> <i>12 May 2019 14:20</i></div>'),
    ],
)
def test_the_writer_is_found(article: Read, news: str, head: str, above: str) -> None:
    assert article(page(news, f"<h1>{TITLE}</h1>{above}", head), "page.html").author == "Irene Example"


@pytest.mark.parametrize(
    "below",
    [
        '<span class="post-author vcard">Posted by <span class="fn">Irene Example</span></span>',
        '<p class="credits">Text: <a rel="author">Irene Example</a></p>',
        '<div class="author-box"><b itemprop="author">Irene Example</b></div>',
    ],
)
def test_the_one_name_marked_as_an_authors_below_the_text_is_the_writers(
    article: Read, news: str, below: str
) -> None:
    assert article(page(news, f"<h1>{TITLE}</h1>", below=below), "page.html").author == "Irene Example"
    another = f"{below}<a rel='author'>Otto Other</a>"
    assert article(page(news, f"<h1>{TITLE}</h1>", below=another), "page.html").author != "Irene Example"
    comment = f"<div class='comments'>{below}</div>"
    assert article(page(news, f"<h1>{TITLE}</h1>", below=comment), "page.html").author is None


@pytest.mark.parametrize(
    "link", ['<a href="/tags/irene-example/">Irene Example</a>', '<a href="/author/otto/">Irene Example</a>']
)
def test_a_link_to_another_page_names_no_writer(article: Read, news: str, link: str) -> None:
    assert article(page(news, f"<h1>{TITLE}</h1><p>{link}</p>"), "page.html").author is None


@pytest.mark.parametrize("label", ["Posted on", "Published", "Published by", "Veröffentlicht", "Editor"])
def test_a_label_is_no_writer(article: Read, news: str, label: str) -> None:
    above = f"<h1>{TITLE}</h1><p class='byline author'>{label}</p>"
    assert article(page(news, above), "page.html").author is None


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("The Amber Courier", False),
        ("ambercourier.example", False),
        ("Amber Harbour Friends e.V.", False),
        ("irene.example", False),
        ("Ambercourier", False),
        ("@ambercourier", False),
        ("iexample", False),
        ("Otto Other", True),
        ("王小明", True),
        ("Ann Courier-Amber", True),
    ],
)
def test_a_person_shown_goes_before_a_site_an_organisation_or_an_account(
    article: Read, news: str, name: str, is_kept: bool
) -> None:
    head = (
        f'<meta name="author" content="{name}"><meta property="og:site_name" content="The Amber Courier">'
        '<link rel="canonical" href="https://www.ambercourier.example/1">'
    )
    shown = f"<h1>{TITLE}</h1><p>By Irene Example</p>"
    assert article(page(news, shown, head), "page.html").author == (name if is_kept else "Irene Example")
    if name != "The Amber Courier":
        assert article(page(news, f"<h1>{TITLE}</h1>", head), "page.html").author == name


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"familyName": "Example", "givenName": "Irene"}, "Irene Example"),
        ([{"name": "Irene Example (ie)"}, {"name": "Otto Other (oto.)"}], "Irene Example, Otto Other"),
        (
            [{"name": f"Irene {name}"} for name in "ABCDEFGH"],
            ", ".join(f"Irene {name}" for name in "ABCDEFGH"),
        ),
    ],
)
def test_writers_are_named_as_the_linked_data_have_them(
    article: Read, news: str, author: object, names: str
) -> None:
    said = linked(json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": author}))
    assert article(page(news, f"<h1>{TITLE}</h1>", said), "page.html").author == names


@pytest.mark.parametrize("kind", ["ImageObject", "Photograph", "UserComments", "Comment"])
def test_who_made_a_picture_or_a_comment_and_when_is_nothing_of_the_article(
    article: Read, news: str, kind: str
) -> None:
    said = (
        '<meta itemprop="author" content="Otto Other"><time itemprop="datePublished" datetime="2019-05-12">'
    )
    part = f'<div itemscope itemtype="https://schema.org/{kind}"><i>Ships</i>{said}</time></div>'
    found = article(page(news, f"<h1>{TITLE}</h1>", below=f"<p>{news}</p>{part}"), "page.html")
    assert (found.author, found.date) == (None, None)
    own = part.replace(kind, "NewsArticle")
    found = article(page(news, f"<h1>{TITLE}</h1>", below=f"<p>{news}</p>{own}"), "page.html")
    assert (found.author, found.date) == ("Otto Other", dt.date(2019, 5, 12))


@pytest.mark.parametrize("name", ["admin", "irene[at]x.example", "https://x.example/irene", "desk@x.example"])
def test_accounts_and_addresses_are_no_writers(article: Read, news: str, name: str) -> None:
    head = f'<meta name="author" content="{name}">'
    assert article(page(news, f"<h1>{TITLE}</h1>", head), "page.html").author is None


@pytest.mark.parametrize(
    "title",
    [f"{TITLE} | The Amber Courier", f"Harbours - {TITLE} - The Amber Courier", f"{TITLE} — ambercourier"],
)
def test_a_title_loses_the_sites_name(article: Read, news: str, title: str) -> None:
    head = '<link rel="canonical" href="https://www.ambercourier.example/1">'
    assert article(page(news, f"<h1>{TITLE}</h1>", head, title), "page.html").title == TITLE
    shared = f'{head}<meta property="og:title" content="{title}">'
    assert article(page(news, f"<h1>{TITLE}</h1>", shared, "x"), "page.html").title == TITLE


@pytest.mark.parametrize(
    ("above", "title", "shared", "expected"),
    [
        # quotation marks and dashes that differ
        (
            "<h1>“Night ferries” – a plan for all</h1>",
            '"Night ferries" - a plan for all - Courier',
            "",
            '"Night ferries" - a plan for all',
        ),
        # a heading of another rank
        (f"<h2>{TITLE} – and then?</h2>", f"{TITLE} – and then? – The Courier", "", f"{TITLE} – and then?"),
        (f"<h1>Courier</h1><h3>{TITLE}</h3>", f"Ships » {TITLE}", "", TITLE),
        # a shared title that names the site or a section
        (f"<h1>{TITLE}</h1>", f"{TITLE} | Courier", "Press releases of the town", TITLE),
        ("", f"{TITLE} | Courier", "Press releases", TITLE),
        # and one that is a headline of its own
        (f"<h1>{TITLE}</h1>", f"{TITLE} | Courier", f"Ships: {TITLE} at last", f"Ships: {TITLE} at last"),
        ("<h1>Ships</h1>", "Courier", "Swan rides tram", "Swan rides tram"),
        (
            f"<h1>{TITLE}</h1><h2>Swan rides on a tram</h2>",
            f"{TITLE} | Courier",
            "Swan rides on a tram",
            "Swan rides on a tram",
        ),
        # a standfirst is no headline
        (
            f"<h1>{TITLE}</h1><h2>Ships are to run until two in the morning</h2>",
            f"{TITLE} - Ships are to run until two in the morning",
            "",
            TITLE,
        ),
        # the site's name is h1, behind the headline
        (f"<h1>Two Hulls and a Bridge</h1><h2>{TITLE}</h2>", f"{TITLE} | Two Hulls and a Bridge", "", TITLE),
        (f"<h1>{TITLE}</h1><h2>Two Hulls and a Bridge</h2>", f"Two Hulls › {TITLE} ⋆ Courier", "", TITLE),
        (f"<h1>{TITLE}</h1>", "Home", "", TITLE),
        (f"<h1>{TITLE}</h1><h1>Swan rides on a tram</h1>", "Home", "", "Home"),
        # a site's name that no blank parts
        ("", "港务委员会同意夜间渡轮新规定-琥珀网", "", "港务委员会同意夜间渡轮新规定"),
        (
            "",
            "港務委員会が夜間フェリーの新規則に合意｜琥珀ニュース",
            "",
            "港務委員会が夜間フェリーの新規則に合意",
        ),
        ("", "法国总理让-马克访问港口", "", "法国总理让-马克访问港口"),
        (
            "",
            "港務委員会が夜間フェリーの新規則に合意 | 琥珀ニュース",
            "",
            "港務委員会が夜間フェリーの新規則に合意",
        ),
        # a label, a section or the site without a blank or a mark between, beside the heading
        (f"<h1>{TITLE}</h1>", f"Harbours: {TITLE}", "", TITLE),
        (f"<h1>{TITLE}</h1>", f"{TITLE} (Amber Courier)", f"{TITLE} (Courier)", TITLE),
        (f"<h1>{TITLE}</h1>", f"{TITLE} COURIER", "", TITLE),
        (
            "<h1>夜間フェリーの規則に合意</h1>",
            "夜間フェリーの規則に合意：琥珀ニュース",
            "",
            "夜間フェリーの規則に合意",
        ),
        ("<h1>Night ferries</h1>", f"Night ferries: {TITLE}", "", f"Night ferries: {TITLE}"),
        # the site's logo is a heading behind the headline, with a longer one on the page
        ("<h1>Amber Courier</h1><h1>Night ferries come</h1>", f"{TITLE} - Amber Courier", "", TITLE),
        # a section alone before the site's name
        (f"<h1>{TITLE}</h1>", "Ships - Amber Courier", "", TITLE),
    ],
)
def test_the_headline_is_told_from_site_section_and_standfirst(
    article: Read, above: str, title: str, shared: str, expected: str
) -> None:
    head = '<meta property="og:site_name" content="Amber Courier 琥珀ニュース">'
    head += f'<meta property="og:title" content="{shared}">' if shared else ""
    prose = "The harbour council met in Port Amber to agree on new rules for ferries, officials said. " * 5
    assert article(page(prose, above, head, title), "page.html").title == expected


SHORTER = "Night ferries agreed on"


@pytest.mark.parametrize(
    ("above", "titles", "headline", "expected"),
    [
        # the linked data or the page's own title have the heading
        (f"<h1>{TITLE}</h1>", ("Home", "Swan rides on a tram"), TITLE, TITLE),
        (f"<h1>{TITLE}</h1>", (f"{TITLE} | Courier", "Swan rides on a tram"), "", TITLE),
        (f"<h1>{TITLE}</h1>", ("Home", f"{TITLE} | Ships in spring, and who is to pay"), TITLE, TITLE),
        # what is shared is cut
        (f"<h1>{TITLE} for all</h1>", ("Home", TITLE), f"{TITLE} for all", f"{TITLE} for all"),
        # the only heading is of the same words, or of others
        (f"<h1>{TITLE}</h1>", ("Home", SHORTER), "", TITLE),
        (f"<h1>The Courier, news of the harbour</h1><h1>{TITLE}</h1>", ("Home", SHORTER), "", SHORTER),
        ("<h1>News of the whole harbour</h1>", ("Home", SHORTER), "", SHORTER),
        ("<h1>Night ferries</h1>", ("Home", SHORTER), "", SHORTER),
        # a kicker and what stands beside the headline in its heading are not of it
        (f"<h1>Harbours: {TITLE}</h1>", (f"Harbours: {TITLE} - Quay", TITLE), "", TITLE),
        (f"<h1><span>Ships</span> {TITLE}</h1>", ("Home", SHORTER), "", SHORTER),
        (f"<h1>{TITLE} 12 May</h1>", ("Home", TITLE), "", TITLE),
        (
            "<h1>Council on night fer\u00adries, at last</h1>",
            ("Home", "On night ferries"),
            "",
            "On night ferries",
        ),
    ],
)
def test_the_headline_is_the_one_that_the_page_shows(
    article: Read, above: str, titles: tuple[str, str], headline: str, expected: str
) -> None:
    head = f'<meta property="og:title" content="{titles[1]}">'
    head += linked(json.dumps({"@type": "NewsArticle", "headline": headline})) if headline else ""
    prose = "The harbour council met in Port Amber to agree on new rules for ferries, officials said. " * 5
    assert article(page(prose, above, head, titles[0]), "page.html").title == expected


@pytest.mark.parametrize("head", ["", f"<style>{'p { margin: 0 } ' * 4000}</style>"])
def test_a_page_too_deep_to_be_parsed_is_dated_by_its_linked_data(
    article: Read, news: str, head: str
) -> None:
    deep = "<div>" * 400
    markup = page(news, f"{deep}<h1>{TITLE}</h1>", head, below=linked(STORY))
    markup = markup.replace("<body>", "") if head else markup
    found = article(markup, "page.html")
    assert found.date == dt.date(2019, 5, 12)


def test_a_columnists_name_stays_in_the_title_and_a_sites_goes(article: Read, news: str) -> None:
    names = '<meta name="author" content="Irene Example"><meta property="og:site_name" content="{}">'
    shared = f'<meta property="og:title" content="{TITLE} | Irene Example">'
    columnist = article(page(news, f"<h1>{TITLE}</h1>", names.format("Courier") + shared), "page.html")
    assert columnist.title == f"{TITLE} | Irene Example"
    own_site = article(page(news, f"<h1>{TITLE}</h1>", names.format("Irene Example") + shared), "page.html")
    assert own_site.title == TITLE


def test_a_page_of_which_only_labels_were_chosen_is_read_whole(
    read: Callable[..., FileReading], news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trafilatura

    labels = "Keywords\nharbours\nferries\nPort Amber\n" + "Archives of the harbour and of the islands\n" * 6
    monkeypatch.setattr(trafilatura, "extract", lambda *_, **__: labels)
    paragraph = news.replace("\n\n", " ")
    prose = f"{paragraph}\n\nIn the town {paragraph}"
    (found,) = read(page(prose, f"<h1>{TITLE}</h1>"), "page.html").articles
    assert "Ferry traffic fell by a tenth in January" in found.text


@pytest.mark.parametrize("publisher", [{"name": "The Courier"}, [{"name": "The Courier"}], "The Courier"])
def test_who_published_a_page_is_its_source_where_it_names_no_site(
    article: Read, news: str, publisher: object
) -> None:
    said = linked(json.dumps({"@type": "NewsArticle", "headline": TITLE, "publisher": publisher}))
    assert article(page(news, f"<h1>{TITLE}</h1>", said), "page.html").source == "The Courier"
    site = '<meta property="og:site_name" content="Quay">'
    assert article(page(news, f"<h1>{TITLE}</h1>", said + site), "page.html").source == "Quay"


@pytest.mark.parametrize(
    "block", ["<p>{}</p>", "<div>First.<br/>{}<br/>Last.</div>", "<blockquote><p>{}</p></blockquote>"]
)
@pytest.mark.parametrize(
    "tag",
    [
        "code",
        "kbd",
        "samp",
        "var",
        "tt",
        "sub",
        "abbr",
        "time",
        "mark",
        "cite",
        "s",
        "del",
        "label",
        "output",
    ],
)
def test_an_element_inside_a_sentence_parts_no_paragraph(
    article: Read, news: str, block: str, tag: str
) -> None:
    sentence = "Engineers timed the <t>map</t> twice, then the <t>core(1)</t>. Nobody complained about that."
    inside = block.format(sentence.replace("t>", f"{tag}>"))
    text = article(page(news, f"<h1>{TITLE}</h1>", below=inside + f"<p>{news[:300]}</p>"), "page.html").text
    assert "Engineers timed the map twice, then the core(1). Nobody complained about that." in text.split(
        "\n"
    )


def test_a_quotation_inside_a_sentence_keeps_the_marks_that_a_browser_draws(article: Read, news: str) -> None:
    inside = "<p>She said <q>we <b>agree</b></q> and <q>go</q>, then left the room with the others.</p>"
    text = article(page(news, f"<h1>{TITLE}</h1>", below=inside), "page.html").text
    assert "She said “we agree” and “go”, then left the room with the others." in text.split("\n")
    whole = article("<p>She said <q>we agree</q>.</p>" * 3, "page.html").text
    assert "“we agree”" in whole


def test_a_block_of_code_stays_one(article: Read, news: str) -> None:
    inside = "<p>See this:</p><pre><code>def ferry():\n    return 1</code></pre><p>That is all of it.</p>"
    lines = article(page(news, f"<h1>{TITLE}</h1>", below=inside), "page.html").text.split("\n")
    assert "def ferry():" in lines and "    return 1" in lines


def test_an_items_dash_stands_before_its_words(
    article: Read, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some ways of trafilatura keep the white space of the markup in an item."""
    chosen = f"{news}\n- \n      The first ferry leaves at six.\n      \n- \n- The last one at ten."
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: chosen)
    lines = article(page(news, f"<h1>{TITLE}</h1>"), "page.html").text.split("\n")
    assert "- The first ferry leaves at six." in lines and "- The last one at ten." in lines


ADDRESS = "https://www.quay.example/2024/piles"


@pytest.mark.parametrize(
    "mark",
    [
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sun Nov 29 2026\n-->",
        f"<!-- saved from url=(0035){ADDRESS} -->",
        f'<link rel="canonical" href="{ADDRESS}">',
        f'<link rel="canonical" href="https://web.archive.org/web/20260101000000/{ADDRESS}">',
    ],
)
def test_a_saved_page_has_the_address_that_it_was_saved_from(
    article: Callable[..., Article], mark: str, news: str
) -> None:
    text = "".join(f"<p>{one}</p>" for one in news.split("\n\n"))
    head = "<head><title>Piles</title></head>"
    found = article(f"<!DOCTYPE html><html>{mark}{head}<body><h1>Piles</h1>{text}</body></html>", "a.html")
    assert (found.origin.url, found.source) == (ADDRESS, "quay.example")


LEAD = "Two ferries are to run all night from the spring on, and two will be sold."


@pytest.mark.parametrize(
    "lead",
    [
        f"<header><h1>{TITLE}</h1><div class='dek'><span>{LEAD}</span></div></header>",
        f"<h1>{TITLE}</h1><aside>{LEAD}</aside><ul><li>Share</li><li>Print</li></ul>",
        f"<h1>{TITLE}</h1><nav><a href='/'>Home</a></nav><h2>{LEAD}</h2>",
    ],
)
def test_a_lead_between_headline_and_text_is_the_articles(article: Read, news: str, lead: str) -> None:
    found = article(page(news * 3, f"{lead}<main>", below="</main>"), "page.html")
    assert found.text.count(LEAD) == 1
    assert found.text.index(TITLE) < found.text.index(LEAD) < found.text.index("The harbour council met")


@pytest.mark.parametrize("chosen", ["{title} of the harbour and all its islands\n{news}", "- {news}"])
def test_a_lead_is_found_above_a_list_and_above_the_headline_that_was_chosen(
    article: Read, news: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = f"{TITLE} of the harbour and all its islands"
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: chosen.format(title=TITLE, news=news))
    found = article(
        page(news, f"<h1>{title}</h1><i>Share</i><aside>{LEAD}</aside>", title=title), "page.html"
    )
    assert found.text.count(LEAD) == 1 and found.text.index(title) < found.text.index(LEAD)
    assert found.text.index(LEAD) < found.text.index("The harbour council met")


PHRASE = "How the council means to run two ferries all night from the spring on"


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (f"<h1>{TITLE}</h1><aside>{PHRASE}</aside><p>Listen</p>", ""),
        (f"<h1>{TITLE}</h1><aside>{PHRASE}</aside><h1>{TITLE}</h1><p>Listen</p>", ""),
        (f"<aside>{PHRASE}</aside><ul><li>Share</li></ul><h1>Ships</h1>", PHRASE),
        (f"<h1>{TITLE}</h1><ul><li>Share</li></ul><aside>{PHRASE}</aside>", f"{PHRASE[:50]} …"),
    ],
)
def test_a_lead_that_is_no_sentence_is_known_by_its_place_or_by_what_the_page_says_of_itself(
    article: Read, news: str, above: str, said: str
) -> None:
    head = f'<meta name="description" content="{said}">'
    found = article(page(news * 3, f"{above}<main>", head, below="</main>"), "page.html")
    assert found.text.count(PHRASE) == 1
    assert found.text.index(TITLE) < found.text.index(PHRASE) < found.text.index("The harbour council met")


def test_a_lead_stands_below_the_headline_that_was_chosen_with_the_text(
    article: Read, news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: f"{TITLE}\nListen\n{news}")
    found = article(page(news, f"<h1>{TITLE}</h1><aside>{LEAD}</aside><b>Listen</b>"), "page.html")
    assert found.text.startswith(f"{TITLE}\n") and found.text.count(TITLE) == 1
    assert found.text.index(LEAD) < found.text.index("Listen")


@pytest.mark.parametrize(
    "other",
    [
        f"Ships: {TITLE} for a second time!",
        "By Irene Example and Otto Other of the Amber Press Agency in Port Amber",
        "Home News Politics Harbours Sports Weather Culture Travel Food Cars Videos Letters",
        "Last changed on 12 May 2019 after the end of the talks about it",
    ],
)
def test_a_label_below_the_headline_is_no_lead(article: Read, news: str, other: str) -> None:
    markup = page(news * 3, f"<h1>{TITLE}</h1><aside>{other}</aside><main>", below="</main>")
    assert other not in article(markup, "page.html").text


@pytest.mark.parametrize(
    "other",
    [
        "<ul><li>Share this story with friends who sail at night now</li></ul>",
        f"<i>Share</i><p>{LEAD}</p>"
        + "<p>A seal rode on the tram to the market of the town on Sunday.</p>" * 4,
    ],
)
def test_labels_and_other_texts_above_the_article_are_no_lead(article: Read, news: str, other: str) -> None:
    markup = page(news * 3, f"<h1>{TITLE}</h1><aside>{other}</aside><main>", below="</main>")
    assert LEAD not in article(markup, "page.html").text
    assert "Share this" not in article(markup, "page.html").text


def test_a_page_whose_last_comment_is_never_closed_keeps_what_is_before_it(
    read: Callable[..., FileReading], news: str
) -> None:
    head = '<meta property="article:published_time" content="2019-05-12T08:20:00Z">'
    markup = page(news, f"<h1>{TITLE}</h1><!-- kept -->", head, below="<!-- lost <p>the end</p> <!-- again")
    found = read(markup, "page.html")
    assert found.reason.startswith("has a comment that is never closed")
    [article] = found.articles
    assert (article.title, article.date) == (TITLE, dt.date(2019, 5, 12))
    assert news.rsplit("\n\n", maxsplit=1)[-1] in article.text and "the end" not in article.text
    assert not read("<!--" * 50_000, "page.html").articles
