"""What is done for a shared archive: an indexer publishes, the linker links, readers correct.

`publish` sends what has changed, `link` groups the names of all articles. `own_corrections` are a reader's
alone; `shared_corrections` are those that editors share with all readers.
"""
