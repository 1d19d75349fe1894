"""The command line: `main` runs a subcommand of `commands`, or opens the reader.

Beside them is what subcommands share: the `parser` and common options, the `context` of one run, opening the
archive, `selection` of articles by query or period, checks of the environment. `output` has the forms of
records, `streams` standard output and standard error. Imported by `__main__` alone; imports the app only to
launch it.
"""
