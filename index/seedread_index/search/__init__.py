"""Search over an archive: from the text of a query to rows with snippets, counts and suggestions.

`searcher.Searcher` is the way in: it has `query` make a plan, the engine answer it, `highlight` find the
matches and snippets of the rows that are shown, and `assist` explain and complete. `stores` says what it
needs of a catalogue, `sources` what of any archive. `facets`, `related`, `collocates` and `quotations` each
answer one kind of question. Only the archive imports it.
"""
