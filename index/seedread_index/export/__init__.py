"""The texts of exports: dossiers (Markdown, HTML, CSV), citations (CSL-JSON, RIS, BibTeX) and GraphML.

`dossier` and `citations` have a function for each format, which makes text of an `entry`; the caller writes
it. `seedread.export` lists the formats and chooses one by the ending of a file. Quotations are the article's
own characters; what a format would take for markup is escaped. Imports `text` and `model` alone.
"""
