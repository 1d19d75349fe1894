"""Reported clauses: what somebody says in the article's own words, wholly or in part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedread_index.model.article import Span
from seedread_index.model.quotation import QuotationKind
from seedread_index.quotes.clauses import PHRASE, after_blanks, after_listener, clause_start
from seedread_index.quotes.cues import Cue, Use
from seedread_index.quotes.direct import Statement
from seedread_index.quotes.paragraphs import MASK, Body, Sentence
from seedread_index.quotes.subjects import Subject, is_source, main_subject, subject_after, subject_before

_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall"
    r"|isn|aren|wasn|weren|hasn|haven|hadn|don|doesn|didn|won|wouldn|couldn|cannot|[a-z]+ed|[a-z]{2,}s)\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\b(?:went|came|got|made|took|saw|knew|felt|left|gave|told|kept|held|lost|found|began|ran|met|paid|sent|won)\b"
)
_TO = re.compile(r"\s+(?:(?:not|never|also)\s+)?to\s+[a-z]+")
_TRAILING = re.compile(r"[\s,;:—–-]+$")
_JOINED = re.compile(
    r"(?:,|\s[—–-])\s*(?:and|but|while|although|though|as|or|which)\s*$|\s(?:but|and|while)\s*$"
    r"|\s(?:in|for|of|as)\s+what\s*$|;\s*$"
)
_ASIDE = re.compile(r"(?:,|\s[—–-])\s*$")
_ENDS_ASIDE = re.compile(r"[\w ]{0,30}(?:[,.]|$)")
_TITLED = re.compile(
    r",[\"”’']?\s+(?:(?:[A-Z][\w.'’-]*|the|former|of|and|deputy|then|a|an|chief|executive|\d+)\s+)*$"
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did"
    r"|cannot)\b|['’](?:s|re|ve|ll|d|m)\b|n['’]t\b"
)
_SHORT_OF_BORDER = re.compile(r"[^,;:—–]*")
_PRONOUN_DOES = re.compile(
    r"\w+(?:['’](?:s|re|ve|ll|d|m)\b|(?:\s+[a-z]+ly|\s+(?:also|all|both|never|not|still|now|then))*\s+"
    r"(?:(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|went|came"
    r"|got|made|took|saw|knew|felt|left|gave|told|kept|held|lost|found|began|ran|met|paid|sent|won|heard|thought"
    r"|need|want|expect|hope|plan|think|believe|know|see|see|cannot)\b|(?!(?:his|this|its|as)\b)[a-z]+(?:ed|s)\b))",
    re.I,
)
_PRONOUN_FIRST = re.compile(
    r"(?:he|she|it|they|we|I|you|there|this|that|these|those|nobody|everyone)\b", re.I
)
_BEFORE_PARTICIPLE = re.compile(r"(?:,[\"”’']?|—|–|\band|\bas)\s*(?:\w+ly\s+|also\s+)?$")
_AND = re.compile(r"\b(?:and|but)\s+(?:also\s+|later\s+|\w+ly\s+)?$")
_AND_BORDER = re.compile(r",? (?:and|but)\s+(?:also\s+|later\s+)?$")
_ASKED = re.compile(r"(?: [\w'’-]+){1,5}?(?= (?:not |never )?to [a-z]+)")
_OWN_SUBJECT = re.compile(r",|\b(?:he|she|it|they|there|the)\b")
_SELF = frozenset({"i", "we", "you"})
"""Who speaks to the reader outside quotation marks reports nobody's words."""
_NEAR = 40
"""Characters before a verb in which what joins it to the words before is looked for."""
_QUOTES_ALONE = frozenset({Use.QUOTED, Use.CALLED})
_WITHOUT_THAT = frozenset({Use.CLAUSE, Use.LISTENER, Use.REQUEST, Use.SOURCE})
_THAT_WITHIN = 160
"""Characters behind a verb in which the "that" stands which it needs."""


