"""The catalogue: articles, files, near-duplicates and the work queue of an archive in one SQLite database.

`catalogue` and `database` are the way in; `upsert` stores articles, `files` knows their files, `entities`
their names. SQLite is imported here, in `engines.vocabulary` and in `files.error_translation` only.
"""
