"""Words that decide what a name is (… Ministry, … River), and capitalised words that are no names."""

from __future__ import annotations

from collections.abc import Iterable

from seedread_index.entities.gazetteer import gazetteer
from seedread_index.entities.spans import LabelledSpan

_ORGANISATION = frozenset(
    """Ministry University College Institute Council Committee Commission Agency Authority Association Union Party
    Bank Corporation Corp Company Co Inc Ltd Group Front Army Navy Forces Force Police Guard Guards Court Parliament
    Senate Assembly Congress Federation Organization Organisation Foundation Fund Department Office Bureau Service
    Services Board League Club Alliance Movement Coalition Brigade Brigades Society Network Times Post News Tribune
    Journal Herald Agency Airlines Airways Church Academy School Command Directorate Administration Institution
    Confederation Org Tribunal Chamber Cabinet Politburo Observatory""".split()
)
_PLACE = {
    **dict.fromkeys(
        "River Sea Ocean Lake Mountain Mountains Valley Desert Island Islands Peninsula Bay Gulf Strait Coast Hills Basin".split(),
        "LOC",
    ),
    **dict.fromkeys(
        "Airport Airfield Airbase Arena Towers Hall Memorial Plaza Centre Center Boulevard Bridge Street Avenue Road Highway Square Palace Stadium Hospital Station Tower Castle Dam Prison Mosque Cathedral Museum Hotel".split(),
        "FAC",
    ),
    **dict.fromkeys(
        "Province Governorate County District Oblast City Village Republic Emirate Prefecture".split(), "GPE"
    ),
}
_NOT_NAMES = frozenset(
    """I We He She They It You Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
    June July August September October November December Photo Image Images Video Share Tweet Email Print Comments
    Advertisement Read Source Sources Copyright Subscribe Newsletter Sign Log Home Menu Search Next Previous Today
    Yesterday Tomorrow President Minister Government State Police Army Internet Christmas Easter God""".split()
)


JOINS = (
    _ORGANISATION
    | _PLACE.keys()
    | frozenset(
        "House State States Kingdom Republic Secretary Members Duke Prince Bank Strait Cape Isle Port Battle Court Chief Head Director Centre Center".split()
    )
)
"""Words after which "of" or "for" goes on with the name: Bank of …, Ministry for …."""


def by_head_word(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, a name of several words with the label that its last word asks for."""
    out = []
    for span in spans:
        words = text[span.start : span.end].split()
        if (
            len(words) > 1
            and span.label in ("PERSON", "GPE", "LOC", "FAC", "ORG", "NORP")
            and text[span.start : span.end] not in gazetteer().labels
        ):
            if words[-1] in _ORGANISATION and span.label != "ORG":
                span = span._replace(label="ORG")
            elif (label := _PLACE.get(words[-1])) and span.label in ("PERSON", "ORG", "NORP"):
                span = span._replace(label=label)
        out.append(span)
    return out


def without_stop_words(text: str, spans: Iterable[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, words that are capitalised without being names left out."""
    named = ("PERSON", "GPE", "LOC", "FAC", "ORG", "NORP")
    return [s for s in spans if s.label not in named or text[s.start : s.end] not in _NOT_NAMES]
