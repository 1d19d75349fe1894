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
        " story paragraphs bodyhtml contenthtml html selftext message transcript article contentencoded"
        " texto cuerpo contenido noticia texte contenu corps testo contenuto corpo inhalt volltext"
        " artikeltext artikel tekst inhoud treść tresc conteúdo conteudo notícia текст содержание контент"
        " metin içerik icerik зміст النص المحتوى نص 正文 内容 內容 本文 記事本文 본문"
    ),
    "title": "title headline heading subject webtitle ogtitle headlines titles",
    "author": (
        "author authors byline bylines creator writer by dccreator reporter journalist publishedby writtenby"
    ),
    "source": (
        "sitename site publisher publication outlet newspaper paper sourcename medianame source journal"
        " provider agency channel blog feed origin containertitle publicationtitle pubtitle"
        " sourcehostname"
        " sourcedomain domain hostname host website from"
    ),
    "url": (
        "url canonicalurl link weburl articleurl permalink uri sourceurl href address guid canonical"
        " alternate"
    ),
    "section": (
        "section sectionname articlesection category categories rubric desk topic"
        " rubrik ressort rubrique rubriek sección seccion seção secao sezione categoría categoria kategorie"
        " kategoria рубрика раздел"
    ),
    "lang": "lang language locale inlanguage languagecode langcode",
    "id": "id guid uuid oid docid articleid storiesid storyid newsid postid idstr documentid entryid itemid",
}
"""Keys without case and joints, the surest first."""

_RANK = {name: {key: place for place, key in enumerate(keys.split())} for name, keys in _EXACT.items()}
WEAK_TEXTS = listed(
    "description summary abstract snippet excerpt"
    " leadparagraph lede lead teaser standfirst intro trailtext dek"
    " subtitle preview abstractnote"
)
"""Keys of a text that only stands in for one; lists of links have it as well."""

PIECES = listed("sections pages sentences segments chapters parts blocks elements lines passages")
"""Keys of a list that is a text in pieces, where these are no articles of their own."""

_TEXT_WORDS = listed(
    "text body content contents story article transcript paragraphs html copy fulltext"
    " texto cuerpo contenido texte contenu corps testo contenuto corpo inhalt tekst inhoud treść tresc"
    " conteúdo conteudo текст содержание метин içerik icerik"
)
_FORMS = listed(
    "raw clean cleaned plain full nitf xhtml md markdown rendered encoded value processed basic main original"
    " default elements blocks runs nodes paragraphs unicode utf8"
)
"""What the key of a text ends in that says in which form it is: `body_nitf`, `content_elements`."""

LANGUAGES = listed(
    "en de fr es it pt nl pl ru uk ar zh ja ko tr sv da no nb fi cs hu ro el he fa hi id vi th us"
)
_SHORT = {
    "txt": "text",
    "hed": "headline",
    "hdline": "headline",
    "headln": "headline",
    "dt": "date",
    "pubdt": "pubdate",
    "tstamp": "timestamp",
    "src": "source",
    "desc": "description",
}
"""Words of keys that are written short."""

_NO_TEXT = listed(
    "type id ids length count url uri source encoding hash format lang language rating media image images"
    " title headline status warning href alt color size class file path list dir tags tag words keywords"
    " caption credit copyright footer header menu comments comment related link links mime author date style"
)
_TITLE_WORDS = listed("title headline heading headlines titles") | listed(
    "titel titre titulo título titolo titular titulaire manchete manchette überschrift ueberschrift"
    " schlagzeile заголовок tytuł tytul başlık baslik rubrikk overskrift otsikko"
    " 見出し タイトル 題名 제목 헤드라인 新闻标题 新聞標題 文章标题"
)
_BESIDE = listed(
    "artikel artikels artículo articulo artigo articolo noticia notícia noticias nota nouvelle notizia"
    " am op dnia nachricht meldung beitrag bericht статьи новости wiadomości haber"
    " de del du da do der des la le el il das die van dc dcterms tika metadata 8601"
)
"""What stands in a key beside the word of its field: `titulo_noticia` is the title of an article."""

_TITLE_BESIDE = _BESIDE | listed(
    "web article news story post page og main rss display doc document item original resolved default basic"
    " full clean text name the of seo print raw h1 h headline title"
)
_PUBLICATION = listed(
    "publish published publishing publication pub posted post issued issue release released aired air"
    " broadcast display live launch launched pubblicazione publicacion publicación publicação"
    " publicacao parution veröffentlicht erschienen publié publicado pubblicato opublikowano gepubliceerd"
)
_WHEN = listed(
    "date datetime time timestamp on at day unixtime unix utc iso gmt ts epoch seconds ms local"
    " string str datum fecha data дата stamp sec secs second msec millis milliseconds us usec usecs micros"
    " microseconds ns nanos parsed when"
)
_CLOCKS = listed("ts unix epoch when ms unixtime")
"""Keys that name a time alone."""

