"""Choosing the line that is an article's headline among those that stand before its prose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seedread_index.extract.segmentation.paragraph_features import Signals
from seedread_index.extract.segmentation.paragraphs import Paragraph
from seedread_index.model.article import PassageKind
from seedread_index.text.sanitize import squeeze

_LONGEST = 240
_MOST_WORDS = 36
_LEAST_RATE = 1.0
_BOILERPLATE_WORDS, _BOILERPLATE_LINE = 0.6, 4.0
"""Scores of boilerplate above which a few words, or a longer line, are no headline."""

_BODY_SAMPLE = 8000
REPEAT_WITHIN = 12
"""A headline said twice is said again within so many paragraphs."""

_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_EPIGRAPH = re.compile(r"^[“\"«].+[”\"»]\s*[―—–-]+\s*\S")
_SPEAKER = re.compile(r"([^\W\d_][\w .'’-]{0,24}):\s+\S")
_SPEAKERS_IN = 30
_SITE_NAME = re.compile(r"\s*[|–—-]\s")


def find_headline(
    paragraphs: Sequence[Paragraph],
    text: str,
    features: Sequence[Signals],
    zone: int,
    kinds: Mapping[int, PassageKind],
) -> int | None:
    """The index of the line that is most like a headline, or None."""
    candidates = [i for i in range(zone) if i not in kinds and _may_be_title(paragraphs[i].text, features[i])]
    candidates = [i for i in candidates if not _spoken(i, paragraphs)]
    if not candidates or len(paragraphs) == 1:
        return None
    for i in candidates:
        if (
            any(same_line(paragraphs[i].text, p.text) for p in paragraphs[i + 1 : i + REPEAT_WITHIN])
            and features[i].words > 1
        ):
            return i
    start = paragraphs[candidates[-1]].end
    stems = {word[:5].casefold() for word in _CONTENT_WORD.findall(text[start : start + _BODY_SAMPLE])}
    rated = [(_rate(i, paragraphs, features, kinds, zone=zone, stems=stems), -i) for i in candidates]
    rate, index = max(rated)
    return -index if rate >= _LEAST_RATE else None


def _spoken(index: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a line is said in an interview: the next line has another speaker, and its own speaks again."""
    labels = [match[1] for p in paragraphs[index : index + _SPEAKERS_IN] if (match := _SPEAKER.match(p.text))]
    return (
        len(labels) > 2
        and paragraphs[index].text.startswith(f"{labels[0]}:")
        and paragraphs[index + 1].text.startswith(f"{labels[1]}:")
        and labels[1] != labels[0]
        and labels[0] in labels[2:]
    )


def _may_be_title(text: str, feature: Signals) -> bool:
    if (
        feature.bullet
        or not 1 <= feature.words <= _MOST_WORDS
        or len(text) > _LONGEST
        or feature.score > (_BOILERPLATE_WORDS if feature.words < 6 else _BOILERPLATE_LINE)
    ):
        return False
    if text.endswith((":", ",", ";")) or _EPIGRAPH.match(text):
        return False
    sentences = len(re.findall(r"[.!?]['\"”’)]*\s+[A-Z“\"]", text))
    if text.endswith((".", "。")) and not text.endswith(("...", "…")):
        return bool(re.search(r"\b(?:[A-Z]\.|Inc\.|Jr\.|Co\.|Ltd\.)$", text)) or _title_case(text)
    return sentences <= 1 or feature.words <= 20


def _title_case(text: str) -> bool:
    """Whether nearly all longer words begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return 2 <= len(words) <= 14 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def _rate(
    index: int,
    paragraphs: Sequence[Paragraph],
    features: Sequence[Signals],
    kinds: Mapping[int, PassageKind],
    *,
    zone: int,
    stems: set[str],
) -> float:
    """How like a headline a line is: words shared with the prose, length, place."""
    paragraph, feature = paragraphs[index], features[index]
    content = [word[:5].casefold() for word in _CONTENT_WORD.findall(paragraph.text)]
    shared = sum(word in stems for word in content) / len(content) if content else 0.0
    shared *= min(1.0, len(content) / 3)
    rate = 2.2 * shared + 0.12 * min(feature.words, 9) - 0.6 * max(feature.score, 0.0)
    rate += 0.9 if all(i in kinds for i in range(index)) else 0.0
    rate -= 0.12 * index + (0.5 if index and paragraph.text.endswith("?") else 0.0)
    if sum(map(str.isdigit, paragraph.text)) * 5 > len(paragraph.text):
        rate -= 0.8
    following = index + 1
    if following < len(paragraphs) and (
        paragraphs[following].after_blank or kinds.get(following) or following == zone
    ):
        rate += 0.7
    if all(not s.prose for s in features[:zone]) and zone == len(paragraphs) and index == 0:
        rate += 1.5
    if any(kinds.get(i) is PassageKind.DATE for i in range(following, following + 3)):
        rate += 0.6
    if feature.words <= 2:
        rate -= 1.3 if feature.words == 1 else 0.5
    if feature.closed and not paragraph.text.endswith(("!", "?")):
        rate -= 0.4
    return rate


def same_line(first: str, second: str) -> bool:
    """Whether two lines say the same but for case, blanks and a site's name at the end."""
    if abs(len(first) - len(second)) > _LONGEST:
        return False
    first, second = " ".join(first.casefold().split()), " ".join(second.casefold().split())
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    return (
        len(short) >= 12
        and len(long) < len(short) + 40
        and bool(_SITE_NAME.match(long[len(short) :]))
        and long.startswith(short)
    )


LONGEST = 96
"""Code points of an inferred title at most, the ellipsis included."""

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|No|vs|Jan|Feb|Aug|Sept|Oct"
    r"|Nov|Dec))\.$"
)
_LEAST = 12


def opening(text: str) -> str:
    """The first sentence of a text on one line, cut at a word with an ellipsis where it is long."""
    sample = squeeze(text[: LONGEST * 8])
    sentence = sample
    for match in _END.finditer(sample):
        before = sample[: match.start()]
        if len(before) >= _LEAST and not _ABBREVIATION.search(before):
            sentence = sample[: match.end()].strip()
            break
    return shortened(sentence, LONGEST)


def shortened(line: str, longest: int) -> str:
    """A line of at most `longest` code points, cut at a word where it has one."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    if not line[longest - 1].isspace():
        space = cut.rfind(" ")
        cut = cut[:space] if space > longest // 2 else cut
    return cut.rstrip(" ,;:—–-") + "…"
