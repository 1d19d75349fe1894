"""The catalogue: articles, files, near-duplicates and the work queue of an archive in one SQLite database.

SQLite is imported here, in `files.error_translation` and in the vocabulary of the Whoosh engine only.
"""
