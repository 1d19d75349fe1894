"""The user's corrections of entities (merge, alias, split, retype, hide, add), applied to what linking found.

What cannot be applied is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.correction_store import CorrectionStore
from seedread_index.catalogue.entities.link_store import CanonicalEntity, LinkStore
from seedread_index.linking import keys
from seedread_index.linking.correction_targets import name_problem, no_such_spelling, target_of
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction
from seedread_index.model.entity import LINKED, fold_name
from seedread_index.model.errors import CorrectionError
from seedread_index.sync.passes.user_mentions import UserMentions

Apart = frozenset[tuple[EntityType | None, str]]
"""Types (None: any) and folded spellings that stand for themselves in every article."""

_APPLIED, _APART, _CONFLICTS = "mending_applied", "mending_apart", "mending_conflicts"
_TABLES = "mending_tables"


class CorrectionApplier:
    """The corrections of a file over an archive; one that cannot be read changes nothing, and is reported."""

    def __init__(self, catalogue: Catalogue, links: LinkStore, path: Path | None) -> None:
        self._catalogue = catalogue
        self._links = links
        self._problems: list[str] = []
        self._corrections_file: CorrectionsFile | None = CorrectionsFile(Path())
        if path is not None:
            try:
                self._corrections_file = CorrectionsFile.load(path)
            except CorrectionError as problem:
                self._corrections_file = None
                self._problems = [f"{path.name}: {problem.message} {problem.hint}".strip()]
            else:
                self._problems = self._corrections_file.conflicts()

    @property
    def changed(self) -> bool:
        """Whether the file says something else than what was applied last."""
        file = self._corrections_file
        if file is None:
            return False
        applied = self._catalogue.meta(_APPLIED) or CorrectionsFile(Path()).fingerprint
        return file.fingerprint != applied or file.entity_tables() != applied_tables(self._catalogue)

    def user_mentions(self) -> UserMentions | None:
        """What the file adds to the mentions of articles and leaves out; None where it cannot be read.

        Articles that this changes are marked to be linked again.
        """
        if self._corrections_file is None:
            return None
        mentions = UserMentions(self._catalogue, self._corrections_file)
        with self._catalogue.transaction():
            mentions.relink_changed(CorrectionStore(self._links))
        return mentions

    def apart(self) -> Apart:
        """The spellings to keep apart; articles that this changes are marked to be linked again."""
        known = {
            (EntityType(kind) if kind else None, folded)
            for kind, folded in json.loads(self._catalogue.meta(_APART) or "[]")
        }
        if self._corrections_file is None:
            return frozenset(known)
        wanted = _spellings_apart(self._corrections_file.corrections)
        if wanted != known:
            with self._catalogue.transaction():
                CorrectionStore(self._links).relink(wanted ^ known)
                report = sorted([kind or "", folded] for kind, folded in wanted)
                self._catalogue.set_meta(_APART, json.dumps(report))
        return frozenset(wanted)

    def apply(self) -> None:
        """Apply the corrections to the automatic links, in order, and note what does not fit."""
        problems = list(self._problems)
        if self._corrections_file is not None:
            store = CorrectionStore(self._links)
            before = store.uncorrect()
            for correction in self._corrections_file.corrections:
                if problem := _apply(store, correction):
                    problems.append(f"line {correction.line} ({correction}): {problem}")
            store.touch_changes(before)
            self._catalogue.set_meta(_APPLIED, self._corrections_file.fingerprint)
            self._catalogue.set_meta(_TABLES, self._corrections_file.entity_tables())
        self._catalogue.set_meta(_CONFLICTS, json.dumps(problems))


def applied_tables(catalogue: Catalogue) -> str:
    """The corrections of entities that were applied last, as the tables of a file of them."""
    return str(catalogue.meta(_TABLES) or "")


def _spellings_apart(corrections: Iterable[Correction]) -> set[tuple[EntityType | None, str]]:
    """Type (None: any) and folded spelling of what must not take another name's entity inside an article."""
    return {(c.type, fold_name(c.name)) for c in corrections if c.do in ("alias", "split")}


def problems(catalogue: Catalogue) -> list[str]:
    """What of the corrections did not fit when they were applied last, in words."""
    return list(json.loads(catalogue.meta(_CONFLICTS) or "[]"))


def canonical_entity(kind: EntityType, key: str) -> CanonicalEntity:
    """The entity that is founded on a key."""
    country = keys.country_of(kind, key)
    return CanonicalEntity(
        keys.entity_id(kind, key),
        kind.value,
        key,
        keys.display_name(kind, key),
        keys.entity_id(EntityType.PLACE, country) if country else None,
    )


def _apply(store: CorrectionStore, correction: Correction) -> str:
    """Apply one correction; why not, where it does not fit this archive."""
    if correction.do in ("alias", "split"):
        return _apply_to_spelling(store, correction)
    if correction.do == "add":
        spelled = store.spelled(fold_name(correction.name), correction.type)
        return "" if spelled else no_such_spelling(correction.name)
    source, problem = _find(store, correction.name, correction.type)
    if source is None:
        return problem
    if correction.do == "hide":
        store.hide(source)
    elif correction.do == "retype" and correction.to is not None:
        kind, key = store.canonical(source)
        if kind != correction.to:
            store.move(source, store.entity(canonical_entity(correction.to, key)))
    elif correction.do == "merge":
        target, problem = target_of(partial(_find, store), correction)
        if target is None:
            return problem
        store.move(source, target)
    return ""


def _apply_to_spelling(store: CorrectionStore, correction: Correction) -> str:
    """Give every name spelled so (case and diacritics aside) to another entity, or to one of its own."""
    rows = store.spelled(fold_name(correction.name), correction.type)
    if not rows:
        return no_such_spelling(correction.name)
    if correction.do == "alias":
        target, problem = target_of(partial(_find, store), correction)
        if target is None:
            return problem
        store.give([number for number, _, _ in rows], target)
        return ""
    for number, kind, key in rows:
        own = canonical_entity(EntityType(kind), key)
        store.give([number], store.entity(own._replace(id=keys.entity_id(EntityType(kind), f"{key}\0apart"))))
    return ""


def _find(store: CorrectionStore, name: str, kind: EntityType | None) -> tuple[int | None, str]:
    """The entity that goes by a name: by its key or its shown name; else why there is none."""
    kinds = [each for each in EntityType if each in LINKED and kind in (None, each)]
    found = store.called([(each.value, keys.key_of(each, name)) for each in kinds], fold_name(name))
    problem = name_problem(name, kind, len(found))
    return None if problem else found[0], problem
