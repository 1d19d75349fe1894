"""The verbs of saying of a language: where they stand, what may follow each and stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from seedread_index.text.word_lists import listed, sections, words


class Use(StrEnum):
    """What a verb of saying goes with; see data/verbs.txt."""

    CLAUSE = "clause"
    THAT = "that"
    LISTENER = "listener"
    REQUEST = "request"
    QUOTED = "quoted"
    CALLED = "called"
    SOURCE = "source"


class Cue(NamedTuple):
    """A verb of saying, or "according to", by its offsets.

    `participle` says that it has no subject itself, `plain` that a clause follows more often than an object,
    `base` that its form is the one of plurals and after "would". `helper` is where it starts with the
    auxiliary before it in other languages: "ha detto".
    """

    start: int
    end: int
    uses: frozenset[Use]
    participle: bool
    plain: bool
    base: bool
    helper: int


_PLAIN = listed(
    "say says said saying think thinks thought believe believes believed tell tells told telling tweeted"
)
_OPENING = frozenset({"According", "Says", "Said"})
"""Verbs that may open a sentence; elsewhere a capital makes a name of them: the United States."""
_SOURCE = "according"
_TO = " to"
_UNSPACED = ("zh", "ja")
"""Languages that write no blanks between words."""
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
INVERTED = re.compile(r"-(?:t-)?(il|elle)\b")
"""A French pronoun behind its verb."""


DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_BETWEEN = words("quotes", "before verbs")
_DAYS_OF_WEEK = frozenset(DAYS.split("|"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS_OF_TIMES = words("quotes", "ends of times")
_TIME = re.compile(r"\s+((?:(?:on|in|earlier|late|early|last|this|that|next|later)\s+)*)\S+$")
_WENT_ON = re.compile(r"\s+(?:went on|goes on|continued|was quick)\s+to$")
_LONGEST_TIME = 40


_AUXILIARY = re.compile(
    r"(?<![^\W_])((?:a|ont|avait|avaient|ha|han|había|hanno|aveva|tem|tinha|hat|haben|hatte|hatten|heeft|hebben"
    r"|har|hade|havde|hadde|au)\s+)$"
)
"""What stands between a subject and its verb in the languages that verbs are known of."""


class Cues:
    """The verbs of saying of one language."""

    def __init__(self, lang: str) -> None:
        self._uses = _verbs(lang)
        forms = sorted(self._uses, key=len, reverse=True)
        # Looking up each word is eight times as fast as one pattern of all verbs.
        self._pattern = (
            re.compile("|".join(map(re.escape, forms)))
            if lang in _UNSPACED and forms
            else _LETTERS
            if lang == "en"
            else _WORD
        )
        self._english = lang == "en"
        self._base = _base_forms() if self._english else frozenset()

    def find(self, text: str, start: int, end: int) -> Iterator[Cue]:
        """The verbs of saying between two offsets, in order."""
        known = self._uses
        for match in self._pattern.finditer(text, start, end):
            word = match[0]
            if word not in known:
                if word not in _OPENING:
                    continue
                word = word.lower()
            if word in known and (
                text[match.end() : match.end() + 1] != "-" or self._inverted(text, match.end())
            ):
                stop = match.end()
                if Use.SOURCE in known[word]:
                    if not text.startswith(_TO, stop):
                        continue
                    stop += len(_TO)
                participle = self._english and word.endswith("ing") and Use.SOURCE not in known[word]
                helper = match.start()
                if not self._english and (
                    auxiliary := _AUXILIARY.search(text, max(start, helper - 12), helper)
                ):
                    helper = auxiliary.start(1)
                plain, base = word in _PLAIN, word in self._base
                yield Cue(match.start(), stop, known[word], participle, plain, base, helper)

    def _inverted(self, text: str, end: int) -> bool:
        """Whether a French pronoun is joined to a verb (dit-il, souligne-t-elle)."""
        return not self._english and INVERTED.match(text, end) is not None


@cache
def cues_of(lang: str) -> Cues:
    """The verbs of saying of a language (ISO 639-1), none where they are not known."""
    return Cues(lang)


@cache
def _base_forms() -> frozenset[str]:
    """The first form of each English verb that has another for one person."""
    rows = [
        line.split()
        for heading, lines in sections("quotes", "verbs.txt").items()
        if heading.startswith("en ")
        for line in lines
    ]
    past = frozenset({"put", "read"})
    return frozenset(row[0] for row in rows) - past


@cache
def _verbs(lang: str) -> dict[str, frozenset[Use]]:
    """The uses of each form."""
    found: dict[str, set[Use]] = {}
    for heading, lines in sections("quotes", "verbs.txt").items():
        name, _, use = heading.partition(" ")
        if name == lang:
            for word in " ".join(lines).split():
                found.setdefault(word.lower(), set()).add(Use(use) if use else Use.QUOTED)
    if lang == "en":
        found[_SOURCE] = {Use.SOURCE}
    return {word: frozenset(uses) for word, uses in found.items()}


def trimmed(text: str, start: int, end: int) -> int:
    """The end of a stretch without the blanks at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def before_adverbs(text: str, start: int, verb: int) -> int:
    """The end of what stands before the adverbs and auxiliaries of a verb."""
    end = trimmed(text, start, verb)
    while end > start:
        blank = max(text.rfind(" ", start, end), start - 1)
        word = text[blank + 1 : end].rstrip(",")
        if word.lower() in _ENDS_OF_TIMES or _YEAR.fullmatch(word):
            time = _TIME.search(text, max(start, end - _LONGEST_TIME), end)
            if time is None or (not time[1] and word not in _DAYS_OF_WEEK):
                break
            end = time.start()
        elif word in _BETWEEN or (word.endswith("ly") and len(word) > 4) or word.endswith(("n't", "n’t")):
            end = blank + 1
        elif went_on := _WENT_ON.search(text, max(start, end - _LONGEST_TIME), end):
            end = went_on.start()
        else:
            break
        end = trimmed(text, start, end)
    for contracted in ("'ve", "’ve", "'d", "’d", "'ll", "’ll"):
        if text.endswith(contracted, start, end):
            return end - len(contracted)
    return end
