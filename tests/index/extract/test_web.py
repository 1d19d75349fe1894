"""Where web pages keep their headline and date, and which dates are not the article's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

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
