"""Index engines, a folder for each, and what they share.

`base` holds their protocol and the plan they answer, `document` what they take in, analyzed into terms;
`ranking` is for all engines, `rows` and `vocabulary` for those on this machine. Others know `base`,
`document` and `query_ast` alone.
"""
