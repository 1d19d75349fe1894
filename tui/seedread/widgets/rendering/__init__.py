"""Text as terminal cells: what may be drawn, how wide it is, wrapping, styled segments, symbols.

Knows nothing of articles. For every widget, the line mode and the session (which symbols to draw with).
"""
