"""Facets of the results, beside or over the list, and the filter that they make.

`controller` shows and counts them, `rows` makes their rows, `keys` handles their keys and `filter` the filter
in force; the widget is `widgets.facet_list`, and what can be counted is `engines.base.FACETS` of the index
package.
"""
