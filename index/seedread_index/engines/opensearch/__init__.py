"""The shared archive: articles on an OpenSearch server, which many read and several indexers publish to.

The only place that imports opensearch-py, which the extra `server` brings. `archive` is the way in.
`transport` sends requests and puts what goes wrong into words, `layout` has the settings and mappings of the
indexes. `documents` makes a document of an article and an article of what is stored, `writer` publishes;
`queries` makes queries of plans and `reader` answers them; `articles` and the folder `entities` take the
place of a catalogue.
"""
