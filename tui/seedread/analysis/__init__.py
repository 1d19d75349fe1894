"""What the reader and the command line count and compare: concordances, counts by group, changes of words.

Each is worked out from the public API of an archive and knows neither a terminal nor a command line, so that
a screen and a command of the same name cannot differ.
"""
