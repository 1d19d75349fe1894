"""What is handed over: quotations verbatim, nothing taken for markup, citations that other programs read."""

from __future__ import annotations

import datetime as dt
import html.parser
import itertools
import json
import random

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string

from seedread_index import Article, Passage, PassageKind, Span
from seedread_index.export import citations, dossier, graph
from seedread_index.export.entry import Entry, quotations
from seedread_index.model.article import EntityType, Origin
from seedread_index.model.entity import Entity

TEXT = """March 5, 2021 - A *mill* burned at <b>Orston</b> & [no one](http://x.invalid/) was hurt.

1. First the roof went, said Ida van der Brook of the brigade.

Share this story

# Not a heading, __nor__ bold: $x$ ![p](http://x.invalid/p.png)
"""


def article(**values: object) -> Article:
    starts = [TEXT.index(word) for word in ("March", "A *", "1. ", "Share", "# Not")]
    ends = [
        starts[0] + 13,
        TEXT.index("\n"),
        TEXT.index("brigade.") + 8,
        TEXT.index("story") + 5,
        len(TEXT) - 1,
    ]
    kinds = ("date", "body", "body", "boilerplate", "body")
    passages = tuple(
        Passage(start, end, PassageKind(kind)) for start, end, kind in zip(starts, ends, kinds, strict=True)
    )
    given: dict[str, object] = {
        "id": "0123456789abcdef",
        "path": "mill`s.txt",
        "path_bytes": b"mill`s.txt",
        "part": None,
        "title": "Fire & smoke: 100% {of} a_mill",
        "title_inferred": False,
        "date": dt.date(2021, 3, 5),
        "date_from": "text",
        "source": "Echo & Post",
        "lang": "en",
        "text": TEXT,
        "passages": passages,
        "author": "Ida van der Brook, Reuters",
        "origin": Origin(url="https://echo.invalid/mill?a=1&b={2}", section="News"),
    }
    return Article(**(given | values))  # type: ignore[arg-type]


def test_the_passages_with_hits_are_quoted_verbatim_with_their_paragraph() -> None:
    hit = TEXT.index("roof")
    (found,) = quotations(article(), [Span(hit, hit + 4)])
    assert found.text == "1. First the roof went, said Ida van der Brook of the brigade."
    assert (found.paragraph, found.marks) == (2, (Span(hit, hit + 4),))
    assert TEXT[found.start : found.end] == found.text


@pytest.mark.parametrize("seed", range(100))
def test_quotations_of_any_text_stand_in_it_word_for_word(seed: int) -> None:
    chance = random.Random(seed)
    words = (
        "mill",
        "*roof*",
        "[x](y)",
        "“no”",
        "a\u0301",
        "漢字",
        "<b>",
        "&amp;",
        "1.",
        "#",
        "it's",
        "—",
        "end.",
    )
    paragraphs = [" ".join(chance.choices(words, k=chance.randint(3, 60))) for _ in range(5)]
    text = "\n\n".join(paragraphs)
    ends = list(itertools.accumulate(len(paragraph) + 2 for paragraph in paragraphs))
    passages = tuple(
        Passage(end - 2 - len(paragraph), end - 2, PassageKind.BODY)
        for paragraph, end in zip(paragraphs, ends, strict=True)
    )
    made = article(text=text, passages=passages)
    start = chance.randrange(len(text) - 4)
    for hits in ([Span(start, start + 4)], []):
        found = quotations(made, hits, whole=not hits)
        assert found
        for each in dossier.record(Entry(made, found, (), ()))["quotations"]:
            assert text[each["start"] : each["end"]] == each["text"]


def test_without_hits_notes_and_else_the_first_paragraph_are_quoted() -> None:
    note = Span(TEXT.index("Not a"), TEXT.index("Not a") + 5)
    (found,) = quotations(article(), [], [(note, "is it?")])
    assert (found.paragraph, found.notes) == (4, ("is it?",))
    assert [each.paragraph for each in quotations(article(), [])] == [1]
    assert [each.paragraph for each in quotations(article(), [], whole=True)] == [1, 2, 4]


def entry() -> Entry:
    return Entry(article(), quotations(article(), [], whole=True), ("fires",), ("compare\n- with *May*",))


def test_markdown_shows_the_text_as_it_stands() -> None:
    made = "".join(dossier.markdown(dossier.Heading("mill [x]", ("Query: a*b",)), [entry()]))
    assert "# mill \\[x\\]" in made
    assert (
        "> A \\*mill\\* burned at \\<b\\>Orston\\</b\\> & \\[no one\\](http://x.invalid/) was hurt." in made
    )
    assert "> 1\\. First the roof" in made
    assert "> \\# Not a heading, \\_\\_nor\\_\\_ bold: \\$x\\$ \\!\\[p\\](http" in made
    assert "\\- with \\*May\\*" in made
    assert "<https://echo.invalid/mill?a=1&b={2}>" in made
    assert "``  mill`s.txt ``".replace("  ", " ") in made
    assert "— paragraph 4" in made
    spaced = article(text="Two  words,\tthree.", passages=(Passage(0, 18, PassageKind.BODY),))
    quoted = Entry(spaced, quotations(spaced, []))
    assert "> Two  words, three.\n" in "".join(dossier.markdown(dossier.Heading("x"), [quoted]))


