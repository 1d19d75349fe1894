"""Files on disk: private folders, trusted folders, checksums, the user's own files, errors in plain words.

Used by whatever keeps files: catalogue, engines, linking, sync, the archive. Imports `model` only.
"""
