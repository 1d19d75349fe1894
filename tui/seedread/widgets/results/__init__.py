"""The list of results: rows drawn where they are looked at, from hits that arrive in pieces."""
