"""Which keys of the archive speak of the same, in whatever order its articles came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seedread_index.linking.keys import (
    abbreviates,
    core,
    generation,
    is_romanised,
    is_surname_of,
    spelling,
    subsumes,
)
from seedread_index.model.article import EntityType
from seedread_index.ner.gazetteer import PARTICLES, folded_names, words


@dataclass(frozen=True, slots=True)
class Weights:
    """From which share on a name that several could own belongs to one of them.

    Chosen by hand. On ner_gum_news (B³ of 619 gold mentions, benchmarks/check_entities.py --vary) a quarter
    of `dominant` changes nothing, and `least_articles` of 1 gives 0.967 instead of 0.965.
    """

    dominant: float = 0.75
    """The share of articles from which a full name owns its lone surname, an expansion its acronym."""
    least_articles: int = 2
    """The articles that a full name needs to own its lone surname."""
    typed_articles: int = 3
    """The articles under one type that a name needs to be of that type under others too."""
    unexplained: int = 4
    """Articles that leave an acronym unexplained, from which on one that explains it says nothing of them."""
    rarely: int = 50
    """Of so many articles with such an acronym more than one must explain it."""


WEIGHTS = Weights()
_OF_ONE_NATION = frozenset(words("bodies that an archive has of one nation"))


@dataclass(frozen=True, slots=True)
class Form:
    """What the archive knows of a key: articles that use it as their fullest form, and its expansions."""

    key: str
    articles: int
    expansions: Mapping[str, int] = field(default_factory=dict)


def majority(articles: Mapping[str, int]) -> str | None:
    """Of the types that a name of several words stands under, by articles, the one it is of; None: each."""
    best = max(sorted(articles), key=lambda kind: articles[kind])
    enough = articles[best] >= WEIGHTS.typed_articles
    return best if enough and articles[best] >= WEIGHTS.dominant * sum(articles.values()) else None


def cluster(kind: EntityType, forms: Iterable[Form]) -> dict[str, str]:
    """From each key of one block to its entity's key; the order of the forms plays no part."""
    ordered = sorted(forms, key=lambda form: form.key)
    if kind is EntityType.PERSON:
        return _cluster_persons(ordered)
    return {form.key: _expanded(form) for form in ordered}


