"""Steps that refine the spans of a model or of the rules; `annotate.STEPS` has them in their order.

Each takes the text and its spans and returns the spans. `span_boundaries` and `shapes` look at one span,
`persons`, `places`, `organisations` and `groups` at what the article says of it, `no_names` drops what is no
name; `document_consistency` and `repeats` make all mentions of one article agree.
"""
