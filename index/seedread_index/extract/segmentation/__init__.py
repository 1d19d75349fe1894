"""The parts of an article's text: header, headline, body, footer and boilerplate, as passages with offsets.

`segment` is the way in; the other modules are its rules, one concept each.
"""
