"""From an article and its mentions to its quotations, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seedread_index.model.article import Mention, Passage, Span
from seedread_index.model.quotation import FoundQuotation, QuotationKind
from seedread_index.quotes.cues import cues_of
from seedread_index.quotes.direct import Statement, direct_statements, fragments, signature
from seedread_index.quotes.paragraphs import Body, Sentence
from seedread_index.quotes.reported import reported_statements
from seedread_index.quotes.speakers import Speakers


@dataclass(frozen=True, slots=True)
class Weights:
    """How sure a quotation and its speaker are, by how the speaker is named.

    The shares of right ones on quotes_dev, rounded, by benchmarks/check_quotes.py.
    """

    name: float = 0.95
    noun: float = 0.9
    pronoun: float = 0.85
    continued: float = 0.85
    nobody: float = 0.5
    reported: float = 0.8
    """What these are multiplied by where no quotation marks stand."""


WEIGHTS = Weights()
_ENGLISH = frozenset({"en", "und", ""})
_WORD = re.compile(r"\w+")
_MOST = 40
_LONGEST = 6_000
"""Verbs or stretches in quotation marks of a sentence, and its characters, beyond which it is no prose."""
_MOST_COMPARED = 300
"""Quotations of an article among which one is looked for that says the same as a subheading."""
_LONGEST_SIGNATURE = 120
"""Characters of the line under a statement that says whose it is."""
_PULLED = 60
"""Characters of a subheading in quotation marks at most."""


def find_quotations(
    text: str, passages: Sequence[Passage], mentions: Sequence[Mention], lang: str
) -> list[FoundQuotation]:
    """The quotations of an article in order of their starts; boilerplate, header and credits have none.

    `text` is the article's with blanks for line breaks inside paragraphs (`Article.flowing_text`); `entity`
    is whatever is equal for mentions of the same in this article.
    """
    body = Body(text, passages, mentions)
    speakers = Speakers(body)
    english = lang in _ENGLISH
    cues = cues_of("en" if english else lang)
    found: list[FoundQuotation] = []
    every = list(cues.find(body.masked, 0, len(body.masked)))
    at = 0
    for number, paragraph in enumerate(body.paragraphs):
        for sentence in paragraph.sentences:
            while at < len(every) and every[at].start < sentence.start:
                at += 1
            first = at
            while at < len(every) and every[at].start < sentence.end:
                at += 1
            inside = every[first:at]
            if not inside and not sentence.quoted:
                continue
            if max(len(inside), len(sentence.quoted)) > _MOST or sentence.end - sentence.start > _LONGEST:
                continue
            direct = direct_statements(body, sentence, inside) if sentence.quoted else []
            reported = reported_statements(body, sentence, inside, direct) if english and inside else []
            if direct and direct[-1].subject is None:
                direct[-1] = _signed(body, direct[-1], number)
            loose = fragments(body, sentence, inside, [*direct, *reported]) if sentence.quoted else []
            for statement in sorted((*direct, *reported, *loose), key=lambda s: s.start):
                said = _resolved(body, speakers, sentence, statement)
                if statement.continues and found and found[-1].start >= paragraph.start:
                    said = _continued(said, found[-1])
                found.append(said)
                if statement.continues or statement.subject is not None:
                    speakers.note(sentence, found[-1].named, statement.subject)
    return _with_pulled(text, found)


def _signed(body: Body, statement: Statement, number: int) -> Statement:
    """A statement of a paragraph, with the name behind a dash after it: in its line or alone in the next."""
    paragraph = body.paragraphs[number]
    subject = signature(body, statement.end, paragraph.end)
    if statement.end == paragraph.end and number + 1 < len(body.paragraphs):
        following = body.paragraphs[number + 1]
        if statement.start == paragraph.start and following.end - following.start <= _LONGEST_SIGNATURE:
            subject = signature(body, following.start, following.end)
    return statement._replace(subject=subject, continues=False) if subject else statement


def _resolved(body: Body, speakers: Speakers, sentence: Sentence, statement: Statement) -> FoundQuotation:
    """A statement with its speaker."""
    subject = statement.subject
    named: int | None = None
    span: Span | None = None
    sure = WEIGHTS.nobody
    if subject is not None:
        named = speakers.resolve(subject, sentence)
        span = subject.span
        pronoun = body.masked[span.start : span.end].lower() in ("he", "she", "it", "they")
        sure = WEIGHTS.name if named is not None else WEIGHTS.noun
        sure = (WEIGHTS.pronoun if named is not None else WEIGHTS.nobody) if pronoun else sure
    elif statement.continues:
        named = speakers.before(sentence, statement.start)
        sure = WEIGHTS.nobody if named is None else WEIGHTS.continued
        if named is not None:
            span = Span(body.mentions[named].start, body.mentions[named].end)
    if statement.kind is not QuotationKind.DIRECT:
        sure *= WEIGHTS.reported
    owner = subject.owner if subject is not None and subject.owner != named else None
    return FoundQuotation(
        start=statement.start,
        end=statement.end,
        kind=statement.kind,
        cue=statement.cue,
        speaker=span,
        named=named,
        for_whom=owner,
        confidence=round(sure, 2),
    )


def _continued(said: FoundQuotation, before: FoundQuotation) -> FoundQuotation:
    """A statement that goes on from another whose speaker is known by words alone; else the statement."""
    if said.named is not None or before.named is not None or before.speaker is None:
        return said
    return replace(said, speaker=before.speaker, for_whom=before.for_whom)


def _with_pulled(text: str, found: Sequence[FoundQuotation]) -> list[FoundQuotation]:
    """The quotations; one whose words stand inside another, as in a subheading, has the speaker of that."""
    result = list(found)
    if len(result) > _MOST_COMPARED:
        return result
    said: list[str] = []
    for index, short in enumerate(found):
        if (
            short.kind is not QuotationKind.DIRECT
            or short.cue is not None
            or short.end - short.start > _PULLED
        ):
            continue
        said = said or [f" {' '.join(_WORD.findall(text[q.start : q.end].lower()))} " for q in found]
        for other, words in zip(found, said, strict=True):
            if other.named is not None and len(words) > len(said[index]) and said[index] in words:
                result[index] = replace(
                    short, named=other.named, speaker=other.speaker, for_whom=other.for_whom
                )
                break
    return result
