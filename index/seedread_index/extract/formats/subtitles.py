"""Subtitles (SRT, WebVTT)."""

from __future__ import annotations

import re
from itertools import pairwise

from seedread_index.extract.decoding.charset import decode
from seedread_index.extract.draft import Draft, Found, binary, empty

_TIME = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{3})"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_HEADER = re.compile(r"(?:NOTE|STYLE|REGION)\b|(?:Kind|Language|X-TIMESTAMP-MAP)\s*[:=]")
_PAUSE = 2.0
"""Seconds of silence after which a new paragraph begins."""

_LONG = 600
_ENDS = (".", "!", "?", "…", '"', "”", "。")


def read_subtitles(data: bytes) -> Found:
    """Read subtitles; lines that roll up and are shown again are read once."""
    decoded = decode(data)
    if decoded is None:
        return binary()
    paragraphs = [""]
    before: list[str] = []
    ended = 0.0
    for start, end, lines in _cues(decoded.text.replace("\r\n", "\n").replace("\r", "\n")):
        fresh = lines
        for size in range(min(len(before), len(lines)), 0, -1):
            if before[-size:] == lines[:size]:
                fresh = lines[size:]
                break
        full = len(paragraphs[-1]) > _LONG and paragraphs[-1].endswith(_ENDS)
        if fresh and paragraphs[-1] and (start - ended > _PAUSE or full):
            paragraphs.append("")
        for line in fresh:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        before, ended = lines or before, end
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Found((Draft(text),)) if text else empty("is a subtitle file without words; skipped")


def _cues(text: str) -> list[tuple[float, float, list[str]]]:
    """The start, the end and the lines of every cue."""
    cues: list[tuple[float, float, list[str]]] = []
    all_lines = text.split("\n")
    for line, following in pairwise([*all_lines, ""]):
        if match := _TIME.match(line.strip()):
            cues.append((_seconds(match, 1), _seconds(match, 5), []))
        elif (
            cues
            and not _HEADER.match(line)
            and not (line.strip().isdigit() and _TIME.match(following.strip()))
        ):
            plain = " ".join(_TAG.sub("", line).split())
            if plain:
                cues[-1][2].append(plain)
    return cues


def _seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, thousandths = (int(match[first + n] or 0) for n in range(4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
