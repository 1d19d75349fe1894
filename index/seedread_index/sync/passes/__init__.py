"""Passes over stored articles.

A sync makes them in this order: `enrich` (mentions by rules, sketches), `repetitions` (near-duplicates),
`boilerplate` (repeated paragraphs), `link` (mentions to entities) and `quote` (quotations). `annotation` runs
the NER model, in `model_processes`, when it is asked for or in the background. The user's corrections are
applied by `correct_articles` and `correct_entities`, added and removed mentions by `user_mentions`.
"""
