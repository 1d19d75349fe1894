"""The subcommands of the desk: what is kept of articles, saved searches, alerts and what is handed over."""
