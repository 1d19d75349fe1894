"""The headline of a text: the line that is one among those before the prose; and which lines may be one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.boilerplate.features import BlockFeatures, is_closed
from seedread_index.extract.segmentation.boilerplate.vocabulary import (
    is_label,
    never_headline,
)
from seedread_index.extract.segmentation.header.bylines import is_byline, is_caption, is_name
from seedread_index.extract.segmentation.header.date_lines import date_line, names_issue
from seedread_index.extract.segmentation.words import letters_of, one_of, word_count, word_set, words_of
from seedread_index.model.article import PassageKind

_LONGEST = 240
_MOST_WORDS = 36
_LEAST_RATE = 1.0
_BOILERPLATE_WORDS, _BOILERPLATE_LINE = 0.6, 4.0
"""Scores of boilerplate above which a few words, or a longer line, are no headline."""

_BODY_SAMPLE = 8000
REPEAT_WITHIN = 12
"""A headline said twice is said again within so many blocks."""

_CONTENT_WORD, _SHORT_WORD = re.compile(r"[^\W\d_]{4,}"), 3
_EPIGRAPH = re.compile(r"^[“\"«].+[”\"»]\s*[―—–-]+\s*\S")
_SPEAKER = re.compile(r"([^\W\d_][\w .'’-]{0,24}):\s+\S")
_SPEAKERS_IN = 30
_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
_BRACKETED = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_KICKER_WORDS, _STANDFIRST_WORDS = 10, 6
_BEGINNING, _RUNS_ON = 24, 40
_SITE_NAME = re.compile(r"\s*[|–—-]\s")
_FEW_BLANKS, _ITEM = 4, ("+ ", "• ", "· ")
_MOST_OF_TWO = 12
"""Words of a headline of two sentences at most, where it ends as a sentence does."""

_TWO_SENTENCES = re.compile(r"[.!?。！？][\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-z]\S*\s+\S")
_ABBREVIATED = re.compile(r"(?:\b(?:[A-Z]\.)+|\b(?:Inc|Jr|Sr|Co|Ltd|etc|vs)\.)$")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|.*[(\[{]")
"""A remark in brackets, or what breaks off at one."""

_ENDS_OF_REMARKS = (")", "]", "}", "(", "[", "{")

_TAGS = re.compile(rf"{one_of('tag_labels')}\s*[:：]", re.IGNORECASE)

_BROWSER = re.compile(r"\b(?:browser|navigat|navegad|prohlíže|przegląd|tarayıcı|браузер)", re.IGNORECASE)
"""What a page that lacks its scripts asks of, beside the word JavaScript."""

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_STAMP = re.compile(
    rf"(?:{one_of('publishing')}\b\D{{0,16}}\d|(?:19|20)\d\d[-/.年]\s?\d{{1,2}}[-/.月])"
    r"|(?:\(c\)|©)\s?\d{4}|copyright\b.{0,40}(?:\d{4}|[/|])|IFRAME:|#.*\b(?:RSS|Atom|feed|alternate)\b|[来來]源[:：]",
    re.IGNORECASE,
)
"""A line that begins with when it was published or with rights, or that a browser prints for a link."""

_LABELS = word_set("when") | word_set("publishing") | word_set("updating")
"""The words of a date's label."""


