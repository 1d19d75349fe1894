"""The mentions of an article as the user wants them: names that were added, and what is no name there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.entities.correction_store import CorrectionStore
from seedread_index.catalogue.entities.stored_mentions import Choice, StoredMention
from seedread_index.linking.article_corrections import find_quote
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import LABEL_OF_TYPE, Article, EntityType, Span, entity_type
from seedread_index.model.correction import TextQuote
from seedread_index.model.entity import fold_name

_APPLIED = "mending_added"


class _Name(NamedTuple):
    """A name that was added, and its type."""

    type: str
    text: str


class UserMentions:
    """What a file of corrections adds to the mentions of articles, and what it leaves out."""

    def __init__(self, catalogue: Catalogue, file: CorrectionsFile) -> None:
        self._catalogue = catalogue
        self._added = {
            each.name: _Name(each.type, each.name)
            for each in file.corrections
            if each.do == "add" and each.type is not None
        }
        """The names by their spelling; the last type of one counts."""
        self._pattern = _pattern_of(self._added)
        left_out: dict[str, list[TextQuote]] = {}
        for kept in file.articles:
            if kept.do == "no_name" and kept.quote is not None:
                for name in kept.articles:
                    left_out.setdefault(name.id, []).append(kept.quote)
        numbers = catalogue.numbers(left_out) if left_out else {}
        self._quotes: dict[int, list[TextQuote]] = {}
        """What is no name in an article; what was said of its copies counts as well."""
        for each, quotes in left_out.items():
            if each in numbers:
                self._quotes.setdefault(numbers[each], []).extend(quotes)

    def relink_changed(self, store: CorrectionStore) -> None:
        """Have the articles linked again where a name was added or is added no more.

        Call it in a transaction.
        """
        known = {_Name(*each) for each in json.loads(self._catalogue.meta(_APPLIED) or "[]")}
        wanted = set(self._added.values())
        if known == wanted:
            return
        store.relink((name.type, fold_name(name.text)) for name in known - wanted)
        store.relink_saying({max(name.text.split(), key=len) for name in wanted - known})
        self._catalogue.set_meta(_APPLIED, json.dumps(sorted(wanted)))

    def applied(self, number: int, article: Article, found: Sequence[StoredMention]) -> list[StoredMention]:
        """The mentions that were found in an article, with what the user has to say of them, by their place.

        An added name takes the place of what overlaps it, unless that is a longer name which it is a part of.
        """
        quotes = self._quotes.get(number, ())
        if self._pattern is None and not quotes:
            return list(found)
        places = [span for span, _ in (find_quote(article.text, quote) for quote in quotes) if span]
        kept = [_left_out(each) if _overlaps(each, places) else each for each in found]
        if self._pattern is None:
            return kept
        for match in self._pattern.finditer(article.flowing_text):
            added = self._mention(match)
            rivals = [each for each in kept if each.start < added.end and each.end > added.start]
            if _overlaps(added, places) or any(_stands_for(each, added) for each in rivals):
                continue
            kept = [_left_out(each) if each in rivals else each for each in kept]
            kept.append(added)
        return sorted(kept)

    def _mention(self, match: re.Match[str]) -> StoredMention:
        kind = EntityType(self._added[" ".join(match[0].split())].type)
        return StoredMention(*match.span(), LABEL_OF_TYPE[kind], None, Choice.ADDED)


def _pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of some names as whole words, the longest first, with any white space between their words."""
    patterns = [r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None


def _overlaps(mention: StoredMention, places: Iterable[Span]) -> bool:
    return any(mention.start < place.end and mention.end > place.start for place in places)


def _stands_for(rival: StoredMention, added: StoredMention) -> bool:
    """Whether what was found says as much as an added name, or more."""
    if rival.choice == Choice.LEFT_OUT:
        return False
    longer = rival.end - rival.start > added.end - added.start
    whole = rival.start <= added.start and rival.end >= added.end
    return whole and (longer or entity_type(rival.label) is entity_type(added.label))


def _left_out(mention: StoredMention) -> StoredMention:
    return mention._replace(choice=Choice.LEFT_OUT)
