"""The versions of everything that an archive keeps: the one table to look at when what is stored changes.

Each grows by one when what is stored in that place changes; what then happens to an older archive stands
below each. Extraction has no number: a hash of its rules decides about reading again (`sync/fingerprint.py`).
"""

from __future__ import annotations

CATALOGUE = 10
"""The tables of the catalogue (SQLite's user_version). Another version is rebuilt from the files."""
CATALOGUE_UPGRADABLE = (5, 6, 7, 8, 9)
"""The versions of the catalogue that are upgraded in place; 5 lacks checksums of rows, 6 authors,
7 origins and drafts, 8 corrections of articles, 9 the note of groups to be recomputed."""
ENTITY_TABLES = 3
"""The tables of names, entities and quotations in the catalogue. Made again from the mentions, without the
model."""
ENTITY_TABLES_UPGRADABLE = (1, 2)
"""The versions of these tables that are read as they are and upgraded in place; 1 lacks the entities by
article, 2 quotations."""
FULL_TEXT = 2
"""What the Whoosh engine stores. Rebuilt from the catalogue."""
TANTIVY = 2
"""What the tantivy engine stores. Rebuilt from the catalogue."""
ANALYSIS = 6
"""How texts are cut into words, forms and terms, whichever the engine; 1 has no forms, no release has 2, and
3 has no compounds in sources and authors, and no numbers such as 1'000 as one word or in the digits of other
scripts; 4 has no sections, and no words for patterns that a mark joins; 5 does not join Ph.D. and J. K. The
next sync rebuilds the full text from the catalogue beside the old one, which is searched until then: it finds
some words in fewer forms, and exact ones only where they are their own stems."""
DOCUMENT_FIELDS = 2
"""The fields of a document in the Whoosh engine; 1 lacks authors and addresses. Articles that have these are
indexed again at the next sync, and are found by their other fields until then."""
VOCABULARY = 1
"""The words beside the full text, and their counts. Rebuilt with the full text."""
SERVED = 1
"""What is stored of an article on a server. Indexers publish into another index, which takes the place of the
old one once all of them have."""
QUOTATION_RULES = 5
"""The rules that find quotations and their speakers. They are found again, in the background, without the
model."""
ANNOTATION_RULES = 8
"""The rules that find mentions and refine a model's spans. Mentions are found again; spans are kept."""
