"""Where the clause begins that a verb of saying reports, behind listeners, times and places."""

from __future__ import annotations

import re

from seedread_index.quotes.cues import Cue, Use
from seedread_index.quotes.paragraphs import Body
from seedread_index.text.word_lists import words

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_TIME = re.compile(
    rf"[\s,]*(?:{_DAY}{_PART_OF_DAY}|yesterday|today|tonight|tomorrow|again|recently|earlier|later"
    r"|afterwards?|repeatedly|publicly|on-air|online|in part"
    rf"|(?:late|early|earlier|later|on|by) (?:{_DAY}|today|this week){_PART_OF_DAY}"
    rf"|(?:on |in |of )?{_MONTH} \d{{1,4}}(?:, \d{{4}})?"
    r"|(?:last|this|next|earlier this|later this|late last) \w+|in \d{4})\b"
)
_THAT = re.compile(r"[\s,]*that\b(?!\s+(?:is|was|would|will|has|had|could|can|may|might|should|must)\b)")
_STARTS = re.compile(
    r"\s*(?:(?P<quote>[\"“«‘„])|(?:he|she|it|they|we|I|you|there|this|these|those|that|what|who|whoever|everyone"
    r"|everybody|nobody|no|nothing|one|some|many|most|all|both|any|anyone|each|every|another|other|others|such|more"
    r"|people|if|when|while|as|because|since|until|although|even|once|unless|despite|having|the|a|an|his|her|its|their"
    r"|our|my|your|whether)(?:['’]\w+)?\b|\d|[$€£])",
    re.I,
)
PHRASE = re.compile(
    r"[\s,]*(?:on|in|at|during|by|through|via|to|from|after|before|outside|inside|for|with|over|under"
    r"|following|upon)\b",
    re.I,
)
_WORD = re.compile(r"\s*[\"“‘(]?([^\s\"“”,.;:()—–\x01]+)")
_NOT_CLAUSE = re.compile(
    r"\s*(?:so|of|about|goodbye|hello|yes|no|nothing|little|much|something|thanks|anything|or|and|but)\b",
    re.I,
)
_LISTENER = re.compile(
    r"\s+(?:him|her|them|us|me|you|it|(?:[a-z]+ )?(?:reporters|journalists|media|lawmakers|police|officers"
    r"|supporters|investors|officials|parliament|lawyers|senators|voters|employees|residents|customers|people"
    r"|members|staff|students|readers|viewers|listeners|everyone|delegates|crowds?|jurors))\b(?! of\b)"
)
_OBJECT_WORDS = re.compile(
    r"\s+(?:[\"“]\x01+[\"”]|[A-Z][\w.'’&-]*|[tT]he|an?|his|her|its|their|our|that|[a-z]+)(?:['’]s)?"
)
_REST_OF_OUTLET = re.compile(
    r"(?:['’]s)?(?: [A-Z][\w-]*)*(?:,? (?:host|reporter|anchor|journalist)(?: [A-Z]\w+)*)?"
)
_OBJECT = 40
_MOST_LISTENER = 9


def clause_start(body: Body, cue: Cue, end: int) -> int | None:
    """Where the clause that a verb of saying reports begins; None where none follows."""
    text = body.masked
    at = cue.end
    if Use.LISTENER in cue.uses and Use.CLAUSE not in cue.uses:
        found = after_listener(body, at, end)
        if found is None:
            return None
        at = found
    bare = bool(cue.uses & {Use.CLAUSE, Use.LISTENER})
    for _ in range(6):
        if that := _THAT.match(text, at, end):
            return after_blanks(text, that.end(), end)
        if time := _TIME.match(text, at, end):
            at = time.end()
            continue
        if bare and _STARTS.match(text, at, end) and not _NOT_CLAUSE.match(text, at, end):
            return after_blanks(text, at, end)
        if PHRASE.match(text, at, end):
            following = _behind_phrase(body, at, end)
            if following is None:
                return None
            at = following
            continue
        break
    if not bare or _NOT_CLAUSE.match(text, at, end):
        return None
    word = _WORD.match(text, at, end)
    return after_blanks(text, at, end) if word else None


def after_blanks(text: str, at: int, end: int) -> int | None:
    while at < end and (text[at].isspace() or text[at] == ","):
        at += 1
    return at if at < end else None


def _behind_phrase(body: Body, start: int, end: int) -> int | None:
    """Where a phrase such as "in a statement to the council" ends; None where the sentence ends first."""
    text = body.masked
    nouns = words("quotes", "places to say it")
    phrase = PHRASE.match(text, start, end)
    at = phrase.end() if phrase else start
    for count in range(10):
        if count and (
            _THAT.match(text, at, end) or _TIME.match(text, at, end) or PHRASE.match(text, at, end)
        ):
            return at
        if count > 1 and _STARTS.match(text, at, end):
            return at
        word = _WORD.match(text, at, end)
        if word is None:
            return None
        numbers = body.names_in(word.start(1), word.end(1))
        at = body.mentions[numbers[0]].end if numbers else word.end(1)
        following = _WORD.match(text, at, end) if word[1].lower().removesuffix("'s") in nouns else None
        if following and following[1].lower() not in nouns:
            return at
    return None


def after_listener(body: Body, start: int, end: int) -> int | None:
    """Where the one who is told something ends: "reporters", "CBC News", "a crowd in Ohio"."""
    text = body.masked
    if not words("quotes", "told things").isdisjoint(text[start : start + _OBJECT].lower().split()[:4]):
        return None
    if known := _LISTENER.match(text, start, end):
        return known.end()
    names = body.names_in(start, start + 30)
    if names and len(text[start : body.mentions[names[0]].start].split()) <= 2:
        stop = body.mentions[names[0]].end
        if text.startswith(("'s", "’s"), stop):
            return _after_words(body, stop + 2, end)
        if following := _REST_OF_OUTLET.match(text, stop, end):
            stop = following.end()
        return stop
    return _after_words(body, start, end)


def _after_words(body: Body, start: int, end: int) -> int | None:
    text = body.masked
    at = start
    for count in range(_MOST_LISTENER):
        if count and (
            _THAT.match(text, at, end) or PHRASE.match(text, at, end) or _TIME.match(text, at, end)
        ):
            return at
        if count > 1 and _STARTS.match(text, at, end):
            return at
        word = _OBJECT_WORDS.match(text, at, end)
        if word is None:
            return at if count and text[at : at + 1] in ",:" else None
        at = word.end()
    return None
