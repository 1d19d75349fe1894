"""What the keys of a record mean, read as words: `date_publish` and `webPublicationDate` are one."""

from __future__ import annotations

import re
from functools import lru_cache

from seedread_index.extract.segmentation.header.labels import field_of
from seedread_index.text.word_lists import listed

FIELDS = ("text", "title", "date", "author", "source", "url", "section", "lang", "id")

_EXACT = {
    "text": (
        "text articlebody body content maintext fulltext bodytext articletext contenttext plaintext rawtext"
        " story paragraphs bodyhtml contenthtml html selftext message transcript article"
        " texto cuerpo contenido noticia texte contenu corps testo contenuto corpo inhalt volltext"
        " artikeltext artikel tekst inhoud treść tresc conteúdo conteudo notícia текст содержание контент"
        " metin içerik icerik зміст النص المحتوى نص 正文 内容 內容 本文 記事本文 본문"
    ),
    "title": "title headline heading subject webtitle ogtitle",
    "author": "author authors byline creator writer by dccreator reporter journalist",
    "source": (
        "sitename site publisher publication outlet newspaper paper sourcename medianame source journal"
        " provider agency channel blog feed sourcehostname sourcedomain domain hostname host website from"
    ),
    "url": "url canonicalurl link weburl articleurl permalink uri sourceurl href address guid",
    "section": "section sectionname articlesection category categories rubric desk topic",
    "lang": "lang language locale inlanguage languagecode langcode",
    "id": "id guid uuid oid docid articleid storiesid storyid newsid postid idstr documentid entryid itemid",
}
"""Keys without case and joints, the surest first."""

_RANK = {name: {key: place for place, key in enumerate(keys.split())} for name, keys in _EXACT.items()}
WEAK_TEXTS = listed(
    "description summary abstract snippet excerpt leadparagraph lead teaser standfirst intro trailtext dek"
    " subtitle preview"
)
"""Keys of a text that only stands in for one; lists of links have it as well."""

_TEXT_WORDS = listed("text body content contents story article transcript paragraphs html fulltext")
_NO_TEXT = listed(
    "type id ids length count url uri source encoding hash format lang language rating media image images"
    " title headline status warning href alt color size class file path list dir tags tag words keywords"
    " caption credit copyright footer header menu comments comment related link links mime author date style"
)
_TITLE_WORDS = listed("title headline heading")
_TITLE_BESIDE = listed(
    "web article news story post page og main rss display doc document item original"
    " full clean text name the of seo print raw"
)
_PUBLICATION = listed(
    "publish published publishing publication pub posted post issued issue release released aired broadcast"
    " display publication pubblicazione publicacion publicación publicação publicacao parution"
)
_WHEN = listed(
    "date datetime time timestamp on at day unixtime unix utc iso gmt ts epoch seconds ms local"
    " string str datum fecha data дата stamp"
)
_ALONE = listed("published posted issued released pubdate publication")
_DATE_BESIDE = listed(
    "de di da"
    " article news story web original first the of content item doc document text online initial page source"
)
_CREATED = listed("created create creation written filed written")
_NEVER = listed(
    "modify modified modification mod update updated updating upd download downloaded scrape scraped crawl"
    " crawled crawling save saved add added expire expires expired expiry fetch fetched retrieve retrieved"
    " access accessed load loaded import imported index indexed export exported delete deleted edit edited"
    " revision revised birth end due archive archived capture captured file collected inserted insert sync"
    " last processed extracted expiration valid until"
)
_AUTHOR_BESIDE = listed("name names full display article post by dc text original string line list")
_URL_WORDS = listed("url uri link permalink href")
_URL_BESIDE = listed(
    "web canonical article story news source page post original full share self item"
    " document final resolved expanded external the link url"
)
_VOCABULARY = (
    _TEXT_WORDS
    | _TITLE_WORDS
    | _TITLE_BESIDE
    | _PUBLICATION
    | _WHEN
    | _CREATED
    | _NEVER
    | _URL_WORDS
    | listed("author byline section category site name source media language image main plain self to")
)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+|\d+")
_LONGEST_KEY = 60
LABELLED = 60
"""How surely a key names a field that is one in another language."""


@lru_cache(maxsize=4096)
def folded(key: str) -> str:
    """A key without case and joints: "date_published" and "datePublished" are one."""
    return "".join(character for character in key.casefold() if character.isalnum())


@lru_cache(maxsize=4096)
def words_of(key: str) -> tuple[str, ...]:
    """The words of a key, split at case, joints and, for names written as one word, by a small vocabulary."""
    words: list[str] = []
    for part in _PARTS.findall(key[:_LONGEST_KEY]):
        words.extend(_split(part.casefold()))
    return tuple(words)


def _split(word: str) -> list[str]:
    """A word written together, as `publishdate`, in two known ones; itself where it is not such."""
    if word not in _VOCABULARY:
        for cut in range(2, len(word) - 1):
            if word[:cut] in _VOCABULARY and word[cut:] in _VOCABULARY:
                return [word[:cut], word[cut:]]
    return [word]


@lru_cache(maxsize=4096)
def rank(field: str, key: str) -> int | None:
    """How surely a key names a field, 0 the surest; None where it does not name it."""
    exact = _RANK.get(field, {}).get(folded(key))
    if field == "date":
        return _date_rank(key)
    if exact is not None:
        return exact
    words = words_of(key)
    if not words or len(words) > 6:
        return None
    if field == "text":
        return _text_rank(key, words)
    beside = {
        "title": (_TITLE_WORDS, _TITLE_BESIDE),
        "author": (listed("author authors byline creator writer"), _AUTHOR_BESIDE),
        "url": (_URL_WORDS, _URL_BESIDE),
        "source": (listed("source publisher newspaper outlet publication media"), listed("name title")),
        "section": (listed("section category"), listed("name title article news")),
    }.get(field)
    if beside and any(word in beside[0] for word in words):
        return 50 if all(word in beside[0] or word in beside[1] for word in words) else None
    return LABELLED if field in _RANK and _labelled(key) == field else None


def _text_rank(key: str, words: tuple[str, ...]) -> int | None:
    name = folded(key)
    if name in WEAK_TEXTS:
        return 200
    if words[-1] in _TEXT_WORDS and not any(word in _NO_TEXT for word in words):
        return 100
    return 150 if _labelled(key) == "text" else None


def _date_rank(key: str) -> int | None:
    words = words_of(key)
    if not words or any(word in _NEVER for word in words):
        return None
    published = any(word in _PUBLICATION for word in words)
    when = any(word in _WHEN for word in words)
    made = any(word in _CREATED for word in words)
    if any(word not in _PUBLICATION | _WHEN | _CREATED | _DATE_BESIDE for word in words):
        return LABELLED if len(words) < 3 and _labelled(key) == "date" else None
    if published and (when or (len(words) == 1 and words[0] in _ALONE)):
        return 0
    if made:
        return 30
    if when and not published:
        return (
            10
            if {"date", "datetime", "timestamp", "day", "datum", "fecha", "data", "дата"} & set(words)
            else (20 if "time" in words or "unixtime" in words else None)
        )
    return None


def _labelled(key: str) -> str | None:
    """The field that a key in another language names, as a label at the head of a text would."""
    found = field_of(" ".join(_PARTS.findall(key[:_LONGEST_KEY])))
    return {"site": "source"}.get(found or "", found)
