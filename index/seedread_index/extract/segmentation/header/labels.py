"""A block of labelled lines before the text: SOURCE: …, TITLE: …, PUBLISHED: …."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from seedread_index.extract.reasons import Reason
from seedread_index.extract.segmentation.header.date_lines import find_date
from seedread_index.extract.segmentation.words import word_set
from seedread_index.model.article import Passage
from seedread_index.text.sanitize import squeeze

_LINE = re.compile(
    r"[ \t]*(?:[#>*_-]+[ \t]*)?"
    r"(?:\[(?P<bracketed>[^\W\d_][^\n\]:=]{1,28})\][ \t]*:?"
    r"|(?P<label>[^\W\d_][\w /-]{1,28}?(?:\(s\))?)[*_ \t]*[:=：])"
    r"[*_]*[ \t]*(?P<value>[^\n]*)(?:\n|$)"
)
_CAPITALS = re.compile(r"[ \t]*(?P<label>[A-Z]{3,14})[ \t]+(?P<value>\S[^\n]*)(?:\n|$)")
_FENCE = re.compile(r"[ \t]*(?:-{3,}|={3,}|\+{3})[ \t]*(?:\n|$)")
_PARTS = re.compile(r"[^\W\d_]+")
_FIELDS = {
    "fetched": "retrieved crawled accessed load loaded scraped fetched downloaded exported saved archived",
    "updated": "updated modified",
    "other": (
        "url link uri permalink id guid lang language locale section category categories tag tags topic"
        " topics keywords country region place location words wordcount count length type format edition desk"
        " slug copyright summary description page rights licence license to an cc bcc para"
        " database accession issn pages readability lexile measure publisher document number"
    ),
    "date": (
        "date published pubdate posted datetime time timestamp created issued day dated fecha datum data дата"
        " tarih tarihi التاريخ 日期 日付 날짜 veröffentlicht publié publicado pubblicato опубликовано"
        " gesendet envoyé enviado inviato verzonden"
        " publicación publicação pubblicazione parution erschienen erscheinungsdatum veröffentlichungsdatum"
        " publikationsdatum publicatiedatum publikacji публикации"
        " 发布时间 發布時間 发布日期 发表时间 公開日 公開日時 掲載日 작성일 게시일 등록일"
    ),
    "author": "author authors byline au by writer reporter creator autor auteur автор yazar autore 作者 记者"
    " verfasser verfasserin 記者 著者 기자 الكاتب",
    "title": "title headline head subject heading ti titre titolo título titulo titel überschrift titular"
    " заголовок betreff objet asunto oggetto onderwerp assunto"
    " başlık 标题 標題 العنوان",
    "source": (
        "source publisher outlet publication newspaper paper agency feed origin medium provider"
        " fuente quelle fonte источник kaynak 来源 來源 المصدر"
        " medio média zeitung giornale journal krant gazeta testata издание sitio 媒体 媒體 出处 언론사"
    ),
    "site": "site website from name von",
    "text": "text body content article story fulltext",
}
"""The words of labels by field; a label of several words is of the first field here that it has a word of."""

_OF = {word: name for name, words in _FIELDS.items() for word in words.split()}
_RANK = {name: place for place, name in enumerate(_FIELDS)}
_QUALIFIERS = word_set("label_qualifiers")
_NAMED = frozenset({"title", "date", "source", "site"})
_MOST_LINES = 20
_LONGEST_VALUE = 400
_SOLID = re.compile(r"\S")
_MAILBOX = re.compile(r" ?<[^<>@\s]+@[^<>@\s]+>$")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labelled lines at a text's head; `end` is where the text after them begins."""

    title: str | None
    date: dt.date | None
    source: str | None
    author: str | None
    passages: tuple[Passage, ...]
    reasons: tuple[Reason, ...]
    end: int


NO_LABELS = Labels(None, None, None, None, (), (), 0)


def field_of(label: str) -> str | None:
    """The field that a label names: every word of it must be of a field, or only qualify another word."""
    words = _PARTS.findall(label.casefold())
    known = [_OF[word] for word in words if word in _OF]
    if not known or any(word not in _OF and word not in _QUALIFIERS for word in words):
        joined = _OF.get("".join(words))
        return joined if joined or len(words) != 1 else _OF.get(_unjoined(words[0]))
    return min(known, key=_RANK.__getitem__)


