"""The shared archive: articles on an OpenSearch server, which many read and several indexers publish to.

The only place that imports opensearch-py, which the extra `server` brings. `transport` asks a
server and puts what goes wrong into words, `layout` says what its indexes hold,
`documents` makes a document of an article and an article of what is stored, `queries` makes queries of plans
and `reader` answers them; `articles` and the folder `entities` stand in for a catalogue.
"""
