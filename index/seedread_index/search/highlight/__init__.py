"""Where in an article's own text a plan matches, and the snippets that show it best.

`highlighter` finds the matches of a plan, `occurrences` those of words and phrases in long texts, and
`snippets` chooses the fragments. The same for every engine: none stores a text.
"""