class Tags(html.parser.HTMLParser):
    """Collects the tags of a page and the text of its quotations."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.quoted: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "blockquote":
            self.quoted.append("")
        self._inside = tag in ("p", "mark") and bool(self.quoted)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quoted[-1] += data


def test_html_runs_nothing_and_quotes_verbatim() -> None:
    hit = TEXT.index("roof")
    quoted = quotations(article(), [Span(hit, hit + 4)])
    made = "".join(dossier.html_page(dossier.Heading("<script>"), [Entry(article(), quoted)]))
    tags = Tags()
    tags.feed(made)
    assert not tags.tags & {"script", "img", "b", "iframe", "link"}
    assert tags.quoted == [quoted[0].text]
    assert "<mark>roof</mark>" in made
    evil = article(origin=Origin(url="javascript:alert(1)"))
    assert "javascript:" not in "".join(dossier.html_page(dossier.Heading("x"), [Entry(evil, quoted)]))


def test_csl_items_have_names_dates_and_sources() -> None:
    (item,) = json.loads(citations.csl_json([article()]))
    assert item == {
        "id": "0123456789abcdef",
        "type": "article-newspaper",
        "title": "Fire & smoke: 100% {of} a_mill",
        "author": [{"family": "van der Brook", "given": "Ida"}],
        "issued": {"date-parts": [[2021, 3, 5]]},
        "container-title": "Echo & Post",
        "section": "News",
        "URL": "https://echo.invalid/mill?a=1&b={2}",
        "language": "en",
        "note": "mill`s.txt",
    } | {"author": [{"literal": "Ida van der Brook, Reuters"}]}
    (both,) = json.loads(citations.csl_json([article(author="Ida van der Brook, Paul Reeve")]))
    assert both["author"] == [
        {"family": "van der Brook", "given": "Ida"},
        {"family": "Reeve", "given": "Paul"},
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ida Brook", ("Ida", "Brook")),
        ("Ludwig van Beek", ("Ludwig", "van Beek")),
        ("Reuters Staff", ("", "Reuters Staff")),
        ("AFP", ("", "AFP")),
        ("The Evening Post Desk of May 3", ("", "The Evening Post Desk of May 3")),
    ],
)
def test_names_of_people_are_taken_apart_others_are_not(name: str, parts: tuple[str, str]) -> None:
    assert citations.name_parts(name) == parts


def test_ris_and_bibtex_are_read_by_other_programs() -> None:
    articles = [article(author="Ida van der Brook, Paul Reeve"), article(source=None, date=None, author=None)]
    first, second = rispy.loads(citations.ris(articles))
    assert first["authors"] == ["van der Brook, Ida", "Reeve, Paul"]
    assert (first["title"], first["year"], first["secondary_title"]) == (
        "Fire & smoke: 100% {of} a_mill",
        "2021",
        "Echo & Post",
    )
    assert first["urls"] == ["https://echo.invalid/mill?a=1&b={2}"]
    assert "year" not in second
    library = parse_string(citations.bibtex([*articles, articles[0]]))
    assert not library.failed_blocks
    keys = [each.key for each in library.entries]
    assert keys[0] == "vanderbrook2021fire" and len(set(keys)) == 3
    fields = library.entries[0].fields_dict
    assert fields["author"].value == "van der Brook, Ida and Reeve, Paul"
    assert fields["title"].value == r"{Fire \& smoke: 100\% \textbraceleft{}of\textbraceright{} a\_mill}"
    assert (fields["year"].value, fields["journal"].value) == ("2021", r"Echo \& Post")


def test_a_brace_in_a_title_ends_no_entry_of_bibtex() -> None:
    """BibTeX counts braces behind a backslash as well."""
    made = citations.bibtex([article(title="A {mill burns"), article(title="Another} one")])
    depth = 0
    for character in made:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert len(parse_string(made).entries) == 2


def test_a_row_a_quotation() -> None:
    made = list(dossier.rows(entry()))
    assert [row["paragraph"] for row in made] == [1, 2, 4]
    assert all(row["note"] == "compare\n- with *May*" for row in made)
    assert next(dossier.rows(Entry(article(), ())))["quotation"] is None


def test_a_headline_is_quoted_where_a_note_is_on_it_alone() -> None:
    text = "A mill burns\n\nNobody was hurt by the fire."
    passages = (Passage(0, 12, PassageKind.TITLE), Passage(14, len(text), PassageKind.BODY))
    made = article(text=text, passages=passages)
    assert [each.text for each in quotations(made, [Span(2, 6)])] == ["Nobody was hurt by the fire."]
    assert [each.text for each in quotations(made, [], [(Span(2, 6), "which?")])] == ["A mill burns"]


def test_the_most_frequent_pairs_come_with_all_that_are_as_frequent_and_are_put_in_order() -> None:
    named = [(1, [0, 1, 2]), (2, [0, 1]), (3, [1, 2]), (4, [2, 3])]
    days = {1: "2021-03-02", 2: None, 3: "2021-01-05"}
    counted = graph.count_pairs(named, days, most=1)
    assert [(each.a, each.b, each.articles) for each in counted] == [(0, 1, 2), (1, 2, 2)]
    assert [(each.first, each.last) for each in counted] == [
        ("2021-03-02", "2021-03-02"),
        ("2021-01-05", "2021-03-02"),
    ]
    with pytest.raises(OverflowError):
        graph.count_pairs(named, days, bound=3)
    names = [("Roe", 2), ("Marsh", 3), ("Lopez", 3), ("Ida", 1)]
    entities = [Entity(name, name, EntityType.PERSON, n, n, (), ()) for name, n in names]
    pairs = [graph.EntityPair(entities[p.a], entities[p.b], p.articles, p.first, p.last) for p in counted]
    assert [(each.a.name, each.b.name) for each in graph.in_order(pairs, None)] == [
        ("Lopez", "Marsh"),
        ("Marsh", "Roe"),
    ]
    assert graph.in_order(pairs, 1)[0].a.name == "Lopez"
