"""The indexes of a shared archive: their names, settings and mappings, and their versions."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from seedread_index.engines.document import (
    ALL,
    AUTHOR,
    FILLER,
    HIDDEN,
    LANG,
    PATH,
    SECTION,
    SOURCE,
    TITLE,
    URL,
)
from seedread_index.model import versions

BODY = "body"
TEXTS = (ALL, TITLE, BODY, HIDDEN, SOURCE, AUTHOR, SECTION, PATH, URL)
"""The fields of terms with positions."""
SCORED = (ALL, TITLE, BODY, HIDDEN)
KEY, LABEL, HASH, GROUP, GROUPED = "key", "label", "hash", "group", "grouped"
DAY, MONTH, YEAR = "day", "month", "year"
BY_PATH, BY_TITLE, BY_SOURCE, BY_AUTHOR = "by_path", "by_title", "by_source", "by_author"
HEADS, FORMS, USES, SAID, ABOUT = "heads", "forms", "uses", "said", "about"
"""Names: those that count, all, how each is spelled how often; who is quoted, who is in quotations."""
ARTICLE = "article"
"""What is stored of an article and not indexed."""
KEYWORDS = (
    *(LANG, KEY, LABEL, HASH, GROUP, MONTH, YEAR),
    *(BY_PATH, BY_TITLE, BY_SOURCE, BY_AUTHOR, HEADS, FORMS, USES, SAID, ABOUT),
)
UNSPACED = "unspaced"
"""The field of the words of texts in scripts without blanks, beside `all`, which has those of the others."""
WINDOW = 10_000
"""Rows that the server counts off for a page; beyond them it is asked from the last row on."""
_LONGEST_KEYWORD = 8_000
"""Characters of a value; longer ones, which the server would refuse, are cut."""
SHARDS = 2
"""Parts of an index of articles, where nothing else is asked for."""
_REPLICAS = "0-1"
_HISTORY = "1h"
"""For how long the server keeps its record of what was sent for a copy that is away; it is a third to a half
of an article, and what is merged meanwhile has it for good."""

ANALYSIS: dict[str, Any] = {
    "filter": {
        "gaps": {"type": "stop", "stopwords": [FILLER]},
        "forms": {"type": "pattern_capture", "patterns": ["([^|]+)"], "preserve_original": False},
    },
    "analyzer": {
        "terms": {"type": "custom", "tokenizer": "blanks", "filter": ["gaps", "forms"]},
        "plain": {"type": "custom", "tokenizer": "blanks"},
    },
    "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 100_000}},
}
_KEYWORD = {"type": "keyword"}
_COUNT = {"type": "integer"}


def _text(name: str) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "terms",
        "search_analyzer": "plain",
        **({} if name in SCORED else {"norms": False}),
    }


ARTICLES: dict[str, Any] = {
    "dynamic": False,
    # The terms are many times what is stored, and are never given back.
    "_source": {"excludes": [*TEXTS, BY_PATH, BY_TITLE, HEADS, FORMS, USES, SAID, ABOUT]},
    "properties": {
        **{name: _text(name) for name in TEXTS},
        **dict.fromkeys(KEYWORDS, _KEYWORD),
        GROUPED: {"type": "boolean"},
        DAY: _COUNT,
        ARTICLE: {"type": "object", "enabled": False},
    },
}
WORDS: dict[str, Any] = {
    "dynamic": False,
    "properties": {"field": _KEYWORD, "word": _KEYWORD, "length": _COUNT, "articles": {"type": "long"}},
}
ENTITIES: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **dict.fromkeys(("id", "type", "name", "folded", "spellings", HEADS, "before", "run"), _KEYWORD),
        **dict.fromkeys(("articles", "mentions", "recent"), _COUNT),
        **dict.fromkeys(("first", "last"), _COUNT),
        "rising": {"type": "float"},
        "entity": {"type": "object", "enabled": False},
    },
}
INDEXERS: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **dict.fromkeys((LABEL, "host", "at", "layout", "kind"), _KEYWORD),
        **{name: {"type": "long"} for name in ("articles", "waiting", "revision")},
        "complete": {"type": "boolean"},
    },
}

CORRECTIONS: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        **dict.fromkeys(("by", "at"), _KEYWORD),
        "place": _COUNT,
        "correction": {"type": "object", "enabled": False},
    },
}


def settings(*, shards: int = SHARDS) -> dict[str, Any]:
    """The settings of an index of articles; BM25 as in the other engines."""
    return {
        "number_of_shards": shards,
        "auto_expand_replicas": _REPLICAS,
        "codec": "best_compression",
        "soft_deletes.retention_lease.period": _HISTORY,
        "max_terms_count": 1_000_000,
        "similarity": {"default": {"type": "BM25", "k1": 1.4, "b": 0.75}},
        "analysis": ANALYSIS,
    }


def small_settings() -> dict[str, Any]:
    """The settings of the other indexes."""
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": _REPLICAS,
        "max_terms_count": 1_000_000,
        "soft_deletes.retention_lease.period": _HISTORY,
    }


def fingerprint() -> str:
    """What an index of articles is made by: another analysis or other fields make another."""
    held = [versions.ANALYSIS, versions.SERVED, ARTICLES, ANALYSIS]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:10]


def articles_index(name: str) -> str:
    """The name of the index of articles of today's layout; readers go by the alias `articles_alias`."""
    return f"{name}-articles-{fingerprint()}"


def articles_alias(name: str) -> str:
    """By what readers know the articles of an archive."""
    return f"{name}-articles"


def words_index(name: str) -> str:
    """The name of the index of words."""
    return f"{name}-words"


def entities_index(name: str) -> str:
    """The name of the index of entities."""
    return f"{name}-entities"


def indexers_index(name: str) -> str:
    """The name of the index of those who publish."""
    return f"{name}-indexers"


def corrections_index(name: str) -> str:
    """The name of the index of the corrections that editors share."""
    return f"{name}-corrections"


def keyword(value: str) -> str:
    """A value as the server can keep it as one keyword."""
    value = value[:_LONGEST_KEYWORD]
    return value if value.isascii() else value.encode("utf-8", "replace").decode()
