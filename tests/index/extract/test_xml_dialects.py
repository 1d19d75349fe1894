"""XML and SGML as archives, databases and bad feeds have them: several roots, named fields, loose marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from seedread_index.extract.extractor import FileReading
from seedread_index.extract.records.xml_elements import well_formed
from seedread_index.model.article import Article
from seedread_index.model.status import SkipStatus

Read = Callable[..., FileReading]
One = Callable[..., Article]
DAY = dt.date(2021, 3, 5)
LEAD = "The tram to Port Amber stopped for an hour on Monday, the works said."
REST = "Two cars will be sold in the spring, and the line will close at night."
PAIR = (1, 2)


def assert_read(found: FileReading, *, dated: bool = True) -> None:
    """Two articles, nothing else, without fault."""
    assert (found.status, found.reason) == (None, "")
    assert [each.title for each in found.articles] == [f"Tram stops {n}" for n in PAIR]
    assert {each.date for each in found.articles} == {DAY if dated else None}
    assert all(LEAD in each.text and REST in each.text for each in found.articles)


@pytest.mark.parametrize(
    "one",
    [
        "<DOC>\n<DOCNO> X-{n} </DOCNO>\n<HEAD>Tram stops {n}</HEAD>\n<DATE>5 March 2021</DATE>\n"
        "<TEXT>\n{lead}\n{rest} {n}\n</TEXT>\n</DOC>\n",
        '<REPORT ID="{n}"><DATE> 5-MAR-2021 10:00:00.79</DATE><TEXT>&#2;<TITLE>Tram stops {n}</TITLE>'
        "<BODY>{lead}\n    {rest} {n}&#3;</BODY></TEXT>\n</REPORT>\n",
    ],
)
@pytest.mark.parametrize("name", ["corpus.sgm", "corpus.xml", "corpus"])
def test_elements_that_follow_each_other_without_one_around_them_are_records(
    read: Read, one: str, name: str
) -> None:
    assert_read(read("".join(one.format(n=n, lead=LEAD, rest=REST) for n in PAIR), name))


@pytest.mark.parametrize(
    "one",
    [
        '<row><field name="title">Tram stops {n}</field><field name="body">{lead} {rest} {n}</field>'
        '<field name="published">2021-03-05</field></row>',
        '<table name="news"><column name="title">Tram stops {n}</column><column name="content">{lead} {rest}'
        ' {n}</column><column name="date">2021-03-05</column></table>',
        '<doc><arr name="title"><str>Tram stops {n}</str></arr><str name="content">{lead} {rest} {n}</str>'
        '<date name="published">2021-03-05T10:00:00Z</date></doc>',
        '<text title="Tram stops {n}" date="2021-03-05">{lead} {rest} {n}</text>',
        "<nitf><head><docdata><date.issue norm='20210305T100000Z'/></docdata></head><body><body.head><hl1>"
        "Tram stops {n}</hl1></body.head><body.content><p>{lead}</p><p>{rest} {n}</p></body.content>"
        "</body></nitf>",
        "<NewsItem><FirstCreated>20210305T100000Z</FirstCreated><NewsComponent><NewsLines><HeadLine>"
        "Tram stops {n}</HeadLine></NewsLines><ContentItem><DataContent><p>{lead}</p><p>{rest} {n}</p>"
        "</DataContent></ContentItem></NewsComponent></NewsItem>",
        "<TEI><teiHeader><fileDesc><titleStmt><title>Tram stops {n}</title></titleStmt><publicationStmt>"
        '<date when="2021-03-05"/></publicationStmt></fileDesc></teiHeader><text><body><p>{lead}</p>'
        "<p>{rest} {n}</p></body></text></TEI>",
    ],
)
def test_records_of_databases_agencies_and_corpora(read: Read, one: str) -> None:
    inner = "".join(one.format(n=n, lead=LEAD, rest=REST) for n in PAIR)
    assert_read(read(f"<?xml version='1.0'?><export>{inner}</export>", "export.xml"))


def test_writers_in_elements_of_their_own(article: One) -> None:
    writers = "<authors><author>Ana Reyes</author><author>Tom Hale</author></authors>"
    made = f"<?xml version='1.0'?><a><title>Tram</title>{writers}<body>{LEAD}</body></a>"
    assert article(made, "a.xml").author == "Ana Reyes, Tom Hale"


def feed(items: str) -> str:
    """A feed of items."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'


