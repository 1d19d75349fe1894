"""Standard output (bytes, JSON, CSV, colour), standard error (messages) and the progress bar.

Safe for any terminal, quiet when the reader of a pipe is gone. For everything in `cli`.
"""
