"""What stands at the edges of many different articles is boilerplate, whatever it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from seedread_index.extract.repeated_edges import edge_paragraphs, with_repetition
from seedread_index.model.article import Article, PassageKind
from seedread_index.sync.passes.boilerplate import LEAST_GROUPS

SLOGAN = "The Amber Courier has stood on the quay since the great storm of the last century."


def story(article: Callable[..., Article], number: int, tail: str = SLOGAN) -> Article:
    body = "\n\n".join(
        f"Ferry {number} carried {number * 7 + place} people to island {place} in week {number + place}."
        for place in range(3)
    )
    return article(f"{body}\n\n{tail}", f"{number}.txt")


def prints(articles: Sequence[Article]) -> frozenset[int]:
    counts = Counter(edge.fingerprint for one in articles for edge in edge_paragraphs(one))
    return frozenset(each for each, count in counts.items() if count >= LEAST_GROUPS)


def last_kind(article: Article) -> PassageKind:
    return article.passages[-1].kind


def test_a_paragraph_that_ends_many_articles_is_boilerplate(article: Callable[..., Article]) -> None:
    articles = [story(article, number) for number in range(LEAST_GROUPS)]
    marked = [with_repetition(one, prints(articles)) for one in articles]
    assert {last_kind(one) for one in articles} == {PassageKind.BODY}
    assert {last_kind(one) for one in marked} == {PassageKind.BOILERPLATE}
    assert all(len(one.of_kind(PassageKind.BODY)) == 3 for one in marked)


def test_marks_do_not_add_up(article: Callable[..., Article]) -> None:
    articles = [story(article, number) for number in range(6)]
    found = prints(articles)
    once = with_repetition(articles[0], found)
    assert with_repetition(once, found) is once
    assert edge_paragraphs(once) == edge_paragraphs(articles[0])


def test_a_mark_goes_when_the_repetition_goes(article: Callable[..., Article]) -> None:
    articles = [story(article, number) for number in range(6)]
    marked = with_repetition(articles[0], prints(articles))
    assert with_repetition(marked, frozenset()).passages == articles[0].passages


def test_body_between_body_is_never_cut(article: Callable[..., Article]) -> None:
    articles = [story(article, n, f"{SLOGAN}\n\nFerry {n} then went home to quay {n + 3}.") for n in range(8)]
    found = prints(articles)
    assert all(with_repetition(one, found).passages == one.passages for one in articles)


def test_an_article_of_repeated_paragraphs_keeps_them(article: Callable[..., Article]) -> None:
    articles = [story(article, number) for number in range(5)]
    only = article(f"{SLOGAN}\n\n{SLOGAN}", "only.txt")
    assert with_repetition(only, prints(articles)).of_kind(PassageKind.BODY)


def test_a_credit_stays_a_credit_however_often_it_is_repeated(article: Callable[..., Article]) -> None:
    articles = [story(article, number, "AFP contributed reporting.") for number in range(9)]
    assert last_kind(with_repetition(articles[0], prints(articles))) is PassageKind.CREDIT


def test_an_inferred_title_follows_the_marks(article: Callable[..., Article]) -> None:
    articles = [
        article(f"{SLOGAN}\n\n{story(article, n, 'The end came soon for all of it.').text}", "x.txt")
        for n in range(5)
    ]
    assert articles[0].title == SLOGAN
    assert with_repetition(articles[0], prints(articles)).title.startswith("Ferry 0 carried")


def test_an_article_cut_out_of_its_page_is_not_taken_for_a_page_again(
    article: Callable[..., Article],
) -> None:
    code = "".join(f"<p>boat {number}</p>" for number in range(20))
    pages = [
        f"<html><body><article><h1>Ferry {number} sails</h1>"
        f"<p>Ferry {number} carried many people to the islands in week {number}, officials said.</p>{code}"
        f"<p>Ferry {number} will sail again in week {number + 1}, said the captain on Monday.</p>"
        f"<p>{SLOGAN}</p></article></body></html>"
        for number in range(LEAST_GROUPS)
    ]
    articles = [article(page, f"{number}.html") for number, page in enumerate(pages)]
    before = [passage.kind for passage in articles[0].passages]
    assert before.count(PassageKind.BODY) > 20
    after = [passage.kind for passage in with_repetition(articles[0], prints(articles)).passages]
    assert after[:-1] == before[:-1]
    assert after[-1] is PassageKind.BOILERPLATE
