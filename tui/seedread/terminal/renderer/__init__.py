"""The diff of frames: from what the terminal shows to what Textual draws, in the fewest bytes.

`screen` draws Textual's output into a `frame` and holds the one that is shown, `encoder` writes the
difference between the two with the help of `scrolling`, `styles` and `widths`, and `output` is the thread
that sends. The driver imports `screen` and `output`; widgets ask `widths` how many cells a grapheme may take.
"""
