"""Quotations: what is one, where it ends, who says it and for whom."""

from __future__ import annotations

import random
import re
import sys
from typing import NamedTuple

import pytest

from seedread_index.model.article import Mention, Passage, PassageKind
from seedread_index.model.quotation import QuotationKind
from seedread_index.quotes import find_quotations, marks, paragraphs

PERSONS = (
    "Ana Silva", "Silva", "Tom Berg", "Berg", "Jonas Rahl", "Rahl", "Petra Olin", "Olin", "Mira Koch", "Koch",
)  # fmt: skip
ORGS = ("Harbour Trust", "Northern Rail", "Port Authority")
FULL = {name: next(full for full in PERSONS if full.endswith(name)) for name in PERSONS}


class Said(NamedTuple):
    """What a test compares of a quotation."""

    words: str
    kind: str
    who: str | None


def mentions_of(text: str) -> list[Mention]:
    """The names of a text, the longest first."""
    names = sorted((*PERSONS, *ORGS), key=len, reverse=True)
    return [
        Mention(m.start(), m.end(), m[0], "ORG" if m[0] in ORGS else "PERSON", FULL.get(m[0], m[0]))
        for m in re.finditer("|".join(map(re.escape, names)), text)
    ]


def said(text: str, *, lang: str = "en", kind: PassageKind = PassageKind.BODY) -> list[Said]:
    """The quotations of a text of one passage a paragraph."""
    passages = [Passage(m.start(), m.end(), kind) for m in re.finditer(r"[^\n]+", text)]
    mentions = mentions_of(text)
    return [
        Said(
            text[q.start : q.end],
            q.kind.value,
            mentions[q.named].entity if q.named is not None else q.speaker and text[slice(*q.speaker)],
        )
        for q in find_quotations(text, passages, mentions, lang)
    ]


def only(text: str, **given: str) -> Said:
    """The one quotation of a text."""
    (found,) = said(text, **given)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    "marked",
    ["“The ferry is late again,”", '"The ferry is late again,"', "‘The ferry is late again,’",
     "'The ferry is late again,'", "«The ferry is late again»,", "„The ferry is late again“,",
     "``The ferry is late again,''", "»The ferry is late again«,", "''The ferry is late again,''",
     '"The ferry is late again,”'],
)  # fmt: skip
def test_every_kind_of_quotation_mark(marked: str) -> None:
    """The statement has its marks; the comma behind them is none of it."""
    found = only(f"{marked} said Ana Silva on Monday.")
    assert found == Said(marked.rstrip(","), "direct", "Ana Silva")


def test_corner_brackets() -> None:
    """Marks of East Asia stand for themselves."""
    assert only("市长说「渡轮又晚了」。", lang="zh").words == "「渡轮又晚了」"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “warming centre” opened at noon.",
        "Her novel “The Long Way to the Harbour and Home” was praised.",
        'The pipe is 12" wide and the door 6\'2" high.',
        "The workers' council met the dockers' union in the '90s.",
        "It wasn't the captain's fault, wasn't it?",
        "The ferry was late again.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    """Scare quotes, titles, inches and apostrophes are not taken for what somebody says."""
    assert said(text) == []


def test_apostrophes_inside_single_quotation_marks() -> None:
    """A plural's apostrophe and a contraction close nothing."""
    found = only("‘The dockers’ union didn’t call us back,’ said Tom Berg.")
    assert found.words == "‘The dockers’ union didn’t call us back,’"


def test_quotation_marks_inside_a_statement_are_its_own() -> None:
    """Inner marks belong to the outer statement."""
    found = only("\"He said 'never again' and went,\" Ana Silva said.")
    assert found == Said("\"He said 'never again' and went,\"", "direct", "Ana Silva")


def test_a_statement_over_paragraphs_that_open_again() -> None:
    """Each paragraph is a statement of the same speaker; only the last one is closed."""
    found = said(
        "“We built the pier in one year,” said Tom Berg. “It was hard.\n"
        "“Nobody paid us for the second year.\n“We went home in May.”"
    )
    assert [f.words for f in found] == [
        "“We built the pier in one year,”",
        "“It was hard.",
        "“Nobody paid us for the second year.",
        "“We went home in May.”",
    ]
    assert {f.who for f in found} == {"Tom Berg"}


