"""Files on disk: private folders, trusted folders, checksums, the user's own files, errors in plain words.

Used by the catalogue, the engines and sync; imports `text` and `model`.
"""
