"""Scores names, step by step of refinement, and links against annotated articles.

python benchmarks/check_entities.py DATA [--vary]

With --vary only with each weight of refinement and linking a quarter less and more.

DATA holds ner_re3d_dev, ner_gum_news (dev.jsonl each) and may hold seeds with seeds_gold.json. Annotators
mark nominals and pronouns too; only names count here, cut as this project cuts them: no titles, no leading
"the", no possessive. Gold of countries marked as organisations counts as places; groups are not scored.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from variation import variants

from seedread_index.linking import clustering, keys, within_article
from seedread_index.model.article import EntityType, Mention, entity_type
from seedread_index.model.entity import fold_name
from seedread_index.model.errors import ModelError
from seedread_index.ner import annotate, rules
from seedread_index.ner.annotate import prepare
from seedread_index.ner.gazetteer import TITLES, folded_names, gazetteer, words
from seedread_index.ner.refine import document_consistency, places
from seedread_index.ner.refine.document_consistency import words_of
from seedread_index.ner.spacy.pipeline import Model, load_model
from seedread_index.ner.spans import LabelledSpan

Span = tuple[int, int, str]

_TYPES = {
    "person": "person",
    "Person": "person",
    "place": "place",
    "Location": "place",
    "organization": "org",
    "Organisation": "org",
}
_SMALL = words("small words") | words("particles") | frozenset("&-’'/")
_PRONOUNS = frozenset(word.casefold() for word in words("function words")) | {"i", "its", "here", "who"}
_WORD = re.compile(r"\S+")


class Document(NamedTuple):
    """A text with its gold names (start, end, type) and, where known, whom each names."""

    text: str
    names: list[Span]
    canonical: dict[Span, str]


class Score(NamedTuple):
    """F1 of exact spans with types, and of spans that overlap with the right type."""

    exact: float
    overlap: float


def _titles_before(words: Sequence[str]) -> int:
    """How many words stand before a person's name: titles, and what is written small."""
    last = len(words) - 1
    before = [
        index
        for index, word in enumerate(words)
        if word.casefold().rstrip(".") in TITLES or (word.islower() and word not in _SMALL and index < last)
    ]
    return before[-1] + 1 if before else 0


def name_of(text: str, start: int, end: int, kind: str) -> tuple[int, int] | None:
    """The name inside an annotated phrase, None where it holds none or more than one."""
    places = [(m.start() + start, m.end() + start) for m in _WORD.finditer(text[start:end])]

    def word(index: int) -> str:
        return text[slice(*places[index])].strip(',.;:"“”()[]')

    while len(places) > 1 and text[places[-1][0] : places[-1][1]] in ("'s", "’s", "’", "s", "'"):
        places.pop()
    while places and (word(0).casefold() in ("the", "a", "an") or not word(0)):
        places.pop(0)
    if kind == "person":
        places = places[_titles_before([word(index) for index in range(len(places))]) :]
    if not places or word(0).casefold() in _PRONOUNS:
        return None
    shown = [word(i) for i in range(len(places))]
    if not (shown[0][:1].isupper() or shown[0].casefold() == "al") or not any(c.isupper() for c in shown[-1]):
        return None
    if any(not any(c.isupper() or c.isdigit() for c in w) and w not in _SMALL for w in shown if w):
        return None
    if kind == "person" and ("of" in shown or ("-" in shown[-1] and shown[-1].split("-")[-1].islower())):
        return None  # An office or an award stands for the person.
    if len(shown) == 1 and (shown[0].casefold() in TITLES or shown[0].casefold() in words_of(text)):
        return None
    first, last = places[0][0], places[-1][1]
    piece = text[first:last]
    if re.search(r", |\. [A-Z][a-z]+ [a-z]", piece) or (kind != "person" and piece.casefold() in TITLES):
        return None
    piece = re.sub(r"(?:['’]s|(?<=s)['’])$", "", piece.rstrip(",;:")) if not piece.endswith(".") else piece
    return first, first + len(piece)


