"""Citations of articles: CSL-JSON 1.0.2, RIS and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from seedread_index.model.article import Article, authors_of
from seedread_index.model.entity import fold_name
from seedread_index.text.sanitize import squeeze

_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ten",
    "ter", "van", "von",
})  # fmt: skip
"""Small words that begin a family name."""
_UNDETERMINED = "und"
"""ISO 639 for a language that is not known."""
_MOST_WORDS = 4
"""A name of more words is not taken apart."""
_COLLECTIVE = re.compile(
    r"\b(?:agenc\w+|associated|bureau|correspondents?|desk|editors?|news|office|press|reporters?|service|"
    r"staff|team|times|writers?|AFP|AP|BBC|CNN|DPA|EFE|Reuters|TASS|Xinhua)\b",
    re.IGNORECASE,
)
"""What names of desks and agencies have in them."""
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts an escaped brace as one that must be closed
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIBTEX_SPECIAL = re.compile("[" + re.escape("".join(_BIBTEX)) + "]")
_KEY = re.compile(r"[^a-z0-9]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def csl_json(articles: Iterable[Article]) -> str:
    """The articles as a JSON array of CSL items."""
    items = [_csl_item(article) for article in articles]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def ris(articles: Iterable[Article]) -> str:
    """The articles in the format of Research Information Systems, type NEWS; lines end as it asks, CR LF."""
    return "".join(
        "".join(f"{tag}  - {squeeze(value)}\r\n" for tag, value in _ris_fields(article)) + "ER  - \r\n\r\n"
        for article in articles
    )


def bibtex(articles: Iterable[Article]) -> str:
    """The articles as BibTeX in UTF-8; what TeX takes for commands is escaped."""
    taken: set[str] = set()
    return "\n".join(_bibtex_entry(article, taken) for article in articles)


def _csl_item(article: Article) -> dict[str, Any]:
    item: dict[str, Any] = {"id": article.id, "type": "article-newspaper", "title": article.title}
    if article.author:
        item["author"] = [_csl_name(name) for name in authors_of(article.author)]
    if article.date:
        item["issued"] = {"date-parts": [[article.date.year, article.date.month, article.date.day]]}
    optional = {
        "container-title": article.source,
        "section": article.origin.section,
        "URL": article.origin.url,
        "language": article.lang if article.lang != _UNDETERMINED else None,
        "note": article.path,
    }
    return item | {name: squeeze(value) for name, value in optional.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    given, family = name_parts(name)
    return {"family": family, "given": given} if given else {"literal": family}


def _ris_fields(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", article.id
    yield "TI", article.title
    for name in authors_of(article.author):
        given, family = name_parts(name)
        yield "AU", f"{family}, {given}" if given else family
    if article.source:
        yield "T2", article.source
    if article.date:
        yield "PY", str(article.date.year)
        yield "DA", article.date.strftime("%Y/%m/%d/")
    if article.origin.section:
        yield "SE", article.origin.section
    if article.origin.url:
        yield "UR", article.origin.url
    if article.lang != _UNDETERMINED:
        yield "LA", article.lang
    yield "N1", article.path


def _bibtex_entry(article: Article, taken: set[str]) -> str:
    names = authors_of(article.author)
    fields = {"title": f"{{{_tex(article.title)}}}"}
    if names:
        fields["author"] = " and ".join(_bibtex_name(name) for name in names)
    if article.source:
        fields["journal"] = _tex(article.source)
    if article.date:
        fields["year"] = str(article.date.year)
        fields["month"] = _MONTHS[article.date.month - 1]
        fields["date"] = article.date.isoformat()
    if article.origin.url:
        fields["url"] = _address(article.origin.url)
    fields["note"] = _tex(article.path)
    kind = "article" if article.source else "misc"
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{_key(article, names, taken)},", *lines, "}", ""])


def _bibtex_name(name: str) -> str:
    given, family = name_parts(name)
    return f"{_tex(family)}, {_tex(given)}" if given else f"{{{_tex(family)}}}"


def _tex(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda match: _BIBTEX[match[0]], squeeze(text))


def _address(url: str) -> str:
    """An address in a field that is read as it stands; a brace would end it."""
    return squeeze(url).replace("{", "%7B").replace("}", "%7D")


def _key(article: Article, names: list[str], taken: set[str]) -> str:
    """A key of family name, year and the first long word of the title, with a number where it is taken."""
    family = name_parts(names[0])[1] if names else article.source or "anon"
    words = [word for word in fold_name(article.title).split() if len(word) > 3]
    year = str(article.date.year) if article.date else ""
    base = _KEY.sub("", fold_name(family))[:20] + year + _KEY.sub("", words[0] if words else "")[:20]
    key, number = base or article.id, 1
    while key in taken:
        number += 1
        key = f"{base or article.id}-{number}"
    taken.add(key)
    return key


def name_parts(name: str) -> tuple[str, str]:
    """The given and the family name; "" and the whole where it is no name of a person as it seems."""
    words = squeeze(name).split()
    if not 2 <= len(words) <= _MOST_WORDS or _COLLECTIVE.search(name) or not words[-1][:1].isalpha():
        return "", " ".join(words)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
