"""Correcting entities and articles: a change of the user's file under the write lock, applied at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import get_args

from seedread_index.archive_folder import DEFAULT_ENGINE, ArchiveFolder
from seedread_index.catalogue.catalogue import Catalogue
from seedread_index.catalogue.corrected_articles import names_of
from seedread_index.linking.article_corrections import QUOTED, quote_at
from seedread_index.linking.corrections_file import CorrectionsFile
from seedread_index.model.correction import (
    ArticleCorrection,
    Correction,
    CorrectionKind,
    CorrectionResult,
    KeptArticleCorrection,
    ListedCorrection,
)
from seedread_index.model.errors import CorrectionError, ForeignError
from seedread_index.sync.corrected_copy import CorrectedCopy
from seedread_index.sync.ingest.indexer import FullTextIndexer, engine_of
from seedread_index.sync.passes.correct_articles import ArticleCorrector, article_problems
from seedread_index.sync.passes.correct_entities import problems
from seedread_index.sync.passes.link import link_pending
from seedread_index.sync.passes.quote import quote_pending


def add(
    folder: ArchiveFolder, corrections: Sequence[Correction | ArticleCorrection], *, wait: float | None
) -> CorrectionResult:
    """Add corrections, all or none of them. Raises LockedError, and CorrectionError where one is wrong.

    Of another account's archive entities and mentions can be corrected, for the user alone; ForeignError is
    raised for what else is asked.
    """
    foreign = folder.owner()
    if foreign and any(each.do not in ("no_name", *get_args(CorrectionKind)) for each in corrections):
        raise ForeignError(foreign)

    def change(file: CorrectionsFile, catalogue: Catalogue) -> str:
        made = []
        for correction in corrections:
            if isinstance(correction, Correction):
                made.append(str(file.add(correction)))
            else:
                made.append(str(file.add_article(_kept(catalogue, correction))))
        return "; ".join(made)

    return _change(folder, change, wait)


def undo(
    folder: ArchiveFolder, articles: Collection[str] = (), *, wait: float | None
) -> CorrectionResult | None:
    """Undo the last correction, or the last one of any of some articles; None where there is none."""

    def change(file: CorrectionsFile, catalogue: Catalogue) -> str:
        numbers = catalogue.numbers(articles).values()
        undone = file.undo([*articles, *(name.id for name in names_of(catalogue, numbers))])
        return str(undone) if undone else ""

    corrected = _change(folder, change, wait)
    return corrected if corrected.correction else None


def listed(folder: ArchiveFolder, catalogue: Catalogue) -> tuple[ListedCorrection, ...]:
    """The corrections of articles in the order of the file. Raises CorrectionError for a wrong file."""
    kept = CorrectionsFile.load(folder.corrections).articles
    found = article_problems(catalogue, kept)
    return tuple(ListedCorrection(each, problem) for each, problem in zip(kept, found, strict=True))


def _change(
    folder: ArchiveFolder, change: Callable[[CorrectionsFile, Catalogue], str], wait: float | None
) -> CorrectionResult:
    """Change the user's file and apply it: to the archive, or to the user's copy of somebody else's."""

    def change_file(catalogue: Catalogue) -> str:
        file = CorrectionsFile.load(folder.corrections)
        if correction := change(file, catalogue):
            file.save()
        return correction

    if folder.owner() is not None:
        return CorrectionResult(*CorrectedCopy(folder).change(change_file))
    with folder.writing(wait) as index:
        catalogue = index.catalogue
        correction = change_file(catalogue)
        file = CorrectionsFile.load(folder.corrections)
        if ArticleCorrector(catalogue, folder.corrections).catch_up():
            indexer = FullTextIndexer(
                catalogue, engine_of(catalogue, folder, DEFAULT_ENGINE), folder.fulltext, processes=1
            )
            try:
                indexer.catch_up()
            finally:
                indexer.close()
        link_pending(catalogue, folder.corrections)
        quote_pending(catalogue, older=False)
        of_articles = zip(file.articles, article_problems(catalogue, file.articles), strict=True)
        found = [f"line {each.line} ({each}): {problem}" for each, problem in of_articles if problem]
        return CorrectionResult(correction, (*problems(catalogue), *found))


def _kept(catalogue: Catalogue, correction: ArticleCorrection) -> KeptArticleCorrection:
    """A correction as the file keeps it. Raises CorrectionError."""
    numbers = catalogue.numbers(correction.articles)
    for wanted in correction.articles:
        if wanted not in numbers:
            raise CorrectionError(f"no such article: {wanted}", "seedread list shows all")
    if not numbers:
        raise CorrectionError("no article given", "give paths or ids of articles")
    names = tuple(names_of(catalogue, dict.fromkeys(numbers[each] for each in correction.articles)))
    span = correction.span
    if correction.do not in QUOTED:
        return KeptArticleCorrection(correction.do, names, correction.value)
    if span is None or len(set(numbers.values())) != 1:
        raise CorrectionError("a passage belongs to one article", "give one article, and the offsets in it")
    article = catalogue.by_number(numbers.values())[next(iter(numbers.values()))]
    quote = quote_at(article.text, span)
    return KeptArticleCorrection(correction.do, names, quote=quote)