def _unjoined(word: str) -> str:
    """A label written as one word, as `publisheddate`, without what only qualifies it."""
    for part in ("date", "time", "name"):
        if word.endswith(part) and word[: -len(part)] in (_OF.keys() | _QUALIFIERS):
            return part if part != "name" else word[: -len(part)]
    for part in _QUALIFIERS:
        if word.startswith(part) and word[len(part) :] in _OF:
            return word[len(part) :]
    return word[: -len("on")] if word.endswith("on") else word


def read_labels(text: str, start: int) -> Labels | None:
    """The block at `start`: two labelled lines, one of them a title, date or source; or a single title."""
    first = _SOLID.search(text, start)
    if first is None:
        return None
    lines: list[tuple[str, re.Match[str]]] = []
    fences: list[re.Match[str]] = []
    position = first.start()
    if fence := _FENCE.match(text, position):
        fences.append(fence)
        position = fence.end()
    while len(lines) < _MOST_LINES and (labelled := _labelled(text, position)):
        name, match = labelled
        if len(match["value"]) > _LONGEST_VALUE or (name == "text" and not lines):
            break
        lines.append((name, match))
        position = _solid_from(text, match.end())
        if name == "text":
            position = match.start("value")
            break
    names = {name for name, _ in lines}
    single = names == {"title"} and len(lines) == 1 and lines[0][1].re is _LINE
    if not single and (len(lines) < 2 or not names & _NAMED):
        return None
    if lines[-1][0] != "text":
        position = lines[-1][1].end()
    if fences and (fence := _FENCE.match(text, position)):
        fences.append(fence)
        position = fence.end()
    values = {name: squeeze(match["value"]) for name, match in reversed(lines)}
    found = [passage for name, match in lines for passage in _passages(name, match, position)]
    found.extend(
        (fence.start(), fence.start() + len(fence[0].rstrip()), Reason.RULE_LINE) for fence in fences
    )
    found.sort(key=lambda each: each[0])
    date = find_date(values.get("date") or values.get("updated") or "")[0]
    source = _MAILBOX.sub("", values.get("source") or values.get("site") or "")
    name, _, behind = source.partition(";")
    if day := find_date(behind)[0]:
        source, date = name, date or day
    return Labels(
        values.get("title") or None,
        date,
        source or None,
        values.get("author") or None,
        tuple(Passage(start, end, reason.kind) for start, end, reason in found),
        tuple(reason for _, _, reason in found),
        position,
    )


def _labelled(text: str, position: int) -> tuple[str, re.Match[str]] | None:
    """The field and the parts of a line labelled with a colon, in brackets, or by a word in capitals."""
    match = _LINE.match(text, position)
    if match and (name := field_of(match["bracketed"] or match["label"])):
        return name, match
    match = _CAPITALS.match(text, position)
    return (name, match) if match and (name := field_of(match["label"])) else None


def _solid_from(text: str, position: int) -> int:
    """Where the line of the next character that is not blank begins: labelled lines may stand apart."""
    solid = _SOLID.search(text, position)
    return max(position, text.rfind("\n", 0, solid.start()) + 1) if solid else position


def _passages(name: str, match: re.Match[str], stop: int) -> list[tuple[int, int, Reason]]:
    """The passages of one labelled line: a title and a date are set apart from their labels."""
    reason = {
        "title": Reason.LABELLED_TITLE,
        "date": Reason.LABELLED_DATE,
        "fetched": Reason.LABELLED_DATE,
        "updated": Reason.LABELLED_DATE,
        "source": Reason.LABELLED_SOURCE,
        "site": Reason.LABELLED_SOURCE,
        "author": Reason.LABELLED_AUTHOR,
    }.get(name, Reason.LABEL)
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    value_start = match.start("value")
    label_end = start + len(match.string[start:value_start].rstrip())
    if value_start >= stop:
        return [(start, label_end, Reason.LABEL)]
    value_end = value_start + len(match["value"].rstrip())
    if name not in {"title", "date"} or value_end == value_start:
        return [(start, max(value_end, label_end), reason)]
    return [
        (start, label_end, Reason.LABEL),
        (value_start, value_end, reason),
    ]
