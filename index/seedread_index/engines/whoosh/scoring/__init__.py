"""Answers a plan over a commit of the index: which articles match it, and in what order.

`bm25` holds the formula of relevance with its source and weights; `evaluator` answers a plan, `phrases`
exact phrases, over the commit as `view` shows it; `proximity` raises what stands together.
"""
