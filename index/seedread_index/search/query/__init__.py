"""From the text of a query to a plan: lexer, parser, leaves, periods, planner.

The syntax tree stands in `engines.query_ast`, as engines answer parts of it; stop words are a data file.
"""
