"""The paragraphs of an article's body, what is quoted in them, and their sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from seedread_index.model.article import Mention, Passage, PassageKind, Span
from seedread_index.quotes.marks import Quoted, inner_end, quoted_in

_NARROW = (("：", ":"), ("，", ","), ("、", ","), ("；", ";"))
MASK = "\x01"
"""What stands for each character inside quotation marks in the masked text."""

_LINE = re.compile(r"\S[^\n]*")
_BORDER = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])['\"”’»)\]]*|(?<=[。！？])[」』”]?)\s*(?<=[\s。！？」』”])"
    r"(?=[^\W_a-zß-öø-ÿ]|[\"“„«‘'(\[「『#@–—•-])"
)
_ATTRIBUTION = re.compile(
    r"(?:(?:[A-Z][\w.'’-]*|the|a|an|of|his|her|former|head|chief|coach|minister|president)\s+){0,6}"
    r"(?:[A-Z][\w.'’-]*|[Tt]he \w+|he|she),?(?:\s[^,.\"“”]{3,90},)?\s+(?:said|says|asked|asks|told|wrote"
    r"|added|replied|continued|explained|tweeted|wondered)(?:[.,]|\s+(?:in|on|at|to|of|during|after|when|with|by|last"
    r"|this|reporters|me|us|him|her|them|[A-Z]\w+)\b|$)"
)
"""Words that name the speaker of a question before them: "Why?" Smith asked."""
_NO_BORDER = re.compile(
    r"(?:\b(?:[^\W\d_]|Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Sens|Rep|Reps|Gov|Rev|Hon|St|Ste|Mt"
    r"|Jr|Sr|vs|No|Nos|Inc|Corp|Co|Ltd|Cpl|Cmdr|Adm|Brig|Insp|Const|Supt|Det|Atty|Asst|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ave|Blvd|Rd|Fla|Calif|Ont|Que|Alta|Sask|Man|Mass|Conn|Pa|Va|Ga"
    r"|bzw|z\.B|d\.h|Nr|Hr|Fr|M|MM|Mme|Sra?|Dra?|Sig|dhr|mevr|ks|г|им)\.|\.\.\.\.?)$"
)
_CAPTION = re.compile(r"\((?:[A-Z][\w.'’-]*[ ]?){1,5}(?:/|, | via )[A-Z][^()]{1,60}\)$")
"""The credit at the end of a caption, which says again what the text says: (Anna Stone/Reuters)."""
_NAMES = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG", "NORP"})


class Sentence(NamedTuple):
    """A sentence by its offsets, with what is in quotation marks inside it."""

    start: int
    end: int
    quoted: tuple[Quoted, ...]


class Paragraph(NamedTuple):
    """A paragraph by its offsets, and its sentences."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]


class Body:
    """The body of an article: `masked` is its text with MASK for what is inside quotation marks, and the
    commas and colons of East Asia as ours.

    `names` are its mentions of persons, places, organisations and groups outside quotation marks.
    """

    def __init__(self, text: str, passages: Sequence[Passage], mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = mentions
        found = _quoted_paragraphs(text, passages)
        self.masked = _masked(text, [each for _, quoted in found for each in quoted])
        for wide, mark in _NARROW:
            self.masked = self.masked.replace(wide, mark)
        self.names = [
            number
            for number, m in enumerate(mentions)
            if m.label in _NAMES and MASK not in self.masked[m.start : m.end]
        ]
        self._starts = [mentions[number].start for number in self.names]
        self.paragraphs = [
            Paragraph(start, end, tuple(self._sentences(start, end, quoted)))
            for (start, end), quoted in found
        ]

    def names_in(self, start: int, end: int) -> list[int]:
        """The numbers of the mentions of names that begin between two offsets, in order."""
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _sentences(self, start: int, end: int, quoted: Sequence[Quoted]) -> list[Sentence]:
        borders = [start]
        for match in _BORDER.finditer(self.masked, start, end):
            if (
                match[0][0] in "?!"
                and not match[0][1:2].isspace()
                and _ATTRIBUTION.match(self.masked, match.end(), end)
            ):
                continue
            at = match.start()
            if match[0][0] in "?!" or not _NO_BORDER.search(self.masked, max(borders[-1], at - 8), at + 1):
                borders.append(match.end())
        borders.append(end)
        found = []
        at = 0
        for first, last in pairwise(borders):
            inside = []
            while at < len(quoted) and quoted[at].start < last:
                inside.append(quoted[at])
                at += 1
            found.append(Sentence(first, last, tuple(inside)))
        return found


def _quoted_paragraphs(text: str, passages: Sequence[Passage]) -> list[tuple[Span, list[Quoted]]]:
    """The paragraphs of the body with what is quoted in each.

    What is not closed stands where it opens a paragraph, or where the next paragraph opens again; elsewhere
    the mark is a mistake.
    """
    found: list[tuple[Span, list[Quoted]]] = []
    for passage in passages:
        if passage.kind is not PassageKind.BODY:
            continue
        for line in _LINE.finditer(text, passage.start, passage.end):
            end = line.start() + len(line[0].rstrip())
            if text[end - 1] == ")" and _CAPTION.search(text, line.start(), end):
                continue
            found.append((Span(line.start(), end), quoted_in(text, line.start(), end)))
    for index, (span, quoted) in enumerate(found):
        if not quoted or quoted[-1].closed:
            continue
        last = quoted[-1]
        following = found[index + 1] if index + 1 < len(found) else None
        opens_again = (
            following is not None
            and following[1]
            and following[1][0].start == following[0].start
            and text[last.start] == text[following[0].start]
        )
        if last.start != span.start and not opens_again:
            quoted.pop()
    for _, quoted in found:
        quoted[:] = [each for each in quoted if each.closed or each is quoted[-1]]
    return found


def _masked(text: str, quoted: Sequence[Quoted]) -> str:
    pieces: list[str] = []
    at = 0
    for each in quoted:
        start, stop = each.start, inner_end(text, each)
        if each.closed and text[stop - 1] in ".,!?…;:—–-":
            stop -= 1
        pieces += (text[at : start + 1], MASK * (stop - start - 1))
        at = stop
    return "".join((*pieces, text[at:]))
