"""Where in an article's own text a plan is met, and the snippets that show it best."""
