"""How many words a text has, the same wherever they are told."""

from __future__ import annotations

import re
from typing import NamedTuple

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class WordCount(NamedTuple):
    """Words that white space parts, and characters of Chinese and Japanese, each of which is one more."""

    spaced: int
    ideographs: int

    @property
    def total(self) -> int:
        """All words."""
        return self.spaced + self.ideographs


def count_words(text: str) -> WordCount:
    """The words of a text."""
    ideographs = 0
    if not text.isascii():
        text, ideographs = _IDEOGRAPH.subn(" ", text)
    return WordCount(len(text.split()), ideographs)