def test_a_mark_that_is_never_closed_and_never_opened_again_says_nothing() -> None:
    """A stray mark does not swallow the rest of its paragraph."""
    assert said("The sign read “Closed and the ferry left.\nNobody came.") == []


def test_indirect_speech_is_the_clause_after_that() -> None:
    """The verb and the full stop are no part of it."""
    found = only("Ana Silva said on Monday that the pier would be closed until May.")
    assert found == Said("the pier would be closed until May", "indirect", "Ana Silva")


@pytest.mark.parametrize(
    ("text", "clause", "who"),
    [
        ("Ana Silva said in a statement the pier was closed.", "the pier was closed", "Ana Silva"),
        ("Ana Silva told reporters the pier was closed.", "the pier was closed", "Ana Silva"),
        (
            "Ana Silva told Northern Rail by email that the pier was closed.",
            "the pier was closed",
            "Ana Silva",
        ),
        ("The pier was closed in May, Ana Silva said.", "The pier was closed in May", "Ana Silva"),
        ("The pier was closed in May, according to Ana Silva.", "The pier was closed in May", "Ana Silva"),
        ("According to Ana Silva, the pier was closed in May.", "the pier was closed in May", "Ana Silva"),
        ("But Ana Silva, the head of the council, says she is tired.", "she is tired", "Ana Silva"),
        ("Ana Silva urged residents to stay at home for a week.", "to stay at home for a week", "Ana Silva"),
        ("Some experts say the pier is unsafe.", "the pier is unsafe", "Some experts"),
        ("Ana Silva last week said the pier was closed.", "the pier was closed", "Ana Silva"),
        ("Ana Silva has long said the pier was closed.", "the pier was closed", "Ana Silva"),
        ("It rains for hours a day, said Ana Silva, who left.", "It rains for hours a day", "Ana Silva"),
    ],
)
def test_forms_of_indirect_speech(text: str, clause: str, who: str) -> None:
    """Listeners, times and places stand between the verb and the clause, or the clause before the verb."""
    assert only(text) == Said(clause, "indirect", who)


@pytest.mark.parametrize(
    "text",
    [
        "Northern Rail added a train to the timetable.",
        "Ana Silva did not say that the pier was closed.",
        "Ana Silva was told that the pier was closed.",
        "The claims of the council run to twelve pages.",
        "Northern Rail is offering secured notes due in May, the first since March.",
        "The book tells the stories of six people who built the pier.",
        "The harbour master wrote it down in his book.",
        "I think that the pier will be closed in May.",
        "The pier was closed according to user demand.",
        "He won the governorship of United States islands that were sold.",
        "Tom Berg stopped 22 shots and denied the visitors.",
    ],
)
def test_verbs_that_report_nothing(text: str) -> None:
    """An object, a denial, a passive or a noun is no reported clause."""
    assert said(text) == []


def test_a_mixed_statement_spans_the_whole_clause() -> None:
    """What stands in quotation marks inside it is no statement of its own."""
    found = only("Tom Berg said it was “a disgrace” that the pier was closed.")
    assert found == Said("it was “a disgrace” that the pier was closed", "mixed", "Tom Berg")


def test_a_participle_reports_for_the_speaker_before_it() -> None:
    """Both clauses of the sentence have the same speaker."""
    found = said("Ana Silva said the pier was closed, noting that the boards were rotten.")
    assert found == [
        Said("the pier was closed", "indirect", "Ana Silva"),
        Said("the boards were rotten", "indirect", "Ana Silva"),
    ]


def test_a_statement_goes_on_behind_its_verb_and_in_the_next_paragraph() -> None:
    """The speaker stays."""
    found = said('"We are late," Tom Berg said. "We know it."\n"It is the fog."')
    assert [f.who for f in found] == ["Tom Berg"] * 3


def test_a_pronoun_is_the_last_person_who_fits() -> None:
    """First names tell women from men."""
    text = "Tom Berg met Ana Silva at the pier.\n"
    assert only(text + '"It is late," she said.').who == "Ana Silva"
    assert only(text + '"It is late," he said.').who == "Tom Berg"


def test_a_pronoun_that_fits_nobody_names_nobody() -> None:
    """A man is not taken for the woman who spoke."""
    assert only("Ana Silva closed the pier.\n“It is late,” he said.").who == "he"


