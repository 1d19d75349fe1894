"""Every command as one table with its keys, how it gets a handler, and the order in which keys are delivered.

The table is the one place for names, keys and help; screens, widgets, settings and `seedread keys` import it.
"""
