"""Names as keys: what two spellings of one name have in common, and the words around persons' names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TITLES = frozenset(
    """president vice-president premier chancellor minister ministers secretary senator sen congressman congresswoman
    representative rep governor gov mayor councillor councilman ambassador envoy spokesman spokeswoman spokesperson
    mr mrs ms miss mx sir dame lord lady baroness baron duke duchess count countess prince princess king queen
    emperor emir sheikh sheik sultan crown pope cardinal archbishop bishop father fr sister brother rev reverend rabbi imam ayatollah mullah
    dr doctor prof professor judge justice attorney gen general maj major col colonel lt lieutenant capt captain
    sgt sergeant cpl corporal pvt private adm admiral cmdr commander commodore marshal brig brigadier chief officer detective
    inspector constable sheriff director chairman chairwoman chair ceo leader coach herr frau monsieur madame
    m mme señor señora signor first prime deputy vice foreign defense defence finance interior justice former acting
    interim co-chair speaker counsel leader premier-designate prime-minister chancellor-elect president-elect
    minister-president""".split()
)
"""Words before a person's name that are no part of it, folded, without full stops."""

STRONG_TITLES = frozenset(
    """president premier chancellor minister senator sen congressman congresswoman rep governor gov mayor ambassador
    spokesman spokeswoman mr mrs ms miss sir dame prince princess king queen emperor emir sheikh sheik sultan pope
    cardinal archbishop bishop rev reverend rabbi imam ayatollah mullah dr professor prof judge gen general maj col
    colonel lt lieutenant capt captain sgt sergeant cpl corporal adm admiral cmdr commodore brig brigadier secretary
    chairman chairwoman""".split()
)
"""Titles that make what follows a person."""

PARTICLES = frozenset(
    "al el ul ad ar as an ash at az bin ibn ben abu abd de del della di da dos das du la le van von der den ter ten zu zur y".split()
)
"""Small words inside persons' names."""

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_INITIALS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The key of a name: case, diacritics, punctuation, a leading article and a possessive left out."""
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    text = " ".join(text.split())
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", text))
    text = _INITIALS.sub("", text).replace("'", "").replace("&", " and ")
    folded = " ".join(_PUNCTUATION.sub(" ", text).split())
    return folded or " ".join(name.split()).casefold()


def title_word(word: str) -> bool:
    """Whether a word (any case, a full stop after it allowed) is a title before a person's name."""
    return word.rstrip(".").casefold() in TITLES


def surname(key: str) -> str:
    """The last word of a folded person's name, generational suffixes left out."""
    words = [word for word in key.split() if word not in ("jr", "sr", "ii", "iii", "iv")]
    return words[-1] if words else key