def test_a_title_is_the_person_who_bears_it() -> None:
    """ "The mayor" is who was called so, before or behind the name."""
    before = "Mayor Petra Olin met Tom Berg.\n“It is late,” the mayor said."
    behind = "Petra Olin, the mayor of the town, met Tom Berg.\n“It is late,” the mayor said."
    assert only(before).who == only(behind).who == "Petra Olin"
    assert only("Petra Olin met Tom Berg.\n“It is late,” the minister said.").who == "the minister"


def test_a_surname_is_the_full_name() -> None:
    """The mention of the short form has the entity of the full one."""
    assert only("Petra Olin came.\n“It is late,” Olin said.").who == "Petra Olin"


def test_an_unknown_name_is_no_earlier_person() -> None:
    """A pronoun behind somebody whom no mention covers is not the person before."""
    found = said("Tom Berg said it was late. Yudi, a docker, said it was cold.\n“I went home,” he said.")
    assert [f.who for f in found] == ["Tom Berg", "Yudi", "he"]


def test_a_spokesman_speaks_for_somebody() -> None:
    """The speaker is the spokesman; for whom stands beside."""
    text = (
        "“It is late,” Harbour Trust spokesman Jonas Rahl said. "
        "The pier is shut, a spokesman for Northern Rail said."
    )
    mentions = mentions_of(text)
    passages = [Passage(0, len(text), PassageKind.BODY)]
    first, second = find_quotations(text, passages, mentions, "en")
    assert first.named is not None and mentions[first.named].text == "Jonas Rahl"
    assert first.for_whom is not None and mentions[first.for_whom].text == "Harbour Trust"
    assert second.named is None and second.for_whom is not None
    assert mentions[second.for_whom].text == "Northern Rail"


def test_a_question_has_its_speaker_behind_it() -> None:
    """A capital behind the mark does not begin a sentence there."""
    assert only("“Who closed the pier?” Tom Berg asked in court.").who == "Tom Berg"


def test_boilerplate_titles_and_captions_have_no_quotations() -> None:
    """Only the body has some, and of it no caption with a credit."""
    text = "“The ferry is late again,” said Ana Silva."
    assert said(text, kind=PassageKind.BOILERPLATE) == said(text, kind=PassageKind.TITLE) == []
    assert said("Ana Silva said on Monday that the pier was closed. (Lia Moss/Harbour Press)") == []


@pytest.mark.parametrize(
    ("lang", "text", "cue"),
    [
        ("de", "„Die Fähre kommt heute nicht“, sagte Jonas Rahl.", "sagte"),
        ("fr", "« Le ferry ne viendra pas », a déclaré Ana Silva.", "déclaré"),
        ("es", "«El ferry no vendrá hoy», dijo Ana Silva.", "dijo"),
        ("ru", "«Парома сегодня не будет», — заявил Jonas Rahl.", "заявил"),
    ],
)
def test_verbs_of_other_languages(lang: str, text: str, cue: str) -> None:
    """Where the language is known, the verb beside the marks and its subject are."""
    mentions = mentions_of(text)
    (found,) = find_quotations(text, [Passage(0, len(text), PassageKind.BODY)], mentions, lang)
    assert found.kind is QuotationKind.DIRECT
    assert found.cue is not None and text[slice(*found.cue)] == cue
    assert found.named == 0


def test_sentences_do_not_end_at_titles() -> None:
    """A full stop behind Dr. or an initial is no end."""
    assert only("Dr. Ana Silva of St. Mary said the pier was closed.").words == "the pier was closed"


def test_a_subheading_has_the_speaker_of_the_words_that_it_repeats() -> None:
    """Whoever is quoted with them below."""
    found = said("Petra Olin left.\n“They owned us”\n“It was bad. They owned us,” said Tom Berg.")
    assert found[0] == Said("“They owned us”", "direct", "Tom Berg")


