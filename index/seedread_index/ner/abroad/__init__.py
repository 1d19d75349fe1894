"""Names in languages other than English: by evidence, because no model reads them.

`names` is the way in; `rows` finds rows of capitalised words, `evidence` says what in or beside them tells of
a name, and `places` knows the names of countries and cities.
"""
