"""What is no part of an article: its words, its shapes, its way of address; comments and footers.

Whose article it is stands in the footer, too.
"""
