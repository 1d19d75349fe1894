"""Mentions to entities: each article's names first, then the blocks of the archive that they touch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities import similar_names
from seedread_index.catalogue.entities.correction_store import count_touched
from seedread_index.catalogue.entities.link_store import Change, FormRow, LinkStore, NameRow, NameUse
from seedread_index.catalogue.entities.stored_mentions import Choice, StoredMention
from seedread_index.linking import clustering, keys, within_article
from seedread_index.model.article import Article, EntityType, Mention, PassageKind, Span
from seedread_index.ner.date_mentions import looks_ahead, resolve
from seedread_index.sync.passes.correct_entities import Apart, CorrectionApplier, canonical_entity
from seedread_index.text.dates import Period

_BATCH = 200
_MANY = 20_000
"""Names, of which more are not linked in one commit: some 20 MB of the catalogue change with them."""

_UNCOUNTED = (PassageKind.BOILERPLATE, PassageKind.CREDIT)


def link_pending(
    catalogue: Catalogue, corrections_file: Path | None, cancelled: Callable[[], bool] = lambda: False
) -> int:
    """Link every article whose mentions are new, and all that this changes; how many articles were linked."""
    store = LinkStore(catalogue)
    applier = CorrectionApplier(catalogue, store, corrections_file)
    apart = applier.apart()
    user_mentions = applier.user_mentions()
    done = 0
    while not cancelled():
        with catalogue.transaction():
            waiting = store.unlinked(_BATCH)
            articles = catalogue.by_number(number for number, _ in waiting)
            for number, found in waiting:
                article = articles[number]
                mentions = user_mentions.applied(number, article, found) if user_mentions else found
                store.put_names(number, mentions, *_names_of(article, mentions, apart))
        if not waiting:
            break
        done += len(waiting)
    if store.dirty() or applier.changed:
        # Few names are linked in one commit; many would all be held until it, and have one for each part.
        with nullcontext() if store.dirty(_MANY) else catalogue.transaction():
            _link_archive(catalogue, store, applier)
    return done


def _link_archive(catalogue: Catalogue, store: LinkStore, applier: CorrectionApplier) -> None:
    """Link the blocks that have changed and count what this touches, part by part; what is stopped between
    two of them is done again by the next linking."""
    with catalogue.transaction():
        store.begin()
    for blocks in store.blocks(EntityType.PERSON.value, EntityType.ORG.value):
        with catalogue.transaction():
            store.assign(_changes(blocks))
    with catalogue.transaction():
        store.assign(_by_majority(catalogue))
        applier.apply()
    count_touched(catalogue)


def _changes(blocks: Iterable[tuple[str, Sequence[FormRow]]]) -> list[Change]:
    """The keys of the touched blocks that belong to other entities now, from what the whole archive says."""
    changes = []
    for kind, rows in blocks:
        forms = [clustering.Form(row.key, row.articles, row.expansions) for row in rows if row.articles]
        canonicals = clustering.cluster(EntityType(kind), forms)
        for row in rows:
            canonical = canonicals.get(row.key)
            wanted = canonical_entity(EntityType(kind), canonical) if canonical is not None else None
            if row.entity != (wanted.id if wanted else None) or (wanted and not row.settled):
                changes.append(Change(kind, row.key, row.entity, wanted))
    return changes


def _by_majority(catalogue: Catalogue) -> list[Change]:
    """The names of several words that go to the entity of another type: the one they mostly have."""
    changes = []
    connection = catalogue.connection()
    for key, rivals in similar_names.rivals(connection):
        articles = {rival.type: rival.articles for rival in rivals}
        if (kind := clustering.majority(articles)) is None:
            continue
        (owner,) = (rival for rival in rivals if rival.type == kind)
        wanted = canonical_entity(EntityType(kind), owner.entity_key)
        for rival in rivals:
            if rival.entity != owner.entity:
                named = (
                    similar_names.names_of(connection, rival.entity)
                    if rival.entity_key == key
                    else [(rival.type, key)]
                )
                changes += [Change(*each, rival.entity, wanted) for each in named]
    return changes


def _names_of(
    article: Article, stored: Sequence[StoredMention], apart: Apart
) -> tuple[list[NameRow | None], list[NameUse]]:
    """The fullest form for each mention of an article, and how often each name stands for which."""
    text = article.flowing_text
    mentions = [
        Mention(each.start, each.end, text[each.start : each.end], each.label)
        for each in stored
        if each.choice != Choice.LEFT_OUT
    ]
    borders = [border for p in article.of_kind(*_UNCOUNTED) for border in (p.start, p.end)]
    report = _dates_by_line(article, text, mentions)
    heads: list[NameRow | None] = []
    uses: dict[tuple[NameRow, NameRow], _Use] = {}
    for mention, pair in zip(mentions, within_article.canonical_names(mentions, apart, text), strict=True):
        if pair is None:
            heads.append(None)
            continue
        name, head = (_row(side) for side in pair)
        heads.append(head)
        if (use := uses.get((name, head))) is None:
            use = uses[name, head] = _Use()
        # Passages are disjoint: an odd number of borders before a place lies inside one of them.
        use.counted += bisect_right(borders, mention.start) % 2 == 0
        use.total += 1
        if report and (periods := report.get(_line(text, mention.start))):
            use.periods += periods
    of_shown = iter(heads)
    return [None if each.choice == Choice.LEFT_OUT else next(of_shown) for each in stored], [
        NameUse(
            name,
            head,
            use.counted,
            use.total,
            str(min(p.first for p in use.periods)) if use.periods else None,
            str(max(p.last for p in use.periods)) if use.periods else None,
        )
        for (name, head), use in uses.items()
    ]


@dataclass(slots=True)
class _Use:
    """What is gathered of a name in one article."""

    counted: int = 0
    total: int = 0
    periods: list[Period] = field(default_factory=list)


def _dates_by_line(article: Article, text: str, mentions: Sequence[Mention]) -> dict[int, list[Period]]:
    """The dates told in each line (by its start), the article's own dateline left out."""
    own = [Span(p.start, p.end) for p in article.of_kind(PassageKind.DATE)]
    report: dict[int, list[Period]] = {}
    for mention in mentions:
        if mention.label == "DATE" and not any(p.start <= mention.start < p.end for p in own):
            period = resolve(mention.text, article.date, ahead=looks_ahead(text, mention.start))
            if period is not None:
                report.setdefault(_line(text, mention.start), []).append(period)
    return report


def _line(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


@lru_cache(maxsize=20_000)
def _row(name: within_article.Name) -> NameRow:
    text = " ".join(name.text.split())
    return NameRow(name.type.value, text, name.key, keys.block_of(name.type, name.key))
