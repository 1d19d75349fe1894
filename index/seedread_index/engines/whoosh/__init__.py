"""The embedded engine: a full-text index in Whoosh's files with postings of our own, and a vocabulary.

The only place that imports Whoosh, but for its stemmer (`text.tokenizer`). `engine` is the way in;
`scoring` answers queries.
"""
