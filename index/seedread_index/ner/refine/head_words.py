"""Words that decide what a name is (… Ministry, … River), and capitalised words that are no names."""

from __future__ import annotations

from collections.abc import Iterable

from seedread_index.ner.gazetteer import gazetteer
from seedread_index.ner.spans import NAMED, PLACES, LabelledSpan
from seedread_index.ner.word_lists import words as words_under

_ORGANISATION = words_under("organisations")
_PLACE = {
    **dict.fromkeys(words_under("landscapes"), "LOC"),
    **dict.fromkeys(words_under("buildings"), "FAC"),
    **dict.fromkeys(words_under("districts"), "GPE"),
}
_OTHER = {
    **dict.fromkeys(words_under("last words of events"), "EVENT"),
    **dict.fromkeys(words_under("last words of laws"), "LAW"),
}
_FIRST = {
    **dict.fromkeys(words_under("ships"), "PRODUCT"),
    **dict.fromkeys(words_under("storms") | words_under("campaigns"), "EVENT"),
    **dict.fromkeys(words_under("first words of landscapes"), "LOC"),
    **dict.fromkeys(words_under("first words of towns"), "GPE"),
}
_NOT_NAMES = words_under("no names")
JOINS = _ORGANISATION | _PLACE.keys() | words_under("joins")
"""Words after which "of" or "for" goes on with the name: Bank of …, Ministry for …."""


def by_head_word(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a name of several words with the label that its last or first word asks for."""
    out = []
    for span in spans:
        name = text[span.start : span.end]
        head = name.rsplit(None, 1)[-1]
        first = name.split(None, 1)[0]
        label = span.label
        if label in NAMED and head != name and name not in gazetteer().labels:
            if head in _ORGANISATION:
                label = "ORG"
            elif head in _OTHER:
                label = _OTHER[head]
            elif first in _FIRST and (label not in PLACES or _FIRST[first] not in PLACES):
                label = _FIRST[first]
            elif head in _PLACE and label not in PLACES:
                label = _PLACE[head]
        out.append(span._replace(label=label))
    return out


def without_stop_words(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, words that are capitalised without being names left out."""
    return [s for s in spans if s.label not in NAMED or text[s.start : s.end] not in _NOT_NAMES]
