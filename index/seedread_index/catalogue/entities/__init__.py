"""Mentions, names and entities in the catalogue's database.

`mentions` is the way in for whoever reads, `link_store` for linking, `correction_store` for the user's
corrections, which also counts what either has touched; `quotation_store` keeps quotations. `queries` has the
SQL of lists and cards, `similar_names` finds spellings that may be of one, `schema` has the tables.
"""
