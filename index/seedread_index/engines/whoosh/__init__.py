"""The embedded engine: a full-text index in Whoosh's files with postings of our own, and a vocabulary.

The only place that imports Whoosh, except for its stemmer (`text.stems`). `engine` is the way in, `fulltext`
the index of one archive. `schema` has its fields, `postings` the format of a term's postings;
`segment_writer` writes a segment, `commit` makes segments visible and merges them, `snapshot` reads one
commit, and `scoring` answers plans over it.
"""