@pytest.mark.parametrize(
    "unit",
    [
        '"a said b" ',
        "“ab said cd ",
        "‘ab said's ",
        "he said that ",
        "“We said it.\n",
        "Smith, the man, said ",
        "Mr. ",
    ],
)
def test_what_is_no_prose_takes_no_more_time_the_longer_it_is(unit: str) -> None:
    """Four times as long takes no eight times as many lines of the program."""

    def lines(times: int) -> int:
        count = 0

        def counted(*_: object) -> object:
            nonlocal count
            count += 1
            return counted

        text = unit * times
        before = sys.gettrace()
        sys.settrace(counted)  # type: ignore[arg-type]
        try:
            find_quotations(text, [Passage(0, len(text), PassageKind.BODY)], (), "en")
        finally:
            sys.settrace(before)
        return count

    assert lines(1200) < 8 * lines(300)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Talks went on, and officials said that the ferry would sail again.", "officials"),
        ("“It is late,” said the sailor, who said she lived near the harbour.", "the sailor"),
    ],
)
def test_the_words_for_a_speaker_begin_behind_what_joins_them(text: str, who: str) -> None:
    """No "and" and no verb stands before them."""
    assert said(text)[-1].who == who


@pytest.mark.parametrize("who", ["Nobody", "No one", "None of them", "No sailor"])
def test_what_nobody_said_is_no_quotation(who: str) -> None:
    assert said(f"{who} said that the ferry would sail again.") == []


def test_a_title_that_is_read_or_written_is_no_quotation() -> None:
    """Unless it is what a text says."""
    assert said("She read “The Long Way Home” and wrote 'Letters From Nowhere' herself.") == []
    assert only("Ana Silva wrote: “We Will Sail Again.”").who == "Ana Silva"
    assert only("The sign read: “No Dogs On Board Today”").words == "“No Dogs On Board Today”"


def test_quoted_words_behind_according_to_are_kept() -> None:
    text = "The strike was, according to Ana Silva, “a disaster for the whole harbour”."
    assert said(text)[-1] == Said("“a disaster for the whole harbour”", "mixed", "Ana Silva")


def test_a_statement_goes_on_from_a_speaker_whom_no_mention_names() -> None:
    found = said("“We are late,” the sailor said. “The ferry sails on Monday.”\n\n“Never say never to us.”")
    assert [each.who for each in found] == ["the sailor", "the sailor", None]


@pytest.mark.parametrize(
    ("lang", "text", "words", "who"),
    [
        ("it", "Il ministro ha aggiunto: «Faremo le riforme».", "«Faremo le riforme»", "Il ministro"),
        ("fr", "Le ministre a déclaré : « Nous verrons. »", "« Nous verrons. »", "Le ministre"),
        ("fr", "« Nous verrons », souligne-t-elle.", "« Nous verrons »", "elle"),
        ("es", "“Es una tragedia”, ha subrayado el alcalde.", "“Es una tragedia”", "el alcalde"),
        ("es", "“Ha ido despacio”, dijo el jefe a Ana Silva.", "“Ha ido despacio”", "el jefe a Ana Silva"),
        ("es", "“Es tarde”, dice Ana Silva en la carta.", "“Es tarde”", "Ana Silva"),
        ("de", "«Es ist spät», sagt Ana Silva gegenüber der Zeitung.", "«Es ist spät»", "Ana Silva"),
        ("zh", "发言人说：“渡轮又晚了。”", "“渡轮又晚了。”", "发言人"),
        ("ja", "市長は「渡し船は遅い」と記者団に語った。", "「渡し船は遅い」", None),
        ("ar", 'وقال الوزير: "لن نسمح بذلك".', '"لن نسمح بذلك"', "الوزير"),
    ],
)
def test_how_other_languages_name_a_speaker(lang: str, text: str, words: str, who: str | None) -> None:
    """An auxiliary is no part of the subject, commas and colons may be wide, and a verb may come first."""
    assert only(text, lang=lang) == Said(words, "direct", who)


def test_a_conjunction_before_a_statement_makes_no_fragment_of_it() -> None:
    found = said("But “there is no ferry,” Ana Silva warned, adding: “We must swim.”")
    assert [(each.kind, each.who) for each in found] == [("direct", "Ana Silva")] * 2
    assert only("As the saying goes, “all that glitters is not gold.”").who is None


