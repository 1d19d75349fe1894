"""Words near a word: a letter more, less, other, or two swapped."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from seedread_index.searching.deadline import Deadline

if TYPE_CHECKING:
    from seedread_index.storage.vocabulary import Vocabulary


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