def find_headline(
    blocks: Sequence[Block],
    text: str,
    signs: Sequence[BlockFeatures],
    zone: int,
    kinds: Mapping[int, PassageKind],
) -> int | None:
    """The index of the line that is most like a headline, or None."""
    topics: set[str] = set()
    if any(2 < sign.words < 6 and _BOILERPLATE_WORDS < sign.score < _BOILERPLATE_LINE for sign in signs):
        after = " ".join(block.text for block in blocks[zone : zone + 12])[:_BODY_SAMPLE].casefold()
        topics = {word[:5] for word in _CONTENT_WORD.findall(after)}
    candidates = [
        i for i in range(zone) if i not in kinds and _may_be_title(blocks[i].text, signs[i], topics)
    ]
    candidates = [
        i
        for i in candidates
        if not (_spoken(i, blocks) or _runs_on(i, blocks) or _writer(i, candidates, blocks))
    ]
    if not candidates or len(blocks) == 1:
        return None
    for i in candidates:
        if (
            any(same_line(blocks[i].text, p.text) for p in blocks[i + 1 : i + REPEAT_WITHIN])
            and signs[i].words > 1
        ):
            return i
    start = blocks[candidates[-1]].end
    sample = text[start : start + _BODY_SAMPLE]
    words = letters_of(sample) if sample.isascii() else _CONTENT_WORD.findall(sample)
    stems = {word[:5].casefold() for word in words if len(word) > _SHORT_WORD}
    rated = [(_rate(i, blocks, signs, kinds, zone=zone, stems=stems), -i) for i in candidates]
    rate, index = max(rated)
    return _above_standfirst(-index, candidates, blocks, signs) if rate >= _LEAST_RATE else None


