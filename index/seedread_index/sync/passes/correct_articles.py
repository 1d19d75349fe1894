"""The user's corrections of articles, applied to what is stored: when it comes, and when they change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected_articles import (
    CorrectedState,
    as_read,
    corrected_states,
    forget_as_read,
    put_as_read,
    store_corrected,
)
from seedread_index.catalogue.entities.mentions import MentionStore
from seedread_index.catalogue.work_queue import portions, unmark_enriched
from seedread_index.linking.article_corrections import PASSAGE_KINDS, find_quote, written
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.article import OF_HEADER, Article, Passage, PassageKind, Span
from seedread_index.model.correction import KeptArticleCorrection
from seedread_index.model.errors import CorrectionError
from seedread_index.text.sanitize import squeeze

_BATCH, _BYTES = 200, 2_000_000


class ArticleCorrector:
    """Applies the corrections of a file; one that cannot be read changes nothing."""

    def __init__(self, catalogue: Catalogue, path: Path) -> None:
        self._catalogue = catalogue
        self._by_id: dict[str, list[KeptArticleCorrection]] = {}
        self._digests: dict[int, str] = {}
        self._readable = True
        try:
            kept = CorrectionsFile.load(path).articles
        except CorrectionError:
            self._readable = False
            return
        self._digests = {correction.line: _digest(correction) for correction in kept}
        for correction in kept:
            for name in correction.articles:
                self._by_id.setdefault(name.id, []).append(correction)

    def correct_new(self, number: int, article: Article) -> Article:
        """Correct an article that was stored just now, in the same transaction; the article as it is then."""
        if not (corrections := self._by_id.get(article.id)):
            return article
        now = self._apply(number, article, article, corrections)
        if now.passages != article.passages:
            unmark_enriched(self._catalogue, (number,))
        return now

    def catch_up(self) -> int:
        """Bring every article up to date with the corrections; how many were changed."""
        if not self._readable:
            return 0
        known = corrected_states(self._catalogue)
        if not known and not self._by_id:
            return 0
        wanted = self._wanted()
        changed = [
            number
            for number in sorted(known.keys() | wanted.keys())
            if self._digests_of(wanted.get(number, ())) != (known[number].applied if number in known else ())
        ]
        for numbers in portions(self._catalogue, changed, _BATCH, _BYTES):
            articles = self._catalogue.by_number(numbers)
            originals = as_read(self._catalogue, articles)
            with self._catalogue.transaction():
                for number, article in articles.items():
                    now = self._apply(number, article, originals.get(number, article), wanted.get(number, ()))
                    if now.passages != article.passages:
                        self._study(number, now)
                    left_out = any(each.do == "no_name" for each in wanted.get(number, ()))
                    self._mentions.relink(number, without_choices=left_out)
                self._catalogue.bump()
        return len(changed)

    def _wanted(self) -> dict[int, list[KeptArticleCorrection]]:
        """The corrections of each article, those of its exact copies too, in the order of the file."""
        by_line: dict[int, dict[int, KeptArticleCorrection]] = {}
        for found, number in self._catalogue.numbers(self._by_id).items():
            by_line.setdefault(number, {}).update((each.line, each) for each in self._by_id[found])
        return {number: [mine[line] for line in sorted(mine)] for number, mine in by_line.items()}

    def _apply(
        self, number: int, stored: Article, original: Article, corrections: Sequence[KeptArticleCorrection]
    ) -> Article:
        now, problems = corrected(original, corrections)
        if corrections:
            digests = self._digests_of(corrections)
            found = {digest: problem for digest, problem in zip(digests, problems, strict=True) if problem}
            put_as_read(self._catalogue, number, original, CorrectedState(digests, found))
        else:
            forget_as_read(self._catalogue, number)
        if now != stored:
            passages = now.passages != stored.passages
            store_corrected(self._catalogue, number, now, passages=passages)
        return now

    def _digests_of(self, corrections: Iterable[KeptArticleCorrection]) -> tuple[str, ...]:
        return tuple(self._digests[each.line] for each in corrections)

    def _study(self, number: int, article: Article) -> None:
        """Look for names again, which the kinds of passages decide about, and for what hangs on them."""
        from seedread_index.sync.ingest.worker import enrichment_of
        from seedread_index.sync.passes.annotation import refine_again
        from seedread_index.sync.passes.enrich import EnrichmentStore

        EnrichmentStore(self._catalogue).put(number, enrichment_of(article))
        refine_again(self._mentions, number, article)

    @cached_property
    def _mentions(self) -> MentionStore:
        return MentionStore(self._catalogue)


def article_problems(catalogue: Catalogue, corrections: Sequence[KeptArticleCorrection]) -> list[str]:
    """Why each of some corrections is not applied to all of its articles; empty where it is."""
    names = {name.id: name.path for each in corrections for name in each.articles}
    numbers = catalogue.numbers(names)
    states = corrected_states(catalogue)
    found = []
    for correction in corrections:
        digest = _digest(correction)
        reasons: dict[str, str] = {}
        for name in correction.articles:
            state = states.get(numbers[name.id]) if name.id in numbers else None
            if name.id not in numbers:
                reasons[name.path] = "no such article in this archive"
            elif state is None or digest not in state.applied:
                reasons[name.path] = "not applied yet: run `seedread index`"
            elif digest in state.problems:
                reasons[name.path] = state.problems[digest]
        found.append("; ".join(f"{path}: {reason}" for path, reason in reasons.items()))
    return found


def _digest(correction: KeptArticleCorrection) -> str:
    return hashlib.blake2b(written(correction).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def corrected(
    article: Article, corrections: Sequence[KeptArticleCorrection]
) -> tuple[Article, tuple[str, ...]]:
    """The article as it was read with its corrections applied in order, and for each why it is not.

    That is empty for one that is applied. The text stays as it is, and every offset with it.
    """
    problems = []
    for correction in corrections:
        article, problem = _with(article, correction)
        problems.append(problem)
    return article, tuple(problems)


def _with(article: Article, correction: KeptArticleCorrection) -> tuple[Article, str]:
    value = correction.value
    if correction.quote is not None:
        found, problem = find_quote(article.text, correction.quote)
        if found is None or correction.do == "no_name":
            return article, problem
        kind = PASSAGE_KINDS[correction.do]
        passages = with_kind(article.text, article.passages, found, kind)
        return _opening_sentence(replace(article, passages=passages)), ""
    if correction.do == "title":
        return _with_title(article, value), ""
    if correction.do == "date":
        # The time of publishing would say another day.
        origin = replace(article.origin, published=None)
        day = dt.date.fromisoformat(value) if value else None
        return replace(article, date=day, date_from="correction", origin=origin), ""
    if correction.do == "source":
        return replace(article, source=value, origin=replace(article.origin, source_from="correction")), ""
    return replace(article, author=value, origin=replace(article.origin, author_from="correction")), ""


def _with_title(article: Article, title: str | None) -> Article:
    """Another title; what the text has for a headline stays one where the words of the title are in it."""
    wanted = _folded(title or "")
    passages = tuple(
        Passage(start, end, PassageKind.BODY)
        if kind is PassageKind.TITLE and (not wanted or wanted not in _folded(article.text[start:end]))
        else Passage(start, end, kind)
        for start, end, kind in ((each.start, each.end, each.kind) for each in article.passages)
    )
    if wanted and not any(each.kind is PassageKind.TITLE for each in passages):
        passages = _with_headline(article.text, passages, wanted)
    return _opening_sentence(
        replace(
            article,
            title=title or article.title,
            title_inferred=title is None,
            passages=passages,
            origin=replace(article.origin, title_from="correction"),
        )
    )


def _with_headline(text: str, passages: tuple[Passage, ...], wanted: str) -> tuple[Passage, ...]:
    """The passages, the first that says just the title being the headline."""
    for index, each in enumerate(passages):
        short = each.end - each.start <= 2 * len(wanted) + _SLACK
        if short and _folded(text[each.start : each.end]) == wanted:
            headline = replace(each, kind=PassageKind.TITLE)
            return (*passages[:index], headline, *passages[index + 1 :])
    return passages


_SLACK = 100
"""Code points that white space and marks may add to a headline."""


def _opening_sentence(article: Article) -> Article:
    """The article with the opening sentence of its body for a title, where that stands in for a headline."""
    if not article.title_inferred:
        return article
    from seedread_index.extract.inferred import inferred_title

    seen = article.visible_text
    pieces = [(seen[each.start : each.end], each.kind) for each in article.passages]
    return replace(article, title=inferred_title(pieces))


def _folded(text: str) -> str:
    return squeeze(text).casefold()


def with_kind(text: str, passages: Sequence[Passage], wanted: Span, kind: PassageKind) -> tuple[Passage, ...]:
    """The passages with all that lies in a stretch of another kind; one that reaches beyond it is parted.

    Headline, date and byline in the same paragraph stay what they are, unless nothing else is in the stretch.
    """
    pieces: list[Passage] = []
    at = wanted.start
    inside = [each for each in passages if each.start < wanted.end and each.end > wanted.start]
    keeps = any(each.kind not in OF_HEADER for each in inside)
    for each in passages:
        if each.end <= wanted.start or each.start >= wanted.end:
            pieces.append(each)
            continue
        start, end = max(each.start, wanted.start), min(each.end, wanted.end)
        pieces += _filled(text, each.start, start, each.kind)
        pieces += _filled(text, at, start, kind)  # a stretch that was in no passage
        pieces += _filled(text, start, end, each.kind if keeps and each.kind in OF_HEADER else kind)
        pieces += _filled(text, end, each.end, each.kind)
        at = end
    pieces += _filled(text, at, wanted.end, kind)
    return tuple(sorted(pieces, key=lambda each: each.start))


def _filled(text: str, start: int, end: int, kind: PassageKind) -> Iterator[Passage]:
    """A stretch without the white space around it, where there is more in it than that."""
    words = text[start:end]
    if start < end and words.strip():
        start += len(words) - len(words.lstrip())
        yield Passage(start, start + len(words.strip()), kind)
