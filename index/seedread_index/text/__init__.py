"""What is known of text itself: cleaning, folding, the tokenizer, chunks, languages.

`sanitize` has the one table of unsafe code points. Index, queries, snippets and names all see words through
this folder; it imports `model` alone.
"""