def _expanded(form: Form) -> str:
    """The key of the organisation that a short one stands for wherever it stands.

    An acronym means the same in other articles, if not one of many explains it as a body of another nation;
    "Council" for the Security Council does not. A short name (Quux for Quux Party, Senate) does where all
    articles agree.
    """
    longer = {k: n for k, n in form.expansions.items() if f" {form.key} " in f" {k} "}
    counts = {k: n for k, n in form.expansions.items() if k not in longer}
    if longer and not counts:
        best = max(sorted(longer), key=lambda k: (longer[k], len(k)))
        sure = best.startswith(f"{form.key} ") or form.key in _OF_ONE_NATION
        agreed = all(k.endswith(best) or best.endswith(k) for k in longer)
        return best if sure and agreed and sum(longer.values()) >= WEIGHTS.least_articles else form.key
    votes = {k: _votes(k, counts) for k in sorted(counts)}
    best = max(votes, key=lambda k: (votes[k], counts[k]), default=form.key)
    explained = sum(counts.values())
    least = max(WEIGHTS.least_articles, (explained + form.articles) // WEIGHTS.rarely)
    doubtful = form.articles >= WEIGHTS.unexplained and explained < least
    if not votes or (doubtful and _of_another_nation(best)):
        return form.key
    return best if votes[best] >= WEIGHTS.dominant * explained else form.key


def _of_another_nation(key: str) -> bool:
    """Whether a body's name begins with a people whose acronyms English news explains (the Quuxian …)."""
    country = folded_names().country_of_demonym.get(key.partition(" ")[0])
    return country is not None and country not in ("United States", "United Kingdom")


def _votes(key: str, counts: Mapping[str, int]) -> int:
    """The articles that give an acronym an expansion, or the same in the plural, longer or shorter."""
    plain = _without_plurals(key)
    others = ((f"{_without_plurals(other)} ", n) for other, n in counts.items())
    return sum(n for other, n in others if f"{plain} ".startswith(other) or other.startswith(f"{plain} "))


def _without_plurals(key: str) -> str:
    return " ".join(word.removesuffix("s") for word in key.split())


def _cluster_persons(forms: Sequence[Form]) -> dict[str, str]:
    if len(forms) == 1:
        return {forms[0].key: forms[0].key}
    full = [form for form in forms if len(core(form.key)) > 1]
    same: defaultdict[tuple[tuple[str, ...], str], list[Form]] = defaultdict(list)
    words_of = _spelled_as_one(full)
    longer: defaultdict[str, list[Form]] = defaultdict(list)
    for form in full:
        words = core(form.key)
        same[words_of[form.key], generation(form.key)].append(form)
        if len(words) > _SHORT:
            for word in dict.fromkeys(words):
                longer[word].append(form)
    owner = {
        form.key: _fullest(form, same[words_of[form.key], generation(form.key)], longer[core(form.key)[0]])
        for form in full
    }
    owner |= _of_shorter(full, owner)
    for key, top in owner.items():
        while owner[top] != top:
            top = owner[top]  # noqa: PLW2901
        owner[key] = top
    weights: defaultdict[str, int] = defaultdict(int)
    members: defaultdict[str, list[Form]] = defaultdict(list)
    for form in full:
        weights[owner[form.key]] += form.articles
        members[owner[form.key]].append(form)
    canonical = {
        head: max(group, key=lambda f: (f.articles, len(f.key.split()), f.key)).key
        for head, group in members.items()
    }
    result = {key: canonical[head] for key, head in owner.items()}
    for form in forms:
        if form.key not in result:
            which = generation(form.key)
            meant = _owners(form.key, members)
            own = {head: weights[head] for head in meant if not which or generation(head) == which}
            dominant = [
                head
                for head, n in own.items()
                if n >= WEIGHTS.least_articles and n >= WEIGHTS.dominant * sum(own.values())
            ]
            result[form.key] = canonical[dominant[0]] if dominant else form.key
    first: dict[tuple[str, str], str] = {}
    for key, found in result.items():
        if len(core(key)) == 1 and found == key:
            result[key] = first.setdefault((core(key)[0], generation(key)), key)
    return result


def _of_shorter(full: Sequence[Form], owner: Mapping[str, str]) -> dict[str, str]:
    """From initials with a surname, and from a surname that a particle opens, to the person they mean.

    Of several the dominant one; a person who is known by another first name with that initial is another.
    """
    found: dict[str, str] = {}
    for form in full:
        words = core(form.key)
        if owner[form.key] != form.key:
            continue
        if len(words[0]) == 1:
            meant = [f for f in full if f is not form and abbreviates(form.key, f.key)]
        elif len(words) == _SHORT and words[0] in PARTICLES:
            meant = [f for f in full if f is not form and is_surname_of(form.key, f.key)]
        else:
            continue
        shares: defaultdict[str, int] = defaultdict(int)
        for each in meant:
            top = each.key
            while owner[top] != top:
                top = owner[top]
            shares[top] += each.articles
        best = max(sorted(shares), key=lambda key: shares[key], default=None)
        if best is not None and best != form.key and shares[best] >= WEIGHTS.dominant * sum(shares.values()):
            found[form.key] = best
    return found


def _spelled_as_one(full: Sequence[Form]) -> dict[str, tuple[str, ...]]:
    """By each full name what makes it one with others: its words, or what romanisations of them share."""
    alike: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for form in full:
        alike[spelling(form.key), generation(form.key)].add(form.key)
    romanised = {key for keys in alike.values() if any(map(is_romanised, keys)) for key in keys}
    return {form.key: spelling(form.key) if form.key in romanised else core(form.key) for form in full}


def _owners(surname: str, members: Mapping[str, Sequence[Form]]) -> list[str]:
    """The persons whom a lone surname can mean: those who have it, else those who have another spelling."""
    word = core(surname)[-1]
    own = [head for head, group in members.items() if any(core(form.key)[-1] == word for form in group)]
    if own or not is_romanised(surname):
        return own
    return list(members)


_SHORT = 2
"""Words of the shortest full name: only a longer one can be a fuller form of another."""


def _fullest(form: Form, same: Sequence[Form], others: Sequence[Form]) -> str:
    """The key of the fullest form of a name in its block; of several that differ the dominant one.

    `same` are the forms of the same words and generation, `others` those that have its first word: a block
    of a common surname is too large for each form to be held against all.
    """
    base = max(same, key=lambda f: (len(f.key.split()), f.key))
    longer = [f for f in others if len(core(f.key)) > len(core(form.key)) and subsumes(f.key, form.key)]
    tops = [
        f
        for f in longer
        if not any(
            g is not f and subsumes(g.key, f.key) and len(core(g.key)) > len(core(f.key)) for g in longer
        )
    ]
    if not tops:
        return base.key
    distinct = {core(f.key) for f in tops}
    if len(distinct) == 1:
        return max(tops, key=lambda f: (len(f.key.split()), f.key)).key
    total = sum(f.articles for f in tops)
    best = max(tops, key=lambda f: (f.articles, f.key))
    return best.key if total and best.articles >= WEIGHTS.dominant * total else base.key
