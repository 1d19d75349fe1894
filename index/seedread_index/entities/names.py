"""Names as keys: what two spellings of one name have in common, and the words around persons' names."""

from __future__ import annotations

from seedread_index.entity import fold_name as fold

__all__ = ["PARTICLES", "STRONG_TITLES", "TITLES", "fold", "title_word"]

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


def title_word(word: str) -> bool:
    """Whether a word (any case, a full stop after it allowed) is a title before a person's name."""
    return word.rstrip(".").casefold() in TITLES
