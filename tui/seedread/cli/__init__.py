"""The command line: one module a subcommand in `commands`, and what they share."""
