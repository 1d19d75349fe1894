"""The commands about the program rather than articles: settings, keys, completion, checks, the server."""
