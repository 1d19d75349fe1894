"""The vocabulary of boilerplate: families of words that sites use around articles, each with a weight.

The families are a data file (`words/boilerplate.txt`), in whose head the notation is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from seedread_index.extract.segmentation.words import (
    ascii_one_of,
    letters_of,
    lines_of,
    one_of,
    phrases_of,
    word_set,
)


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


_Phrases = dict[str, list[tuple[str, tuple[frozenset[str], ...]]]]
_FREQUENT = word_set("frequent")
"""Phrases that begin with these words are looked for by the second."""


@dataclass(slots=True)
class _Entry:
    """Families that a word is of alone, and of phrases by the word after or before it, with what follows."""

    alone: list[str] = field(default_factory=list)
    after: _Phrases = field(default_factory=dict)
    before: _Phrases = field(default_factory=dict)


def _tables() -> tuple[dict[str, _Entry], dict[str, list[tuple[str, str]]]]:
    """By word its entry; by three letters the stems that begin so, with their families."""
    by_word: dict[str, _Entry] = {}
    by_stem: dict[str, list[tuple[str, str]]] = {}
    for family, (_, listed) in FAMILIES.items():
        for first, *rest in _phrases(listed):
            for word in first.split("/"):
                if word.endswith("*"):
                    by_stem.setdefault(word[:3], []).append((word[:-1], family))
                    continue
                if not rest:
                    by_word.setdefault(word, _Entry()).alone.append(family)
                    continue
                following = tuple(frozenset(part.split("/")) for part in rest[1:])
                for second in rest[0].split("/"):
                    if word in _FREQUENT:
                        phrases = by_word.setdefault(second, _Entry()).before.setdefault(word, [])
                    else:
                        phrases = by_word.setdefault(word, _Entry()).after.setdefault(second, [])
                    phrases.append((family, following))
    return by_word, by_stem


_BY_WORD, _BY_STEM = _tables()
_MOST_KNOWN = 50_000


_Meaning = tuple[list[tuple[str, str]], _Phrases, _Phrases]
"""The phrases that a word is by itself, each with its family, and those after and before it of its entry."""


class _Known(dict[str, _Meaning | None]):
    """What words mean; None for most.

    Worked out when a word is first met; emptied when it has grown too large.
    """

    def __missing__(self, word: str) -> _Meaning | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        entry, stems = _BY_WORD.get(word, _NO_ENTRY), _BY_STEM.get(word[:3], ())
        alone = [(word, family) for family in entry.alone]
        alone += [(stem, family) for stem, family in stems if word.startswith(stem)]
        known = alone or entry.after or entry.before
        self[word] = found = (alone, entry.after, entry.before) if known else None
        return found


_NO_ENTRY = _Entry()
_KNOWN = _Known()


def families_of(words: Sequence[str]) -> dict[str, int]:
    """How many different phrases of each family a list of case-folded words holds."""
    found: dict[str, set[str]] = {}
    last = len(words)
    for place, meaning in enumerate(map(_KNOWN.__getitem__, words), 1):
        if meaning is None:
            continue
        alone, after, before = meaning
        for phrase, family in alone:
            found.setdefault(family, set()).add(phrase)
        if after and place < last and words[place] in after:
            for family, following in after[words[place]]:
                if not following or _follows(words, place + 1, following):
                    found.setdefault(family, set()).add(words[place - 1])
        if before and place > 1 and words[place - 2] in before:
            for family, following in before[words[place - 2]]:
                if not following or _follows(words, place, following):
                    found.setdefault(family, set()).add(words[place - 2])
    return {family: len(hits) for family, hits in found.items()} if found else {}


def unspaced_families_of(text: str) -> dict[str, int]:
    """How many different signs of each family a text in Chinese, Japanese or Korean holds."""
    found = {family: len(set(pattern.findall(text))) for family, pattern in _UNSPACED.items()}
    return {family: hits for family, hits in found.items() if hits}


def _follows(words: Sequence[str], place: int, following: tuple[frozenset[str], ...]) -> bool:
    """Whether the words from a place on are a phrase's rest."""
    if place + len(following) > len(words):
        return False
    return all(words[place + number] in choice for number, choice in enumerate(following))


def _comments_head(phrases: str) -> str:
    """The pattern of the head of readers' comments, by the phrases that it may have."""
    return (
        rf"\W*(?:(?:all|see|show|view|alle|tous|todos)\s+)?\(?\d*\+?\)?\s*(?:{phrases})\s*(?:\(?\d+\+?\)?)?\W*"
        r"(?:(?:on|to|zu|sur|на|sort(?:ed)? by)\b.{0,80})?"
    )


_COMMENTS_HEAD = re.compile(_comments_head(one_of("comments")), re.IGNORECASE)
_ASCII_COMMENTS_HEAD = re.compile(_comments_head(ascii_one_of("comments")))
_LONGEST_HEAD = 120


@lru_cache(maxsize=1024)
def opens_comments(text: str) -> bool:
    """Whether a line is the head of a readers' comments section."""
    if len(text) > _LONGEST_HEAD:
        return False
    if text.isascii():
        return _ASCII_COMMENTS_HEAD.fullmatch(text.lower()) is not None
    return _COMMENTS_HEAD.fullmatch(text) is not None


EDGE = r"[\s:：.…»›>→←|\[\](){}+*▶▸–—-]*"
"""What may stand around the words of a label."""

LONGEST_LABEL = 70
_RELATED = re.compile(rf"{EDGE}(?:{one_of('related_labels')}|{one_of('list_labels')}){EDGE}", re.IGNORECASE)
_ASCII_RELATED = re.compile(
    rf"{EDGE}(?:{ascii_one_of('related_labels')}|{ascii_one_of('list_labels')}){EDGE}"
)


