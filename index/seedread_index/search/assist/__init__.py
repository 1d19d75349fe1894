"""Help with a query: `completion` while it is typed, and afterwards `explain`, why there are few results.

`did_you_mean` finds words and names that are spelled alike, `offers` makes queries of them that are ready to
run.
"""
