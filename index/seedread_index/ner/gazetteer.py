"""The names of countries, peoples, regions, states and large cities that ship with the engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from seedread_index.linking.name_keys import fold
from seedread_index.ner import international
from seedread_index.ner.spans import NAMED, PLACES, Cover, LabelledSpan
from seedread_index.ner.word_lists import words

_REGION_LOC = re.compile(
    r"\b(East|West|North|South|Asia|Africa|Europe|America|Sea|Ocean|Gulf|Mountains|River|Canal|Strait|Channel)\b"
)
_BODIES = words("landscape names")
_START = re.compile(r"(?<![\w’'])[A-Z\u00c0-\u00de][\w.]*")
_BESIDE = re.compile(r"[ -][A-Z]")
_BEFORE = re.compile(r"[A-Z][\w.’'-]* $|[\w]-$")
AMBIGUOUS = words("ambiguous names")
"""Names that are also those of persons or words: they never override what the model says."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names to labels and countries; `by_first` has the names by their first word, longest first."""

    labels: dict[str, str]
    sure: frozenset[str]
    """Countries, peoples, regions and capitals: names that hardly ever mean anything else."""
    by_first: dict[str, tuple[str, ...]]
    country_of_demonym: dict[str, str]
    """The folded demonym to the country's everyday name."""
    country_of_name: dict[str, str]
    """Every folded name of a country, in any language that is known, to its everyday name."""
    people_of_country: dict[str, str]
    """The country's everyday name to its first demonym."""
    groups: dict[str, str]
    """Every folded name of a people or creed of no one country to its first one."""

    def apply(self, text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
        """The spans with its names added where nothing longer is, and labels put right where it is sure."""
        places = {(span.start, span.end): i for i, span in enumerate(spans)}
        named = [span for span in spans if span.label in NAMED]
        cover = Cover(len(text), named)
        out = list(spans)
        text = text.replace("’", "'")
        for match in self.matches(text):
            name = text[match.start : match.end]
            index = places.get((match.start, match.end))
            if index is not None:
                if name in self.sure and name not in AMBIGUOUS and out[index].label != match.label:
                    if not (out[index].label in PLACES and match.label in PLACES):
                        out[index] = match
                elif out[index].label in ("ORG", "NORP", "FAC") and match.label == "GPE":
                    out[index] = match
            elif (
                name not in AMBIGUOUS
                and (name in self.sure or cover.free(match.start, match.end))
                and self._stands_alone(text, match)
            ):
                out.append(match)
        return out

    def _stands_alone(self, text: str, match: LabelledSpan) -> bool:
        """Whether a match may be added: no other capitalised word beside it, unless it is a sure name."""
        name = text[match.start : match.end]
        if name in self.sure:
            return match.label == "NORP" or not re.match(r" [A-Z]", text[match.end : match.end + 2])
        return not _BESIDE.match(text[match.end : match.end + 3]) and not _BEFORE.search(
            text[max(0, match.start - 20) : match.start]
        )

    def matches(self, text: str) -> list[LabelledSpan]:
        """Where its names stand in a text, the longest at each place."""
        found: list[LabelledSpan] = []
        end = 0
        for match in _START.finditer(text):
            start = match.start()
            if start < end:
                continue
            word = match[0].rstrip(".")
            for name in self.by_first.get(word, ()) or self.by_first.get(match[0], ()):
                stop = start + len(name)
                if text.startswith(name, start) and not text[stop : stop + 1].isalnum():
                    found.append(LabelledSpan(start, stop, self.labels[name]))
                    end = stop
                    break
        return found


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    sections: dict[str, list[str]] = {}
    raw = files("seedread_index.ner").joinpath("data/gazetteer.tsv").read_text(encoding="utf-8")
    current: list[str] = []
    for line in raw.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(line)
    labels: dict[str, str] = {}
    sure: set[str] = set()
    demonyms: dict[str, str] = {}
    people: dict[str, str] = {}
    countries: dict[str, str] = {}
    for name in _names(sections["cities"]):
        labels[name] = "GPE"
    for name in _names(sections["states"]):
        labels[name] = "GPE"
        sure.add(name)
    for name in _names(sections["regions"]):
        labels[name] = "LOC" if _REGION_LOC.search(name) or name in _BODIES else "GPE"
        sure.add(name)
    for name in _names(sections["organisations"]):
        labels[name] = "ORG"
        sure.add(name)
    for line in sections["countries"]:
        _, names, peoples, capital = line.split("\t")
        everyday = names.split(";")[0]
        for name in names.split(";"):
            labels[name] = "GPE"
            sure.add(name)
            countries[fold(name)] = everyday
        for name in filter(None, peoples.split(";")):
            labels[name] = "NORP"
            sure.add(name)
            demonyms.setdefault(fold(name), everyday)
            people.setdefault(everyday, name)
        if capital and capital not in labels:
            labels[capital] = "GPE"
    for name in _names(sections["groups"]):
        labels[name] = "NORP"
        sure.add(name)
    by_first: dict[str, list[str]] = {}
    for name in labels:
        by_first.setdefault(re.split(r"[^\w.]", name, maxsplit=1)[0].rstrip("."), []).append(name)
    ordered = {first: tuple(sorted(names, key=len, reverse=True)) for first, names in by_first.items()}
    groups = {fold(name): fold(line.split(";")[0]) for line in sections["groups"] for name in line.split(";")}
    for name, everyday in international.english_names():
        countries.setdefault(fold(name), everyday)
    return Gazetteer(labels, frozenset(sure), ordered, demonyms, countries, people, groups)


def _names(lines: list[str]) -> list[str]:
    return [name for line in lines for name in line.split(";") if name]
