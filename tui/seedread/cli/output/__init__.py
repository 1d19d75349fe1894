"""What subcommands print: records in the form of the options, JSON shapes, text fitted to a terminal.

For the subcommands.
"""