def _writer(index: int, candidates: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Whether a line is a name that is said again, and another line near by has the date below it."""
    name = blocks[index].text
    if not is_name(name) or not any(
        same_line(name, p.text) for p in blocks[index + 1 : index + REPEAT_WITHIN]
    ):
        return False
    others = [i for i in candidates if not same_line(name, blocks[i].text)]
    return any(date_line(block.text)[0] for i in others for block in blocks[i + 1 : i + 3])


def _above_standfirst(
    index: int, candidates: Sequence[int], blocks: Sequence[Block], signs: Sequence[BlockFeatures]
) -> int:
    """The short line right above, where the line found is the longer standfirst of it and that is no kicker.

    A headline of a few words is written like a sentence: a kicker is one word, or has capitals, or a menu's.
    """
    above = index - 1
    if above not in candidates or signs[above].families or signs[above].closed:
        return index
    words = blocks[above].text.split()
    if not 2 <= len(words) <= _KICKER_WORDS or signs[index].words < max(_STANDFIRST_WORDS, 1.5 * len(words)):
        return index
    plain = any(word[0].islower() and len(word) > 3 for word in words[1:])
    return above if plain else index


def _runs_on(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a long line goes on in small letters in the one below it."""
    below = blocks[index + 1].text if index + 1 < len(blocks) and not blocks[index + 1].after_blank else ""
    return below[:1].islower() and len(blocks[index].text) > _RUNS_ON and not is_byline(below)


def _spoken(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a line is said in an interview: the next line has another speaker, and its own speaks again."""
    labels = [match[1] for p in blocks[index : index + _SPEAKERS_IN] if (match := _SPEAKER.match(p.text))]
    return (
        len(labels) > 2
        and blocks[index].text.startswith(f"{labels[0]}:")
        and blocks[index + 1].text.startswith(f"{labels[1]}:")
        and labels[1] != labels[0]
        and labels[0] in labels[2:]
    )


def levelled(line: str) -> str:
    """A line without what two writings of one headline may differ in: case, blanks, quotes and dashes."""
    folded = line.casefold()
    return " ".join((folded if folded.isascii() else folded.translate(_ALIKE)).split())


def _may_be_title(text: str, sign: BlockFeatures, topics: set[str]) -> bool:
    own = [word[:5].casefold() for word in _CONTENT_WORD.findall(text)]
    on_topic = sign.words > 2 and sum(word in topics for word in own) > max(1, len(own) // 2)
    if (
        sign.bullet
        or not 1 <= sign.words <= _MOST_WORDS
        or len(text) > _LONGEST
        or sign.score > (_BOILERPLATE_WORDS if sign.words < 6 and not on_topic else _BOILERPLATE_LINE)
    ):
        return False
    if (
        text.endswith((":", ",", ";"))
        or "://" in text
        or (text[-1:].isdigit() and names_issue(text))
        or _EPIGRAPH.match(text)
        or _BRACKETED.fullmatch(text)
        or is_caption(text)
        or _STAMP.match(text)
        or (("avaScript" in text or "javascript" in text) and _BROWSER.search(text))
        or text.rstrip().lower().endswith(_PICTURES)
    ):
        return False
    sentences = len(re.findall(r"[.!?]['\"”’)]*\s+[A-Z“\"]", text))
    if text.endswith((".", "。")) and not text.endswith(("...", "…")):
        return bool(re.search(r"\b(?:[A-Z]\.|Inc\.|Jr\.|Co\.|Ltd\.)$", text)) or _title_case(text)
    return sentences <= 1 or sign.words <= 20


def _title_case(text: str) -> bool:
    """Whether nearly all longer words begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return 2 <= len(words) <= 14 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def _rate(
    index: int,
    blocks: Sequence[Block],
    signs: Sequence[BlockFeatures],
    kinds: Mapping[int, PassageKind],
    *,
    zone: int,
    stems: set[str],
) -> float:
    """How like a headline a line is: words shared with the prose, length, place."""
    block, sign = blocks[index], signs[index]
    content = [word[:5].casefold() for word in _CONTENT_WORD.findall(block.text)]
    shared = sum(word in stems for word in content) / len(content) if content else 0.0
    shared *= min(1.0, len(content) / 3)
    rate = 2.2 * shared + 0.12 * min(sign.words, 9) - 0.6 * max(sign.score, 0.0)
    rate += 0.9 if all(i in kinds for i in range(index)) else 0.0
    rate -= 0.12 * index + (0.5 if index and block.text.endswith("?") else 0.0)
    if sum(map(str.isdigit, block.text)) * 5 > len(block.text):
        rate -= 0.8
    following = index + 1
    if following < len(blocks) and (
        blocks[following].after_blank or kinds.get(following) or following == zone
    ):
        rate += 0.7
    if all(not s.prose for s in signs[:zone]) and zone == len(blocks) and index == 0:
        rate += 1.5
    if any(kinds.get(i) is PassageKind.DATE for i in range(following, following + 3)):
        rate += 0.6
    if sign.words <= 2:
        rate -= 1.3 if sign.words == 1 else 0.5
    if sign.closed and not block.text.endswith(("!", "?")):
        rate -= 0.4
    return rate


def may_be_headline(text: str) -> bool:
    """Whether a line may be the headline of a page: its length and form allow it, and it is nothing else."""
    if (
        not 1 <= len(text.strip()) <= _LONGEST
        or text.startswith(_ITEM)
        or not 1 <= word_count(text) <= _MOST_WORDS
    ):
        return False
    if never_headline(text) or date_line(text)[0] or is_byline(text) or is_caption(text) or is_label(text):
        return False
    if _LABELS.issuperset(words_of(text)):
        return False
    if (
        (text.rstrip().endswith(_ENDS_OF_REMARKS) and _REMARK.fullmatch(text.strip()))
        or _TAGS.match(text)
        or _STAMP.match(text)
        or (("avaScript" in text or "javascript" in text) and _BROWSER.search(text))
        or text.rstrip().lower().endswith(_PICTURES)
    ):
        return False
    if is_closed(text) and word_count(text) > _MOST_OF_TWO and _TWO_SENTENCES.search(text):
        return False
    sentence = is_closed(text) and text.endswith((".", "。", "।")) and not _ABBREVIATED.search(text)
    return not sentence or text.count(" ") <= _FEW_BLANKS


def same_line(first: str, second: str) -> bool:
    """Whether two lines say the same but for case, blanks and a site's name at the end."""
    if abs(len(first) - len(second)) > _LONGEST:
        return False
    one, two = levelled(first[:_BEGINNING]), levelled(second[:_BEGINNING])
    if not (one.startswith(two) or two.startswith(one)):
        return False
    short, long = sorted((levelled(first), levelled(second)), key=len)
    return short == long or (
        len(short) >= 12
        and len(long) < len(short) + 40
        and bool(_SITE_NAME.match(long[len(short) :]))
        and long.startswith(short)
    )
