"""Where in an article's own text a plan matches, and the snippets that show it best."""
