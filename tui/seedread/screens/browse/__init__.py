"""The main screen, query line, results and article, with its commands."""
