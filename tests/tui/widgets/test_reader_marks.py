"""Hits, found words and names in the reader: how they look and how they are walked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from seedread.widgets.reader.reader import Reader
from seedread_index.model.article import Article, EntityType, Mention, PassageKind, Span

from .conftest import Host, SpansOf

Make = Callable[..., Article]
TEXT = "\n\n".join(
    f"On day {day} Maria Lopez of Acme met the Swiss in Geneva, and the bridge stayed shut."
    for day in range(60)
)
NAMES = [
    ("Maria Lopez", "PERSON", "lopez"),
    ("Acme", "ORG", "acme"),
    ("Swiss", "NORP", "ch"),
    ("Geneva", "GPE", "g"),
]


def mention_in(reader: Reader) -> Mention:
    assert reader.current_mention is not None
    return reader.current_mention


def hit_in(reader: Reader) -> Span:
    assert reader.current_hit is not None
    return reader.current_hit


@pytest.fixture
def article(article_of: Make) -> Article:
    return article_of(TEXT, mentions=[*NAMES, ("day 3 ", "DATE", None)])


async def test_next_visits_every_hit_once_and_previous_comes_back(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    hits = spans_of(TEXT, "bridge")
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article, hits)
        await pilot.pause()
        visited = [reader.current_hit]
        while reader.next_hit():
            visited.append(reader.current_hit)
            seen = reader.visible_span
            assert seen.start <= hit_in(reader).start < seen.end
        assert visited == list(hits)
        back = [reader.current_hit]
        while reader.previous_hit():
            back.append(reader.current_hit)
        assert back == visited[::-1]
        assert reader.last_hit() and reader.hit_index == len(hits) - 1


async def test_without_hits_there_is_nothing_to_walk(reader_host: Host[Reader], article: Article) -> None:
    async with reader_host.run_test(size=(80, 24)):
        reader = reader_host.widget
        reader.show(article)
        assert reader.hit_count == 0 and reader.hit_index is None
        assert not (reader.next_hit() or reader.previous_hit() or reader.last_hit())


async def test_an_offset_in_a_hit_makes_it_current(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    hits = spans_of(TEXT, "bridge")
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article, hits, at=hits[30].start)
        await pilot.pause()
        assert reader.hit_index == 30
        reader.show(article, hits, at=TEXT.index("On day 40"))
        await pilot.pause()
        assert reader.hit_index is None
        assert reader.next_hit() and reader.hit_index == 40


async def test_a_walk_without_a_current_hit_starts_at_the_top_line(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    hits = spans_of(TEXT, "bridge")
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article, hits, at=TEXT.index("On day 40"))
        await pilot.pause()
        assert reader.previous_hit() and reader.hit_index == 39


async def test_the_types_of_names_differ_by_style_as_well_as_colour(
    reader_host: Host[Reader], article: Article
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader_host.widget.show(article)
        reader_host.widget.measure = 90
        await pilot.pause()
        styles = [reader_host.styles_of(words)[0] for words, _, _ in NAMES]
        marks = [(style.bold, style.underline, style.italic) for style in styles]
        assert len(set(marks)) == len(NAMES)
        assert len({style.color for style in styles}) > 1


async def test_only_the_types_shown_are_marked(reader_host: Host[Reader], article: Article) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        assert reader_host.styles_of("Maria Lopez") and not reader_host.styles_of("day 3 ")
        reader.types_shown = frozenset({EntityType.TIME})
        await pilot.pause()
        assert not any(style.bold for style in reader_host.styles_of("Maria Lopez"))
        assert reader_host.styles_of("day 3 ")[0].italic


async def test_without_highlighting_only_the_current_hit_is_marked(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article, spans_of(TEXT, "bridge"))
        await pilot.pause()
        assert len(reader_host.styles_of("bridge")) > 3
        reader.highlight = False
        await pilot.pause()
        assert len(reader_host.styles_of("bridge")) == 1
        assert not any(style.bold for style in reader_host.styles_of("Maria Lopez"))


async def test_the_current_hit_looks_unlike_the_others(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article, spans_of(TEXT, "bridge"))
        await pilot.pause()
        first, second, *_ = reader_host.styles_of("bridge")
        assert first.reverse and first.bold and second.reverse and not second.bold
        reader.next_hit()
        again, now, *_ = reader_host.styles_of("bridge")
        assert (again, now) == (second, first)


async def test_a_hit_on_a_name_looks_like_any_other_hit(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article, spans_of(TEXT, "Acme") + spans_of(TEXT, "bridge"))
        await pilot.pause()
        on_name, plain = reader_host.styles_of("Acme")[1], reader_host.styles_of("bridge")[0]
        assert (on_name.bold, on_name.underline) == (plain.bold, plain.underline) == (False, False)
        assert on_name.color == plain.color


async def test_names_are_walked_from_the_top_line_and_back(
    reader_host: Host[Reader], article: Article
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        walked = []
        while reader.next_mention():
            walked.append(reader.current_mention)
        assert walked == [name for name in article.mentions if name.type is not EntityType.TIME]
        back = [reader.current_mention]
        while reader.previous_mention():
            back.append(reader.current_mention)
        assert back == walked[::-1]


async def test_a_walk_goes_on_from_where_one_has_scrolled_to(
    reader_host: Host[Reader], article: Article
) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        reader.next_mention()
        reader.goto(TEXT.index("On day 30"))
        reader.next_mention()
        assert mention_in(reader).start == TEXT.index("Maria Lopez", TEXT.index("On day 30"))


async def test_names_are_walked_from_the_hit_on_while_it_is_in_view(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    hits = spans_of(TEXT, "bridge")
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article, hits)
        await pilot.pause()
        reader.next_hit()
        reader.next_mention()
        assert mention_in(reader).start >= hit_in(reader).start
        reader.forget_mention()
        reader.previous_mention()
        assert mention_in(reader).start < hit_in(reader).start
        reader.forget_mention()
        reader.action_end()
        reader.next_mention()
        assert mention_in(reader).start >= reader.visible_span.start


async def test_the_same_name_is_followed(reader_host: Host[Reader], article: Article) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        assert not reader.next_mention(same_entity=True)
        reader.next_mention()
        assert reader.next_mention(same_entity=True)
        assert mention_in(reader).text == "Maria Lopez"
        assert mention_in(reader).start == TEXT.index("Maria Lopez", TEXT.index("On day 1 "))
        assert reader.current_offset == mention_in(reader).start


async def test_a_click_on_a_name_asks_about_it(reader_host: Host[Reader], article: Article) -> None:
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        row = next(y for y, text in enumerate(reader_host.rows()) if "On day 1 " in text)
        column = reader_host.rows()[row].index("Maria") + 3
        await pilot.click(Reader, offset=(column, row))
        await pilot.click(Reader, offset=(3, row))
        await pilot.click(Reader, offset=(0, 29))
        await pilot.pause()
        opened = [
            message.mention.start
            for message in reader_host.heard
            if isinstance(message, Reader.MentionOpened)
        ]
        assert opened == [TEXT.index("Maria", TEXT.index("On day 1 "))]


async def test_names_in_folded_boilerplate_are_passed_over(
    reader_host: Host[Reader], article_of: Make
) -> None:
    text = "Maria Lopez came.\n\nMaria Lopez sells this.\n\nMaria Lopez left."
    article = article_of(
        text, mentions=NAMES[:1], passages=[("Maria Lopez sells this.", PassageKind.BOILERPLATE)]
    )
    async with reader_host.run_test(size=(100, 30)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        starts = []
        while reader.next_mention():
            starts.append(mention_in(reader).start)
        assert starts == [0, text.rindex("Maria")]
        assert not reader.boilerplate_shown


async def test_found_words_take_the_place_of_hits_until_they_are_dropped(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    hits, found = spans_of(TEXT, "bridge"), spans_of(TEXT, "day 3")
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader = reader_host.widget
        reader.show(article, hits)
        await pilot.pause()
        reader.find = found
        assert (reader.hit_index, reader.hit_count) == (0, len(found))
        assert reader.next_hit() and reader.current_hit == found[1]
        reader.goto(TEXT.index("On day 35"))
        reader.find = ()
        assert (reader.hit_index, reader.hit_count) == (None, len(hits))
        assert reader.next_hit() and reader.current_hit == hits[35]


async def test_a_hit_that_ends_inside_a_grapheme_is_drawn_whole(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    text = "The cafe\u0301 opened."
    async with reader_host.run_test(size=(80, 10)) as pilot:
        reader_host.widget.show(article_of(text), spans_of(text, "cafe"))
        await pilot.pause()
        segments = [segment.text for y in range(10) for segment in reader_host.widget.render_line(y)]
        assert "cafe\u0301" in segments


async def test_another_theme_redraws_in_its_colours(
    reader_host: Host[Reader], article: Article, spans_of: SpansOf
) -> None:
    async with reader_host.run_test(size=(80, 24)) as pilot:
        reader_host.widget.show(article, spans_of(TEXT, "bridge"))
        await pilot.pause()
        before = reader_host.styles_of("Maria Lopez")[0]
        reader_host.theme = "textual-light"
        await pilot.pause()
        after = reader_host.styles_of("Maria Lopez")[0]
        assert before.color != after.color and before.bgcolor != after.bgcolor
        assert after.bold


async def test_ascii_signs_replace_the_readers_own(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    text = "The mayor came.\n\nShare."
    article = article_of(text, inferred=True, passages=[("Share.", PassageKind.BOILERPLATE)])
    async with reader_host.run_test(size=(80, 12)) as pilot:
        reader_host.widget.ascii_only = True
        reader_host.widget.show(article, spans_of(text, "mayor"))
        await pilot.pause()
        assert "".join(reader_host.rows()).isascii()


LATE = "\n".join(f"Section {number}" for number in range(60))


async def test_a_headline_that_stands_late_in_the_text_is_no_sign_of_having_read_so_far(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    body = "\n\n".join(f"Paragraph {number} says that Ann Lee came." for number in range(40))
    text = f"{LATE}\n\n{body}\n\nAnn Lee opens bridge\n\nThe end."
    article = article_of(
        text,
        title="Ann Lee opens bridge",
        passages=[(LATE, PassageKind.BOILERPLATE), ("Ann Lee opens bridge", PassageKind.TITLE)],
        mentions=[("Ann Lee", "PERSON", "e1")],
    )
    title = text.index("Ann Lee opens")
    async with reader_host.run_test(size=(80, 12)) as pilot:
        reader = reader_host.widget
        reader.show(article, spans_of(text, "opens"))
        await pilot.pause()
        assert reader.current_hit is not None and reader.shows(reader.current_hit.start)
        assert reader.top_offset == 0 and reader.fraction < 0.5
        assert reader.current_offset == reader.current_hit.start
        assert not reader.shows(title - 20)
        reader.show(article)
        await pilot.pause()
        seen = [mention_in(reader).start for _ in range(3) if reader.next_mention()]
        assert seen == sorted(seen) and seen[0] == text.index("Ann Lee")


async def test_a_hit_in_a_byline_that_the_header_shows_unfolds_it(
    reader_host: Host[Reader], article_of: Make, spans_of: SpansOf
) -> None:
    text = "By Ann Lee\n\nThe mayor came."
    article = replace(article_of(text, passages=[("By Ann Lee", PassageKind.BYLINE)]), author="Ann Lee")
    async with reader_host.run_test(size=(80, 12)) as pilot:
        reader = reader_host.widget
        reader.show(article)
        await pilot.pause()
        assert not any(row.strip() == "By Ann Lee" for row in reader_host.rows())
        reader.show(article, spans_of(text, "Lee"))
        await pilot.pause()
        assert any(row.lstrip("▶ ").strip() == "By Ann Lee" for row in reader_host.rows())


async def test_going_to_the_header_or_to_a_fold_unfolds_nothing(
    reader_host: Host[Reader], article_of: Make
) -> None:
    body = "\n\n".join(f"Paragraph {number} says that the mayor came." for number in range(40))
    notice = "Share this\nFollow us"
    article = article_of(
        f"{LATE}\n\n{body}\n\n{notice}\n\n{body}",
        passages=[(LATE, PassageKind.BOILERPLATE), (notice, PassageKind.BOILERPLATE)],
    )
    at = article.text.index(notice)
    async with reader_host.run_test(size=(80, 12)) as pilot:
        reader = reader_host.widget
        reader.show(article, at=at)
        await pilot.pause()
        assert not reader.boilerplate_shown and reader.top_offset == at
        reader.action_home()
        await pilot.pause()
        assert not reader.boilerplate_shown and reader.top_offset == 0
        reader.goto(at + 3)
        assert reader.boilerplate_shown
