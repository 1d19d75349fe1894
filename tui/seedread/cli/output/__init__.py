"""What subcommands print: records in the form that was asked for, JSON shapes, text fitted to a terminal."""
