"""Answers a plan over a commit of the index: which articles meet it, and in what order.

`bm25` and `term_proximity` hold the formulas of relevance with their sources and weights; `evaluator` answers
a plan, `phrases` exact phrases, over the commit as `index_reader` shows it; `ranking` puts results in order.
"""
