"""The language of a text: by script where that says it, else by chardet's letter statistics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from seedread_index.text.word_lists import listed

UNDETERMINED = "und"
_SAMPLE = 1000
_LEAST_LETTERS = 16
_ENGLISH = frozenset(
    (
        "the", "of", "and", "to", "in", "that", "for", "was", "with", "on", "is", "by", "said", "from", "has",
        "have", "are", "were", "it", "an",
    )
)  # fmt: skip
_TAKEN_FOR = listed("id ms tl jv su mg so fi et eu sw zu xh")
"""What chardet calls Swahili, Zulu and Xhosa."""
_SWAHILI = listed(
    """
    ya wa na kwa katika la za ni cha vya kuwa hiyo huyo hilo hizo hii huo yake wake huku pia baada kabla
    lakini alisema amesema wakati watu
    """
)
_SWAHILI_SHARE = 0.2
_NGUNI = tuple(
    listed(
        """
        uku ukw isi izi aba ama imi umk uma umn ulu ubu nge ngo nga ngu kwe kus kul lok las yas use uth zid
        ezi eza aka emi esi ese oku oko nok kuth luph sice bath wath kule kuya
        """
    )
)
"""What words of Zulu and Xhosa begin with."""
_NGUNI_SHARE = 0.3
_ZULU = listed("ukuthi futhi kusho uthe ngoba kanye uma ngemuva yini lapho")
_XHOSA = listed("ukuba kwaye uthi kunye xa okanye kuba ngoko apho emva")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_SHARE = 0.15
_SCRIPTS = (
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
    ("cyrillic", "\u0400-\u04ff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f"),
    ("kana", "\u3040-\u30ff"),
    ("han", "\u3400-\u9fff"),
    ("hangul", "\uac00-\ud7af\u1100-\u11ff"),
    ("hebrew", "\u0590-\u05ff"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("thai", "\u0e00-\u0e7f"),
    ("devanagari", "\u0900-\u097f"),
    ("bengali", "\u0980-\u09ff"),
    ("gurmukhi", "\u0a00-\u0a7f"),
    ("gujarati", "\u0a80-\u0aff"),
    ("tamil", "\u0b80-\u0bff"),
    ("telugu", "\u0c00-\u0c7f"),
    ("kannada", "\u0c80-\u0cff"),
    ("malayalam", "\u0d00-\u0d7f"),
    ("sinhala", "\u0d80-\u0dff"),
    ("burmese", "\u1000-\u109f"),
    ("georgian", "\u10a0-\u10ff"),
    ("armenian", "\u0530-\u058f"),
    ("ethiopic", "\u1200-\u137f"),
    ("khmer", "\u1780-\u17ff"),
    ("lao", "\u0e80-\u0eff"),
)
_BY_SCRIPT = {
    "hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th", "devanagari": "hi", "bengali": "bn",
    "gurmukhi": "pa", "gujarati": "gu", "tamil": "ta", "telugu": "te", "kannada": "kn", "malayalam": "ml",
    "sinhala": "si", "burmese": "my", "georgian": "ka", "armenian": "hy", "ethiopic": "am", "khmer": "km",
    "lao": "lo",
}  # fmt: skip


@cache
def _letters(script: str) -> re.Pattern[str]:
    """A letter of a script."""
    return re.compile(f"[{dict(_SCRIPTS)[script]}]")


@cache
def _others(script: str) -> re.Pattern[str]:
    """Runs of what is neither of a script nor between its words."""
    return re.compile(f"[^{dict(_SCRIPTS)[script]}\\s.,'’-]+")


@cache
def _beyond_latin() -> re.Pattern[str]:
    """A letter of any other script."""
    return re.compile(f"[{''.join(letters for name, letters in _SCRIPTS if name != 'latin')}]")


_LITTLE = 160
"""Of a shorter text a declared language is believed."""


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language, "und" where it is too short or unlike any that is known."""
    sample = text[:_SAMPLE]
    if sample.isupper():
        sample = sample.lower()
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _LEAST_LETTERS:
        return UNDETERMINED
    english = sum(map(_ENGLISH.__contains__, words))
    if english >= _ENGLISH_SHARE * len(words) and words.count("the") * 50 >= len(words) > 8:
        return "en"
    script = "latin" if sample.isascii() else _script(sample)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    if script in {"kana", "han"}:
        kana = len(_letters("kana").findall(sample))
        return "ja" if kana * 20 > len(sample) else "zh"
    import chardet

    plain = _others(script).sub(" ", sample)
    found = chardet.detect(plain.encode("utf-8"))["language"]
    if not found or len(words) <= 3:
        return UNDETERMINED
    return (_bantu(words) if script == "latin" and found[:2] in _TAKEN_FOR else None) or found[:2]


def _bantu(words: Sequence[str]) -> str | None:
    """A Bantu language that chardet does not know and takes for another; None where the words are others."""
    folded = [word.lower() for word in words]
    if sum(map(_SWAHILI.__contains__, folded)) >= _SWAHILI_SHARE * len(folded):
        return "sw"
    if sum(word.startswith(_NGUNI) for word in folded) < _NGUNI_SHARE * len(folded):
        return None
    xhosa, zulu = (sum(map(each.__contains__, folded)) for each in (_XHOSA, _ZULU))
    return UNDETERMINED if xhosa == zulu else "xh" if xhosa > zulu else "zu"


def _script(sample: str) -> str:
    """The script of most letters; some kana make Han characters Japanese."""
    if not _beyond_latin().search(sample):
        return "latin"
    counts = {name: len(_letters(name).findall(sample)) for name, _ in _SCRIPTS}
    return max(counts, key=lambda name: counts[name])


def language_of(prose: str, declared: str | None) -> str:
    """The detected language; a declared one only where there is too little text, because sites lie."""
    code = _code(declared) if declared else None
    if code and len(prose) < _LITTLE:
        return code
    found = detect(prose)
    return code if code and found == UNDETERMINED else found


def _code(value: str) -> str | None:
    """The two letters of a declared language."""
    code = value.strip().casefold().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() and code.isascii() and code != UNDETERMINED else None
