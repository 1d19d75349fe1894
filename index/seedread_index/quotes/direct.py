"""Statements in quotation marks: which stretches are some, and with which verb and subject they go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedread_index.model.article import Span
from seedread_index.model.quotation import QuotationKind
from seedread_index.quotes.clauses import clause_start
from seedread_index.quotes.cues import INVERTED, Cue, Use
from seedread_index.quotes.marks import Quoted, inner_end
from seedread_index.quotes.paragraphs import Body, Sentence
from seedread_index.quotes.subjects import Subject, main_subject, subject_after, subject_before
from seedread_index.text.word_lists import listed


class Statement(NamedTuple):
    """A statement by its offsets; `subject` None where the sentence does not say who speaks.

    `continues` says that the speaker is the one of the statement before, or whoever was spoken of.
    """

    start: int
    end: int
    kind: QuotationKind
    cue: Span | None = None
    subject: Subject | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """From which length on words in quotation marks are somebody's statement.

    Chosen by hand on the first seventeen articles of quotes_dev, see benchmarks/check_quotes.py.
    """

    alone: int = 3
    """Words of what stands alone, without a full stop, that is a statement."""
    sentence: int = 4
    """Words of a whole sentence in quotation marks, inside another, that is one without a verb of saying."""
    fragment: int = 8
    """The same of a part of a sentence."""
    called: int = 3
    """The same after "called it"."""
    farthest: int = 200
    """Characters between quotation marks and their verb."""


WEIGHTS = Weights()

_GOES_ON = ",?!…—–-"
"""What a statement ends with before the words that name its speaker."""
_NOTHING = re.compile(r"[\s.,;:!?)\]—–-]*$")
_SHORT_GAP = re.compile(
    r"[\s,—–-]*(?:(?:\w+ly|also|then|later|has|had|have|a|ha|hat|heeft|har|avait|había|tem|tinha)\s+)*$"
)
_QUOTE_NEXT = re.compile(r"[\s:,—–-]*(?:\(\w+\)\s*)?$")
_VERB_NEXT = re.compile(r"\s+(?:\w+ly\s+)?[a-z]+\b")
_VERB_FIRST = re.compile(r"[\s,]*[a-z]+(?:ed|s)\s+")
_PRONOUN_NEXT = re.compile(r"[\s,]*(he|she|they|it)\b(?=\s+[a-z]+)")
_BEFORE = frozenset({"", "And", "But", "Or", "So", "Still", "Then", "Yet"})
"""What may stand before a statement that opens its sentence."""
_SIGNED = re.compile(r"\s*[-–—~]{1,2}\s*")
_ENDS_NAME = re.compile(r"\s*(?:[,(.]|$)")
_SOMEBODY = re.compile(r"(?:An?|One|Another|Two|Some|Several)\b")
_OF_WORKS = listed("read reads reading wrote writes writing written")
_JAPANESE = re.compile(r"などと|と[\w,]{0,20}")
"""What stands between quotation marks and their verb in Japanese: 「…」と記者団に語った."""
_TITLE_VERBS = re.compile(
    r"\b(?:titled|entitled|headlined|named|nicknamed|dubbed|known as|so-called|dated)[\s,]*$", re.I
)
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’-][^\W_]+)*")


def direct_statements(body: Body, sentence: Sentence, cues: Sequence[Cue]) -> list[Statement]:
    """The statements in quotation marks that stand alone or have a verb of saying of their own."""
    found: list[Statement] = []
    at = sentence.start
    for index, quoted in enumerate(sentence.quoted):
        following = sentence.quoted[index + 1].start if index + 1 < len(sentence.quoted) else sentence.end
        if statement := _statement(body, sentence, quoted, Span(at, following), cues):
            found.append(statement)
        at = quoted.end
    return found


def _statement(
    body: Body, sentence: Sentence, quoted: Quoted, around: Span, cues: Sequence[Cue]
) -> Statement | None:
    """The statement that a stretch is; None where it is a title, a nickname or part of a reported clause."""
    text = body.masked
    before = [c for c in cues if around.start <= c.start < quoted.start]
    after = [c for c in cues if quoted.end <= c.start < around.end]
    opens = text[sentence.start : quoted.start].strip(" \t\"'“”‘’«»—–-•*([,") in _BEFORE
    lead = text[around.start : quoted.start].rstrip()
    part = not opens and not before and not lead.endswith((":", ",", "—", "–", "(")) and lead
    if part and after and _SHORT_GAP.match(text[quoted.end : after[0].start]) and " " not in lead:
        part = ""  # That "is quux," said Anna Bar.
    if not part and (found := _followed(body, quoted, around, after, opens=opens)):
        return found
    if after and _JAPANESE.fullmatch(text, quoted.end, after[0].start):
        return Statement(*_span(quoted), QuotationKind.DIRECT, Span(after[0].start, after[0].end))
    if before and (found := _introduced(body, sentence, quoted, around, before)):
        return found
    if text[around.start : quoted.start].rstrip().endswith(":") and _count(body, quoted) >= 3:
        subject = main_subject(body, around.start, quoted.start)
        subject = subject or main_subject(body, around.start, quoted.start, bodies=True)
        return Statement(*_span(quoted), QuotationKind.DIRECT, None, subject, continues=subject is None)
    if opens and _NOTHING.match(text, quoted.end, sentence.end) and _says(body, quoted):
        return Statement(*_span(quoted), QuotationKind.DIRECT, continues=True)
    return None


def signature(body: Body, start: int, end: int) -> Subject | None:
    """Who is named behind a dash after a statement, as under pulled quotes: "…" – Anna Quux, chemist."""
    dash = _SIGNED.match(body.masked, start, end)
    names = body.names_in(dash.end(), dash.end() + 1) if dash else ()
    if not names or not _ENDS_NAME.match(body.masked, body.mentions[names[0]].end, end):
        return None
    mention = body.mentions[names[0]]
    return Subject(Span(mention.start, mention.end), names[0])


def _span(quoted: Quoted) -> tuple[int, int]:
    return quoted.start, quoted.end


def _last(body: Body, quoted: Quoted) -> str:
    """The last character of what is quoted."""
    return body.text[inner_end(body.text, quoted) - 1]


def _count(body: Body, quoted: Quoted) -> int:
    return len(_WORD.findall(body.text, quoted.start, quoted.end))


def _followed(
    body: Body, quoted: Quoted, around: Span, after: Sequence[Cue], *, opens: bool
) -> Statement | None:
    """A statement with its verb behind it: "…," she said."""
    text = body.masked
    inner = text[inner_end(text, quoted) - 1]
    goes_on = inner in _GOES_ON or text[quoted.end : quoted.end + 1] == ","
    ended = inner == "."
    if after and after[0].start - quoted.end <= WEIGHTS.farthest:
        cue = after[0]
        if joined := INVERTED.match(text, cue.end):
            pronoun = Subject(Span(*joined.span(1)))
            return Statement(*_span(quoted), QuotationKind.DIRECT, Span(cue.start, cue.end), pronoun)
        gap = text[quoted.end : cue.start]
        inverted = _SHORT_GAP.match(gap) is not None
        near = opens and (inverted or (not ended and len(gap.split()) <= 3))
        lower = gap.strip()[:1].islower() or not gap.strip()
        if (goes_on or near or (ended and lower and len(gap.split()) <= 4)) and not cue.participle:
            subject = (
                subject_after(body, cue.end, around.end)
                if inverted or Use.SOURCE in cue.uses
                else subject_before(body, quoted.end, cue)
            )
            if subject is not None:
                return Statement(*_span(quoted), QuotationKind.DIRECT, Span(cue.start, cue.end), subject)
    if goes_on and opens and (subject := _beside(body, quoted.end, around.end)):
        return Statement(*_span(quoted), QuotationKind.DIRECT, None, subject)
    return None


def _beside(body: Body, start: int, end: int) -> Subject | None:
    """Who is named right behind quotation marks and does something: "…," the mayor shrugged."""
    text = body.masked
    pronoun = _PRONOUN_NEXT.match(text, start, end)
    if pronoun:
        return Subject(Span(*pronoun.span(1)))
    names = body.names_in(start, min(end, start + 60))
    verb = _VERB_FIRST.match(text, start, end)
    if verb and names and body.mentions[names[0]].start == verb.end():
        return Subject(Span(body.mentions[names[0]].start, body.mentions[names[0]].end), names[0])
    if names and _VERB_NEXT.match(text, body.mentions[names[0]].end, end):
        return Subject(Span(body.mentions[names[0]].start, body.mentions[names[0]].end), names[0])
    return None


def _introduced(
    body: Body, sentence: Sentence, quoted: Quoted, around: Span, before: Sequence[Cue]
) -> Statement | None:
    """A statement with its verb before it: She said: "…"."""
    text = body.masked
    cue = before[-1]
    gap = text[cue.end : quoted.start]
    near = _QUOTE_NEXT.match(gap) is not None
    if not near:
        start = clause_start(body, cue, quoted.end)
        if start is None or body.masked[start : quoted.start].strip(" \"“«‘'") or _that(gap):
            if not gap.rstrip().endswith((":", ",")):
                return None
            if start is not None and start < quoted.start and not gap.rstrip().endswith(":"):
                return None
    if (
        _count(body, quoted) < 3
        and not gap.rstrip().endswith((":", ","))
        and _last(body, quoted) not in ".?!,"
    ):
        return None
    if near and gap.isspace() and text[cue.start : cue.end] in _OF_WORKS and _is_work(body, quoted):
        return None
    subject = subject_before(body, around.start, cue) if not cue.participle else None
    if subject is None and not text[around.start : cue.start].strip() and gap.rstrip().endswith(":"):
        subject = subject_after(body, cue.end, quoted.start)
    if subject is None and cue.participle:
        subject = main_subject(body, sentence.start, cue.start)
    if Use.SOURCE in cue.uses:
        return None
    goes_on = subject is None and not (cue.participle and _SOMEBODY.match(text, sentence.start))
    return Statement(
        *_span(quoted), QuotationKind.DIRECT, Span(cue.start, cue.end), subject, continues=goes_on
    )


def _is_work(body: Body, quoted: Quoted) -> bool:
    """Whether words in quotation marks are a title, which somebody reads or writes: "War and Peace"."""
    return _last(body, quoted) not in ".?!,…" and _is_title(body.text[quoted.start + 1 : quoted.end - 1])


def _that(gap: str) -> bool:
    return gap.rstrip().endswith("that")


def fragments(
    body: Body, sentence: Sentence, cues: Sequence[Cue], found: Sequence[Statement]
) -> list[Statement]:
    """Parts of a sentence in quotation marks, outside all statements, that are long enough to be said."""
    result = []
    at = sentence.start
    for quoted in sentence.quoted:
        if not any(s.start < quoted.end and quoted.start < s.end for s in found):
            before = [c for c in cues if at <= c.start < quoted.start]
            called = bool(before) and Use.CALLED in before[-1].uses
            if statement := _fragment(body, sentence, quoted, at, called=called):
                result.append(statement)
        at = quoted.end
    return result


def _says(body: Body, quoted: Quoted) -> bool:
    """Whether what stands alone in quotation marks is a statement, not a name."""
    return _count(body, quoted) >= WEIGHTS.alone or _last(body, quoted) in ".?!,…"


def _fragment(
    body: Body, sentence: Sentence, quoted: Quoted, start: int, *, called: bool
) -> Statement | None:
    text = body.text
    whole = text[quoted.start + 1 : quoted.start + 2].isupper() or _last(body, quoted) in "?!"
    least = WEIGHTS.called if called else WEIGHTS.sentence if whole else WEIGHTS.fragment
    if _count(body, quoted) < least or _TITLE_VERBS.search(text, max(start, quoted.start - 20), quoted.start):
        return None
    if _is_title(text[quoted.start + 1 : quoted.end - 1]):
        return None
    subject = main_subject(body, sentence.start, quoted.start)
    return Statement(*_span(quoted), QuotationKind.DIRECT, None, subject)


def _is_title(inner: str) -> bool:
    """Whether words are written as those of a title: nearly all with a capital."""
    found = [word for word in _WORD.findall(inner) if len(word) > 3]
    return bool(sum(word[:1].isupper() for word in found) >= 0.75 * len(found))
