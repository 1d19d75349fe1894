"""An article with the reasons of the rules: its draft read as a sync reads it, and with less to go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seedread_index.extract.decoding.source import DraftStream
from seedread_index.extract.draft import Draft, Reading, reading_of
from seedread_index.extract.formats.recognition import Format, Recognised
from seedread_index.extract.inferred import path_day
from seedread_index.extract.reasons import FAMILIES, OF_SITES, FieldPlace, Reason, Where
from seedread_index.extract.records.record import Fields, with_table
from seedread_index.extract.segmentation import Shape
from seedread_index.extract.segmentation.boilerplate.features import features_of
from seedread_index.model.article import Article, article_id
from seedread_index.model.explanation import ExplainedField, FieldValue
from seedread_index.text.sanitize import clean_line

FIELDS = ("title", "date", "source", "author", "url", "section")
"""The fields that are explained."""

_LONGEST_NAME = 60
_SHAPES: Mapping[Shape | None, str] = {
    Shape.NODES: "paragraphs cut into pieces",
    Shape.MARKDOWN: "written as Markdown",
    Shape.DUMP: "dumped by a text browser",
    Shape.WRAPPED: "wrapped lines",
}


@dataclass(frozen=True, slots=True, eq=False)
class FileExplanation:
    """What reading a file again says of one of its articles; without an article `note` says why.

    `reasons` are those of the article's passages, `signs` what a vocabulary found in each.
    """

    article: Article | None = None
    reasons: tuple[Reason, ...] = ()
    signs: tuple[tuple[str, ...], ...] = ()
    fields: tuple[ExplainedField, ...] = ()
    format: str | None = None
    read_as: str | None = None
    recognised_by: str | None = None
    note: str = ""


def explained(
    drafts: DraftStream, relative: bytes, salt: bytes, wanted: str, row: Fields | None
) -> FileExplanation:
    """The article of that id among a file's drafts; `row` is what a table of metadata says of the file."""
    draft, count = None, 0
    for count, each in enumerate(drafts, 1):  # noqa: B007  # counted
        if article_id(relative, each.part_id or each.part, salt) == wanted:
            draft = each
    found = drafts.found
    full = with_table(draft, row) if draft is not None and row is not None and count == 1 else draft
    reading = reading_of(full, relative) if full is not None else None
    if draft is None or full is None or reading is None:
        return FileExplanation(note=found.reason or "no longer contains this article")
    lower = [(each, less) for each in _with_less(draft) if (less := reading_of(each, relative))]
    fields = []
    for name in FIELDS:
        chosen = _value(name, full, reading)
        values = [value for each in lower if (value := _value(name, *each)) is not None]
        if name == "date" and draft.part is None and (day := path_day(relative)):
            values.append(FieldValue(day.isoformat(), "path", Where.PATH.value))
        fields.append(ExplainedField(name, chosen, tuple(_beaten(values, chosen))))
    article = replace(reading.article, id=wanted)
    signs = tuple(_signs(article, reading.reasons))
    explanation = FileExplanation(article, reading.reasons, signs, tuple(fields), note=found.reason)
    return _with_format(explanation, found.recognised, reading, main_text=draft.alone)


def _with_format(
    explanation: FileExplanation, recognised: Sequence[Recognised], reading: Reading, *, main_text: bool
) -> FileExplanation:
    """An explanation with what its file was read as, by name and in words, and by what sign."""
    if not recognised:
        return explanation
    kind, sign = recognised[0]
    words = [kind.value]
    if any(each.format is Format.COMPRESSED for each in recognised[1:]):
        words.append("compressed")
    if main_text:
        words.append("its main text alone")
    if reading.whole_page:
        words.append("a whole page")
    if reading.shape in _SHAPES and kind is not Format.MARKDOWN:
        words.append(_SHAPES[reading.shape])
    return replace(explanation, format=kind.name.lower(), read_as=", ".join(words), recognised_by=sign.value)


def _with_less(draft: Draft) -> Iterator[Draft]:
    """The draft without a table, and its text alone."""
    yield draft
    yield replace(draft, title=None, date=None, made=None, author=None, source=None, provenance=())


def _value(name: str, draft: Draft, reading: Reading) -> FieldValue | None:
    """The value of a field in a reading, and where it was read."""
    article = reading.article
    if name == "title" and article.title_inferred:
        return FieldValue(article.title, None, Where.OPENING.value)
    value, origin = {
        "title": (article.title, article.origin.title_from),
        "date": (article.date.isoformat() if article.date else None, article.date_from),
        "source": (article.source, article.origin.source_from),
        "author": (article.author, article.origin.author_from),
        "url": (article.origin.url, "table" if "url" in draft.from_table else "metadata"),
        "section": (article.origin.section, "table" if "section" in draft.from_table else "metadata"),
    }[name]
    if not value:
        return None
    return FieldValue(clean_line(value), origin, _place(name, origin, draft, reading))


def _place(name: str, origin: str | None, draft: Draft, reading: Reading) -> str:
    """The place where a field was read, in words."""
    if origin == "path":
        return Where.PATH.value
    provenance = reading.provenance if origin == "text" else draft.provenance
    of_table = origin == "table"
    places = [each for each in provenance if each.field == name and (each.where is Where.TABLE) == of_table]
    place = places[0] if places else FieldPlace(name, Where.METADATA)
    return place._replace(name=clean_line(place.name)[:_LONGEST_NAME]).words


def _beaten(values: Sequence[FieldValue], chosen: FieldValue | None) -> Iterator[FieldValue]:
    """The values that another one was preferred to, each once; no opening sentence beside a headline."""
    seen = {chosen.value.casefold()} if chosen is not None else set()
    for value in values:
        if value.value.casefold() not in seen and value.origin is not None:
            seen.add(value.value.casefold())
            yield value


def _signs(article: Article, reasons: Sequence[Reason]) -> Iterator[tuple[str, ...]]:
    """What the vocabulary of sites found in each passage that was judged by it."""
    for passage, reason in zip(article.passages, reasons, strict=True):
        found: frozenset[str] = frozenset()
        if reason in OF_SITES:
            found = features_of(" ".join(article.text[passage.start : passage.end].split())).families
        yield tuple(FAMILIES.get(name, name) for name in sorted(found))