def reported_statements(
    body: Body, sentence: Sentence, cues: Sequence[Cue], direct: Sequence[Statement]
) -> list[Statement]:
    """The reported clauses of a sentence, indirect or mixed, in order."""
    found: list[Statement] = []
    used = {each.cue for each in direct}
    taken = [Span(each.start, each.end) for each in direct]
    last: Subject | None = None
    reach = sentence.start
    for index, cue in enumerate(cues):
        if cue.start < reach:
            continue
        span = Span(cue.start, cue.end)
        if span in used:
            last = next((each.subject for each in direct if each.cue == span), None) or last
            continue
        if cue.uses.isdisjoint(_WITHOUT_THAT) and (
            cue.uses <= _QUOTES_ALONE or body.masked.find(" that", cue.end, cue.end + _THAT_WITHIN) < 0
        ):
            continue
        subject = _subject(body, sentence, cue, last)
        if subject is None or body.masked[slice(*subject.span)].lower() in _SELF:
            continue
        pieces = _pieces(body, sentence, cue, subject, following=cues[index + 1 :], taken=taken)
        for start, end in pieces:
            kind = QuotationKind.MIXED if MASK in body.masked[start:end] else QuotationKind.INDIRECT
            found.append(Statement(start, end, kind, span, subject))
            reach = max(reach, end)
            last = subject
    return found


def _subject(body: Body, sentence: Sentence, cue: Cue, last: Subject | None) -> Subject | None:
    """Who speaks: the subject of the verb, for a participle that of the verb before."""
    text = body.masked
    if Use.SOURCE in cue.uses:
        found = subject_after(body, cue.end, sentence.end)
        return found if found is not None and is_source(body, found) else None
    if cue.participle:
        if not _BEFORE_PARTICIPLE.search(text, max(sentence.start, cue.start - _NEAR), cue.start):
            return None
        return last or main_subject(body, sentence.start, cue.start)
    found = subject_before(body, sentence.start, cue)
    if found is not None:
        return found
    if _AND.search(text, max(sentence.start, cue.start - _NEAR), cue.start):
        return last or main_subject(body, sentence.start, cue.start)
    if text[sentence.start : cue.start].rstrip().endswith(","):
        behind = subject_after(body, cue.end, sentence.end)
        return behind if behind is not None and behind.name is not None else None
    return None


def _pieces(
    body: Body,
    sentence: Sentence,
    cue: Cue,
    subject: Subject,
    *,
    following: Sequence[Cue],
    taken: Sequence[Span],
) -> list[tuple[int, int]]:
    """Where the words lie that a verb reports: behind it, before it, or on both sides."""
    text = body.masked
    stop = _border(body, sentence, cue, following, taken)
    if Use.REQUEST in cue.uses and (asked := _requested(body, cue, stop)):
        return [asked]
    ends = max(cue.end, subject.span.end)
    before = _before(body, sentence, min(cue.start, subject.span.start), taken)
    aside = text[ends : ends + 1] == "," and before is not None and cue.uses & {Use.CLAUSE, Use.LISTENER}
    if aside or Use.SOURCE in cue.uses:
        return _around(body, sentence, cue, subject, before=before, stop=stop, taken=taken)
    if subject.span.start < cue.start and cue.uses & {Use.CLAUSE, Use.THAT, Use.LISTENER}:
        start = clause_start(body, cue, stop)
        if start is not None and not any(a <= start < b for a, b in taken):
            end = _end(text, start, stop)
            if _is_clause(text, start, end, cue):
                return [(start, end)]
    return [before] if before is not None and cue.uses & {Use.CLAUSE, Use.LISTENER} else []


def _is_clause(text: str, start: int, end: int, cue: Cue) -> bool:
    """Whether what follows a verb of saying is a clause: a finite verb, not an object."""
    if len(text[start:end].split()) < 2 and MASK not in text[start:end]:
        return False
    if text[:start].rstrip().endswith("that"):
        return True
    if _AUXILIARY.match(text, start, end):
        return False
    if cue.plain:
        return bool(
            _PRONOUN_FIRST.match(text, start, end)
            or _FINITE.search(text, start, end)
            or MASK in text[start:end]
        )
    if _PRONOUN_FIRST.match(text, start, end):
        return _PRONOUN_DOES.match(text, start, end) is not None
    first = _SHORT_OF_BORDER.match(text, start, end)
    return first is not None and _AUXILIARY.search(text, start, first.end()) is not None


def _end(text: str, start: int, stop: int) -> int:
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in ".,;:—–-!?"):
        stop -= 1
    return stop