def documents(path: Path) -> list[Document]:
    """The documents of one set."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry: dict[str, Any] = json.loads(line)
        names: dict[Span, str] = {}
        for start, end, kind, *more in sorted(entry["spans"], key=lambda s: s[0] - s[1]):
            if kind not in _TYPES:
                continue
            name = name_of(entry["text"], start, end, _TYPES[kind])
            if name is None:
                continue
            shown = entry["text"][slice(*name)]
            label = _TYPES[kind]
            if label == "org" and fold_name(shown) in folded_names().country_of_name:
                label = "place"
            if gazetteer().labels.get(shown) == "NORP":
                continue
            span = (*name, label)
            if any(a <= span[0] and span[1] <= b and span[:2] != (a, b) for a, b, _ in names):
                continue
            if not any(span[:2] == other[:2] for other in names):
                names[span] = (more[0] if more else None) or ""
        found.append(Document(entry["text"], sorted(names), {s: c for s, c in names.items() if c}))
    return found


def score(pairs: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> Score:
    """Micro F1 over documents of (gold, found)."""
    exact = overlap_gold = overlap_found = gold_count = found_count = 0
    for gold, found in pairs:
        gold_count += len(gold)
        found_count += len(found)
        exact += len(set(gold) & set(found))
        overlap_gold += sum(any(g[0] < f[1] and f[0] < g[1] and g[2] == f[2] for f in found) for g in gold)
        overlap_found += sum(any(g[0] < f[1] and f[0] < g[1] and g[2] == f[2] for g in gold) for f in found)
    recall, precision = overlap_gold / max(1, gold_count), overlap_found / max(1, found_count)
    return Score(
        2 * exact / max(1, gold_count + found_count), 2 * recall * precision / max(1e-9, recall + precision)
    )


def shown(spans: Iterable[LabelledSpan]) -> list[Span]:
    """The spans that are scored, as (start, end, type)."""
    typed = ((s.start, s.end, entity_type(s.label).value) for s in spans)
    return [span for span in typed if span[2] in ("person", "place", "org")]


def wrapped(text: str) -> str:
    """A text of the same length, its paragraphs broken at 72 columns."""
    out = []
    for line in text.split("\n"):
        column, characters = 0, list(line)
        for index, character in enumerate(characters):
            column += 1
            ahead = line.find(" ", index + 1)
            if character == " " and column + (len(line) if ahead < 0 else ahead) - index > 72:
                characters[index], column = "\n", 0
        out.append("".join(characters))
    return "\n".join(out)


def check_names(title: str, docs: Sequence[Document], model: Model | None) -> Score:
    """Print the figures after each step of refinement; the last ones."""
    texts = [prepare(d.text) for d in docs]
    raw = list(model.spans(texts)) if model else [tuple(rules.find(text)) for text in texts]
    print(f"{title}: {len(docs)} documents, {sum(len(d.names) for d in docs)} names")
    last = score((d.names, shown(spans)) for d, spans in zip(docs, raw, strict=True))
    print(f"  {'raw':<24} exact {last.exact:.4f}          overlap {last.overlap:.4f}")
    for count in range(1, len(annotate.STEPS) + 1):
        found = [annotate.run(t, s, annotate.STEPS[:count]) for t, s in zip(texts, raw, strict=True)]
        now = score((d.names, shown(spans)) for d, spans in zip(docs, found, strict=True))
        name = annotate.STEPS[count - 1][0]
        print(
            f"  + {name:<22} exact {now.exact:.4f} {now.exact - last.exact:+.4f}  "
            f"overlap {now.overlap:.4f} {now.overlap - last.overlap:+.4f}"
        )
        last = now
    without = []
    for index, (name, _) in enumerate(annotate.STEPS):
        steps = [*annotate.STEPS[:index], *annotate.STEPS[index + 1 :]]
        found = [annotate.run(t, s, steps) for t, s in zip(texts, raw, strict=True)]
        part = score((d.names, shown(spans)) for d, spans in zip(docs, found, strict=True))
        without.append(f"{name} {last.exact - part.exact:+.4f}")
    print("  what each step is worth at the end (exact): " + ", ".join(without))
    return last


def check_wraps(docs: Sequence[Document], model: Model) -> None:
    """Print what joining hard-wrapped lines brings."""
    texts = [wrapped(d.text) for d in docs]
    for name, given in (("as they are", texts), ("joined", [prepare(text) for text in texts])):
        found = (annotate.run(text, spans) for text, spans in zip(given, model.spans(given), strict=True))
        now = score((d.names, shown(spans)) for d, spans in zip(docs, found, strict=True))
        print(f"  lines of 72 columns, {name:<12} exact {now.exact:.4f}  overlap {now.overlap:.4f}")


def vary(sets: Mapping[str, Sequence[Document]], model: Model) -> None:
    """Print exact F1 and B³ with each weight varied."""
    for name, docs in sets.items():
        given = [wrapped(d.text) if number % 2 else d.text for number, d in enumerate(docs)]
        print(f"{name}, every other document in lines of 72 columns")
        raw: dict[str, tuple[LabelledSpan, ...]] = {}
        for variant in variants(annotate, document_consistency, places):
            texts = [prepare(text) for text in given]
            fresh = list(dict.fromkeys(text for text in texts if text not in raw))
            raw.update(zip(fresh, model.spans(fresh), strict=True))
            found = [annotate.run(text, raw[text]) for text in texts]
            now = score((d.names, shown(spans)) for d, spans in zip(docs, found, strict=True))
            print(f"  {variant:<55} exact {now.exact:.4f}  overlap {now.overlap:.4f}")
    for variant in variants(clustering):
        everything, persons = links(sets["ner_gum_news"], quiet=True)
        print(f"  {variant:<55} B³ {everything:.4f}, of persons {persons:.4f}")


def links(docs: Sequence[Document], *, quiet: bool = False) -> tuple[float, float]:
    """B³ of linking gold mentions across all documents: overall and for persons; wrong merges are listed."""
    label = {"person": "PERSON", "place": "GPE", "org": "ORG"}
    forms: defaultdict[EntityType, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    uses: list[tuple[str, str, within_article.Name, within_article.Name]] = []
    for number, doc in enumerate(docs):
        mentions = [Mention(s[0], s[1], doc.text[s[0] : s[1]], label[s[2]]) for s in doc.names]
        for span, pair in zip(doc.names, within_article.canonical_names(mentions), strict=True):
            if pair is None:
                continue
            name, head = pair
            forms[head.type][head.key][f"articles {number}"] += 1
            if name.key != head.key:
                forms[name.type][name.key][head.key] += 1
            if span in doc.canonical:
                uses.append((doc.canonical[span], doc.text[span[0] : span[1]], name, head))
    canonical = _canonical_keys(forms)
    system = [f"{head.type} {canonical.get((head.type, head.key), head.key)}" for _, _, _, head in uses]
    gold = [canonical for canonical, _, _, _ in uses]
    everything = _b_cubed(gold, system)
    persons = [i for i, use in enumerate(uses) if use[3].type is EntityType.PERSON]
    of_persons = _b_cubed([gold[i] for i in persons], [system[i] for i in persons])
    if quiet:
        return everything, of_persons
    print(f"links: {len(uses)} mentions, B³ {everything:.4f}, persons {of_persons:.4f} ({len(persons)})")
    _print_wrong_merges(uses, system)
    return everything, of_persons


def _canonical_keys(
    forms: Mapping[EntityType, Mapping[str, Counter[str]]],
) -> dict[tuple[EntityType, str], str]:
    """From each type and key to the key of its entity."""
    canonical: dict[tuple[EntityType, str], str] = {}
    for kind, seen_keys in forms.items():
        blocks: defaultdict[str, list[clustering.Form]] = defaultdict(list)
        for key, seen in seen_keys.items():
            articles = sum(1 for what in seen if what.startswith("articles "))
            expansions = {what: n for what, n in seen.items() if not what.startswith("articles ")}
            blocks[keys.block_of(kind, key)].append(
                clustering.Form(key, articles, expansions if kind is EntityType.ORG else {})
            )
        for block in blocks.values():
            canonical.update({(kind, key): found for key, found in clustering.cluster(kind, block).items()})
    return canonical


def _print_wrong_merges(
    uses: Sequence[tuple[str, str, within_article.Name, within_article.Name]], system: Sequence[str]
) -> None:
    merged: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for (target, text, _, _), cluster in zip(uses, system, strict=True):
        merged[cluster][target, text] += 1
    for cluster, members in sorted(merged.items()):
        if len({canonical for canonical, _ in members}) > 1:
            names = ", ".join(f"{text!r} = {gold} ×{n}" for (gold, text), n in members.most_common())
            print(f"  wrongly one: {cluster}: {names}")


def _b_cubed(gold: Sequence[str], system: Sequence[str]) -> float:
    """The F of B³ (Bagga and Baldwin 1998): precision and recall averaged over mentions."""
    pair = Counter(zip(gold, system, strict=True))
    of_gold, of_system = Counter(gold), Counter(system)
    both = list(zip(gold, system, strict=True))
    precision = sum(pair[b] / of_system[b[1]] for b in both) / max(1, len(both))
    recall = sum(pair[b] / of_gold[b[0]] for b in both) / max(1, len(both))
    return 2 * precision * recall / max(1e-9, precision + recall)


def check_seeds(data: Path, engine: str, model: Model | None, target: float) -> bool:
    """Print the exact F1 (person, place, org, group) on the two seeds."""
    gold = json.loads((data / "seeds_gold.json").read_text(encoding="utf-8"))["docs"]
    hits = found_count = gold_count = 0
    for name, doc in gold.items():
        text = (data / "seeds" / name).read_text(encoding="utf-8")
        spans = next(iter(model.spans([prepare(text)]))) if model else tuple(rules.find(prepare(text)))
        found = {(s.start, s.end, entity_type(s.label)) for s in annotate.run(prepare(text), spans)}
        found = {f for f in found if f[2] in ("person", "place", "org", "group")}
        wanted = {(m["start"], m["end"], entity_type(m["type"])) for m in doc["mentions"]}
        wanted = {w for w in wanted if w[2] in ("person", "place", "org", "group")}
        hits += len(found & wanted)
        found_count += len(found)
        gold_count += len(wanted)
    return told(f"seeds, {engine}: exact", 2 * hits / (found_count + gold_count), target)


def told(what: str, value: float, target: float) -> bool:
    """Print a figure against its target."""
    print(f"{what} {value:.4f} (target {target}) {'ok' if value >= target else 'BELOW target'}")
    return value >= target


def main(data: Path, *options: str) -> int:
    """Score everything; 0 where all targets are met."""
    good = True
    sets = {name: documents(data / name / "dev.jsonl") for name in ("ner_re3d_dev", "ner_gum_news")}
    if "--vary" in options:
        vary(sets, load_model())
        return 0
    for engine, seeds_target in (("md", 0.97), ("sm", 0.93), ("rules", 0.60)):
        try:
            model = None if engine == "rules" else load_model(engine)
        except ModelError as problem:
            print(f"{engine}: {problem.message} Not scored.")
            continue
        print(f"== {engine}")
        if (data / "seeds_gold.json").exists():
            good &= check_seeds(data, engine, model, seeds_target)
        for name, docs in sets.items():
            check_names(name, docs, model)
            if model:
                check_wraps(docs, model)
    everything, persons = links(sets["ner_gum_news"])
    good &= told("links, all: B³", everything, 0.93)
    print(f"links, persons: B³ {persons:.4f} (epithets and nicknames count as names here; no target)")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *sys.argv[2:]))
