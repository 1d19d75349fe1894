"""What is read in a faster way from ASCII text is what the patterns for any text find in it."""

from __future__ import annotations

import random
import re

import pytest

from seedread_index.extract.formats.left_out import reason_by_content
from seedread_index.extract.segmentation.boilerplate import vocabulary
from seedread_index.extract.segmentation.boilerplate.features import is_closed
from seedread_index.extract.segmentation.header import bylines
from seedread_index.extract.segmentation.header.text_headline import same_line
from seedread_index.extract.segmentation.header.written_dates import western_digits
from seedread_index.extract.segmentation.likelihood import likelihoods
from seedread_index.extract.segmentation.lines import lines_of
from seedread_index.extract.segmentation.runs import blocks_of
from seedread_index.extract.segmentation.words import (
    LONG_WORD,
    LONG_WORD_OR_HAN,
    ascii_one_of,
    one_of,
    phrases_of,
    stems_of,
    word_count,
    words_of,
)

_PIECES = (
    "harbour",
    "Tom",
    "it",
    "o'clock",
    "rock-'n'-roll",
    "1,204",
    "--",
    "'",
    "-",
    '"',
    "_",
    ".",
    "  ",
    "'-",
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def lines(others: str = "") -> list[str]:
    """Lines of words and marks in any order."""
    chance = random.Random(7)
    pieces = (*_PIECES, *others)
    return ["".join(chance.choices((*pieces, " ", " "), k=chance.randint(0, 12))) for _ in range(2000)]


@pytest.mark.parametrize("others", ["", "’“”–é…\xa0"])
def test_words_are_those_of_the_pattern(others: str) -> None:
    for line in lines(others):
        plain = line.casefold().replace("’", "'")
        assert words_of(line) == _WORD.findall(plain), line
        assert word_count(line) == len(_WORD.findall(line)), line


@pytest.mark.parametrize("pattern", [LONG_WORD, LONG_WORD_OR_HAN])
def test_stems_are_those_of_the_pattern(pattern: re.Pattern[str]) -> None:
    for line in lines("é港灣"):
        assert stems_of(line, pattern) == pattern.findall(line.casefold()), line


def test_a_line_is_closed_where_a_pattern_finds_the_end_of_a_sentence() -> None:
    end = re.compile(r"[.!?…。！？؟।][\"'”’»)\]*_ ]*$")
    for line in lines("。؟”’»)]*_…\n"):
        assert is_closed(line) == (end.search(line[-12:]) is not None), line


@pytest.mark.parametrize("name", ["never_headline", "related_labels", "comments", "captions", "by_labels"])
def test_phrases_as_branches_match_what_an_alternation_of_them_does(name: str) -> None:
    phrases = sorted(set(phrases_of(name)), key=len, reverse=True)
    every = re.compile(
        "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases), re.IGNORECASE
    )
    branches = re.compile(one_of(name), re.IGNORECASE)
    for phrase in phrases:
        for line in (
            phrase,
            phrase.upper(),
            phrase[:-1],
            f"{phrase} {phrase}",
            f"x{phrase}",
            phrase[1:] + "s",
        ):
            expected, found = every.match(line), branches.match(line)
            assert (found and found.span()) == (expected and expected.span()), line


@pytest.mark.parametrize("name", ["related_labels", "comments", "captions"])
def test_phrases_match_ascii_text_as_they_match_any_text(name: str) -> None:
    any_text, ascii_text = re.compile(one_of(name), re.IGNORECASE), re.compile(ascii_one_of(name))
    listed = [phrase.replace("*", "s") for phrase in phrases_of(name)]
    for phrase in [*listed, *(phrase.replace("ı", "i") for phrase in listed), "harbour", "read", "Photo"]:
        if phrase.isascii():
            for written in (phrase, phrase.upper(), phrase.title(), f"{phrase}x"):
                expected = any_text.fullmatch(written) is not None
                assert (ascii_text.fullmatch(written.lower()) is not None) == expected, written


def test_labels_captions_and_heads_of_comments_are_found_in_any_case() -> None:
    assert vocabulary.is_label("READ MORE:") and vocabulary.is_label("» Lire aussi…")
    assert not vocabulary.is_label("Read the harbour's history")
    assert vocabulary.opens_comments("12 Comments on this story") and vocabulary.opens_comments("Комментарии")
    assert bylines.is_caption("The pier at dawn. PHOTO: Ann Lee") and bylines.is_caption("(AFP/Reuters)")
    assert bylines.is_caption("Der Hafen – Foto: Jürgen")
    assert not bylines.is_caption("The photographer saw the pier")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("The pier is  open again", "the PIER is open again", True),
        ("“The pier” is open again, says the mayor", '"The pier" is open again, says the mayor', True),
        ("The pier is open again", "The pier is open again | The Harbour Echo", True),
        ("The pier is open again", "The pier is closed again", False),
        ("The pier is open again, says the mayor", "The pier is open again, says the poet", False),
    ],
)
def test_lines_that_differ_in_case_quotes_or_a_sites_name_are_the_same(
    first: str, second: str, same: bool
) -> None:
    assert same_line(first, second) is same


def test_a_style_sheet_is_told_from_prose_with_a_rule_of_one() -> None:
    rule = "h1.pier, #harbour > p { color: red; margin: 0 }\n"
    assert "style" in (reason_by_content(rule * 9, b"a.txt") or "")
    assert reason_by_content("The pier was opened again by the mayor town. " * 20 + rule, b"a.txt") is None
    selector = "a" * 1000
    assert reason_by_content(f"{selector} {{ color: red }}\n", b"a.txt") is None


def test_a_text_is_as_likely_after_others_as_before_them() -> None:
    menu = "\n\n".join(["Home", "News", "Read more", "Contact us"] * 40)
    prose = "The mayor opened the pier on Friday, and the band played until the rain came. " * 3
    blocks = blocks_of(f"{menu}\n\n{prose}\n\n{menu}")[1]
    once = likelihoods(blocks)
    likelihoods(blocks_of("\n\n".join(f"Other line {number}" for number in range(3000)))[1])
    assert likelihoods(blocks) == once
    assert max(once) == once[160] > 0.5 > once[0]


def test_every_phrase_of_a_family_is_found_amid_other_words() -> None:
    for family, (_, listed) in vocabulary.FAMILIES.items():
        for phrase in (phrase for line in listed for phrase in line.split(",") if phrase.strip()):
            if "*" in phrase.strip()[:-1] or ("*" in phrase and " " in phrase.strip()):
                continue
            words = [word.split("/")[0].replace("*", "") for word in phrase.split()]
            assert family in vocabulary.families_of(["harbour", *words, "harbour"]), phrase


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Ann Lee in Port Ellen contributed reporting", True),
        ("Ann Lee is a freelance writer", True),
        ("Ann Lée is an editor and writer", True),
        ("Reporting by Ann Lee", True),
        ("In Ellen, reporting by Ann Lee; editing by Tom Roe", True),
        ("The pier is a place for walks; it is open by night", False),
    ],
)
def test_a_credit_is_found_where_a_line_begins_and_amid_it(line: str, credit: bool) -> None:
    assert bylines.is_credit(line, len(line.split())) is credit


def test_lines_of_marks_without_width_are_blank() -> None:
    text = "  The pier \n\u200b \ufeff\n\n\u200bopen\n"
    assert lines_of(text) == [(2, 10, 2, 0), (17, 22, 0, 2)]


def test_digits_of_other_scripts_are_read_amid_any_letters() -> None:
    assert western_digits("é ١٢ मार्च २०२१") == "é 12 मार्च 2021"
