"""Who said what: from an article and its mentions to quotations and their speakers.

Exports `find_quotations`. Rules alone, made again at any time; the entity model has no part in it. The
passes of sync call it and the catalogue keeps what it finds. It imports `text` and `model` only. An article
goes from `paragraphs` (what stands in quotation marks, which sentence is which) over `subjects` (the words
that name who speaks), `direct` and `reported` (statements and their verbs, `clauses` finds where a reported
clause begins) to `speakers` (whom those words mean).
"""

from __future__ import annotations

from seedread_index.quotes.find import find_quotations

__all__ = ["find_quotations"]