@pytest.mark.parametrize(
    ("fast", "plain"),
    [
        (marks._ANY, r"[\"“”„«»‘‚「『]|``|(?<!\w)['’]"),
        (
            marks._OPENING,
            r"[“„«「『]|(?<!`)``(?=[^\s`])"
            r"|(?<![^\s(\[{—–\-/:;…‘'])\"(?=\S)|(?<=[,:])\"(?=[A-ZÀ-Þ])"
            r"|(?<![^\s(\[{—–\-/:;])''(?=[^\s'])"
            r"|(?<![^\s(\[{—–\-/:;\"“])['‘‚](?=[^\W_]|\.\.\.|…|\[)"
            r"|(?<!\S)[»”](?=\w)",
        ),
        (
            paragraphs._BORDER,
            r"(?:[.!?…]['\"”’»)\]]*|[。！？][」』”]?)\s*(?<=[\s。！？」』”])"
            r"(?=[^\W_a-zß-öø-ÿ]|[\"“„«‘'(\[「『#@–—•-])",
        ),
    ],
)
def test_patterns_that_begin_with_characters_find_what_plain_ones_do(
    fast: re.Pattern[str], plain: str
) -> None:
    chance = random.Random(2)
    signs = "abzAZÉß19_ \n'’\"“”«».-…,!?`‘‚(［[/:;。！？」』「„中»"
    found = 0
    for _ in range(3000):
        text = "".join(chance.choices(signs, k=40))
        spans = [match.span() for match in fast.finditer(text)]
        assert spans == [match.span() for match in re.finditer(plain, text)]
        found += len(spans)
    assert found > 1000


def test_two_apostrophes_are_a_quotation_mark_each_time() -> None:
    text = "''It is late,'' said Ana Silva. ''It isn't the crew's fault,'' she added. ''Nobody can help it.''"
    assert [each.words for each in said(text)] == [
        "''It is late,''", "''It isn't the crew's fault,''", "''Nobody can help it.''",
    ]  # fmt: skip


def test_a_statement_may_end_in_what_it_quotes() -> None:
    text = "“The answer that you want is, ‘We have no timetable,’” Ana Silva, who runs the ferry, said then."
    assert only(text) == Said("“The answer that you want is, ‘We have no timetable,’”", "direct", "Ana Silva")


def test_a_statement_in_brackets_has_its_speaker() -> None:
    text = 'The plan has critics in the port ("It is far too dear," said Ana Silva in May).'
    assert only(text) == Said('"It is far too dear,"', "direct", "Ana Silva")


@pytest.mark.parametrize(
    "signature", ["- Ana Silva.", "— Ana Silva, harbour master", "– Ana Silva (by mail)"]
)
def test_a_line_under_a_statement_says_whose_it_is(signature: str) -> None:
    text = f'Tom Berg opened the meeting.\n"The ferry has never been on time in winter."\n{signature}\n'
    assert only(text).who == "Ana Silva"
    text = f'Tom Berg opened the meeting.\n"The ferry has never been on time in winter." {signature}\n'
    assert only(text).who == "Ana Silva"


def test_names_in_a_phrase_about_the_speaker_are_others() -> None:
    before = "“I run the harbour,” said Ana Silva.\n"
    asked = "Asked about Petra Olin, she replied: “We never met.”"
    assert said(before + asked)[-1].who == "Ana Silva"
    compared = "Like Petra Olin, Mira Koch is patient.\n“I can wait,” she said."
    assert said(before + compared)[-1].who == "Mira Koch"
    stated = "When Petra Olin left, Mira Koch gave out a statement:\n“We shall all miss the ferry.”"
    assert said(before + stated)[-1].who == "Mira Koch"


def test_a_stranger_who_argues_is_nobody_who_spoke_before() -> None:
    text = "“It runs,” said Ana Silva.\nA clerk of the port wrote in, arguing, “The timetable is a joke.”"
    assert said(text)[-1] == Said("“The timetable is a joke.”", "direct", None)


def test_the_kin_of_a_mayor_is_no_mayor() -> None:
    text = (
        "Tom Berg, the mayor, spoke first. Jonas Rahl, brother of the mayor, came late.\n"
        "“The ferry is ours,” the mayor said."
    )
    assert only(text).who == "Tom Berg"


def test_a_body_gives_out_what_follows_a_colon() -> None:
    text = "“It runs,” said Ana Silva.\nThe Port Authority was clear in a letter: “No ferry runs then.”"
    assert said(text)[-1].who == "Port Authority"


def test_a_full_name_inside_quotation_marks_tells_whether_a_woman_speaks() -> None:
    text = "Berg spoke. Petra Olin sat by. “Tom Berg is my name,” he said.\nOlin rose.\n“I agree,” she said."
    assert [each.who for each in said(text)] == ["Tom Berg", "Petra Olin"]