def is_label(text: str) -> bool:
    """Whether a line is the label of links to other stories."""
    text = text.strip()
    return len(text) <= LONGEST_LABEL and _announces(text)


@lru_cache(maxsize=4096)
def _announces(line: str) -> bool:
    if line.isascii():
        return _ASCII_RELATED.fullmatch(line.lower()) is not None
    return _RELATED.fullmatch(line) is not None


_FILLER = re.compile(r"\b(?:lorem ipsum|dolor sit|incididunt|adipisc\w+|cillum|proident)\b", re.IGNORECASE)
_IN_FILLER = ("lorem", "dolor", "incididunt", "adipisc", "cillum", "proident")


def is_filler(text: str) -> bool:
    """Whether a text holds words of the filler that templates come with."""
    plain = text.casefold()
    if not plain.isascii():
        plain = plain.replace("ı", "i").replace("i\u0307", "i")
    return any(map(plain.__contains__, _IN_FILLER)) and _FILLER.search(text) is not None


_LOGIN, _COMMENT = frozenset(phrases_of("login")), frozenset(phrases_of("comment_words"))
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST_WORDS = 26


def begins_comments(text: str) -> bool:
    """Whether a line is the head of readers' comments, or a notice to log in for writing one."""
    if len(text) > 2 * _LONGEST_HEAD:
        return False
    words = letters_of(text) if text.isascii() else list(map(str.casefold, _LETTERS.findall(text)))
    if len(words) <= _MOST_WORDS and not _COMMENT.isdisjoint(words) and not _LOGIN.isdisjoint(words):
        return True
    return opens_comments(text)


_LISTS = re.compile(rf"{EDGE}{one_of('list_labels')}{EDGE}", re.IGNORECASE)


def is_list_label(text: str) -> bool:
    """Whether a line is the label of a list of links to other stories."""
    text = text.strip()
    return len(text) <= LONGEST_LABEL and _LISTS.fullmatch(text) is not None


_NEVER = re.compile(
    rf"\W*(?:{one_of('never_headline')}\W*$|{one_of('never_begins')}(?![^\W\d_]))", re.IGNORECASE
)
_NEVER_SHORT = re.compile(rf"\W*{one_of('never_begins_short')}(?![^\W\d_])", re.IGNORECASE)
_SHORT_LINE = 4
"""Words at most of a line such as "Back to the top"; a headline that begins so says more."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]*@[\w.-]+|/\S+/\S*"
    r"|\S+\.(?:png|jpe?g|gif|svg|webp|mp[34]|pdf|html?|md|txt|docx?|xlsx?|csv)"
)
_STUTTER = 6
"""A line of so many words, each of which it says twice, is the field of a form with its label."""

_COUNTED = word_set("counted")
"""What numbers beside an article count: with them a line is no headline."""


def never_headline(text: str) -> bool:
    """Whether a line is what any site says: a button, a count, a way to go, an address, a file's name."""
    text = text.strip()
    if _NEVER.match(text) or "://" in text or (" " not in text and _ADDRESS.fullmatch(text)):
        return True
    words = _LETTERS.findall(text.casefold())
    if len(words) <= _SHORT_LINE and _NEVER_SHORT.match(text):
        return True
    if len(words) >= _STUTTER and 2 * len(set(words)) <= len(words):
        return True
    return any(map(str.isdigit, text)) and _COUNTED.issuperset(words)


_PAGE_LABELS = frozenset(phrases_of("page_labels"))
_PICTURE = re.compile(r"\W*(?:image|photo|picture|bild|foto|imagen|imagem|immagine|фото)\W*", re.IGNORECASE)
_PLAYER = re.compile(
    r"(?:(?:unfortunately|sorry|we apologi[sz]e),? (?:but )?)?(?:this|the|your)"
    r" (?:video|audio|clip|browser|player|media|advertisement)\b[^.!?]*\b(?:playable|unavailable|javascript"
    r"|not available|(?:does not|doesn.t) support|format|failed to load|not loaded|not be loaded)\b"
    r"|try refreshing your browser\b|media error:|download file:|use (?:up/down|left/right) arrow keys"
    r"|<?https?://\S+\.(?:mp[34]|m3u8|webm|ogg)\b",
    re.IGNORECASE,
)
_LONGEST_PLAYER = 20
"""Words at most of what a player says when it has nothing to show."""


def is_page_label(text: str) -> bool:
    """Whether a line is a label that a page's template leaves, or what a player says that shows nothing."""
    if len(text) <= LONGEST_LABEL and text.casefold().rstrip(": .") in _PAGE_LABELS:
        return True
    return _PLAYER.match(text) is not None and text.count(" ") < _LONGEST_PLAYER


def is_picture_label(text: str) -> bool:
    """Whether a line is the label of a picture, whose caption is the next line."""
    return _PICTURE.fullmatch(text) is not None


_RELATED_HEAD = re.compile(rf"(?:{one_of('related_labels')})\s*(?:[:：»›→▶]|\s[|–—-]\s)\s*\S", re.IGNORECASE)
_WEAK_HEADS = frozenset({"watch", "listen", "more", "latest", "además", "leggi", "mehr", "главное"})


def names_other_story(text: str) -> bool:
    """Whether a line is a label and, behind a mark, another story's headline.

    A label that is a word with which prose may begin too counts in capitals only.
    """
    if (match := _RELATED_HEAD.match(text)) is None:
        return False
    word = re.split(r"[:：]", match[0])[0].strip()
    return word.casefold() not in _WEAK_HEADS or word.isupper()
