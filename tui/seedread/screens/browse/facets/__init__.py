"""Facets of the results, beside or over the list, and the filter that they make."""
