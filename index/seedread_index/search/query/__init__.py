"""From the text of a query to a plan: lexer, parser, syntax tree, leaves, planner, periods, stop words."""
