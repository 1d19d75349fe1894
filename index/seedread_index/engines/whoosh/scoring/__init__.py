"""Answers a plan over a commit of the index: BM25, phrases, term proximity, and the order of the results."""
