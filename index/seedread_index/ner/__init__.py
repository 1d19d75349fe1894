"""From an article to its mentions: the model's spans or rules, refined. Named entity recognition.

`annotate` is the way in; `data` holds the word lists and the gazetteer. spaCy is imported in `spacy` only, in
processes of its own.
"""
