"""What is known of text itself: cleaning, folding, the tokenizer, chunks, dates, languages, lists of words.

`sanitize` has the one table of unsafe characters, `dates` the one of months and the rule for numbers;
`word_lists` reads the data files that ship with this and other folders. Index, queries, snippets and names
all see words through this folder; it imports `model` alone.
"""
