"""What is handed over: dossiers with sources (Markdown, HTML, CSV), citations (CSL-JSON, RIS, BibTeX).

Every function makes text of entries; who calls them writes it. Quotations are the article's own characters;
what a format would take for markup is escaped. Imports `text` and `model` alone.
"""
