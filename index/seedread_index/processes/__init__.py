"""One protocol for child processes: frames on pipes, a child, a pool of children, and their limits.

Extraction, the search for names and the building of segments give their work to a `Pool`; its workers lie
with the code they run and answer through `frames`. Nothing here knows what the work is: this folder imports
nothing of the package, and only the folders that have workers import it.
"""