_ALONE = listed(
    "published posted issued released pubdate publication"
    " veröffentlicht erschienen publié publicado pubblicato opublikowano gepubliceerd"
)
_DATE_BESIDE = _BESIDE | listed(
    "di dc dcterms og estimated raw print edition version go"
    " article news story web original first the of content item doc document text online initial page source"
)
_CREATED = listed("created create creation written filed")
_NEVER = listed(
    "modify modified modification mod update updated updating upd download downloaded scrape scraped crawl"
    " crawled crawling save saved add added expire expires expired expiry fetch fetched retrieve retrieved"
    " access accessed load loaded import imported index indexed export exported delete deleted edit edited"
    " revision revised birth end due archive archived capture captured file collected inserted insert sync"
    " last processed extracted expiration valid until"
)
_AUTHOR_BESIDE = listed(
    "name names full display article articles post story stories news by dc text original string line list"
)
_SOURCE_WORDS = listed("source publisher newspaper outlet publication media channel account journal magazine")
_URL_WORDS = listed("url uri link permalink href")
_URL_BESIDE = listed(
    "web canonical article story news source page post original full share self item"
    " document final resolved expanded external the link url requested responded response request given input"
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
    | listed(
        "author byline section category site name source media language image main plain self to"
        " first version"
    )
)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+|\d+")
_NOTE = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
"""What is said of a column behind its name: "Date (YYYY-MM-DD)"."""
_LONGEST_KEY = 60
_OF_SOLR = listed("t s ss ts")
"""What a key of Solr ends in that says what type its values are: `title_t`."""
STRINGS = 190
"""How surely a key of a string is a text, if nothing else is; objects under it hold articles."""
OF_WORDS, _LABELLED = 50, 60
"""How surely a key names a field by its words, and by being a label of it in another language."""


@lru_cache(maxsize=4096)
def folded(key: str) -> str:
    """A key without case and joints: "date_published" and "datePublished" are one."""
    return "".join(character for character in key.casefold() if character.isalnum())


@lru_cache(maxsize=4096)
def words_of(key: str) -> tuple[str, ...]:
    """The words of a key, split at case, joints and, for names written as one word, by a small vocabulary."""
    words: list[str] = []
    for part in _PARTS.findall(_NOTE.sub("", key)[:_LONGEST_KEY]):
        words.extend(_SHORT.get(word, word) for word in _split(_SHORT.get(part.casefold(), part.casefold())))
    if len(words) > 1 and words[-1] in _OF_SOLR:
        words.pop()
    if len(words) > 1 and words[-1] in LANGUAGES and words[-1] not in {"no", "de", "us", "id"}:
        words.pop()
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
        "author": (listed("author authors byline creator writer reporter journalist"), _AUTHOR_BESIDE),
        "url": (_URL_WORDS, _URL_BESIDE),
        "source": (_SOURCE_WORDS, listed("name title of the")),
        "section": (listed("section category"), listed("name title article news")),
    }.get(field)
    if beside and any(word in beside[0] for word in words):
        return OF_WORDS if all(word in beside[0] or word in beside[1] for word in words) else None
    return _LABELLED if field in _RANK and _labelled(key) == field else None


def may_be_text(key: str) -> bool:
    """Whether a key that is not known may be that of a text: no word of it says something else."""
    words = set(words_of(key))
    return all(rank(field, key) is None for field in FIELDS) and not words & (_NO_TEXT | _WHEN)


def _text_rank(key: str, words: tuple[str, ...]) -> int | None:
    name = folded(key)
    if name in WEAK_TEXTS:
        return 200
    if len(words) > 1:
        words = words[: max(place for place, word in enumerate(words) if not place or word not in _FORMS) + 1]
    named = words[-1] if words[-1] in _TEXT_WORDS or not _BESIDE.issuperset(words[1:]) else words[0]
    if named in _TEXT_WORDS and not any(word in _NO_TEXT for word in words):
        return 100
    if name in PIECES:
        return 180
    if name in {"document", "passage"}:
        return STRINGS
    return 150 if _labelled(key) == "text" else None


def _date_rank(key: str) -> int | None:
    words = words_of(key)
    if not words or any(word in _NEVER for word in words):
        return None
    published = any(word in _PUBLICATION for word in words)
    when = any(word in _WHEN for word in words)
    made = any(word in _CREATED for word in words)
    if any(word not in _PUBLICATION | _WHEN | _CREATED | _DATE_BESIDE for word in words):
        return _LABELLED if len(words) < 3 and _labelled(key) == "date" else None
    if published and (when or all(word in _ALONE or word in _DATE_BESIDE for word in words)):
        return 0
    if made:
        return 35 if "version" in words else 30
    if when and not published:
        return (
            10
            if {"date", "datetime", "timestamp", "day", "datum", "fecha", "data", "дата"} & set(words)
            else (20 if "time" in words or (len(words) == 1 and words[0] in _CLOCKS) else None)
        )
    return None


def _labelled(key: str) -> str | None:
    """The field that a key in another language names, as a label at the head of a text would."""
    found = field_of(" ".join(_PARTS.findall(key[:_LONGEST_KEY])))
    return {"site": "source"}.get(found or "", found)