def test_a_feed_with_loose_marks_is_read_whole(read: Read) -> None:
    found = read(
        feed(
            "<item><title>Cars & nights</title><link>https://wire.example/?a=1&b=2</link>"
            f"<description>{LEAD}&nbsp;{REST}<br>AT&T &mdash; yes &undefined;<img src='x'></description>"
            "<pubDate>2021-03-05</pubDate></item>"
        ),
        "news.rss",
    )
    (one,) = found.articles
    assert (found.status, one.title, one.date) == (None, "Cars & nights", DAY)
    assert one.origin.url == "https://wire.example/?a=1&b=2"
    assert f"{LEAD} {REST}" in one.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "AT&T — yes &undefined;" in one.text


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_marks_are_put_right_wherever_the_text_is_cut(size: int) -> None:
    text = "<a b='1&2'>x & y &amp; &nbsp;&#2;&#x41;<br><hr/><![CDATA[<br> & &nbsp;]]><!-- & <br> --></a> & "
    right = "<a b='1&amp;2'>x &amp; y &amp; \xa0&#x41;<br/><hr/><![CDATA[<br> & &nbsp;]]><!-- & <br> --></a>"
    right += " &amp; "
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(well_formed(pieces)) == right


@pytest.mark.parametrize("hostile", ["<![CDATA[", "<!--", "<img ", "&", "&a", "<", "<br"])
def test_marks_that_never_end_cost_no_more_than_others(hostile: str) -> None:
    text = hostile * 200_000
    pieces = [text[start : start + 65_536] for start in range(0, len(text), 65_536)]
    assert len("".join(well_formed(pieces))) >= len(text)


def test_only_the_posts_of_blogger_are_read_and_their_section_is_a_label(read: Read) -> None:
    scheme = "http://schemas.google.com/"
    entries = "".join(
        f'<entry><category scheme="{scheme}g/2005#kind" term="{scheme}blogger/2008/kind#{kind}"/>'
        f'<category term="Town"/><title>{kind} of trams</title><published>2021-03-05T10:00:00Z</published>'
        f"<content>{LEAD}</content></entry>"
        for kind in ("template", "settings", "post", "comment")
    )
    found = read(f'<?xml version="1.0"?><feed><title>The Wire</title>{entries}</feed>', "blog.xml").articles
    assert [(each.title, each.origin.section) for each in found] == [("post of trams", "Town")]


def test_wordpress_blank_lines_are_paragraphs_and_its_codes_are_not_shown(article: One) -> None:
    picture = '[caption id="a1" width="3"]<img src="x"/>A tram[/caption]'
    content = f'{LEAD}\n\n{picture}\n\n{REST}\n\n[gallery ids="1,2"] [sic]'
    text = article(
        feed(f"<item><title>Tram</title><encoded><![CDATA[{content}]]></encoded></item>"), "a.xml"
    ).text
    assert f"{LEAD}\n\nA tram\n\n{REST}" in text
    assert "[sic]" in text
    assert "gallery" not in text


def test_a_list_of_bookmarks_is_left_out(read: Read) -> None:
    links = f'<DL><p><DT><A HREF="https://a.example">{LEAD}</A></DL>'
    found = read(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n{links}", "bookmarks.html")
    assert (found.status, found.articles) == (SkipStatus.SKIP, ())
    assert "bookmarks" in found.reason


def test_elements_within_a_sentence_cut_it_in_no_pieces(article: One) -> None:
    made = f"<article title='Trams'><p>{LEAD}</p> <p>{REST} <a href='x'>More</a> of it.</p></article>"
    assert (
        f"{LEAD}\n\n{REST} More of it." in article(f"<?xml version='1.0'?><news>{made}</news>", "a.xml").text
    )
