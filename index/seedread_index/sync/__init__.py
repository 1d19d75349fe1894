"""Keeps an archive up to date with its folders: scan, ingest, passes, under one write lock.

`sync.sync` is the way in; `background` runs it in a child process for the terminal reader.
"""