def _border(body: Body, sentence: Sentence, cue: Cue, following: Sequence[Cue], taken: Sequence[Span]) -> int:
    """Where the clause that a verb reports ends at the latest: before the next verb's own subject."""
    text = body.masked
    stop = min([sentence.end, *(a for a, _ in taken if a > cue.end)])
    for other in following:
        if other.start >= stop:
            break
        if other.participle or Use.SOURCE in other.uses:
            comma = text[: other.start].rstrip()
            if comma.endswith((",", "—", "–")):
                return len(comma) - 1
            if comma.endswith((',"', ",”", ",’", ",'")):
                return len(comma)
            continue
        if not other.uses & {Use.CLAUSE, Use.THAT, Use.LISTENER, Use.CALLED}:
            continue
        subject = subject_before(body, cue.end, other)
        if subject is None:
            if end := _AND_BORDER.search(text, max(cue.end, other.start - _NEAR), other.start):
                return end.start()
            continue
        if end := _JOINED.search(text, max(cue.end, subject.span.start - _NEAR), subject.span.start):
            return end.start()
        if _ENDS_ASIDE.match(text, other.end, sentence.end) and (
            end := _ASIDE.search(text, max(cue.end, subject.span.start - _NEAR), subject.span.start)
        ):
            return end.start()
    return stop


def _requested(body: Body, cue: Cue, stop: int) -> tuple[int, int] | None:
    """What somebody is asked to do: "urged residents to conserve water"."""
    text = body.masked
    listener = after_listener(body, cue.end, stop)
    for at in (listener, cue.end) if listener is not None else ():
        if at is not None and (to := _TO.match(text, at, stop)):
            start = to.start() + len(to[0]) - len(to[0].lstrip())
            end = _end(text, start, stop)
            return (start, end) if len(text[start:end].split()) > 1 else None
    found = _ASKED.match(text, cue.end, stop)
    if found is None:
        return None
    start, end = found.end() + 1, _end(text, found.end() + 1, stop)
    return (start, end) if len(text[start:end].split()) > 1 else None


def _before(body: Body, sentence: Sentence, stop: int, taken: Sequence[Span]) -> tuple[int, int] | None:
    """The clause that ends with a comma before the words that name its speaker."""
    text = body.masked
    start = max([sentence.start, *(b for _, b in taken if b <= stop)])
    lead = text[start:stop].rstrip()
    if not lead.endswith((",", "—", "–", ',"', ",”", ",’", ",'", ",»")):
        title = _TITLED.search(text, start, stop)
        if title is None:
            return None
        stop = title.start() + len(title[0].split()[0])
    start = after_blanks(text, start, stop) or start
    end = _TRAILING.search(text, start, stop)
    last = end.start() if end else stop
    if not _FINITE.search(text, start, last) and len(text[start:last].split()) < 2:
        return None
    if PHRASE.match(text, start, last) and not _OWN_SUBJECT.search(text, start + 3, last):
        return None
    return (start, last) if last > start else None


def _around(
    body: Body,
    sentence: Sentence,
    cue: Cue,
    subject: Subject,
    *,
    before: tuple[int, int] | None,
    stop: int,
    taken: Sequence[Span],
) -> list[tuple[int, int]]:
    """The clause on both sides of "he says," or of "according to X,": two pieces where it is parted."""
    text = body.masked
    found = [before] if before is not None and text[before[1] :].lstrip()[:1] in ",—–" else []
    if Use.SOURCE in cue.uses and before is None and sentence.start < cue.start:
        start = after_blanks(text, sentence.start, cue.start)
        end = _end(text, start or 0, cue.start)
        if start is not None and _FINITE.search(text, start, end):
            found = [(start, end)]
    at = max(cue.end, subject.span.end)
    comma = text.find(",", at, stop)
    if comma >= 0 and (
        Use.SOURCE not in cue.uses or _opens(text, sentence, cue, comma, at=at, parted=bool(found))
    ):
        start = after_blanks(text, comma + 1, stop)
        end = _end(text, start or 0, stop)
        quoted = start is not None and MASK in text[start:end]
        if start is not None and (
            quoted or (len(text[start:end].split()) > 2 and _FINITE.search(text, start, end))
        ):
            found.append((start, end))
    return [span for span in found if not any(a <= span[0] < b for a, b in taken)]


def _opens(text: str, sentence: Sentence, cue: Cue, comma: int, *, at: int, parted: bool) -> bool:
    """Whether a clause follows "according to X,": where it opens the sentence or stands inside it."""
    first = not text[sentence.start : cue.start].strip()
    return first or (parted and not text[at:comma].strip())
