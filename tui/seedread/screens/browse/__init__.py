"""The main screen: query line, results and article.

The screen composes the controllers, each of which owns a part of the state: `search` the query and its
results, `reading` the open article, `navigation` the jumps, `sending` the ticks and what is handed on. They
know the frame and the controllers below them, never the screen. State goes down to the widgets by
`data_bind`, messages come up. Only the application imports the screen.
"""
