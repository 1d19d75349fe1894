"""Reads files in processes, stores their articles batch by batch, and indexes them.

`ingest` carries out a plan: `worker` is the program of a reading process, `reading_jobs` what goes to it and
comes back. `indexer` brings the full text up to date with the catalogue, or converts it to another engine.
"""
