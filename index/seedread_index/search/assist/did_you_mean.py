"""Words near a word: a letter more, less, other, or two swapped."""

from __future__ import annotations

import difflib
import string
from itertools import islice, product
from typing import TYPE_CHECKING

from seedread_index.engines.base import Terms
from seedread_index.engines.query_ast import FIELDS
from seedread_index.model.deadline import Deadline
from seedread_index.search.query.lexer import BEFORE, OTHER_NAMES
from seedread_index.text.stems import term_of
from seedread_index.text.tokenizer import is_unspaced, surface_forms

if TYPE_CHECKING:
    from seedread_index.engines.base import IndexReader, Vocabulary
    from seedread_index.search.sources import EntitySource


MOST_COMPARED = 4_000
"""Words that are compared letter by letter at most, the most frequent first."""


def distance(left: str, right: str, limit: int) -> int:
    """How many letters are added, left out, changed or swapped; at most one more than `limit` is told."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not before or min(before) > limit):
            return limit + 1
    return row[-1]


def _alphabet(word: str) -> str:
    """Letters that could stand in a word: of the blocks that its own letters come from."""
    if word.isascii():
        return string.ascii_lowercase + string.digits
    letters = set(string.ascii_lowercase)
    for character in word:
        first = ord(character) // 128 * 128
        letters.update(filter(str.isalnum, map(chr, range(first, first + 128))))
    return "".join(sorted(letter for letter in letters if letter == letter.lower()))


def one_away(word: str) -> set[str]:
    """Every spelling one mistake away."""
    alphabet = _alphabet(word)
    halves = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in alphabet}
    found |= {left + letter + right for left, right in halves for letter in alphabet}
    found.discard(word)
    return found


def near_words(
    vocabulary: Vocabulary, word: str, limit: int, most: int, deadline: Deadline
) -> list[tuple[str, int]]:
    """Words of the archive at most `limit` mistakes away, nearest first, then the most frequent.

    Two mistakes away are looked for among words with the same first letter, until the deadline.
    """
    if not 2 <= len(word) <= 40 or deadline.over():
        return []
    near = [(1, -count, found) for found, count in vocabulary.known(sorted(one_away(word)))]
    if limit > 1:
        seen = {found for _, _, found in near}
        like = vocabulary.between(word[0], len(word) - limit, len(word) + limit, MOST_COMPARED)
        for found, count in like:
            if deadline.over():
                break
            if found != word and found not in seen and (away := distance(word, found, limit)) <= limit:
                near.append((away, -count, found))
    return [(found, -count) for _, count, found in sorted(near)[:most]]


_MOST = 3
_SHORTEST = 4
_LONGEST_PHRASE = 8
_LONGEST_NAME = 3
FIELD_NAMES = (*FIELDS, *OTHER_NAMES, BEFORE)
"""What may stand before a colon."""
_IN_TEXT = (None, "title", "body")


def suggestions(leaf: Terms, count: int, reader: IndexReader, deadline: Deadline) -> list[str]:
    """Other spellings of a leaf that `count` articles match, each matched by more, the likeliest first."""
    words = surface_forms(leaf.written)
    if leaf.field not in _IN_TEXT or not words or any(map(is_unspaced, words)) or _is_pattern(leaf):
        return []
    if len(words) == 1:
        spelt = _spelt(words[0], count, reader.vocabulary, deadline)
        return [*_apart(leaf, words[0], count, reader, deadline), *spelt][:_MOST]
    return _respelt(leaf, words, count, reader, deadline)


def names_like(name: str, vocabulary: Vocabulary, mentions: EntitySource, deadline: Deadline) -> list[str]:
    """Entities whose names are spelt like one that no article mentions, those that keep its words first."""
    words = surface_forms(name)
    if not 0 < len(words) <= _LONGEST_NAME:
        return []
    choices = [
        [word, *(other for other, _ in near_words(vocabulary, word, 2, _MOST, deadline))] for word in words
    ]
    found: dict[str, None] = {}
    for spelt in islice(product(*choices), 1, None):
        if deadline.over():
            break
        for entity_id in mentions.resolve(" ".join(spelt))[:1]:
            if (entity := mentions.entity(entity_id)) is not None:
                found[entity.name] = None
    return list(found)[:_MOST]


def near_field(name: str) -> str:
    """The field whose name is most like one that no field has; "" where none is."""
    return next(iter(difflib.get_close_matches(name.lower(), FIELD_NAMES, 1, 0.6)), "")


def _is_pattern(leaf: Terms) -> bool:
    return "*" in leaf.written or "?" in leaf.written or leaf.written.endswith("~")


def _spelt(word: str, count: int, vocabulary: Vocabulary, deadline: Deadline) -> list[str]:
    """Words spelt like one, one of each stem; none where the word itself is in more articles than that."""
    if len(word) < _SHORTEST or sum(articles for _, articles in vocabulary.known([word])) > count:
        return []
    found: dict[str, str] = {}
    for other, articles in near_words(vocabulary, word, 1 if len(word) < 6 else 2, 10, deadline):
        if articles > count and term_of(other) != term_of(word):
            found.setdefault(term_of(other), other)
    return list(found.values())


def _apart(leaf: Terms, word: str, count: int, reader: IndexReader, deadline: Deadline) -> list[str]:
    """The word as two that stand side by side somewhere, as covid 19 for covid19."""
    found = []
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if min(len(left), len(right)) < 2 or len(word) < _SHORTEST:
            continue
        if deadline.over():
            break
        met = reader.count(_slots(leaf, (left, right)), deadline)
        if met > count:
            found.append((-met, f'"{left} {right}"'))
    return [said for _, said in sorted(found)[:1]]


def _respelt(
    leaf: Terms,
    words: list[str],
    count: int,
    reader: IndexReader,
    deadline: Deadline,
) -> list[str]:
    """The phrase written as one word, or with its unknown words spelt otherwise."""
    if len(words) > _LONGEST_PHRASE:
        return []
    joined = "".join(words)
    if len(words) == 2 and reader.count(_slots(leaf, (joined,)), deadline) > count:
        return [joined]
    spelt = [next(iter(_spelt(word, 0, reader.vocabulary, deadline)), word) for word in words]
    if spelt == words or reader.count(_slots(leaf, tuple(spelt)), deadline) <= count:
        return []
    return [f'"{" ".join(spelt)}"']


def _slots(leaf: Terms, words: tuple[str, ...]) -> Terms:
    """The leaf with other words."""
    slop = leaf.slop if len(words) > 1 else None
    return Terms(leaf.field, tuple(frozenset([term_of(word)]) for word in words), slop, " ".join(words))
