"""Names in languages that no model reads: marked where there is evidence, left alone where there is none.

A person has a known first name, a title or a verb of saying beside it, or an initial; an organisation has a
word that says so, or is an acronym.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from seedread_index.ner.abroad.evidence import (
    CAMEL,
    ENDINGS,
    OF_AN_AGE,
    ORIGIN,
    begins_name,
    evidence_of,
    inflected,
    is_german_noun,
    is_noun_here,
    listed,
)
from seedread_index.ner.abroad.rows import Token, rows, shouts, small_words, tokens_of
from seedread_index.ner.gazetteer import (
    OTHER_FUNCTION_WORDS,
    PARTICLES,
    gazetteer,
    is_title,
)
from seedread_index.ner.refine.span_boundaries import HEADS
from seedread_index.ner.spans import PLACES, Cover, LabelledSpan
from seedread_index.text.romanisation import CAPITALS
from seedread_index.text.word_lists import words

_BEFORE = re.compile(r"([\w-]+)(\.?,? )[\"“«„]?$")
_AFTER = re.compile(r"[\"”»]?,? ([^\W\d_]+)")
_GOES_ON = re.compile(r" [^\W\d_]{4}")
"""A word of some length after a lone name: the name may be its adjective."""
_ACRONYM = re.compile(rf"[{CAPITALS}][{CAPITALS}&]{{1,6}}")
_ROMAN = re.compile(r"[IVXLCM]+")
_LONGEST_PERSON, _LONGEST_ORGANISATION = 4, 8
_NAME_AND_SURNAME = 2
_HEADS_LAST = frozenset({"de", "nl", "tr"})
"""Languages in which the last word says what an organisation is."""
_CYRILLIC = frozenset({"ru", "uk", "bg", "sr", "mk", "be"})
_NAMED_AFTER_SAINTS = frozenset({"es", "it", "pt"})
_ROMANCE = frozenset({"es", "fr", "it", "pt"})
_OF_THE = frozenset({"do", "dei", "del", "du"})
_NO_LAST_WORDS = HEADS | words("ner", "last words of no persons", "languages.txt")


def names_in(text: str, lang: str) -> Iterator[LabelledSpan]:
    """The persons and organisations of a text for which there is evidence."""
    found = _Finder(text, lang)
    persons = []
    for start, end in rows(text, lang):
        for span in found.names(start, end):
            yield span
            if span.label == "PERSON":
                persons.append(span)
    if lang in ENDINGS:
        yield from inflected(text, persons, lang)


def outside_longer_names(text: str, spans: Sequence[LabelledSpan], lang: str) -> list[LabelledSpan]:
    """The spans without places that are part of a longer name of which nothing is known (Nuevo México)."""
    finder = _Finder(text, lang)
    cover = Cover(len(text), spans)
    dropped: set[LabelledSpan] = set()
    places = [span for span in spans if span.label in PLACES]
    found = list(rows(text, lang)) if places else []
    starts = [start for start, _ in found]
    for span in places:
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and span.end <= found[at][1] and finder.is_part(span, *found[at], cover):
            dropped.add(span)
    return [span for span in spans if span not in dropped]


class _Finder:
    """The names of one text."""

    def __init__(self, text: str, lang: str) -> None:
        self._text = text
        self._lang = lang
        self._evidence = evidence_of(lang)
        self._small = small_words(text)
        self._labels = gazetteer().labels

    def names(self, start: int, end: int) -> Iterator[LabelledSpan]:
        """The names in a row of capitalised words."""
        tokens = tokens_of(self._text, start, end)
        titled = bool(tokens) and tokens[0].start == start and self._said_before(start)
        at = 0
        while at < len(tokens):
            word = tokens[at].text
            if self._is_title(word) or word.islower():
                titled, at = not word.islower(), at + 1
                continue
            first, stop, label = self._name_at(tokens, at, titled=titled)
            if label:
                owns = stop - first > 1 and self._is_genitive(tokens[stop - 1].text)
                yield LabelledSpan(tokens[first].start, tokens[stop - 1].end - owns, label)
            titled, at = titled and self._is_acronym(word), stop

    def is_part(self, place: LabelledSpan, start: int, end: int, cover: Cover) -> bool:
        """Whether a capitalised word of no other name and no title stands beside a place in its row."""
        tokens = tokens_of(self._text, start, end)
        before = [t for t in tokens if t.end <= place.start]
        after = [t for t in tokens if t.start >= place.end]
        beside = [t for t in (*before[-2:], *after[:1]) if self._capital(t.text)]
        return any(cover.free(t.start, t.end) and not self._is_title(t.text) for t in beside)

    def _is_title(self, word: str) -> bool:
        folded = word.rstrip(".").casefold()
        return folded in self._evidence.titles or is_title(word)

    def _said_before(self, start: int) -> bool:
        """Whether a title or a verb of saying stands right before a name."""
        before = _BEFORE.search(self._text, max(0, start - 30), start)
        if before is None:
            return False
        word = before[1].casefold()
        if self._lang in _ROMANCE and (origin := ORIGIN.search(self._text, max(0, start - 40), start)):
            return origin[1].casefold() in self._evidence.titles
        if before[2] == " ":
            if word == "so":
                return self._text.startswith(", ", before.start() - 2)
            return word in self._evidence.titles or word in self._evidence.saying
        return before[2] == ". " and len(word) <= 4 and word in self._evidence.titles

    def _name_at(self, tokens: Sequence[Token], at: int, *, titled: bool) -> tuple[int, int, str | None]:
        """Where the name at a word or after it begins and ends, and its label; None where nothing tells."""
        word = tokens[at].text
        if word in self._evidence.heads:
            stop = self._end_of_organisation(tokens, at)
            return at, stop, "ORG" if stop > at + 1 else None
        after_place = at > 0 and tokens[at - 1].text in self._labels  # Washington DC
        if self._is_acronym(word) and not shouts(tokens) and not after_place:
            return at, at + 1, self._labels.get(word, "ORG")
        stop = self._end_of_person(tokens, at)
        if titled and not self._begins_person(word):
            inner = next((k for k in range(at + 1, stop - 1) if self._begins_person(tokens[k].text)), at)
            at = inner
        if self._is_person(tokens, at, stop, titled=titled):
            return at, stop, "PERSON"
        last = tokens[-1].text
        if last in self._evidence.heads and at < len(tokens) - 1 and self._lang in _HEADS_LAST:
            return at, len(tokens), "ORG"
        return at, at + 1, None

    def _is_acronym(self, word: str) -> bool:
        return (
            bool(_ACRONYM.fullmatch(word))
            and not _ROMAN.fullmatch(word)
            and word.casefold() not in self._small
        )

    def _begins_person(self, word: str) -> bool:
        return begins_name(word, self._lang, self._small) or (len(word) == 2 and word.endswith("."))

    def _end_of_organisation(self, tokens: Sequence[Token], at: int) -> int:
        """Where an organisation ends that its first word tells: before a person, a title or an acronym."""
        stop = at + 1
        for k in range(at + 1, min(len(tokens), at + _LONGEST_ORGANISATION)):
            word = tokens[k].text
            if self._is_title(word) or self._is_acronym(word) or (k > at + 1 and self._begins_person(word)):
                break
            if self._lang in ENDINGS and self._begins_person(word):
                break
            if self._capital(word):
                stop = k + 1
        return stop

    def _is_person(self, tokens: Sequence[Token], at: int, stop: int, *, titled: bool) -> bool:
        words = [token.text for token in tokens[at:stop]]
        length = sum(map(self._capital, words))
        if self._lang in _CYRILLIC and any(word.isascii() and self._capital(word) for word in words):
            return False
        if length == 0 or " ".join(words) in self._labels or words[-1] in _NO_LAST_WORDS:
            return False
        if self._lang == "de" and (
            is_german_noun(words[-1]) or is_noun_here(self._text, tokens[at].start, words[0])
        ):
            return False
        if at == 0 and self._in_place(tokens[0].start):
            return False
        if titled and (length > 1 or self._lang not in ENDINGS) and self._may_be_surname(words[-1], words[0]):
            return self._lang not in ENDINGS or self._begins_person(words[0])
        if length < _NAME_AND_SURNAME:
            said = titled and self._lang in ENDINGS and self._spoke_before(tokens[0].start)
            goes_on = _GOES_ON.match(self._text, tokens[stop - 1].end)
            return said and not goes_on and self._may_be_surname(words[0], words[0])
        if words[0].endswith("."):
            return len(words[0]) == 2 and self._may_be_surname(words[-1], words[0])
        if self._is_of_place(words) or words[0] in self._labels:
            return False
        return begins_name(words[0], self._lang, self._small) or self._says(tokens, at, stop)

    def _is_of_place(self, words: Sequence[str]) -> bool:
        """Whether a saint's or a holder's name goes on with a place (Marina di Cecina): no full name."""
        return (
            self._lang in _NAMED_AFTER_SAINTS
            and sum(map(self._capital, words)) == _NAME_AND_SURNAME
            and any(word in ("de", "di") for word in words)
        )

    def _spoke_before(self, start: int) -> bool:
        before = _BEFORE.search(self._text, max(0, start - 30), start)
        return before is not None and before[2] == " " and before[1].casefold() in self._evidence.saying

    def _says(self, tokens: Sequence[Token], at: int, stop: int) -> bool:
        """Whether two or three words that nothing else tells of are followed by a verb of saying."""
        end = tokens[stop - 1].end
        if stop == len(tokens) and OF_AN_AGE.match(self._text, end) and len(tokens) - at <= _LONGEST_PERSON:
            return tokens[at].text.casefold() not in self._small
        after = _AFTER.match(self._text, end) if stop == len(tokens) else None
        return (
            after is not None
            and after[1] in self._evidence.saying
            and all(token.text.casefold() not in self._small for token in tokens[at:stop])
            and self._lang not in ("de", *_CYRILLIC)
        )

    def _in_place(self, start: int) -> bool:
        before = _BEFORE.search(self._text, max(0, start - 30), start)
        return before is not None and before[1].casefold() in listed("places before names")

    def _end_of_person(self, tokens: Sequence[Token], at: int) -> int:
        """Where a person's name that begins at a word would end."""
        stop, last = at, at
        capitals = 0
        while stop < len(tokens) and capitals < _LONGEST_PERSON:
            word = tokens[stop].text
            if self._capital(word):
                if stop > at and (self._ends_before(word) or self._is_another(tokens, at, stop)):
                    break
                capitals += 1
                last = stop + 1
            elif self._joins_no_name(word, capitals, tokens[at:stop]):
                break
            stop += 1
        return max(last, at + 1)

    def _joins_no_name(self, word: str, capitals: int, before: Sequence[Token]) -> bool:
        """Whether a small word ends a person's name; a German "von" behind a surname is a preposition."""
        if self._lang == "de":
            names = (token.text for token in before if self._capital(token.text))
            return word == "zu" or not all(map(self._begins_person, names))
        return word in ("y", "e") or (capitals > 1 and word in _OF_THE)

    def _is_genitive(self, word: str) -> bool:
        """Whether a German name ends in the s of its genitive: the text has it without, too."""
        if self._lang != "de" or not word.endswith("s") or self._begins_person(word):
            return False
        return re.search(rf"(?<![\w-]){re.escape(word[:-1])}(?![\w-])", self._text) is not None

    def _is_another(self, tokens: Sequence[Token], at: int, stop: int) -> bool:
        """Whether a capitalised word inside a row begins another name, or is a noun that a name owns."""
        word, before = tokens[stop].text, tokens[stop - 1].text
        owns = stop - at > 1 and self._is_genitive(before)
        goes_on = stop + 1 < len(tokens) and self._capital(tokens[stop + 1].text)
        if owns or not goes_on or not self._begins_person(word):
            return owns
        capitals = sum(self._capital(token.text) for token in tokens[at:stop])
        return before in ("da", "y", "e") or (self._lang in ENDINGS and capitals > 1)

    def _ends_before(self, word: str) -> bool:
        return (
            self._is_title(word)
            or word in self._evidence.heads
            or word in self._evidence.places
            or (word in OTHER_FUNCTION_WORDS and word.casefold() not in PARTICLES)
            or word in listed("calendar")
            or self._is_acronym(word)
            or (self._lang == "de" and is_german_noun(word))
        )

    def _may_be_surname(self, word: str, first: str) -> bool:
        return (
            word.casefold() not in self._small
            and not _ACRONYM.fullmatch(word)
            and word not in self._evidence.places
            and word not in self._labels
            and (self._lang != "de" or word[:-1] not in self._evidence.places)
            and word not in OTHER_FUNCTION_WORDS
            and first not in self._evidence.heads
            and not CAMEL.search(word)
            and (self._lang not in _CYRILLIC or not word.isascii())
        )

    @staticmethod
    def _capital(word: str) -> bool:
        return word[0].isupper()
