"""From the bytes of a file to articles: decoding, formats, records, segmentation.

`extractor` reads one file within bounds; `draft` turns what a format gave into an Article. Used by sync.
"""
