"""The desk: concordance, timeline, comparison, word by word changes and names, each a screen of its own.

`commands` opens them from the browse screen, `screens.screen_of` knows which screen answers which request.
"""
