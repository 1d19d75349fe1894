"""The vocabulary of boilerplate: families of words that sites use around articles, each with a weight.

The families are a data file (`words/boilerplate.txt`), in whose head the notation is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seedread_index.extract.segmentation.words import lines_of, one_of, phrases_of, word_set


def _read() -> dict[str, tuple[float, list[str]]]:
    """The families of the data file: weight and lines of phrases."""
    families: dict[str, tuple[float, list[str]]] = {}
    for line in lines_of("boilerplate"):
        if line.startswith("["):
            name, weight = line[1:-1].split()
            families[name] = (float(weight), [])
        else:
            families[name][1].append(line)
    return families


FAMILIES = _read()
_UNSPACED = {
    family: re.compile(pattern)
    for family, pattern in (line.split(" ", 1) for line in lines_of("boilerplate_unspaced"))
}


def _phrases(lines: Sequence[str]) -> Iterator[list[str]]:
    for line in lines:
        for phrase in line.split(","):
            if phrase.strip():
                yield phrase.split()


@dataclass(slots=True)
class _Entry:
    """What begins with one word: the families it is of by itself, and by second word what must follow."""

    alone: list[str] = field(default_factory=list)
    phrases: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = field(default_factory=dict)


def _tables() -> tuple[dict[str, _Entry], dict[str, list[tuple[str, str]]]]:
    """By first word its entry; by three letters the stems that begin so, with their families."""
    by_word: dict[str, _Entry] = {}
    by_stem: dict[str, list[tuple[str, str]]] = {}
    for family, (_, listed) in FAMILIES.items():
        for first, *rest in _phrases(listed):
            for word in first.split("/"):
                if word.endswith("*"):
                    by_stem.setdefault(word[:3], []).append((word[:-1], family))
                    continue
                entry = by_word.setdefault(word, _Entry())
                if not rest:
                    entry.alone.append(family)
                    continue
                following = tuple(frozenset(part.split("/")) for part in rest[1:])
                for second in rest[0].split("/"):
                    entry.phrases.setdefault(second, []).append((family, following))
    return by_word, by_stem


_BY_WORD, _BY_STEM = _tables()


def families_of(words: Sequence[str]) -> dict[str, int]:
    """How many different phrases of each family a list of case-folded words holds."""
    found: dict[str, set[str]] = {}
    by_word, by_stem = _BY_WORD, _BY_STEM
    for place in [i for i, word in enumerate(words) if word in by_word or word[:3] in by_stem]:
        word = words[place]
        if entry := by_word.get(word):
            for family in entry.alone:
                found.setdefault(family, set()).add(word)
            second = words[place + 1] if place + 1 < len(words) else ""
            for family, following in entry.phrases.get(second, ()):
                if _follows(words, place + 2, following):
                    found.setdefault(family, set()).add(word)
        for stem, family in by_stem.get(word[:3], ()):
            if word.startswith(stem):
                found.setdefault(family, set()).add(stem)
    return {family: len(hits) for family, hits in found.items()}


def unspaced_families_of(text: str) -> dict[str, int]:
    """How many different signs of each family a text in Chinese, Japanese or Korean holds."""
    found = {family: len(set(pattern.findall(text))) for family, pattern in _UNSPACED.items()}
    return {family: hits for family, hits in found.items() if hits}


def _follows(words: Sequence[str], place: int, following: tuple[frozenset[str], ...]) -> bool:
    """Whether the words from a place on are a phrase's rest."""
    if place + len(following) > len(words):
        return False
    return all(words[place + number] in choice for number, choice in enumerate(following))


_COMMENTS_HEAD = re.compile(
    rf"\W*(?:(?:all|see|show|view|alle|tous|todos)\s+)?\(?\d*\+?\)?\s*(?:{one_of('comments')})\s*(?:\(?\d+\+?\)?)?\W*"
    r"(?:(?:on|to|zu|sur|на|sort(?:ed)? by)\b.{0,80})?",
    re.IGNORECASE,
)
_LONGEST_HEAD = 120


def opens_comments(text: str) -> bool:
    """Whether a line is the head of a readers' comments section."""
    return len(text) <= _LONGEST_HEAD and _COMMENTS_HEAD.fullmatch(text) is not None


_LOGIN, _COMMENT = frozenset(phrases_of("login")), frozenset(phrases_of("comment_words"))
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 26


def begins_comments(text: str) -> bool:
    """Whether a line is the head of readers' comments, or a notice to log in for writing one."""
    if len(text) > 2 * _LONGEST_HEAD:
        return False
    words = [word.casefold() for word in _LETTERS.findall(text)]
    if len(words) <= _MOST_WORDS and not _COMMENT.isdisjoint(words) and not _LOGIN.isdisjoint(words):
        return True
    return opens_comments(text)


EDGE = r"[\s:：.…»›>→←|\[\](){}+*▶▸–—-]*"
"""What may stand about a label."""

_RELATED = re.compile(rf"{EDGE}{one_of('related_labels')}{EDGE}", re.IGNORECASE)
LONGEST_LABEL = 70


def is_label(text: str) -> bool:
    """Whether a line is the label of links to other stories."""
    text = text.strip()
    return len(text) <= LONGEST_LABEL and _RELATED.fullmatch(text) is not None


_NEVER = re.compile(
    rf"\W*(?:{one_of('never_headline')}\W*$|{one_of('never_begins')}(?![^\W\d_]))", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]*@[\w.-]+|\S+\.(?:png|jpe?g|gif|svg|webp|mp[34]|pdf|html?)"
)
_COUNTED = word_set("counted")
"""What numbers beside an article count: with them a line is no headline."""


def never_headline(text: str) -> bool:
    """Whether a line is what any site says: a button, a count, a way to go, an address, a file's name."""
    text = text.strip()
    if _NEVER.match(text) or _ADDRESS.fullmatch(text):
        return True
    words = _LETTERS.findall(text.casefold())
    return any(map(str.isdigit, text)) and _COUNTED.issuperset(words)
