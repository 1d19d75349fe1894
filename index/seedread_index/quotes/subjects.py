"""The words that name who speaks: the subject before a verb of saying, or behind it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from seedread_index.model.article import EntityType, Span
from seedread_index.quotes.cues import DAYS, Cue, before_adverbs, trimmed
from seedread_index.quotes.paragraphs import Body
from seedread_index.text.word_lists import listed, words

_PLACED = re.compile(rf"\s+(?:{'|'.join(sorted(words('quotes', 'behind a speaker')))})(?!\w)")
_COMMAS = re.compile(r"[,;:—–\"”\x01]")
_PRONOUN_NEXT = re.compile(r"(?:he|she|they|it)\b")
_PRONOUN_OPENS = re.compile(r"(?:But |And |Still, |Yet |So |However, )?(He|She|They)\b")
_PASSIVE = re.compile(r"\b(?:is|was|are|were|been|being|get|got)\b")
_HELPED = re.compile(r"\b(?:would|will|could|can|may|might|did|does|do|to)\b|['’](?:d|ll)\b")
_PLURALS = words("quotes", "plurals")
_SINGULAR = listed("a an one this that each every another")
_HELPERS = re.compile(r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|who|which|that|to)")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|agrees?|means?)\b")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|whom)\b")
_NOUNS = words("quotes", "nouns too")
_PRONOUNS = listed("he she it they i we you who")
_ACTIVE = ("saying", "telling")
_DENIED = re.compile(r"\bnot\b|n['’]t\b|\bnever\b")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|I|we|He|She|They|It|We|(?i:who|that|which))$")
_CLAUSE_BORDERS = words("quotes", "clause borders")
_BORDER_MARKS = re.compile(r"[,;:()\"“”»«\x01—–]")
_PREPOSITIONS = words("quotes", "prepositions")
_ABOUT_OTHERS = (_PREPOSITIONS | _CLAUSE_BORDERS) - listed("and but or so yet")
_DETERMINER = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|my|some|many|several|other|one|two|three|four|five|these|those|this"
    r"|most|few|both|another|any|all|no)\b",
    re.I,
)
_OPENS_PHRASE = re.compile(
    r"(?:in|on|at|during|after|before|for|from|with|by|to|over|under|amid|since|through|via|about|near|last|this"
    r"|earlier|later|meanwhile|however|still|instead|then|now|asked|speaking|when|despite|like)\b",
    re.I,
)
_STOP = re.compile(
    r"[,;:()\"“”—–\x01]|\s-\s|\b(?:in|on|at|during|after|before|when|who|whose|while|about|and|but|as|that|if"
    r"|because|by|last|this|yesterday|today|recently|earlier|through|via|following|adding|" + DAYS + r")\b"
)
_DOCUMENTS = words("quotes", "documents")
_BEFORE_NAMES = listed("the his her their former then deputy head chief vice co its 's ’s")
_TITLE_ENDINGS = ("er", "or", "ist", "ian", "man", "ary", "ent", "ant")
_SPOKESMEN = words("quotes", "spokesmen")
_ROLES = words("quotes", "roles")
_NOBODY = re.compile(
    r"(?:nobody|no one|none|neither|no)\b|.*\b(?:saying|adage|proverb|motto|song|joke)$", re.I
)
"""Who says nothing, and what everybody says."""
_INVERTED = re.compile(r"(?:said|says|added|adds|asked|told|wrote|recalled|explained)\s+(?=\S)")
_HEAD = re.compile(r"\s+(?:of|for|from|in|at|with|on|by|who|to|near)\s")
_OWNING = ("'s", "’s", "s'", "s’")
_NO_SUBJECT = words("quotes", "never last")
_MOST_WORDS, _FARTHEST = 16, 250
"""Words of a subject at most; characters before a verb in which it is looked for."""


class Subject(NamedTuple):
    """The words that name who speaks, by their offsets.

    `name` is the number of the mention that they end in, `owner` of the one for whom they speak (a spokesman
    for Iran) or whose they are (Iran's statement).
    """

    span: Span
    name: int | None = None
    owner: int | None = None


def subject_before(body: Body, start: int, cue: Cue) -> Subject | None:
    """The subject of a verb in what stands before it from `start` on; None where it has none or is denied."""
    found = _subject_before(body, start, cue.helper)
    if found is None or _NOBODY.match(body.masked, *found.span):
        return None
    if found.name is None and _is_no_subject(body, found, cue):
        return None
    if not cue.base or _HELPED.search(body.masked, found.span.end, cue.start):
        return found
    words_ = body.masked[found.span.start : found.span.end].split()
    plural = words_[-1].lower() in _PLURALS or (found.name is None and words_[-1].endswith("s"))
    return found if plural and words_[0].lower() not in _SINGULAR else None


def _is_no_subject(body: Body, found: Subject, cue: Cue) -> bool:
    """Whether the words before a verb are rather a clause, or make a noun of it: "secured notes"."""
    phrase = body.masked[found.span.start : found.span.end]
    first = phrase.split()[0].lower()
    if _HELPERS.fullmatch(first) or (first in _PRONOUNS and " " in phrase.strip()):
        return True
    if _FINITE.search(phrase) and not _RELATIVE.search(phrase):
        return True
    noun = body.masked[cue.start : cue.end] in _NOUNS
    return noun and first not in _PRONOUNS and _DETERMINER.match(first) is None


def _subject_before(body: Body, start: int, verb: int) -> Subject | None:
    text = body.masked
    end = before_adverbs(text, start, verb)
    between = text[end:verb]
    if _DENIED.search(between) or (_PASSIVE.search(between) and not text.startswith(_ACTIVE, verb)):
        return None
    if end <= start:
        return None
    if pronoun := _PRONOUN.search(text, max(start, end - 5), end):
        if pronoun[0].lower() in ("who", "that", "which"):
            return _antecedent(body, start, pronoun.start())
        return Subject(Span(pronoun.start(), end))
    if text[end - 1] == ")" and (opening := text.rfind("(", start, end)) > start:
        end = trimmed(text, start, opening)
    if text[end - 1] in ",—–":
        return _before_apposition(body, start, end - 1)
    return _phrase(body, start, end)


def subject_after(body: Body, verb: int, end: int) -> Subject | None:
    """The subject that stands behind a verb which ends at `verb`."""
    text = body.masked
    start = verb
    while start < end and text[start].isspace():
        start += 1
    stop = _STOP.search(text, start, end)
    last = trimmed(text, start, stop.start() if stop else end)
    if last <= start:
        return None
    if _PRONOUN_NEXT.match(text, start, end):
        return Subject(Span(start, start + len(text[start:last].split()[0])))
    found = _named(body, start, last)
    if found is None:
        return None
    if found.name is None and stop and stop[0] == ",":
        following = body.names_in(stop.end(), stop.end() + 2)
        if following and body.mentions[following[0]].type is EntityType.PERSON:
            mention = body.mentions[following[0]]
            return Subject(Span(mention.start, mention.end), following[0], found.owner)
    return found


def is_source(body: Body, found: Subject) -> bool:
    """Whether words behind "according to" name who knows, not how something is done: "to demand"."""
    phrase = body.masked[found.span.start : found.span.end]
    last = _HEAD.split(phrase)[0].split()[-1].lower()
    known = last in _PLURALS or last in _DOCUMENTS or last in _ROLES or last.endswith("s")
    return found.name is not None or known or phrase[:1].isupper() or _DETERMINER.match(phrase) is not None


def main_subject(body: Body, start: int, end: int, *, bodies: bool = False) -> Subject | None:
    """Whom a sentence is about: the pronoun that opens it, else the first person (or body) of a clause."""
    text = body.masked
    opening = _PRONOUN_OPENS.match(text, start, end)
    if opening:
        return Subject(Span(*opening.span(1)))
    for number in body.names_in(start, end):
        mention = body.mentions[number]
        fits = (bodies or mention.type is EntityType.PERSON) and not text.startswith(_OWNING, mention.end)
        if fits and _opens_with(text, start, mention.start):
            return Subject(Span(mention.start, mention.end), number)
    return None


def _after_preposition(text: str, start: int, end: int) -> bool:
    """Whether the word before `end` is a preposition."""
    stop = trimmed(text, start, end)
    return text[max(start, text.rfind(" ", start, stop) + 1) : stop].lower() in _PREPOSITIONS


def _opens_with(text: str, start: int, name: int) -> bool:
    """Whether a clause begins with a name, a title at most before it."""
    border, word, _ = _clause_border(text, max(start, name - _FARTHEST), name)
    between = text[border:name].split()
    if len(between) > 6 or (word == "-" and between) or word in _ABOUT_OTHERS - {"-"}:
        return False
    return (not between or between[0].lower() not in _ABOUT_OTHERS) and all(
        w[:1].isupper() or w in _BEFORE_NAMES or w in _ROLES or w.endswith(_TITLE_ENDINGS) for w in between
    )


def _antecedent(body: Body, start: int, end: int) -> Subject | None:
    """Whom a "who" stands for: the name right before it."""
    end = trimmed(body.masked, start, end)
    if end > start and body.masked[end - 1] in ",—–":
        end = trimmed(body.masked, start, end - 1)
    found = _phrase(body, start, end) if end > start else None
    if found is not None and (said := _INVERTED.match(body.masked, *found.span)):  # "…," said Name, who
        found = found._replace(span=Span(said.end(), found.span.end))
    return found


def _before_apposition(body: Body, start: int, end: int) -> Subject | None:
    """The subject of "Name, the mayor of the city, said" and of "The mayor, Name, said"."""
    text = body.masked
    borders = [start, *(m.end() for m in _COMMAS.finditer(text, start, end)), end + 1]
    parts = [(a, trimmed(text, a, b - 1)) for a, b in pairwise(borders)]
    parts = [(a, b) for a, b in parts if text[a:b].strip()]
    numbered = list(enumerate(parts))
    for index, (first, last) in (*reversed(numbered[:-1]), *numbered[-1:]):
        names = body.names_in(first, last)
        if not names or body.mentions[names[-1]].end < last:
            continue
        found = _phrase(body, first, last)
        if found is None or found.name is None:
            continue
        if index < len(parts) - 1 and body.mentions[found.name].type is not EntityType.PERSON and index:
            continue
        if index == len(parts) - 1 and len(parts) > 1 and text[first:last].strip()[:1].islower():
            continue  # "Name, head of London, said"
        return found
    for first, last in reversed(parts[:-1]):
        if _DETERMINER.match(text[first:last].strip()) or text[first:last].strip().istitle():
            return _phrase(body, first, last)
    return _phrase(body, *parts[0]) if len(parts) == 1 else None


def _phrase(body: Body, start: int, end: int) -> Subject | None:
    """The noun phrase that ends at `end`."""
    text = body.masked
    start = max(start, end - _FARTHEST)
    first, word, at = _clause_border(text, start, end)
    coordinated = _clause_border(text, start, at)[0] if word == "and" and at > start else 0
    if text[coordinated:at].isspace():  # ", and officials said"
        coordinated = 0
    if coordinated and not (_DETERMINER.search(text, first, end) or body.names_in(first, end)):
        first = coordinated
    while first < end and not (text[first].isalnum() or text[first] in "#@["):
        first += 1
    if _OPENS_PHRASE.match(text, first, end):
        first = _behind_opening(body, first, end)
    return _named(body, first, end) if first < end else None


def _clause_border(text: str, start: int, end: int) -> tuple[int, str, int]:
    """Where the last clause before `end` begins; the word or mark that it begins behind, and its start."""
    at = end
    while at > start:
        blank = max(text.rfind(" ", start, at), start - 1)
        word = text[blank + 1 : at]
        if word.isalpha() or word == "-":
            if at < end and word.lower() in _CLAUSE_BORDERS:
                return at, word.lower(), blank + 1
        elif (marks := list(_BORDER_MARKS.finditer(text, blank + 1, at))) and marks[-1].end() < end:
            return marks[-1].end(), marks[-1][0], marks[-1].start()
        at = blank
    return start, "", start


def _behind_opening(body: Body, start: int, end: int) -> int:
    """Where the subject begins behind a phrase without a comma: "In September the minister"."""
    text = body.masked
    names = body.names_in(start, end)
    for match in reversed(list(_DETERMINER.finditer(text, start, end))):
        if not _after_preposition(text, start, match.start()):
            return match.start()
    if names and body.mentions[names[-1]].end == end:
        mention = body.mentions[names[-1]]
        if not _after_preposition(text, start, mention.start):
            return mention.start
    return end


def _named(body: Body, start: int, end: int) -> Subject | None:
    """A noun phrase as a subject: a name at its end, else a noun with the name it belongs to."""
    text = body.masked
    phrase = text[start:end]
    count = len(phrase.split())
    if (
        not count
        or phrase.split()[-1].lower() in _NO_SUBJECT
        or phrase.endswith(_OWNING)
        or not any(map(str.isalpha, phrase))
    ):
        return None
    end = start + len(phrase.rstrip(" ."))
    names = body.names_in(start, end)
    spoken_for = not _SPOKESMEN.isdisjoint(phrase.lower().replace("'s", "").split())
    if names and body.mentions[names[-1]].end == end:
        mention = body.mentions[names[-1]]
        before = trimmed(text, start, mention.start)
        if before > start and text[before - 3 : before].lower() == "the":
            before = trimmed(text, start, before - 3)
        if not _after_preposition(text, start, before) and mention.text.split()[-1].lower() not in _ROLES:
            owner = names[-2] if spoken_for and len(names) > 1 else None
            return Subject(Span(mention.start, mention.end), names[-1], owner)
    for number in names[:1] if not spoken_for else ():
        mention = body.mentions[number]
        placed = _after_preposition(text, start, mention.start)
        if mention.type is EntityType.PERSON and not placed and _PLACED.match(text, mention.end, end):
            return Subject(Span(mention.start, mention.end), number)
    if count > _MOST_WORDS:
        return None
    owner = None
    document = phrase.lower().rstrip(". ").split()[-1] in _DOCUMENTS
    if names and (spoken_for or document):
        owner = names[0] if document else names[-1]
    return Subject(Span(start, end), None, owner)
