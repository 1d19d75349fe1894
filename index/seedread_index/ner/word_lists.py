"""The words that names are known by, from data/words.txt; lists that several modules use have names."""

from __future__ import annotations

from seedread_index.text.word_lists import words as words_of_folder


def words(heading: str) -> frozenset[str]:
    """The words under a heading of data/words.txt; KeyError where there is no such list."""
    return words_of_folder("ner", heading)


def choice(heading: str) -> str:
    """The same as alternatives of a regular expression."""
    return "|".join(sorted(words(heading)))


TITLES = words("titles")
"""Words before a person's name that are no part of it, folded, without full stops."""

STRONG_TITLES = words("strong titles")
"""Titles that make what follows a person, folded."""

PARTICLES = words("particles")
"""Small words inside persons' names, folded."""

GENERATIONS = words("generations")
"""What tells father from son at the end of a name, folded."""

SMALL_WORDS = words("small words")
"""Small words inside names of organisations and in titles of articles, folded."""

COMPANY_FORMS = words("company forms")
"""Legal forms at the end of a company's name, folded."""

COMPANY_ENDINGS = COMPANY_FORMS | words("company groups")
"""What follows the name proper in a company's full name, folded."""

FUNCTION_WORDS, OTHER_FUNCTION_WORDS = words("function words"), words("function words of other languages")
"""Capitalised words that begin sentences and are no part of a name: in English, in other languages."""


def is_title(word: str) -> bool:
    """Whether a word (any case, a full stop after it allowed) is a title before a person's name."""
    return word.rstrip(".").casefold() in TITLES
