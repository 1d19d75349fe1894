"""Score quotations and their speakers against gold (quotes_dev), in two halves, and measure their speed.

Run as `python benchmarks/check_quotes.py DATA [--errors HALF]`; every line with a target ends in `ok` or
`BELOW target`. Mentions are those that rules find, so that the figures need no model. Words and rules were
chosen on the first half of the articles; the second says what they are worth elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from check_reading import report

from seedread_index.extract.extractor import read_bytes
from seedread_index.linking.within_article import canonical_names
from seedread_index.model.article import Article, Mention
from seedread_index.model.engine_settings import EngineSettings
from seedread_index.model.entity import fold_name
from seedread_index.model.quotation import FoundQuotation, QuotationKind
from seedread_index.ner.annotate import by_rules, prepare, refine
from seedread_index.ner.spacy.pipeline import Model, load_model
from seedread_index.quotes import find_quotations

HALF = 17
"""Articles of the half that rules were chosen on."""
OVERLAP = 0.8
_WORD = re.compile(r"\S+")


class Gold(NamedTuple):
    """A quotation marked by hand; `person` is a full name or None."""

    start: int
    end: int
    direct: bool
    person: str | None


class Found(NamedTuple):
    """A quotation that rules found, and the fullest name of its speaker in the article."""

    start: int
    end: int
    direct: bool
    name: str | None


class Case(NamedTuple):
    """An article with the quotations of both sides."""

    name: str
    text: str
    gold: list[Gold]
    found: list[Found]
    quotations: list[FoundQuotation]


@dataclass(slots=True)
class Score:
    """Counts over articles."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    named: int = 0
    right: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of the quotations."""
        return 2 * self.matched / max(1, self.gold + self.found)


def overlap(text: str, a: tuple[int, int], b: tuple[int, int]) -> float:
    """The words that two stretches share, by those of the longer one; a word is where its first letter is."""
    first, second = ({m.start() for m in _WORD.finditer(text, *span)} for span in (a, b))
    return len(first & second) / max(1, len(first), len(second))


def gold_of(row: dict[str, Any], text: str) -> list[Gold]:
    """The gold of an article; one without offsets is looked for in the text."""
    found = []
    for quote in row["quotes"]:
        span = quote["span"]
        if span is None:
            start = text.find(quote["quote"].strip())
            if start < 0:
                continue
            span = start, start + len(quote["quote"].strip())
        person = quote["person"] if quote["person"] in row["people"] else None
        found.append(Gold(span[0], span[1], quote["direct"], person))
    return found


def with_entities(article: Article, model: Model | None = None) -> Article:
    """An article with its mentions, each with the fullest name of what it names in the article."""
    text = article.flowing_text
    if model is None:
        mentions = by_rules(text, article.passages, article.lang)
    else:
        (spans,) = model.spans([prepare(text, article.lang)])
        mentions = refine(text, article.passages, article.lang, spans)
    names = canonical_names(mentions)
    return replace(
        article,
        mentions=tuple(
            replace(m, entity=pair and pair[1].text) for m, pair in zip(mentions, names, strict=True)
        ),
    )


def quotations_of(article: Article) -> list[FoundQuotation]:
    """What rules find in an article."""
    return find_quotations(article.flowing_text, article.passages, article.mentions, article.lang)


def cases(folder: Path, model: Model | None) -> list[Case]:
    """The articles of quotes_dev."""
    result = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        data = (folder / "txt" / row["file"]).read_bytes()
        (read,) = read_bytes(data, row["file"].encode(), EngineSettings()).articles
        article = with_entities(read, model)
        quotations = quotations_of(article)
        found = [
            Found(q.start, q.end, q.kind is QuotationKind.DIRECT, _name(article.text, article.mentions, q))
            for q in quotations
        ]
        result.append(Case(row["file"], article.text, gold_of(row, data.decode()), found, quotations))
    return result


def _name(text: str, mentions: Sequence[Mention], quotation: FoundQuotation) -> str | None:
    """The name of the speaker, None where nobody is named; a name that no mention covers is one, too."""
    if quotation.named is not None:
        return mentions[quotation.named].entity or mentions[quotation.named].text
    words = text[slice(*quotation.speaker)] if quotation.speaker else ""
    return words if words[:1].isupper() and " " in words and words.split()[0] not in ("The", "A") else None


def same_person(gold: str, found: str) -> bool:
    """Whether two names are of one person: the same last name, the first one in both or missing."""
    one, other = fold_name(gold).split(), fold_name(found).split()
    return one[-1:] == other[-1:] and (len(other) == 1 or one[0] in other or len(one) == 1)


def score(found: Sequence[Case], *, direct: bool | None, show: bool = False) -> Score:
    """Match both sides of each article, the best overlap first; of direct ones, of others, or of all."""
    result = Score()
    for case in found:
        gold = [g for g in case.gold if direct is None or g.direct is direct]
        mine = [f for f in case.found if direct is None or f.direct is direct]
        pairs = sorted(
            (
                (-share, i, j)
                for i, g in enumerate(gold)
                for j, f in enumerate(mine)
                if g.start < f.end
                and f.start < g.end
                and (share := overlap(case.text, g[:2], f[:2])) >= OVERLAP
            ),
        )
        first: dict[int, int] = {}
        for _, i, j in pairs:
            if i not in first and j not in first.values():
                first[i] = j
        result.gold += len(gold)
        result.found += len(mine)
        result.matched += len(first)
        for i, j in first.items():
            person, name = gold[i].person, mine[j].name
            if person is None:
                continue
            result.named += 1
            right = name is not None and same_person(person, name)
            result.right += right
            result.wrong += name is not None and not right
            if show and not right:
                print(f"  {case.name[:3]} speaker {name!r} for {person!r}: {_around(case.text, gold[i])}")
        if show:
            for i, g in enumerate(gold):
                if i not in first:
                    print(f"  {case.name[:3]} missed  {'D' if g.direct else 'i'} {_around(case.text, g)}")
            for j, f in enumerate(mine):
                if j not in first.values():
                    print(f"  {case.name[:3]} too many {'D' if f.direct else 'i'} {_around(case.text, f)}")
    return result


def _around(text: str, span: Gold | Found) -> str:
    quoted = text[span.start : span.end]
    if len(quoted) > 150:
        quoted = f"{quoted[:80]} ... {quoted[-60:]}"
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 50]
    return f"{before}[[{quoted}]]{after}".replace("\n", "|")


def speed(folder: Path) -> float:
    """Articles a second of CPU time."""
    articles: list[Article] = []
    for path in sorted((folder / "txt").iterdir()):
        articles += read_bytes(path.read_bytes(), path.name.encode(), EngineSettings()).articles
    known = [with_entities(article) for article in articles]
    given = [(a.flowing_text, a.passages, a.mentions, a.lang) for a in known]
    find_quotations(*given[0])
    began = time.process_time()
    rounds = 5
    for _ in range(rounds):
        for each in given:
            find_quotations(*each)
    return rounds * len(given) / (time.process_time() - began)


def main(data: Path, errors: int | None, model: Model | None) -> int:
    """Print every figure; the exit code is 1 where one of all articles is below its target."""
    folder = data / "quotes_dev"
    if not folder.is_dir():
        print(f"no {folder}: nothing is scored")
        return 0
    found = cases(folder, model)
    good = []
    parts = (("first half", found[:HALF]), ("second half", found[HALF:]), ("all", found))
    for index, (part, some) in enumerate(parts):
        show = errors == index + 1
        direct = score(some, direct=True)
        everything = score(some, direct=None, show=show)
        other = score(some, direct=False)
        print(f"{part}: {len(some)} articles, {everything.gold} quotations, {direct.gold} direct")
        figures = (
            report("  direct, F1 at an overlap of .8", direct.f1, 0.93),
            report("  all, F1", everything.f1, 0.74),
            report("  named speakers that are right", everything.right / max(1, everything.named), 0.90),
            _at_most("  and wrong", everything.wrong / max(1, everything.named), 0.05),
        )
        print(f"  not direct alone, F1 {other.f1:.3f}; direct, right {direct.right}/{direct.named}")
        good = [*figures]
    good.append(report("articles a CPU second", speed(folder), 500))
    return 0 if all(good) else 1


def _at_most(name: str, value: float, most: float) -> bool:
    reached = value <= most
    print(f"{name:<44} {value:7.3f}  target {most:.2f}  {'ok' if reached else 'ABOVE target'}")
    return reached


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", type=int, choices=(1, 2), help="show what went wrong in a half")
    parser.add_argument("--model", action="store_true", help="with the mentions of the entity model")
    given = parser.parse_args()
    sys.exit(main(given.data, given.errors, load_model() if given.model else None))
